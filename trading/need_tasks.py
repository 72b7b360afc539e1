"""What people are told about needs, and what the clock does with them. Read next: need_digest.py.

Ids in, nothing out; each notice has a key, so that a task that runs twice tells once. No word of a proposal is in a notice.
"""

import logging

from celery import shared_task
from django.db import DatabaseError
from django.utils import translation

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import officers_of, system_user
from platform_site.errors import Refusal
from platform_site.notices.actions import notice_tell

from . import need_digest, need_queries
from .actions import needs
from .models import NeedProposal, NeedReview, TechnologyNeed
from .need_rules import TOKEN
from .states import NeedDecision, NeedState, ProposalState

log = logging.getLogger(__name__)
BATCH = 500
_DECIDED = {
    NeedDecision.APPROVED: "need_published",
    NeedDecision.CHANGES_REQUESTED: "need_changes_requested",
    NeedDecision.REJECTED: "need_rejected",
}


@shared_task(name="trading.need_submit_notify")
def need_submit_notify(review_id: int) -> None:
    """The officers of the chosen province, with the day by which they answer."""
    review = NeedReview.objects.select_related("need", "province").get(pk=review_id)
    officers = [one for one in officers_of(review.province, TOKEN) if one.pk != review.need.owner_id]
    for officer in officers:
        _tell(
            officer, review.need, "need_submitted", f"need-submitted-{review.pk}", f"/trading/needs/review/{review.pk}/",
            due=review.due_on.isoformat(),
        )  # fmt: skip


@shared_task(name="trading.need_review_notify")
def need_review_notify(review_id: int) -> None:
    """The owner: what the office decided, and why."""
    review = NeedReview.objects.select_related("need__owner").get(pk=review_id)
    kind = _DECIDED[NeedDecision(review.decision)]
    _tell(
        review.need.owner, review.need, kind, f"need-review-{review.pk}", _path(review.need),
        office=review.province_id, reason=review.reason,
    )  # fmt: skip


@shared_task(name="trading.need_close_notify")
def need_close_notify(need_id: int) -> None:
    """Whoever waits for an answer to a proposal; of the end by the calendar its owner too."""
    need = TechnologyNeed.objects.select_related("owner").get(pk=need_id)
    waiting = NeedProposal.objects.filter(need=need, state=ProposalState.OPEN).select_related("listing__owner")
    for proposal in waiting:
        with translation.override(proposal.listing.owner.language):
            state = str(need.get_state_display())
        path = _path(need) if need.state != NeedState.WITHDRAWN else "/trading/needs/proposals/"
        _tell(proposal.listing.owner, need, "need_closed", f"need-closed-{need.pk}", path, state=state)
    if need.state == NeedState.EXPIRED:
        _tell(need.owner, need, "need_expired", f"need-expired-{need.pk}", _path(need))


@shared_task(name="trading.need_propose_notify")
def need_propose_notify(proposal_id: int) -> None:
    """The owner of the need: which listing was proposed, not what was written."""
    proposal = NeedProposal.objects.select_related("need__owner", "listing").get(pk=proposal_id)
    path = f"{_path(proposal.need)}proposals/"
    owner, key = proposal.need.owner, f"proposal-{proposal.pk}"
    _tell(owner, proposal.need, "need_proposal_received", key, path, listing=proposal.listing.number)


@shared_task(name="trading.proposal_decide_notify")
def proposal_decide_notify(proposal_id: int) -> None:
    """The proposer: taken up, with the way to the room, or declined."""
    proposal = NeedProposal.objects.select_related("need", "listing__owner").get(pk=proposal_id)
    accepted = proposal.state == ProposalState.ACCEPTED
    path = f"/trading/negotiations/{proposal.negotiation_id}/" if accepted else "/trading/needs/proposals/"
    kind = "need_proposal_accepted" if accepted else "need_proposal_declined"
    key = f"proposal-decided-{proposal.pk}"
    _tell(proposal.listing.owner, proposal.need, kind, key, path, listing=proposal.listing.number)


@shared_task(name="trading.needs_expire")
def needs_expire() -> None:
    """The clock's: needs past their last day are over. What a missed night left is caught up in the next."""
    actor = system_user()
    while batch := need_queries.needs_run_out(BATCH):
        done = 0
        for need_id in batch:
            try:
                needs.need_expire(need_id=need_id, actor=actor)
                done += 1
            except (Refusal, DatabaseError) as error:
                log.warning("need %s not ended: %s", need_id, error)
        if not done:
            return


@shared_task(name="trading.needs_digest")
def needs_digest() -> None:
    """The clock's, Monday morning: what came up in the last seven days that matches."""
    need_digest.digest_tell(clock.now())


def _path(need: TechnologyNeed) -> str:
    return f"/trading/needs/{need.number}/"


def _tell(person: User, need: TechnologyNeed, kind: str, key: str, path: str, **data: str) -> None:
    with translation.override(person.language):
        title = need.title
    notice_tell(recipients=[person], kind=kind, key=key, path=path, number=need.number, title=title, **data)
