"""What becomes of a visit: confirmed, declined, moved, cancelled, used or not. Every one that frees room moves up who waits. Read next: stationings.py."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from governance import resource_rules as rules
from governance import visit_queries as queries
from governance.actions.visits import Clash, visits_move_up
from governance.models import Visit
from governance.states import VISIT_AHEAD, VISIT_MOVES, VisitState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit
from platform_site.states import move


@transaction.atomic
def visit_confirm(*, visit_id: int, actor: User) -> Visit:
    """Expect the visitor. Raises: NotAllowed; Conflict (it has begun); MoveRefused."""
    visit = queries.lock_visit(visit_id)  # lock
    require(rules.visit_decide, actor, visit)  # may
    _require_ahead(visit)
    if visit.state == VisitState.COUNTERED:
        raise Conflict(_("已建议改期，等到访人答复。"))
    move(visit, VisitState.CONFIRMED, VISIT_MOVES)  # move
    _decided(visit, actor)
    return _saved(visit, actor, "governance.visit_confirm")  # write, record, tell


@transaction.atomic
def visit_decline(*, visit_id: int, actor: User, reason: str) -> Visit:
    """Say no, with the reason. Raises: NotAllowed, MoveRefused."""
    visit = queries.lock_visit(visit_id)  # lock
    require(rules.visit_decide, actor, visit)  # may
    move(visit, VisitState.DECLINED, VISIT_MOVES)  # move
    _decided(visit, actor, reason)
    visit = _saved(visit, actor, "governance.visit_decline")  # write, record, tell
    visits_move_up(facility=visit.facility, starts_at=visit.starts_at, ends_at=visit.ends_at)
    return visit


@transaction.atomic
def visit_counter(*, visit_id: int, actor: User, starts_at: datetime, reason: str) -> Visit:
    """Propose another slot and keep it free for the visitor, who agrees or cancels; the first one is free again.

    Raises: NotAllowed; Clash (no such slot, no room, the visitor is elsewhere then); MoveRefused.
    """
    visit = queries.lock_visit(visit_id)  # lock
    require(rules.visit_decide, actor, visit)  # may
    facility, left = visit.facility, (visit.starts_at, visit.ends_at)
    slot = queries.slot_at(facility, starts_at)
    fits = (
        slot is not None and starts_at > clock.database_now() and queries.room(facility, slot, visit.pk) >= visit.people
    )
    busy = slot is not None and queries.elsewhere(visit.visitor, slot.starts_at, slot.ends_at, visit.pk)
    if slot is None or not fits or busy or slot.starts_at == visit.starts_at:
        near = queries.nearest_free(facility, starts_at, visit.people, visit.visitor, visit.pk)
        raise Clash(_("这个时段不能用来改期。"), near)
    move(visit, VisitState.COUNTERED, VISIT_MOVES)  # move
    visit.starts_at, visit.ends_at = slot.starts_at, slot.ends_at
    _decided(visit, actor, reason)
    visit = _saved(visit, actor, "governance.visit_counter")  # write, record, tell
    visits_move_up(facility=facility, starts_at=left[0], ends_at=left[1])
    return visit


@transaction.atomic
def visit_agree(*, visit_id: int, actor: User) -> Visit:
    """Take the time that the facility has proposed. Raises: NotAllowed (not the visitor's side); Conflict; MoveRefused."""
    visit = queries.lock_visit(visit_id)  # lock
    require(rules.visit_own, actor, visit)  # may
    _require_ahead(visit)
    if visit.state != VisitState.COUNTERED:
        raise Conflict(_("没有等您答复的改期建议。"))
    move(visit, VisitState.CONFIRMED, VISIT_MOVES)  # move
    return _saved(visit, actor, "governance.visit_agree")  # write, record, tell


@transaction.atomic
def visit_cancel(*, visit_id: int, actor: User, reason: str = "") -> Visit:
    """Call it off before it begins; the facility says why. Raises: NotAllowed; Conflict (begun, no reason); MoveRefused."""
    visit = queries.lock_visit(visit_id)  # lock
    require(rules.visit_cancel, actor, visit)  # may
    _require_ahead(visit)
    if not rules.visit_own(actor, visit) and not reason.strip():
        raise Conflict(_("资源方取消预约须说明原因。"))
    held = visit.state in VISIT_AHEAD
    move(visit, VisitState.CANCELLED, VISIT_MOVES)  # move
    visit.reason = reason.strip()
    visit = _saved(visit, actor, "governance.visit_cancel")  # write, record, tell
    if held:
        visits_move_up(facility=visit.facility, starts_at=visit.starts_at, ends_at=visit.ends_at)
    return visit


@transaction.atomic
def visit_mark(*, visit_id: int, actor: User, used: bool) -> Visit:
    """Once it has begun: whether the visitor came. Raises: NotAllowed; Conflict (not yet); MoveRefused."""
    visit = queries.lock_visit(visit_id)  # lock
    require(rules.visit_decide, actor, visit)  # may
    if visit.starts_at > clock.database_now():
        raise Conflict(_("还没有到预约的时间。"))
    move(visit, VisitState.USED if used else VisitState.NOT_USED, VISIT_MOVES)  # move
    _decided(visit, actor, visit.reason)
    return _saved(visit, actor, "governance.visit_mark")  # write, record, tell


@transaction.atomic
def visit_lapse(*, visit_id: int, actor: User) -> Visit:
    """What nobody settled before it began is over. The portal's own clock alone. Raises: NotAllowed; Conflict; MoveRefused."""
    visit = queries.lock_visit(visit_id)  # lock
    require(lambda user, _subject: user.is_system, actor, visit)  # may
    if visit.starts_at > clock.database_now():
        raise Conflict(_("还没有到预约的时间。"))
    move(visit, VisitState.LAPSED, VISIT_MOVES)  # move
    return _saved(visit, actor, "governance.visit_lapse")  # write, record, tell


def _require_ahead(visit: Visit) -> None:
    if visit.starts_at <= clock.database_now():
        raise Conflict(_("预约的时间已经开始。"), _("到访与否由资源方登记。"))


def _decided(visit: Visit, actor: User, reason: str = "") -> None:
    visit.decided_by, visit.decided_at, visit.reason = actor, clock.now(), reason.strip()


def _saved(visit: Visit, actor: User, verb: str) -> Visit:
    """Written, recorded, told."""
    visit.changes += 1
    try:
        with transaction.atomic():
            visit.save()
    except IntegrityError as error:
        raise Clash(_("这个时间刚刚被预约。")) from error
    record(
        actor=actor, verb=verb, target=visit, province_code=visit.facility.province_id, facility=visit.facility.slug,
        state=str(visit.state),
    )  # fmt: skip
    after_commit("governance.visit_notify", visit_id=visit.pk)
    return visit
