"""What the pages of a plan show: the document, who acts next, what the reader can do. Read next: views/plans.py."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from platform_site import clock
from platform_site.regions.queries import overrides
from platform_site.regions.workdays import working_days_between
from platform_site.ui.formats import date_iso, han_num
from platform_site.ui.languages import han_marked

from . import plan_queries as queries
from . import plan_words as words
from .models import AnnualWorkPlan, PlanComment, PlanVersion
from .plan_checks import Finding, findings
from .plan_readers import Reader
from .plan_text import Document, digest
from .states import CommentState, EditionState, PlanState

TONES = {
    PlanState.DRAFT: "", PlanState.CONSULTATION: "ochre", PlanState.TABLED: "indigo", PlanState.ADOPTED: "jade",
    PlanState.PUBLISHED: "cinn", PlanState.CLOSED: "",
}  # fmt: skip
EDITION_TONES = {EditionState.IN_FORCE: "cinn", EditionState.WORKING: "ochre", EditionState.TABLED: "indigo"}
ANSWER_TONES = {CommentState.OPEN: "ochre", CommentState.ACCEPTED: "jade", CommentState.PARTLY: "jade"}


def _said(chinese: str, english: str) -> str:
    """In the language of the page, Chinese marked as such where there is no English."""
    return han_marked(words.said(chinese, english))


def chapters(document: Document, comments: Iterable[PlanComment] = ()) -> list[dict[str, Any]]:
    """The numbered text as the template prints it; each task with how many opinions there are on it."""
    counts: dict[int, int] = {}
    for comment in comments:
        if comment.task_id:
            counts[comment.task_id] = counts.get(comment.task_id, 0) + 1
    return [
        {
            "chapter": chapter,
            "numeral": _("%(number)s、") % {"number": han_num(chapter.place)},
            "title": _said(chapter.title_zh, chapter.title_en),
            "tasks": [
                {
                    "line": line,
                    "title": _said(line.title_zh, line.title_en),
                    "facts": [(label, han_marked(value)) for label, value in words.facts_of(line)],
                    "responsible": words.responsible(line),
                    "comments": counts.get(line.task, 0),
                }
                for line in chapter.tasks
            ],
        }
        for chapter in document.chapters
    ]


def text(document: Document, comments: Iterable[PlanComment] = ()) -> dict[str, Any]:
    """What templates/governance/_plan_document.html needs."""
    return {
        "document": document,
        "chapters": chapters(document, comments),
        "thought": _said(document.thought_zh, document.thought_en),
        "safeguards": _said(document.safeguards_zh, document.safeguards_en),
        "because": _said(document.because_zh, document.because_en),
    }


def proof(version: PlanVersion, document: Document) -> dict[str, Any]:
    """The digest that the version got when it was tabled, and whether the text still has it."""
    return {"digest": version.digest, "is_genuine": not version.digest or digest(document) == version.digest}


def versions(plan: AnnualWorkPlan, rows: Sequence[PlanVersion]) -> list[dict[str, Any]]:
    """One line for each version: its text, and what it changed in the one before it that was ever in force."""
    lines, before = [], None
    for one in rows:
        line = {
            "version": one,
            "tone": EDITION_TONES.get(EditionState(one.state), ""),
            "text_url": f"{reverse('governance:plan_text', args=[plan.year])}?version={one.number}",
            "because": _said(one.because_zh, one.because_en),
        }
        if before is not None:
            changes = reverse("governance:plan_changes", args=[plan.year])
            line["changes_url"] = f"{changes}?from={before.number}&to={one.number}"
        lines.append(line)
        if one.state != EditionState.DROPPED:
            before = one
    return lines


# ---- who acts next, and what the reader can do


def waiting_for(plan: AnnualWorkPlan, version: PlanVersion | None, unanswered: int) -> str:
    """One line: who acts next, until when."""
    if plan.state == PlanState.DRAFT:
        return _("等待：领导小组办公室完成草案，向各席位征求意见")
    if plan.state == PlanState.TABLED:
        return _("等待：领导小组在会议上表决")
    if plan.state == PlanState.ADOPTED:
        if version is not None and hasattr(version, "signature"):
            return _("等待：领导小组办公室编号发布")
        return _("等待：轮值主任签署")
    if queries.consultation_runs(plan, clock.now()):
        day = date_iso(plan.consultation_ends_on)
        return _("等待：各席位、六省知识产权局在 %(day)s 以前提出意见") % {"day": day}
    if unanswered:
        words_ = ngettext("等待：领导小组办公室答复 %(n)d 条意见", "等待：领导小组办公室答复 %(n)d 条意见", unanswered)
        return words_ % {"n": unanswered}
    return _("等待：轮值主任提请会议审议")


def days_left(plan: AnnualWorkPlan) -> int | None:
    """Working days of the consultation that are left; None while none runs."""
    if plan.state != PlanState.CONSULTATION or plan.consultation_ends_on is None:
        return None
    return working_days_between(clock.today(), plan.consultation_ends_on, overrides())


def steps(plan: AnnualWorkPlan, version: PlanVersion | None, reader: Reader) -> list[tuple[str, str, str]]:
    """(words, address, kind of button) of what this reader can do now, the main one first."""

    def to(name: str) -> str:
        return reverse(f"governance:{name}", args=[plan.year])

    found: list[tuple[str, str, str]] = []
    state, is_amendment = plan.state, version is not None and version.number > 1
    if reader.directs:
        if state == PlanState.CONSULTATION and not queries.consultation_runs(plan, clock.now()):
            found.append((_("提请会议审议"), to("plan_table"), ""))
        if state == PlanState.ADOPTED and not hasattr(version, "signature"):
            found.append((_("签署计划"), to("plan_sign"), ""))
        if is_amendment and version is not None and version.state == EditionState.WORKING:
            found.append((_("提请审议修订"), to("amendment_table"), ""))
    if reader.voice and queries.consultation_runs(plan, clock.now()):
        found.append((_("提意见"), to("comment_make"), "" if not found else "alt"))
    return found + (_office_steps(plan, version, to) if reader.is_office else [])


def _office_steps(plan: AnnualWorkPlan, version: PlanVersion | None, to: Any) -> list[tuple[str, str, str]]:
    found = []
    if queries.editable(plan, version):
        found.append((_("编辑文本"), to("plan_edit"), ""))
    if plan.state == PlanState.DRAFT:
        found.append((_("征求意见"), to("plan_circulate"), "alt"))
    if plan.state == PlanState.CONSULTATION:
        found.append((_("收回草案"), to("plan_recall"), "alt"))
    if plan.state == PlanState.ADOPTED and hasattr(version, "signature"):
        found.append((_("编号发布"), to("plan_publish"), ""))
    if plan.state == PlanState.PUBLISHED and version is None:
        found.append((_("修订计划"), to("amendment_begin"), "alt"))
    if version is not None and version.number > 1 and version.state == EditionState.WORKING:
        found.append((_("放弃修订"), to("amendment_drop"), "danger"))
    return found


# ---- opinions, findings


def comment_rows(comments: Iterable[PlanComment], document: Document, reader: Reader) -> list[dict[str, Any]]:
    """Each opinion with where what it is about stands now, and whether that was edited since it was answered."""
    lines = {line.task: line for line in document.tasks}
    rows = []
    for one in comments:
        line = lines.get(one.task_id) if one.task_id else None
        about = f"{line.number} {words.said(line.title_zh, line.title_en)}" if line else one.about or _("整个草案")
        rows.append(
            {
                "comment": one,
                "about": about,
                "is_gone": bool(one.task_id) and line is None,
                "tone": ANSWER_TONES.get(CommentState(one.state), ""),
                "answer_url": answer_url(one) if reader.is_office and one.state == CommentState.OPEN else "",
            }
        )
    return rows


def answer_url(comment: PlanComment) -> str:
    return reverse("governance:comment_answer", args=[comment.version.plan.year, comment.pk])


def problems(document: Document) -> list[dict[str, Any]]:
    """The findings with the address where each is mended."""
    return [{"finding": one, "url": _where(document.year, one)} for one in findings(document)]


def _where(year: int, finding: Finding) -> str:
    if finding.task:
        return reverse("governance:task_save", args=[year, finding.task])
    if finding.section:
        return reverse("governance:section_save", args=[year, finding.section])
    name = "section_create" if finding.code == "no_chapter" else "preface_save"
    return reverse(f"governance:{name}", args=[year])
