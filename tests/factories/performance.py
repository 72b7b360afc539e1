"""Agreements with a past, through the portal's own actions. Read next: offers.py."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from platform_site import clock
from tests.factories import offers, patents
from trading.actions import ending, performing, statements
from trading.terms import Instalment

ROYALTY = {
    "consideration": "royalty", "amount_cny": Decimal("50000.00"), "royalty_percent": Decimal("3.000"),
    "royalty_base": "net_sales", "minimum_cny": Decimal("36500.00"), "cap_cny": Decimal("200000.00"),
}  # fmt: skip
PARTS = {
    "consideration": "instalments", "amount_cny": Decimal("300000.00"),
    "instalments": (Instalment(Decimal("100000.00"), 0), Instalment(Decimal("200000.00"), 6)),
}  # fmt: skip


@contextmanager
def on(day):
    """The portal's clock at noon in China of a day, a date or (year, month, day)."""
    day = day if isinstance(day, date) else date(*day)
    with clock.at(datetime.combine(day, time(4), UTC)):
        yield


def signed_on(day, owner, buyer, **changes):
    """An agreement signed on a day; the licence begins on it unless `start` is named."""
    with on(day):
        return offers.signed(owner, buyer, **changes)


def royalty(owner, buyer, day=(2024, 7, 1), **changes):
    """A licence for net sales, entry fee 50,000, 3 %, at least 36,500 a year, at most 200,000, until the end of June 2027."""
    return signed_on(day, owner, buyer, **{**ROYALTY, "end": date(2027, 7, 1), **changes})


def of_all_kinds(owner, buyer):
    """One of everything that somebody can do something about, by what it is."""
    owed = offers.signed(owner, buyer).milestones.get()
    free = offers.signed(owner, buyer, amount_cny=Decimal(0))
    yearly = royalty(owner, buyer, cap_cny=None)
    claimed = yearly.milestones.first()
    performing.milestone_claim(
        milestone_id=claimed.pk, actor=buyer, paid_on=clock.today(), paid_cny=claimed.amount_cny,
        upload=patents.document("回单.pdf"),
    )  # fmt: skip
    stated, unstated = yearly.statements.get(year=2024), yearly.statements.get(year=2025)
    statements.statement_make(statement_id=stated.pk, actor=buyer, base_cny=Decimal(1_000_000))
    proposal = ending.agreement_terminate(
        agreement_id=yearly.pk, actor=buyer, reason="已转产。", on_day=clock.today() + timedelta(days=9)
    )
    with on(clock.today() - timedelta(days=31)):
        notice = ending.agreement_breach(agreement_id=yearly.pk, actor=owner, reason="逾期未付入门费。")
    return {
        "owed": owed, "free": free, "yearly": yearly, "claimed": claimed, "stated": stated, "unstated": unstated,
        "ending": proposal, "notice": notice, "receipt": yearly.deeds.get(file__isnull=False),
    }  # fmt: skip
