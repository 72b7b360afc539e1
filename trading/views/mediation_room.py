"""Mediation as the parties see it: asking, what is released, what the office wrote, taking it back. Read next: mediations.py."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from platform_site.errors import Conflict
from platform_site.outbox.once import once
from platform_site.ui.pagination import paged
from trading import mediation_queries, queries
from trading.actions import mediation as actions
from trading.forms.mediation import MediationForm, ReleaseForm
from trading.states import MEDIATION_OPEN

from . import mediation_shown

PAGE_SIZE = 3  # whole mediations: a room has one at a time
read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def negotiation_mediation(request: HttpRequest, pk: int) -> HttpResponse:
    """Every mediation of the room, latest first: the same page for both sides."""
    negotiation = queries.negotiation_for(request.user, pk)
    page, window = paged(request, mediation_queries.mediations_of(negotiation), PAGE_SIZE)
    rows = [mediation_shown.for_party(mediation, negotiation) for mediation in page]
    is_open = window.page == 1 and bool(page) and page[0].state in MEDIATION_OPEN
    context = {"room": negotiation, "rows": rows, "window": window, "is_open": is_open}
    return render(request, "trading/negotiation_mediation.html", context)


@read_or_post
@once
def mediation_ask(request: HttpRequest, pk: int) -> HttpResponse:
    negotiation, status = queries.negotiation_for(request.user, pk), 200
    if request.method != "POST" and mediation_queries.open_mediation(pk):
        return redirect("trading:negotiation_mediation", pk)
    offered = mediation_queries.releasable(negotiation, negotiation.my_side)
    form = MediationForm(*_sent(request), choices=mediation_shown.choices(offered))
    if form.is_valid():
        try:
            actions.mediation_ask(negotiation_id=pk, actor=request.user, **form.cleaned_data)
        except Conflict as refused:
            form.add_error(None, f"{refused.reason}{refused.advice}")
            status = refused.status
        else:
            messages.success(request, _("已向省知识产权局请求调解，对方也会收到通知。"))
            return redirect("trading:negotiation_mediation", pk)
    context = {"room": negotiation, "form": form, "province": negotiation.listing.province}
    return render(request, "trading/mediation_ask.html", context, status=status)


@read_or_post
@once
def mediation_release(request: HttpRequest, pk: int) -> HttpResponse:
    mediation = mediation_queries.mediation_of_party(request.user, pk)
    negotiation, status = queries.negotiation_for(request.user, mediation.negotiation_id), 200
    offered = mediation_queries.releasable(negotiation, negotiation.my_side, mediation)
    form = ReleaseForm(*_sent(request), choices=mediation_shown.choices(offered))
    if form.is_valid():
        try:
            count = actions.mediation_release(mediation_id=pk, actor=request.user, **form.cleaned_data)
        except Conflict as refused:
            form.add_error(None, f"{refused.reason}{refused.advice}")
            status = refused.status
        else:
            said = ngettext("已公开 %(count)d 条留言。", "已公开 %(count)d 条留言。", count) % {"count": count}
            messages.success(request, said)
            return redirect("trading:negotiation_mediation", negotiation.pk)
    is_open = mediation.state in MEDIATION_OPEN
    context = {"room": negotiation, "form": form, "mediation": mediation, "offered": offered, "is_open": is_open}
    return render(request, "trading/mediation_release.html", context, status=status)


@read_or_post
@once
def mediation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    mediation = mediation_queries.mediation_of_party(request.user, pk)
    if request.method == "POST":
        actions.mediation_withdraw(mediation_id=pk, actor=request.user)
        messages.success(request, _("调解请求已撤回，调解人员不再能查看已公开的留言。"))
    return redirect("trading:negotiation_mediation", mediation.negotiation_id)


def _sent(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST,) if request.method == "POST" else ()
