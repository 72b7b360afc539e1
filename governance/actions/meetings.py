"""A meeting from its preparation to its end: the office prepares and keeps it, the director alone calls it. Read next: items.py."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance import meeting_queries as queries
from governance import meeting_rules as rules
from governance.models import Ballot, Meeting, Presence
from governance.queries import lock_directorship
from governance.states import MEETING_MOVES, BallotState, ItemState, MeetingKind, MeetingState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit
from platform_site.states import move

from . import items

FIELDS = ("kind", "title_zh", "title_en", "starts_at", "ends_at", "place_zh", "place_en")


@transaction.atomic
def meeting_create(*, actor: User, values: dict[str, Any]) -> Meeting:
    """Begin to prepare a meeting: only the group sees it until it is called. `values` are FIELDS.

    Raises: NotAllowed (not the office).
    """
    require(rules.office, actor, None, _("会议由领导小组办公室筹备。"))  # may
    queries.lock_numbers()  # lock: no number is left out
    year = clock.day_of(values["starts_at"]).year
    meeting = Meeting.objects.create(  # write
        year=year, number=queries.next_meeting_number(year), prepared_by=actor, **_of_kind(values)
    )
    record(actor=actor, verb="governance.meeting_create", target=meeting, kind=meeting.kind)  # record
    return meeting


@transaction.atomic
def meeting_change(*, meeting_id: int, actor: User, values: dict[str, Any]) -> Meeting:
    """Change title, time or place before it begins; after the call everybody invited is told, and the notice still holds.

    Raises: NotAllowed (not the office); Conflict (begun or over; another kind or too short a notice after the call).
    """
    meeting = queries.lock_meeting(meeting_id)  # lock
    require(rules.office, actor, meeting, _("会议由领导小组办公室筹备。"))  # may
    if meeting.state not in items.COLLECTING:
        raise Conflict(_("这次会议是“%(state)s”，不能再改。") % {"state": meeting.get_state_display()})
    before = {name: getattr(meeting, name) for name in FIELDS}
    for name, value in _of_kind(values).items():
        setattr(meeting, name, value)
    called = meeting.state == MeetingState.CALLED
    if called and meeting.kind != before["kind"]:
        raise Conflict(_("已经通知的会议不能改变召开方式。"), _("请取消这次会议，另行筹备。"))
    if called and meeting.starts_at != before["starts_at"]:
        _require_notice(meeting, clock.now())
    changed = [name for name in FIELDS if getattr(meeting, name) != before[name]]
    meeting.changes += 1 if called and changed else 0  # write
    meeting.save(update_fields=[*FIELDS, "changes"])
    record(actor=actor, verb="governance.meeting_change", target=meeting, changed=changed)  # record
    if called and changed:
        after_commit("governance.meeting_notify", meeting_id=meeting.pk, kind="meeting_changed")  # tell
    return meeting


@transaction.atomic
def meeting_call(*, meeting_id: int, actor: User) -> Meeting:
    """Call it: every seat, deputy and liaison officer is told. A written procedure is under way from now on.

    Raises: NotAllowed (not the director now); Conflict (notice too short by the rule in force, nothing on the agenda);
        MoveRefused. Source: the rules of procedure in force (BallotRule.notice_days).
    """
    term, mandate = lock_directorship(actor)  # lock, may
    meeting = queries.lock_meeting(meeting_id)
    moment = clock.database_now()
    move(meeting, MeetingState.CALLED, MEETING_MOVES)  # move
    _require_notice(meeting, moment)
    if not meeting.items.filter(state=ItemState.LISTED).exists():
        raise Conflict(_("议程上还没有议题，不能通知开会。"), _("请办公室先把议题列入议程。"))
    meeting.term, meeting.called_by, meeting.called_at = term, mandate.holder, moment  # write
    meeting.save(update_fields=["state", "term", "called_by", "called_at"])
    if meeting.kind == MeetingKind.WRITTEN:
        _begin(meeting, moment)
    record(actor=actor, verb="governance.meeting_call", target=meeting, term=term.year, seat=mandate.seat.pk)  # record
    after_commit("governance.meeting_notify", meeting_id=meeting.pk, kind="meeting_called")  # tell
    return meeting


@transaction.atomic
def meeting_open(*, meeting_id: int, actor: User) -> Meeting:
    """Open the meeting in the room; from now on seats are entered as present and ballots can be opened.

    Raises: NotAllowed (not the office); Conflict (before its day); MoveRefused (not called, or begun already).
    """
    meeting = queries.lock_meeting(meeting_id)  # lock
    require(rules.office, actor, meeting, _("会议由领导小组办公室记录。"))  # may
    moment = clock.database_now()
    if meeting.state == MeetingState.CALLED and clock.day_of(moment) < clock.day_of(meeting.starts_at):
        raise Conflict(_("还没有到开会的日子。"), _("要提前召开的，请先改期。"))
    _begin(meeting, moment)  # move, write
    record(actor=actor, verb="governance.meeting_open", target=meeting)  # record
    return meeting


@transaction.atomic
def meeting_close(*, meeting_id: int, actor: User) -> Meeting:
    """End it: whoever is still there leaves now, what was on the agenda is done with.

    Raises: NotAllowed (not the office); Conflict (a ballot is open, an item waits to be listed, a written procedure before its
        last moment with votes to come); MoveRefused.
    """
    meeting = queries.lock_meeting(meeting_id)  # lock
    require(rules.office, actor, meeting, _("会议由领导小组办公室记录。"))  # may
    if Ballot.objects.filter(item__meeting=meeting, state=BallotState.OPEN).exists():
        raise Conflict(_("还有表决没有结束。"), _("请等表决截止，或在全部席位投票后结束表决。"))
    if meeting.items.filter(state=ItemState.PROPOSED).exists():
        raise Conflict(_("还有议题没有处理。"), _("请逐一列入议程，或写明理由不列入。"))
    move(meeting, MeetingState.CLOSED, MEETING_MOVES)  # move
    meeting.closed_at = clock.database_now()  # write
    meeting.save(update_fields=["state", "closed_at"])
    Presence.objects.filter(meeting=meeting, left_at=None).update(left_at=meeting.closed_at)
    items.items_close(meeting)
    record(actor=actor, verb="governance.meeting_close", target=meeting)  # record
    return meeting  # told when there are minutes to sign


@transaction.atomic
def meeting_cancel(*, meeting_id: int, actor: User, reason: str) -> Meeting:
    """Call it off before it begins; a plan that was tabled to it goes back to be worked on.

    Raises: NotAllowed (not the office, nor the director); Conflict (no reason); MoveRefused (begun or over).
    """
    meeting = queries.lock_meeting(meeting_id)  # lock
    require(rules.office, actor, meeting, _("会议由领导小组办公室取消，并通知各席位。"))  # may
    if not reason.strip():
        raise Conflict(_("请写明取消的理由，受邀的人会看到。"))
    was_called = meeting.called_at is not None
    move(meeting, MeetingState.CANCELLED, MEETING_MOVES)  # move
    meeting.cancelled_because = reason.strip()  # write
    meeting.changes += 1
    meeting.save(update_fields=["state", "cancelled_because", "changes"])
    items.items_drop(meeting, _("会议取消：%(reason)s") % {"reason": meeting.cancelled_because[:280]})
    record(actor=actor, verb="governance.meeting_cancel", target=meeting)  # record
    if was_called:
        after_commit("governance.meeting_notify", meeting_id=meeting.pk, kind="meeting_cancelled")  # tell
    return meeting


# ---- helpers; the meeting is locked


def _of_kind(values: dict[str, Any]) -> dict[str, Any]:
    """A written procedure has a last moment and no place, a meeting the other way round."""
    written = values["kind"] == MeetingKind.WRITTEN
    taken = {name: values.get(name) for name in FIELDS}
    if written:
        return {**taken, "place_zh": "", "place_en": ""}
    return {**taken, "ends_at": None}


def _require_notice(meeting: Meeting, moment: datetime) -> None:
    """Calendar days between the call and the meeting; of a written procedure, until its last day."""
    days = queries.notice_days(meeting.kind, queries.rule_on(clock.day_of(moment)))
    begins = meeting.ends_at if meeting.kind == MeetingKind.WRITTEN and meeting.ends_at else meeting.starts_at
    earliest = clock.day_of(moment) + timedelta(days=days)
    if clock.day_of(begins) < earliest:
        raise Conflict(
            _("按现行议事规则须提前 %(days)s 天通知，最早的日期是 %(day)s。")
            % {"days": days, "day": earliest.isoformat()},
            _("请办公室改期，或按临时会议筹备。"),
        )


def _begin(meeting: Meeting, moment: datetime) -> None:
    move(meeting, MeetingState.IN_SESSION, MEETING_MOVES)
    meeting.opened_at = moment
    meeting.save(update_fields=["state", "opened_at"])
