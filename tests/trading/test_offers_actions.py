"""What each act on offers and agreements writes, reserves, records and tells, and what it refuses."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError

from patents import gazette
from patents.actions import listings, status
from patents.models import Encumbrance, Grant
from platform_site import clock
from platform_site.accounts.models import Verification
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.outbox.models import OutboxMessage
from tests import shared
from tests.factories import accounts, offers, patents, postings, trading
from tests.factories import ledger as rows
from trading.actions import agreements, rooms
from trading.actions import offers as acts
from trading.models import Agreement, Offer, Signature
from trading.terms import Instalment, TermsChanged, digest

pytestmark = pytest.mark.django_db
shen, bai, guo, mo = shared.once("shen", "bai", "guo", "mo")
REFUSED_BY_DATABASE = (IntegrityError, InternalError)


@pytest.fixture(scope="module")
def room(shen, bai):
    return trading.room(shen, bai)


@pytest.fixture(scope="module", autouse=True)
def _before_the_first_test(shen, bai, guo, mo, room):
    """All of it is there for every test."""


@pytest.fixture
def rival(db):
    return accounts.member("lin@example.org", name="林经理", province="360000", verified=True)


def last_audit():
    return AuditEntry.objects.order_by("-id").first()


def told(name):
    return list(OutboxMessage.objects.filter(name=name).values_list("payload", flat=True))


def sql(query, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def long_ago(days=40):
    """A setting of the portal's clock at which what is made now has long run out by that of the database."""
    return clock.at(clock.now() - timedelta(days=days))


# ---- offer_make


def test_terms_come_back_from_the_database_as_they_were_offered(room, bai):
    terms = offers.terms(
        room, consideration="instalments", amount_cny=Decimal("300000.00"), field=("B01J23/00",), sublicensable=True,
        instalments=(Instalment(Decimal("100000.00"), 0), Instalment(Decimal("200000.00"), 6)), other="含培训。",
    )  # fmt: skip
    offer = acts.offer_make(negotiation_id=room.pk, actor=bai, terms=terms, days=10, note=" 请看。 ")
    found = Offer.objects.get(pk=offer.pk)
    assert found.terms == terms and found.digest == digest(terms) == digest(found.terms)
    assert (found.number, found.side, found.note, found.state) == (1, "buyer", "请看。", "open")
    assert found.valid_until - found.made_at == timedelta(days=10)


def test_an_offer_is_recorded_and_told_without_its_terms(room, bai):
    offer = offers.made(room, bai, other="机密条款七一四")
    entry = last_audit()
    assert (entry.verb, entry.actor, entry.target_id) == ("trading.offer_make", bai, str(offer.pk))
    assert "机密条款七一四" not in str(entry.data) and "360000" not in str(entry.data)
    assert told("trading.offer_make_notify") == [{"offer_id": offer.pk}]


def test_a_counter_offer_is_the_next_version_and_ends_the_one_before(room, shen, bai):
    first = offers.made(room, bai)
    second = offers.made(room, shen, answers=first.pk, amount_cny=Decimal("500000.00"))
    first.refresh_from_db()
    assert (first.state, first.decided_by, second.number, second.side) == ("countered", shen, 2, "owner")


def test_nobody_answers_what_they_have_not_seen(room, shen, bai):
    first = offers.made(room, bai)
    offers.made(room, shen, answers=first.pk)
    with pytest.raises(Conflict, match="刚刚变了"):
        offers.made(room, bai, answers=first.pk)
    with pytest.raises(Conflict, match="等对方答复"):
        offers.made(room, shen)


def test_who_may_offer(room, bai, mo):
    with pytest.raises(NotAllowed):
        offers.made(room, mo)
    Verification.objects.filter(user=bai).update(state="revoked")
    with pytest.raises(Conflict, match="实名核验"):
        offers.made(room, bai)
    assert not Offer.objects.exists()


def test_when_one_may_offer(room, shen, bai):
    rooms.negotiation_close(negotiation_id=room.pk, actor=shen)
    with pytest.raises(Conflict, match="洽谈已结束"):
        offers.made(room, bai)
    rooms.negotiation_reopen(negotiation_id=room.pk, actor=shen)
    listings.listing_suspend(listing_id=room.listing_id, actor=shen, reason="整理材料。")
    with pytest.raises(Conflict, match="不在架"):
        offers.made(room, bai)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"form": "sole"}, "不提供"),
        ({"patents": ("CN201910000000.X",)}, "所含的专利"),
        ({"patents": ()}, "所含的专利"),
        ({"end": clock.today() + timedelta(days=40 * 366)}, "第八百六十五条"),
    ],
)
def test_what_cannot_be_offered(room, bai, changes, words):
    with pytest.raises(Conflict, match=words):
        offers.made(room, bai, **changes)
    assert not Offer.objects.exists()


def test_a_room_with_an_offer_on_the_table_is_not_closed(room, shen, bai):
    offers.made(room, bai)
    with pytest.raises(Conflict, match="待答复的报价"):
        rooms.negotiation_close(negotiation_id=room.pk, actor=shen)


# ---- offer_decline, offer_withdraw, offers_expire


def test_declining_says_why_and_is_told(room, shen, bai):
    offer = offers.made(room, bai)
    with pytest.raises(NotAllowed):
        acts.offer_decline(offer_id=offer.pk, actor=bai, reason="太低")
    with pytest.raises(Conflict, match="理由"):
        acts.offer_decline(offer_id=offer.pk, actor=shen, reason=" ")
    declined = acts.offer_decline(offer_id=offer.pk, actor=shen, reason="价格太低。")
    assert (declined.state, declined.reason, declined.decided_by) == ("declined", "价格太低。", shen)
    assert "价格太低" not in str(last_audit().data)
    assert told("trading.offer_decide_notify") == [{"offer_id": offer.pk}]
    with pytest.raises(MoveRefused):
        acts.offer_decline(offer_id=offer.pk, actor=shen, reason="再说一次。")


def test_withdrawing_is_for_the_side_that_offered(room, shen, bai):
    offer = offers.made(room, bai)
    with pytest.raises(NotAllowed):
        acts.offer_withdraw(offer_id=offer.pk, actor=shen)
    assert acts.offer_withdraw(offer_id=offer.pk, actor=bai).state == "withdrawn"
    with pytest.raises(MoveRefused):
        offers.accepted(offer, shen)


def test_an_offer_runs_out_by_the_clock_of_the_database(room, shen, bai):
    other = offers.made(trading.room(shen, bai), bai)
    with long_ago():
        offer = offers.made(room, bai)
    with pytest.raises(Conflict, match="有效期已过"):
        offers.accepted(offer, shen)
    assert acts.offers_expire() == 1 and acts.offers_expire() == 0
    offer.refresh_from_db()
    other.refresh_from_db()
    assert (offer.state, other.state) == ("expired", "open") and last_audit().verb == "trading.offer_expire"
    offers.made(room, shen)


# ---- offer_accept


def test_accepting_reserves_the_right_for_thirty_days(room, shen, bai, settings):
    offer = offers.made(room, bai)
    agreement = offers.accepted(offer, shen)
    grant = Grant.objects.get()
    assert (grant.state, grant.form, grant.provinces, grant.licensee, grant.traded) == (
        "reserved", "ordinary", ["430000"], "白经理", True,
    )  # fmt: skip
    assert grant.reserved_until == agreement.sign_by == agreement.made_at + timedelta(days=settings.RESERVATION_DAYS)
    assert (agreement.state, agreement.digest, agreement.owner, agreement.buyer) == ("drafted", offer.digest, shen, bai)
    assert agreement.number.startswith(f"HT6-{clock.today().year}-") and agreement.rights.get().grant == grant
    offer.refresh_from_db()
    assert (offer.state, offer.decided_by) == ("accepted", shen)
    entry = AuditEntry.objects.get(verb="trading.offer_accept")
    assert entry.data["agreement"] == agreement.number and "360000" not in str(entry.data)
    assert told("trading.offer_accept_notify") == [{"agreement_id": agreement.pk}]


def test_numbers_run_on_through_the_year(shen, bai):
    numbers = [offers.drafted(shen, bai).number for _n in range(3)]
    assert [int(number[-6:]) for number in numbers] == [1, 2, 3]


def test_who_may_accept(room, shen, bai, mo):
    offer = offers.made(room, bai)
    for person in (bai, mo):
        with pytest.raises(NotAllowed):
            offers.accepted(offer, person)
    with pytest.raises(TermsChanged):
        agreements.offer_accept(offer_id=offer.pk, actor=shen, digest="0" * 64)
    Verification.objects.filter(user=bai).update(state="revoked")
    with pytest.raises(Conflict, match="双方都须经实名核验"):
        offers.accepted(offer, shen)
    assert not Agreement.objects.exists() and not Grant.objects.exists()


def test_when_one_may_accept(room, shen, bai):
    offer = offers.made(room, bai)
    listings.listing_suspend(listing_id=room.listing_id, actor=shen, reason="整理材料。")
    with pytest.raises(Conflict, match="不在架"):
        offers.accepted(offer, shen)
    listings.listing_resume(listing_id=room.listing_id, actor=shen)
    agreement = offers.accepted(offer, shen)
    with pytest.raises(MoveRefused):
        offers.accepted(offer, shen)
    with pytest.raises(Conflict, match="待双方签署"):
        offers.made(room, bai)
    assert Agreement.objects.get() == agreement


def test_rivals_made_impossible_are_declined_and_the_others_go_on(shen, bai, rival):
    listing = trading.market(shen)
    rooms_of = [trading.room(shen, person, listing=listing) for person in (bai, rival, accounts.member(
        "wu@example.org", name="吴厂长", province="410000", verified=True
    ))]  # fmt: skip
    mine = offers.made(rooms_of[0], bai, form="exclusive", provinces=("430000",))
    clash = offers.made(rooms_of[1], rival, form="ordinary", provinces=("430000", "420000"))
    beside = offers.made(rooms_of[2], rooms_of[2].buyer, form="ordinary", provinces=("140000",))
    agreement = offers.accepted(mine, shen)
    clash.refresh_from_db()
    beside.refresh_from_db()
    assert (clash.state, clash.made_impossible_by, beside.state) == ("declined", agreement, "open")
    assert {"offer_id": clash.pk} in told("trading.offer_decide_notify")
    assert offers.accepted(beside, shen).state == "drafted"


def test_an_assignment_binds_the_whole_patent_until_it_is_registered(shen, bai, rival):
    listing = trading.market(shen, forms=["assignment", "ordinary"])
    room, other = trading.room(shen, bai, listing=listing), trading.room(shen, rival, listing=listing)
    clash = offers.made(other, rival)
    whole = {"form": "assignment", "provinces": (), "end": None}
    agreement = offers.accepted(offers.made(room, bai, **whole), shen)
    lying = Encumbrance.objects.get()
    assert (lying.kind, lying.holder, lying.end, lying.traded) == ("assignment_signed", "白经理", None, True)
    clash.refresh_from_db()
    assert clash.state == "declined" and agreement.rights.get().encumbrance == lying
    for person in (bai, shen):
        signed = offers.sign(agreement, person)
    assert signed.state == "signed"
    lying.refresh_from_db()
    assert lying.end is None


def test_a_public_body_posts_its_price_before_it_concludes(shen, bai):
    listing = postings.listing_of_body(shen, forms=["ordinary", "exclusive"])
    room = trading.room(shen, bai, listing=listing)
    offer = offers.made(room, bai)
    with pytest.raises(Conflict, match="第十八条"):
        offers.accepted(offer, shen)
    postings.posted(listing, days_ago=20, form="ordinary")
    assert offers.accepted(offer, shen).state == "drafted"


# ---- agreement_sign, agreements_expire


def test_two_signatures_make_the_right_hold(room, shen, bai):
    agreement = offers.accepted(offers.made(room, bai), shen)
    assert offers.sign(agreement, bai).state == "drafted"
    assert Grant.objects.get().state == "reserved"
    assert told("trading.agreement_sign_notify") == [{"agreement_id": agreement.pk, "side": "buyer"}]
    with pytest.raises(Conflict, match="本方已经签署"):
        offers.sign(agreement, bai)
    signed = offers.sign(agreement, shen)
    grant = Grant.objects.get()
    assert (signed.state, grant.state, grant.reserved_until) == ("signed", "active", None)
    assert [(one.side, one.name) for one in Signature.objects.all()] == [("buyer", "白经理"), ("owner", "沈工")]
    with pytest.raises(Conflict):
        offers.sign(agreement, shen)


def test_who_may_sign(room, shen, bai, mo):
    agreement = offers.accepted(offers.made(room, bai), shen)
    with pytest.raises(NotAllowed):
        offers.sign(agreement, mo)
    with pytest.raises(TermsChanged):
        agreements.agreement_sign(agreement_id=agreement.pk, actor=bai, digest="0" * 64)
    Verification.objects.filter(user=bai).update(state="revoked")
    with pytest.raises(Conflict, match="实名核验"):
        offers.sign(agreement, bai)


def test_nobody_signs_for_a_patent_that_has_ended(room, shen, bai, guo):
    agreement = offers.accepted(offers.made(room, bai), shen)
    patent = room.listing.listing_patents.get().patent
    entry = gazette.Entry(kind="terminated", happened_on=clock.today(), source="公报", as_of=clock.today())
    status.status_record(patent_id=patent.pk, actor=guo, entry=entry)
    with pytest.raises(Conflict, match="法律状态"):
        offers.sign(agreement, bai)


def test_an_agreement_not_signed_in_time_frees_its_rights(room, shen, bai):
    offers.drafted(shen, bai)
    with long_ago():
        agreement = offers.accepted(offers.made(room, bai, form="exclusive", provinces=()), shen)
        offers.sign(agreement, bai)
    with pytest.raises(Conflict, match="签署期限已过"):
        offers.sign(agreement, shen)
    assert agreements.agreements_expire() == 1 and agreements.agreements_expire() == 0
    agreement.refresh_from_db()
    grant = agreement.rights.get().grant
    assert (agreement.state, grant.state, grant.ended_on) == ("expired", "ended", grant.start)
    assert offers.accepted(offers.made(room, bai, form="exclusive", provinces=()), shen).state == "drafted"


def test_an_assignment_not_signed_in_time_frees_the_patent(shen, bai):
    room = trading.room(shen, bai, listing=trading.market(shen, forms=["assignment"]), forms=["assignment"])
    with long_ago():
        offers.accepted(offers.made(room, bai, form="assignment", provinces=(), end=None), shen)
    assert agreements.agreements_expire() == 1
    lying = Encumbrance.objects.get()
    assert lying.end == lying.start


def test_a_listing_with_nothing_left_is_concluded_when_signed(shen, bai):
    listing = patents.published(shen, forms=["exclusive"])
    room = trading.room(shen, bai, listing=listing, forms=["exclusive"])
    agreement = offers.accepted(offers.made(room, bai, form="exclusive", provinces=()), shen)
    listing.refresh_from_db()
    assert listing.state == "published"
    for person in (shen, bai):
        offers.sign(agreement, person)
    listing.refresh_from_db()
    assert listing.state == "concluded"


# ---- what PostgreSQL refuses by itself


def test_an_offer_is_never_changed_or_removed(room, bai):
    offer = offers.made(room, bai)
    for change in ("amount_cny = 1", "note = 'x'", "valid_until = valid_until + interval '1 day'", "digest = 'x'"):
        with pytest.raises(REFUSED_BY_DATABASE):
            sql(f"UPDATE trading_offer SET {change} WHERE id = %s", offer.pk)
    for query in ("DELETE FROM trading_offer WHERE id = %s", "DELETE FROM trading_offerpatent WHERE offer_id = %s"):
        with pytest.raises(REFUSED_BY_DATABASE):
            sql(query, offer.pk)


def test_a_second_open_offer_is_refused(room, shen, bai):
    first = offers.made(room, bai)
    second = offers.made(room, shen, answers=first.pk)
    with pytest.raises(REFUSED_BY_DATABASE):
        sql("UPDATE trading_offer SET state = 'open' WHERE id = %s", first.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.create(
            **{
                field.name: getattr(second, field.name)
                for field in Offer._meta.fields
                if field.name not in ("id", "number")
            },
            number=9,
        )


def test_accepting_late_unverified_or_without_an_agreement_is_refused(room, shen, bai):
    offer = offers.made(room, bai)
    accept = "UPDATE trading_offer SET state = 'accepted', decided_by_id = %s, decided_at = {} WHERE id = %s"
    with pytest.raises(REFUSED_BY_DATABASE, match="after its time"):
        sql(accept.format("valid_until"), shen.pk, offer.pk)
    with pytest.raises(REFUSED_BY_DATABASE, match="has its agreement"):
        sql(accept.format("now()"), shen.pk, offer.pk)
    Verification.objects.filter(user=shen).update(state="revoked")
    with pytest.raises(REFUSED_BY_DATABASE, match="verified"):
        sql(accept.format("now()"), shen.pk, offer.pk)


def test_a_traded_right_without_its_agreement_is_refused(room, shen):
    patent = room.listing.listing_patents.get().patent
    with pytest.raises(REFUSED_BY_DATABASE, match="has its agreement"), transaction.atomic():
        rows.grant(patent, "ordinary", traded=True, signed_on=clock.today(), start=clock.today()).save()
        sql("SELECT 1")
    with pytest.raises(REFUSED_BY_DATABASE, match="has its agreement"), transaction.atomic():
        rows.encumbrance(patent, "assignment_signed", traded=True, start=clock.today()).save()
        sql("SELECT 1")


def test_an_agreement_is_not_signed_by_one_side_or_over_a_dead_reservation(room, shen, bai):
    agreement = offers.accepted(offers.made(room, bai), shen)
    offers.sign(agreement, bai)
    sign = "UPDATE trading_agreement SET state = 'signed', signed_at = now() WHERE id = %s"
    with pytest.raises(REFUSED_BY_DATABASE, match="both sides"):
        sql(sign, agreement.pk)
    Signature.objects.create(
        agreement=agreement, side="owner", user=shen, name="沈工", signed_at=clock.now(), digest=agreement.digest
    )
    with pytest.raises(REFUSED_BY_DATABASE, match="active"):
        sql(sign, agreement.pk)
    for query in (
        "UPDATE trading_agreement SET digest = 'x' WHERE id = %s",
        "DELETE FROM trading_agreement WHERE id = %s",
        "DELETE FROM trading_signature WHERE agreement_id = %s",
        "DELETE FROM trading_agreementright WHERE agreement_id = %s",
    ):
        with pytest.raises(REFUSED_BY_DATABASE):
            sql(query, agreement.pk)
