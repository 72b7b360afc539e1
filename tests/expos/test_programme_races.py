"""Rooms and speakers under many hands at once: never in two places, whatever comes in; with negative controls. RACE_ROUNDS for more."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction

from expos import queries
from expos.actions import sessions
from expos.models import Expo, Session, SessionSpeaker
from platform_site.accounts.roles import ensure
from platform_site.errors import Refusal
from tests.factories import accounts, expos
from tests.factories import expo_programme as make
from tests.racing import ROUNDS, WRITERS, Crew

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ground(transactional_db):
    """An edition with as many rooms as there are writers, and its officer."""
    ensure()
    officer = accounts.officer("guo@example.org", province="420000")
    expo = expos.opened(officer=officer)
    rooms = [expos.room(expo, f"厅{number}", officer=officer) for number in range(WRITERS)]
    return expo, officer, rooms


@pytest.fixture
def crew(ground):
    with Crew() as crew:
        yield crew


@pytest.fixture
def unlocked(monkeypatch):
    monkeypatch.setattr(queries, "lock_expo", lambda pk: Expo.objects.get(pk=pk))


def legal(answers):
    for answer in answers:
        busy = isinstance(answer, OperationalError) and "lock timeout" in str(answer)
        assert isinstance(answer, (Session, Refusal)) or busy, answers
    return sum(isinstance(answer, Session) for answer in answers)


def overlaps(model, what):
    """Pairs of rows that hold the same thing at the same moment."""
    rows = list(model.objects.filter(starts_at__isnull=False).values_list(what, "starts_at", "ends_at"))
    return sum(a[0] == b[0] and a[1] < b[2] and b[1] < a[2] for place, a in enumerate(rows) for b in rows[place + 1 :])


def moves(rows, place):
    """Every writer moves a session of its own to `place(number)`: room, beginning."""

    def call(number):
        room, begin = place(number)
        return lambda: sessions.session_move(
            session_id=rows[number].pk, actor=rows[number].made_by, room_id=room.pk, starts_at=begin, ends_at=begin + timedelta(minutes=30)
        )  # fmt: skip

    return [call(number) for number in range(WRITERS)]


def unplaced(expo, officer, speakers=()):
    return [make.session(expo, f"第{number}场", officer=officer, placed=False, speakers=speakers) for number in range(WRITERS)]  # fmt: skip


def test_thirty_two_sessions_want_one_room(ground, crew):
    expo, officer, rooms = ground
    rows = unplaced(expo, officer)
    for number in range(min(ROUNDS, 3)):
        begin = make.at(expo, 0, 9 + number)
        assert (
            legal(crew.together(*moves(rows, lambda n, begin=begin: (rooms[0], begin + timedelta(minutes=n % 3))))) == 1
        )
        assert overlaps(Session, "room_id") == 0


def test_thirty_two_sessions_want_one_speaker(ground, crew):
    expo, officer, rooms = ground
    rows = unplaced(expo, officer, [make.speaker(expo, officer=officer)])
    for number in range(min(ROUNDS, 3)):
        begin = make.at(expo, 0, 9 + number)
        assert legal(crew.together(*moves(rows, lambda n, begin=begin: (rooms[n], begin)))) == 1
        assert overlaps(SessionSpeaker, "speaker_id") == 0


def test_without_the_lock_the_database_alone_holds(ground, crew, unlocked):
    expo, officer, rooms = ground
    rows = unplaced(expo, officer, [make.speaker(expo, officer=officer)])
    begin = make.at(expo, 0, 9)
    answers = crew.together(*moves(rows, lambda n: (rooms[n % 2], begin)))
    assert sum(isinstance(one, Session) for one in answers) <= 1
    assert overlaps(Session, "room_id") == overlaps(SessionSpeaker, "speaker_id") == 0


def test_without_lock_and_constraint_both_are_in_two_places(ground, crew, unlocked):
    """The negative control: the collision is real."""
    expo, officer, rooms = ground
    rows = unplaced(expo, officer, [make.speaker(expo, officer=officer)])
    dropped = (
        ("expos_session", "room_one_session_at_a_time"),
        ("expos_sessionspeaker", "speaker_one_session_at_a_time"),
    )
    kept = []
    with connection.cursor() as cursor:
        for table, name in dropped:
            cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [name])
            kept.append((table, name, cursor.fetchone()[0]))
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    try:
        for day in range(3):
            crew.together(*moves(rows, lambda n, day=day: (rooms[n % 2], make.at(expo, day, 9))))
            if overlaps(Session, "room_id") and overlaps(SessionSpeaker, "speaker_id"):
                return
    finally:
        SessionSpeaker.objects.all().delete()
        Session.objects.update(room=None, starts_at=None, ends_at=None)
        with transaction.atomic(), connection.cursor() as cursor:
            for table, name, definition in kept:
                cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
    raise AssertionError("never in two places")
