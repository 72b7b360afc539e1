"""32 at one signal on open licences: everybody may take, each once; nobody after the withdrawal; no deadlock."""

import random

import pytest
from django.db import IntegrityError
from django.db.utils import OperationalError

from patents.actions import rights
from patents.models import Grant
from platform_site import clock
from platform_site.accounts.roles import ensure
from platform_site.errors import Refusal
from tests.factories import accounts, ledger, opens
from tests.racing import ROUNDS, WRITERS, Crew
from trading import open_queries
from trading.actions import opens as acts
from trading.models import Agreement, OpenDeclaration

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
HALF = WRITERS // 2


@pytest.fixture
def people(transactional_db):
    ensure()
    shen = accounts.member("shen@example.org", name="沈工", verified=True)
    takers = [accounts.member(f"taker{n}@example.org", name=f"取得人{n}", verified=True) for n in range(WRITERS)]
    return shen, takers, accounts.officer("guo@example.org", name="郭审核员")


@pytest.fixture
def crew(people):
    with Crew() as crew:
        yield crew


def is_refusal(answer):
    """A sentence for a person, or the lock that was not had in three seconds, which is told as one; a deadlock is neither."""
    return isinstance(answer, Refusal) or (isinstance(answer, OperationalError) and "lock timeout" in str(answer))


def is_too_late(answer):
    return isinstance(answer, OperationalError) and "lock timeout" in str(answer)


def legal(answers, kind):
    """What succeeded; whatever else came back is a refusal."""
    assert all(is_refusal(answer) for answer in answers if not isinstance(answer, kind)), answers
    return [answer for answer in answers if isinstance(answer, kind)]


def take(declaration, taker):
    digest = opens.digest_today(declaration)
    return lambda: acts.open_take(declaration_id=declaration.pk, actor=taker, digest=digest)


def withdraw(declaration):
    return lambda: acts.open_withdraw(declaration_id=declaration.pk, actor=declaration.made_by, reason="")


def whole(declaration):
    """The takings of a declaration, each signed, with its licence in the ledger, and no licence left over."""
    made = list(Agreement.objects.filter(declaration=declaration))
    grants = list(Grant.objects.filter(patent=declaration.patent_id, form="open"))
    assert all(one.state == "signed" for one in made) and all(grant.state == "active" for grant in grants)
    assert {grant.agreement_right.agreement for grant in grants} == set(made) and len(grants) == len(made)
    return made


def test_thirty_two_take_at_once_and_all_succeed(people, crew):
    """One after the other; whoever waited longer than a lock is waited for was told so, and takes on the next try."""
    shen, takers, guo = people
    for _round in range(max(2, ROUNDS // 10)):
        declaration = opens.in_force(shen, officer=guo)
        answers = crew.together(*(take(declaration, taker) for taker in takers))
        legal(answers, Agreement)
        assert all(isinstance(one, Agreement) or is_too_late(one) for one in answers), answers
        for taker, answer in zip(takers, answers, strict=True):
            if not isinstance(answer, Agreement):
                take(declaration, taker)()
        assert {one.buyer_id for one in whole(declaration)} == {taker.pk for taker in takers}


def test_one_person_takes_once(people, crew):
    shen, takers, guo = people
    for _round in range(ROUNDS):
        declaration = opens.in_force(shen, officer=guo)
        assert len(legal(crew.together(*[take(declaration, takers[0])] * WRITERS), Agreement)) == 1
        assert len(whole(declaration)) == 1


def test_taking_against_the_withdrawal(people, crew):
    """Each taking came before the withdrawal, and stands whole; or after it, and nothing was written."""
    shen, takers, guo = people
    dice = random.Random("2007-open")
    for _round in range(ROUNDS):
        declaration = opens.in_force(shen, officer=guo)
        calls = [take(declaration, taker) for taker in takers[:-1]] + [withdraw(declaration)]
        dice.shuffle(calls)
        answers = crew.together(*calls)
        done = legal(answers, (Agreement, OpenDeclaration))
        taken = [one for one in done if isinstance(one, Agreement)]
        assert {one.pk for one in whole(declaration)} == {one.pk for one in taken}
        declaration.refresh_from_db()
        if len(done) == len(taken):  # the withdrawal waited too long for its turn
            withdraw(declaration)()
            declaration.refresh_from_db()
        assert declaration.state == "withdrawn" and declaration.encumbrance.end == clock.today()
        assert all(one.signed_at <= declaration.closed_at for one in taken)
        with pytest.raises(Refusal):
            take(declaration, takers[-1])()


def test_one_announcement_of_one_declaration(people, crew):
    shen, _takers, guo = people
    for _round in range(max(2, ROUNDS // 10)):
        declaration = opens.declared(shen)
        announcement = opens.announcement(guo)
        calls = [
            lambda one=declaration, what=announcement: acts.open_declaration_announce(
                declaration_id=one.pk, actor=guo, announcement=what
            )
        ] * HALF + [withdraw(declaration)] * HALF
        done = legal(crew.together(*calls), OpenDeclaration)
        declaration.refresh_from_db()
        assert 1 <= len(done) <= 2 and declaration.state in ("in_force", "withdrawn")
        lying = list(declaration.patent.encumbrances.filter(kind="open_declaration"))
        assert len(lying) <= 1 and all((one.end is None) == (declaration.state == "in_force") for one in lying)


def test_taking_against_an_exclusive_licence_after_the_withdrawal(people, crew):
    """The withdrawal lets an exclusive licence in, unless somebody has taken: never both."""
    shen, takers, guo = people
    for _round in range(max(2, ROUNDS // 10)):
        declaration = opens.in_force(shen, officer=guo, listing=opens.market(shen, forms=["ordinary", "exclusive"]))

        def exclude(patent=declaration.patent):
            return ledger.recorded(patent, guo, "exclusive")

        calls = [take(declaration, taker) for taker in takers[: HALF - 1]] + [withdraw(declaration)] + [exclude] * HALF
        legal(crew.together(*calls), (Agreement, OpenDeclaration, Grant))
        forms = set(Grant.objects.filter(patent=declaration.patent_id).values_list("form", flat=True))
        assert forms in ({"open"}, {"exclusive"}, set()) and len(whole(declaration)) in range(HALF)


def test_without_locks_a_licence_is_taken_after_the_withdrawal_but_for_the_ledger(people, crew, monkeypatch):
    """The negative control: unlocked, the code lets takers past the withdrawal; PostgreSQL does not."""
    shen, takers, guo = people
    declaration = opens.in_force(shen, officer=guo)
    stale = OpenDeclaration.objects.select_related("patent", "title").get(pk=declaration.pk)
    withdraw(declaration)()
    monkeypatch.setattr(open_queries, "lock_patent_and_declaration", lambda pk: stale)
    monkeypatch.setattr(rights, "_refusals", lambda *_asked: iter(()))
    answers = crew.together(*(take(declaration, taker) for taker in takers))
    assert all(isinstance(answer, IntegrityError) and "no_declaration" in str(answer) for answer in answers), answers
    assert not Agreement.objects.exists() and not Grant.objects.exists()
