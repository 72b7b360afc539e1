"""What answers a need, and what needs one's own listings answer: the same rule from both sides. Read next: need_proposals.py."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from platform_site.accounts.rules import require
from trading import need_matches as matching
from trading import need_queries as queries
from trading import need_rules as rules
from trading import need_shown as shown


@require_safe
def need_matches(request: HttpRequest, number: str) -> HttpResponse:
    """For its owner: listings on the market, best first, with a reason for each criterion."""
    need = queries.need_for(request.user, number)
    require(rules.need_edit, request.user, need)
    found = matching.matches_for_need(need)
    page, window = shown.paged_list(request, found)
    rows = shown.match_rows(page, queries.listings_by_id([match.offer.listing_id for match in page]))
    context = {"need": need, "rows": rows, "window": window, "count": len(found), "rule": shown.printed_rule()}
    return render(request, "trading/need_matches.html", context)


@require_safe
def need_for_listings(request: HttpRequest) -> HttpResponse:
    """For a patentee: open needs that their listings answer."""
    market = {listing.pk: listing for listing in queries.market_of(request.user)}
    found = matching.matches_for_listings(request.user.pk, list(market))
    page, window = shown.paged_list(request, found)
    context = {
        "rows": shown.match_rows(page, market),
        "window": window,
        "count": len(found),
        "has_listings": bool(market),
        "rule": shown.printed_rule(),
        "listings_most": matching.LISTINGS_AT_MOST,
    }
    return render(request, "trading/need_for_listings.html", context)
