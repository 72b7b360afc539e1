"""What of the plans in force waits for somebody: duties that are due, reports to verify. Read next: portal/plan_desk.py."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import BigIntegerField, Count, DateField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce

from platform_site.accounts.models import User

from .models import Duty, ProgressReport, TaskText
from .states import EditionState, PlanState, ReportKind, ReportState


def duties_due(today: date, codes: Iterable[str] | None, ahead: int) -> QuerySet[Duty]:
    """Duties of plans in force that are not done and due within `ahead` days (0: overdue), by their day, with `due`.

    Of the provinces named, or of all six; those whose report waits for somebody else are left out.
    """
    done = ProgressReport.objects.filter(
        Q(state=ReportState.SUBMITTED) | (Q(state=ReportState.ACCEPTED) & Q(kind=ReportKind.COMPLETION)),
        task=OuterRef("text__task"), province=OuterRef("province"),
    )  # fmt: skip
    year_end = Func(F("text__version__plan__year"), 12, 31, function="make_date", output_field=DateField())
    rows = Duty.objects.filter(
        text__version__state=EditionState.IN_FORCE, text__version__plan__state=PlanState.PUBLISHED
    )
    rows = rows.annotate(due=Coalesce("text__due_on", year_end)).filter(~Exists(done))
    rows = rows.filter(due__lte=today + timedelta(days=ahead)) if ahead else rows.filter(due__lt=today)
    if codes is not None:
        rows = rows.filter(province__in=list(codes))
    return rows.order_by("due", "pk")


def reports_waiting(user: User, codes: Iterable[str]) -> QuerySet[ProgressReport]:
    """Reports that wait for another unit than the reader's."""
    rows = ProgressReport.objects.filter(state=ReportState.SUBMITTED, task__plan__state=PlanState.PUBLISHED)
    return rows.exclude(province__in=list(codes)).exclude(made_by=user)


class Waiting(NamedTuple):
    """One line of a desk: a duty that is due, or with `report` one that is to be verified."""

    report: int | None
    task: int
    code: str
    year: int
    section: int | None
    place: int | None
    title_zh: str | None
    title_en: str | None
    due: date | None


def waiting_for(user: User, codes: list[str] | None, today: date, ahead: int, most: int) -> list[Waiting]:
    """Duties that are due, by their day, then reports to verify, oldest first, at most `most` of each: one query."""
    duties = duties_due(today, codes, ahead).values_list(
        Cast(Value(None), BigIntegerField()), "text__task", "province", "text__version__plan__year",
        "text__section__place", "text__place", "text__title_zh", "text__title_en", "due",
    )  # fmt: skip
    text = TaskText.objects.filter(task=OuterRef("task"), version__state=EditionState.IN_FORCE)
    said = [Subquery(text.values(name)[:1]) for name in ("section__place", "place", "title_zh", "title_en")]
    reports = (
        reports_waiting(user, codes or [])
        .order_by("made_at", "pk")
        .values_list("pk", "task", "province", "task__plan__year", *said, Cast(Value(None), DateField()))
    )
    return [Waiting(*row) for row in duties[:most].union(reports[:most], all=True)]


def done_by_province(year: int) -> dict[str, tuple[int, int]]:
    """Province code -> duties done and duties in all, of a year's plan in force; empty where there is none. One query."""
    done = ProgressReport.objects.filter(
        task=OuterRef("text__task"),
        province=OuterRef("province"),
        state=ReportState.ACCEPTED,
        kind=ReportKind.COMPLETION,
    )
    rows = Duty.objects.filter(
        text__version__state=EditionState.IN_FORCE, text__version__plan__year=year,
        text__version__plan__state__in=[PlanState.PUBLISHED, PlanState.CLOSED],
    )  # fmt: skip
    counted = rows.annotate(is_done=Exists(done)).order_by().values("province")
    found = counted.annotate(all=Count("pk"), done=Count("pk", filter=Q(is_done=True)))
    return {row["province"]: (row["done"], row["all"]) for row in found}
