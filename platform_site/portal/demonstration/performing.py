"""What was due under the signed deals, paid and confirmed as people do it: mostly in time. Read next: deals.py."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from platform_site import clock
from trading.actions import performing, statements
from trading.models import Agreement
from trading.performance_queries import unsettled_of
from trading.states import MilestoneKind, StatementState

# What becomes of the n-th thing that fell due, repeated.
COURSES = ("confirmed", "confirmed", "claimed", "confirmed", "late", "disputed", "confirmed")


STATED_AFTER = 18  # days into the new year


def perform(agreement: Agreement, moment: Callable[[float], datetime]) -> None:
    """Settle, claim, dispute or leave what has fallen due by today; `moment` turns days ago into an instant."""
    _state(agreement, moment)
    for milestone in unsettled_of(agreement):
        days = (clock.today() - milestone.due_on).days
        if days < 3 or milestone.amount_cny is None and milestone.kind == MilestoneKind.ROYALTY:
            continue  # not due, or a royalty whose statement is not accepted
        course = COURSES[(int(agreement.number[-6:]) + milestone.number) % len(COURSES)]
        if course == "late":
            continue
        with clock.at(moment(days)):
            performing.milestone_claim(
                milestone_id=milestone.pk, actor=agreement.buyer, paid_on=clock.today(), paid_cny=milestone.amount_cny
            )
        with clock.at(moment(days - 2)):
            if course == "confirmed":
                performing.milestone_confirm(milestone_id=milestone.pk, actor=agreement.owner)
            elif course == "disputed":
                performing.milestone_dispute(
                    milestone_id=milestone.pk,
                    actor=agreement.owner,
                    reason="截至今日账户没有收到这笔款项，请核对汇款账号。",
                )


def _state(agreement: Agreement, moment: Callable[[float], datetime]) -> None:
    """The royalties of the years that are over: stated, most of them accepted, one in four questioned."""
    for statement in agreement.statements.filter(state=StatementState.DUE, end__lte=clock.today()).order_by("year"):
        days = (clock.today() - statement.end).days - STATED_AFTER
        if days < 8:
            continue
        sold = Decimal(1_800_000 + 240_000 * (agreement.pk % 7))
        with clock.at(moment(days)):
            statements.statement_make(statement_id=statement.pk, actor=agreement.buyer, base_cny=sold)
        with clock.at(moment(days - 5)):
            if agreement.pk % 4 == 0:
                statements.statement_question(
                    statement_id=statement.pk, actor=agreement.owner, reason="请附上本年度销售明细，核对退货的扣除。"
                )
            else:
                statements.statement_accept(statement_id=statement.pk, actor=agreement.owner)
