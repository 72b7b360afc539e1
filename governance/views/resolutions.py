"""Resolutions: the public list and page, and closing one with a task or a reason. Read next: ../actions/resolutions.py."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from governance import ballot_queries as reads
from governance import meeting_rules as rules
from governance.actions import resolutions as acts
from governance.filters import ResolutionFilter
from governance.forms.ballots import ResolutionForm
from platform_site.accounts.rules import require
from platform_site.outbox.once import once
from platform_site.ui.acting import posted
from platform_site.ui.pagination import paged

from . import resolutions_shown as shown
from .meeting_act import act_page


@login_not_required
@require_safe
def resolution_list(request: HttpRequest) -> HttpResponse:
    filters = ResolutionFilter(request.GET)
    filters.full_clean()
    asked: dict[str, Any] = filters.cleaned_data
    year, state = asked.get("year"), asked.get("state") or ""
    found, window = paged(request, reads.resolutions(year=year, state=state))
    context = {
        "rows": shown.rows(found),
        "window": window,
        "filters": filters,
        "is_filtered": bool(year or state),
        **shown.controls(year, state),
    }
    return render(request, "governance/resolution_list.html", context)


@login_not_required
@require_safe
def resolution_detail(request: HttpRequest, pk: int) -> HttpResponse:
    resolution = reads.resolution_for(pk)
    return render(request, "governance/resolution_detail.html", shown.page(request.user, resolution))


@require_http_methods(["GET", "HEAD", "POST"])
@once
def resolution_close(request: HttpRequest, pk: int) -> HttpResponse:
    resolution = reads.resolution_for(pk)
    require(rules.office, request.user, resolution, _("只有领导小组办公室可以办结决议。"))
    form = ResolutionForm(*posted(request), tasks=reads.tasks_to_choose())
    return act_page(
        resolution, request, form, lambda data: acts.resolution_close(resolution_id=pk, actor=request.user, **data),
        title=_("办结决议"), submit=_("办结"), facts=shown.facts(resolution), done=_("已办结。"),
        note=_("决议由一项年度工作计划任务落实；不需要列入任务的，写明理由。"),
    )  # fmt: skip
