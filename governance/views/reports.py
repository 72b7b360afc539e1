"""A task of a plan: its text, its lights with what they stand on, reports and their verification. Read next: ../actions/reports.py."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance import progress_queries as queries
from governance import report_shown, rules
from governance.actions import reports
from governance.forms.progress import ReportForm, ReturnForm
from governance.plan_readers import reader_of
from platform_site.accounts.rules import require
from platform_site.errors import Conflict
from platform_site.files import store
from platform_site.outbox.once import once
from platform_site.ui.pagination import paged

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@require_safe
def task_detail(request: HttpRequest, pk: int) -> HttpResponse:
    task = queries.task_for(pk)
    reader = reader_of(request.user)
    rows, window = paged(request, queries.reports_of(task, inside=reader.reads_evidence), size=10)
    context = report_shown.page(task, queries.row_of(task), reader, rows)
    return render(request, "governance/task_detail.html", {**context, "window": window})


@read_or_post
@once
def report_make(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    task = queries.task_for(pk)
    require(rules.report_make, request.user, code, _("只能报告本单位的分工。"))
    duty = queries.duty_or_404(task, code)
    form = ReportForm(request.POST, request.FILES) if request.method == "POST" else ReportForm()
    context = report_shown.act(task, duty.text, duty=duty, title=_("报告进展"), submit=_("提交报告"))
    return _act(
        request, form, context,
        lambda data: reports.report_make(task_id=pk, code=code, actor=request.user, **data), _("报告已提交，等待其他单位核验。"),
    )  # fmt: skip


@require_POST
@once
def report_accept(request: HttpRequest, pk: int) -> HttpResponse:
    report = queries.report_for(request.user, pk)
    reports.report_accept(report_id=pk, actor=request.user)
    messages.success(request, _("已核验通过，灯号随之更新。"))
    return redirect(report)


@read_or_post
@once
def report_return(request: HttpRequest, pk: int) -> HttpResponse:
    report = queries.report_for(request.user, pk)
    require(rules.report_return, request.user, report, _("本单位的报告须由其他单位或者领导小组办公室核验。"))
    form = ReturnForm(request.POST if request.method == "POST" else None)
    text = queries.texts_of([report.task_id]).get(report.task_id)
    context = report_shown.act(
        report.task, text, title=_("退回报告"), submit=_("退回"), kind="danger", words=report.words
    )
    return _act(
        request, form, context, lambda data: reports.report_return(report_id=pk, actor=request.user, **data),
        _("已退回，报告单位会收到理由。"),
    )  # fmt: skip


@require_POST
@once
def report_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    report = queries.report_for(request.user, pk)
    reports.report_withdraw(report_id=pk, actor=request.user)
    messages.success(request, _("报告已撤回，可以重新提交。"))
    return redirect(report)


@require_safe
def report_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A paper of evidence, for the officers of the six, the seats and the group's office."""
    return store.serve(queries.report_file_for(request.user, pk).file)


def _act(request: HttpRequest, form: Any, context: dict[str, Any], do: Any, done: str) -> HttpResponse:
    """Draw the form, or do the act; a Conflict stands above the form (409) and nothing typed is lost."""
    status = 200
    if form.is_bound and form.is_valid():
        try:
            do(form.cleaned_data)
            messages.success(request, done)
            return redirect(context["task"])
        except Conflict as refused:
            form.add_error(None, f"{refused.reason}{refused.advice}")
            status = refused.status
    return render(request, "governance/report_act.html", {**context, "form": form}, status=status)
