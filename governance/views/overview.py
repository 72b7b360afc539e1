"""The Leading Group at a glance, and the agreement it rests on. Read next: ../group_page.py."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance import group_page


@login_not_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    return render(request, "governance/overview.html", group_page.overview())


@login_not_required
@require_safe
def agreement(request: HttpRequest) -> HttpResponse:
    return render(request, "governance/agreement.html", group_page.agreement())
