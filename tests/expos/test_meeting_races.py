"""Requests for meetings under many hands at once: never a table or a person twice; with negative controls. RACE_ROUNDS for more."""

import pytest
from django.db import OperationalError, connection

from expos import meeting_queries as queries
from expos.actions import meeting_requests, registrations
from expos.models import ExpoMeeting, MeetingPerson, MeetingRequest
from platform_site.accounts.roles import ensure
from platform_site.errors import Refusal
from tests.factories import accounts, expos
from tests.factories import expo_meeting as make
from tests.racing import ROUNDS, WRITERS, Crew

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ground(transactional_db):
    """An edition with two tables and eighteen slots, and 34 who take part."""
    ensure()
    officer = accounts.officer("guo@example.org", province="420000")
    expo = make.arranged(expos.opened(officer=officer), officer=officer)
    return expo, [make.participant(expo, accounts.member(f"m{n}@example.org")) for n in range(WRITERS + 2)]


@pytest.fixture
def crew(ground):
    with Crew() as crew:
        yield crew


def legal(answers):
    """How many succeeded; whatever else came back is a sentence for a person, or a lock not had in time: no deadlock."""
    for answer in answers:
        busy = isinstance(answer, OperationalError) and "lock timeout" in str(answer)
        assert isinstance(answer, (MeetingRequest, Refusal)) or busy, answers
    return sum(isinstance(answer, MeetingRequest) for answer in answers)


def rounds():
    return range(max(1, min(ROUNDS // 6, 18)))  # each in a slot of its own


def clear():
    for request in MeetingRequest.objects.filter(state="pending").select_related("by__registration__user"):
        meeting_requests.meeting_request_withdraw(request_id=request.pk, actor=request.by.registration.user)


def test_thirty_two_ask_one_person_for_one_slot(ground, crew):
    _expo, people = ground
    for slot in rounds():
        calls = [lambda by=by, slot=slot: make.asked(by, people[-1], slot=slot) for by in people[:WRITERS]]
        assert legal(crew.together(*calls)) == 1
        clear()


def test_sixteen_pairs_want_two_tables(ground, crew):
    expo, people = ground
    for slot in rounds():
        calls = [lambda n=n, slot=slot: make.asked(people[n], people[(n + 16) % 32], slot=slot) for n in range(WRITERS)]
        legal(crew.together(*calls))
        starts = queries.slots_of(expo)[slot].starts_at
        held = ExpoMeeting.objects.filter(starts_at=starts).exclude(state="cancelled")
        assert 1 <= held.count() <= 2 and held.values("table").distinct().count() == held.count()
        persons = MeetingPerson.objects.filter(starts_at=starts, takes=True)
        assert persons.count() == 2 * held.count() == persons.values("profile").distinct().count()
        clear()


def test_leaving_while_sixteen_ask_and_sixteen_are_asked(ground, crew):
    """Whatever comes first: nobody who has left is waited for."""
    _expo, people = ground
    who = people[-1].registration
    for slot in range(3):
        make.asked(people[slot], people[-1], slot=slot)
    calls = [lambda n=n: make.asked(people[n], people[-1], slot=n % 18) for n in range(WRITERS - 1)]
    answers = crew.together(*calls, lambda: registrations.registration_cancel(registration_id=who.pk, actor=who.user))
    left = answers.pop()
    legal(answers)
    assert isinstance(left, type(who)) and left.state == "cancelled"
    assert not ExpoMeeting.objects.filter(people__profile=people[-1]).exclude(state="cancelled").exists()


def test_without_the_constraint_and_the_lock_the_collision_happens(ground, crew, monkeypatch):
    """The control: what the database and the locks keep apart is not kept apart by chance."""
    _expo, people = ground
    monkeypatch.setattr(queries, "lock_registrations", lambda pks: {one.pk: one for one in _unlocked(pks)})
    monkeypatch.setattr(queries, "lock_table_of", lambda pks: queries.MeetingTable.objects.filter(pk__in=pks).first())
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE expos_meetingperson DROP CONSTRAINT meeting_person_one_place_at_a_time")
        cursor.execute("ALTER TABLE expos_expomeeting DROP CONSTRAINT meeting_table_one_meeting_at_a_time")
    try:
        twice = 0
        for slot in range(4):
            calls = [lambda by=by, slot=slot: make.asked(by, people[-1], slot=slot) for by in people[:WRITERS]]
            twice += legal(crew.together(*calls)) > 1
            clear()
        assert twice
    finally:
        with connection.cursor() as cursor:
            cursor.execute(
                "ALTER TABLE expos_meetingperson ADD CONSTRAINT meeting_person_one_place_at_a_time EXCLUDE USING gist"
                " (profile_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (takes)"
            )
            cursor.execute(
                "ALTER TABLE expos_expomeeting ADD CONSTRAINT meeting_table_one_meeting_at_a_time EXCLUDE USING gist"
                " (table_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (state <> 'cancelled')"
            )


def _unlocked(pks):
    return queries.Registration.objects.select_related("expo__host").filter(pk__in=list(pks))
