"""What of a facility is free for stationing over a period: places, square metres, kilowatts; pure. Read next: stationing_queries.py."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True)
class Amounts:
    """So many places, m² and kW."""

    places: int = 0
    area: Decimal = ZERO
    power: Decimal = ZERO

    def holds(self, other: "Amounts") -> bool:
        return self.places >= other.places and self.area >= other.area and self.power >= other.power

    def less(self, other: "Amounts") -> "Amounts":
        """Never below zero."""
        return Amounts(
            max(0, self.places - other.places), max(ZERO, self.area - other.area), max(ZERO, self.power - other.power)
        )


@dataclass(frozen=True)
class Stay:
    """What is held from one day to another, half-open."""

    starts_on: date
    ends_on: date
    amounts: Amounts


def most_held(stays: Iterable[Stay], starts_on: date, ends_on: date) -> Amounts:
    """The most of each that is held on one day of a period, each by itself."""
    inside = [
        one for one in stays if one.starts_on < ends_on and one.ends_on > starts_on and one.starts_on < one.ends_on
    ]
    days = {starts_on, *(one.starts_on for one in inside if one.starts_on > starts_on)}
    sums = [_sum(one.amounts for one in inside if one.starts_on <= day < one.ends_on) for day in days]
    return Amounts(max(one.places for one in sums), max(one.area for one in sums), max(one.power for one in sums))


def free(has: Amounts, stays: Iterable[Stay], starts_on: date, ends_on: date) -> Amounts:
    """What is left on every day of a period."""
    return has.less(most_held(stays, starts_on, ends_on))


def _sum(amounts: Iterable[Amounts]) -> Amounts:
    rows = list(amounts)
    return Amounts(
        sum(one.places for one in rows), sum((one.area for one in rows), ZERO), sum((one.power for one in rows), ZERO)
    )
