"""Meetings of an expo for its host: windows, tables, the plan reckoned and applied, the list of tables. Read next: meetings.py."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from expos import meeting_queries as queries
from expos import meeting_shown as shown
from expos.actions import match_runs, meeting_places
from expos.forms.meetings import PlanForm, TablesForm
from expos.states import MEETING_PLANNED
from platform_site import clock
from platform_site.outbox.once import once
from platform_site.ui.acting import posted
from platform_site.ui.pagination import paged

from .expo_act import act_page
from .gates import run_by
from .meetings import page

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
SHEET_SIZE = 400  # meetings of one printed list


@require_safe
def meeting_host(request: HttpRequest, year: int) -> HttpResponse:
    expo = run_by(request, year)
    return page(request, expo, "meeting_host", shown.host_page(expo), queries.profile_of(request.user, expo))


@read_or_post
@once
def meeting_plan_save(request: HttpRequest, year: int) -> HttpResponse:
    expo = run_by(request, year)
    form = PlanForm(*posted(request)[:1], expo=expo, plan=getattr(expo, "meeting_plan", None))
    return act_page(
        request, form,
        lambda data: meeting_places.meeting_plan_save(year=year, actor=request.user, values=data, windows=form.windows),
        expo=expo, title=_("对接时段"), submit=_("保存"), done=_("对接时段已保存。"), back=reverse("expos:meeting_host", args=[year]),
        note=_("已经安排的会面不会移动。"),
    )  # fmt: skip


@read_or_post
@once
def meeting_tables_add(request: HttpRequest, year: int) -> HttpResponse:
    expo = run_by(request, year)
    return act_page(
        request, TablesForm(*posted(request)[:1], expo=expo),
        lambda data: meeting_places.meeting_tables_add(
            year=year, actor=request.user, first=data["first"], count=data["count"], hall_id=data["hall"]
        ),
        expo=expo, title=_("登记洽谈桌"), submit=_("登记"), done=_("洽谈桌已登记。"), back=reverse("expos:meeting_host", args=[year]),
    )  # fmt: skip


@require_POST
@once
def meeting_table_remove(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    expo = run_by(request, year)
    meeting_places.meeting_table_remove(table_id=queries.table_of(expo, pk).pk, actor=request.user)
    messages.success(request, _("洽谈桌已删除。"))
    return redirect("expos:meeting_host", year)


@require_POST
@once
def match_run_ask(request: HttpRequest, year: int) -> HttpResponse:
    run_by(request, year)
    run = match_runs.match_run_ask(year=year, actor=request.user)
    messages.success(request, _("已开始计算，可以离开这一页。"))
    return redirect(run)


@require_safe
def match_run_detail(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Its progress, then its result; wishes that were not met with their reasons."""
    expo = run_by(request, year)
    run = queries.run_for(expo, pk)
    unmet, window = paged(request, queries.unmet_of(run))
    rows = [(one, shown.unmet_words(one)) for one in unmet]
    context = {**shown.run_page(run), "rows": rows, "window": window}
    return page(request, expo, "match_run_detail", context, queries.profile_of(request.user, expo))


@require_POST
@once
def match_run_cancel(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    run = match_runs.match_run_cancel(run_id=queries.run_for(run_by(request, year), pk).pk, actor=request.user)
    messages.success(request, _("已停止。"))
    return redirect(run)


@require_POST
@once
def match_run_apply(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    run = match_runs.match_run_apply(run_id=queries.run_for(run_by(request, year), pk).pk, actor=request.user)
    messages.success(request, _("已采用，新安排的会面已通知双方确认。"))
    return redirect(run)


@require_safe
def meeting_sheet(request: HttpRequest, year: int) -> HttpResponse:
    """The list of tables, slot by slot, for printing."""
    expo = run_by(request, year)
    found, window = paged(request, queries.meetings_at(expo), SHEET_SIZE)
    context = {"slots": shown.sheet(found), "window": window, "now": clock.now(), "open": MEETING_PLANNED}
    return page(request, expo, "meeting_sheet", context, queries.profile_of(request.user, expo))
