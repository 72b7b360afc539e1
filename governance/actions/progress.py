"""What is done about a plan as a whole while it is carried out: targets, letters, subscriptions, the close. Read next: reports.py."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from governance import indicator_queries, plan_queries, rules
from governance import progress_queries as queries
from governance.indicators import INDICATORS
from governance.models import (
    AnnualWorkPlan,
    IndicatorSnapshot,
    IndicatorTarget,
    ProgressSubscription,
    RemindedDuty,
    Reminder,
)
from governance.states import PLAN_MOVES, PlanState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit
from platform_site.states import move

QUIET = timedelta(days=3)  # between two letters about the same duty
DRAFTED = (PlanState.DRAFT, PlanState.CONSULTATION)


@transaction.atomic
def targets_save(*, plan_id: int, actor: User, targets: Mapping[tuple[str, str], Decimal]) -> AnnualWorkPlan:
    """Set what the plan aims at: (indicator, province code or "" for all six) -> target; what is not named is dropped.

    Raises: NotAllowed (not the group's office); Conflict (the plan is tabled already).
    """
    plan = plan_queries.lock_plan(plan_id)  # lock
    require(rules.targets_save, actor, plan, _("指标目标值由领导小组办公室填写。"))  # may
    if plan.state not in DRAFTED:
        raise Conflict(_("计划已提请审议，目标值不能再改。"), _("要调整的，请退回起草后再改。"))
    versions = {one.slug: one.version for one in INDICATORS}
    IndicatorTarget.objects.filter(plan=plan).delete()  # move, write
    IndicatorTarget.objects.bulk_create(
        IndicatorTarget(plan=plan, slug=slug, version=versions[slug], province_id=code or None, target=value)
        for (slug, code), value in sorted(targets.items())
    )
    record(actor=actor, verb="governance.targets_save", target=plan, year=plan.year, targets=len(targets))  # record
    return plan


@transaction.atomic
def reminder_send(*, plan_id: int, actor: User, task_id: int | None = None) -> Reminder:
    """Write to the units that are late, of one task or of all: who was told of what stands in the letter.

    Raises: NotAllowed (not the group's office); Conflict (the plan is closed, nothing is late, or all that is late was
    called to mind within three days).
    """
    plan = plan_queries.lock_plan(plan_id)  # lock
    require(rules.reminder_send, actor, plan, _("催办函由领导小组办公室发出。"))  # may
    if plan.state != PlanState.PUBLISHED:
        raise Conflict(_("计划不在施行中，不能催办。"))
    board = queries.board_of(plan)
    late = [one for one in board.cells if one.light.is_open and one.light.late and task_id in (None, one.task_id)]
    if not late:
        raise Conflict(_("没有逾期的分工，不需要催办。"))
    quiet = queries.quiet_duties(plan, board.today)
    due = [one for one in late if (one.task_id, one.code) not in quiet]
    if not due:
        raise Conflict(_("逾期的分工三天内都已催办过。"), _("同一项分工每三天最多催办一次。"))
    serial = plan.reminders.count() + 1
    reminder = Reminder.objects.create(plan=plan, serial=serial, made_by=actor, made_at=clock.now())  # move, write
    RemindedDuty.objects.bulk_create(
        RemindedDuty(
            reminder=reminder, task_id=one.task_id, province_id=one.code, due_on=one.facts.due_on, light=one.light.state,
            told_on=board.today, quiet_until=board.today + QUIET,
        )
        for one in due
    )  # fmt: skip
    record(actor=actor, verb="governance.reminder_send", target=reminder, year=plan.year, duties=len(due))  # record
    after_commit("governance.reminder_send_notify", reminder_id=reminder.pk)  # tell
    return reminder


@transaction.atomic
def progress_subscribe(*, plan_id: int, actor: User) -> ProgressSubscription:
    """Want the weekly letter on a plan; wanting it twice is wanting it once."""
    plan = plan_queries.lock_plan(plan_id)  # lock
    row, is_new = ProgressSubscription.objects.get_or_create(  # write
        plan=plan, user=actor, defaults={"since": clock.now()}
    )
    if is_new:
        record(actor=actor, verb="governance.progress_subscribe", target=plan, year=plan.year)  # record
    return row


@transaction.atomic
def progress_unsubscribe(*, plan_id: int, actor: User) -> None:
    """Want it no longer."""
    plan = plan_queries.lock_plan(plan_id)  # lock
    gone, _rows = ProgressSubscription.objects.filter(plan=plan, user=actor).delete()  # write
    if gone:
        record(actor=actor, verb="governance.progress_unsubscribe", target=plan, year=plan.year)  # record


@transaction.atomic
def plan_close(*, plan_id: int, actor: User) -> AnnualWorkPlan:
    """Close a plan after its year, or once every duty is done, and keep what its indicators have come to.

    Raises: NotAllowed (not the group's office); Conflict (the year goes on and something is open); MoveRefused.
    """
    plan = plan_queries.lock_plan(plan_id)  # lock
    require(rules.plan_close, actor, plan, _("年度总结由领导小组办公室办理。"))  # may
    if plan.state == PlanState.PUBLISHED and clock.today().year <= plan.year and queries.unfinished_tasks(plan):
        raise Conflict(
            _("年度还没有结束，并且有任务尚未完成。"), _("可以在次年一月一日以后，或者全部任务销号以后总结。")
        )
    move(plan, PlanState.CLOSED, PLAN_MOVES)  # move
    plan.closed_at = clock.now()
    plan.save(update_fields=["state", "closed_at"])  # write
    kept = _snapshots(plan)
    record(actor=actor, verb="governance.plan_close", target=plan, year=plan.year, figures=kept)  # record
    after_commit("governance.plan_close_notify", plan_id=plan.pk)  # tell
    return plan


def _snapshots(plan: AnnualWorkPlan) -> int:
    """What was counted at the close, of every indicator and province; answers how many figures."""
    assert plan.closed_at is not None  # plan_close has just written it
    found = indicator_queries.counted(plan.year)
    rows = [
        IndicatorSnapshot(
            plan=plan,
            slug=one.slug,
            version=one.version,
            province_id=code or None,
            value=value,
            as_of=plan.closed_at,
            months=None if code or one.is_money or not one.is_flow else found.by_slug[one.slug].by_month,
        )
        for one in INDICATORS
        for code, value in found.by_slug[one.slug].values.items()
    ]
    IndicatorSnapshot.objects.bulk_create(rows)
    return len(rows)
