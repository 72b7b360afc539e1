"""Visits: never overbooked, a public waiting list that moves up by itself, bundles all or none, counter-proposals. Read next: governance/actions/visits.py."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from icalendar import Calendar

from governance import resource_tasks, visit_calendar, visit_queries
from governance.actions import facilities, visit_answers, visits
from governance.models import OpeningException, Visit, VisitBundle
from platform_site import clock
from platform_site.accounts.models import Membership, Organisation
from platform_site.accounts.queries import system_user
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.notices.models import Notice
from platform_site.outbox.models import OutboxMessage
from tests.factories import accounts, patents
from tests.factories import resources as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(guo):
    return make.facility(make.HUBEI, officer=guo, name_en="Optics base")


def members(count):
    return [accounts.member(f"m{n}@example.org", name=f"会员{n}", province="430000") for n in range(count)]


def state(visit):
    return Visit.objects.get(pk=visit.pk).state


def refused(sql, *params):
    with pytest.raises(DatabaseError) as said, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
    return str(said.value)


def test_a_member_books_a_slot(place, bai):
    visit = make.visit(place, bai, people=3)
    assert (visit.state, visit.people, visit.from_province_id) == ("requested", 3, "430000")
    assert visit.ends_at - visit.starts_at == timedelta(hours=2)
    entry = AuditEntry.objects.get(verb="governance.visit_book")
    assert (entry.actor, entry.province_code, entry.data["facility"]) == (bai, "420000", place.slug)
    assert OutboxMessage.objects.filter(name="governance.visit_notify", payload={"visit_id": visit.pk}).exists()


def test_a_full_slot_is_explained_with_the_nearest_free_ones(place, bai, shen):
    make.visit(place, bai, people=8)
    with pytest.raises(visits.Clash) as clash:
        make.visit(place, shen, people=3)
    assert "2" in clash.value.reason and clash.value.may_wait
    assert len(clash.value.slots) == visit_queries.OFFERED
    assert clash.value.slots[0].starts_at > clock.now() and make.at(1, 11) in [
        one.starts_at for one in clash.value.slots
    ]
    assert make.at(1, 9) not in [one.starts_at for one in clash.value.slots]
    assert make.visit(place, shen, people=2).state == "requested"


@pytest.mark.parametrize(("days", "hour", "people"), [(1, 10, 1), (-1, 9, 1), (61, 9, 1), (1, 9, 11)])
def test_what_is_no_slot_is_refused(place, bai, days, hour, people):
    with pytest.raises(visits.Clash):
        make.visit(place, bai, days=days, hour=hour, people=people)
    assert not Visit.objects.exists()


def test_an_exception_closes_the_day(place, bai):
    OpeningException.objects.create(facility=place, day=make.at(1).date())
    with pytest.raises(visits.Clash):
        make.visit(place, bai)


def test_nobody_is_in_two_places_at_once(place, guo, bai):
    other = make.facility(make.HUBEI, officer=guo, name_zh="另一个")
    make.visit(place, bai)
    with pytest.raises(visits.Clash, match="Optics|赣江"):
        make.visit(other, bai)
    row = Visit.objects.get()
    copied = "INSERT INTO governance_visit (facility_id, visitor_id, booked_by_id, people, purpose, asked_at, starts_at, ends_at, state, made_at, changes, reason) SELECT %s, visitor_id, booked_by_id, people, purpose, asked_at, starts_at, ends_at, state, made_at, 0, '' FROM governance_visit WHERE id = %s"
    assert "visitor_one_place_at_a_time" in refused(copied, other.pk, row.pk)
    assert make.visit(other, bai, hour=11).state == "requested", "half-open: one ends as the other begins"


def test_the_database_never_lets_too_many_in(place, bai, shen):
    first, second = make.visit(place, bai, people=6), make.visit(place, shen, people=4)
    with pytest.raises(IntegrityError, match="more visitors"), transaction.atomic():
        Visit.objects.create(
            facility=place, visitor=accounts.member("x@example.org"), booked_by=bai, people=1, purpose="x", asked_at=first.starts_at,
            starts_at=first.starts_at + timedelta(minutes=30), ends_at=first.ends_at, state="requested", made_at=clock.now(),
        )  # fmt: skip
    assert "on record" in refused("UPDATE governance_visit SET people = 3 WHERE id = %s", second.pk)
    assert "moved by a counter-proposal" in refused(
        "UPDATE governance_visit SET starts_at = starts_at - interval '1 minute' WHERE id = %s", second.pk
    )
    assert "on record" in refused("DELETE FROM governance_visit WHERE id = %s", second.pk)
    assert refused("UPDATE governance_visit SET state = 'used' WHERE id = %s", second.pk)


def test_booked_for_a_colleague_or_by_an_officer(place, guo, he, bai, shen, mo):
    body = Organisation.objects.create(credit_code="91420000MA4KXXXXX1", name_zh="某公司", created_at=clock.now())
    colleague = accounts.member("lin@example.org", name="林工", province="430000")
    for person in (bai, colleague):
        Membership.objects.create(user=person, organisation=body, joined_at=clock.now())
    visit = make.visit(place, colleague, actor=bai)
    assert (visit.visitor, visit.booked_by) == (colleague, bai)
    assert make.visit(place, bai, actor=he, hour=11).booked_by == he, "an officer of the member's own province"
    assert make.visit(place, mo, actor=guo, hour=11).booked_by == guo, "an officer of the facility's province"
    for actor, visitor in ((bai, shen), (he, mo), (mo, bai)):
        with pytest.raises(NotAllowed):
            make.visit(place, visitor, actor=actor, hour=13)


def test_the_waiting_list_moves_up_in_public_order(place, guo, bai, shen):
    first = make.confirmed(place, bai, guo, people=8)
    large, small, late = members(3)
    waiting = [make.visit(place, who, people=n, wait=True) for who, n in ((large, 10), (small, 5), (late, 5))]
    assert [one.state for one in waiting] == ["waiting"] * 3
    assert [visit_queries.place_in_line(one) for one in waiting] == [1, 2, 3]
    visit_answers.visit_cancel(visit_id=first.pk, actor=bai)
    assert [state(one) for one in waiting] == ["requested", "waiting", "waiting"]
    visit_answers.visit_decline(visit_id=waiting[0].pk, actor=guo, reason="人数太多。")
    assert [state(one) for one in waiting] == ["declined", "requested", "requested"]
    moved = AuditEntry.objects.filter(verb="governance.visit_move_up")
    assert moved.count() == 3 and all(one.actor is None for one in moved)


def test_more_room_moves_up_and_who_is_elsewhere_goes_on_waiting(place, guo, bai, shen):
    make.visit(place, bai, people=10)
    waits = make.visit(place, shen, people=2, wait=True)
    other = make.facility(make.HUBEI, officer=guo, name_zh="另一个")
    make.visit(other, shen)
    save = lambda visitors: facilities.facility_save(  # noqa: E731
        facility_id=place.pk, actor=guo, values=make.values(visitors=visitors)
    )
    save(12)
    assert state(waits) == "waiting"
    visit_answers.visit_cancel(visit_id=Visit.objects.get(facility=other).pk, actor=shen)
    save(13)
    assert state(waits) == "requested"


def test_a_counter_proposal_keeps_the_new_time_and_frees_the_old(place, guo, he, bai, shen):
    visit = make.visit(place, bai, people=10)
    waits = make.visit(place, shen, people=10, wait=True)
    counter = lambda who, moment: visit_answers.visit_counter(  # noqa: E731
        visit_id=visit.pk, actor=who, starts_at=moment, reason="当天检修。"
    )
    for who in (he, bai):
        with pytest.raises(NotAllowed):
            counter(who, make.at(2))
    for wrong in (make.at(1), make.at(2, 10), make.at(-1)):
        with pytest.raises(Conflict):
            counter(guo, wrong)
    moved = counter(guo, make.at(2, 11))
    assert (moved.state, moved.starts_at, moved.asked_at) == ("countered", make.at(2, 11), make.at(1))
    assert state(waits) == "requested"
    with pytest.raises(visits.Clash):
        make.visit(place, accounts.member("z@example.org"), days=2, hour=11)
    with pytest.raises(Conflict):
        visit_answers.visit_confirm(visit_id=visit.pk, actor=guo)
    with pytest.raises(NotAllowed):
        visit_answers.visit_agree(visit_id=visit.pk, actor=guo)
    assert visit_answers.visit_agree(visit_id=visit.pk, actor=bai).state == "confirmed"
    with pytest.raises(Conflict):
        visit_answers.visit_agree(visit_id=visit.pk, actor=bai)


def test_answers_are_the_keepers_of_that_facility_alone(place, guo, he, bai, shen):
    visit = make.visit(place, bai)
    for who in (he, bai, shen):
        with pytest.raises(NotAllowed):
            visit_answers.visit_confirm(visit_id=visit.pk, actor=who)
        with pytest.raises(NotAllowed):
            visit_answers.visit_decline(visit_id=visit.pk, actor=who, reason="x")
    own = make.visit(place, guo, hour=11)
    with pytest.raises(NotAllowed):
        visit_answers.visit_confirm(visit_id=own.pk, actor=guo)
    assert visit_answers.visit_confirm(visit_id=visit.pk, actor=guo).decided_by == guo
    with pytest.raises(MoveRefused):
        visit_answers.visit_decline(visit_id=visit.pk, actor=guo, reason="x")


def test_cancelled_before_it_begins_by_either_side(place, guo, he, bai, shen):
    one, other = make.visit(place, bai), make.visit(place, shen)
    with pytest.raises(NotAllowed):
        visit_answers.visit_cancel(visit_id=one.pk, actor=he)
    with pytest.raises(Conflict):
        visit_answers.visit_cancel(visit_id=one.pk, actor=guo)
    assert visit_answers.visit_cancel(visit_id=one.pk, actor=guo, reason="停电。").reason == "停电。"
    begun = make.begun(other)
    with pytest.raises(Conflict):
        visit_answers.visit_cancel(visit_id=begun.pk, actor=shen)
    with pytest.raises(Conflict):
        visit_answers.visit_confirm(visit_id=begun.pk, actor=guo)


def test_marked_used_or_not_once_it_has_begun(place, guo, he, bai):
    visit = make.confirmed(place, bai, guo)
    mark = lambda who, used=True: visit_answers.visit_mark(visit_id=visit.pk, actor=who, used=used)  # noqa: E731
    with pytest.raises(Conflict):
        mark(guo)
    make.begun(visit)
    for who in (he, bai):
        with pytest.raises(NotAllowed):
            mark(who)
    assert mark(guo, used=False).state == "not_used"
    with pytest.raises(MoveRefused):
        mark(guo)


def test_what_nobody_settled_lapses_by_the_clock(place, bai, shen, guo):
    unsettled, settled = make.visit(place, bai), make.confirmed(place, shen, guo)
    with pytest.raises(Conflict):
        visit_answers.visit_lapse(visit_id=unsettled.pk, actor=system_user())
    for one in (unsettled, settled):
        make.begun(one)
    with pytest.raises(NotAllowed):
        visit_answers.visit_lapse(visit_id=unsettled.pk, actor=guo)
    resource_tasks.visits_lapse()
    assert (state(unsettled), state(settled)) == ("lapsed", "confirmed")


def test_about_a_technology_of_ones_own(place, bai, shen):
    listing = patents.published(shen)
    book = lambda actor: visits.visit_book(  # noqa: E731
        facility_id=place.pk, actor=actor, wish=make.wish(actor, listing_id=listing.pk), starts_at=make.at(1)
    )
    with pytest.raises(NotAllowed):
        book(bai)
    assert book(shen).listing == listing


# ---- bundles


def test_a_bundle_is_all_or_none(place, guo, bai, shen):
    other = make.facility(make.JIANGXI, name_zh="江西基地")
    book = lambda *wanted: visits.visit_bundle(actor=bai, wish=make.wish(bai, 2), wanted=wanted)  # noqa: E731
    make.visit(other, shen, people=10, hour=11)
    with pytest.raises(Conflict, match="江西基地"):
        book((place.pk, make.at(1)), (other.pk, make.at(1, 11)))
    with pytest.raises(Conflict, match="重叠"):
        book((place.pk, make.at(1)), (other.pk, make.at(1)))
    with pytest.raises(Conflict):
        book()
    with pytest.raises(Conflict):
        book((place.pk, make.at(1)), (place.pk, make.at(2)))
    assert not VisitBundle.objects.exists() and not Visit.objects.filter(visitor=bai).exists()
    bundle = book((place.pk, make.at(1)), (other.pk, make.at(1, 13)))
    assert {one.state for one in bundle.visits.all()} == {"requested"} and bundle.visits.count() == 2
    assert AuditEntry.objects.get(verb="governance.visit_bundle").data["visits"] == 2
    with pytest.raises(NotAllowed):
        visits.visit_bundle(actor=bai, wish=make.wish(shen), wanted=[(place.pk, make.at(3))])


# ---- what is told


def test_both_sides_are_told_in_their_language_once(place, guo, bai):
    bai.language = "en"
    bai.save(update_fields=["language"])
    visit = make.visit(place, bai, people=2)
    for _twice in range(2):
        resource_tasks.visit_notify(visit.pk)
    assert Notice.objects.get(recipient=guo, kind="visit_requested").data["facility"] == "赣江产业化基地"
    assert not Notice.objects.filter(recipient=bai).exists()
    visit_answers.visit_confirm(visit_id=visit.pk, actor=guo)
    resource_tasks.visit_notify(visit.pk)
    assert Notice.objects.get(recipient=bai).data["facility"] == "Optics base"


def test_managers_are_told_in_place_of_the_office(place, guo, shen, bai):
    facilities.manager_name(facility_id=place.pk, actor=guo, user=shen)
    visit = make.visit(place, bai)
    resource_tasks.visit_notify(visit.pk)
    assert {one.recipient for one in Notice.objects.filter(kind="visit_requested")} == {shen}


def test_the_invitation_follows_the_visit(place, guo, bai):
    visit = make.confirmed(place, bai, guo)
    event = Calendar.from_ical(visit_calendar.invitation(visit)).walk("VEVENT")[0]
    assert event.decoded("dtstart") == visit.starts_at and event["status"] == "CONFIRMED" and event["sequence"] == 1
    off = visit_answers.visit_cancel(visit_id=visit.pk, actor=bai)
    calendar = Calendar.from_ical(visit_calendar.invitation(off))
    assert calendar["method"] == "CANCEL" and calendar.walk("VEVENT")[0]["uid"] == event["uid"]
