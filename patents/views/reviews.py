"""The officer's pages: the queue, one item, and what is pressed on it. Read next: ../actions/reviews.py, ../checklist.py."""

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from patents import checklist, differences, queries, rules
from patents.actions import reviews as actions
from patents.forms.reviews import HandOverForm, ReviewForm
from patents.models import ListingVersion, Review
from patents.models.review import Decision
from patents.states import VersionState
from platform_site import clock
from platform_site.outbox.once import once
from platform_site.regions.models import Province
from platform_site.ui.formats import minute_iso
from platform_site.ui.pagination import page_links, page_url

PAGE_SIZE = 20
TONES = {Decision.APPROVED: "jade", Decision.CHANGES_REQUESTED: "ochre", Decision.REJECTED: "cinn"}


@require_safe
def review_queue(request: HttpRequest) -> HttpResponse:
    """What lies with the officer's provinces, oldest due first, in the groups today, next working day, later."""
    provinces = queries.reviewing_provinces(request.user)
    segment = request.GET.get("show", "open")
    if segment not in queries.SEGMENTS:
        raise Http404
    days = queries.calendar()
    rows = queries.review_queue(request.user, provinces, segment)
    counts = queries.review_counts(rows, days)
    window, reviews = _page_of(request, rows, counts["total"])
    context = {
        "provinces": provinces,
        "segment": segment,
        "segments": _segments(segment),
        "counts": counts,
        "groups": _groups(_rows(reviews, days), counts, segment),
        "window": window,
        "empty": "" if reviews else _empty(request, provinces, segment),
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
    review = queries.review_for(request.user, pk)
    actions.review_take(review_id=review.pk, actor=request.user)
    messages.success(request, _("已领取，由您一人办理。"))
    return redirect("patents:review_detail", pk)


@require_POST
@once
def review_release(request: HttpRequest, pk: int) -> HttpResponse:
    review = queries.review_for(request.user, pk)
    actions.review_release(review_id=review.pk, actor=request.user)
    messages.success(request, _("已放回队列。"))
    return redirect("patents:review_queue")


@require_http_methods(["GET", "POST"])
@once
def review_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the checklist without deciding; with `?draft` the answer is the line that stands beside the form."""

    def act(review: Review, form: ReviewForm) -> None:
        actions.review_check(review_id=review.pk, actor=request.user, checklist=form.judged)

    if request.method == "POST" and "draft" in request.GET:
        form = ReviewForm(request.POST, verb="check")
        review = queries.review_for(request.user, pk)
        if not form.is_valid():
            return HttpResponse(status=422)
        act(review, form)
        return HttpResponse(
            _("已存 %(time)s") % {"time": minute_iso(clock.now())[-5:]}, content_type="text/plain; charset=utf-8"
        )
    return _decide(request, pk, "check", act, _("核对结果已保存。"), stay=True)


@require_http_methods(["GET", "POST"])
@once
def review_approve(request: HttpRequest, pk: int) -> HttpResponse:
    def act(review: Review, form: ReviewForm) -> None:
        actions.review_approve(review_id=review.pk, actor=request.user, checklist=form.judged)

    return _decide(request, pk, "approve", act, _("%(number)s 已通过审核并公开。"))


@require_http_methods(["GET", "POST"])
@once
def review_request_changes(request: HttpRequest, pk: int) -> HttpResponse:
    def act(review: Review, form: ReviewForm) -> None:
        reason = form.cleaned_data["reason"]
        actions.review_request_changes(review_id=review.pk, actor=request.user, checklist=form.judged, reason=reason)

    return _decide(request, pk, "request_changes", act, _("%(number)s 已退回修改，提交人会收到您的意见。"))


@require_http_methods(["GET", "POST"])
@once
def review_reject(request: HttpRequest, pk: int) -> HttpResponse:
    def act(review: Review, form: ReviewForm) -> None:
        reason = form.cleaned_data["reason"]
        actions.review_reject(review_id=review.pk, actor=request.user, checklist=form.judged, reason=reason)

    return _decide(request, pk, "reject", act, _("%(number)s 未予通过，提交人会收到您的意见。"))


@require_http_methods(["GET", "POST"])
@once
def review_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """To another of the six, which starts its own clock; this office keeps the closed review."""
    review = queries.review_for(request.user, pk)
    if request.method == "GET":
        return redirect("patents:review_detail", pk)
    form = HandOverForm(request.POST, offices=_others(review))
    if not form.is_valid():
        return _item(request, review, hand_over=form)
    code, reason = form.cleaned_data["province"], form.cleaned_data["reason"]
    opened = actions.review_hand_over(review_id=review.pk, actor=request.user, province_code=code, reason=reason)
    messages.success(request, _("已转由%(office)s办理。") % {"office": opened.province.office})
    return redirect("patents:review_queue")


def _decide(
    request: HttpRequest, pk: int, verb: str, act: Callable[[Review, ReviewForm], None], say: str, *, stay: bool = False
) -> HttpResponse:
    """Gate, form, action, answer: with an error the item again, else the next one to judge."""
    review = queries.review_for(request.user, pk)
    if request.method == "GET":  # the language switch on a page that was shown again with errors
        return redirect("patents:review_detail", pk)
    form = ReviewForm(request.POST, verb=verb)
    if not form.is_valid():
        return _item(request, review, form=form)
    act(review, form)
    messages.success(request, say % {"number": review.version.listing.number})
    if stay:
        return redirect("patents:review_detail", pk)
    following = queries.review_next(request.user, queries.reviewing_provinces(request.user), after=review)
    return redirect("patents:review_detail", following.pk) if following else redirect("patents:review_queue")


# ---- what the queue shows


def _page_of(request: HttpRequest, rows: Any, total: int) -> tuple[Any, list[Review]]:
    number = request.GET.get("page", "1")
    last = max(1, -(-total // PAGE_SIZE))
    if not number.isdecimal() or len(number) > 9 or not 1 <= int(number) <= last:
        raise Http404
    start = (int(number) - 1) * PAGE_SIZE
    return page_links(int(number), last, page_url(request)), list(rows[start : start + PAGE_SIZE])


def _segments(current: str) -> list[tuple[str, str, bool]]:
    words = {"open": _("全部待办"), "free": _("未领取"), "mine": _("我领取的"), "done": _("已办结")}
    here = reverse("patents:review_queue")
    return [
        (words[name], here if name == "open" else f"{here}?show={name}", name == current) for name in queries.SEGMENTS
    ]


def _rows(reviews: list[Review], days: queries.Calendar) -> list[dict[str, Any]]:
    submissions = queries.submissions_of(reviews)
    return [_row(review, checklist.machine_checks(submissions[review.pk]), days) for review in reviews]


def _row(review: Review, found: list[checklist.Check], days: queries.Calendar) -> dict[str, Any]:
    listing = review.version.listing
    kind, tone = kind_words(review.before)  # type: ignore[attr-defined]
    good, of = checklist.passed(found)
    return {
        "review": review,
        "left": days.left(review.due_on),
        "title": review.version.title or listing.number,
        "number": listing.number,
        "applicant": applicant_of(review.version),
        "kind": kind,
        "kind_tone": tone,
        "checks": f"{good}/{of}",
        "stops": bool(checklist.stops(found)),
        "decision_tone": TONES.get(review.decision, ""),
    }


def _groups(rows: list[dict[str, Any]], counts: dict[str, int], segment: str) -> list[dict[str, Any]]:
    if segment == "done":
        return [{"title": _("已办结"), "count": counts["total"], "rows": rows}] if rows else []
    titles = {"today": _("今日到期与逾期"), "tomorrow": _("下一个工作日到期"), "rest": _("其余")}

    def bucket(row: dict[str, Any]) -> str:
        return "today" if row["left"] <= 0 else "tomorrow" if row["left"] == 1 else "rest"

    return [{"title": titles[name], "count": counts[name], "rows": list(part)} for name, part in groupby(rows, bucket)]


def _empty(request: HttpRequest, provinces: list[Province], segment: str) -> str:
    """Which of the three empty states: nothing ever came (first), nothing under this view (none), all decided (done)."""
    if segment != "open":
        return "none"
    decided = queries.review_queue(request.user, provinces, "done")
    return "done" if decided.exists() else "first"


# ---- what the item shows


def applicant_of(version: ListingVersion) -> str:
    """The organisation a listing is offered for, else the person."""
    listing = version.listing
    return str(listing.organisation or listing.owner)


def kind_words(before: str | None) -> tuple[str, str]:
    """New, resubmitted or a change of what is public, with a tone: told from the state of the text seen before."""
    if before is None:
        return pgettext("submission", "新提交"), ""
    if before == VersionState.CHANGES_REQUESTED:
        return pgettext("submission", "重新提交"), "ochre"
    return pgettext("submission", "变更"), "indigo"


def _item(
    request: HttpRequest, review: Review, form: ReviewForm | None = None, hand_over: HandOverForm | None = None
) -> HttpResponse:
    version, days = review.version, queries.calendar()
    earlier = queries.versions_before(version)
    old = _compared(request, earlier)
    found = checklist.machine_checks(queries.submissions_of([review])[review.pk])
    open_now = not review.decision and version.state == VersionState.SUBMITTED
    own = rules.review_is_own(request.user, review)
    mine = open_now and not own and review.taken_by_id == request.user.pk
    kind, tone = kind_words(earlier[0].state if earlier else None)
    context = {
        "review": review,
        "version": version,
        "listing": version.listing,
        "applicant": applicant_of(version),
        "kind": kind,
        "kind_tone": tone,
        "left": days.left(review.due_on),
        "rows": differences.version_differences(old, version),
        "old": old,
        "compare": _compare_links(request, earlier, old, version),
        "patents": [row.patent for row in version.listing.listing_patents.all()],
        "checks": found,
        "checks_good": checklist.passed(found),
        "stops": checklist.stops(found),
        "papers": _papers(version),
        "history": _history(queries.review_history(version), review),
        "open_now": open_now,
        "own": own,
        "mine": mine,
        "can_take": open_now and not own and review.taken_by_id is None,
        "can_hand_over": open_now and (mine or (own and review.taken_by_id is None)),
        "form": form or ReviewForm(kept=review.checklist),
        "hand_over": hand_over or HandOverForm(offices=_others(review)),
        "judged": _judged(review),
        "decision_tone": TONES.get(review.decision, ""),
        "canned": {one.token: str(one.text) for one in checklist.CANNED},
    }
    return render(request, "patents/review_detail.html", context)


def _compared(request: HttpRequest, earlier: list[ListingVersion]) -> ListingVersion | None:
    """The text to compare with: the one named in the address, else the last that an office has seen."""
    wanted = request.GET.get("against", "")
    if not wanted:
        return earlier[0] if earlier else None
    for version in earlier:
        if str(version.number) == wanted:
            return version
    raise Http404


def _compare_links(
    request: HttpRequest, earlier: list[ListingVersion], old: ListingVersion | None, version: ListingVersion
) -> list[tuple[str, str, bool]]:
    """The last text seen by an office and the public one, where they differ; older ones stay reachable by number."""
    public = version.listing.public_version_id
    offered = [one for place, one in enumerate(earlier) if place == 0 or one.pk == public]
    if len(offered) < 2:
        return []
    here = reverse("patents:review_detail", args=[request.resolver_match.kwargs["pk"]])
    words = {True: _("与公开的第%(number)s版"), False: _("与上次提交的第%(number)s版")}
    return [
        (words[one.pk == public] % {"number": one.number}, f"{here}?against={one.number}", one == old)
        for one in offered
    ]


def _papers(version: ListingVersion) -> list[dict[str, str]]:
    where = {True: _("仅供审核"), False: _("随技术公开")}
    return [
        {"name": paper.title, "url": paper.get_absolute_url(), "meta": where[paper.for_office_only]}
        for paper in version.attachments.all()
    ]


def _history(decided: Iterable[Review], review: Review) -> list[dict[str, Any]]:
    """Every earlier decision on the listing, then the present submission."""
    events = [
        {
            "when": one.decided_at,
            "title": _("第%(number)s版：%(decision)s")
            % {"number": one.version.number, "decision": Decision(one.decision).label},
            "text": " ".join(part for part in (one.province.office, str(one.decided_by), one.reason) if part),
        }
        for one in decided
    ]
    opened = {"when": review.opened_at, "title": _("本次审核开始"), "text": review.province.office, "state": "now"}
    return sorted([*events, opened], key=lambda event: event["when"])


def _judged(review: Review) -> list[dict[str, Any]]:
    """The checklist as it was kept, for whoever only reads it."""
    lines = checklist.cleaned(review.checklist)
    return [
        {"label": item.label, "ok": lines.get(name, {}).get("ok"), "note": lines.get(name, {}).get("note", "")}
        for name, item in checklist.ITEMS.items()
    ]


def _others(review: Review) -> list[Province]:
    return [province for province in queries.offices() if province.code != review.province_id]
