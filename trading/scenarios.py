"""What terms would pay year by year, if the yearly figures were those that the reader states: pure, no query.

Read next: terms.py, views/scenarios.py.

Year 0 is the day on which the contract takes effect (signing). Year n is the n-th year from the first day of the terms;
what falls due m months after that day falls into year ceil(m / 12), for a period in months or years ends on the
corresponding day (Implementing Rules of the Patent Law r. 5; domain.md 3). The rules, each after Civil Code art. 846
(domain.md 4, "Consideration") unless another source is named:

- lump sum: paid whole in year 0. Instalments: each in its year.
- entry fee and running royalty: the fee in year 0; each year's royalty is the rate of that year's base. The base is the
  figure stated for the year (net sales or output value), or the profit stated, or a margin on the figure. A loss pays no
  royalty and is not carried forward.
- minimum: the royalty of a year of the term is at least so much, also in a year without sales.
- cap: the royalties of all years together are at most so much, the entry fee apart. It ends the minimum too: in the year
  in which it is reached only the rest is paid, afterwards nothing.
- term: a year that begins on or after the end of the licence, or of the last patent, pays no royalty and no minimum: a
  licence holds only while the patent lives (Civil Code art. 865). A year that has begun counts in full, for the reader
  states what is sold within the term.
- trial: nothing until it ends; the price in the year in which it ends (design.md 3.3).
- equity: no cash; the value is shown beside the payments (domain.md 4, "Equity").

Royalties are reckoned for the years stated and no others. What is agreed as an amount is shown also beyond them.
Units: CNY yuan; each yearly royalty is rounded once, half-even to the fen, from the unrounded base; sums are not rounded.
A present value takes the payments of year n at the end of year n, those of year 0 at par, and is rounded once, likewise.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from enum import StrEnum

from platform_site.regions.workdays import add_months

from .states import Consideration, RoyaltyBase
from .terms import Terms

MOST_YEARS = 20  # of stated figures: the longest term of a patent (Patent Law art. 42)
NOTHING = Decimal(0)
FEN = Decimal("0.01")
HUNDRED = Decimal(100)


class Kind(StrEnum):
    """What a payment is for."""

    LUMP = "lump"
    INSTALMENT = "instalment"
    ENTRY = "entry"
    ROYALTY = "royalty"
    TRIAL = "trial"


class Why(StrEnum):
    """Why a year's royalty is not simply rate times base."""

    LOSS = "loss"  # the base is below nought
    MINIMUM = "minimum"  # raised to the yearly minimum
    CAP_REACHED = "cap_reached"  # only what was left below the cap
    CAP_SPENT = "cap_spent"  # the cap was reached in an earlier year
    TERM_OVER = "term_over"
    PATENT_OVER = "patent_over"


@dataclass(frozen=True)
class Figures:
    """What the reader states: a figure for each year from the first on (CNY, sales or output value), and how profit comes of it.

    Where the base is profit, `profits` (a year that is not stated has none) count before `margin_percent` of the figure.
    Raises ValueError for no year, or more than MOST_YEARS.
    """

    sales: tuple[Decimal, ...]
    profits: tuple[Decimal, ...] = ()
    margin_percent: Decimal | None = None
    discount_percent: Decimal | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.years <= MOST_YEARS:
            raise ValueError(f"figures of 1 to {MOST_YEARS} years")

    @property
    def years(self) -> int:
        return max(len(self.sales), len(self.profits))

    @property
    def states_profit(self) -> bool:
        return bool(self.profits) or self.margin_percent is not None

    def base(self, royalty_base: str, year: int) -> Decimal:
        """What the rate is applied to in the year, unrounded."""
        if royalty_base != RoyaltyBase.PROFIT:
            return _at(self.sales, year)
        if self.profits:
            return _at(self.profits, year)
        return _at(self.sales, year) * (self.margin_percent or NOTHING) / HUNDRED


@dataclass(frozen=True)
class Year:
    """The payments of a year by kind; kinds that pay nothing are left out."""

    number: int
    payments: Mapping[Kind, Decimal]
    reckoned: Decimal | None = None  # rate times base, before minimum and cap; None where no royalty is reckoned
    why: Why | None = None

    @property
    def total(self) -> Decimal:
        return sum(self.payments.values(), NOTHING)


@dataclass(frozen=True)
class Scenario:
    """Payments by year from year 0 on without a gap, CNY. `shares_cny` is value and no payment; `present_cny` only with a rate."""

    years: tuple[Year, ...]
    shares_cny: Decimal | None = None
    present_cny: Decimal | None = None
    needs_profit: bool = False  # the base is profit and none was stated: the royalties are those of no profit

    @property
    def totals(self) -> dict[Kind, Decimal]:
        """By kind, in the order of Kind, those that pay something."""
        sums = {kind: sum((year.payments.get(kind, NOTHING) for year in self.years), NOTHING) for kind in Kind}
        return {kind: amount for kind, amount in sums.items() if amount}

    @property
    def total(self) -> Decimal:
        return sum((year.total for year in self.years), NOTHING)


def scenario(terms: Terms, figures: Figures, patents_end: date | None = None) -> Scenario:
    """The payments of `terms` under the figures; `patents_end` is the day from which no patent of them lives any more."""
    payments: dict[int, dict[Kind, Decimal]] = defaultdict(dict)
    for year, kind, amount in _fixed(terms):
        if amount:
            payments[year][kind] = payments[year].get(kind, NOTHING) + amount
    royalties = _royalties(terms, figures, patents_end)
    for year, (due, _reckoned, _why) in royalties.items():
        if due:
            payments[year][Kind.ROYALTY] = due
    last = max([figures.years, *payments])
    years = tuple(
        Year(n, dict(payments.get(n, {})), *royalties.get(n, (NOTHING, None, None))[1:]) for n in range(last + 1)
    )
    is_profit = terms.consideration == Consideration.ROYALTY and terms.royalty_base == RoyaltyBase.PROFIT
    return Scenario(
        years,
        shares_cny=terms.amount_cny if terms.consideration == Consideration.EQUITY else None,
        present_cny=_present(years, figures.discount_percent),
        needs_profit=is_profit and not figures.states_profit,
    )


def year_of(months: int) -> int:
    """The year into which falls what is due so many months after the contract takes effect."""
    return -(-months // 12)


def to_fen(amount: Decimal) -> Decimal:
    """Two decimals, half-even, however many digits the product has."""
    with localcontext() as context:
        context.prec = 60
        return amount.quantize(FEN, ROUND_HALF_EVEN)


def _fixed(terms: Terms) -> list[tuple[int, Kind, Decimal]]:
    """(year, kind, CNY) of what is agreed as an amount."""
    if terms.consideration == Consideration.INSTALMENTS:
        return [(year_of(part.due_months), Kind.INSTALMENT, part.amount_cny) for part in terms.instalments]
    return {
        Consideration.LUMP_SUM: [(0, Kind.LUMP, terms.amount_cny)],
        Consideration.ROYALTY: [(0, Kind.ENTRY, terms.amount_cny)],
        Consideration.TRIAL: [(year_of(terms.trial_months or 0), Kind.TRIAL, terms.amount_cny)],
        Consideration.EQUITY: [],
    }[Consideration(terms.consideration)]


def _royalties(
    terms: Terms, figures: Figures, patents_end: date | None
) -> dict[int, tuple[Decimal, Decimal | None, Why | None]]:
    """Year -> (due, before minimum and cap, why) for every stated year; empty where no royalty is agreed."""
    if terms.consideration != Consideration.ROYALTY:
        return {}
    found: dict[int, tuple[Decimal, Decimal | None, Why | None]] = {}
    paid = NOTHING
    for year in range(1, figures.years + 1):
        over = _over(terms, year, patents_end)
        if over:
            found[year] = (NOTHING, None, over)
            continue
        found[year] = _royalty(terms, figures.base(terms.royalty_base, year), paid)
        paid += found[year][0]
    return found


def _royalty(terms: Terms, base: Decimal, paid: Decimal) -> tuple[Decimal, Decimal, Why | None]:
    """(due, reckoned, why) of one year of the term, after `paid` in the years before."""
    with localcontext() as context:
        context.prec = 60
        reckoned = to_fen(max(base, NOTHING) * (terms.royalty_percent or NOTHING) / HUNDRED)
    due, why = reckoned, Why.LOSS if base < 0 else None
    if terms.minimum_cny and due < terms.minimum_cny:
        due, why = terms.minimum_cny, Why.MINIMUM
    if terms.cap_cny:
        left = terms.cap_cny - paid
        if left <= 0:
            return NOTHING, reckoned, Why.CAP_SPENT
        if due >= left:
            return left, reckoned, Why.CAP_REACHED
    return due, reckoned, why


def _over(terms: Terms, year: int, patents_end: date | None) -> Why | None:
    """Whether the year begins after the licence or after the last patent."""
    begins = add_months(terms.start, 12 * (year - 1))
    if patents_end is not None and begins >= patents_end:
        return Why.PATENT_OVER
    if terms.end is not None and begins >= terms.end:
        return Why.TERM_OVER
    return None


def _present(years: Sequence[Year], percent: Decimal | None) -> Decimal | None:
    if percent is None:
        return None
    with localcontext() as context:
        context.prec = 60
        factor = 1 + percent / HUNDRED
        return to_fen(sum((year.total / factor**year.number for year in years), NOTHING))


def _at(figures: Sequence[Decimal], year: int) -> Decimal:
    return figures[year - 1] if year <= len(figures) else NOTHING
