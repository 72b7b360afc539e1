"""What was due under the signed deals, paid and confirmed as people do it: mostly in time. Read next: deals.py."""

from collections.abc import Callable
from datetime import datetime

from platform_site import clock
from trading.actions import performing
from trading.models import Agreement
from trading.performance_queries import unsettled_of
from trading.states import MilestoneKind

# What becomes of the n-th thing that fell due, repeated.
COURSES = ("confirmed", "confirmed", "claimed", "confirmed", "late", "disputed", "confirmed")


def perform(agreement: Agreement, moment: Callable[[float], datetime]) -> None:
    """Settle, claim, dispute or leave what has fallen due by today; `moment` turns days ago into an instant."""
    for milestone in unsettled_of(agreement):
        days = (clock.today() - milestone.due_on).days
        if days < 3 or milestone.kind == MilestoneKind.ROYALTY:
            continue
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
