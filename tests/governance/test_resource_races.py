"""Visits and stationings under many hands at once: never overbooked, whatever comes in; with negative controls. RACE_ROUNDS for more."""

import pytest
from django.db import OperationalError, connection

from governance import facility_queries, stationing_queries
from governance.actions import stationings, visit_answers, visits
from governance.models import Facility, Stationing, Visit, VisitBundle
from platform_site.accounts.roles import ensure
from platform_site.errors import Refusal
from tests.factories import accounts, patents
from tests.factories import resources as make
from tests.racing import ROUNDS, WRITERS, Crew

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ground(transactional_db):
    """An officer of Hubei, a facility for ten visitors and four places, and as many members as there are writers."""
    ensure()
    officer = accounts.officer("guo@example.org", province="420000")
    people = [accounts.member(f"m{n}@example.org", province="430000") for n in range(WRITERS)]
    return make.facility(make.HUBEI, officer=officer), officer, people


@pytest.fixture
def crew(ground):
    with Crew() as crew:
        yield crew


def legal(answers, kind):
    """How many succeeded; whatever else came back is a sentence for a person, or a lock not had in time: no deadlock."""
    for answer in answers:
        busy = isinstance(answer, OperationalError) and "lock timeout" in str(answer)
        assert isinstance(answer, (kind, Refusal)) or busy, answers
    return sum(isinstance(answer, kind) for answer in answers)


def book(place, person, people, days, wait=False):
    return lambda: make.visit(place, person, people=people, days=days, wait=wait)


def expected(place, days):
    rows = Visit.objects.filter(facility=place, starts_at=make.at(days), state__in=["requested", "confirmed"])
    return sum(row.people for row in rows)


def rounds(most=50):
    return range(1, min(ROUNDS, most) + 1)  # each on a day of its own, of the sixty that can be booked


def test_thirty_two_members_want_one_slot(ground, crew):
    place, _officer, people = ground
    for day in rounds():
        done = legal(crew.together(*[book(place, one, 3, day) for one in people]), Visit)
        assert done == 3 and expected(place, day) == 9


def test_cancelled_and_booked_at_once_with_a_waiting_list(ground, crew):
    """Room that comes free goes to who waits or to who comes, never to both."""
    place, _officer, people = ground
    for day in rounds(10):
        first = [make.visit(place, one, people=5, days=day) for one in people[:2]]
        waits = [make.visit(place, one, people=4, days=day, wait=True) for one in people[2:8]]
        cancels = [lambda one=one: visit_answers.visit_cancel(visit_id=one.pk, actor=one.visitor) for one in first]
        answers = crew.together(*cancels, *[book(place, one, 2, day) for one in [*people[8:], *people[8:14]]])
        legal(answers, Visit)
        assert expected(place, day) <= place.visitors
        moved = Visit.objects.filter(pk__in=[one.pk for one in waits], state="requested").order_by("pk")
        assert [one.pk for one in moved] == [one.pk for one in waits][: len(moved)], "in their public order"


def test_one_member_is_in_one_place(ground, crew):
    _place, officer, people = ground
    places = [make.facility(make.HUBEI, officer=officer, name_zh=f"地方{n}") for n in range(8)]
    for day in rounds(10):
        calls = [book(places[n % 8], people[0], 1, day) for n in range(WRITERS)]
        assert legal(crew.together(*calls), Visit) == 1


def test_bundles_that_cross_do_not_deadlock_and_are_whole(ground, crew):
    _place, officer, people = ground
    one, other = (make.facility(make.HUBEI, officer=officer, name_zh=name, visitors=4) for name in ("甲", "乙"))

    def bundle(person, first, second, day):
        wanted = [(first.pk, make.at(day, 9)), (second.pk, make.at(day, 11))]
        return lambda: visits.visit_bundle(actor=person, wish=make.wish(person), wanted=wanted)

    for day in rounds(10):
        calls = [bundle(who, *((one, other) if n % 2 else (other, one)), day) for n, who in enumerate(people)]
        done = legal(crew.together(*calls), VisitBundle)
        found = Visit.objects.filter(
            facility__in=[one, other], starts_at__gte=make.at(day, 0), starts_at__lt=make.at(day, 23)
        )
        assert found.count() == 2 * done and done == 8


def test_thirty_two_applications_for_four_places(ground, crew):
    place, officer, _people = ground
    shen = accounts.member("shen@example.org", province="420000", verified=True)
    for _round in rounds(1):
        rows = [make.applied(place, shen, listing=patents.published(shen)) for _n in range(WRITERS)]
        calls = [
            lambda row=row: stationings.stationing_accept(stationing_id=row.pk, actor=officer) for row in rows
        ]  # fmt: skip
        assert legal(crew.together(*calls), Stationing) == 4
        accepted = list(Stationing.objects.filter(state="accepted"))
        waits = [row for row in rows if row.pk not in {one.pk for one in accepted}][:6]
        for row in waits:
            stationings.stationing_queue(stationing_id=row.pk, actor=officer, reason="排队。")
        leave = [lambda row=row: stationings.stationing_withdraw(stationing_id=row.pk, actor=shen) for row in accepted]
        assert legal(crew.together(*leave, *[lambda: stationings.stationing_line_run(facility_id=place.pk)] * 28), (Stationing, int)) == 32  # fmt: skip
        moved = Stationing.objects.filter(pk__in=[row.pk for row in waits], state="accepted").order_by("pk")
        assert [row.pk for row in moved] == [row.pk for row in waits][:4]
        for row in Stationing.objects.filter(state__in=["submitted", "waiting_list", "accepted"]):
            stationings.stationing_withdraw(stationing_id=row.pk, actor=shen)


# ---- the negative controls: without the locks and the guards the tests above would say nothing


@pytest.fixture
def unlocked(monkeypatch):
    monkeypatch.setattr(facility_queries, "lock_facility", lambda pk: Facility.objects.get(pk=pk))


def guards_off(table):
    """Triggers of a table off, until the block ends."""

    class Off:
        def __enter__(self):
            self._say("DISABLE")

        def __exit__(self, *_error):
            self._say("ENABLE")

        def _say(self, word):
            with connection.cursor() as cursor:
                cursor.execute(f"ALTER TABLE {table} {word} TRIGGER USER")

    return Off()


def test_without_lock_and_guard_a_slot_is_overbooked(ground, crew, unlocked):
    place, _officer, people = ground
    with guards_off("governance_visit"):
        for day in range(1, 21):
            crew.together(*[book(place, one, 3, day) for one in people])
            if expected(place, day) > place.visitors:
                return
    raise AssertionError("never overbooked")


def test_without_the_lock_the_guard_alone_holds(ground, crew, unlocked):
    place, _officer, people = ground
    for day in rounds(5):
        answers = crew.together(*[book(place, one, 3, day) for one in people])
        assert legal(answers, Visit) == 3 and expected(place, day) == 9


def test_without_lock_and_guard_places_are_given_twice(ground, crew, unlocked, monkeypatch):
    place, officer, _people = ground
    shen = accounts.member("shen@example.org", province="420000", verified=True)
    rows = [make.applied(place, shen, listing=patents.published(shen)) for _n in range(WRITERS)]
    plain = Stationing.objects.select_related("facility__province", "applicant")
    monkeypatch.setattr(stationing_queries, "lock_stationing", lambda pk: plain.get(pk=pk))
    with guards_off("governance_stationing"):
        calls = [lambda row=row: stationings.stationing_accept(stationing_id=row.pk, actor=officer) for row in rows]
        crew.together(*calls)
        assert sum(row.places for row in Stationing.objects.filter(state="accepted")) > place.places
