"""Meetings of an expo from a wish to a room: who may, when, what is told, and what the database keeps. Read next: test_meeting_views.py."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from expos import meeting_queries, meeting_tasks
from expos.actions import match_runs, meeting_places, meeting_profiles, meeting_requests, meetings, registrations
from expos.models import ExpoMeeting, MatchRun, MeetingPerson, MeetingRequest, MeetingWish
from expos.states import MeetingState
from platform_site import clock
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.notices.models import Notice
from platform_site.outbox import queue
from tests.factories import accounts, expos, patents
from tests.factories import expo_meeting as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def expo(guo):
    return make.arranged(expos.opened(officer=guo), officer=guo)


@pytest.fixture
def two(expo, shen, bai):
    return make.participant(expo, shen), make.participant(expo, bai)


def kinds(user):
    queue.drain()
    return set(Notice.objects.filter(recipient=user).values_list("kind", flat=True))


def refused_by_database(sql, *values):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
    return True


# ---- windows and tables


def test_the_host_sets_windows_and_slots_follow(expo, guo):
    slots = meeting_queries.slots_of(expo)
    assert len(slots) == 18 and (slots[0].ends_at - slots[0].starts_at) == timedelta(minutes=25)
    assert slots[1].starts_at - slots[0].starts_at == timedelta(minutes=30)
    assert AuditEntry.objects.filter(verb="expos.meeting_plan_save").count() == 1


def test_windows_that_cannot_be_are_refused(expo, guo, he):
    values, day = {"slot_minutes": 30, "break_minutes": 0}, expo.starts_on
    for windows, said in (
        ([(day - timedelta(days=1), 540, 600)], "展期之内"),
        ([(day, 600, 540)], "晚于开始"),
        ([(day, 540, 660), (day, 600, 700)], "不能重叠"),
    ):
        with pytest.raises(Conflict, match=said):
            meeting_places.meeting_plan_save(year=expo.year, actor=guo, values=values, windows=windows)
    with pytest.raises(NotAllowed):
        meeting_places.meeting_plan_save(year=expo.year, actor=he, values=values, windows=[])
    assert refused_by_database("UPDATE expos_meetingplan SET slot_minutes = 45")


def test_tables_are_numbered_once_and_kept_while_used(expo, guo, he, two):
    with pytest.raises(Conflict, match="桌号"):
        meeting_places.meeting_tables_add(year=expo.year, actor=guo, first=2, count=3)
    with pytest.raises(Conflict, match="最多"):
        meeting_places.meeting_tables_add(year=expo.year, actor=guo, first=10, count=500)
    with pytest.raises(NotAllowed):
        meeting_places.meeting_tables_add(year=expo.year, actor=he, first=10, count=1)
    used = make.asked(*two).meeting.table
    other = expo.meeting_tables.exclude(pk=used.pk).get()
    with pytest.raises(Conflict, match="已经安排过"):
        meeting_places.meeting_table_remove(table_id=used.pk, actor=guo)
    with pytest.raises(NotAllowed):
        meeting_places.meeting_table_remove(table_id=other.pk, actor=he)
    meeting_places.meeting_table_remove(table_id=other.pk, actor=guo)
    assert [one.pk for one in expo.meeting_tables.all()] == [used.pk]


# ---- profile, absences, wishes


def test_only_who_has_registered_takes_part_and_for_themselves(expo, shen, mo):
    registration = expos.registered(expo, shen)
    with pytest.raises(NotAllowed, match="登记"):
        meeting_profiles.meeting_profile_save(registration_id=registration.pk, actor=mo, values={})
    profile = make.participant(expo, shen)
    assert list(meeting_queries.participants(expo)) == [profile]
    make.participant(expo, shen, takes_part=False)
    assert not meeting_queries.participants(expo).exists()
    with pytest.raises(NotAllowed, match="参加对接"):
        meeting_profiles.meeting_absences_save(profile_id=profile.pk, actor=shen, starts=[])


def test_absences_are_slots_of_the_edition(expo, two):
    slots = meeting_queries.slots_of(expo)
    starts = [slots[0].starts_at, slots[3].starts_at, slots[3].starts_at + timedelta(minutes=1)]
    shen = two[0].registration.user
    assert meeting_profiles.meeting_absences_save(profile_id=two[0].pk, actor=shen, starts=starts) == 2
    free = meeting_queries.free_slots(expo, two)
    assert slots[0] not in free and slots[1] in free and len(free) == 16


def test_a_wish_is_one_s_own_and_about_another(expo, two, bai, mo):
    wish = make.wish(*two, weight=1)
    assert make.wish(*two, weight=3).pk == wish.pk and MeetingWish.objects.get().weight == 3
    with pytest.raises(Conflict, match="不参加"):
        make.wish(two[0], two[0])
    with pytest.raises(Conflict, match="1 至 3"):
        make.wish(*two, weight=9)
    for user in (bai, mo):
        with pytest.raises(NotAllowed):
            meeting_profiles.meeting_wish_remove(wish_id=wish.pk, actor=user)
    with pytest.raises(NotAllowed):
        meeting_profiles.meeting_wish_save(profile_id=two[0].pk, actor=bai, whom_id=two[1].pk)
    meeting_profiles.meeting_wish_remove(wish_id=wish.pk, actor=two[0].registration.user)
    assert not MeetingWish.objects.exists()
    assert refused_by_database(
        "INSERT INTO expos_meetingwish (by_id, whom_id, weight, why, made_at) VALUES (%s, %s, 2, '', now())",
        two[0].pk,
        two[0].pk,
    )


def test_nobody_wishes_the_whole_hall(expo, two, monkeypatch):
    monkeypatch.setattr(meeting_profiles, "MOST_WISHES", 0)
    with pytest.raises(Conflict, match="最多 0 个心愿"):
        make.wish(*two)


# ---- requests


def test_a_request_holds_the_slot_for_both_and_the_table(expo, two, mo, bai):
    request = make.asked(*two, message="想谈电池回收。")
    assert request.meeting.state == MeetingState.REQUESTED
    assert request.holds_until - request.made_at == timedelta(hours=12)
    slots = meeting_queries.slots_of(expo)
    assert slots[0] not in meeting_queries.free_slots(expo, [two[1]])
    third = make.participant(expo, mo)
    with pytest.raises(meeting_requests.Clash, match="对方这个时段没有空") as clash:
        make.asked(third, two[1])
    assert clash.value.slots == slots[1:4] and "最近的共同空闲时段" in str(clash.value.advice)
    assert kinds(bai) == {"meeting_request_pending"}


def test_the_clock_is_short_while_the_expo_runs(guo, shen, bai):
    expo = expos.moved(make.arranged(expos.opened(officer=guo), officer=guo), "running")
    with clock.at(expos.noon(expo.starts_on)):
        one, other = make.participant(expo, shen), make.participant(expo, bai)
        request = make.asked(one, other, slot=6)
    assert request.holds_until - request.made_at == timedelta(minutes=15)


def test_requests_that_cannot_be_are_refused(expo, two, mo, guo):
    third = make.participant(expo, mo)
    with pytest.raises(NotAllowed):
        meeting_requests.meeting_request_make(profile_id=two[0].pk, actor=mo, whom_id=two[1].pk, starts_at=clock.now())
    with pytest.raises(meeting_requests.Clash, match="不是可以约的时段"):
        meeting_requests.meeting_request_make(
            profile_id=third.pk, actor=mo, whom_id=two[1].pk, starts_at=clock.now() + timedelta(days=1)
        )
    make.asked(*two)
    with pytest.raises(Conflict, match="已经有一次"):
        make.asked(two[1], two[0], slot=2)
    with pytest.raises(meeting_requests.Clash, match="您这个时段已有安排"):
        make.asked(two[0], third)
    table = ExpoMeeting.objects.get().table
    fourth = make.participant(expo, accounts.member("four@example.org"))
    with pytest.raises(meeting_requests.Clash, match="桌子"):
        make.asked(third, fourth, table_id=table.pk)
    five = make.participant(expo, accounts.member("five@example.org"))
    six = make.participant(expo, accounts.member("six@example.org"))
    make.asked(third, fourth)
    with pytest.raises(meeting_requests.Clash, match="已经约满"):
        make.asked(five, six)


def test_accepted_it_is_confirmed_by_both(expo, two, shen, bai, mo):
    request = make.asked(*two)
    for user in (shen, mo):
        with pytest.raises(NotAllowed):
            meeting_requests.meeting_request_accept(request_id=request.pk, actor=user)
    meeting_requests.meeting_request_accept(request_id=request.pk, actor=bai)
    meeting = ExpoMeeting.objects.get()
    assert meeting.state == MeetingState.CONFIRMED and meeting.people.exclude(confirmed_at=None).count() == 2
    with pytest.raises(MoveRefused):
        meeting_requests.meeting_request_decline(request_id=request.pk, actor=bai)
    assert "meeting_request_accepted" in kinds(shen)


def test_declined_withdrawn_or_lapsed_the_time_is_free_again(expo, two, shen, bai):
    ways = (
        lambda pk: meeting_requests.meeting_request_decline(request_id=pk, actor=bai, reason="日程已满"),
        lambda pk: meeting_requests.meeting_request_withdraw(request_id=pk, actor=shen),
    )
    for way in ways:
        way(make.asked(*two).pk)
        assert meeting_queries.slots_of(expo)[0] in meeting_queries.free_slots(expo, two)
    request = make.asked(*two)
    with pytest.raises(NotAllowed):
        meeting_requests.meeting_request_withdraw(request_id=request.pk, actor=bai)
    assert meeting_tasks.meetings_clock() == 0
    with clock.at(request.holds_until):
        with pytest.raises(Conflict, match="时限已过"):
            meeting_requests.meeting_request_accept(request_id=request.pk, actor=bai)
        assert meeting_tasks.meetings_clock() == 1
    assert MeetingRequest.objects.get(pk=request.pk).state == "lapsed"
    assert not MeetingPerson.objects.filter(takes=True).exists()
    assert {"meeting_request_declined", "meeting_request_lapsed"} <= kinds(shen)
    assert "meeting_request_withdrawn" in kinds(bai)


# ---- the plan


def test_the_plan_proposes_and_both_confirm(expo, two, shen, bai, guo, mo):
    make.wish(*two)
    run = make.planned(expo, guo)
    meeting = ExpoMeeting.objects.get()
    assert (run.met, run.served, meeting.state, meeting.run_id) == (1, 1, MeetingState.PROPOSED, run.pk)
    assert run.value == round(run.bound) == 62
    assert kinds(shen) == kinds(bai) == {"expo_meetings_proposed"}
    with pytest.raises(NotAllowed):
        meetings.meeting_confirm(meeting_id=meeting.pk, actor=mo)
    meetings.meeting_confirm(meeting_id=meeting.pk, actor=shen)
    with pytest.raises(Conflict, match="等对方"):
        meetings.meeting_confirm(meeting_id=meeting.pk, actor=shen)
    with pytest.raises(Conflict, match="还没有确认"):
        meetings.meeting_unconfirm(meeting_id=meeting.pk, actor=bai)
    assert meetings.meeting_unconfirm(meeting_id=meeting.pk, actor=shen).state == MeetingState.PROPOSED
    meetings.meeting_confirm(meeting_id=meeting.pk, actor=shen)
    assert meetings.meeting_confirm(meeting_id=meeting.pk, actor=bai).state == MeetingState.CONFIRMED
    assert "expo_meeting_confirmed" in kinds(shen)


def test_a_new_plan_keeps_what_anybody_confirmed(expo, two, shen, bai, guo, mo):
    third = make.participant(expo, mo)
    make.wish(*two)
    make.wish(third, two[0])
    make.planned(expo, guo)
    kept = ExpoMeeting.objects.filter(people__profile=two[1]).get()
    for user in (shen, bai):
        meetings.meeting_confirm(meeting_id=kept.pk, actor=user)
    everything = [slot.starts_at for slot in meeting_queries.slots_of(expo)]
    proposed = ExpoMeeting.objects.get(state=MeetingState.PROPOSED)
    meeting_profiles.meeting_absences_save(profile_id=third.pk, actor=mo, starts=[proposed.starts_at])
    run = make.planned(expo, guo)
    assert ExpoMeeting.objects.get(pk=kept.pk).state == MeetingState.CONFIRMED
    proposed.refresh_from_db()
    assert (proposed.state, proposed.replaced_by_id) == (MeetingState.CANCELLED, run.pk)
    assert ExpoMeeting.objects.get(state=MeetingState.PROPOSED).starts_at in set(everything) - {proposed.starts_at}


def test_a_plan_that_proposes_the_same_leaves_it_alone(expo, two, guo):
    make.wish(*two)
    make.planned(expo, guo)
    before = ExpoMeeting.objects.get()
    make.planned(expo, guo)
    assert ExpoMeeting.objects.get() == before


def test_what_somebody_called_off_is_not_proposed_again(expo, two, shen, guo):
    make.wish(*two)
    make.planned(expo, guo)
    meetings.meeting_cancel(
        meeting_id=ExpoMeeting.objects.get().pk, actor=two[1].registration.user, reason="没有相关业务。"
    )
    run = make.planned(expo, guo)
    assert run.unmet.get().why == "declined" and ExpoMeeting.objects.count() == 1
    assert [one.why for one in meeting_queries.unmet_of_person(two[0])] == ["declined"]


def test_unmet_wishes_carry_their_reason(expo, two, mo, guo):
    third = make.participant(expo, mo)
    starts = [slot.starts_at for slot in meeting_queries.slots_of(expo)]
    meeting_profiles.meeting_absences_save(profile_id=third.pk, actor=mo, starts=starts)
    make.wish(two[0], third)
    make.wish(two[0], two[1])
    make.participant(expo, two[1].registration.user, takes_part=False)
    run = make.planned(expo, guo)
    assert sorted(run.unmet.values_list("why", flat=True)) == ["absent", "no_common"]


def test_one_run_at_a_time_stopped_by_the_host(expo, two, guo, he):
    make.wish(*two)
    with pytest.raises(NotAllowed):
        match_runs.match_run_ask(year=expo.year, actor=he)
    run = match_runs.match_run_ask(year=expo.year, actor=guo)
    with pytest.raises(Conflict, match="正在进行"):
        match_runs.match_run_ask(year=expo.year, actor=guo)
    with pytest.raises(MoveRefused):
        match_runs.match_run_apply(run_id=run.pk, actor=guo)
    with pytest.raises(NotAllowed):
        match_runs.match_run_cancel(run_id=run.pk, actor=he)
    match_runs.match_run_cancel(run_id=run.pk, actor=guo)
    assert meeting_tasks.match_runs_run() == 0 and MatchRun.objects.get().state == "cancelled"


def test_cancel_reaches_a_run_that_is_going_on(expo, two, guo, monkeypatch):
    """Somebody presses while it reckons: the next time that it tells its progress it stops, and nothing of it is kept."""
    make.wish(*two)
    run = match_runs.match_run_ask(year=expo.year, actor=guo)
    read = match_runs.match_input.read

    def pressed(*args):
        match_runs.match_run_cancel(run_id=run.pk, actor=guo)
        return read(*args)

    monkeypatch.setattr(match_runs.match_input, "read", pressed)
    assert match_runs.match_run_work(run_id=run.pk) is False
    run.refresh_from_db()
    assert (run.state, run.placed, run.unmet.count()) == ("cancelled", [], 0)


def test_a_run_without_a_worker_does_not_stay(expo, two, guo):
    run = match_runs.match_run_ask(year=expo.year, actor=guo)
    with clock.at(clock.now() + timedelta(minutes=11)):
        meeting_tasks.match_runs_run()
    assert MatchRun.objects.get(pk=run.pk).state == "failed"


def test_a_plan_that_has_been_overtaken_is_not_applied(expo, two, guo, shen):
    make.wish(*two)
    run = match_runs.match_run_ask(year=expo.year, actor=guo)
    assert meeting_tasks.match_runs_run() == 1
    run.refresh_from_db()
    place = [slot.starts_at.isoformat() for slot in meeting_queries.slots_of(expo)].index(run.placed[0][2])
    make.asked(two[1], two[0], slot=place)
    with pytest.raises(Conflict, match="不能采用"):
        match_runs.match_run_apply(run_id=run.pk, actor=guo)
    assert ExpoMeeting.objects.count() == 1 and MatchRun.objects.get().state == "done"


def test_without_tables_or_slots_there_is_nothing_to_plan(guo):
    expo = make.arranged(expos.opened(officer=guo), tables=0, officer=guo)
    with pytest.raises(Conflict, match="洽谈桌"):
        match_runs.match_run_ask(year=expo.year, actor=guo)


# ---- a registration is given back


def test_whoever_does_not_come_meets_nobody_and_the_others_are_told(expo, two, shen, bai, mo, guo):
    """A meeting that both confirmed, one asked for either way, wishes either way: all gone at once; nobody else's changes."""
    third = make.participant(expo, mo)
    fourth = make.participant(expo, accounts.member("kim@example.org"))
    meeting_requests.meeting_request_accept(request_id=make.asked(two[0], two[1]).pk, actor=bai)
    asked, asking = make.asked(two[0], third, slot=2), make.asked(fourth, two[0], slot=3)
    other = make.asked(third, fourth, slot=4)
    for by, whom in ((two[0], third), (third, two[0]), (third, two[1])):
        make.wish(by, whom)
    registrations.registration_cancel(registration_id=two[0].registration_id, actor=shen)
    assert not ExpoMeeting.objects.filter(people__profile=two[0]).exclude(state="cancelled").exists()
    assert dict(MeetingRequest.objects.values_list("pk", "state")).items() >= {(asked.pk, "withdrawn"), (asking.pk, "declined"), (other.pk, "pending")}  # fmt: skip
    assert MeetingWish.objects.get().by == third and MeetingPerson.objects.filter(takes=True).count() == 2
    assert "expo_meeting_cancelled" in kinds(bai) and "meeting_request_withdrawn" in kinds(mo)
    assert "meeting_request_declined" in kinds(fourth.registration.user)
    assert AuditEntry.objects.filter(verb="expos.meeting_cancel", actor=shen).count() == 1


def test_what_was_held_and_what_has_begun_stays_when_a_registration_is_given_back(expo, two, shen, bai):
    request = make.asked(*two)
    meeting_requests.meeting_request_accept(request_id=request.pk, actor=bai)
    with clock.at(ExpoMeeting.objects.get().ends_at + timedelta(minutes=1)):
        registrations.registration_cancel(registration_id=two[0].registration_id, actor=shen)
        assert meetings.meeting_mark(meeting_id=request.meeting_id, actor=bai, held=False).state == "not_held"


def test_a_registration_is_given_back_whole_or_not_at_all(expo, two, shen, monkeypatch):
    make.asked(*two)
    monkeypatch.setattr(registrations, "after_commit", lambda *_args, **_more: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        registrations.registration_cancel(registration_id=two[0].registration_id, actor=shen)
    assert MeetingRequest.objects.get().state == "pending" and ExpoMeeting.objects.get().state == "requested"
    assert meeting_queries.profile_of(shen, expo)


def test_a_plan_proposes_nothing_to_whoever_has_left_since(expo, two, mo, guo, shen):
    third = make.participant(expo, mo)
    make.wish(*two)
    make.wish(third, two[1])
    run = match_runs.match_run_ask(year=expo.year, actor=guo)
    assert meeting_tasks.match_runs_run() == 1
    registrations.registration_cancel(registration_id=two[0].registration_id, actor=shen)
    match_runs.match_run_apply(run_id=run.pk, actor=guo)
    assert {one.profile_id for one in ExpoMeeting.objects.get().people.all()} == {third.pk, two[1].pk}


# ---- called off, held, what comes of it


def test_called_off_by_one_of_the_two_or_by_the_host(expo, two, shen, guo, he):
    make.wish(*two)
    make.planned(expo, guo)
    meeting = ExpoMeeting.objects.get()
    with pytest.raises(NotAllowed):
        meetings.meeting_cancel(meeting_id=meeting.pk, actor=he, reason="随便")
    meetings.meeting_cancel(meeting_id=meeting.pk, actor=guo, reason="大厅检修")
    assert "expo_meeting_cancelled" in kinds(shen)
    with pytest.raises(MoveRefused):
        meetings.meeting_confirm(meeting_id=meeting.pk, actor=shen)


def agreed(two, bai):
    request = make.asked(*two)
    meeting_requests.meeting_request_accept(request_id=request.pk, actor=bai)
    return ExpoMeeting.objects.get()


def test_reminded_once_half_an_hour_before(expo, two, shen, bai):
    meeting = agreed(two, bai)
    with clock.at(meeting.starts_at - timedelta(minutes=40)):
        assert meeting_tasks.meetings_clock() == 0
    with clock.at(meeting.starts_at - timedelta(minutes=29)):
        assert meeting_tasks.meetings_clock() == 1 and meeting_tasks.meetings_clock() == 0
        assert "expo_meeting_soon" in kinds(shen) & kinds(bai)


def test_two_presses_lead_to_a_room(expo, two, shen, bai, mo):
    listing = patents.published(shen)
    other = patents.published(bai)
    meeting = agreed(two, bai)
    with pytest.raises(Conflict, match="还没有开始"):
        meetings.meeting_mark(meeting_id=meeting.pk, actor=bai, held=True)
    with clock.at(meeting.ends_at):
        with pytest.raises(Conflict, match="已经过了"):
            meetings.meeting_cancel(meeting_id=meeting.pk, actor=bai, reason="迟了")
        with pytest.raises(Conflict, match="先登记已会面"):
            meetings.meeting_interest(meeting_id=meeting.pk, actor=bai, interested=True)
        with pytest.raises(NotAllowed):
            meetings.meeting_mark(meeting_id=meeting.pk, actor=mo, held=True)
        meetings.meeting_mark(meeting_id=meeting.pk, actor=bai, held=True)
        with pytest.raises(Conflict, match="对方的技术"):
            meetings.meeting_interest(meeting_id=meeting.pk, actor=bai, interested=True, listing_id=other.pk)
        room = meetings.meeting_interest(meeting_id=meeting.pk, actor=bai, interested=True, listing_id=listing.pk)
        again = meetings.meeting_interest(meeting_id=meeting.pk, actor=bai, interested=True, listing_id=listing.pk)
    assert room == again and (room.listing_id, room.buyer_id) == (listing.pk, bai.pk)
    assert meeting.people.get(profile=two[1]).is_interested is True


# ---- what the database keeps, with our code bypassed

INSERT = """
    INSERT INTO expos_expomeeting (expo_id, table_id, starts_at, ends_at, state, changes, reason, made_at)
    SELECT expo_id, %s, starts_at + %s * interval '1 minute', ends_at + %s * interval '1 minute', 'proposed', 0, '', now()
    FROM expos_expomeeting WHERE id = %s RETURNING id
"""
PERSON = """
    INSERT INTO expos_meetingperson (meeting_id, profile_id, starts_at, ends_at, takes) VALUES (%s, %s, '2001-01-01', '2001-01-02', false)
"""


def inserted(meeting, table_id, minutes):
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [table_id, minutes, minutes, meeting.pk])
        return cursor.fetchone()[0]


def test_a_table_is_never_in_two_meetings(expo, two):
    meeting = make.asked(*two).meeting
    assert refused_by_database(INSERT, meeting.table_id, 24, 24, meeting.pk)
    assert inserted(meeting, meeting.table_id, 25)


def test_a_person_is_never_in_two_places_whatever_is_written(expo, two):
    meeting = make.asked(*two).meeting
    other = expo.meeting_tables.exclude(pk=meeting.table_id).get()
    second = inserted(meeting, other.pk, 10)
    assert refused_by_database(PERSON, second, two[0].pk)
    assert refused_by_database("UPDATE expos_meetingperson SET meeting_id = %s", second)
    assert refused_by_database("DELETE FROM expos_meetingperson")
    later = inserted(meeting, other.pk, 60)
    with connection.cursor() as cursor:
        cursor.execute(PERSON, [later, two[0].pk])
        cursor.execute("UPDATE expos_meetingperson SET takes = false, starts_at = '2001-01-01'")
    assert not MeetingPerson.objects.filter(takes=False).exists(), "it follows the meeting"


def test_a_meeting_is_of_two_of_the_same_expo(expo, two, mo):
    meeting = make.asked(*two).meeting
    assert refused_by_database(PERSON, meeting.pk, make.participant(expo, mo).pk)


def test_what_was_confirmed_is_not_moved_by_anything(expo, two, bai, guo):
    meeting = agreed(two, bai)
    run = match_runs.match_run_ask(year=expo.year, actor=guo)
    for sql in (
        "UPDATE expos_expomeeting SET starts_at = starts_at + interval '1 hour', ends_at = ends_at + interval '1 hour'",
        f"UPDATE expos_expomeeting SET state = 'cancelled', replaced_by_id = {run.pk}",
        "UPDATE expos_expomeeting SET state = 'proposed'",
        "UPDATE expos_expomeeting SET table_id = table_id + 1",
        "DELETE FROM expos_expomeeting",
    ):
        assert refused_by_database(sql)
    assert ExpoMeeting.objects.get(pk=meeting.pk).state == MeetingState.CONFIRMED


def test_two_runs_never_go_on_at_once(expo, guo):
    match_runs.match_run_ask(year=expo.year, actor=guo)
    assert refused_by_database(
        "INSERT INTO expos_matchrun (expo_id, state, since, share, asked_by_id, made_at, people, wishes, met, served, value, greedy,"
        " bound, placed, error) SELECT expo_id, 'queued', since, 0, asked_by_id, made_at, 0, 0, 0, 0, 0, 0, 0, '[]', '' FROM expos_matchrun"
    )
