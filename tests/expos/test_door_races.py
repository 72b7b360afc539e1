"""Doors under many hands at once: no double entry, no hall over its capacity; with negative controls. RACE_ROUNDS for more."""

import pytest
from django.db import OperationalError, connection

from expos import door_queries
from expos.actions import registrations
from expos.models import Hall, Passage, Registration
from platform_site.accounts.roles import ensure
from platform_site.errors import Refusal
from tests.factories import accounts, expo_door, expos
from tests.racing import ROUNDS, WRITERS, Crew

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ground(transactional_db):
    """A running edition with a hall for five, its officer, and as many badges as there are writers."""
    ensure()
    expo = expos.today_running()
    host = expo_door.host(expo)
    Hall.objects.filter(expo=expo).update(people=5)
    return expo, expo.halls.get(), host, expo_door.visitors(expo, host, WRITERS)


@pytest.fixture
def crew(ground):
    with Crew() as crew:
        yield crew


def rounds(most):
    return range(1, min(ROUNDS, most) + 1)


def done(answers, kind=Passage):
    """How many passed; whatever else came back is a sentence for a person, or a lock not had in time: no deadlock."""
    for answer in answers:
        busy = isinstance(answer, OperationalError) and "lock timeout" in str(answer)
        assert isinstance(answer, (kind, Refusal)) or busy, answers
    return sum(isinstance(answer, kind) for answer in answers)


def enter(badge, host, hall=None, direction="in"):
    return lambda: expo_door.passed(badge, host, direction, hall)


def test_one_badge_at_thirty_two_doors_enters_once(ground, crew):
    expo, _hall, host, badges = ground
    for turn in rounds(3):
        assert done(crew.together(*[enter(badges[turn], host)] * WRITERS)) == 1
        assert door_queries.inside(expo, door_queries.VENUE) == turn


def test_a_hall_for_five_takes_five_of_thirty_two(ground, crew):
    expo, hall, host, badges = ground
    for _turn in rounds(3):
        assert done(crew.together(*[enter(one, host, hall) for one in badges])) == 5
        assert door_queries.inside(expo, hall.pk) == 5
        insiders = [row for row in badges if door_queries.last_passages(row.pk).get(hall.pk, None)]
        leave = [enter(row, host, hall, "out") for row in insiders]
        crew.together(*leave, *[lambda: None] * (WRITERS - len(leave)))
        assert door_queries.inside(expo, hall.pk) == 0


def test_people_who_cross_between_halls_do_not_deadlock(ground, crew):
    expo, hall, host, badges = ground
    Hall.objects.filter(expo=expo).update(people=500)
    other = Hall.objects.create(expo=expo, code="B", name_zh="二号馆", width_m=30, depth_m=30, people=500)
    for place, row in enumerate(badges):
        enter(row, host, (hall, other)[place % 2])()
    for turn in rounds(2):
        calls = [enter(row, host, (other, hall)[(place + turn + 1) % 2]) for place, row in enumerate(badges)]
        assert done(crew.together(*calls)) == WRITERS
    assert door_queries.inside(expo, hall.pk) + door_queries.inside(expo, other.pk) == WRITERS


def test_many_register_at_once_without_waiting_for_each_other(ground, crew):
    expo, _hall, _host, _badges = ground
    people = [accounts.member(f"p{n}@example.org") for n in range(WRITERS)]
    before = Registration.objects.count()
    assert (
        done(crew.together(*[lambda one=one: expos.registered(expo, one) for one in people]), Registration) == WRITERS
    )
    one = accounts.member("once@example.org")
    assert done(crew.together(*[lambda: expos.registered(expo, one)] * WRITERS), Registration) == 1
    assert Registration.objects.count() == before + WRITERS + 1
    assert registrations.Registration is Registration


# ---- the negative controls: without the guards the tests above would say nothing


@pytest.fixture
def unlocked(monkeypatch):
    monkeypatch.setattr(door_queries, "lock_places", lambda _expo, _places: None)
    plain = Registration.objects.select_related("expo__host")
    monkeypatch.setattr(door_queries, "lock_registration", lambda pk: plain.get(pk=pk))


def said(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_without_our_locks_the_database_alone_holds(ground, crew, unlocked):
    expo, hall, host, badges = ground
    assert done(crew.together(*[enter(badges[0], host)] * WRITERS)) == 1
    assert done(crew.together(*[enter(one, host, hall) for one in badges])) == 5
    assert door_queries.inside(expo, hall.pk) == 5


def test_without_guards_a_badge_is_inside_twice_and_the_hall_overfull(ground, crew, unlocked):
    _expo, hall, host, badges = ground
    unique = "passage_inside_once", "passage_counted_once"
    said(
        "ALTER TABLE expos_passage DISABLE TRIGGER USER",
        *[f"ALTER TABLE expos_passage DROP CONSTRAINT {name}" for name in unique],
    )
    try:
        twice = any(done(crew.together(*[enter(row, host)] * WRITERS)) > 1 for row in badges[:20])
        crew.together(*[enter(one, host, hall) for one in badges])
        over = Passage.objects.filter(hall=hall, direction="in").count() > hall.people
    finally:
        said(
            "TRUNCATE expos_passage",
            "ALTER TABLE expos_passage ENABLE TRIGGER USER",
            f"ALTER TABLE expos_passage ADD CONSTRAINT {unique[0]} UNIQUE (registration_id, place, nth)",
            f"ALTER TABLE expos_passage ADD CONSTRAINT {unique[1]} UNIQUE (expo_id, place, place_nth)",
        )
    assert twice and over
