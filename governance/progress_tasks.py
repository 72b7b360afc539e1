"""What people are told about the progress of a plan, run by the outbox; and the weekly letter. Read next: progress_queries.py."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from celery import shared_task
from django.utils import timezone, translation

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import officers_of
from platform_site.notices.actions import notice_tell
from platform_site.regions.queries import provinces
from platform_site.ui.formats import listed, percent

from . import lights
from . import progress_queries as queries
from .models import AnnualWorkPlan, ProgressReport
from .people_queries import liaison_people, office_people
from .states import ReportState

WEEK = timedelta(days=7)
TITLES = 5
TOKEN = "task_report"


@shared_task(name="governance.report_make_notify")
def report_make_notify(report_id: int) -> None:
    """The group's office and the unit that leads the task, unless it is theirs: somebody else is to verify."""
    report = queries.report_with_task(report_id)
    if report.state != ReportState.SUBMITTED:
        return
    row = queries.row_of(report.task)
    lead = row.lead if row else ""
    people = [*office_people(), *_officers({lead} - {report.province_id})]
    _tell_of_report(report, people, "progress_reported", f"progress-{report.pk}")


@shared_task(name="governance.report_decide_notify")
def report_decide_notify(report_id: int) -> None:
    """Whoever made it, and their colleagues."""
    report = queries.report_with_task(report_id)
    kind = "progress_accepted" if report.state == ReportState.ACCEPTED else "progress_returned"
    people = {person.pk: person for person in [report.made_by, *_officers({report.province_id})]}
    _tell_of_report(report, people.values(), kind, f"progress-{report.pk}-decided")


def _tell_of_report(report: ProgressReport, people: Iterable[User], kind: str, key: str) -> None:
    text = queries.texts_of([report.task_id]).get(report.task_id)
    for person in people:
        with translation.override(person.language):
            notice_tell(
                recipients=[person], kind=kind, key=key, path=f"/governance/tasks/{report.task_id}/",
                year=report.task.plan.year, task=f"{text.number} {text}" if text else "", unit=report.province.name,
                reason=report.reason,
            )  # fmt: skip


@shared_task(name="governance.reminder_send_notify")
def reminder_send_notify(reminder_id: int) -> None:
    """Officers and liaison officers of the units that are late, and of those that lead the tasks: one notice each."""
    reminder = queries.reminder_with_duties(reminder_id)
    duties = list(reminder.duties.all())
    lead = {row.task_id: row.lead for row in queries.board_of(reminder.plan).rows}
    concerned = {code for one in duties for code in (one.province_id, lead.get(one.task_id, "")) if code}
    people = [*_officers(concerned), *liaison_people(concerned)]
    for person in {person.pk: person for person in people}.values():
        with translation.override(person.language):
            notice_tell(
                recipients=[person], kind="progress_reminder", key=f"reminder-{reminder.pk}",
                path=f"/governance/reminders/{reminder.pk}/", year=reminder.plan.year, count=len(duties),
            )  # fmt: skip


@shared_task(name="governance.plan_close_notify")
def plan_close_notify(plan_id: int) -> None:
    """Whoever follows the plan."""
    plan = queries.plan_with(plan_id)
    path = f"/governance/plans/{plan.year}/closing/"
    for person in queries.subscribers(plan):
        notice_tell(recipients=[person], kind="plan_closed", key=f"plan-{plan.pk}-closed", path=path, year=plan.year)


@shared_task(name="governance.progress_digest")
def progress_digest() -> None:
    """The clock's, Monday morning: what the last seven days brought, one notice for each person, plan and ISO week."""
    moment = clock.now()
    for plan in queries.plans_running():
        people = queries.subscribers(plan)
        if people:
            _digest(plan, people, moment)


def _digest(plan: AnnualWorkPlan, people: list[User], moment: datetime) -> None:
    year, number, _day = timezone.localdate(moment).isocalendar()
    board, reports = queries.board_of(plan), queries.accepted_between(plan, moment - WEEK, moment)
    newly = [one for one in board.cells if one.light.is_open and 0 < one.light.late <= WEEK.days]
    if not reports and not newly:
        return
    titles = {row.task_id: row.text for row in board.rows}
    tasks = list(dict.fromkeys(report.task_id for report in reports))
    for person in people:
        with translation.override(person.language):
            notice_tell(
                recipients=[person], kind="progress_digest", key=f"progress-{plan.pk}-{year}-W{number:02d}",
                path=f"/governance/plans/{plan.year}/", year=plan.year, accepted=len(reports), late=len(newly),
                share=percent(board.share, 0), red=board.counts[lights.RED],
                titles=listed(f"{titles[pk].number} {titles[pk]}" for pk in tasks[:TITLES] if pk in titles) or "—",
            )  # fmt: skip


def _officers(codes: Iterable[str]) -> list[User]:
    wanted = set(codes)
    return [person for province in provinces() if province.code in wanted for person in officers_of(province, TOKEN)]
