"""The allocation: asked for by the host, reckoned by the worker stage by stage, looked at, and put in force. Read next: ../floor_tasks.py."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from expos import allocation_queries, queries
from expos import floor_queries as floor
from expos import floor_rules as rules
from expos.actions.allotments import allot
from expos.allocation import Plan
from expos.models import AllocationPlace, AllocationRun
from expos.states import APPLICATION_MOVES, RUN_MOVES, ApplicationState, ExpoState, RunState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit
from platform_site.states import move


@transaction.atomic
def allocation_start(*, expo_id: int, actor: User) -> AllocationRun:
    """Put a reckoning in the worker's queue. Raises: NotAllowed; Conflict (not allocating, reviews open, one at work)."""
    expo = queries.lock_expo(expo_id)  # lock
    require(rules.allocation_start, actor, expo)  # may
    if expo.state != ExpoState.ALLOCATING:
        raise Conflict(_("排位在报名截止、展会进入“排位中”以后进行。"))
    waits = floor.BoothApplication.objects.filter(expo=expo, state=ApplicationState.SUBMITTED).count()
    if waits:
        raise Conflict(_("还有 %(count)d 份申请没有预审。") % {"count": waits}, _("请各代表团先完成预审。"))
    try:
        with transaction.atomic():  # move, write
            run = AllocationRun.objects.create(expo=expo, made_by=actor, made_at=clock.now())
    except IntegrityError as busy:
        raise Conflict(_("已有一次排位正在计算。")) from busy
    record(  # record; tell: the worker looks every ten seconds
        actor=actor, verb="expos.allocation_start", target=run, province_code=expo.host_id
    )
    return run


@transaction.atomic
def allocation_cancel(*, run_id: int, actor: User) -> AllocationRun:
    """Stop a reckoning, or drop its plan. Raises: NotAllowed; MoveRefused."""
    run = allocation_queries.lock_run(run_id)  # lock
    require(rules.allocation_cancel, actor, run.expo)  # may
    move(run, RunState.CANCELLED, RUN_MOVES)  # move
    run.done_at = clock.now()
    run.save(update_fields=["state", "done_at"])  # write
    record(  # record; tell: the worker sees it
        actor=actor, verb="expos.allocation_cancel", target=run, province_code=run.expo.host_id
    )
    return run


@transaction.atomic
def run_begin(*, run_id: int) -> bool:
    """The worker takes it up; False where it was cancelled meanwhile."""
    run = allocation_queries.lock_run(run_id)
    if run.state != RunState.QUEUED:
        return False
    move(run, RunState.RUNNING, RUN_MOVES)
    run.save(update_fields=["state"])
    return True


@transaction.atomic
def run_stage(*, run_id: int, stage: int) -> None:
    """So many stages are done: what the page shows."""
    AllocationRun.objects.filter(pk=run_id, state=RunState.RUNNING).update(stage=stage)


@transaction.atomic
def run_end(*, run_id: int, plan: Plan | None, reason: str = "") -> bool:
    """Keep the plan, or why there is none; False where it was cancelled meanwhile."""
    run = allocation_queries.lock_run(run_id)
    if run.state != RunState.RUNNING:
        return False
    move(run, RunState.DONE if plan is not None else RunState.FAILED, RUN_MOVES)
    run.reason, run.done_at = reason, clock.now()
    run.save(update_fields=["state", "reason", "done_at"])
    AllocationPlace.objects.bulk_create(
        AllocationPlace(run=run, application_id=pk, booth_id=booth)
        for pk, booths in (plan or {}).items()
        for booth in booths
    )
    return True


@transaction.atomic
def allocation_apply(*, run_id: int, actor: User, until: date | None = None) -> AllocationRun:
    """Put a plan in force: who has a place in it is given it until a day to confirm, everybody else waits.

    Raises: NotAllowed; MoveRefused; Taken (a booth went meanwhile); Conflict (another day, applications changed since).
    """
    expo = queries.lock_expo(AllocationRun.objects.values_list("expo_id", flat=True).get(pk=run_id))  # lock
    plan = allocation_queries.plan_of(AllocationRun(pk=run_id))
    booths = floor.lock_booths(pk for found in plan.values() for pk in found)
    run = allocation_queries.lock_run(run_id)
    require(rules.allocation_apply, actor, expo)  # may
    if expo.state != ExpoState.ALLOCATING:
        raise Conflict(_("展会不在排位中，不再采用方案。"))
    until = until or allocation_queries.confirm_until(expo)
    if until < clock.today() or expo.starts_on and until >= expo.starts_on:
        raise Conflict(_("确认截止日须在今天以后、开展之前。"))
    move(run, RunState.APPLIED, RUN_MOVES)  # move
    run.save(update_fields=["state"])
    rows = floor.BoothApplication.objects.select_for_update(of=("self",), no_key=True).select_related(
        "exhibitor", "delegation"
    )
    for row in rows.filter(expo=expo, state__in=allocation_queries.OPEN_TO_RUN).order_by("pk"):  # write
        if row.pk in plan:
            allot(row=row, booths=[booths[pk] for pk in plan[row.pk]], actor=actor, until=until)
        elif row.state == ApplicationState.PRE_REVIEWED:
            move(row, ApplicationState.WAITING, APPLICATION_MOVES)
            row.save(update_fields=["state"])
            after_commit("expos.application_notify", application_id=row.pk, state=str(row.state))  # tell
    record(  # record
        actor=actor, verb="expos.allocation_apply", target=run, province_code=expo.host_id, placed=len(plan),
        until=until.isoformat(),
    )  # fmt: skip
    return run
