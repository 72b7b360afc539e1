"""What a signed agreement makes due: planned, said to be done, confirmed, disputed, waived. Read next: statements.py, ending.py.

Amounts, days and words stand in the milestone and its deeds alone: never in an audit row, a notice or a mail.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.files import store
from platform_site.files.models import StoredFile
from platform_site.outbox.queue import after_commit
from platform_site.states import move
from trading import performance, rules
from trading import performance_queries as queries
from trading.models import Agreement, PaymentMilestone, PerformanceDeed, RoyaltyStatement
from trading.states import MILESTONE_MOVES, Deed, MilestoneKind, MilestoneState


def milestones_plan(agreement: Agreement) -> list[PaymentMilestone]:
    """Write what the terms make due, and the years that are to be stated. A part of the act that signs, in its transaction."""
    assert agreement.signed_at is not None  # its signatures stand
    terms = agreement.terms
    lives_until = max(patent.expires_on for patent in agreement.patents)
    dues = performance.dues(terms, localdate(agreement.signed_at), lives_until)
    milestones = PaymentMilestone.objects.bulk_create(
        [PaymentMilestone(agreement=agreement, number=number, **vars(due)) for number, due in enumerate(dues, start=1)]
    )
    royalties = {row.year: row for row in milestones if row.kind == MilestoneKind.ROYALTY}
    parts = performance.royalty_parts(terms, lives_until) if royalties else []
    RoyaltyStatement.objects.bulk_create(
        [
            RoyaltyStatement(
                agreement=agreement, milestone=royalties[part.year], year=part.year, start=part.start, end=part.end,
                due_on=performance.due_on(part.year, performance.STATEMENT_DUE),
            )
            for part in parts
        ]
    )  # fmt: skip
    return milestones


@transaction.atomic
def milestone_claim(
    *, milestone_id: int, actor: User, paid_on: date, paid_cny: Decimal | None, words: str = "",
    upload: UploadedFile | None = None,
) -> PaymentMilestone:  # fmt: skip
    """Say for the side that owes that it has paid, or that the shares are registered; a receipt may go with it.

    `paid_cny`: CNY yuan; None for shares. Raises: NotAllowed (not the buyer's side); Conflict (a royalty that is not
    accepted yet, a day to come, no amount); MoveRefused (waits for confirmation already, or settled); ValidationError.
    """
    file = paper(upload, actor)
    milestone = queries.lock_milestone(milestone_id)  # lock
    require(rules.milestone_claim, actor, milestone, _("款项由需求方支付并声明。"))  # may
    has_shares = milestone.kind == MilestoneKind.SHARES
    _require_amount_known(milestone)
    if paid_on > clock.today():
        raise Conflict(_("履行日不能在今天之后。"))
    if not has_shares and (paid_cny is None or paid_cny <= 0):
        raise Conflict(_("请填写实际支付的金额。"))
    move(milestone, MilestoneState.CLAIMED, MILESTONE_MOVES)  # move
    milestone.paid_on, milestone.paid_cny = paid_on, None if has_shares else paid_cny
    milestone.save(update_fields=["state", "paid_on", "paid_cny"])  # write
    deed = deed_write(milestone.agreement, Deed.CLAIMED, actor, milestone=milestone, day=paid_on,
                      amount_cny=milestone.paid_cny, words=words, file=file)  # fmt: skip
    _recorded(milestone, actor, "trading.milestone_claim")  # record
    after_commit("trading.deed_notify", deed_id=deed.pk)  # tell
    return milestone


@transaction.atomic
def milestone_confirm(*, milestone_id: int, actor: User) -> PaymentMilestone:
    """Say for the side that is owed that it has received it; from then on nothing of it changes.

    Raises: NotAllowed (not the owner's side); MoveRefused (nothing was claimed, or settled already).
    """
    milestone = queries.lock_milestone(milestone_id)  # lock
    require(rules.milestone_confirm, actor, milestone, _("由收款的一方确认。"))  # may
    move(milestone, MilestoneState.CONFIRMED, MILESTONE_MOVES)  # move
    milestone.settled_at = clock.now()
    milestone.save(update_fields=["state", "settled_at"])  # write
    deed = deed_write(milestone.agreement, Deed.CONFIRMED, actor, milestone=milestone, day=milestone.paid_on,
                      amount_cny=milestone.paid_cny)  # fmt: skip
    _recorded(milestone, actor, "trading.milestone_confirm")  # record
    after_commit("trading.deed_notify", deed_id=deed.pk)  # tell
    return milestone


@transaction.atomic
def milestone_dispute(*, milestone_id: int, actor: User, reason: str) -> PaymentMilestone:
    """Say that it was not received, or not whole, and why; the other side can claim it again.

    Raises: NotAllowed (not the owner's side); Conflict (no reason); MoveRefused (nothing was claimed, or settled already).
    """
    milestone = queries.lock_milestone(milestone_id)  # lock
    require(rules.milestone_dispute, actor, milestone, _("由收款的一方提出异议。"))  # may
    _require_reason(reason)
    move(milestone, MilestoneState.DISPUTED, MILESTONE_MOVES)  # move
    milestone.save(update_fields=["state"])  # write
    deed = deed_write(milestone.agreement, Deed.DISPUTED, actor, milestone=milestone, words=reason)
    _recorded(milestone, actor, "trading.milestone_dispute")  # record
    after_commit("trading.deed_notify", deed_id=deed.pk)  # tell
    return milestone


@transaction.atomic
def milestone_waive(*, milestone_id: int, actor: User, reason: str) -> PaymentMilestone:
    """Let the other side off (Civil Code art. 575): what is waived is owed no more, and that is not taken back.

    Raises: NotAllowed (not the owner's side); Conflict (a royalty not stated yet, no reason); MoveRefused.
    """
    milestone = queries.lock_milestone(milestone_id)  # lock
    require(rules.milestone_waive, actor, milestone, _("只有收款的一方可以免除。"))  # may
    _require_amount_known(milestone)
    _require_reason(reason)
    move(milestone, MilestoneState.WAIVED, MILESTONE_MOVES)  # move
    milestone.settled_at = clock.now()
    milestone.save(update_fields=["state", "settled_at"])  # write
    deed = deed_write(milestone.agreement, Deed.WAIVED, actor, milestone=milestone, words=reason)
    _recorded(milestone, actor, "trading.milestone_waive")  # record
    after_commit("trading.deed_notify", deed_id=deed.pk)  # tell
    return milestone


# ---- parts


def deed_write(agreement: Agreement, deed: Deed, actor: User, *, words: str = "", **facts: Any) -> PerformanceDeed:
    """One line of the history of an agreement. `facts`: milestone, statement, ending, day, amount_cny, file."""
    side = "" if actor.is_system else rules.side_under(actor, agreement)
    return PerformanceDeed.objects.create(
        agreement=agreement, deed=deed, actor=actor, side=side, at=clock.now(), words=words.strip(), **facts
    )


def paper(upload: UploadedFile | None, actor: User) -> StoredFile | None:
    """Keep the paper that goes with a deed; before any lock, for a picture is written anew. Raises: ValidationError."""
    return store.store(upload=upload, owner=actor) if upload is not None else None


def _require_amount_known(milestone: PaymentMilestone) -> None:
    if milestone.kind == MilestoneKind.ROYALTY and milestone.amount_cny is None:
        raise Conflict(
            _("%(year)s 年的提成申报还没有被认可，应付金额未定。") % {"year": milestone.year},
            _("请先由需求方申报、权利人认可。"),
        )


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Conflict(_("请写明理由，对方会看到。"))


def _recorded(milestone: PaymentMilestone, actor: User, verb: str) -> None:
    agreement = milestone.agreement
    record(actor=actor, verb=verb, target=agreement, number=agreement.number, milestone=milestone.number)
