"""My desk: one list of what waits for me, one of what I wait for. Read next: ../desk.py."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from platform_site import clock
from platform_site.accounts import rules
from platform_site.portal import desk as desks


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    found = desks.desk_of(request.user)
    context = {
        "desk": found,
        "now": clock.now(),
        "offices": found.offices,
        "is_administrator": rules.is_administrator(request.user),
    }
    return render(request, "portal/desk.html", context)
