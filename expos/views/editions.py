"""The calendar of expos and the page of one edition; what its host and the delegations write. Read next: ../actions/editions.py."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from expos import edition_page, panels, queries, rules
from expos.actions import editions as actions
from expos.forms.editions import DelegationForm, ExpoForm, VenueForm, YearForm
from platform_site.accounts.rules import require
from platform_site.errors import NotAllowed
from platform_site.outbox.once import once
from platform_site.regions import hosts
from platform_site.regions.names import province_name
from platform_site.ui.acting import acted, posted
from platform_site.ui.pagination import paged

from .expo_act import act_page
from .gates import run_by

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@require_safe
def expo_list(request: HttpRequest) -> HttpResponse:
    """All editions, and whose turn the years to come are."""
    found, window = paged(request, queries.editions())
    first = queries.clock.today().year
    years = range(first, first + queries.YEARS_AHEAD + 1)
    turns = [(year, province_name(code)) for year, code in hosts.hosts_of_years(years).items()]
    rows = [(expo, edition_page.TONES[expo.state], edition_page.lead(expo)) for expo in found]
    context = {"rows": rows, "window": window, "turns": turns, "may_create": bool(queries.years_to_plan(request.user))}
    return render(request, "expos/expo_list.html", context)


@login_not_required
@require_safe
def expo_detail(request: HttpRequest, year: int) -> HttpResponse:
    """The edition, by its state; `?format=json`."""
    expo = queries.expo_of(year)
    if request.GET.get("format") == "json":
        return JsonResponse(edition_page.as_data(expo))
    held = queries.held_codes(request.user)
    runs = expo.host_id in held[rules.RUN]
    shown = panels.panels_of(request.user, expo, runs=runs)
    context = edition_page.page(expo, shown, runs=runs, reviews=held[rules.REVIEW])
    return render(request, "expos/expo_detail.html", context)


@read_or_post
@once
def expo_create(request: HttpRequest) -> HttpResponse:
    """By an officer of a province whose turn is still to come and not yet planned."""
    years = queries.years_to_plan(request.user)
    if not years:
        raise NotAllowed(rules.expo_create.reason, _("今后几年中没有轮到您所在的省、又还没有筹办的展会。"))  # type: ignore[attr-defined]
    context = {
        "title": _("筹办展会"), "submit": _("开始筹办"), "facts": (), "kind": "", "back": "",
        "note": _("展厅和会场按上一届复制，展位、展品、日程和登记从头开始。"),
    }  # fmt: skip
    return acted(
        request, YearForm(*posted(request), years=years),
        lambda data: actions.expo_create(actor=request.user, year=data["year"]),
        done=_("已开始筹办，请定下日期和场馆。"), leads_to=lambda made: made.get_absolute_url(),
        template="expos/expo_create.html", context=context,
    )  # fmt: skip


@read_or_post
@once
def expo_save(request: HttpRequest, year: int) -> HttpResponse:
    expo = run_by(request, year)
    form = ExpoForm(*posted(request)[:1], instance=expo)
    return act_page(
        request, form, lambda _data: actions.expo_save(expo_id=expo.pk, actor=request.user, values=form.values()),
        expo=expo, title=_("日期、场馆和介绍"), submit=_("保存"), done=_("已保存。"),
        note=_("场馆还没有登记的，先在展会页登记场馆。"),
    )  # fmt: skip


@read_or_post
@once
def venue_create(request: HttpRequest, year: int) -> HttpResponse:
    expo = run_by(request, year)
    return act_page(
        request, VenueForm(*posted(request)[:1], province=expo.host_id),
        lambda data: actions.venue_create(expo_id=expo.pk, actor=request.user, values=data),
        expo=expo, title=_("登记场馆"), submit=_("登记"), done=_("场馆已登记。"),
    )  # fmt: skip


@require_POST
@once
def expo_advance(request: HttpRequest, year: int) -> HttpResponse:
    """One step on; the form says which, so that a page that was left open moves nothing twice."""
    expo = run_by(request, year)
    to = request.POST.get("to", "")
    if to not in edition_page.MOVE_WORDS:
        raise NotAllowed(_("没有这样的步骤。"))
    moved = actions.expo_advance(expo_id=expo.pk, actor=request.user, to=to)
    messages.success(request, _("展会现在是“%(state)s”。") % {"state": moved.get_state_display()})
    return redirect(moved)


@read_or_post
@once
def delegation_save(request: HttpRequest, year: int, code: str) -> HttpResponse:
    delegation = queries.delegation_of(queries.expo_of(year), code)
    require(rules.delegation_save, request.user, delegation)
    return act_page(
        request, DelegationForm(*posted(request)[:1], delegation=delegation),
        lambda data: actions.delegation_save(delegation_id=delegation.pk, actor=request.user, values=data),
        expo=delegation.expo, title=_("%(province)s代表团") % {"province": delegation.province.name}, submit=_("保存"),
        done=_("已保存。"),
    )  # fmt: skip
