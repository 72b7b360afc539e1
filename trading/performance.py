"""What terms make due, and when: pure, no query. Read next: royalties.py, actions/performing.py.

Periods in months end on the corresponding day, or on the month's last day if there is none (Implementing Rules of the
Patent Law r. 5). Money is CNY yuan with two decimals; periods of a year are half-open days.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from platform_site.regions.workdays import add_months

from .states import Consideration, MilestoneKind
from .terms import Terms

# Every figure of the performance of a contract stands here, and nowhere else.
PAY_DAYS = 30  # what is due "at once", and a royalty that was accepted, is paid within so many days
STATEMENT_DUE = (1, 31)  # month and day of the following year on which a year's royalty is to be stated
REPORT_DUE = (3, 31)  # likewise for the yearly conversion report
REMIND = (-14, 0, 15)  # days from a due day on which the clock reminds
REMIND_LATE = 7  # days after which a reminder that the clock has missed is not caught up
CURE_DAYS = (
    30  # from a notice of breach to the right to end the contract (Civil Code arts 562, 563; Interpretation art. 15)
)
LONGEST_NOTICE = 366  # days ahead for which an end can be agreed
MOST_YEARS = 25  # of royalty: longer than any patent lives, compensation included


@dataclass(frozen=True)
class Due:
    """One thing that is owed. `amount_cny` None: a royalty that is not stated yet, or shares. `year`: of a royalty."""

    kind: MilestoneKind
    due_on: date
    amount_cny: Decimal | None = None
    year: int | None = None


@dataclass(frozen=True)
class Part:
    """The days of a calendar year that belong to the term: `start` included, `end` not."""

    year: int
    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    @property
    def is_whole(self) -> bool:
        return self.days == days_in(self.year)


def days_in(year: int) -> int:
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days


def parts(start: date, end: date) -> list[Part]:
    """The calendar years that the term [start, end) touches, each with its days in it; at most MOST_YEARS."""
    last = min((end - timedelta(days=1)).year, start.year + MOST_YEARS - 1)
    return [
        Part(year, max(start, date(year, 1, 1)), min(end, date(year + 1, 1, 1))) for year in range(start.year, last + 1)
    ]


def due_on(year: int, month_and_day: tuple[int, int]) -> date:
    """The day of the year after `year`."""
    return date(year + 1, *month_and_day)


def dues(terms: Terms, signed_on: date, lives_until: date) -> list[Due]:
    """Everything that the terms make due, in order of its day. What costs nothing is left out.

    `lives_until`: the day on which the last of the patents expires; it ends a term without an end.
    Source: Civil Code art. 846; design.md 3.3.
    """
    return sorted(_dues(terms, signed_on, lives_until), key=lambda due: due.due_on)


def _dues(terms: Terms, signed_on: date, lives_until: date) -> Iterator[Due]:
    kind, at_once = Consideration(terms.consideration), signed_on + timedelta(days=PAY_DAYS)
    if kind == Consideration.INSTALMENTS:
        for part in terms.instalments:
            day = add_months(signed_on, part.due_months) if part.due_months else at_once
            yield Due(MilestoneKind.INSTALMENT, day, part.amount_cny)
    elif kind == Consideration.EQUITY:
        yield Due(MilestoneKind.SHARES, at_once)
    elif terms.amount_cny:
        yield _single(kind, terms, signed_on, at_once)
    if kind == Consideration.ROYALTY:
        for year in (part.year for part in royalty_parts(terms, lives_until)):
            yield Due(MilestoneKind.ROYALTY, due_on(year, STATEMENT_DUE) + timedelta(days=PAY_DAYS), None, year)


def _single(kind: Consideration, terms: Terms, signed_on: date, at_once: date) -> Due:
    if kind == Consideration.TRIAL:
        ends = add_months(max(terms.start, signed_on), terms.trial_months or 0)
        return Due(MilestoneKind.TRIAL_PRICE, ends, terms.amount_cny)
    paid = MilestoneKind.ENTRY_FEE if kind == Consideration.ROYALTY else MilestoneKind.LUMP_SUM
    return Due(paid, at_once, terms.amount_cny)


def royalty_parts(terms: Terms, lives_until: date) -> list[Part]:
    """The years that are to be stated: a licence holds only while the patent lives (Civil Code art. 865)."""
    end = min(terms.end or lives_until, lives_until)
    return parts(terms.start, end) if end > terms.start else []
