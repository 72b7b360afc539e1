"""The search page and its exports. Read next: ../search.py, ../search_page.py."""

import re

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect

from patents import exports, search, search_page, spreadsheets
from patents.filters import ListingFilter

_PAGE = re.compile(r"[1-9][0-9]{0,6}", re.ASCII)


@login_not_required
@require_safe
@vary_on_headers("HX-Request")
def listing_search(request: HttpRequest) -> HttpResponse:
    """Words, a number or filters; as a page, the part of it that htmx exchanges, or an export."""
    filters = ListingFilter(request.GET)
    if request.GET.get("format") in exports.FORMATS:
        return _export(request, filters)
    number = search.number_answer(filters.query.words)
    if number and number.listing:
        url = number.listing.get_absolute_url()
        return HttpResponseClientRedirect(url) if request.htmx else redirect(url)
    found = search.search(filters.query, _page(request))
    is_part = request.htmx and not request.htmx.history_restore_request
    template = "patents/_search_found.html" if is_part else "patents/listing_search.html"
    return render(request, template, search_page.context(request, filters, found, number))


def _export(request: HttpRequest, filters: ListingFilter) -> HttpResponse:
    if filters.sentences:
        return exports.refusal(filters.sentences)
    wanted = request.GET["format"]
    if wanted == "csv":
        return exports.as_csv(filters.query)
    if wanted == "xlsx":
        return spreadsheets.as_xlsx(filters.query)
    if wanted == "atom":
        return exports.as_atom(request, filters.query)
    return exports.as_json(request, search.search(filters.query, _page(request)))


def _page(request: HttpRequest) -> int:
    """The page asked for; one where none is named; what is no page number does not exist."""
    typed = request.GET.get("page", "") or "1"
    if not _PAGE.fullmatch(typed):
        raise Http404
    return int(typed)
