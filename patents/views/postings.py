"""Posted prices: the public list, one posting with the objections to it, and what owner and reader write. Read next: ../actions/postings.py."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from patents import posting_queries, queries, rules
from patents import posting_shown as shown
from patents.actions import postings as actions
from patents.forms.postings import AnswerForm, ObjectionForm, PriceForm, WithdrawForm
from patents.models import PricePosting
from patents.states import ListingState
from platform_site.errors import Conflict
from platform_site.outbox.once import once
from platform_site.ui.pagination import paged


@login_not_required
@require_safe
def posting_list(request: HttpRequest) -> HttpResponse:
    """Every posted price, newest first; anybody may read them."""
    found, window = paged(request, posting_queries.postings())
    return render(request, "patents/posting_list.html", {"rows": [shown.row(one) for one in found], "window": window})


@login_not_required
@require_safe
def posting_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One posting; an objection is read by all once it has been answered, before that by its author and the owner."""
    posting = posting_queries.posting_for(pk)
    is_owner = rules.listing_edit(request.user, posting.listing)
    context = {
        **shown.row(posting),
        "objections": shown.objections(posting_queries.objections_to(posting), request.user, is_owner),
        "is_owner": is_owner,
        "listing_is_public": posting.listing.state == ListingState.PUBLISHED,
    }
    return render(request, "patents/posting_detail.html", context)


@once
@require_http_methods(["GET", "POST"])
def posting_create(request: HttpRequest, number: str) -> HttpResponse:
    """The owner posts the price of one form of transfer."""
    listing = queries.listing_for(request.user, number)
    rules.require(rules.listing_edit, request.user, listing)
    rules.require(rules.posting_create, request.user, listing)
    offered = queries.offered_of(listing)
    form = PriceForm(_sent(request), offered=offered)
    if request.method == "POST" and form.is_valid():
        try:
            posting = actions.posting_create(listing_id=listing.pk, actor=request.user, price=form.price)
            messages.success(request, _("已公示，公示期满并答复异议后才能签约。"))
            return redirect(posting)
        except Conflict as refused:
            form.add_error(None, f"{refused.reason}{refused.advice}")
    context = {"form": form, "title": _("公示拟交易价格"), "submit": _("公示"), "number": listing.number}
    return render(request, "patents/posting_write.html", {**context, "back": listing, "days": settings.POSTING_DAYS})


@once
@require_http_methods(["GET", "POST"])
def posting_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The owner takes a posting back, with the reason."""
    posting = posting_queries.posting_for(pk)
    rules.require(rules.listing_edit, request.user, posting.listing)
    form = WithdrawForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        actions.posting_withdraw(posting_id=pk, actor=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("已撤回公示。"))
        return redirect(posting)
    return _page(request, posting, form, _("撤回公示"))


@once
@require_http_methods(["GET", "POST"])
def objection_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Anybody signed in objects."""
    posting = posting_queries.posting_for(pk)
    rules.require(rules.objection_file, request.user, posting)
    form = ObjectionForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        actions.objection_file(posting_id=pk, actor=request.user, text=form.cleaned_data["text"])
        messages.success(request, _("异议已送达权利人，答复后会通知您。"))
        return redirect(posting)
    return _page(request, posting, form, _("提出异议"))


@once
@require_http_methods(["GET", "POST"])
def objection_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The owner answers an objection, once."""
    objection = posting_queries.objection_for(pk)
    rules.require(rules.listing_edit, request.user, objection.posting.listing)
    form = AnswerForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        actions.objection_answer(objection_id=pk, actor=request.user, answer=form.cleaned_data["answer"])
        messages.success(request, _("答复已公开。"))
        return redirect(objection.posting)
    return _page(request, objection.posting, form, _("答复异议"), asked=objection.text)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _page(request: HttpRequest, posting: PricePosting, form: Any, title: str, **extra: Any) -> HttpResponse:
    context = {"form": form, "title": title, "submit": title, "posting": posting, "back": posting, **extra}
    return render(request, "patents/posting_write.html", context)
