"""Reads over plans: who sees one under way, its text, its opinions; the getters that lock. Read next: actions/plans.py.

Lock order: Seat, Term, Meeting, Plan, Version, Section, Task. Whoever writes one text shares the plan and the version, so
that two editors of two tasks do not wait for each other; whoever changes the order or the state holds them alone.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from platform_site import clock
from platform_site.accounts.models import User

from .models import (
    AnnualWorkPlan,
    Duty,
    Meeting,
    PlanComment,
    PlanTask,
    PlanVersion,
    Section,
    TaskText,
)
from .plan_changes import changes
from .plan_readers import Reader, roles_of
from .plan_text import PREFACE, REASON, TASK, Assignment, Chapter, Document, TaskLine
from .states import CommentState, EditionState, MeetingState, PlanState

PUBLIC = (PlanState.PUBLISHED, PlanState.CLOSED)
PUBLIC_EDITIONS = (EditionState.IN_FORCE, EditionState.SUPERSEDED)
UNDER_WAY = (EditionState.WORKING, EditionState.TABLED, EditionState.ADOPTED)


# ---- plans


def plans_visible_to(reader: Reader) -> QuerySet[AnnualWorkPlan]:
    rows = AnnualWorkPlan.objects.all()
    return rows if reader.is_inside else rows.filter(state__in=PUBLIC)


def plan_for(reader: Reader, year: int) -> AnnualWorkPlan:
    """The gate: 404 for a plan that is not there, or not theirs to see."""
    found = plans_visible_to(reader).filter(year=year).first()
    if found is None:
        raise Http404
    return found


def plan_list(reader: Reader) -> QuerySet[AnnualWorkPlan]:
    """With how many tasks the newest version has that the reader may see."""
    shown = Q(versions__state__in=PUBLIC_EDITIONS) if not reader.is_inside else Q()
    newest = PlanVersion.objects.filter(plan=OuterRef("pk")).exclude(state=EditionState.DROPPED).order_by("-number")
    if not reader.is_inside:
        newest = newest.filter(state__in=PUBLIC_EDITIONS)
    tasks = TaskText.objects.filter(version=OuterRef("newest")).order_by().values("version").annotate(n=Count("pk"))
    rows = plans_visible_to(reader).annotate(newest=Subquery(newest.values("pk")[:1]))
    return rows.annotate(
        task_count=Subquery(tasks.values("n")[:1]),
        edition=Subquery(newest.values("number")[:1]),
        edition_count=Count("versions", filter=shown, distinct=True),
    ).order_by("-year")  # an aggregate drops the usual order


def waiting_plans(user: User) -> list[AnnualWorkPlan]:
    """Plans on which somebody has something to do, with what it is (`unanswered`, `is_signed`, `working`) and what

    the user is to them (plan_readers.roles_of). One query.
    """
    version = PlanVersion.objects.filter(plan=OuterRef("pk"), state__in=UNDER_WAY)
    asked = PlanComment.objects.filter(version__plan=OuterRef("pk"), state=CommentState.OPEN).order_by()
    rows = AnnualWorkPlan.objects.annotate(
        working=Subquery(version.values("state")[:1]),
        is_signed=Exists(version.filter(signature__isnull=False)),
        unanswered=Coalesce(Subquery(asked.values("version__plan").annotate(n=Count("pk")).values("n")[:1]), 0),
        **roles_of(user),
    )
    return list(rows.filter(working__isnull=False).order_by("year"))


# ---- versions and their text


def versions_of(plan: AnnualWorkPlan, reader: Reader) -> list[PlanVersion]:
    """Those that the reader may read, the first one first, each with its resolution."""
    rows = plan.versions.select_related("resolution", "plan", "signature__holder", "signature__deputy__user")
    return list(rows if reader.is_inside else rows.filter(state__in=PUBLIC_EDITIONS))


def current(versions: Iterable[PlanVersion]) -> PlanVersion | None:
    """The one in force, or while there is none the latest that was not given up."""
    alive = [one for one in versions if one.state != EditionState.DROPPED]
    in_force = [one for one in alive if one.state == EditionState.IN_FORCE]
    return next(iter(in_force or alive[-1:]), None)


def under_way(plan: AnnualWorkPlan) -> PlanVersion | None:
    """The version that is worked on, before the group, or adopted and not in force."""
    return plan.versions.filter(state__in=UNDER_WAY).select_related("plan", "resolution").first()


def editable(plan: AnnualWorkPlan, version: PlanVersion | None) -> bool:
    """The first version while it is drafted and while opinions are asked for; an amendment of a published plan."""
    if version is None or version.state != EditionState.WORKING:
        return False
    if version.number == 1:
        return plan.state in (PlanState.DRAFT, PlanState.CONSULTATION)
    return plan.state == PlanState.PUBLISHED


def document_of(version: PlanVersion) -> Document:
    """Everything the version says: three queries, whatever its length. `version.plan` is at hand."""
    duties = Prefetch("duties", Duty.objects.order_by("province"))
    texts = TaskText.objects.filter(version=version).select_related("section", "task__carried_from__plan")
    by_section: dict[int, list[TaskLine]] = {}
    for text in texts.order_by("section__place", "place").prefetch_related(duties):
        by_section.setdefault(text.section_id, []).append(line_of(text))
    chapters = tuple(
        Chapter(one.pk, one.place, one.title_zh, one.title_en, tuple(by_section.get(one.pk, ())), one.revision)
        for one in Section.objects.filter(version=version).order_by("place")
    )
    values = {name: getattr(version, name) for name in (*PREFACE, *REASON)}
    return Document(version.plan.year, version.number, chapters=chapters, **values)


def line_of(text: TaskText) -> TaskLine:
    duties = tuple(assignment(duty) for duty in text.duties.all())
    source = text.task.carried_from
    return TaskLine(
        task=text.task_id, text=text.pk, number=text.number, duties=duties, revision=text.revision,
        carried_from=source.plan.year if source else None, carried_because=text.task.carried_because,
        **{name: getattr(text, name) for name in TASK},
    )  # fmt: skip


def assignment(duty: Duty) -> Assignment:
    return Assignment(duty.province_id, duty.role, duty.what_zh, duty.what_en)


def text_of(version: PlanVersion, task_id: int) -> TaskText | None:
    """What the version says of a task, with its chapter and duties; None when it says nothing."""
    rows = TaskText.objects.filter(version=version, task=task_id).select_related("section", "task__carried_from__plan")
    return rows.prefetch_related(Prefetch("duties", Duty.objects.order_by("province"))).first()


def section_of(version: PlanVersion, pk: int) -> Section | None:
    return Section.objects.filter(version=version, pk=pk).first()


# ---- opinions


def comments_of(version: PlanVersion) -> QuerySet[PlanComment]:
    rows = PlanComment.objects.filter(version=version).order_by("id")
    return rows.select_related("seat__province", "task", "made_by", "answered_by", "version__plan")


def unanswered(version: PlanVersion) -> int:
    return PlanComment.objects.filter(version=version, state=CommentState.OPEN).count()


def comment_for(reader: Reader, year: int, pk: int) -> PlanComment:
    plan = plan_for(reader, year)
    found = PlanComment.objects.filter(version__plan=plan, pk=pk)
    row = found.select_related("seat__province", "task", "made_by", "answered_by", "version__plan").first()
    if row is None or not reader.is_inside:
        raise Http404
    return row


def consultation_runs(plan: AnnualWorkPlan, moment: Any = None) -> bool:
    """Whether opinions are still taken: to the end of the last day, by the clock of the database."""
    if plan.state != PlanState.CONSULTATION or plan.consultation_ends_on is None:
        return False
    return clock.day_of(moment or clock.database_now()) <= plan.consultation_ends_on


# ---- last year's plan, meetings, numbers


def last_years(plan: AnnualWorkPlan) -> PlanVersion | None:
    """The version in force of the plan of the year before."""
    rows = PlanVersion.objects.filter(plan__year=plan.year - 1, state=EditionState.IN_FORCE)
    return rows.select_related("plan").first()


def task_of(version: PlanVersion, task_id: int) -> PlanTask | None:
    return PlanTask.objects.select_related("plan").filter(texts__version=version, pk=task_id).first()


def carried_into(plan: AnnualWorkPlan, version: PlanVersion) -> set[int]:
    """Keys of last year's tasks that stand in this version."""
    rows = TaskText.objects.filter(version=version, task__plan=plan, task__carried_from__isnull=False)
    return {key for key in rows.values_list("task__carried_from", flat=True) if key is not None}


def meetings_ahead() -> list[Meeting]:
    """Where something can still be put on the agenda."""
    rows = Meeting.objects.filter(state__in=[MeetingState.PREPARING, MeetingState.CALLED])
    return list(rows.order_by("starts_at", "id"))


def next_serial(prefix: str, suffix: str) -> int:
    """The next free number of documents of the year."""
    numbers = AnnualWorkPlan.objects.filter(document_number__startswith=prefix).values_list(
        "document_number", flat=True
    )
    serials = [int(text) for number in numbers if (text := number[len(prefix) : -len(suffix)]).isdigit()]
    return max(serials, default=0) + 1


# ---- locks


def _share(rows: QuerySet) -> list[Any]:
    """The rows' keys, locked so that others may share them and nobody changes them."""
    query, values = rows.order_by("pk").values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"{query} FOR SHARE", values)
        return [row[0] for row in cursor.fetchall()]


def _share_plan(version_id: int) -> None:
    plan_id = PlanVersion.objects.values_list("plan", flat=True).get(pk=version_id)
    _share(AnnualWorkPlan.objects.filter(pk=plan_id))


def share_version(version_id: int) -> PlanVersion:
    """For writing one text of it: its plan and itself are not moved meanwhile."""
    _share_plan(version_id)
    _share(PlanVersion.objects.filter(pk=version_id))
    return PlanVersion.objects.select_related("plan").get(pk=version_id)


def lock_plan(pk: int) -> AnnualWorkPlan:
    return AnnualWorkPlan.objects.select_for_update(no_key=True).get(pk=pk)


def lock_version(pk: int) -> PlanVersion:
    """The plan first, then the version, both for this writer alone."""
    plan = lock_plan(PlanVersion.objects.values_list("plan", flat=True).get(pk=pk))
    version = PlanVersion.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    version.plan = plan
    return version


def lock_under_way(plan_id: int) -> PlanVersion | None:
    """The plan's version under way, both locked; None where there is none."""
    plan = lock_plan(plan_id)
    rows = PlanVersion.objects.select_for_update(of=("self",), no_key=True).filter(plan=plan, state__in=UNDER_WAY)
    version = rows.first()
    if version is not None:
        version.plan = plan
    return version


def lock_preface(version_id: int) -> PlanVersion:
    """For writing the version's own four fields: its plan is not moved meanwhile."""
    _share_plan(version_id)
    rows = PlanVersion.objects.select_for_update(of=("self",), no_key=True).select_related("plan")
    return rows.get(pk=version_id)


def lock_text(version: PlanVersion, task_id: int) -> TaskText | None:
    rows = TaskText.objects.select_for_update(of=("self",), no_key=True).filter(version=version, task=task_id)
    return rows.first()


def lock_section(version: PlanVersion, pk: int) -> Section | None:
    return Section.objects.select_for_update(no_key=True).filter(version=version, pk=pk).first()


def lock_comment(pk: int) -> PlanComment:
    """Plan and version shared, the opinion alone."""
    share_version(PlanComment.objects.values_list("version", flat=True).get(pk=pk))
    rows = PlanComment.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("version__plan", "task").get(pk=pk)


def in_force(plan: AnnualWorkPlan) -> PlanVersion:
    return plan.versions.select_related("plan").get(state=EditionState.IN_FORCE)


def differs(version: PlanVersion) -> bool:
    """Whether an amendment says anything else than the text in force."""
    return not changes(document_of(in_force(version.plan)), document_of(version)).is_empty


def is_loose(task: PlanTask) -> bool:
    """No version tells of it and nobody has said anything of it: it leaves no trace."""
    others = (task.texts, task.comments, task.resolutions)
    return not any(rows.exists() for rows in others) and not PlanTask.objects.filter(carried_from=task).exists()


def next_number(plan: AnnualWorkPlan) -> int:
    return (plan.versions.aggregate(last=Max("number"))["last"] or 0) + 1


def tasks_of(version: PlanVersion) -> QuerySet[PlanTask]:
    return PlanTask.objects.filter(texts__version=version)
