"""Geometry of a floor in whole metres: which booths touch, which stand side by side, which are nearest. Pure. Read next: allocation.py."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

AISLE_M = 3  # an aisle between two booths that still count as neighbours


class Rectangle(Protocol):
    """What has a place in a hall."""

    pk: int
    hall_id: int
    number: str
    x: int
    y: int
    width: int
    depth: int


R = TypeVar("R", bound=Rectangle)


def _gap(one_from: int, one_to: int, other_from: int, other_to: int) -> int:
    """Metres between two stretches; 0 where they touch, negative where they overlap."""
    return max(one_from, other_from) - min(one_to, other_to)


def gaps(one: Rectangle, other: Rectangle) -> tuple[int, int]:
    """East-west and north-south, in metres."""
    return (
        _gap(one.x, one.x + one.width, other.x, other.x + other.width),
        _gap(one.y, one.y + one.depth, other.y, other.y + other.depth),
    )


def overlaps(one: Rectangle, other: Rectangle) -> bool:
    return one.hall_id == other.hall_id and max(gaps(one, other)) < 0


def is_beside(one: Rectangle, other: Rectangle) -> bool:
    """They share a wall."""
    across, along = gaps(one, other)
    return one.hall_id == other.hall_id and max(across, along) == 0 and min(across, along) < 0


def is_near(one: Rectangle, other: Rectangle) -> bool:
    """They share a wall or face each other over one aisle."""
    across, along = gaps(one, other)
    return one.hall_id == other.hall_id and min(across, along) < 0 <= max(across, along) <= AISLE_M


def distance(one: Rectangle, other: Rectangle) -> int:
    """Twice the metres between the middles as one walks, east-west and north-south; another hall is far away."""
    far = 0 if one.hall_id == other.hall_id else 10_000
    across = abs(2 * one.x + one.width - 2 * other.x - other.width)
    along = abs(2 * one.y + one.depth - 2 * other.y - other.depth)
    return across + along + far


def nearest(wanted: Rectangle, free: Iterable[R], most: int = 3) -> list[R]:
    """The free ones nearest to one that cannot be had."""
    return sorted(free, key=lambda one: (distance(wanted, one), one.number))[:most]


def side_by_side(booths: Sequence[R], count: int) -> list[tuple[R, ...]]:
    """Every straight run of so many booths of one depth that share their walls, along either direction."""
    if count == 1:
        return [(one,) for one in booths]
    at = {(one.hall_id, one.x, one.y): one for one in booths}
    found = []
    for first in booths:
        for across in (True, False):
            run = [first]
            while len(run) < count:
                last = run[-1]
                place = (last.x + last.width, last.y) if across else (last.x, last.y + last.depth)
                following = at.get((last.hall_id, *place))
                if following is None or (following.width, following.depth) != (first.width, first.depth):
                    break
                run.append(following)
            if len(run) == count:
                found.append(tuple(run))
    return found


@dataclass(frozen=True)
class Row:
    """A row of booths that the editor adds: from a corner, `count` of them, `per_row` in one row, rows parted by aisles."""

    x: int
    y: int
    count: int
    per_row: int
    width: int
    depth: int
    aisle: int
    back_to_back: bool

    def places(self) -> list[tuple[int, int]]:
        """North-west corners in the order of the numbers: row by row, the rows in pairs where they stand back to back."""
        found = []
        for number in range(self.count):
            row, column = divmod(number, self.per_row)
            aisles = (row + 1) // 2 if self.back_to_back else row
            found.append((self.x + column * self.width, self.y + row * self.depth + aisles * self.aisle))
        return found
