"""Meetings that were proposed or agreed: confirmed, cancelled, marked, and what comes of them. Read next: match_runs.py."""

from django.db import transaction
from django.utils.translation import gettext as _

from expos import meeting_queries as queries
from expos import meeting_rules as rules
from expos.models import ExpoMeeting, MeetingPerson
from expos.states import MeetingState
from patents.models import Listing
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit
from platform_site.ui.formats import minute_iso
from trading.actions import rooms
from trading.models import Negotiation

from .meeting_requests import meeting_move


def _person(meeting: ExpoMeeting, user: User) -> MeetingPerson:
    return next(one for one in meeting.people.all() if one.profile.registration.user_id == user.pk)


def _other(meeting: ExpoMeeting, user: User) -> MeetingPerson:
    return next(one for one in meeting.people.all() if one.profile.registration.user_id != user.pk)


@transaction.atomic
def meeting_confirm(*, meeting_id: int, actor: User) -> ExpoMeeting:
    """Agree to what the plan proposes; agreed by both it is never moved. Raises: NotAllowed; MoveRefused; Conflict (past, or agreed)."""
    meeting = queries.lock_meeting(meeting_id)  # lock
    require(rules.meeting_confirm, actor, meeting)  # may
    own = _person(meeting, actor)
    if meeting.starts_at <= clock.database_now():
        raise Conflict(_("会面的时间已经过了。"))
    if own.confirmed_at and meeting.state == MeetingState.HALF:
        raise Conflict(_("您已经确认，正在等对方确认。"))
    to = MeetingState.CONFIRMED if meeting.state == MeetingState.HALF else MeetingState.HALF
    meeting_move(meeting, to, actor)  # move
    own.confirmed_at = clock.now()  # write
    own.save(update_fields=["confirmed_at"])
    record(  # record
        actor=actor, verb="expos.meeting_confirm", target=meeting, province_code=meeting.expo.host_id, state=str(to)
    )
    if to == MeetingState.CONFIRMED:
        after_commit("expos.meeting_notify", meeting_id=meeting.pk)  # tell
    return meeting


@transaction.atomic
def meeting_unconfirm(*, meeting_id: int, actor: User) -> ExpoMeeting:
    """Take one's own confirmation back while the other has not confirmed: the plan may move it again. Raises: NotAllowed; MoveRefused; Conflict."""
    meeting = queries.lock_meeting(meeting_id)  # lock
    require(rules.meeting_confirm, actor, meeting)  # may
    own = _person(meeting, actor)
    if meeting.state == MeetingState.HALF and not own.confirmed_at:
        raise Conflict(_("您还没有确认。"))
    meeting_move(meeting, MeetingState.PROPOSED, actor)  # move
    own.confirmed_at = None  # write
    own.save(update_fields=["confirmed_at"])
    record(  # record; tell: the other sees it on the page
        actor=actor, verb="expos.meeting_unconfirm", target=meeting, province_code=meeting.expo.host_id
    )
    return meeting


@transaction.atomic
def meeting_cancel(*, meeting_id: int, actor: User, reason: str) -> ExpoMeeting:
    """Call a meeting off before it begins, with the reason; both are told, and the plan does not propose it again.

    Raises: NotAllowed; MoveRefused; Conflict (past, or a request: that is declined or withdrawn).
    """
    meeting = queries.lock_meeting(meeting_id)  # lock
    require(rules.meeting_cancel, actor, meeting)  # may
    if meeting.state == MeetingState.REQUESTED:
        raise Conflict(_("对方还没有答复这个约见。"), _("由提出的人撤回，或者由被约见的人谢绝。"))
    if meeting.starts_at <= clock.database_now():
        raise Conflict(_("会面的时间已经过了。"), _("请登记会面情况。"))
    meeting.reason = reason.strip()
    meeting_move(meeting, MeetingState.CANCELLED, actor)  # move, write
    record(actor=actor, verb="expos.meeting_cancel", target=meeting, province_code=meeting.expo.host_id)  # record
    after_commit("expos.meeting_notify", meeting_id=meeting.pk)  # tell
    return meeting


@transaction.atomic
def meeting_mark(*, meeting_id: int, actor: User, held: bool) -> ExpoMeeting:
    """Say afterwards whether you met. Raises: NotAllowed; MoveRefused; Conflict (it has not begun)."""
    meeting = queries.lock_meeting(meeting_id)  # lock
    require(rules.meeting_mark, actor, meeting)  # may
    if meeting.starts_at > clock.database_now():
        raise Conflict(_("会面还没有开始。"))
    meeting_move(meeting, MeetingState.HELD if held else MeetingState.NOT_HELD, actor)  # move, write
    record(  # record; tell: the other sees it on the page
        actor=actor, verb="expos.meeting_mark", target=meeting, province_code=meeting.expo.host_id, held=held
    )
    return meeting


@transaction.atomic
def meeting_interest(*, meeting_id: int, actor: User, interested: bool, listing_id: int | None = None) -> Negotiation | None:  # fmt: skip
    """Say whether something may come of it; about a listing of the other it becomes an enquiry, whose room is answered.

    Raises: NotAllowed; Conflict (they have not met, the listing is not the other's, or it has left the market).
    """
    listing = Listing.objects.filter(pk=listing_id).first() if listing_id else None
    meeting = queries.lock_meeting(meeting_id)  # lock
    require(rules.meeting_interest, actor, meeting)  # may
    if meeting.state != MeetingState.HELD:
        raise Conflict(_("先登记已会面，再登记意向。"))
    own, other = _person(meeting, actor), _other(meeting, actor)
    if listing is not None and listing.owner_id != other.profile.registration.user_id:
        raise Conflict(_("只能就对方的技术询盘。"))
    own.is_interested = interested  # move, write
    room = _enquired(meeting, actor, listing) if listing is not None and interested else None
    own.save(update_fields=["is_interested"])
    record(  # record; tell: the room tells the owner
        actor=actor, verb="expos.meeting_interest", target=meeting, province_code=meeting.expo.host_id,
        listing=listing.number if listing else "",
    )  # fmt: skip
    return room


def _enquired(meeting: ExpoMeeting, actor: User, listing: Listing) -> Negotiation:
    """The room about a listing: a new one, or the one that there is."""
    body = _("%(year)d 年展会 %(moment)s 在 %(table)d 号桌会面后，希望继续洽谈。") % {
        "year": meeting.expo.year, "moment": minute_iso(meeting.starts_at), "table": meeting.table.number,
    }  # fmt: skip
    try:
        return rooms.enquiry_create(listing_id=listing.pk, actor=actor, body=body, forms=())
    except rooms.RoomExists as known:
        return known.negotiation


@transaction.atomic
def meeting_remind(*, meeting_id: int) -> bool:
    """The clock's: once, half an hour before."""
    meeting = queries.lock_meeting(meeting_id)
    if meeting.reminded_at or meeting.state != MeetingState.CONFIRMED:
        return False
    meeting.reminded_at = clock.now()
    meeting.save(update_fields=["reminded_at"])
    after_commit("expos.meeting_remind_notify", meeting_id=meeting.pk)
    return True
