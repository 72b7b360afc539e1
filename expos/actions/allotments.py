"""Booths given: by the plan, by the host's hand, from the waiting list, by one's own choice; confirmed, declined, expired. Read next: allocations.py."""

from collections.abc import Collection
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from expos import allocation, allocation_queries, queries
from expos import floor_queries as floor
from expos import floor_rules as rules
from expos.actions.booths import Taken
from expos.floor_plan import side_by_side
from expos.models import Booth, BoothAllotment, BoothApplication, Expo
from expos.queries import share_expo
from expos.states import APPLICATION_MOVES, APPLICATION_PLACED, ApplicationState, BoothKind, ExpoState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import system_user
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit
from platform_site.states import move

_ALLOTTING = (ExpoState.ALLOCATING, ExpoState.PROGRAMME_PUBLISHED)


def allot(*, row: BoothApplication, booths: Collection[Booth], actor: User, until: date) -> None:
    """Give free booths to an application whose row is locked; part of every act that gives. Raises: Taken."""
    moment = clock.database_now()
    move(row, ApplicationState.ALLOTTED, APPLICATION_MOVES)
    row.confirm_by = until
    row.save(update_fields=["state", "confirm_by"])
    for booth in sorted(booths, key=lambda one: one.pk):
        try:
            with transaction.atomic():
                BoothAllotment.objects.create(booth=booth, application=row, made_by=actor, made_at=moment)
        except IntegrityError as taken:
            near = floor.nearest_free(booth, row.exhibitor, moment, row.delegation_id)
            raise Taken(_("%(booth)s 刚刚被别人选走。") % {"booth": booth}, near) from taken
    after_commit("expos.application_notify", application_id=row.pk, state=str(row.state))


def release(*, row: BoothApplication) -> int:
    """Give back what an application has; part of every act that frees. How many booths became free."""
    return BoothAllotment.objects.filter(application=row, released_at=None).update(released_at=clock.database_now())


@transaction.atomic
def application_allot(
    *, application_id: int, actor: User, booth_ids: Collection[int], until: date | None = None
) -> BoothApplication:
    """By the host's hand: these booths in place of what the application has, or none, which puts it on the waiting list.

    Raises: NotAllowed; MoveRefused; Taken; Conflict (not the time, does not fit, share used up).
    """
    expo = queries.lock_expo(queries_expo(application_id))  # lock
    booths = floor.lock_booths(booth_ids)
    row = floor.lock_application(application_id)
    require(rules.application_allot, actor, expo)  # may
    if expo.state not in _ALLOTTING:
        raise Conflict(_("现在不能调整展位。"))
    if row.state == ApplicationState.ALLOTTED:  # move, write
        release(row=row)
        _to(row, ApplicationState.WAITING)
    elif row.state == ApplicationState.PRE_REVIEWED and not booths:
        _to(row, ApplicationState.WAITING)
        after_commit("expos.application_notify", application_id=row.pk, state=str(row.state))
    if booths:
        _require_fit(expo, row, list(booths.values()))
        allot(row=row, booths=booths.values(), actor=actor, until=until or allocation_queries.confirm_until(expo))
    record(  # record; tell: within the giving
        actor=actor, verb="expos.application_allot", target=row, province_code=expo.host_id,
        booths=sorted(one.number for one in booths.values()),
    )  # fmt: skip
    if not booths:
        waiting_move_up(expo=expo, but=row.pk)
    return row


def queries_expo(application_id: int) -> int:
    """Of which edition an application is; never changes."""
    return BoothApplication.objects.values_list("expo_id", flat=True).get(pk=application_id)


def _to(row: BoothApplication, state: ApplicationState) -> None:
    move(row, state, APPLICATION_MOVES)
    row.confirm_by = None if state not in APPLICATION_PLACED else row.confirm_by
    row.save(update_fields=["state", "confirm_by"])


_MISFITS = {
    "pavilion": lambda: _("%(booth)s 在别的代表团的展团内。"),
    "kind": lambda: _("%(booth)s 的类型与申请不符。"),
    "area": lambda: _("%(booth)s 的面积小于申请的面积。"),
    "power": lambda: _("%(booth)s 的供电不够。"),
    "corner": lambda: _("%(booth)s 是转角展位，而申请没有要转角。"),
}


def _require_fit(expo: Expo, row: BoothApplication, booths: list[Booth]) -> None:
    """Kind, area, power, pavilion, side by side, and the delegation's share."""
    claim = allocation_queries.claim_of(row)
    for booth in booths:
        if why := allocation.misfit(claim, booth):
            raise Conflict(_MISFITS[why]() % {"booth": booth})
    wanted = row.booths if row.kind != BoothKind.RAW else 1
    if len(booths) != wanted or not side_by_side(booths, wanted):
        raise Conflict(_("这份申请要 %(count)d 个连在一起的展位。") % {"count": wanted})
    if sum(one.units for one in booths) > allocation_queries.shares_left(expo)[row.delegation_id]:
        raise Conflict(_("本代表团的展位数已经用完。"))


@transaction.atomic
def application_confirm(*, application_id: int, actor: User) -> BoothApplication:
    """Take what was given, until the last day for it. Raises: NotAllowed; MoveRefused; Conflict (too late)."""
    row = floor.lock_application(application_id)  # lock
    require(rules.application_own, actor, row)  # may
    if row.confirm_by and clock.today() > row.confirm_by:
        raise Conflict(_("确认已于 %(day)s 截止，展位让给候补。") % {"day": row.confirm_by.isoformat()})
    move(row, ApplicationState.CONFIRMED, APPLICATION_MOVES)  # move
    row.answered_at = clock.now()
    row.save(update_fields=["state", "answered_at"])  # write
    record(  # record
        actor=actor, verb="expos.application_confirm", target=row, province_code=row.delegation.province_id
    )
    after_commit("expos.application_notify", application_id=row.pk, state=str(row.state))  # tell
    return row


@transaction.atomic
def application_decline(*, application_id: int, actor: User, reason: str = "") -> BoothApplication:
    """Give back what was given, confirmed or not; who waits moves up. Raises: NotAllowed; MoveRefused."""
    expo = queries.lock_expo(queries_expo(application_id))  # lock
    row = floor.lock_application(application_id)
    require(rules.application_own, actor, row)  # may
    _give_back(row, ApplicationState.DECLINED, reason)  # move, write
    record(  # record
        actor=actor, verb="expos.application_decline", target=row, province_code=row.delegation.province_id
    )
    after_commit("expos.application_notify", application_id=row.pk, state=str(row.state))  # tell
    waiting_move_up(expo=expo)
    return row


@transaction.atomic
def application_withdraw(*, application_id: int, actor: User) -> BoothApplication:
    """Take back an application that has no booth; its exhibits go with it. Raises: NotAllowed; MoveRefused."""
    row = floor.lock_application(application_id)  # lock
    require(rules.application_own, actor, row)  # may
    _give_back(row, ApplicationState.WITHDRAWN, "")  # move, write
    record(  # record; tell: the office reads it in its list
        actor=actor, verb="expos.application_withdraw", target=row, province_code=row.delegation.province_id
    )
    return row


@transaction.atomic
def application_expire(*, application_id: int, actor: User) -> BoothApplication:
    """The clock's: what was not confirmed in time is free, and who waits moves up. Raises: NotAllowed; MoveRefused; Conflict."""
    expo = queries.lock_expo(queries_expo(application_id))  # lock
    row = floor.lock_application(application_id)
    require(rules.by_the_clock, actor, row)  # may
    if row.state == ApplicationState.ALLOTTED and row.confirm_by and clock.today() <= row.confirm_by:
        raise Conflict(_("确认还没有截止。"))
    _give_back(row, ApplicationState.EXPIRED, "")  # move, write
    record(  # record
        actor=actor, verb="expos.application_expire", target=row, province_code=row.delegation.province_id
    )
    after_commit("expos.application_notify", application_id=row.pk, state=str(row.state))  # tell
    waiting_move_up(expo=expo)
    return row


def _give_back(row: BoothApplication, state: ApplicationState, reason: str) -> None:
    move(row, state, APPLICATION_MOVES)
    release(row=row)
    row.reason, row.answered_at, row.confirm_by = reason.strip(), clock.now(), None
    row.save(update_fields=["state", "reason", "answered_at", "confirm_by"])
    exhibits_leave(row)


def exhibits_leave(row: BoothApplication) -> None:
    """Exhibits end with the application that brought them."""
    for exhibit in floor.lock_exhibits(row):
        if exhibit.state in (floor.ExhibitState.APPLIED, floor.ExhibitState.ACCEPTED):
            exhibit.state = floor.ExhibitState.WITHDRAWN
            exhibit.save(update_fields=["state"])


@transaction.atomic
def booth_take(*, application_id: int, actor: User) -> BoothApplication:
    """Take the booth that one holds, after the plan is in force: for who waits and would rather choose than wait.

    The kind may differ from what was asked for, the share and the pavilion bind all the same.
    Raises: NotAllowed; MoveRefused; Taken; Conflict (nothing held, no plan yet, does not fit, share used up).
    """
    expo = share_expo(queries_expo(application_id))  # lock
    delegation = BoothApplication.objects.values_list("delegation_id", flat=True).get(pk=application_id)
    queries.lock_delegation(delegation)
    held = floor.hold_of(expo, actor, clock.database_now())
    if held is not None:
        floor.lock_booth(held.booth_id)
    row = floor.lock_application(application_id)
    require(rules.application_own, actor, row)  # may
    if expo.state not in _ALLOTTING or row.state != ApplicationState.WAITING:
        raise Conflict(_("排位方案采用以后，候补的参展商可以自选空展位。"))
    if held is None:
        raise Conflict(_("您现在没有暂留的展位，或者二十分钟已过。"), _("请在展位图上重新选一个。"))
    _require_fit(expo, row, [held.booth])
    allot(row=row, booths=[held.booth], actor=actor, until=allocation_queries.confirm_until(expo))  # move, write
    record(  # record; tell: within the giving
        actor=actor,
        verb="expos.booth_take",
        target=row,
        province_code=row.delegation.province_id,
        number=held.booth.number,
    )
    return row


def waiting_move_up(*, expo: Expo, but: int = 0) -> int:
    """Let who waits have what fits, in their order: the best booth by their wishes. The edition is locked. How many moved up."""
    if expo.state not in _ALLOTTING:
        return 0
    moved = 0
    for row in floor.lock_waiting(expo):
        options = allocation_queries.options_for(expo, row) if row.pk != but else []
        if not options:
            continue
        booths = floor.lock_booths(options[0].booths)
        until = allocation_queries.confirm_until(expo, allocation_queries.DAYS_MOVED_UP)
        try:
            with transaction.atomic():
                allot(row=row, booths=booths.values(), actor=system_user(), until=until)
        except Taken:  # somebody has begun to hold it this instant: the row goes on waiting
            continue
        record(actor=None, verb="expos.waiting_move_up", target=row, province_code=row.delegation.province_id)
        moved += 1
    return moved
