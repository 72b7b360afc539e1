"""A direct request for a meeting: it holds the time for both and a table until it is answered or its clock runs out. Read next: meetings.py."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from expos import meeting_queries as queries
from expos import meeting_rules as rules
from expos.meeting_slots import Slot, nearest
from expos.models import Expo, ExpoMeeting, MeetingPerson, MeetingProfile, MeetingRequest, MeetingTable, Registration
from expos.states import MEETING_MOVES, REQUEST_MOVES, ExpoState, MeetingState, RequestState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit
from platform_site.states import move
from platform_site.ui.formats import listed, minute_iso

from .meeting_places import require_open

HOLD_BEFORE = timedelta(hours=12)
HOLD_RUNNING = timedelta(minutes=15)
MOST_PENDING = 5  # of one person at a time: nobody holds the tables of a whole hall


class Clash(Conflict):
    """A time that cannot be had; `slots` are the nearest that both have free, with a table."""

    def __init__(self, reason: str, slots: Sequence[Slot] = ()) -> None:
        words = listed(minute_iso(slot.starts_at) for slot in slots)
        super().__init__(
            reason,
            _("最近的共同空闲时段：%(slots)s。") % {"slots": words} if slots else _("双方已没有共同的空闲时段。"),
        )
        self.slots = list(slots)


@transaction.atomic
def meeting_request_make(
    *, profile_id: int, actor: User, whom_id: int, starts_at: datetime, table_id: int | None = None, message: str = "",
    listing_id: int | None = None,
) -> MeetingRequest:  # fmt: skip
    """Ask somebody for a slot; a table that is free is chosen where none is named.

    Raises: NotAllowed (not a participant); Clash (no such slot, one of the two or the table is taken); Conflict.
    """
    profile, whom = _two(profile_id, whom_id)  # lock
    require(rules.meeting_request_make, actor, profile)  # may
    expo = profile.registration.expo
    require_open(expo)
    _require_other(profile, whom)
    slot = _slot(expo, profile, whom, starts_at)
    table = _table(expo, slot, table_id, (profile, whom))
    hold = HOLD_RUNNING if expo.state == ExpoState.RUNNING else HOLD_BEFORE
    now = clock.database_now()
    try:
        with transaction.atomic():  # move, write
            meeting = meeting_write(expo, table, slot, MeetingState.REQUESTED, (profile.pk, whom.pk))
            made = MeetingRequest.objects.create(
                meeting=meeting, by=profile, whom=whom, message=message.strip(), listing_id=listing_id,
                holds_until=min(now + hold, slot.starts_at), made_at=now,
            )  # fmt: skip
            MeetingPerson.objects.filter(meeting=meeting, profile=profile).update(confirmed_at=now)
    except IntegrityError as taken:
        raise Clash(_("这个时间刚刚被约走。"), _near(expo, (profile, whom), starts_at)) from taken
    record(  # record
        actor=actor, verb="expos.meeting_request_make", target=made, province_code=expo.host_id, table=table.number
    )
    after_commit("expos.meeting_request_notify", request_id=made.pk)  # tell
    return made


def meeting_write(expo: Expo, table: MeetingTable, slot: Slot, state: MeetingState, profiles: tuple[int, int], **more: object) -> ExpoMeeting:  # fmt: skip
    """The meeting and its two people; an IntegrityError where the table or one of them is taken. Part of other acts."""
    times = {"starts_at": slot.starts_at, "ends_at": slot.ends_at}
    made = ExpoMeeting.objects.create(expo=expo, table=table, state=state, made_at=clock.now(), **times, **more)
    MeetingPerson.objects.bulk_create(MeetingPerson(meeting=made, profile_id=pk, **times) for pk in profiles)
    return made


def _two(profile_id: int, whom_id: int) -> tuple[MeetingProfile, MeetingProfile]:
    """Both, their registrations locked in one order: of two who ask each other at once one waits."""
    found = MeetingProfile.objects.in_bulk([profile_id, whom_id])
    locked = queries.lock_registrations(one.registration_id for one in found.values())
    for one in found.values():
        one.registration = locked[one.registration_id]
    return found[profile_id], found[whom_id]


def _require_other(profile: MeetingProfile, whom: MeetingProfile) -> None:
    expo = profile.registration.expo
    if whom.pk == profile.pk or not queries.participants(expo).filter(pk=whom.pk).exists():
        raise Conflict(_("对方现在不参加这届展会的对接。"), _("请从参加对接的人中选择。"))
    if queries.meet_already(profile, whom):
        raise Conflict(_("双方已经有一次安排或待答复的会面。"), _("请在我的会面中查看。"))
    if profile.requests_made.filter(state=RequestState.PENDING).count() >= MOST_PENDING:
        raise Conflict(
            _("同时最多 %(most)d 个待答复的约见。") % {"most": MOST_PENDING}, _("请等对方答复，或者撤回其中一个。")
        )


def _slot(expo: Expo, profile: MeetingProfile, whom: MeetingProfile, starts_at: datetime) -> Slot:
    slot = queries.slot_at(expo, starts_at)
    if slot is None or slot.starts_at <= clock.database_now():
        raise Clash(
            _("%(moment)s 不是可以约的时段。") % {"moment": minute_iso(starts_at)},
            _near(expo, (profile, whom), starts_at),
        )
    for one, said in ((profile, _("您这个时段已有安排。")), (whom, _("对方这个时段没有空。"))):
        if starts_at in queries.absences_of(one) or any(slot.meets(*busy) for busy in queries.busy_of([one])):
            raise Clash(said, _near(expo, (profile, whom), starts_at))
    return slot


def _table(expo: Expo, slot: Slot, table_id: int | None, two: tuple[MeetingProfile, MeetingProfile]) -> MeetingTable:
    """The table asked for, or the first that is free and that nobody else is just taking; locked."""
    free = queries.free_tables(expo, slot)
    if table_id is not None and all(one.pk != table_id for one in free):
        raise Clash(_("这张桌子这个时段已被占用。"), _near(expo, two, slot.starts_at))
    wanted = [one for one in free if table_id in (None, one.pk)]
    if not wanted:
        raise Clash(_("这个时段的洽谈桌已经约满。"), _near(expo, two, slot.starts_at))
    locked = queries.lock_table_of([one.pk for one in wanted])
    if locked is None or all(one.pk != locked.pk for one in queries.free_tables(expo, slot)):
        raise Clash(_("这张桌子刚刚被约走。"), _near(expo, two, slot.starts_at))
    return locked


def _near(expo: Expo, two: tuple[MeetingProfile, MeetingProfile], wanted: datetime) -> list[Slot]:
    return nearest(queries.free_slots(expo, two), wanted)


@transaction.atomic
def meeting_request_accept(*, request_id: int, actor: User) -> MeetingRequest:
    """Agree: the meeting is confirmed by both. Raises: NotAllowed; MoveRefused; Conflict (its clock has run out)."""
    request = queries.lock_request(request_id)  # lock
    require(rules.meeting_request_answer, actor, request)  # may
    if request.state == RequestState.PENDING and request.holds_until <= clock.database_now():
        raise Conflict(_("答复的时限已过，时段已经放开。"), _("可以重新约见对方。"))
    _answer(request, RequestState.ACCEPTED, MeetingState.CONFIRMED, actor)  # move, write
    MeetingPerson.objects.filter(meeting=request.meeting_id, confirmed_at=None).update(confirmed_at=clock.now())
    _recorded(request, actor, "expos.meeting_request_accept")  # record, tell
    return request


@transaction.atomic
def meeting_request_decline(*, request_id: int, actor: User, reason: str = "") -> MeetingRequest:
    """Do not agree; the time is free again at once. Raises: NotAllowed; MoveRefused."""
    request = queries.lock_request(request_id)  # lock
    require(rules.meeting_request_answer, actor, request)  # may
    _answer(request, RequestState.DECLINED, MeetingState.CANCELLED, actor, reason)  # move, write
    _recorded(request, actor, "expos.meeting_request_decline")  # record, tell
    return request


@transaction.atomic
def meeting_request_withdraw(*, request_id: int, actor: User) -> MeetingRequest:
    """Ask no longer. Raises: NotAllowed; MoveRefused."""
    request = queries.lock_request(request_id)  # lock
    require(rules.meeting_request_withdraw, actor, request)  # may
    _answer(request, RequestState.WITHDRAWN, MeetingState.CANCELLED, actor)  # move, write
    _recorded(request, actor, "expos.meeting_request_withdraw")  # record, tell
    return request


@transaction.atomic
def meeting_request_lapse(*, request_id: int) -> bool:
    """The clock's: give free what was not answered in time; whether there was anything to do."""
    request = queries.lock_request(request_id)
    if request.state != RequestState.PENDING or request.holds_until > clock.database_now():
        return False
    _answer(request, RequestState.LAPSED, MeetingState.CANCELLED, None)
    _recorded(request, None, "expos.meeting_request_lapse")
    return True


def _answer(request: MeetingRequest, to: RequestState, meeting_to: MeetingState, actor: User | None, reason: str = "") -> None:  # fmt: skip
    move(request, to, REQUEST_MOVES)
    request.decided_at, request.reason = clock.now(), reason.strip()
    request.save(update_fields=["state", "decided_at", "reason"])
    meeting_move(request.meeting, meeting_to, actor)


def meeting_move(meeting: ExpoMeeting, to: MeetingState, actor: User | None) -> None:
    """Part of every act on a meeting: its new state, whose doing that is, and one change more for the calendars."""
    move(meeting, to, MEETING_MOVES)
    meeting.decided_by, meeting.decided_at, meeting.changes = actor, clock.now(), meeting.changes + 1
    meeting.save(update_fields=["state", "reason", "decided_by", "decided_at", "changes"])


def meetings_leave(registration: Registration, actor: User) -> None:
    """Whoever does not come meets nobody: requests are answered, meetings to come called off, wishes gone. Part of other acts."""
    profile = MeetingProfile.objects.filter(registration=registration).first()
    if profile is None:
        return
    requests = queries.lock_requests_open(profile)
    meetings = queries.lock_meetings_ahead(profile)
    for request in requests:
        request.meeting = meetings.pop(request.meeting_id)
        to = RequestState.WITHDRAWN if request.by_id == profile.pk else RequestState.DECLINED
        _answer(request, to, MeetingState.CANCELLED, actor)
        _recorded(request, actor, f"expos.meeting_request_{'withdraw' if to == RequestState.WITHDRAWN else 'decline'}")
    for meeting in meetings.values():
        meeting_move(meeting, MeetingState.CANCELLED, actor)
        record(actor=actor, verb="expos.meeting_cancel", target=meeting, province_code=meeting.expo.host_id)
        after_commit("expos.meeting_notify", meeting_id=meeting.pk)
    queries.wishes_about(profile).delete()


def _recorded(request: MeetingRequest, actor: User | None, verb: str) -> None:
    record(actor=actor, verb=verb, target=request, province_code=request.meeting.expo.host_id)
    after_commit("expos.meeting_request_notify", request_id=request.pk)
