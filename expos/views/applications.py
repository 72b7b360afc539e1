"""Applications for booths: made, followed, reviewed by the delegation's office, answered. Read next: allocations.py."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from expos import (
    allocation,
    allocation_queries,
    edition_page,
    exhibit_queries,
    floor_rules,
    floor_shown,
    queries,
    rules,
)
from expos import application_shown as shown
from expos import floor_queries as floor
from expos.actions import allotments
from expos.actions import applications as actions
from expos.forms.applications import AllotForm, ApplicationForm, ReasonForm
from expos.models import BoothApplication
from platform_site import clock
from platform_site.accounts.rules import require
from platform_site.outbox.once import once
from platform_site.ui.acting import posted
from platform_site.ui.pagination import paged

from .expo_act import act_page

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@read_or_post
@once
def application_make(request: HttpRequest, year: int) -> HttpResponse:
    """By a verified member; a second application is refused by the action."""
    expo = queries.expo_of(year)
    require(floor_rules.application_make, request.user, expo)
    listings = exhibit_queries.own_listings(request.user)
    code = request.user.province_id
    initial = {"delegation": expo.delegations.filter(province=code).first(), "kind": "standard"}
    form = ApplicationForm(*posted(request)[:1], expo=expo, listings=listings, initial=initial)
    hold = floor_shown.hold_words(floor.hold_of(expo, request.user, clock.database_now()), clock.database_now())
    note = _("%(booth)s 为您暂留到 %(until)s，作为第一志愿。") % hold if hold else ""
    note += "" if listings else _("展品须是您在平台上架的技术，您现在没有在架的技术。")
    return act_page(
        request, form,
        lambda _data: actions.application_make(expo_id=expo.pk, actor=request.user, asked=form.asked()),
        expo=expo, title=_("申请展位"), submit=_("提交申请"), done=_("申请已提交，由代表团预审。"),
        note=note,
        leads_to=lambda made: made.get_absolute_url(),
    )  # fmt: skip


@require_safe
def application_list(request: HttpRequest, year: int) -> HttpResponse:
    """All for the host, those of its delegation for an office, one's own for everybody else; `?state=`."""
    expo = queries.expo_of(year)
    rows, scope = shown.rows_for(request.user, expo)
    state = request.GET.get("state", "")
    found, window = paged(request, rows.filter(state=state) if state in shown.STATES else rows)
    context = {
        **edition_page.shared(request.user, expo, "expos:application_list"), "rows": shown.items(found), "window": window,
        "scope": scope, "views": shown.views(expo, state),
    }  # fmt: skip
    return render(request, "expos/application_list.html", context)


def _seen(request: HttpRequest, year: int, pk: int) -> BoothApplication:
    """The gate of one application."""
    expo = queries.expo_of(year)
    held = queries.held_codes(request.user)
    runs = expo.host_id in held[rules.RUN]
    return floor.application_for(expo, pk, request.user, held[rules.REVIEW], runs=runs)


@require_safe
def application_detail(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    row = _seen(request, year, pk)
    return render(request, "expos/application_detail.html", shown.page(request.user, row))


@require_safe
def application_wishes(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Why each wish was not met, by the plan that is in force."""
    row = _seen(request, year, pk)
    line = allocation_queries.line_for(row)
    context = {
        **edition_page.shared(request.user, row.expo, "expos:application_list"), "row": row, "line": line,
        "rule": allocation.RULE,
    }  # fmt: skip
    return render(request, "expos/application_wishes.html", context)


@require_POST
@once
def application_approve(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    row = _seen(request, year, pk)
    actions.application_approve(application_id=row.pk, actor=request.user)
    messages.success(request, _("预审已通过，参加排位。"))
    return redirect(row)


@read_or_post
@once
def application_refuse(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    row = _seen(request, year, pk)
    require(floor_rules.application_review, request.user, row)
    return act_page(
        request, ReasonForm(*posted(request)[:1]),
        lambda data: actions.application_refuse(application_id=row.pk, actor=request.user, reason=data["reason"]),
        expo=row.expo, title=_("不予通过"), done=_("已答复申请人。"), facts=floor_shown.application_facts(row)[:4],
        back=row.get_absolute_url(), kind="danger",
    )  # fmt: skip


@require_POST
@once
def application_withdraw(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    row = _seen(request, year, pk)
    allotments.application_withdraw(application_id=row.pk, actor=request.user)
    messages.success(request, _("申请已撤回。"))
    return redirect(row)


@require_POST
@once
def application_confirm(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    row = _seen(request, year, pk)
    allotments.application_confirm(application_id=row.pk, actor=request.user)
    messages.success(request, _("展位已确认。"))
    return redirect(row)


@read_or_post
@once
def application_decline(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    row = _seen(request, year, pk)
    require(floor_rules.application_own, request.user, row)
    return act_page(
        request, ReasonForm(*posted(request)[:1], required=False),
        lambda data: allotments.application_decline(application_id=row.pk, actor=request.user, reason=data["reason"]),
        expo=row.expo, title=_("放弃展位"), done=_("展位已放弃，让给候补。"), back=row.get_absolute_url(), kind="danger",
        note=_("放弃以后不能收回，展品一并退出。"),
    )  # fmt: skip


@require_POST
@once
def booth_take(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    row = _seen(request, year, pk)
    allotments.booth_take(application_id=row.pk, actor=request.user)
    messages.success(request, _("展位已分给您，请在截止日前确认。"))
    return redirect(row)


@read_or_post
@once
def application_allot(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """The host's hand: free booths that fit, and those it has."""
    row = _seen(request, year, pk)
    require(floor_rules.application_allot, request.user, row.expo)
    booths, initial = shown.to_choose(row)
    return act_page(
        request, AllotForm(*posted(request)[:1], booths=booths, initial=initial),
        lambda data: allotments.application_allot(
            application_id=row.pk, actor=request.user, booth_ids=[one.pk for one in data["booths"]], until=data["until"]
        ),
        expo=row.expo, title=_("调整展位"), submit=_("保存"), done=_("已调整，并通知参展商。"),
        facts=floor_shown.application_facts(row)[:6], back=row.get_absolute_url(),
    )  # fmt: skip
