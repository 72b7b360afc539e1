"""What is due, by whom and how it stands, in the words of the page; pure, on what performance_queries.py has fetched.

Read next: performance.py, endings.py.
"""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from platform_site import clock
from platform_site.ui.formats import cny, date_iso, minute_iso
from trading import performance_queries as queries
from trading.models import Agreement, Ending, PaymentMilestone, PerformanceDeed, RoyaltyStatement
from trading.performance import REMIND
from trading.performance_words import what
from trading.queries import shown_name
from trading.states import (
    SETTLED,
    AgreementState,
    EndingKind,
    EndingState,
    MilestoneKind,
    MilestoneState,
    RoyaltyBase,
    Side,
    StatementState,
)

SOON = -min(REMIND)  # days
RATE = "{:f}%"


def page(agreement: Agreement, side: Side, milestones: list[PaymentMilestone], endings: list[Ending]) -> dict[str, Any]:
    """Everything of the page but its history."""
    today = clock.today()
    statements = [one.statement for one in milestones if one.kind == MilestoneKind.ROYALTY]
    rows = [milestone_row(one, side, today) for one in milestones]
    return {
        "agreement": agreement,
        "is_owner": side == Side.OWNER,
        "rows": rows,
        "statements": [statement_row(one, agreement, side) for one in statements],
        "next": next((row for row in rows if not row["is_settled"]), None),
        "endings": [ending_row(one, side) for one in endings],
        "is_running": agreement.state in queries.RUNNING,
        "can_complete": all(row["is_settled"] for row in rows),
        "tag": AgreementState(agreement.state).label,
    }


def next_of(agreement: Agreement) -> dict[str, Any]:
    """What the agreement's own page says: the next thing that is due, None when all is settled; nothing before it is signed."""
    if agreement.signed_at is None:
        return {}
    milestone = queries.next_due(agreement)
    return {"performance": {"due": milestone_row(milestone, None, clock.today()) if milestone else None}}


def milestone_row(milestone: PaymentMilestone, side: Side | None, today: date) -> dict[str, Any]:
    """One thing that is owed: what, how much, until when, on whose side it lies, its light, and what the reader can do."""
    unstated = milestone.kind == MilestoneKind.ROYALTY and milestone.amount_cny is None
    statement = milestone.statement if unstated else None
    day = statement.due_on if statement else milestone.due_on
    state = MilestoneState(milestone.state)
    open_claim = state in (MilestoneState.PLANNED, MilestoneState.DISPUTED) and not unstated
    return {
        "milestone": milestone,
        "what": what(milestone),
        "amount": amount_of(milestone),
        "day": day,
        "who": _waits_for(milestone, statement),
        "light": _light(milestone, statement, day, today),
        "is_settled": state in SETTLED,
        "paid": _paid(milestone),
        "may_claim": open_claim and side == Side.BUYER,
        "may_confirm": state == MilestoneState.CLAIMED and side == Side.OWNER,
        "may_waive": open_claim and side == Side.OWNER,
    }


def amount_of(milestone: PaymentMilestone) -> str:
    if milestone.amount_cny is not None:
        return cny(milestone.amount_cny)
    if milestone.state == MilestoneState.WAIVED:
        return "—"
    return _("不付现金") if milestone.kind == MilestoneKind.SHARES else _("按申报计算")


def _paid(milestone: PaymentMilestone) -> str:
    """What the payer says last; another amount than is owed catches the eye."""
    if milestone.paid_on is None:
        return ""
    if milestone.paid_cny is None:
        return date_iso(milestone.paid_on)
    words = _("%(day)s 付 %(amount)s") % {"day": date_iso(milestone.paid_on), "amount": cny(milestone.paid_cny)}
    return words if milestone.paid_cny == milestone.amount_cny else _("%(paid)s，与应付不同") % {"paid": words}


def _waits_for(milestone: PaymentMilestone, statement: RoyaltyStatement | None) -> str:
    if milestone.state in SETTLED:
        return ""
    to_judge = statement is not None and statement.state == StatementState.MADE
    owner = to_judge or milestone.state == MilestoneState.CLAIMED
    return str((Side.OWNER if owner else Side.BUYER).label)


def _light(milestone: PaymentMilestone, statement: RoyaltyStatement | None, day: date, today: date) -> tuple[str, str]:
    """(lamp, word): late things red, what comes in two weeks or waits for an answer yellow."""
    state = MilestoneState(milestone.state)
    if state in SETTLED:
        return "done", str(state.label)
    if state == MilestoneState.DISPUTED:
        return "red", str(state.label)
    if state == MilestoneState.CLAIMED:
        return "yellow", str(state.label)
    if statement is not None and statement.state in (StatementState.MADE, StatementState.QUESTIONED):
        return "yellow", str(StatementState(statement.state).label)
    left = (day - today).days
    if left < 0:
        return "red", ngettext("逾期 %(n)d 天", "逾期 %(n)d 天", -left) % {"n": -left}
    if left <= SOON:
        return "yellow", ngettext("还有 %(n)d 天", "还有 %(n)d 天", left) % {"n": left}
    return "grey", _("未到期")


def statement_row(statement: RoyaltyStatement, agreement: Agreement, side: Side) -> dict[str, Any]:
    state = StatementState(statement.state)
    return {
        "statement": statement,
        "state": (str(state.label), _TONES.get(state, "")),
        "arithmetic": arithmetic(statement, agreement.royalty_base),
        "books": statement.books_asked,
        "may_make": side == Side.BUYER
        and state in (StatementState.DUE, StatementState.QUESTIONED)
        and statement.end <= clock.today(),
        "may_judge": side == Side.OWNER and state == StatementState.MADE,
    }


_TONES = {
    StatementState.DUE: "ochre",
    StatementState.MADE: "indigo",
    StatementState.QUESTIONED: "cinn",
    StatementState.ACCEPTED: "jade",
}


def arithmetic(statement: RoyaltyStatement, base: str) -> list[tuple[str, str]]:
    """How the royalty came about, line by line; empty before it was stated."""
    if statement.base_cny is None or statement.percent is None:
        return []
    rate = RATE.format(statement.percent.normalize())
    rows = [
        (str(RoyaltyBase(base).label), cny(statement.base_cny)),
        (_("提成 %(rate)s") % {"rate": rate}, cny(statement.reckoned_cny)),
    ]
    if statement.minimum_cny is not None:
        rows.append((_("本期最低提成"), cny(statement.minimum_cny)))
    if statement.left_cny is not None:
        rows.append((_("封顶以内尚余"), cny(statement.left_cny)))
    return [*rows, (_("应付"), cny(statement.amount_cny))]


def ending_row(ending: Ending, side: Side) -> dict[str, Any]:
    """A proposal or notice that is open: who, why, until when, and what the reader can do about it."""
    mine, is_open = ending.side == side, ending.state == EndingState.OPEN
    is_breach = ending.kind == EndingKind.BREACH
    over = is_breach and queries.cure_is_over(ending)
    return {
        "ending": ending,
        "title": _("%(name)s：%(kind)s") % {
            "name": shown_name(ending.made_by), "kind": EndingKind(ending.kind).label,
        },
        "when": _ending_when(ending),
        "may_accept": is_open and not mine and not is_breach,
        "may_withdraw": is_open and mine,
        "may_enforce": is_open and mine and over,
    }  # fmt: skip


def _ending_when(ending: Ending) -> str:
    if ending.cure_until is not None:
        return _("请在 %(until)s 前纠正；期满未纠正的，发出催告的一方可以解除合同。") % {
            "until": minute_iso(ending.cure_until)
        }
    if ending.on_day is None:
        return ""
    words = {"day": ending.on_day.isoformat()}
    if ending.state == EndingState.AGREED:
        return _("双方已商定，自 %(day)s 起解除。") % words
    return _("提议自 %(day)s 起解除。") % words


def history(deeds: list[PerformanceDeed]) -> list[dict[str, Any]]:
    """Lines of the history, latest first, with the paper of each."""
    return [
        {
            "at": minute_iso(deed.at),
            "who": _("系统") if deed.actor.is_system else shown_name(deed.actor),
            "title": _deed_title(deed),
            "words": "" if deed.deed == "ended" else deed.words,
            "file": (deed.file.name, reverse("trading:performance_file", args=[deed.agreement_id, deed.pk]))
            if deed.file
            else None,
        }
        for deed in deeds
    ]


def _deed_title(deed: PerformanceDeed) -> str:
    about = ""
    if deed.milestone is not None:
        about = what(deed.milestone)
    elif deed.statement is not None:
        about = str(deed.statement.year)
    elif deed.ending is not None:
        about = str(EndingKind(deed.ending.kind).label)
    elif deed.deed == "ended" and deed.day is not None:
        about = _("专利权自 %(day)s 起不再有效") % {"day": date_iso(deed.day)}
    elif deed.deed == "ended":
        about = str(AgreementState(deed.words).label)
    words = f"{deed.get_deed_display()} · {about}" if about else str(deed.get_deed_display())
    return words if deed.amount_cny is None else f"{words} · {cny(deed.amount_cny)}"
