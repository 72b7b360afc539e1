"""Proposals to a need: by the patentee, and the answers of whoever looks for it. Read next: negotiations.py."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from patents.forms.listing import ReasonForm
from platform_site.accounts.rules import require
from platform_site.outbox.once import once
from platform_site.ui.pagination import paged
from trading import need_matches as matching
from trading import need_queries as queries
from trading import need_rules as rules
from trading import need_shown as shown
from trading import queries as rooms
from trading.actions import need_proposals as actions
from trading.forms.needs import AcceptForm, ProposeForm
from trading.models import NeedProposal

PAGE_SIZE = 10


@require_http_methods(["GET", "HEAD", "POST"])
@once
def need_propose(request: HttpRequest, number: str) -> HttpResponse:
    """Choose one of one's own listings, seeing how each answers the need, and say why."""
    need = queries.need_for(request.user, number)
    require(rules.need_propose, request.user, need)
    listings = queries.listings_to_propose(request.user, need)
    initial = {"listing": request.GET.get("listing")}
    form = ProposeForm(_sent(request), listings=listings, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen, text = form.cleaned_data["listing"], form.cleaned_data["text"]
        actions.need_propose(need_id=need.pk, listing_id=chosen, actor=request.user, text=text)
        messages.success(request, _("方案已送达需求方，答复后会通知您。"))
        return redirect("trading:proposal_mine")
    found = matching.matches_of_listings(need, [listing.pk for listing in listings])
    rows = shown.match_rows(list(found.values())[: shown.MATCHES_SHOWN], {one.pk: one for one in listings})
    context = {"need": need, "form": form, "listings": listings, "rows": rows, "is_open": shown.is_open(need)}
    return render(request, "trading/need_propose.html", context)


@require_safe
def need_proposals(request: HttpRequest, number: str) -> HttpResponse:
    """For the owner of the need: what was proposed, each with its match."""
    need = queries.need_for(request.user, number)
    require(rules.need_edit, request.user, need)
    found, window = paged(request, queries.proposals_to(need), PAGE_SIZE)
    matches = matching.matches_of_listings(need, [one.listing_id for one in found])
    judged = shown.match_rows(list(matches.values()), {one.listing_id: one.listing for one in found})
    criteria = {row["listing"].pk: row for row in judged}
    rows = [{**shown.proposal_row(one), "match": criteria.get(one.listing_id)} for one in found]
    context = {"need": need, "rows": rows, "window": window, "is_open": shown.is_open(need)}
    return render(request, "trading/need_proposals.html", context)


@require_safe
def proposal_mine(request: HttpRequest) -> HttpResponse:
    """For the patentee: what was proposed, and the answers."""
    found, window = paged(request, queries.proposals_by(request.user))
    rows = [shown.proposal_row(one) for one in found]
    return render(request, "trading/proposal_mine.html", {"rows": rows, "window": window})


@require_http_methods(["GET", "HEAD", "POST"])
@once
def proposal_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """The first message of the room; with it the proposal is accepted and the room opened, in one."""
    proposal = queries.proposal_for(request.user, pk)
    require(rules.proposal_decide, request.user, proposal)
    form = AcceptForm(_sent(request), need=proposal.need, offered=rooms.forms_offered(proposal.listing))
    if request.method == "POST" and form.is_valid():
        decided = actions.proposal_accept(proposal_id=proposal.pk, actor=request.user, **form.cleaned_data)
        messages.success(request, _("已接受方案，洽谈室已建立。"))
        return redirect(decided.negotiation)
    return _answer_page(request, proposal, form, "accept")


@require_http_methods(["GET", "HEAD", "POST"])
@once
def proposal_decline(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = queries.proposal_for(request.user, pk)
    require(rules.proposal_decide, request.user, proposal)
    form = ReasonForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.proposal_decline(proposal_id=proposal.pk, actor=request.user, reason=reason)
        messages.success(request, _("已谢绝，对方会看到您的原因。"))
        return redirect("trading:need_proposals", proposal.need.number)
    return _answer_page(request, proposal, form, "decline")


@require_POST
@once
def proposal_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = queries.proposal_for(request.user, pk)
    actions.proposal_withdraw(proposal_id=proposal.pk, actor=request.user)
    messages.success(request, _("方案已撤回。"))
    return redirect("trading:proposal_mine")


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _answer_page(request: HttpRequest, proposal: NeedProposal, form: Any, verb: str) -> HttpResponse:
    context = {"proposal": proposal, "row": shown.proposal_row(proposal), "form": form, "verb": verb}
    return render(request, "trading/proposal_answer.html", context)
