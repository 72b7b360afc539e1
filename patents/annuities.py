"""Terms and annual fees of Chinese patents, in CNY; pure arithmetic, no query. Read next: deadlines.py.

Year n runs from the (n-1)th anniversary of filing; its fee is due on that anniversary, the year of grant's with the
grant. Sources: Patent Law art. 42; Implementing Rules 5, 115; Examination Guidelines V-9 2.2.1 (the day of expiry is not
moved by holidays; the due day is); fees and reductions as in domain.md 3.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from patents.states import PatentKind
from platform_site.regions.workdays import NO_OVERRIDES, add_months, roll_to_working_day

TERM_YEARS = {PatentKind.INVENTION: 20, PatentKind.UTILITY_MODEL: 10, PatentKind.DESIGN: 15}
DESIGN_15_FROM = date(2021, 6, 1)  # designs filed before have 10 years
# (up to this year, CNY of each year)
_MODEL = ((3, 600), (5, 900), (8, 1200), (10, 2000))
FEES: dict[PatentKind, tuple[tuple[int, int], ...]] = {
    PatentKind.INVENTION: ((3, 900), (6, 1200), (9, 2000), (12, 4000), (15, 6000), (20, 8000)),
    PatentKind.UTILITY_MODEL: _MODEL,
    PatentKind.DESIGN: (*_MODEL, (15, 3000)),
}
REDUCTIONS = (0, 70, 85)  # percent, on application
REDUCED_YEARS = 10  # from the year of grant
OPEN_REDUCTION = 15  # percent while an open licence stands; of two reductions the larger holds, they are not added
LATE_MONTHS = 6
SURCHARGE_PERCENT = 5  # of the full fee, for each month after the first
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Right:
    """What fees and term depend on."""

    kind: PatentKind
    filed: date
    granted: date | None = None
    reduction: int = 0  # percent
    compensation_days: int = 0  # of the term (Patent Law art. 42)
    paid_to: date | None = None  # what the register says; None: not known
    open_licensed: bool = False

    @property
    def ends(self) -> date:
        return end_of_term(self.kind, self.filed, self.compensation_days)


@dataclass(frozen=True)
class Annuity:
    """The fee of one year. `due` and `late_until` are last days of payment, rolled off days off; `anniversary` is not."""

    year: int
    anniversary: date
    due: date
    late_until: date
    full_cny: Decimal
    payable_cny: Decimal
    is_paid: bool


def end_of_term(kind: PatentKind, filed: date, compensation_days: int = 0) -> date:
    """The day from which there is no protection any more: counted from filing, never from priority; not rolled."""
    years = 10 if kind == PatentKind.DESIGN and filed < DESIGN_15_FROM else TERM_YEARS[PatentKind(kind)]
    return add_months(filed, 12 * years) + timedelta(days=compensation_days)


def year_start(filed: date, year: int) -> date:
    """The anniversary on which year n begins; of 29 February it is the 28th in common years."""
    return add_months(filed, 12 * (year - 1))


def year_of(filed: date, day: date) -> int:
    """The number of the year that runs on a day, 1 from the day of filing."""
    if day < filed:
        raise ValueError("before filing there is no year")
    year = day.year - filed.year + 1
    return year if year_start(filed, year) <= day else year - 1


def full_fee_cny(kind: PatentKind, year: int) -> Decimal:
    """The fee of a year without reduction. Years that a compensation adds cost what the last one does."""
    if year < 1:
        raise ValueError("years are counted from 1")
    bands = FEES[PatentKind(kind)]
    return Decimal(next((fee for last, fee in bands if year <= last), bands[-1][1]))


def payable_cny(right: Right, year: int) -> Decimal:
    """The fee of a year after the reduction that applies to it."""
    percent = right.reduction if right.granted and year < year_of(right.filed, right.granted) + REDUCED_YEARS else 0
    percent = max(percent, OPEN_REDUCTION if right.open_licensed else 0)
    return (full_fee_cny(right.kind, year) * (100 - percent) / 100).quantize(_CENT)


def last_year(right: Right) -> int:
    """The last year with a fee: whole years of the term; a rest of less than a year (of a compensation) is free."""
    plain = end_of_term(right.kind, right.filed)
    return year_of(right.filed, plain) - 1 + (year_of(plain, right.ends) - 1)


def schedule(right: Right, overrides: Mapping[date, bool] = NO_OVERRIDES) -> list[Annuity]:
    """Every fee from the year of grant to the end of the term; nothing before grant. A year is paid that `paid_to` reaches into."""
    if right.granted is None:
        return []
    first = year_of(right.filed, right.granted)
    return [_annuity(right, year, first, overrides) for year in range(first, last_year(right) + 1)]


def _annuity(right: Right, year: int, first: int, overrides: Mapping[date, bool]) -> Annuity:
    starts = year_start(right.filed, year)
    # The fee of the first year is paid with the registration of the grant.
    paid = year == first or (right.paid_to is not None and starts < right.paid_to)
    return Annuity(
        year=year,
        anniversary=starts,
        due=roll_to_working_day(starts, overrides) if year != first or right.granted is None else right.granted,
        late_until=late_end(starts, overrides),
        full_cny=full_fee_cny(right.kind, year),
        payable_cny=payable_cny(right, year),
        is_paid=paid,
    )


def late_end(anniversary: date, overrides: Mapping[date, bool] = NO_OVERRIDES) -> date:
    """The last day on which a fee can be paid late: six months after the anniversary, rolled off days off (rule 115)."""
    return roll_to_working_day(add_months(anniversary, LATE_MONTHS), overrides)


def next_due(right: Right, overrides: Mapping[date, bool] = NO_OVERRIDES) -> Annuity | None:
    """The first fee that is not paid; None before grant, when all are paid, or when the register was not asked."""
    if right.paid_to is None:
        return None
    return next((one for one in schedule(right, overrides) if not one.is_paid), None)


def surcharge_cny(
    right: Right, annuity: Annuity, paid_on: date, overrides: Mapping[date, bool] = NO_OVERRIDES
) -> Decimal:
    """What a payment on that day costs on top: nothing up to a month late, then 5 % of the full fee for each month begun.

    Months end on the day that corresponds to the anniversary, rolled off days off. Raises: ValueError after the window.
    """
    if paid_on <= annuity.due:
        return Decimal(0)
    for months in range(1, LATE_MONTHS + 1):
        if paid_on <= roll_to_working_day(add_months(annuity.anniversary, months), overrides):
            return (annuity.full_cny * SURCHARGE_PERCENT * (months - 1) / 100).quantize(_CENT)
    raise ValueError("the time for late payment is over")


def cost_to_end_cny(right: Right, today: date) -> Decimal:
    """What it costs to keep the right from now to the end of its term, reductions applied, surcharges left out.

    Where the register was not asked, fees of years that began before `today` count as paid.
    """
    fees = schedule(right)
    if right.paid_to is None:
        return sum((one.payable_cny for one in fees if one.anniversary >= today and not one.is_paid), Decimal(0))
    return sum((one.payable_cny for one in fees if not one.is_paid), Decimal(0))
