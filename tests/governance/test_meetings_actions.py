"""Meetings through their actions: preparation, call and notice, agenda, papers, attendance, cancellation."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from icalendar import Calendar

from governance import invitations, meeting_queries, queries
from governance.actions import items, meetings
from governance.models import AnnualWorkPlan, PlanVersion, Presence, SeatHolder
from platform_site import clock
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.notices.models import Notice
from platform_site.outbox.models import OutboxMessage
from platform_site.outbox.queue import drain
from tests.factories import group, patents
from tests.factories import meetings as make

pytestmark = pytest.mark.django_db


def refused(words, statement, *values):
    with pytest.raises(DatabaseError, match=words), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def tabled(meeting, office):
    """A plan that is before the meeting."""
    plan = AnnualWorkPlan.objects.create(
        year=clock.today().year + 1, state="tabled", created_by=office, created_at=clock.now()
    )
    version = PlanVersion.objects.create(
        plan=plan, number=1, state="tabled", created_by=office, created_at=clock.now(), digest="0" * 64
    )
    with transaction.atomic():
        item = items.item_write(
            meeting=meeting, kind="plan", title_zh="审议计划", title_en="The plan", version=version, actor=office
        )
    return item, version


def test_the_office_prepares_and_only_the_director_calls(ju, wei, si, mo):
    for person in (ju, mo):
        with pytest.raises(NotAllowed):
            meetings.meeting_create(actor=person, values=make.values())
    meeting = make.prepared(si)
    assert (meeting.state, meeting.number) == ("preparing", 1) and make.prepared(si).number == 2
    assert meeting not in meeting_queries.meetings_visible(inside=False)
    for person in (wei, si, mo):
        with pytest.raises(NotAllowed):
            meetings.meeting_call(meeting_id=meeting.pk, actor=person)
    called = meetings.meeting_call(meeting_id=meeting.pk, actor=ju)
    assert (called.state, called.called_by.user, called.term) == ("called", ju, queries.directorship_at().term)
    assert meeting in meeting_queries.meetings_visible(inside=False)
    with pytest.raises(MoveRefused):
        meetings.meeting_call(meeting_id=meeting.pk, actor=ju)


def test_a_director_of_the_past_calls_nobody(ju, wei, si):
    meeting = make.prepared(si)
    SeatHolder.objects.filter(user=ju).update(ends_on=clock.today())
    with pytest.raises(NotAllowed, match="不担任"):
        meetings.meeting_call(meeting_id=meeting.pk, actor=ju)
    assert (
        meetings.meeting_call(meeting_id=meeting.pk, actor=wei).called_by.user == wei
    )  # acts while the seat is vacant


@pytest.mark.parametrize(("kind", "short", "enough"), [("regular", 9, 10), ("extraordinary", 2, 3), ("written", 2, 3)])
def test_notice_is_given_as_the_rule_in_force_says(ju, si, kind, short, enough):
    late = make.prepared(si, kind, short)
    with pytest.raises(Conflict, match="须提前"):
        meetings.meeting_call(meeting_id=late.pk, actor=ju)
    state = meetings.meeting_call(meeting_id=make.prepared(si, kind, enough).pk, actor=ju).state
    assert state == ("in_session" if kind == "written" else "called")


def test_an_empty_agenda_is_not_called(ju, si):
    with pytest.raises(Conflict, match="还没有议题"):
        meetings.meeting_call(meeting_id=make.prepared(si, listed=0).pk, actor=ju)


def test_a_change_after_the_call_is_told_and_keeps_the_notice(ju, si, mo):
    group.deputy(ju, mo)
    meeting = make.called(si)
    later = make.values(days=25, place_zh="长沙")
    meetings.meeting_change(meeting_id=meeting.pk, actor=si, values=later)
    meeting.refresh_from_db()
    assert (meeting.place_zh, meeting.changes) == ("长沙", 1)
    with pytest.raises(Conflict, match="须提前"):
        meetings.meeting_change(meeting_id=meeting.pk, actor=si, values=make.values(days=3))
    with pytest.raises(Conflict, match="召开方式"):
        meetings.meeting_change(meeting_id=meeting.pk, actor=si, values=make.values("written"))
    drain()
    kinds = Notice.objects.filter(recipient=mo).order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["meeting_called", "meeting_changed"]
    notice = Notice.objects.filter(recipient=ju, kind="meeting_changed").get()
    assert notice.data["place"] == "长沙" and "format=ics" in notice.data["ics"]
    assert not OutboxMessage.objects.exclude(last_error="").exists()


def test_a_meeting_begins_on_its_day_and_ends_when_all_is_dealt_with(ju, si):
    meeting = make.called(si)
    with pytest.raises(Conflict, match="还没有到"):
        meetings.meeting_open(meeting_id=meeting.pk, actor=si)
    waiting = make.item(meeting, si, actor=ju, listed=False)
    with make.on_the_day(meeting):
        meetings.meeting_open(meeting_id=meeting.pk, actor=si)
        make.enter(meeting, queries.mandate_of(ju).seat.pk, ju)
        with pytest.raises(Conflict, match="还有议题没有处理"):
            meetings.meeting_close(meeting_id=meeting.pk, actor=si)
        items.item_decline(item_id=waiting.pk, actor=si, reason="下次再议。")
        with pytest.raises(NotAllowed):
            meetings.meeting_close(meeting_id=meeting.pk, actor=ju)
        closed = meetings.meeting_close(meeting_id=meeting.pk, actor=si)
    assert Presence.objects.get().left_at == closed.closed_at
    assert list(closed.items.order_by("id").values_list("state", flat=True)) == ["done", "declined"]


def test_seats_propose_and_the_office_lists_or_declines(ju, wei, si, mo, guo):
    meeting = make.prepared(si, listed=0)
    for person in (mo, guo):
        with pytest.raises(NotAllowed):
            make.item(meeting, si, actor=person, listed=False)
    first, second = (make.item(meeting, si, actor=wei, listed=False) for _n in range(2))
    assert first.seat.holders.get().user == wei and first.number is None
    for act in (
        lambda: items.item_list(item_id=first.pk, actor=wei),
        lambda: items.item_decline(item_id=first.pk, actor=ju, reason="无"),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert items.item_list(item_id=first.pk, actor=si).number == 1
    with pytest.raises(Conflict, match="理由"):
        items.item_decline(item_id=second.pk, actor=si, reason=" ")
    assert items.item_decline(item_id=second.pk, actor=si, reason="与上次重复。").state == "declined"
    with pytest.raises(MoveRefused):
        items.item_list(item_id=second.pk, actor=si)
    with pytest.raises(Conflict, match="轮值主任在计划页面"):
        make.item(meeting, si, kind="plan", listed=False)


def test_papers_are_added_by_the_seat_that_proposed_or_the_office(ju, wei, si, mo, guo):
    meeting = make.prepared(si, listed=0)
    item = make.item(meeting, si, actor=wei)
    for person in (ju, mo):
        with pytest.raises(NotAllowed):
            items.paper_add(item_id=item.pk, actor=person, title="说明", upload=patents.picture())
    paper = items.paper_add(item_id=item.pk, actor=wei, title="说明", upload=patents.picture())
    items.paper_add(item_id=item.pk, actor=si, title="附件", upload=patents.picture())
    group.deputy(ju, guo)
    assert meeting_queries.is_inside(guo) and not meeting_queries.is_inside(mo)
    assert meeting_queries.paper_for(guo, paper.pk) == paper
    with transaction.atomic():
        items.item_decline(item_id=item.pk, actor=si, reason="撤回。")
    with pytest.raises(Conflict, match="不再接收材料"):
        items.paper_add(item_id=item.pk, actor=si, title="附件", upload=patents.picture())
    refused("Cannot", "UPDATE governance_itempaper SET title = 'x'")


def test_a_cancelled_meeting_gives_a_plan_back(ju, si):
    meeting = make.called(si)
    _item, version = tabled(meeting, si)
    with pytest.raises(Conflict, match="理由"):
        meetings.meeting_cancel(meeting_id=meeting.pk, actor=si, reason="")
    cancelled = meetings.meeting_cancel(meeting_id=meeting.pk, actor=si, reason="会场有变。")
    version.refresh_from_db()
    assert (version.state, version.plan.state) == ("working", "draft")
    assert set(cancelled.items.values_list("state", flat=True)) == {"declined"}
    drain()
    assert Notice.objects.filter(recipient=ju, kind="meeting_cancelled").get().data["reason"] == "会场有变。"
    with pytest.raises(MoveRefused):
        meetings.meeting_open(meeting_id=meeting.pk, actor=si)
    refused("cancelled_with_reason", "UPDATE governance_meeting SET cancelled_because = ''")


@pytest.mark.parametrize(("choice", "state", "plan"), [("for", "adopted", "adopted"), ("against", "working", "draft")])
def test_a_plan_is_adopted_or_goes_back(si, choice, state, plan):
    seats = group.all_seated()
    group.directing()
    meeting = make.in_session(si, seats)
    item, version = tabled(make.prepared(si), si)
    type(item).objects.filter(pk=item.pk).update(meeting=meeting)  # as if it had been tabled before it began
    items.item_list(item_id=item.pk, actor=si)
    ballot = make.opened(meeting, si, item_row=item)
    for user in seats.values():
        make.vote(ballot, user, choice)
    make.close(ballot, si)
    version.refresh_from_db()
    assert (version.state, version.plan.state) == (state, plan)
    assert (version.resolution_id is not None) == (choice == "for")


def test_attendance_is_entered_by_the_door_or_the_seat_and_never_overlaps(ju, wei, si, mo):
    own = {person: queries.mandate_of(person).seat.pk for person in (ju, wei)}
    meeting = make.in_session(si)
    with pytest.raises(NotAllowed):
        make.enter(meeting, own[ju], wei)
    make.enter(meeting, own[ju], ju)
    with pytest.raises(Conflict, match="已经在场"):
        make.enter(meeting, own[ju], si)
    with pytest.raises(Conflict, match="没有代理人|没有人担任"):
        make.enter(meeting, own[wei], si, by_deputy=True)
    group.deputy(wei, mo)
    assert make.enter(meeting, own[wei], si, by_deputy=True).deputy.user == mo
    make.leave(meeting, own[ju], ju)
    with pytest.raises(Conflict, match="不在场"):
        make.leave(meeting, own[ju], ju)
    make.enter(meeting, own[ju], ju)
    assert meeting_queries.present_now(meeting) == set(own.values()) and Presence.objects.count() == 3
    row = Presence.objects.get(seat=own[wei])
    insert = (
        "INSERT INTO governance_presence (meeting_id, seat_id, holder_id, came_at, left_at, entered_by_id)"
        " VALUES (%s, %s, %s, %s, %s, %s)"
    )
    values = (meeting.pk, row.seat_id, row.holder_id, row.came_at - timedelta(hours=1))
    refused("presence_once_at_a_time", insert, *values, row.came_at + timedelta(hours=1), si.pk)
    refused("on record", "UPDATE governance_presence SET came_at = came_at - interval '1 hour'")
    refused("on record", "DELETE FROM governance_presence")


def test_the_invitation_is_an_event_that_can_be_changed_and_cancelled(ju, si):
    meeting = make.called(si)
    event = read(meeting)
    assert (event["SUMMARY"], event["STATUS"], event["SEQUENCE"]) == ("领导小组例会", "CONFIRMED", 0)
    assert event["DTSTART"].dt == meeting.starts_at and "1. 议题1" in event["DESCRIPTION"]
    meeting = meetings.meeting_cancel(meeting_id=meeting.pk, actor=si, reason="会场有变。")
    later = read(meeting)
    assert later["UID"] == event["UID"] and (later["STATUS"], later["SEQUENCE"]) == ("CANCELLED", 1)


def read(meeting):
    made = invitations.invitation(meeting, meeting_queries.agenda(meeting, inside=False))
    return Calendar.from_ical(made).walk("VEVENT")[0]
