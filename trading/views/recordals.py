"""Filing by the parties, examining by the office of the province. Read next: ../actions/recordals.py."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from platform_site.accounts.rules import require
from platform_site.outbox.once import once
from platform_site.ui.pagination import paged
from trading import offer_queries, precheck, recordal_queries, rules
from trading.actions import recordals
from trading.forms.recordals import CorrectionForm, FileForm, RecordForm
from trading.models import Agreement
from trading.states import AgreementState

from . import recordals_shown as shown

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def agreement_queue(request: HttpRequest) -> HttpResponse:
    """What was filed with the officer's provinces, the longest waiting first."""
    provinces = recordal_queries.examining_provinces(request.user)
    show = request.GET.get("show", "waiting")
    page, window = paged(request, recordal_queries.agreements_before(provinces, show))
    context = {
        "provinces": provinces,
        "rows": [shown.queue_row(agreement) for agreement in page],
        "window": window,
        "show": show,
        "segments": shown.queue_filter(request.path, show),
    }
    return render(request, "trading/agreement_queue.html", context)


@read_or_post
@once
def agreement_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The pre-check with every ground, and the button that hands the agreement in."""
    agreement = offer_queries.agreement_for(request.user, pk)
    returned = agreement.state == AgreementState.CORRECTION_REQUESTED
    form = FileForm(request.POST if request.method == "POST" else None, returned=returned)
    if form.is_bound and form.is_valid():
        recordals.agreement_file(agreement_id=pk, actor=request.user, **form.cleaned_data)
        messages.success(request, _("已提交省知识产权局预审，结果会通知双方。"))
        return redirect(agreement)
    grounds = recordal_queries.precheck_of(agreement)
    context = shown.filing(agreement, grounds) | {"form": form, "blocked": bool(precheck.hard_problems(grounds))}
    return render(request, "trading/agreement_file.html", context)


@read_or_post
@once
def agreement_examine(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = _of_office(request, pk, rules.agreement_examine)
    if request.method == "POST":
        recordals.agreement_examine(agreement_id=pk, actor=request.user)
        messages.success(request, _("预审通过，已通知双方。"))
    return redirect(agreement)


@read_or_post
@once
def agreement_correction_request(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = _of_office(request, pk, rules.agreement_correction_request)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        recordals.agreement_correction_request(agreement_id=pk, actor=request.user, **form.cleaned_data)
        messages.success(request, _("已退回补正，并通知双方。"))
        return redirect(agreement)
    return render(
        request, "trading/agreement_decide.html", {"agreement": agreement, "form": form, "verb": "correction"}
    )


@read_or_post
@once
def agreement_record(request: HttpRequest, pk: int) -> HttpResponse:
    """The number, day and paper of the national office; the rights ledger follows in the same transaction."""
    agreement = _of_office(request, pk, rules.agreement_record)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = RecordForm(*sent, signed_on=timezone.localdate(agreement.signed_at))
    if form.is_bound and form.is_valid() and _done(form, agreement, request):
        messages.success(request, _("已登入，权利台账随之更新。"))
        return redirect(agreement)
    return render(request, "trading/agreement_decide.html", {"agreement": agreement, "form": form, "verb": "record"})


def _done(form: RecordForm, agreement: Agreement, request: HttpRequest) -> bool:
    try:
        recordals.agreement_record(agreement_id=agreement.pk, actor=request.user, **form.cleaned_data)
    except ValidationError as error:
        form.add_error("proof", error)
        return False
    return True


def _of_office(request: HttpRequest, pk: int, rule: Callable[[Any, Any], bool]) -> Agreement:
    """One before the reader's office, who has no interest in it: 404 and 403."""
    agreement = recordal_queries.agreement_of_office(request.user, pk)
    require(rule, request.user, agreement)
    return agreement
