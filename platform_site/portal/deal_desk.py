"""What of signed agreements waits for a person: payments, royalties to state, contracts to examine. Read next: desk.py."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from platform_site.accounts.models import User
from platform_site.ui.languages import han_marked
from trading import performance_queries, recordal_queries
from trading.states import MilestoneState, Side, StatementState

SHOWN = 50
AHEAD = timedelta(days=30)
UNSTATED = (StatementState.DUE, StatementState.QUESTIONED)


def own_payments(user: User, calendar: Any, mine: list[Any], waiting: list[Any]) -> None:
    """What falls due within a month, is late, or is said to be paid, sorted into both lists: one query."""
    for milestone in performance_queries.due_to(user, calendar.today + AHEAD)[:SHOWN]:
        pays = milestone.my_side == Side.BUYER
        statement = getattr(milestone, "statement", None)
        if milestone.state == MilestoneState.CLAIMED:
            verb, is_mine = gettext_lazy("确认收款"), not pays
        elif statement is not None and statement.state in UNSTATED:
            verb, is_mine = gettext_lazy("申报提成"), pays
        elif statement is not None and statement.state == StatementState.MADE:
            verb, is_mine = gettext_lazy("认可提成申报"), not pays
        else:
            verb, is_mine = gettext_lazy("付款"), pays
        title = han_marked(f"{milestone.agreement.number} {milestone.get_kind_display()}")
        url = reverse("trading:agreement_performance", args=[milestone.agreement_id])
        item = calendar.item(verb, title, url, milestone.due_on, "" if is_mine else _("对方"))
        (mine if is_mine else waiting).append(item)


def filed_agreements(codes: Sequence[str], calendar: Any) -> list[Any]:
    """Contracts filed with the officer's provinces that wait for examination: one query."""
    return [
        calendar.item(
            gettext_lazy("预审合同"), agreement.number, agreement.get_absolute_url(),
            agreement.recordal.due_on,
        )
        for agreement in recordal_queries.agreements_in(codes, "waiting")[:SHOWN]
    ]  # fmt: skip
