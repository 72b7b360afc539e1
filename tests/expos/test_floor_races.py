"""One booth under thirty-two hands at once: held once, given once; with negative controls. RACE_ROUNDS for more."""

import pytest
from django.db import OperationalError, connection

from expos import floor_queries
from expos.actions import allotments, booths
from expos.models import Booth, BoothAllotment, BoothApplication, BoothHold
from platform_site import clock
from platform_site.accounts.roles import ensure
from platform_site.errors import Refusal
from tests.factories import accounts, patents
from tests.factories import expo_floor as make
from tests.racing import ROUNDS, WRITERS, Crew

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
SOME = min(ROUNDS, 3)


@pytest.fixture
def ground(transactional_db):
    """Hubei's call with a row of eight booths, and as many verified members as there are writers."""
    ensure()
    guo = accounts.officer("guo@example.org", province="420000")
    return make.floor(officer=guo), [make.exhibitor(number) for number in range(WRITERS)]


@pytest.fixture
def crew(ground):
    with Crew() as crew:
        yield crew


def legal(answers, kind):
    """How many succeeded; whatever else came back is a sentence for a person, or a lock not had in time."""
    for answer in answers:
        busy = isinstance(answer, OperationalError) and "lock timeout" in str(answer)
        assert isinstance(answer, (kind, Refusal)) or busy, answers
    return sum(isinstance(answer, kind) for answer in answers)


def standing(booth):
    now = clock.database_now()
    return BoothHold.objects.filter(booth=booth, held_at__lte=now, ends_at__gt=now).count()


def hold(booth, person):
    return lambda: booths.booth_hold(booth_id=booth.pk, actor=person)


def test_thirty_two_members_choose_one_booth(ground, crew):
    expo, people = ground
    for booth in list(Booth.objects.filter(expo=expo).exclude(kind="raw"))[:SOME]:
        assert legal(crew.together(*[hold(booth, one) for one in people]), BoothHold) == 1
        assert standing(booth) == 1


def test_one_member_choosing_everywhere_holds_one(ground, crew):
    expo, people = ground
    floor = list(Booth.objects.filter(expo=expo))
    for _round in range(SOME):
        crew.together(*[hold(floor[n % len(floor)], people[0]) for n in range(WRITERS)])
        now = clock.database_now()
        assert BoothHold.objects.filter(user=people[0], held_at__lte=now, ends_at__gt=now).count() == 1


@pytest.fixture
def free_for_all(monkeypatch):
    """The lock away, the constraint and the trigger away: what the tests above rest on."""
    monkeypatch.setattr(
        floor_queries, "lock_booth", lambda pk: Booth.objects.select_related("expo", "hall", "pavilion").get(pk=pk)
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'booth_one_holder'")
        (told,) = cursor.fetchone()
        cursor.execute("ALTER TABLE expos_boothhold DROP CONSTRAINT booth_one_holder")
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE expos_boothhold")
        cursor.execute(f"ALTER TABLE expos_boothhold ADD CONSTRAINT booth_one_holder {told}")


def test_without_the_constraint_a_booth_is_held_twice(ground, crew, free_for_all):
    expo, people = ground
    booth = Booth.objects.filter(expo=expo).first()
    crew.together(*[hold(booth, one) for one in people])
    assert standing(booth) > 1


# ---- given


@pytest.fixture
def waiting(ground):
    """Three who wait, the plan in force, and the share large enough."""
    expo, people = ground
    he = accounts.officer("he@example.org", province="430000")
    rows = [
        make.reviewed(expo, one, officer=he, listing=patents.published(one, province=make.HUNAN)) for one in people[:8]
    ]
    expo.delegations.filter(province="430000").update(booths=0)
    make.allotted(make.closed(expo))
    expo.delegations.filter(province="430000").update(booths=40)
    return rows


def give(row, booth, officer):
    return lambda: allotments.application_allot(application_id=row.pk, actor=officer, booth_ids=[booth.pk])


def test_one_booth_is_given_once_by_many_hands(ground, waiting, crew):
    booth = Booth.objects.get(expo=ground[0], number="A02")
    officer = make.clerk("420000")
    answers = crew.together(*[give(waiting[n % 8], booth, officer) for n in range(WRITERS)])
    legal(answers, BoothApplication)
    assert BoothAllotment.objects.filter(booth=booth, released_at=None).count() == 1
    placed = BoothApplication.objects.filter(state="allotted")
    assert all(len(make.numbers(row)) == 1 for row in placed)


def test_without_the_constraint_a_booth_is_given_twice(ground, waiting):
    booth, officer = Booth.objects.get(expo=ground[0], number="A02"), make.clerk("420000")
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX booth_given_once")
    try:
        for row in waiting[:2]:
            BoothApplication.objects.filter(pk=row.pk).update(state="allotted", confirm_by=clock.today())
            BoothAllotment.objects.create(booth=booth, application=row, made_by=officer, made_at=clock.now())
        assert BoothAllotment.objects.filter(booth=booth, released_at=None).count() == 2
    finally:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE expos_boothallotment")
            cursor.execute(
                "CREATE UNIQUE INDEX booth_given_once ON expos_boothallotment (booth_id) WHERE released_at IS NULL"
            )
