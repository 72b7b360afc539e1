"""An office's judgement of a submitted version: taking, checking, deciding, handing over. Read next: ../checklist.py.

A review is decided once. Its clock does not run while the applicant corrects: the review is over, and what comes back
opens a new one. Nothing here recommends a listing (Patent Law art. 79): a decision says what was checked.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from patents import checklist as checks
from patents import review_queries, rules
from patents.actions.listings import listing_publish
from patents.actions.versions import review_open, version_copy
from patents.models import ListingPatent, Review
from patents.models.review import Decision
from patents.states import LISTING_MOVES, VERSION_MOVES, ListingState, VersionState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.audit.record import record
from platform_site.errors import Conflict, MoveRefused
from platform_site.outbox.queue import after_commit
from platform_site.regions.facts import BY_CODE
from platform_site.states import move


@transaction.atomic
def review_take(*, review_id: int, actor: User) -> Review:
    """Take an open review: from now on this officer alone judges it. Taking one's own again changes nothing.

    Raises: NotAllowed (another province, or an interest in the listing), Conflict (a colleague has it),
        MoveRefused (decided or withdrawn). A colleague who no longer reviews there holds nothing.
    """
    review = review_queries.lock_review(review_id)
    rules.require(rules.review_see, actor, review)
    rules.require(rules.review_decide, actor, review)
    _require_open(review, Decision.APPROVED)
    _take(review, actor, "patents.review_take")
    return review


@transaction.atomic
def review_release(*, review_id: int, actor: User) -> Review:
    """Give a taken review back to the queue; what was checked so far stays for the colleague who takes it next.

    Raises: NotAllowed (another province), Conflict (not taken by the actor), MoveRefused (decided or withdrawn).
    """
    review = review_queries.lock_review(review_id)
    rules.require(rules.review_see, actor, review)
    _require_open(review, Decision.APPROVED)
    _require_taken_by(review, actor)
    review.taken_by = review.taken_at = None
    review.save(update_fields=["taken_by", "taken_at"])
    record(actor=actor, verb="patents.review_release", target=review, province_code=review.province_id)
    return review


@transaction.atomic
def review_check(*, review_id: int, actor: User, checklist: Mapping[str, Any]) -> Review:
    """Keep the checklist as far as it is filled in; it decides nothing and nobody is told."""
    review = review_queries.lock_review(review_id)
    _require_judge(review, actor, Decision.APPROVED)
    review.checklist = checks.cleaned(checklist)
    review.save(update_fields=["checklist"])
    record(
        actor=actor, verb="patents.review_check", target=review, province_code=review.province_id,
        checklist=review.checklist,
    )  # fmt: skip
    return review


@transaction.atomic
def review_approve(*, review_id: int, actor: User, checklist: Mapping[str, Any], in_bulk: bool = False) -> Review:
    """Approve the version: it becomes the public text. All five items must be passed, and no machine check may stop it.

    `in_bulk`, one of several that were ticked in the queue: a free one is taken on the way, every machine check must
    have passed, and the kept checklist may hold no problem.
    Raises: NotAllowed, Conflict (not taken by the actor, checklist incomplete, a machine check stops), MoveRefused
        (decided, withdrawn, or the listing is over). Then nothing is written.
    Source: design.md 3.2 (what is never published); ux.md 5; Patent Law arts 14, 50, 51.
    """
    review = review_queries.lock_review_chain(review_id)
    _require_judge(review, actor, Decision.APPROVED, free_too=in_bulk)
    judged = checks.cleaned(checklist)
    if not checks.is_complete(judged):
        raise Conflict(_("五项都核对无误后才能通过审核。"), _("有问题的请退回修改或不予通过，并说明原因。"))
    _require_publishable(review, in_bulk=in_bulk)
    if in_bulk:
        _take(review, actor, "patents.review_take")
    version = review.version
    listing = version.listing
    move(version, VersionState.APPROVED, VERSION_MOVES)
    version.save(update_fields=["state"])
    if listing.province_id != review.province_id:  # a revision that was handed over: the office follows its approval
        listing.province = review.province
        listing.save(update_fields=["province"])
    _close(review, Decision.APPROVED, actor, judged)
    listing_publish(listing=listing, version=version, actor=actor)
    _record_decision(review, actor, "patents.review_approve", in_bulk=in_bulk)
    after_commit("patents.review_approve_notify", review_id=review.pk)
    return review


@transaction.atomic
def review_request_changes(*, review_id: int, actor: User, checklist: Mapping[str, Any], reason: str) -> Review:
    """Send the version back: its text stays as it was judged, and a copy opens for the patentee to correct.

    A listing on the market stays there with its old text. Raises: NotAllowed, Conflict (not taken by the actor, no
    reason, no item marked as a problem), MoveRefused (decided or withdrawn).
    """
    review = review_queries.lock_review_chain(review_id)
    _require_judge(review, actor, Decision.CHANGES_REQUESTED)
    judged, words = _refusal(checklist, reason)
    version = review.version
    listing = version.listing
    move(version, VersionState.CHANGES_REQUESTED, VERSION_MOVES)
    if listing.public_version_id is None:
        move(listing, ListingState.CHANGES_REQUESTED, LISTING_MOVES)
    version.save(update_fields=["state"])
    listing.updated_at = clock.now()
    listing.save(update_fields=["state", "updated_at"])
    _close(review, Decision.CHANGES_REQUESTED, actor, judged, words)
    correction = version_copy(source=version, number=version.number + 1)
    _record_decision(review, actor, "patents.review_request_changes", correction=correction.number)
    after_commit("patents.review_request_changes_notify", review_id=review.pk)
    return review


@transaction.atomic
def review_reject(*, review_id: int, actor: User, checklist: Mapping[str, Any], reason: str) -> Review:
    """Refuse the version. A first submission ends with it and frees its patents; a listing on the market stays.

    Raises: as review_request_changes.
    """
    review = review_queries.lock_review_chain(review_id)
    _require_judge(review, actor, Decision.REJECTED)
    judged, words = _refusal(checklist, reason)
    version = review.version
    listing = version.listing
    move(version, VersionState.REJECTED, VERSION_MOVES)
    if listing.public_version_id is None:
        move(listing, ListingState.REJECTED, LISTING_MOVES)
        ListingPatent.objects.filter(listing=listing).update(is_open=False)
    version.save(update_fields=["state"])
    listing.updated_at = clock.now()
    listing.save(update_fields=["state", "updated_at"])
    _close(review, Decision.REJECTED, actor, judged, words)
    _record_decision(review, actor, "patents.review_reject")
    after_commit("patents.review_reject_notify", review_id=review.pk)
    return review


@transaction.atomic
def review_hand_over(*, review_id: int, actor: User, province_code: str, reason: str) -> Review:
    """Pass the version to another of the six: this review ends, a new one opens there and its clock starts anew.

    The listing's office follows at once, or with the approval where an older text is public under the present office.
    Returns the new review. Raises: NotAllowed, Conflict (taken by a colleague, same province, unknown province, no
    reason), MoveRefused (decided or withdrawn).
    """
    review = review_queries.lock_review_chain(review_id)
    rules.require(rules.review_see, actor, review)
    _require_open(review, Decision.HANDED_OVER)
    if review.taken_by_id not in (None, actor.pk):
        raise _held(review)
    rules.require(rules.review_hand_over, actor, review)
    words = reason.strip()
    if province_code not in BY_CODE or province_code == review.province_id:
        raise Conflict(_("请选择六省中的另一个省。"))
    if not words:
        raise Conflict(_("请写明转办的原因，提交人会看到。"))
    _close(review, Decision.HANDED_OVER, actor, review.checklist, words)
    listing = review.version.listing
    if listing.public_version_id is None:
        listing.province_id = province_code
        listing.save(update_fields=["province"])
    opened = review_open(version=review.version, province_code=province_code)
    _record_decision(review, actor, "patents.review_hand_over", to=province_code, opened=opened.pk)
    after_commit("patents.review_hand_over_notify", review_id=review.pk, opened_id=opened.pk)
    return opened


# ---- what the actions share; all take locked rows


def _require_open(review: Review, wanted: Decision) -> None:
    """The review is not decided and its version still lies with the office."""
    if review.decision:
        raise MoveRefused(Decision(review.decision).label, wanted.label)
    if review.version.state != VersionState.SUBMITTED:
        raise MoveRefused(VersionState(review.version.state).label, wanted.label)


def _require_taken_by(review: Review, actor: User) -> None:
    if review.taken_by_id is None:
        raise Conflict(_("请先领取这项审核。"), _("领取后由您一人办理，直到作出决定或放回。"))
    if review.taken_by_id != actor.pk:
        raise _held(review)


def _require_judge(review: Review, actor: User, wanted: Decision, *, free_too: bool = False) -> None:
    rules.require(rules.review_see, actor, review)
    rules.require(rules.review_decide, actor, review)
    _require_open(review, wanted)
    if review.taken_by_id is not None or not free_too:
        _require_taken_by(review, actor)


def _take(review: Review, actor: User, verb: str) -> None:
    """Nothing for whoever has it already; a colleague who still reviews there keeps it."""
    if review.taken_by_id == actor.pk:
        return
    if review.taken_by is not None and rules.review_see(review.taken_by, review):
        raise _held(review)
    former, review.taken_by, review.taken_at = review.taken_by_id, actor, clock.now()
    review.save(update_fields=["taken_by", "taken_at"])
    record(actor=actor, verb=verb, target=review, province_code=review.province_id, former=former)


def _held(review: Review) -> Conflict:
    since = date_format(localtime(review.taken_at), "Y-m-d H:i")
    return Conflict(
        _("%(name)s已于%(since)s领取这项审核。") % {"name": review.taken_by, "since": since},
        _("需要由您办理时，请对方先放回队列。"),
    )


def _require_publishable(review: Review, *, in_bulk: bool) -> None:
    """The listing is not over, and nothing that the law forbids to show would become public; in bulk, nothing is left to look at."""
    listing = review.version.listing
    if listing.is_over:
        raise MoveRefused(ListingState(listing.state).label, ListingState.PUBLISHED.label)
    found = checks.machine_checks(review_queries.submissions_of([review])[review.pk])
    if stopping := checks.stops(found):
        raise Conflict(stopping[0].detail, _("这一项由平台自动核对，解决之前不能通过；可以退回修改。"))
    if in_bulk and (words := checks.why_not_in_bulk(found, review.checklist)):
        raise Conflict(words, _("请打开这一件逐项核对。"))


def _refusal(checklist: Mapping[str, Any], reason: str) -> tuple[checks.Checklist, str]:
    """The checklist and the words of a refusal: it names what is wrong and says why."""
    judged, words = checks.cleaned(checklist), reason.strip()[: checks.REASON_LENGTH]
    if not words:
        raise Conflict(_("请写明原因，提交人会看到。"))
    if not checks.problems(judged):
        raise Conflict(_("请至少把一项标为“有问题”，让提交人知道改哪里。"))
    return judged, words


def _close(review: Review, decision: Decision, actor: User, judged: checks.Checklist, reason: str = "") -> None:
    review.decision, review.reason, review.checklist = decision, reason, judged
    review.decided_by, review.decided_at = actor, clock.now()
    review.save(update_fields=["decision", "reason", "checklist", "decided_by", "decided_at"])


def _record_decision(review: Review, actor: User, verb: str, **data: Any) -> None:
    listing = review.version.listing
    record(
        actor=actor, verb=verb, target=review, province_code=review.province_id, listing=listing.number,
        version=review.version.number, state=listing.state, checklist=review.checklist, reason=review.reason,
        due_on=review.due_on.isoformat(), **data,
    )  # fmt: skip
