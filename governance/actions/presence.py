"""Who is in the room, from when to when: entered by the office at the door, or by the seat itself. Read next: ballots.py."""

from django.db import transaction
from django.utils.translation import gettext as _

from governance import meeting_queries as queries
from governance import meeting_rules as rules
from governance.models import Meeting, Presence, Seat
from governance.queries import holders_on, mandate_of
from governance.rules import Mandate
from governance.states import MeetingKind, MeetingState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict


@transaction.atomic
def presence_enter(*, meeting_id: int, seat: Seat, actor: User, by_deputy: bool = False) -> Presence:
    """A seat has come. Entered by the office, it is the holder who came, or the deputy if it says so.

    Raises: NotAllowed (another seat's); Conflict (not in session, there already, nobody holds the seat or deputises for it).
    """
    own = mandate_of(actor)
    meeting = queries.lock_meeting(meeting_id)  # lock
    require(rules.presence_of, actor, (own, seat), _("席位只能登记自己的出席，其他席位由办公室登记。"))  # may
    _require_room(meeting)
    mandate = own if own is not None and own.seat.pk == seat.pk else _who_came(seat, by_deputy)
    if Presence.objects.filter(meeting=meeting, seat=seat, left_at=None).exists():
        raise Conflict(_("%(seat)s的席位已经在场。") % {"seat": seat})
    presence = Presence.objects.create(  # write
        meeting=meeting, seat=seat, came_at=clock.database_now(), entered_by=actor, **mandate.by
    )
    record(actor=actor, verb="governance.presence_enter", target=meeting, seat=seat.pk)  # record
    return presence


@transaction.atomic
def presence_leave(*, meeting_id: int, seat: Seat, actor: User) -> Presence:
    """A seat has left; it can come back.

    Raises: NotAllowed (another seat's); Conflict (not in session, or not there).
    """
    own = mandate_of(actor)
    meeting = queries.lock_meeting(meeting_id)  # lock
    require(rules.presence_of, actor, (own, seat), _("席位只能登记自己的出席，其他席位由办公室登记。"))  # may
    _require_room(meeting)
    presence = queries.lock_presence(meeting, seat.pk)
    if presence is None:
        raise Conflict(_("%(seat)s的席位现在不在场。") % {"seat": seat})
    presence.left_at = clock.database_now()  # write
    presence.save(update_fields=["left_at"])
    record(actor=actor, verb="governance.presence_leave", target=meeting, seat=seat.pk)  # record
    return presence


def _require_room(meeting: Meeting) -> None:
    if meeting.kind == MeetingKind.WRITTEN:
        raise Conflict(_("书面审议没有会场，不登记出席。"))
    if meeting.state != MeetingState.IN_SESSION:
        raise Conflict(_("会议进行中才能登记出席。"))


def _who_came(seat: Seat, by_deputy: bool) -> Mandate:
    holder = holders_on(clock.today()).get(seat.pk)
    deputy = queries.deputies_today().get(seat.pk) if by_deputy else None
    if holder is None or (by_deputy and deputy is None):
        raise Conflict(_("%(seat)s的席位现在没有人担任，或者没有代理人。") % {"seat": seat}, _("请先登记任职或代理。"))
    return Mandate(seat, holder, deputy)
