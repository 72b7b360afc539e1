"""Opinions on a draft: given by a seat, answered by the group's office one by one. Read next: plan_editor.py."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance import plan_queries as queries
from governance import plan_readers as readers
from governance import plan_words as words
from governance import rules
from governance.actions import comments as actions
from governance.forms.plans import AnswerForm, CommentForm
from governance.models import PlanComment, PlanVersion
from governance.names import seat_name
from governance.states import PlanState
from platform_site.accounts.rules import require
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.outbox.once import once

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@read_or_post
@once
def comment_make(request: HttpRequest, year: int) -> HttpResponse:
    """For the reader's own seat, on the task that `?task=` names or on the whole."""
    reader = readers.reader_of(request.user)
    plan = queries.plan_for(reader, year)
    if not reader.voice:
        raise NotAllowed(_("只有各席位、联络员和六省经办人可以提意见。"))
    version = queries.under_way(plan)
    if version is None or (request.method != "POST" and plan.state != PlanState.CONSULTATION):
        raise Conflict(_("这份计划现在不在征求意见。"))
    data = request.POST if request.method == "POST" else None
    form = CommentForm(data, tasks=_tasks(version), initial={"task": request.GET.get("task", "")})
    status = 200
    if form.is_bound and form.is_valid():
        try:
            actions.comment_make(version_id=version.pk, actor=request.user, **form.values)
            messages.success(request, _("意见已提交，领导小组办公室会逐条答复。"))
            return redirect(plan)
        except Conflict as refused:  # what was written stays in its box
            form.add_error(None, f"{refused.reason}{refused.advice}")
            status = 409
    context = {"plan": plan, "form": form, "voice": seat_name(reader.voice)}
    return render(request, "governance/comment_make.html", context, status=status)


@read_or_post
@once
def comment_answer(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """One opinion beside the text that it is about, and the answer."""
    comment = queries.comment_for(readers.reader_of(request.user), year, pk)
    require(rules.is_group_staff, request.user, comment, _("意见由领导小组办公室答复。"))
    form = AnswerForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and form.is_valid():
        try:
            actions.comment_answer(comment_id=pk, actor=request.user, **form.values)
            messages.success(request, _("已答复，提出意见的人会收到通知。"))
            return redirect(comment.version.plan)
        except (Conflict, MoveRefused) as refused:
            form.add_error(None, f"{refused.reason}{refused.advice}")
            status = 409
    context = {"plan": comment.version.plan, "comment": comment, "form": form, **_about(comment)}
    return render(request, "governance/comment_answer.html", context, status=status)


def _tasks(version: PlanVersion) -> list[tuple[int, str]]:
    document = queries.document_of(version)
    return [(one.task, f"{one.number} {words.said(one.title_zh, one.title_en)}") for one in document.tasks]


def _about(comment: PlanComment) -> dict[str, Any]:
    """The task as it stands now, for the office to compare; nothing where the opinion is on the whole."""
    document = queries.document_of(comment.version)
    line = next((one for one in document.tasks if one.task == comment.task_id), None)
    facts = words.facts_of(line) if line else []
    return {"line": line, "facts": facts, "is_gone": comment.task_id is not None and line is None}
