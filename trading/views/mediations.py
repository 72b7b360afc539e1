"""Mediation as the office of the province sees it: what was asked, what was released, and what it answers. Read next: mediation_room.py."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from platform_site import clock
from platform_site.files import store
from platform_site.outbox.once import once
from platform_site.ui.pagination import paged
from trading import mediation_queries as queries
from trading.actions import mediation as actions
from trading.forms.mediation import AnswerForm, DeclineForm, OutcomeForm
from trading.models import Mediation

from . import mediation_shown

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def mediation_list(request: HttpRequest) -> HttpResponse:
    provinces = queries.handling_provinces(request.user)
    segment = request.GET.get("show", "open")
    if segment not in queries.SEGMENTS:
        raise Http404
    page, window = paged(request, queries.queue(request.user, segment))
    context = {
        "provinces": provinces,
        "segment": segment,
        "segments": mediation_shown.segments(request.path, segment),
        "rows": [mediation_shown.queue_row(mediation) for mediation in page],
        "window": window,
        "now": clock.now(),
    }
    return render(request, "trading/mediation_list.html", context)


@require_safe
def mediation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _item(request, queries.mediation_for(request.user, pk), AnswerForm())


@require_safe
def mediation_file(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """An attachment of a released message, while the mediation is open."""
    return store.serve(queries.released_file_for(request.user, pk, file_pk).file)


@read_or_post
@once
def mediation_accept(request: HttpRequest, pk: int) -> HttpResponse:
    mediation = queries.mediation_for(request.user, pk)
    if request.method == "POST":
        actions.mediation_accept(mediation_id=pk, actor=request.user)
        messages.success(request, _("已受理，双方会收到通知。"))
    return redirect(mediation)


@read_or_post
@once
def mediation_answer(request: HttpRequest, pk: int) -> HttpResponse:
    mediation = queries.mediation_for(request.user, pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.mediation_answer(mediation_id=pk, actor=request.user, **form.cleaned_data)
        messages.success(request, _("答复已送达双方。"))
    return redirect(mediation) if not form.errors else _item(request, mediation, form)


@read_or_post
@once
def mediation_close(request: HttpRequest, pk: int) -> HttpResponse:
    return _end(request, pk, OutcomeForm, actions.mediation_close, "close", _("调解已办结，双方会收到通知。"))


@read_or_post
@once
def mediation_decline(request: HttpRequest, pk: int) -> HttpResponse:
    return _end(request, pk, DeclineForm, actions.mediation_decline, "decline", _("已答复不予受理，双方会收到通知。"))


def _end(request: HttpRequest, pk: int, of: type[Form], act: Callable[..., Any], verb: str, say: str) -> HttpResponse:
    mediation = queries.mediation_for(request.user, pk)
    form = of(request.POST if request.method == "POST" else None)
    if form.is_valid():
        act(mediation_id=pk, actor=request.user, **form.cleaned_data)
        messages.success(request, say)
        return redirect(mediation)
    return render(request, "trading/mediation_end.html", {"mediation": mediation, "form": form, "verb": verb})


def _item(request: HttpRequest, mediation: Mediation, form: AnswerForm) -> HttpResponse:
    context = {**mediation_shown.for_office(mediation, queries.parties_of(mediation)), "form": form}
    return render(request, "trading/mediation_detail.html", context)
