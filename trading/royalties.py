"""A year's royalty by the terms: rate, yearly minimum, cap over all years. Pure, no query. Read next: performance.py.

The same rules as the calculator of scenarios, for calendar years as they are stated: a loss pays no royalty and is not carried
forward; the minimum of a year that the term touches in part is that part of it, by days; the cap ends the minimum too.
Units: CNY yuan; royalty and minimum are each rounded once, half-even to the fen.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from .performance import Part, days_in
from .terms import Terms

NOTHING = Decimal("0.00")
FEN = Decimal("0.01")


@dataclass(frozen=True)
class Reckoning:
    """The arithmetic of one year: what was stated, what comes of it, and what of that is owed."""

    base_cny: Decimal
    percent: Decimal
    reckoned_cny: Decimal  # rate of the base
    minimum_cny: Decimal | None  # of these days of the year
    left_cny: Decimal | None  # below the cap, before this year
    amount_cny: Decimal

    @property
    def is_minimum(self) -> bool:
        return self.minimum_cny is not None and self.minimum_cny > self.reckoned_cny and not self.is_capped

    @property
    def is_capped(self) -> bool:
        wanted = max(self.reckoned_cny, self.minimum_cny or NOTHING)
        return self.left_cny is not None and wanted > self.left_cny


def reckon(terms: Terms, part: Part, base_cny: Decimal, earlier_cny: Decimal) -> Reckoning:
    """What is owed for the part of a year; `earlier_cny`: the royalties of all years before, entry fee apart."""
    percent = terms.royalty_percent or Decimal(0)
    reckoned = _fen(max(base_cny, NOTHING) * percent / 100)
    minimum = None if terms.minimum_cny is None else minimum_of(terms.minimum_cny, part)
    left = None if terms.cap_cny is None else max(terms.cap_cny - earlier_cny, NOTHING)
    owed = max(reckoned, minimum or NOTHING)
    return Reckoning(base_cny, percent, reckoned, minimum, left, owed if left is None else min(owed, left))


def minimum_of(yearly_cny: Decimal, part: Part) -> Decimal:
    """The yearly minimum for these days of the year, which has 365 or 366."""
    return _fen(yearly_cny * part.days / days_in(part.year))


def _fen(amount: Decimal) -> Decimal:
    return amount.quantize(FEN, ROUND_HALF_EVEN)
