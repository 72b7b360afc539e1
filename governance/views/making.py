"""Where can this be made: what a listing or a need requires, against every facility of the six. Read next: ../making.py."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance import making, making_queries
from patents import queries as patent_queries
from platform_site.ui.languages import han_marked
from platform_site.ui.pagination import PAGE_SIZE, page_links, page_url
from trading import need_queries


@login_not_required
@require_safe
def making_listing(request: HttpRequest, number: str) -> HttpResponse:
    listing = patent_queries.listing_for(request.user, number)
    needs = making_queries.needs_of_listing(listing)
    version = listing.public_version
    title = f"{listing.number} {version.title if version else ''}"
    context = {"subject": han_marked(title), "subject_url": listing.get_absolute_url(), "number": listing.number}
    return render(request, "governance/making.html", {**context, "is_listing": True, **_ranked(request, needs)})


@login_not_required
@require_safe
def making_need(request: HttpRequest, number: str) -> HttpResponse:
    need = need_queries.need_for(request.user, number)
    needs = making_queries.needs_of_need(need)
    context = {"subject": han_marked(f"{need.number} {need.title}"), "subject_url": need.get_absolute_url()}
    return render(request, "governance/making.html", {**context, "is_listing": False, **_ranked(request, needs)})


def _ranked(request: HttpRequest, needs: list[making.Need]) -> dict[str, Any]:
    """One page of the ranking; 404 beyond the last."""
    facilities, offers = making_queries.offers()
    places = making.ranked(needs, offers) if needs else []
    last, asked = max(1, -(-len(places) // PAGE_SIZE)), request.GET.get("page", "1")
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0
    if not 1 <= page <= last:
        raise Http404
    shown = places[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    rows = [{"place": place, "facility": facilities[place.offer.key]} for place in shown]
    window = page_links(page, last, page_url(request))
    return {"needs": needs, "rows": rows, "window": window, "rule": making.RULE, "none": _("没有写明落地条件")}
