"""32 at one signal on offers and agreements: exactly the legal outcome, no deadlock; without locks the same offer is sold twice."""

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.db.utils import OperationalError

from patents import gazette
from patents import queries as patent_queries
from patents.actions import listings, status
from patents.models import Grant, Listing
from platform_site import clock
from platform_site.accounts import actions as accounts_actions
from platform_site.accounts.models import Verification
from platform_site.accounts.roles import ensure
from platform_site.errors import Refusal
from tests.factories import accounts, offers, trading
from tests.racing import ROUNDS, WRITERS, Crew
from trading import offer_queries
from trading.actions import agreements
from trading.actions import offers as acts
from trading.models import Agreement, Negotiation, Offer, OfferPatent, Party
from trading.terms import digest

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
HALF = WRITERS // 2


@pytest.fixture
def people(transactional_db):
    ensure()
    shen = accounts.member("shen@example.org", name="沈工", verified=True)
    buyers = [accounts.member(f"buyer{n}@example.org", name=f"买家{n}", verified=True) for n in range(WRITERS)]
    return shen, buyers, accounts.officer("guo@example.org", name="郭审核员")


@pytest.fixture
def crew(people):
    with Crew() as crew:
        yield crew


def is_refusal(answer):
    """A sentence for a person, or the lock that was not had in three seconds, which is told as one; a deadlock is neither."""
    return isinstance(answer, Refusal) or (isinstance(answer, OperationalError) and "lock timeout" in str(answer))


def legal(answers, kind):
    """How many succeeded; whatever else came back is a refusal."""
    done = [answer for answer in answers if isinstance(answer, kind)]
    assert all(is_refusal(answer) for answer in answers if not isinstance(answer, kind)), answers
    return len(done)


def accept(offer, actor):
    return lambda: agreements.offer_accept(offer_id=offer.pk, actor=actor, digest=offer.digest)


def sold(listing):
    """The agreements of a listing, each with its accepted offer, its reserved right, and nothing left over."""
    made = list(Agreement.objects.filter(listing=listing))
    assert set(Offer.objects.filter(negotiation__listing=listing, state="accepted")) == {one.offer for one in made}
    rights = list(Grant.objects.filter(patent__listing_patents__listing=listing, traded=True))
    assert {right.agreement_right.agreement for right in rights} == set(made)
    return made


def rooms_of(listing, buyers):
    """A room for each buyer, without the words of an enquiry."""
    moment = clock.now()
    rooms = Negotiation.objects.bulk_create(
        Negotiation(listing=listing, buyer=buyer, opened_at=moment, last_message_at=moment) for buyer in buyers
    )
    Party.objects.bulk_create(
        Party(negotiation=room, user_id=user, side=side, joined_at=moment)
        for room in rooms
        for user, side in ((room.buyer_id, "buyer"), (listing.owner_id, "owner"))
    )
    return rooms


def offers_in(rooms, **changes):
    """An open offer of the buyer in each of the rooms."""
    moment, days = clock.now(), timedelta(days=10)
    terms = offers.terms(rooms[0], **changes)
    plain = {
        name: getattr(terms, name) for name in terms.__dataclass_fields__ if name not in ("patents", "instalments")
    }
    plain |= {"provinces": list(terms.provinces), "field": list(terms.field), "digest": digest(terms)}
    made = Offer.objects.bulk_create(
        Offer(
            negotiation=room,
            number=1,
            side="buyer",
            made_by=room.buyer,
            made_at=moment,
            valid_until=moment + days,
            **plain,
        )
        for room in rooms
    )
    patents = list(patent_queries.patents_of(rooms[0].listing_id))
    OfferPatent.objects.bulk_create(OfferPatent(offer=one, patent=patent) for one in made for patent in patents)
    return made


def one_offer(shen, buyer, **changes):
    listing = trading.market(shen)
    return listing, offers_in(rooms_of(listing, [buyer]), **changes)[0]


def test_one_offer_is_accepted_once(people, crew):
    shen, buyers, _guo = people
    for _round in range(ROUNDS):
        listing, offer = one_offer(shen, buyers[0])
        assert legal(crew.together(*[accept(offer, shen)] * WRITERS), Agreement) == 1
        assert len(sold(listing)) == 1


def test_one_exclusive_right_is_sold_to_one_of_thirty_two(people, crew):
    shen, buyers, _guo = people
    for _round in range(ROUNDS):
        listing = trading.market(shen)
        rivals = offers_in(rooms_of(listing, buyers), form="exclusive", provinces=())
        assert legal(crew.together(*(accept(offer, shen) for offer in rivals)), Agreement) == 1
        won = sold(listing)
        assert len(won) == 1
        lost = Offer.objects.filter(negotiation__listing=listing).exclude(pk=won[0].offer_id)
        assert set(lost.values_list("state", "made_impossible_by")) == {("declined", won[0].pk)}


def test_ordinary_licences_go_to_everybody_who_is_accepted(people, crew):
    """One after the other; whoever waited longer than a lock is waited for was told so, and is accepted on the next try."""
    shen, buyers, _guo = people
    for _round in range(max(2, ROUNDS // 10)):
        listing = trading.market(shen)
        wanted = offers_in(rooms_of(listing, buyers[:HALF]))
        done = legal(crew.together(*(accept(offer, shen) for offer in wanted + wanted)), Agreement)
        waiting = Offer.objects.filter(negotiation__listing=listing, state="open")
        assert done + len(waiting) == HALF
        assert all(accept(offer, shen)() for offer in waiting) and len(sold(listing)) == HALF


@pytest.mark.parametrize("other", ["withdraw", "suspend", "status", "revoke"])
def test_accepting_against(people, crew, other):
    """Either it was accepted first, and stands whole; or the other came first, and nothing was sold."""
    shen, buyers, guo = people
    buyer, dice, won = buyers[0], random.Random(f"2007-{other}"), 0
    for _round in range(ROUNDS):
        listing, offer = one_offer(shen, buyer)
        calls = [accept(offer, shen)] * HALF + [rival_of(other, listing, offer, buyer, guo)] * HALF
        dice.shuffle(calls)
        answers = crew.together(*calls)
        done = [answer for answer in answers if isinstance(answer, Agreement)]
        assert all(is_refusal(answer) for answer in answers if isinstance(answer, Exception)), answers
        assert len(done) <= 1 and [one.pk for one in sold(listing)] == [one.pk for one in done]
        offer.refresh_from_db()
        assert offer.state == ("accepted" if done else "withdrawn" if other == "withdraw" else "open")
        won += len(done)
        if other == "revoke" and not Verification.objects.filter(user=buyer, state="verified").exists():
            accounts.verify(buyer)
    assert won <= ROUNDS


def rival_of(other, listing, offer, buyer, guo):
    patent = listing.listing_patents.get().patent
    mark = Verification.objects.get(user=buyer, state="verified")
    ended = gazette.Entry(kind="terminated", happened_on=clock.today(), source="公报", as_of=clock.today())
    return {
        "withdraw": lambda: acts.offer_withdraw(offer_id=offer.pk, actor=buyer),
        "suspend": lambda: listings.listing_suspend(listing_id=listing.pk, actor=guo, reason="有异议。"),
        "status": lambda: status.status_record(patent_id=patent.pk, actor=guo, entry=ended),
        "revoke": lambda: accounts_actions.verification_revoke(verification_id=mark.pk, actor=guo, reason="材料有误。"),
    }[other]


def test_accepting_against_the_clock(people, crew):
    shen, buyers, _guo = people
    for _round in range(ROUNDS):
        listing, offer = one_offer(shen, buyers[0])
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE trading_offer DISABLE TRIGGER USER")
            Offer.objects.filter(pk=offer.pk).update(valid_until=clock.now() + timedelta(milliseconds=40))
            cursor.execute("ALTER TABLE trading_offer ENABLE TRIGGER USER")
        calls = [accept(offer, shen)] * HALF + [acts.offers_expire] * HALF
        answers = crew.together(*calls)
        done = [answer for answer in answers if isinstance(answer, Agreement)]
        assert len(done) == len(sold(listing)) <= 1
        assert all(is_refusal(answer) for answer in answers if isinstance(answer, Exception)), answers
        offer.refresh_from_db()
        assert (offer.state == "accepted") == bool(done) and offer.state in ("accepted", "open", "expired")
        assert not done or done[0].offer.decided_at < offer.valid_until


def test_an_agreement_is_signed_once_by_each_side(people, crew):
    shen, buyers, _guo = people
    for _round in range(ROUNDS):
        listing, offer = one_offer(shen, buyers[0])
        agreement = accept(offer, shen)()
        calls = [lambda who=who, one=agreement: offers.sign(one, who) for who in [shen, buyers[0]] * HALF]
        assert legal(crew.together(*calls), Agreement) == 2
        agreement.refresh_from_db()
        assert agreement.state == "signed" and agreement.signatures.count() == 2
        assert Grant.objects.get(agreement_right__agreement=agreement).state == "active"
        assert listing.pk == agreement.listing_id


def test_numbers_are_taken_once_and_none_is_left_out(people, crew):
    shen, buyers, _guo = people
    market = [trading.market(shen) for _n in range(4)]
    wanted = [one for listing in market for one in offers_in(rooms_of(listing, buyers[: WRITERS // 4]))]
    done = legal(crew.together(*(accept(offer, shen) for offer in wanted)), Agreement)
    numbers = sorted(Agreement.objects.values_list("number", flat=True))
    assert [int(number[-6:]) for number in numbers] == list(range(1, done + 1)) and done


def test_without_locks_and_constraints_one_offer_is_sold_twice(people, crew, monkeypatch):
    """The negative control: without it the tests above would say nothing."""
    shen, buyers, _guo = people
    monkeypatch.setattr(offer_queries, "lock_room_with_rights", unlocked_room)
    monkeypatch.setattr(agreements, "lock_verified", lambda people: set(people))
    monkeypatch.setattr(offer_queries, "lock_offer", lambda pk: Offer.objects.get(pk=pk))
    listing, offer = one_offer(shen, buyers[0], form="ordinary")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE trading_offer DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE trading_agreement DROP CONSTRAINT trading_agreement_offer_id_key")
        cursor.execute("DROP INDEX agreement_one_unsigned")
    try:
        crew.together(*[accept(offer, shen)] * WRITERS)
        assert Agreement.objects.filter(listing=listing).count() > 1
    finally:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE trading_agreement CASCADE")
            cursor.execute("ALTER TABLE trading_offer ENABLE TRIGGER USER")
            cursor.execute(
                "ALTER TABLE trading_agreement ADD CONSTRAINT trading_agreement_offer_id_key UNIQUE (offer_id)"
            )
            cursor.execute(
                "CREATE UNIQUE INDEX agreement_one_unsigned ON trading_agreement (negotiation_id) WHERE state = 'drafted'"
            )


def unlocked_room(negotiation_id):
    room = Negotiation.objects.get(pk=negotiation_id)
    room.listing = Listing.objects.select_related("owner", "public_version").get(pk=room.listing_id)
    return room
