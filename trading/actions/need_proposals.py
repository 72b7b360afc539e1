"""A patentee holds a listing against a need; its owner takes it up or declines. Read next: ../need_tasks.py.

What is proposed is read by the two alone; accepting opens the room of an ordinary enquiry in the same transaction.
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from patents.states import ListingState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit
from platform_site.states import move
from trading import need_queries as queries
from trading import need_rules as rules
from trading.models import NeedProposal, Negotiation, TechnologyNeed
from trading.states import PROPOSAL_MOVES, NeedState, ProposalState

from .rooms import RoomExists, enquiry_create


@transaction.atomic
def need_propose(*, need_id: int, listing_id: int, actor: User, text: str) -> NeedProposal:
    """Propose one's own listing on the market to an open need, once.

    Raises: NotAllowed (own need, another's listing), Conflict (the need is not open, the listing not on the market, or it
        was proposed before). Then nothing is written.
    """
    listing, need = queries.lock_listing_need(listing_id, need_id)  # lock
    require(rules.need_propose, actor, need)  # may
    require(rules.need_propose_with, actor, listing)
    _require_open(need)
    if listing.state != ListingState.PUBLISHED:
        raise Conflict(_("这项技术现在不在架，不能用来提出方案。"), _("恢复展示后再试，或改选另一项技术。"))
    if NeedProposal.objects.filter(need=need, listing=listing).exists():
        raise Conflict(_("您已用这项技术向这项需求提出过方案。"), _("同一项技术对同一项需求只能提出一次。"))
    proposal = NeedProposal.objects.create(need=need, listing=listing, text=text.strip(), created_at=clock.now())
    _record(proposal, actor, "trading.need_propose")  # record
    after_commit("trading.need_propose_notify", proposal_id=proposal.pk)  # tell
    return proposal


@transaction.atomic
def proposal_accept(
    *, proposal_id: int, actor: User, body: str, forms: Sequence[str], provinces: Sequence[str] = ()
) -> NeedProposal:
    """Take a proposal up: an enquiry about the listing opens the room of the two, or the one they have already is used.

    `body` is the first message of a new room. Units as enquiry_create. Raises: NotAllowed, MoveRefused (answered or
    withdrawn), Conflict (the need is not open, or what enquiry_create refuses). Then nothing is written.
    """
    proposal = queries.lock_proposal(proposal_id)  # lock
    require(rules.proposal_decide, actor, proposal)  # may
    _require_open(proposal.need)
    move(proposal, ProposalState.ACCEPTED, PROPOSAL_MOVES)  # move
    proposal.negotiation = _room(proposal, actor, body, forms, provinces)
    proposal.decided_at = clock.now()
    proposal.save(update_fields=["state", "negotiation", "decided_at"])  # write
    _record(proposal, actor, "trading.proposal_accept")  # record
    after_commit("trading.proposal_decide_notify", proposal_id=proposal.pk)  # tell
    return proposal


@transaction.atomic
def proposal_decline(*, proposal_id: int, actor: User, reason: str) -> NeedProposal:
    """Decline with a reason, which the proposer reads; possible after the need is closed as well.

    Raises: NotAllowed, MoveRefused (answered or withdrawn), Conflict (no reason).
    """
    proposal = queries.lock_proposal(proposal_id)  # lock
    require(rules.proposal_decide, actor, proposal)  # may
    if not reason.strip():
        raise Conflict(_("请写明谢绝的原因，权利人会看到。"))
    move(proposal, ProposalState.DECLINED, PROPOSAL_MOVES)  # move
    proposal.reason, proposal.decided_at = reason.strip(), clock.now()
    proposal.save(update_fields=["state", "reason", "decided_at"])  # write
    _record(proposal, actor, "trading.proposal_decline")  # record
    after_commit("trading.proposal_decide_notify", proposal_id=proposal.pk)  # tell
    return proposal


@transaction.atomic
def proposal_withdraw(*, proposal_id: int, actor: User) -> NeedProposal:
    """Take back what was not answered yet. Raises: NotAllowed (not the proposer), MoveRefused."""
    proposal = queries.lock_proposal(proposal_id)  # lock
    require(rules.proposal_withdraw, actor, proposal)  # may
    move(proposal, ProposalState.WITHDRAWN, PROPOSAL_MOVES)  # move
    proposal.decided_at = clock.now()
    proposal.save(update_fields=["state", "decided_at"])  # write
    _record(proposal, actor, "trading.proposal_withdraw")  # record
    return proposal


# ---- parts of the above


def _require_open(need: TechnologyNeed) -> None:
    if need.state != NeedState.PUBLISHED or need.deadline < clock.today():
        raise Conflict(_("这项需求已不再征集方案。"), _("可以在“技术需求”里看看还在征集的需求。"))


def _room(
    proposal: NeedProposal, actor: User, body: str, forms: Sequence[str], provinces: Sequence[str]
) -> Negotiation:
    try:
        return enquiry_create(
            listing_id=proposal.listing_id, actor=actor, body=body, forms=forms, provinces=provinces,
            intended_use=proposal.need.number,
        )  # fmt: skip
    except RoomExists as known:
        return known.negotiation


def _record(proposal: NeedProposal, actor: User, verb: str) -> None:
    """Which listing and which need; never what was written."""
    numbers = {"need": proposal.need.number, "listing": proposal.listing.number}
    record(actor=actor, verb=verb, target=proposal, **numbers)
