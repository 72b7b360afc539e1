"""What the officer's pages show: rows of the queue, one item, the page that confirms several. Read next: reviews.py."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from patents import checklist, differences, rules
from patents import review_queries as reads
from patents.forms.reviews import HandOverForm, ReviewForm
from patents.models import ListingVersion, Review
from patents.models.review import Decision
from patents.states import VersionState
from platform_site.regions.facts import PROVINCES
from platform_site.regions.models import Province
from platform_site.ui.formats import reads_chinese

TONES = {Decision.APPROVED: "jade", Decision.CHANGES_REQUESTED: "ochre", Decision.REJECTED: "cinn"}


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


def is_open(review: Review) -> bool:
    return not review.decision and review.version.state == VersionState.SUBMITTED


# ---- the queue


def segments(current: str) -> list[tuple[str, str, bool]]:
    words = {"open": _("全部待办"), "free": _("未领取"), "mine": _("我领取的"), "done": _("已办结")}
    here = reverse("patents:review_queue")
    return [
        (words[name], here if name == "open" else f"{here}?show={name}", name == current) for name in reads.SEGMENTS
    ]


def rows(reviews: Sequence[Review], officer: Any, days: reads.Calendar) -> list[dict[str, Any]]:
    submissions = reads.submissions_of(reviews)
    return [_row(review, officer, checklist.machine_checks(submissions[review.pk]), days) for review in reviews]


def _row(review: Review, officer: Any, found: list[checklist.Check], days: reads.Calendar) -> dict[str, Any]:
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
        "alone": why_alone(review, officer, found),
        "decision_tone": TONES.get(review.decision, ""),
    }


def why_alone(review: Review, officer: Any, found: list[checklist.Check]) -> str:
    """Why this officer cannot approve the item together with others, in a sentence; empty when it can be ticked."""
    if not is_open(review):
        return _("这一件已办结或已撤回。")
    if review.is_own:  # type: ignore[attr-defined]
        return str(rules.review_decide.reason)  # type: ignore[attr-defined]
    if review.taken_by_id not in (None, officer.pk):
        return _("由%(name)s领取。") % {"name": review.taken_by}
    return checklist.why_not_in_bulk(found, review.checklist)


def groups(shown: list[dict[str, Any]], counts: dict[str, int], segment: str) -> list[dict[str, Any]]:
    if segment == "done":
        return [{"title": _("已办结"), "count": counts["total"], "rows": shown}] if shown else []
    titles = {"today": _("今日到期与逾期"), "tomorrow": _("下一个工作日到期"), "rest": _("其余")}

    def bucket(row: dict[str, Any]) -> str:
        return "today" if row["left"] <= 0 else "tomorrow" if row["left"] == 1 else "rest"

    return [{"title": titles[name], "count": counts[name], "rows": list(part)} for name, part in groupby(shown, bucket)]


def empty(officer: Any, provinces: Sequence[Province], segment: str) -> str:
    """Which of the three empty states: nothing ever came (first), nothing under this view (none), all decided (done)."""
    if segment != "open":
        return "none"
    return "done" if reads.review_queue(officer, provinces, "done").exists() else "first"


# ---- one item


def item(
    review: Review,
    officer: Any,
    against: str = "",
    form: ReviewForm | None = None,
    hand_over: HandOverForm | None = None,
) -> dict[str, Any]:
    """Everything that the page of one submission shows; `against` is the number of the version to compare with."""
    version, decided = review.version, reads.review_history(review.version)
    kind, tone = kind_words(review.before)  # type: ignore[attr-defined]
    return {
        "review": review,
        "version": version,
        "listing": version.listing,
        "applicant": applicant_of(version),
        "kind": kind,
        "kind_tone": tone,
        "left": reads.calendar().left(review.due_on),
        **_texts(review, decided, against),
        **_checks(review),
        "papers": _papers(version),
        "history": _history(decided, review),
        "decision_tone": TONES.get(review.decision, ""),
        **_desk(review, officer, form, hand_over),
    }


def _texts(review: Review, decided: Sequence[Review], against: str) -> dict[str, Any]:
    """The submitted text beside an earlier one."""
    earlier = reads.versions_before(review.version, decided)
    old = _compared(against, earlier)
    rows = differences.version_differences(old, review.version)
    return {"rows": rows, "old": old, "compare": _compare_links(review, earlier, old)}


def _checks(review: Review) -> dict[str, Any]:
    """What the portal has checked, and the patents it looked at."""
    submission = reads.submissions_of([review])[review.pk]
    found = checklist.machine_checks(submission)
    return {
        "patents": submission.patents,
        "checks": found,
        "checks_good": checklist.passed(found),
        "stops": checklist.stops(found),
    }


def _desk(review: Review, officer: Any, form: ReviewForm | None, hand_over: HandOverForm | None) -> dict[str, Any]:
    """What this officer may press, and the checklist with it."""
    open_now, own = is_open(review), review.is_own  # type: ignore[attr-defined]
    mine = open_now and not own and review.taken_by_id == officer.pk
    can_hand_over = open_now and (mine or (own and review.taken_by_id is None))
    return {
        "open_now": open_now,
        "own": own,
        "mine": mine,
        "can_take": open_now and not own and review.taken_by_id is None,
        "can_hand_over": can_hand_over,
        "form": form or ReviewForm(kept=review.checklist),
        "hand_over": hand_over or (HandOverForm(offices=others(review)) if can_hand_over else None),
        "judged": _judged(review),
        "canned": {one.token: str(one.text) for one in checklist.CANNED},
    }


def others(review: Review) -> list[tuple[str, str]]:
    """The five offices that it can be handed to, by code; their names are given and cost no query."""
    name = "office_zh" if reads_chinese() else "office_en"
    return [(fact.code, getattr(fact, name)) for fact in PROVINCES if fact.code != review.province_id]


def _compared(against: str, earlier: list[ListingVersion]) -> ListingVersion | None:
    """The text to compare with: the one named in the address, else the last that an office has seen."""
    if not against:
        return earlier[0] if earlier else None
    for version in earlier:
        if str(version.number) == against:
            return version
    raise Http404


def _compare_links(
    review: Review, earlier: list[ListingVersion], old: ListingVersion | None
) -> list[tuple[str, str, bool]]:
    """The last text seen by an office and the public one, where they differ; older ones stay reachable by number."""
    public = review.version.listing.public_version_id
    offered = [one for place, one in enumerate(earlier) if place == 0 or one.pk == public]
    if len(offered) < 2:
        return []
    here = reverse("patents:review_detail", args=[review.pk])
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
        {"label": one.label, "ok": lines.get(name, {}).get("ok"), "note": lines.get(name, {}).get("note", "")}
        for name, one in checklist.ITEMS.items()
    ]
