"""The thread of one technology through all eight systems. Read next: ../thread.py."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from patents import queries, rules
from platform_site.portal import thread as threads
from platform_site.ui.languages import han_marked


@login_not_required
@require_safe
def thread(request: HttpRequest, number: str) -> HttpResponse:
    """Whoever may read the listing sees the public marks; the rest is for whom it concerns."""
    listing, is_office = queries.listing_with_office(request.user, number)
    insider = is_office or rules.listing_edit(request.user, listing)
    marks = threads.thread(request.user, listing, insider=insider)
    title = listing.public_version.title if listing.public_version else ""
    context = {"listing": listing, "title": han_marked(title), "marks": marks}
    return render(request, "portal/thread.html", context)
