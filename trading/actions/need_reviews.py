"""An office's look at a submitted need: taken by one officer, decided once. Read next: need_proposals.py.

Smaller than the review of a listing: three points, no machine checks, no handing over. It recommends nothing.
"""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import is_verified, require
from platform_site.audit.record import record
from platform_site.errors import Conflict, MoveRefused
from platform_site.outbox.queue import after_commit
from platform_site.states import move
from trading import need_queries as queries
from trading import need_rules as rules
from trading.models import NeedReview
from trading.need_checklist import POINTS
from trading.states import NEED_MOVES, NeedDecision, NeedState


@transaction.atomic
def need_review_take(*, review_id: int, actor: User) -> NeedReview:
    """From now on this officer alone judges it; taking one's own again changes nothing.

    Raises: NotAllowed (another province, or an interest in it), Conflict (a colleague has it), MoveRefused (decided).
    """
    review = queries.lock_need_review(review_id)  # lock
    _require_judge(review, actor)  # may
    if review.taken_by_id == actor.pk:
        return review
    if review.taken_by is not None and rules.need_review_see(review.taken_by, review):
        raise _held(review)
    review.taken_by, review.taken_at = actor, clock.now()
    review.save(update_fields=["taken_by", "taken_at"])  # write
    _record(review, actor, "trading.need_review_take")  # record
    return review


@transaction.atomic
def need_review_release(*, review_id: int, actor: User) -> NeedReview:
    """Give it back to the queue. Raises: NotAllowed, Conflict (not taken by the actor), MoveRefused (decided)."""
    review = queries.lock_need_review(review_id)
    _require_judge(review, actor)
    _require_taken_by(review, actor)
    review.taken_by = review.taken_at = None
    review.save(update_fields=["taken_by", "taken_at"])
    _record(review, actor, "trading.need_review_release")
    return review


@transaction.atomic
def need_review_approve(*, review_id: int, actor: User, checked: Collection[str]) -> NeedReview:
    """Publish the need. All three points are found right; the owner still bears the real-name mark.

    Raises: NotAllowed, Conflict (not taken by the actor, a point open, the mark revoked, the last day over), MoveRefused.
    """
    review = queries.lock_need_review(review_id)  # lock
    _require_judge(review, actor)  # may
    _require_taken_by(review, actor)
    if set(checked) != set(POINTS):
        raise Conflict(_("三项都核对无误后才能通过。"), _("有问题的请退回修改或不予通过，并说明原因。"))
    need = review.need
    if not is_verified(need.owner):
        raise Conflict(_("需求方的实名核验已不存在，不能公开。"))
    if need.deadline < clock.today():
        raise Conflict(_("这项需求的截止日期已过，不能公开。"), _("请退回修改，由需求方另定日期。"))
    move(need, NeedState.PUBLISHED, NEED_MOVES)  # move
    need.published_at = need.updated_at = clock.now()
    need.save(update_fields=["state", "published_at", "updated_at"])  # write
    _decide(review, NeedDecision.APPROVED, actor, checked, "")
    _record(review, actor, "trading.need_review_approve")  # record
    after_commit("trading.need_review_notify", review_id=review.pk)  # tell
    return review


@transaction.atomic
def need_review_request_changes(
    *, review_id: int, actor: User, reason: str, checked: Collection[str] = ()
) -> NeedReview:
    """Send it back to be corrected; the owner reads the reason. Raises: as need_review_approve, Conflict (no reason)."""
    review = _refuse(review_id, actor, NeedDecision.CHANGES_REQUESTED, NeedState.CHANGES_REQUESTED, checked, reason)
    require(rules.need_review_decide, actor, review)
    _record(review, actor, "trading.need_review_request_changes")
    after_commit("trading.need_review_notify", review_id=review.pk)
    return review


@transaction.atomic
def need_review_reject(*, review_id: int, actor: User, reason: str, checked: Collection[str] = ()) -> NeedReview:
    """Refuse it for good; the owner reads the reason, and may copy it into a new draft. Raises: as above."""
    review = _refuse(review_id, actor, NeedDecision.REJECTED, NeedState.REJECTED, checked, reason)
    require(rules.need_review_decide, actor, review)
    _record(review, actor, "trading.need_review_reject")
    after_commit("trading.need_review_notify", review_id=review.pk)
    return review


# ---- parts of the above


def _refuse(
    review_id: int, actor: User, decision: NeedDecision, wanted: NeedState, checked: Collection[str], reason: str
) -> NeedReview:
    review = queries.lock_need_review(review_id)  # lock
    _require_judge(review, actor)  # may
    _require_taken_by(review, actor)
    if not reason.strip():
        raise Conflict(_("请写明原因，需求方会看到。"))
    need = review.need
    move(need, wanted, NEED_MOVES)  # move
    need.updated_at = clock.now()
    need.save(update_fields=["state", "updated_at"])  # write
    _decide(review, decision, actor, checked, reason)
    return review


def _require_judge(review: NeedReview, actor: User) -> None:
    require(rules.need_review_see, actor, review)
    require(rules.need_review_decide, actor, review)
    if review.decision:
        raise MoveRefused(NeedDecision(review.decision).label, NeedDecision.APPROVED.label)


def _require_taken_by(review: NeedReview, actor: User) -> None:
    if review.taken_by_id is None:
        raise Conflict(_("请先领取这项审核。"), _("领取后由您一人办理，直到作出决定或放回。"))
    if review.taken_by_id != actor.pk:
        raise _held(review)


def _held(review: NeedReview) -> Conflict:
    since = date_format(localtime(review.taken_at), "Y-m-d H:i")
    return Conflict(
        _("%(name)s已于%(since)s领取这项审核。") % {"name": review.taken_by, "since": since},
        _("需要由您办理时，请对方先放回队列。"),
    )


def _decide(review: NeedReview, decision: NeedDecision, actor: User, checked: Collection[str], reason: str) -> None:
    review.decision, review.reason = decision, reason.strip()
    review.checked = [point for point in POINTS if point in checked]
    review.decided_by, review.decided_at = actor, clock.now()
    review.save(update_fields=["decision", "reason", "checked", "decided_by", "decided_at"])


def _record(review: NeedReview, actor: User, verb: str) -> None:
    about: dict[str, Any] = {"number": review.need.number, "checked": review.checked, "reason": review.reason}
    record(actor=actor, verb=verb, target=review, province_code=review.province_id, **about)
