"""The plans by year; one that is carried out or closed shows its progress. Read next: plan_progress.py."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance import progress_queries as queries

from .plan_progress import published


@login_not_required
@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """Every plan that was published, latest first."""
    return render(request, "governance/plan_list.html", {"plans": queries.plans_published()})


@login_not_required
@require_safe
def plan_detail(request: HttpRequest, year: int) -> HttpResponse:
    return published(request, queries.plan_for(year))
