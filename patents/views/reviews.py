"""The officer's pages: the queue, one item, several at once, and what is pressed. Read next: ../actions/reviews.py."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from patents import checklist
from patents import review_queries as queries
from patents.actions import reviews as actions
from patents.forms.reviews import BulkForm, HandOverForm, ReviewForm
from patents.models import Review
from platform_site import clock
from platform_site.errors import Busy, Conflict, Refusal
from platform_site.outbox.once import once, once_in_parts
from platform_site.ui.formats import minute_iso
from platform_site.ui.pagination import page_links, page_url

from . import review_shown as shown

PAGE_SIZE = 20
IN_BULK_AT_MOST = 20


@require_safe
def review_queue(request: HttpRequest) -> HttpResponse:
    """What lies with the officer's provinces, oldest due first, in the groups today, next working day, later."""
    provinces = queries.reviewing_provinces(request.user)
    if "bulk" in request.GET:
        return _to_confirming(request)
    segment = request.GET.get("show", "open")
    if segment not in queries.SEGMENTS:
        raise Http404
    days = queries.calendar()
    counts = queries.review_counts(queries.review_queue(request.user, provinces, segment), days)
    window, reviews = _page_of(request, queries.review_queue(request.user, provinces, segment), counts["total"])
    rows = shown.rows(reviews, request.user, days)
    context = {
        "provinces": provinces,
        "segment": segment,
        "segments": shown.segments(segment),
        "counts": counts,
        "groups": shown.groups(rows, counts, segment),
        "can_pick": any(not row["alone"] for row in rows),
        "window": window,
        "empty": "" if reviews else shown.empty(request.user, provinces, segment),
        "released": queries.review_released(request.user, provinces, request.GET.get("released", "")),
        "now": clock.now(),
    }
    return render(request, "patents/review_queue.html", context)


@require_safe
def review_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One submission: what was submitted and how it differs, and beside it the checklist."""
    return _item(request, queries.review_for(request.user, pk))


@require_POST
@once
def review_take(request: HttpRequest, pk: int) -> HttpResponse:
    """The page that follows offers to undo it; so does the queue after a release. Neither tells anybody anything."""
    review = queries.review_for(request.user, pk)
    actions.review_take(review_id=review.pk, actor=request.user)
    messages.success(request, _("已领取，由您一人办理。"))
    return redirect(reverse("patents:review_detail", args=[pk]) + "?taken=1")


@require_POST
@once
def review_release(request: HttpRequest, pk: int) -> HttpResponse:
    review = queries.review_for(request.user, pk)
    actions.review_release(review_id=review.pk, actor=request.user)
    messages.success(request, _("已放回队列。"))
    return redirect(reverse("patents:review_queue") + f"?released={pk}")


@require_http_methods(["GET", "POST"])
@once
def review_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the checklist without deciding; with `?draft` the answer is the line that stands beside the form."""
    if request.method != "POST" or "draft" not in request.GET:
        return _decide(request, pk, "check", actions.review_check, _("核对结果已保存。"))
    review = queries.review_for(request.user, pk)
    form = ReviewForm(request.POST, verb="check")
    if not form.is_valid():
        return HttpResponse(status=422)
    actions.review_check(review_id=review.pk, actor=request.user, **form.words_of_decision)
    said = _("已存 %(time)s") % {"time": minute_iso(clock.now())[-5:]}
    return HttpResponse(said, content_type="text/plain; charset=utf-8")


@require_http_methods(["GET", "POST"])
@once
def review_approve(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, "approve", actions.review_approve, _("%(number)s 已通过审核并公开。"))


@require_http_methods(["GET", "POST"])
@once
def review_request_changes(request: HttpRequest, pk: int) -> HttpResponse:
    say = _("%(number)s 已退回修改，提交人会收到您的意见。")
    return _decide(request, pk, "request_changes", actions.review_request_changes, say)


@require_http_methods(["GET", "POST"])
@once
def review_reject(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, "reject", actions.review_reject, _("%(number)s 未予通过，提交人会收到您的意见。"))


@require_http_methods(["GET", "POST"])
@once
def review_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """To another of the six, which starts its own clock; this office keeps the closed review."""
    review = queries.review_for(request.user, pk)
    if request.method == "GET":
        return redirect("patents:review_detail", pk)
    form = HandOverForm(request.POST, offices=shown.others(review))
    if not form.is_valid():
        return _item(request, review, hand_over=form)
    code, reason = form.cleaned_data["province"], form.cleaned_data["reason"]
    opened = actions.review_hand_over(review_id=review.pk, actor=request.user, province_code=code, reason=reason)
    messages.success(request, _("已转由%(office)s办理。") % {"office": opened.province.office})
    return redirect("patents:review_queue")


@require_http_methods(["GET", "HEAD", "POST"])
@once_in_parts
def review_approve_many(request: HttpRequest, picks: list[int]) -> HttpResponse:
    """What was ticked in the queue, listed once more and then approved, each by itself: one refusal stops no other."""
    reviews = queries.reviews_for(request.user, picks)
    _require_few(picks)
    form = BulkForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        _approve_each(request, reviews)
        return redirect("patents:review_queue")
    rows = shown.rows(reviews, request.user, queries.calendar())
    fit = [row for row in rows if not row["alone"]]
    context = {
        "form": form,
        "fit": fit,
        "unfit": [row for row in rows if row["alone"]],
        "picks": [row["review"].pk for row in fit],
    }
    return render(request, "patents/review_approve_many.html", context)


# ---- what the views share


def _decide(request: HttpRequest, pk: int, verb: str, act: Callable[..., Review], say: str) -> HttpResponse:
    """Gate, form, action, answer: with an error the item again, after a decision the next one to judge."""
    review = queries.review_for(request.user, pk)
    if request.method == "GET":  # the language switch on a page that was shown again with errors
        return redirect("patents:review_detail", pk)
    form = ReviewForm(request.POST, verb=verb)
    if not form.is_valid():
        return _item(request, review, form=form)
    decided = act(review_id=review.pk, actor=request.user, **form.words_of_decision)
    messages.success(request, say % {"number": review.version.listing.number})
    if not decided.decision:
        return redirect("patents:review_detail", pk)
    following = queries.review_next(request.user, queries.reviewing_provinces(request.user), after=review)
    return redirect("patents:review_detail", following.pk) if following else redirect("patents:review_queue")


def _item(request: HttpRequest, review: Review, **forms: Any) -> HttpResponse:
    context = shown.item(review, request.user, request.GET.get("against", ""), **forms)
    context["just_taken"] = context["mine"] and "taken" in request.GET
    return render(request, "patents/review_detail.html", context)


def _page_of(request: HttpRequest, rows: Any, total: int) -> tuple[Any, list[Review]]:
    number = request.GET.get("page", "1")
    last = max(1, -(-total // PAGE_SIZE))
    if not number.isdecimal() or len(number) > 9 or not 1 <= int(number) <= last:
        raise Http404
    start = (int(number) - 1) * PAGE_SIZE
    return page_links(int(number), last, page_url(request)), list(rows[start : start + PAGE_SIZE])


def _to_confirming(request: HttpRequest) -> HttpResponse:
    """From the boxes of the queue to the address that names them: it can be reloaded and read in the other language."""
    picked = list(dict.fromkeys(request.GET.getlist("pick")))
    if not picked:
        messages.warning(request, _("请先在队列中勾选要成批通过的事项。"))
        return redirect("patents:review_queue")
    _require_few(picked)
    if not all(pick.isascii() and pick.isdecimal() and len(pick) <= 18 for pick in picked):
        raise Http404
    return redirect("patents:review_approve_many", [int(pick) for pick in picked])


def _require_few(picked: Sequence[object]) -> None:
    if len(picked) > IN_BULK_AT_MOST:
        most = {"most": IN_BULK_AT_MOST}
        raise Conflict(_("一次最多成批通过%(most)s件。") % most, _("请回到队列，分几次勾选。"))


def _approve_each(request: HttpRequest, reviews: Sequence[Review]) -> None:
    """Each in a transaction of its own; the next page says of every one whether it was approved, or why not."""
    approved: list[str] = []
    for review in reviews:
        number, judged = review.version.listing.number, checklist.all_passed(review.checklist)
        try:
            actions.review_approve(review_id=review.pk, actor=request.user, checklist=judged, in_bulk=True)
        except (Refusal, OperationalError) as error:
            refused = error if isinstance(error, Refusal) else Busy()
            why = {"number": number, "reason": refused.reason, "advice": refused.advice}
            messages.warning(request, _("%(number)s 没有办理：%(reason)s%(advice)s") % why)
        else:
            approved.append(number)
    if approved:
        said = ngettext(
            "%(count)s 件已通过审核并公开：%(numbers)s", "%(count)s 件已通过审核并公开：%(numbers)s", len(approved)
        )
        messages.success(request, said % {"count": len(approved), "numbers": " ".join(approved)})
