"""Progress reports: a unit reports on its own duty, another one verifies. Read next: ../progress_queries.py.

Lock order: plan, task, report. A light is never written: it follows from what is accepted here.
"""

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from governance import progress_queries as queries
from governance import rules
from governance.models import AnnualWorkPlan, ProgressReport, ReportFile
from governance.states import REPORT_MOVES, PlanState, ReportKind, ReportState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict, NotAllowed
from platform_site.files import store
from platform_site.outbox.queue import after_commit
from platform_site.states import move


@transaction.atomic
def report_make(
    *, task_id: int, code: str, actor: User, kind: str, words: str, uploads: Sequence[UploadedFile] = ()
) -> ProgressReport:
    """Report on the duty of province `code` in a task, with evidence; it counts once another unit has verified it.

    Raises: NotAllowed (not an officer of that province, or it has no duty in the task); Conflict (the plan is closed,
    the duty is done already, or an earlier report still waits).
    """
    task = queries.lock_task(task_id)  # lock
    require(rules.report_make, actor, code, _("只能报告本单位的分工。"))  # may
    if queries.duty_of(task, code) is None:
        raise NotAllowed(_("本单位在这项任务中没有分工。"), _("分工以计划现行版本为准，要调整的请提请修订。"))
    _require_running(task.plan)
    if queries.is_done(task, code):
        raise Conflict(_("这项分工已经核验完成，不需要再报告。"))
    if task.reports.filter(province=code, state=ReportState.SUBMITTED).exists():
        raise Conflict(_("上一份报告还在等待核验。"), _("可以撤回后重新提交。"))
    report = ProgressReport.objects.create(  # move, write
        task=task, province_id=code, kind=ReportKind(kind), words=words.strip(), made_by=actor, made_at=clock.now()
    )
    files = [ReportFile(report=report, file=store.store(upload=upload, owner=actor)) for upload in uploads]
    ReportFile.objects.bulk_create(files)
    record(  # record
        actor=actor, verb="governance.report_make", target=report, province_code=code, task=task.pk, kind=report.kind,
        files=len(files),
    )  # fmt: skip
    after_commit("governance.report_make_notify", report_id=report.pk)  # tell
    return report


@transaction.atomic
def report_accept(*, report_id: int, actor: User) -> ProgressReport:
    """Verify for another unit that the report is true; a report of completion makes the duty done (销号).

    Raises: NotAllowed (one's own unit, or none that verifies); Conflict (the plan is closed); MoveRefused (decided already).
    """
    report = queries.lock_report(report_id)  # lock
    require(rules.report_accept, actor, report, *_another_unit())  # may
    _require_running(report.task.plan)
    _decide(report, ReportState.ACCEPTED, actor)  # move, write
    _recorded(report, actor, "governance.report_accept")  # record
    after_commit("governance.report_decide_notify", report_id=report.pk)  # tell
    return report


@transaction.atomic
def report_return(*, report_id: int, actor: User, reason: str) -> ProgressReport:
    """Do not accept the report, and say what is missing; the unit may report anew.

    Raises: NotAllowed (as report_accept); Conflict (no reason, the plan is closed); MoveRefused (decided already).
    """
    report = queries.lock_report(report_id)  # lock
    require(rules.report_return, actor, report, *_another_unit())  # may
    _require_running(report.task.plan)
    if not reason.strip():
        raise Conflict(_("请写明退回的理由。"))
    report.reason = reason.strip()
    _decide(report, ReportState.RETURNED, actor)  # move, write
    _recorded(report, actor, "governance.report_return")  # record
    after_commit("governance.report_decide_notify", report_id=report.pk)  # tell
    return report


@transaction.atomic
def report_withdraw(*, report_id: int, actor: User) -> ProgressReport:
    """Take back what one's own unit has handed in, while nobody has decided on it.

    Raises: NotAllowed (another unit's); MoveRefused (decided already).
    """
    report = queries.lock_report(report_id)  # lock
    require(rules.report_withdraw, actor, report, _("只有报告的单位可以撤回。"))  # may
    move(report, ReportState.WITHDRAWN, REPORT_MOVES)  # move
    report.decided_by, report.decided_at = actor, clock.now()  # write
    report.save(update_fields=["state", "decided_by", "decided_at"])
    _recorded(report, actor, "governance.report_withdraw")  # record; tell: nobody waits for anything
    return report


# ---- helpers; the rows are locked


def _require_running(plan: AnnualWorkPlan) -> None:
    if plan.state != PlanState.PUBLISHED:
        raise Conflict(_("计划不在施行中，不能再报告或核验。"), _("未完成的任务由下一年度计划结转。"))


def _another_unit() -> tuple[str, str]:
    """Why somebody may not verify, and what then."""
    return (
        _("本单位的报告须由其他单位或者领导小组办公室核验。"),
        _("请等待其他省的审核员或者领导小组办公室办理。"),
    )


def _decide(report: ProgressReport, state: ReportState, actor: User) -> None:
    move(report, state, REPORT_MOVES)
    report.decided_by, report.decided_at = actor, clock.now()
    report.decided_for_id = rules.verifying_unit(actor, report.province_id) or None
    report.save(update_fields=["state", "reason", "decided_by", "decided_at", "decided_for"])


def _recorded(report: ProgressReport, actor: User, verb: str) -> None:
    record(
        actor=actor, verb=verb, target=report, province_code=report.province_id, task=report.task_id, kind=report.kind,
        by=report.decided_for_id or "",
    )  # fmt: skip
