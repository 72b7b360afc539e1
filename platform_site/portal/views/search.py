"""The one box of the home page: a number goes to its record, words go to the search. Read next: patents/views/search.py."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from patents.search import number_answer
from trading.need_queries import need_named


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    number = number_answer(words)
    record = (number and number.listing) or need_named(words)
    if record:
        return redirect(record)
    listings = reverse("patents:listing_search")
    return redirect(f"{listings}?{urlencode({'q': words})}" if words else listings)
