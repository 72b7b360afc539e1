"""Who directs: a pure rule over the order, the served terms and the seats that are held. Read next: queries.py."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from platform_site.clock import SHANGHAI
from platform_site.regions.rotation import province_of_year

LATEST_YEAR = 2107  # the calendar is shown for a hundred years


def year_begins(year: int) -> datetime:
    """The first instant of a year in mainland China."""
    return datetime(year, 1, 1, tzinfo=SHANGHAI)


@dataclass(frozen=True)
class Calendar:
    """Orders and exceptions as they stand, read once: whose turn any year is.

    `orders` are (first year, order), ascending; `exceptions` year -> code.
    """

    orders: Sequence[tuple[int, Sequence[str]]]
    exceptions: Mapping[int, str] = field(default_factory=dict)

    @property
    def first_year(self) -> int:
        return self.orders[0][0]

    def knows(self, year: int) -> bool:
        return self.first_year <= year <= LATEST_YEAR

    def province_of(self, year: int) -> str:
        """GB/T 2260 code, by the order in force then and the exceptions by resolution; ValueError before the first year."""
        first, order = self._order(year)
        return province_of_year(year, first_year=first, order=order, exceptions=self.exceptions)

    def order_of(self, year: int) -> Sequence[str]:
        """The order in force in a year, by which an acting director is found."""
        return self._order(year)[1]

    def _order(self, year: int) -> tuple[int, Sequence[str]]:
        return next((entry for entry in reversed(self.orders) if entry[0] <= year), self.orders[0])

    def director_of(self, year: int, held: Collection[str]) -> str | None:
        """Who would direct in a year if the seats held were `held`: the province's own seat, or the next that is held."""
        return acting_seat(self.order_of(year), self.province_of(year), held)

    def with_exceptions(self, changes: Mapping[int, str]) -> "Calendar":
        return Calendar(self.orders, {**self.exceptions, **changes})

    def with_order(self, first_year: int, order: Sequence[str]) -> "Calendar":
        return Calendar(sorted([*self.orders, (first_year, order)]), self.exceptions)


def acting_seat(order: Sequence[str], director: str, held: Collection[str]) -> str | None:
    """The seat that directs: the director's own, or while nobody holds it the next in the order that is held; None if none is."""
    place = order.index(director)
    following = [*order[place:], *order[:place]]
    return next((code for code in following if code in held), None)
