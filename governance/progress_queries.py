"""How far a plan has got: its duties with their lights, its reports, whom to tell. Few queries, however many tasks and years.

Lock order: Plan, Task, Report. Read next: actions/reports.py, progress_shown.py.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.http import Http404

from platform_site import clock
from platform_site.accounts.models import User

from . import lights
from .lights import Facts, Light
from .models import (
    AnnualWorkPlan,
    Duty,
    PlanTask,
    PlanVersion,
    ProgressReport,
    ProgressSubscription,
    RemindedDuty,
    Reminder,
    ReportFile,
    TaskText,
)
from .plan_queries import lock_plan
from .plan_readers import reader_of
from .states import DutyRole, EditionState, PlanState, ReportKind, ReportState

CARRIED_OUT = (PlanState.PUBLISHED, PlanState.CLOSED)
_ACCEPTED = Q(state=ReportState.ACCEPTED)


@dataclass(frozen=True)
class Cell:
    """One duty with the light of the day."""

    task_id: int
    code: str
    duty: Duty
    facts: Facts
    light: Light

    @property
    def is_lead(self) -> bool:
        return self.duty.role == DutyRole.LEAD


@dataclass(frozen=True)
class Row:
    """One task: its text in force and the duties by province code."""

    text: TaskText
    cells: Mapping[str, Cell]

    @property
    def task_id(self) -> int:
        return self.text.task_id

    @property
    def lead(self) -> str:
        """Code of the unit that leads; empty where none does."""
        return next((code for code, cell in self.cells.items() if cell.is_lead), "")

    @property
    def done(self) -> int:
        return sum(cell.light.state == lights.DONE for cell in self.cells.values())

    @property
    def is_done(self) -> bool:
        return bool(self.cells) and self.done == len(self.cells)

    @property
    def share(self) -> float:
        """Done duties of all duties; a task without any is not begun."""
        return self.done / len(self.cells) if self.cells else 0.0


@dataclass(frozen=True)
class Board:
    """A plan on one day. `moment`: up to when reports count."""

    plan: AnnualWorkPlan
    version: PlanVersion | None
    rows: list[Row]
    today: date
    moment: datetime = field(compare=False)

    @cached_property
    def cells(self) -> list[Cell]:
        return [cell for row in self.rows for cell in row.cells.values()]

    @cached_property
    def counts(self) -> dict[str, int]:
        """Light -> number of duties, in the order of the legend."""
        found = Counter(cell.light.state for cell in self.cells)
        return {state: found[state] for state in lights.STATES}

    @property
    def share(self) -> float:
        return self.counts[lights.DONE] / len(self.cells) if self.cells else 0.0


# ---- plans


def plan_for(year: int) -> AnnualWorkPlan:
    """A plan that is or was carried out; 404 for any other."""
    plan = AnnualWorkPlan.objects.filter(year=year, state__in=CARRIED_OUT).first()
    if plan is None:
        raise Http404
    return plan


def plan_of_year(year: int) -> AnnualWorkPlan:
    """A plan in whatever state; the caller asks who may see it."""
    plan = AnnualWorkPlan.objects.filter(year=year).first()
    if plan is None:
        raise Http404
    return plan


def version_in_force(plan: AnnualWorkPlan) -> PlanVersion | None:
    return PlanVersion.objects.filter(plan=plan, state=EditionState.IN_FORCE).select_related("resolution").first()


def day_of_plan(plan: AnnualWorkPlan, moment: datetime | None = None) -> tuple[datetime, date]:
    """Up to when the plan is looked at: `moment`, or now, but never later than it was closed."""
    upto = moment or clock.now()
    if plan.closed_at is not None:
        upto = min(upto, plan.closed_at)
    return upto, clock.day_of(upto)


def board_of(plan: AnnualWorkPlan, moment: datetime | None = None, version: PlanVersion | None = None) -> Board:
    """The plan now, or as it stood at `moment` by the version in force today: four queries, three where that is at hand."""
    version = version or version_in_force(plan)
    upto, today = day_of_plan(plan, moment)
    texts = TaskText.objects.filter(version=version).select_related("section", "task__carried_from__plan")
    texts = texts.order_by("section__place", "place")
    reported = _reported(plan, upto)
    return Board(
        plan, version, [_row(plan, text, reported, today) for text in texts.prefetch_related("duties")], today, upto
    )


def row_of(task: PlanTask) -> Row | None:
    """One task as it is in force; None where the version in force has no such task: three queries."""
    _upto, today = day_of_plan(task.plan)
    text = (
        TaskText.objects.filter(task=task, version__state=EditionState.IN_FORCE)
        .select_related("section")
        .prefetch_related("duties")
        .first()
    )
    return _row(task.plan, text, _reported(task.plan, _upto, task), today) if text else None


def _reported(plan: AnnualWorkPlan, upto: datetime, task: PlanTask | None = None) -> dict[tuple[int, str], Any]:
    """(task, province) -> the last moments of its reports, as known at `upto`."""
    rows = ProgressReport.objects.filter(task=task) if task else ProgressReport.objects.filter(task__plan=plan)
    known = Q(decided_at__lte=upto)
    waiting = Q(made_at__lte=upto) & (Q(decided_at=None) | Q(decided_at__gt=upto))
    found = (
        rows.order_by()
        .values("task_id", "province_id")
        .annotate(
            done=Max("decided_at", filter=_ACCEPTED & known & Q(kind=ReportKind.COMPLETION)),
            interim=Max("decided_at", filter=_ACCEPTED & known & Q(kind=ReportKind.INTERIM)),
            waits=Max("made_at", filter=waiting),
        )
    )
    return {(row["task_id"], row["province_id"]): row for row in found}


def _row(plan: AnnualWorkPlan, text: TaskText, reported: Mapping[tuple[int, str], Any], today: date) -> Row:
    cells = {}
    for duty in sorted(text.duties.all(), key=lambda one: one.province_id):
        facts = _facts(plan, text, reported.get((text.task_id, duty.province_id), {}))
        cells[duty.province_id] = Cell(text.task_id, duty.province_id, duty, facts, lights.light(facts, today))
    return Row(text, cells)


def _facts(plan: AnnualWorkPlan, text: TaskText, found: Mapping[str, Any]) -> Facts:
    day = {name: clock.day_of(found[name]) if found.get(name) else None for name in ("done", "interim", "waits")}
    return Facts(
        in_force=plan.state in CARRIED_OUT, has_duty=True, due_on=text.due_on or date(plan.year, 12, 31),
        done_on=day["done"], reported_on=day["interim"], waiting_since=day["waits"],
    )  # fmt: skip


def unfinished_tasks(plan: AnnualWorkPlan, version: PlanVersion | None = None) -> list[Row]:
    """Tasks of which a duty is not done: what next year's plan may carry over, with a reason."""
    return [row for row in board_of(plan, version=version).rows if not row.is_done]


def carried(plan: AnnualWorkPlan) -> dict[int, PlanTask]:
    """Task of this plan -> the task of a later plan that carries it on, with its reason: one query."""
    rows = PlanTask.objects.filter(carried_from__plan=plan).select_related("plan")
    return {task.carried_from_id: task for task in rows if task.carried_from_id}


# ---- tasks and reports


def task_for(pk: int) -> PlanTask:
    """A task of a plan that is carried out, for anybody; 404 for one that is only drafted."""
    task = (
        PlanTask.objects.filter(pk=pk, plan__state__in=CARRIED_OUT).select_related("plan", "carried_from__plan").first()
    )
    if task is None:
        raise Http404
    return task


def lock_task(task_id: int) -> PlanTask:
    """The plan first, then the task: a plan that is being closed is waited for."""
    plan_id = PlanTask.objects.values_list("plan_id", flat=True).get(pk=task_id)
    lock_plan(plan_id)
    return PlanTask.objects.select_for_update(of=("self",), no_key=True).select_related("plan").get(pk=task_id)


def lock_report(report_id: int) -> ProgressReport:
    """Plan, task, then the report with both."""
    lock_task(ProgressReport.objects.values_list("task_id", flat=True).get(pk=report_id))
    rows = ProgressReport.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("task__plan", "province").get(pk=report_id)


def duty_of(task: PlanTask, code: str) -> Duty | None:
    """What the version in force gives the province to do in the task."""
    return Duty.objects.filter(
        text__task=task, text__version__state=EditionState.IN_FORCE, province=code
    ).select_related("text", "province").first()  # fmt: skip


def is_done(task: PlanTask, code: str) -> bool:
    return ProgressReport.objects.filter(_ACCEPTED, task=task, province=code, kind=ReportKind.COMPLETION).exists()


def duty_or_404(task: PlanTask, code: str) -> Duty:
    """What the province has to do in the task; nothing to report on where it has nothing to do."""
    duty = duty_of(task, code)
    if duty is None:
        raise Http404
    return duty


def reports_of(task: PlanTask, *, inside: bool) -> QuerySet[ProgressReport]:
    """Latest first: all of them for whoever reads the evidence, for everybody else what was accepted."""
    rows = ProgressReport.objects.filter(task=task).select_related("province", "made_by", "decided_by", "decided_for")
    return rows.prefetch_related("files__file") if inside else rows.filter(_ACCEPTED)


def report_for(user: User, pk: int) -> ProgressReport:
    """A report for whoever reads the evidence; 404 for everybody else."""
    rows = ProgressReport.objects.select_related("task__plan", "province", "made_by").prefetch_related("files__file")
    report = rows.filter(pk=pk).first() if reader_of(user).reads_evidence else None
    if report is None:
        raise Http404
    return report


def report_file_for(user: User, pk: int) -> ReportFile:
    """A paper of evidence; 404 for whoever may not read it."""
    row = ReportFile.objects.select_related("file").filter(pk=pk).first() if reader_of(user).reads_evidence else None
    if row is None:
        raise Http404
    return row


def accepted_between(plan: AnnualWorkPlan, begin: datetime, end: datetime) -> list[ProgressReport]:
    """Reports of the plan that were verified in a period, half-open, with their units, in the order of the day."""
    rows = ProgressReport.objects.filter(_ACCEPTED, task__plan=plan, decided_at__gte=begin, decided_at__lt=end)
    return list(rows.select_related("province", "decided_for").order_by("decided_at", "id"))


# ---- letters and subscriptions


def reminder_for(user: User, pk: int) -> Reminder:
    """A letter for whoever reads the evidence; 404 for everybody else."""
    row = (
        Reminder.objects.select_related("plan", "made_by").filter(pk=pk).first()
        if reader_of(user).reads_evidence
        else None
    )
    if row is None:
        raise Http404
    return row


def reminded(reminder: Reminder) -> list[RemindedDuty]:
    return list(reminder.duties.select_related("province"))


def quiet_duties(plan: AnnualWorkPlan, today: date) -> set[tuple[int, str]]:
    """(task, province) that a letter of the last days has named."""
    rows = RemindedDuty.objects.filter(reminder__plan=plan, told_on__lte=today, quiet_until__gt=today)
    return set(rows.values_list("task_id", "province_id"))


def reminder_with_duties(pk: int) -> Reminder:
    return Reminder.objects.select_related("plan").prefetch_related("duties").get(pk=pk)


def texts_of(task_ids: Iterable[int]) -> dict[int, TaskText]:
    """The text in force of each task."""
    rows = TaskText.objects.filter(task__in=list(task_ids), version__state=EditionState.IN_FORCE)
    return {text.task_id: text for text in rows.select_related("section")}


def is_subscribed(user: User, plan: AnnualWorkPlan) -> bool:
    return user.is_authenticated and ProgressSubscription.objects.filter(plan=plan, user=user).exists()


def subscribers(plan: AnnualWorkPlan) -> list[User]:
    return [row.user for row in ProgressSubscription.objects.filter(plan=plan).select_related("user")]


def report_with_task(pk: int) -> ProgressReport:
    return ProgressReport.objects.select_related("task__plan", "province", "made_by", "decided_for").get(pk=pk)


def plan_with(pk: int) -> AnnualWorkPlan:
    return AnnualWorkPlan.objects.get(pk=pk)


def plans_running() -> list[AnnualWorkPlan]:
    return list(AnnualWorkPlan.objects.filter(state=PlanState.PUBLISHED))
