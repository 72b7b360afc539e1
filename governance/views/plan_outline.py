"""The order of a plan: chapters and tasks moved, taken out, carried over from last year. Read next: plans.py."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from governance import plan_queries as queries
from governance import plan_words as words
from governance import progress_queries as progress
from governance.actions import plan_texts as actions
from governance.forms.plans import CarryForm
from governance.models import PlanVersion
from governance.plan_text import TASK, TaskLine
from platform_site.errors import Conflict
from platform_site.outbox.once import once

from .plan_editor import Desk


@require_POST
@once
def section_move(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Up, down (`by`), or to a place (`place`)."""
    desk = Desk.of(request, year)
    section = queries.section_of(desk.version, pk)
    if section is None:
        raise Http404
    place = _place(request, section.place)
    actions.section_move(version_id=desk.version.pk, section_id=pk, actor=request.user, place=place)
    return _back(desk)


@require_POST
@once
def section_remove(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    desk = Desk.of(request, year)
    if queries.section_of(desk.version, pk) is None:
        raise Http404
    actions.section_remove(version_id=desk.version.pk, section_id=pk, actor=request.user)
    messages.success(request, _("这一章已删去。"))
    return _back(desk)


@require_POST
@once
def task_move(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Up or down within its chapter (`by`), or to the end of another (`section`) or a place in it (`place`)."""
    desk = Desk.of(request, year)
    text = queries.text_of(desk.version, pk)
    if text is None:
        raise Http404
    asked = request.POST.get("section", "")
    section_id = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else text.section_id
    if queries.section_of(desk.version, section_id) is None:
        raise Http404
    place = _place(request, text.place if section_id == text.section_id else actions.MOST_TASKS)
    actions.task_move(version_id=desk.version.pk, task_id=pk, actor=request.user, section_id=section_id, place=place)
    return _back(desk)


@require_POST
@once
def task_remove(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    desk = Desk.of(request, year)
    if queries.text_of(desk.version, pk) is None:
        raise Http404
    actions.task_remove(version_id=desk.version.pk, task_id=pk, actor=request.user)
    messages.success(request, _("这项任务已从草案中删去。"))
    return _back(desk)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def task_carry(request: HttpRequest, year: int) -> HttpResponse:
    """Last year's tasks, one form each: into which chapter, and why it goes on."""
    desk = Desk.of(request, year)
    source = queries.last_years(desk.plan)
    sections = [
        (one.section, f"{one.place} {words.said(one.title_zh, one.title_en)}") for one in desk.document.chapters
    ]
    sent = CarryForm(request.POST, sections=sections) if request.method == "POST" else None
    status = 200
    if sent is not None and sent.is_valid():
        try:
            _carry(desk, source, sent.cleaned_data)
            messages.success(request, _("已结转，请在编辑页核对时限和分工。"))
            return redirect("governance:task_carry", year)
        except Conflict as refused:
            if sent.cleaned_data["task"] not in {line.task for line in _lines(source)}:
                raise  # there is no form on the page beside which it could stand
            sent.add_error("because", f"{refused.reason}{refused.advice}")
            status = 409
    rows = _carry_rows(desk, source, sections, sent)
    context = {"source": source, "rows": rows, "sections": sections, "form": sent}
    return desk.page("task_carry", context, status)


def _carry(desk: Desk, source: PlanVersion | None, data: dict[str, Any]) -> None:
    """The text of last year goes into the draft, its day left open: it lies in another year."""
    line = next((one for one in _lines(source) if one.task == data["task"]), None)
    task = queries.task_of(source, data["task"]) if source else None
    if line is None or task is None:
        raise Conflict(_("上一年度的计划里没有这项未完成的任务。"))
    values = {name: getattr(line, name) for name in TASK if name != "due_on"}
    actions.task_carry(
        version_id=desk.version.pk, section_id=data["section"], actor=desk.request.user, values=values,
        duties=line.duties, source=task, because=data["because"],
    )  # fmt: skip


def _lines(source: PlanVersion | None) -> list[TaskLine]:
    """What last year did not finish: what all its units have done is not carried on."""
    if source is None:
        return []
    return [queries.line_of(row.text) for row in progress.unfinished_tasks(source.plan, source)]


def _carry_rows(
    desk: Desk, source: PlanVersion | None, sections: list[tuple[int, str]], sent: CarryForm | None
) -> list[dict[str, Any]]:
    """Each task of last year with its form; the form that was refused comes back as it was typed."""
    carried = queries.carried_into(desk.plan, desk.version)
    asked = sent.data.get("task", "") if sent is not None else ""
    rows = []
    for line in _lines(source):
        fresh = CarryForm(sections=sections, initial={"task": line.task}, auto_id=f"id_{line.task}_%s")
        form = sent if sent is not None and asked == str(line.task) else fresh
        title = f"{line.number} {words.said(line.title_zh, line.title_en)}"
        rows.append({"title": title, "due": line.due_on, "is_carried": line.task in carried, "form": form})
    return rows


def _place(request: HttpRequest, now: int) -> int:
    by, to = request.POST.get("by", ""), request.POST.get("place", "")
    if by in ("up", "down"):
        return max(1, now + (actions.UP if by == "up" else actions.DOWN))
    return int(to) if to.isascii() and to.isdigit() and 0 < len(to) < 5 else now


def _back(desk: Desk) -> HttpResponse:
    return redirect("governance:plan_edit", desk.plan.year)
