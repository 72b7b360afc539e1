"""Ballots and resolutions through their actions: who votes, until when, what is carried and what that does."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from governance import ballot_queries, ballot_words, meeting_queries, people_queries, queries
from governance.actions import ballots, resolutions
from governance.models import Ballot, BallotRule, Resolution, RotationException, RotationRule, SeatHolder, Vote
from platform_site import clock
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.outbox.models import OutboxMessage
from platform_site.regions.facts import ROTATION_ORDER
from tests.factories import group, meetings

pytestmark = pytest.mark.django_db


@pytest.fixture
def seats(db):
    found = group.all_seated()
    group.directing()
    return found


def refused(words, statement, *values):
    with pytest.raises(DatabaseError, match=words), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def sql_vote(ballot, seat, holder, user, cast_at):
    return (
        "INSERT INTO governance_vote (ballot_id, seat_id, holder_id, choice, reservation, cast_at, cast_by_id)"
        " VALUES (%s, %s, %s, 'for', '', %s, %s)",
        ballot.pk, seat, holder.pk, cast_at, user.pk,
    )  # fmt: skip


def test_a_ballot_is_carried_by_more_than_half_of_all_seats(si, seats):
    votes = dict.fromkeys(seats, "for") | dict.fromkeys(ROTATION_ORDER[:3], "against")
    ballot = meetings.decided(si, seats, choices=votes)
    count = ballot_queries.count_of(ballot)
    assert (count.quorum, count.took_part, count.votes_for, count.needed, count.is_carried) == (5, 7, 4, 4, True)
    resolution = Resolution.objects.get(ballot=ballot)
    assert resolution.document_number == f"领导小组决议〔{clock.today().year}〕1号"
    assert (resolution.title_zh, resolution.text_zh) == ("议题1", meetings.TEXT["text_zh"])
    ballot.item.refresh_from_db()
    assert (ballot.state, ballot.item.state) == ("closed", "done")
    verbs = ["governance.ballot_open", "governance.ballot_close"]
    assert list(AuditEntry.objects.filter(verb__in=verbs).order_by("id").values_list("verb", flat=True)) == verbs
    told = OutboxMessage.objects.filter(payload={"ballot_id": ballot.pk}).order_by("id")
    assert [row.name for row in told] == ["governance.ballot_open_notify", "governance.ballot_close_notify"]


def test_what_is_not_carried_leaves_no_resolution(si, seats):
    ballot = meetings.decided(si, seats, choices="abstain")
    assert not Resolution.objects.filter(ballot=ballot).exists()
    assert "未达到所需的 4 票" in ballot_words.outcome_sentence(ballot_queries.count_of(ballot))


def test_no_ballot_without_a_quorum_in_the_room(si, seats):
    meeting = meetings.in_session(si, list(seats)[:4])
    with pytest.raises(Conflict, match="在场的表决席位有 4 个，不足法定的 5 个"):
        meetings.opened(meeting, si)
    meetings.enter(meeting, list(seats)[4], si)
    ballot = meetings.opened(meeting, si)
    for code in list(seats)[:3]:  # they leave without a vote: the quorum is lost with them
        meetings.leave(meeting, code, si)
    meetings.vote(ballot, seats[list(seats)[3]])
    with clock.at(ballot.closes_at):
        assert ballots.ballots_close_due() == 1
    ballot.refresh_from_db()
    assert "未达法定人数：参加 2 个席位，需要 5 个" in ballot_words.outcome_sentence(ballot_queries.count_of(ballot))


def test_one_final_vote_a_seat_whoever_casts_it(si, seats, mo):
    holder = seats["420000"]
    group.deputy(holder, mo)
    ballot = meetings.opened(meetings.in_session(si, seats), si)
    vote = meetings.vote(ballot, mo, "against", "对经费安排保留意见。")
    assert (vote.seat_id, vote.holder.user, vote.deputy.user) == ("420000", holder, mo)
    for person in (holder, mo):
        with pytest.raises(Conflict, match="本席位已于"):
            meetings.vote(ballot, person)
    assert ballot_words.receipt(Vote.objects.get()) == ballot_words.receipt(vote)
    changed = Vote.objects.get()
    changed.choice = "for"
    assert ballot_words.receipt(changed) != ballot_words.receipt(vote)


def test_a_deputy_finds_the_holder_has_voted(si, seats, mo):
    group.deputy(seats["420000"], mo)
    ballot = meetings.opened(meetings.in_session(si, seats), si)
    meetings.vote(ballot, seats["420000"])
    with pytest.raises(Conflict, match="每席一票|本席位已于"):
        meetings.vote(ballot, mo)


def test_who_has_no_seat_today_has_no_vote(si, seats, mo, guo):
    ballot = meetings.opened(meetings.in_session(si, seats), si)
    past = seats["430000"]
    SeatHolder.objects.filter(user=past).update(ends_on=clock.today())
    for person in (si, mo, guo, past):
        with pytest.raises(NotAllowed):
            meetings.vote(ballot, person)
    assert not Vote.objects.exists()


def test_the_national_seat_votes_as_the_rule_frozen_in_the_ballot_says(si, seats):
    leader = seats["000000"]
    meeting = meetings.in_session(si, seats, listed=2)
    first, second = meeting.items.order_by("number")
    before = meetings.opened(meeting, si, item_row=first)
    rule(national_votes=False)
    after = meetings.opened(meeting, si, item_row=second)
    assert (before.quorum_of_seats, after.quorum_of_seats) == (5, 4)
    meetings.vote(before, leader)
    with pytest.raises(NotAllowed, match="国家局席位没有表决权"):
        meetings.vote(after, leader)
    assert leader not in people_queries.voters(False) and leader in people_queries.voters(True)
    assert ballot_queries.count_of(after).took_part == 6


def rule(**changes):
    old = BallotRule.objects.order_by("-version").first()
    values = {
        field.name: getattr(old, field.name) for field in BallotRule._meta.fields if field.name not in ("id", "resolution")
    }  # fmt: skip
    founding = Resolution.objects.order_by("year", "serial").first()
    made = Resolution.objects.create(
        year=1999, serial=Resolution.objects.count(), kind="rule", title_zh="议事规则", adopted_at=founding.adopted_at
    )
    return BallotRule.objects.create(**{**values, "version": old.version + 1, "resolution": made, **changes})


def test_who_is_not_in_the_room_does_not_vote_but_in_writing_everybody_can(si, seats):
    away = "360000"
    ballot = meetings.opened(meetings.in_session(si, [code for code in seats if code != away]), si)
    with pytest.raises(Conflict, match="不在场"):
        meetings.vote(ballot, seats[away])
    written = meetings.written(si)
    ballot = meetings.opened(written, si)
    for code in list(seats)[:5]:
        meetings.vote(ballot, seats[code])
    assert ballot_queries.count_of(ballot).took_part == 5
    with pytest.raises(Conflict, match="没有会场"):
        meetings.enter(written, away, si)


def test_the_clock_of_the_database_ends_it(si, seats):
    ballot = meetings.opened(meetings.in_session(si, seats), si)
    meetings.vote(ballot, seats["410000"])
    with pytest.raises(Conflict, match="还有席位没有投票"):
        ballots.ballot_close(ballot_id=ballot.pk, actor=si)
    with clock.at(ballot.closes_at):
        assert not ballot_queries.is_open(ballot, clock.database_now()), "a reader sees it as closed before the sweep"
        with pytest.raises(Conflict, match="截止"):
            meetings.vote(ballot, seats["420000"])
        assert ballots.ballots_close_due() == 1
        assert ballots.ballots_close_due() == 0
    with pytest.raises(MoveRefused):
        ballots.ballot_close(ballot_id=ballot.pk, actor=si)


def test_the_office_alone_opens_and_closes(si, seats, mo):
    meeting = meetings.in_session(si, seats)
    with pytest.raises(NotAllowed):
        meetings.opened(meeting, seats["420000"])
    ballot = meetings.opened(meeting, si)
    with pytest.raises(NotAllowed):
        ballots.ballot_close(ballot_id=ballot.pk, actor=mo)
    with pytest.raises(Conflict, match="已经交付表决"):
        meetings.opened(meeting, si, item_row=ballot.item)


def test_a_written_ballot_ends_with_its_procedure(si, seats):
    meeting = meetings.written(si)
    item = meeting.items.get()
    with pytest.raises(Conflict, match="不能晚于"):
        ballots.ballot_open(item_id=item.pk, actor=si, closes_at=meeting.ends_at + timedelta(minutes=1))
    assert ballots.ballot_open(item_id=item.pk, actor=si, closes_at=meeting.ends_at)


# ---- effects


def in_session(si, seats, kind, change, text="经六省协商。"):
    with clock.at(clock.now() - timedelta(days=15)):
        meeting = meetings.prepared(si, listed=0, starts_at=clock.now() + timedelta(days=15) - timedelta(hours=1))
        meetings.item(meeting, si, kind=kind, change=change, text_zh=text, title_zh="调整")
        meetings.meetings.meeting_call(meeting_id=meeting.pk, actor=meetings.director())
    meeting = meetings.meetings.meeting_open(meeting_id=meeting.pk, actor=si)
    for code in seats:
        meetings.enter(meeting, code, si)
    return meeting


def carried(si, seats, kind, change, **more):
    return meetings.decided(si, seats, meeting=in_session(si, seats, kind, change, **more))


def test_a_swap_of_two_years_is_written_with_its_resolution(si, seats):
    year = clock.today().year + 2
    one, other = queries.province_of(year), queries.province_of(year + 1)
    ballot = carried(si, seats, "rotation", {str(year): other, str(year + 1): one})
    assert (queries.province_of(year), queries.province_of(year + 1)) == (other, one)
    written = RotationException.objects.order_by("year")
    assert {row.resolution.ballot for row in written} == {ballot} and written[0].reason_zh == "经六省协商。"


def test_an_order_and_one_that_comes_too_late(si, seats):
    year = clock.today().year + 1
    change = {"first_year": year, "order": list(reversed(ROTATION_ORDER))}
    late = in_session(si, seats, "order", change)  # proposed while the year is free
    carried(si, seats, "order", change)
    assert queries.province_of(year) == ROTATION_ORDER[-1]
    with pytest.raises(Conflict, match="尚未开始"):
        in_session(si, seats, "order", change)
    ballot = meetings.decided(si, seats, meeting=late)  # the year is taken: resolved all the same, and left open
    assert ballot.resolution.state == "adopted" and RotationRule.objects.filter(first_year=year).count() == 1


def test_a_rule_is_the_next_version_from_its_day_on(si, seats):
    day = clock.today() + timedelta(days=30)
    change = {
        "quorum_numerator": 1, "quorum_denominator": 2, "majority_numerator": 2, "majority_denominator": 3,
        "majority_of": "cast", "national_votes": False, "notice_days": 14, "notice_days_extraordinary": 5,
        "text_zh": "规则", "text_en": "Rules", "in_force_from": day.isoformat(),
    }  # fmt: skip
    ballot = carried(si, seats, "rule", change)
    rule = meeting_queries.rule_on(day)
    assert (rule.version, rule.resolution.ballot, rule.notice_days) == (2, ballot, 14)
    assert meeting_queries.rule_on(clock.today()).version == 1


def test_a_resolution_closes_with_a_task_or_a_reason(si, seats, mo):
    resolution = meetings.decided(si, seats).resolution
    with pytest.raises(NotAllowed):
        resolutions.resolution_close(resolution_id=resolution.pk, actor=mo, no_task_because="无")
    with pytest.raises(Conflict, match="二者选一"):
        resolutions.resolution_close(resolution_id=resolution.pk, actor=si, no_task_because=" ")
    resolutions.resolution_close(resolution_id=resolution.pk, actor=si, no_task_because="自通过之日起施行。")
    with pytest.raises(MoveRefused):
        resolutions.resolution_close(resolution_id=resolution.pk, actor=si, no_task_because="再办一次。")


# ---- what the database refuses with the code's own checks away


def test_the_database_refuses_what_the_code_would(si, seats):
    ballot = meetings.opened(meetings.in_session(si, seats), si)
    hubei, hunan, henan = (SeatHolder.objects.get(seat=code) for code in ("420000", "430000", "410000"))
    moment = clock.database_now()
    meetings.vote(ballot, hubei.user)
    refused("Cannot", "UPDATE governance_vote SET choice = 'against'")
    refused("Cannot", "DELETE FROM governance_vote")
    refused("vote_one_per_seat", *sql_vote(ballot, "420000", hubei, hubei.user, moment))
    refused("the ballot is closed", *sql_vote(ballot, "430000", hunan, hunan.user, ballot.closes_at))
    refused("the mandate is over", *sql_vote(ballot, "430000", hubei, hubei.user, moment))
    refused("the mandate is over", *sql_vote(ballot, "430000", hunan, hubei.user, moment))
    SeatHolder.objects.filter(pk=hunan.pk).update(ends_on=clock.today())
    refused("the mandate is over", *sql_vote(ballot, "430000", hunan, hunan.user, moment))
    meetings.leave(ballot.item.meeting, "410000", si)
    refused("not present", *sql_vote(ballot, "410000", henan, henan.user, clock.database_now()))
    for column in (
        "quorum_of_seats = 1",
        "majority_numerator = 0",
        "closes_at = closes_at + interval '1 day'",
        "rule_id = 9",
    ):
        refused("not changed", f"UPDATE governance_ballot SET {column}")
    refused("not changed", "DELETE FROM governance_ballot")
    meetings.close(ballot, si)
    refused(
        "the ballot is closed",
        *sql_vote(ballot, "340000", SeatHolder.objects.get(seat="340000"), seats["340000"], moment),
    )
    refused("transition", "UPDATE governance_ballot SET state = 'open'")


def test_the_database_keeps_resolutions(si, seats):
    meetings.decided(si, seats)
    refused("task_or_reason", "UPDATE governance_resolution SET state = 'closed', closed_at = now(), closed_by_id = %s WHERE state = 'adopted'", si.pk)  # fmt: skip
    refused("not changed", "UPDATE governance_resolution SET text_zh = 'x'")
    refused("Cannot", "DELETE FROM governance_resolution")
    assert Ballot.objects.count() == 1
