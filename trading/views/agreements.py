"""Agreements of a member: list, terms, signatures. Every view begins at the gate, and
only then asks for the password or second factor again: the library's decorator would ask before. Read next: ../offer_queries.py."""

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required as require_fresh_proof
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from platform_site.outbox.once import once
from platform_site.ui.pagination import paged
from trading import offer_queries, recordal_queries
from trading.actions import agreements
from trading.forms.offers import DigestForm
from trading.states import AgreementState

from . import agreements_shown as shown
from . import performance_shown, recordals_shown

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def agreement_list(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    rows = offer_queries.agreements_visible_to(request.user)
    if state in AgreementState.values:
        rows = rows.filter(state=state)
    page, window = paged(request, rows)
    context = {"rows": [shown.row(one, request.user) for one in page], "window": window, "state": state}
    context["states"] = shown.state_filter(request.path, state)
    return render(request, "trading/agreement_list.html", context)


@require_safe
def agreement_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The same address for both: a party's own page, and the office's once it was filed there."""
    agreement, is_officer = recordal_queries.agreement_seen(request.user, pk)
    if is_officer:
        return render(request, "trading/agreement_office.html", recordals_shown.office(agreement, request.user))
    context = shown.page(agreement, request.user) | performance_shown.next_of(agreement)
    context |= recordals_shown.recordal_panel(agreement) | recordals_shown.papers_panel(agreement)
    return render(request, "trading/agreement_detail.html", context)


@read_or_post
@once
def agreement_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """All the terms and their digest, after a fresh password or second factor; both signatures make the rights hold."""
    agreement = offer_queries.agreement_for(request.user, pk)
    require_fresh_proof(request, app="trading")
    form = DigestForm(request.POST if request.method == "POST" else None, initial={"digest": agreement.digest})
    if form.is_bound and form.is_valid():
        signed = agreements.agreement_sign(agreement_id=pk, actor=request.user, digest=form.cleaned_data["digest"])
        done = signed.state == AgreementState.SIGNED
        messages.success(request, _("双方均已签署，权利已登入台账。") if done else _("已签署，等待对方签署。"))
        return redirect(agreement)
    context = shown.page(agreement, request.user) | {"form": form}
    return render(request, "trading/agreement_sign.html", context)
