"""Offers in a room: made, read, compared, accepted, declined, withdrawn. Every view begins at the gate, and
only then asks for the password or second factor again: the library's decorator would ask before. Read next: ../offer_queries.py."""

from typing import Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required as require_fresh_proof
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from patents.queries import patents_of
from platform_site.accounts.held import as_sent, as_typed, held_for, holds_typed, release
from platform_site.accounts.rules import require
from platform_site.errors import Conflict
from platform_site.outbox.once import once
from trading import offer_queries, queries, rules
from trading.actions import agreements, offers
from trading.forms.offers import DigestForm, OfferForm, ReasonForm, initial_of
from trading.models import Negotiation, Offer

from . import offers_shown as shown

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@holds_typed
@read_or_post
@once
def offer_make(request: HttpRequest, pk: int) -> HttpResponse:
    """Terms for the room: the first ones, or the answer to what the other side has on the table."""
    room = queries.negotiation_for(request.user, pk)
    before = offer_queries.open_offer_of(room)
    form = _offer_form(request, room, before)
    status = 200
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            offer = offers.offer_make(
                negotiation_id=pk, actor=request.user, terms=form.terms(), days=data["days"], note=data["note"],
                answers=data["answers"],
            )  # fmt: skip
            release(request)
            messages.success(request, _("第 %(n)d 版报价已送达对方。") % {"n": offer.number})
            return redirect(room)
        except Conflict as refused:
            form.add_error(None, f"{refused.reason}{refused.advice}")
            status = refused.status
    context = {"room": room, "listing": room.listing, "form": form, "before": before}
    context["is_restored"] = form.is_bound and request.method != "POST"
    return render(request, "trading/offer_make.html", context, status=status)


@require_safe
def offer_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One version, whole; beside another one (`?against=2`) only what differs comes first."""
    offer = offer_queries.offer_for(request.user, pk)
    versions = offer_queries.offers_of(offer.negotiation)
    against = _against(request, offer, versions)
    context = shown.offer_page(offer, versions, against, offer_queries.side_of(request.user, offer.negotiation))
    return render(request, "trading/offer_detail.html", context)


@read_or_post
@once
def offer_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """All the terms and their digest, after a fresh password or second factor; accepting binds both sides."""
    offer = offer_queries.offer_for(request.user, pk)
    require(rules.offer_accept, request.user, offer, _("这是本方的报价，只有对方能接受。"))
    require_fresh_proof(request, app="trading")
    form = DigestForm(request.POST if request.method == "POST" else None, initial={"digest": offer.digest})
    if form.is_bound and form.is_valid():
        agreement = agreements.offer_accept(offer_id=pk, actor=request.user, digest=form.cleaned_data["digest"])
        messages.success(request, _("已接受。合同已生成，权利已为双方预留，请签署。"))
        return redirect(agreement)
    context = shown.offer_page(offer, [offer], None, None) | {"form": form}
    return render(request, "trading/offer_accept.html", context)


@read_or_post
@once
def offer_decline(request: HttpRequest, pk: int) -> HttpResponse:
    offer = offer_queries.offer_for(request.user, pk)
    require(rules.offer_decline, request.user, offer, _("这是本方的报价，可以撤回，不能谢绝。"))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        offers.offer_decline(offer_id=pk, actor=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("已谢绝，对方会收到通知。"))
        return redirect(offer.negotiation)
    return render(request, "trading/offer_decline.html", {"offer": offer, "form": form, "room": offer.negotiation})


@read_or_post
@once
def offer_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    offer = offer_queries.offer_for(request.user, pk)
    if request.method == "POST":
        require(rules.offer_withdraw, request.user, offer, _("这是对方的报价，您可以谢绝它。"))
        offers.offer_withdraw(offer_id=pk, actor=request.user)
        messages.success(request, _("报价已撤回。"))
    return redirect(offer.negotiation)


def _offer_form(request: HttpRequest, room: Negotiation, before: Offer | None) -> OfferForm:
    known: dict[str, Any] = {"offered": queries.forms_offered(room.listing), "patents": patents_of(room.listing_id)}
    if request.method == "POST":
        return OfferForm(request.POST, **known)
    held = held_for(request)
    if held:
        return as_typed(OfferForm(as_sent(held), **known))
    copied = before or offer_queries.last_offer_of(room)
    initial = initial_of(copied.terms) if copied else shown.first_terms(room)
    return OfferForm(initial={**initial, "answers": before.pk if before else None}, **known)


def _against(request: HttpRequest, offer: Offer, versions: list[Offer]) -> Offer | None:
    """The version to compare with: the one before unless another is named; 404 for one that is not there."""
    typed = request.GET.get("against")
    if typed is None:
        return next((one for one in versions if one.number == offer.number - 1), None)
    found = next((one for one in versions if str(one.number) == typed and one.pk != offer.pk), None)
    if found is None:
        raise Http404
    return found
