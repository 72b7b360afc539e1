"""The officer's pages of needs: the queue, one need, and what is pressed. Read next: need_proposals.py."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from patents.review_queries import calendar
from platform_site import clock
from platform_site.outbox.once import once
from platform_site.ui.pagination import paged
from trading import need_queries as queries
from trading import need_rules as rules
from trading import need_shown as shown
from trading.actions import need_reviews as actions
from trading.forms.needs import NeedReviewForm
from trading.models import NeedReview


@require_safe
def need_review_queue(request: HttpRequest) -> HttpResponse:
    """What lies with the officer's provinces, oldest due first."""
    provinces = queries.reviewing_provinces(request.user)
    segment = request.GET.get("show", "open")
    if segment not in queries.SEGMENTS:
        raise Http404
    reviews, window = paged(request, queries.review_queue(request.user, provinces, segment))
    days = calendar()
    context = {
        "provinces": provinces,
        "segment": segment,
        "segments": shown.segments(segment),
        "rows": [shown.review_row(review, days) for review in reviews],
        "window": window,
        "now": clock.now(),
    }
    return render(request, "trading/need_review_queue.html", context)


@require_safe
def need_review_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _item(request, queries.review_for(request.user, pk))


@require_POST
@once
def need_review_take(request: HttpRequest, pk: int) -> HttpResponse:
    review = queries.review_for(request.user, pk)
    actions.need_review_take(review_id=review.pk, actor=request.user)
    messages.success(request, _("已领取，由您一人办理。"))
    return redirect("trading:need_review_detail", pk)


@require_POST
@once
def need_review_release(request: HttpRequest, pk: int) -> HttpResponse:
    review = queries.review_for(request.user, pk)
    actions.need_review_release(review_id=review.pk, actor=request.user)
    messages.success(request, _("已放回队列。"))
    return redirect("trading:need_review_queue")


@require_http_methods(["GET", "HEAD", "POST"])
@once
def need_review_approve(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, "approve", actions.need_review_approve, _("%(number)s 已公开。"))


@require_http_methods(["GET", "HEAD", "POST"])
@once
def need_review_request_changes(request: HttpRequest, pk: int) -> HttpResponse:
    say = _("%(number)s 已退回修改，需求方会收到您的意见。")
    return _decide(request, pk, "request_changes", actions.need_review_request_changes, say)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def need_review_reject(request: HttpRequest, pk: int) -> HttpResponse:
    say = _("%(number)s 未予通过，需求方会收到您的意见。")
    return _decide(request, pk, "reject", actions.need_review_reject, say)


# ---- what the views share


def _decide(request: HttpRequest, pk: int, verb: str, act: Callable[..., NeedReview], say: str) -> HttpResponse:
    review = queries.review_for(request.user, pk)
    if request.method != "POST":  # the language switch on a page that was shown again with errors
        return redirect("trading:need_review_detail", pk)
    form = NeedReviewForm(request.POST, verb=verb)
    if not form.is_valid():
        return _item(request, review, form)
    act(review_id=review.pk, actor=request.user, **form.values)
    messages.success(request, say % {"number": review.need.number})
    return redirect("trading:need_review_queue")


def _item(request: HttpRequest, review: NeedReview, form: NeedReviewForm | None = None) -> HttpResponse:
    is_own = rules.need_review_is_own(request.user, review)
    held = review.taken_by is not None and rules.need_review_see(review.taken_by, review)
    context: dict[str, Any] = {
        **shown.detail(review.need),
        "review": review,
        "left": calendar().left(review.due_on),
        "points": shown.checked_points(review),
        "texts": shown.points(review.need),
        "is_own": is_own,
        "is_mine": not review.decision and review.taken_by_id == request.user.pk and not is_own,
        "can_take": not review.decision and not is_own and not held,
        "form": form or NeedReviewForm(),
    }
    return render(request, "trading/need_review_detail.html", context)
