"""Which wished meetings are held, and when: as many as possible, fairly, each explained. Pure: no database. Read next: matching_plan.py.

The rule that is printed on the page: the first wish of a person that is met counts GAINS[0] points, the second GAINS[1] and so
on, every further one FURTHER; each wish adds its weight (1 to 3). So a person without any goes before one with many. The
plan is made in three steps: choose what would be best if only numbers of slots and tables counted (matching_relaxed.py,
whose value is an upper bound of every plan), give each chosen meeting a slot (moving others out of the way), then exchange
as long as the points grow. What was confirmed before stays where it is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

GAINS = (60, 20, 12, 9)
FURTHER = 8
DEPTH = 3  # how many meetings may move, one out of the way of the other, to make room for one
ROUNDS = 6  # of exchanges, at most
WIDTH = 12  # of the meetings that could make room at a full slot of tables


class Why(StrEnum):
    """Why a wish was not met, the first that is true."""

    ABSENT = "absent"
    DECLINED = "declined"
    NO_COMMON = "no_common"
    FIXED = "fixed"
    TABLES = "tables"
    TAKEN = "taken"


@dataclass(frozen=True)
class Wish:
    """One person would meet another; `weight` 1 to 3."""

    key: int
    by: int
    whom: int
    weight: int = 1


@dataclass(frozen=True)
class Held:
    """A meeting that stands already: it is not moved, and its people and its table are taken in the slot (-1: in none to come)."""

    one: int
    other: int
    slot: int


@dataclass(frozen=True)
class Problem:
    """`free`: by person, the slots in which they can, as bits; who is not in it does not take part. `tables`: in use by slot.

    `barred`: pairs of which one has declined already; they are not proposed again.
    """

    free: Mapping[int, int]
    wishes: Sequence[Wish]
    tables: Sequence[int]
    held: Sequence[Held] = ()
    barred: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class Unmet:
    """A wish that was not met: why, and what is in the way in each slot that both could; see `holds_true`.

    `by_taken`, `whom_taken`, `full`: slots (bits) in which the one, the other, all tables are taken. Together they cover
    every slot that both have, so nothing is left in which the two could have met.
    """

    wish: Wish
    why: Why
    common: int = 0
    by_taken: int = 0
    whom_taken: int = 0
    full: int = 0

    @property
    def holds_true(self) -> bool:
        return self.common & ~(self.by_taken | self.whom_taken | self.full) == 0


@dataclass
class Plan:
    """New meetings as (one, other) -> slot, the smaller key first; what was held before is not among them."""

    meetings: dict[tuple[int, int], int]
    unmet: list[Unmet]
    value: int
    met: int
    served: int  # persons with at least one wish met
    bound: float = 0.0


class Cancelled(Exception):
    """Somebody stopped the run."""


Tell = Callable[[float], bool]  # share done -> whether to stop


def gain(met: int) -> int:
    """Points of one more wish of a person who has so many met."""
    return GAINS[met] if met < len(GAINS) else FURTHER


def points(met: int) -> int:
    """Of a person who has so many wishes met, without their weights."""
    return sum(GAINS[:met]) + FURTHER * max(0, met - len(GAINS))


def pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


@dataclass
class Board:
    """What is placed so far. Slots are bits of an int: 24 of them fit in one word."""

    problem: Problem
    free: dict[int, int] = field(init=False)
    room: list[int] = field(init=False)
    placed: dict[tuple[int, int], int] = field(default_factory=dict)
    at: list[set[tuple[int, int]]] = field(init=False)
    of: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)  # (person, slot) -> meeting
    wishes: dict[tuple[int, int], list[Wish]] = field(default_factory=dict)
    met: dict[int, int] = field(init=False)
    done: set[tuple[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        self.free = dict(self.problem.free)
        self.room = list(self.problem.tables)
        self.at = [set() for _slot in self.room]
        self.met = dict.fromkeys(self.free, 0)
        self.done = set()
        for wish in self.problem.wishes:
            self.wishes.setdefault(pair(wish.by, wish.whom), []).append(wish)
        for one in self.problem.held:
            if one.slot >= 0:
                for person in (one.one, one.other):
                    self.free[person] = self.free.get(person, 0) & ~(1 << one.slot)
                self.room[one.slot] -= 1
            self.done.add(pair(one.one, one.other))
        for meeting in self.done:
            for wish in self.wishes.get(meeting, ()):
                self.met[wish.by] = self.met.get(wish.by, 0) + 1

    # ---- what can be met at all

    def open_pairs(self) -> list[tuple[int, int]]:
        """Wished meetings whose people take part and have a slot in common, in a fixed order."""
        known = self.problem.free
        return sorted(
            meeting for meeting in self.wishes
            if meeting not in self.done and meeting not in self.problem.barred and meeting[0] in known and meeting[1] in known and self.free[meeting[0]] & self.free[meeting[1]]
        )  # fmt: skip

    def worth(self, meeting: tuple[int, int]) -> int:
        """Points of one more meeting, as things stand."""
        return sum(gain(self.met[wish.by]) + wish.weight for wish in self.wishes[meeting])

    def cost(self, meeting: tuple[int, int]) -> int:
        """Points lost without a meeting that is placed."""
        return sum(gain(self.met[wish.by] - 1) + wish.weight for wish in self.wishes[meeting])

    def value(self) -> int:
        """Points of all that stands and is placed."""
        weights = sum(wish.weight for one in (*self.placed, *self.done) for wish in self.wishes.get(one, ()))
        return weights + sum(map(points, self.met.values()))

    # ---- placing

    def common(self, meeting: tuple[int, int]) -> int:
        return self.free[meeting[0]] & self.free[meeting[1]]

    def put(self, meeting: tuple[int, int], slot: int) -> None:
        bit = 1 << slot
        for person in meeting:
            self.free[person] &= ~bit
            self.of[person, slot] = meeting
        self.room[slot] -= 1
        self.at[slot].add(meeting)
        self.placed[meeting] = slot
        for wish in self.wishes[meeting]:
            self.met[wish.by] += 1

    def take(self, meeting: tuple[int, int]) -> int:
        slot = self.placed.pop(meeting)
        for person in meeting:
            self.free[person] |= 1 << slot
            del self.of[person, slot]
        self.room[slot] += 1
        self.at[slot].discard(meeting)
        for wish in self.wishes[meeting]:
            self.met[wish.by] -= 1
        return slot

    def roomiest(self, slots: int) -> int:
        """Of some slots the one with most tables free, the earliest of equals; -1 where all are full."""
        best, most = -1, 0
        while slots:
            low = slots & -slots
            slot = low.bit_length() - 1
            if self.room[slot] > most:
                best, most = slot, self.room[slot]
            slots ^= low
        return best

    def fit(self, meeting: tuple[int, int]) -> bool:
        """Place it where nothing has to move."""
        slot = self.roomiest(self.common(meeting))
        if slot >= 0:
            self.put(meeting, slot)
        return slot >= 0

    def fit_moving(self, meeting: tuple[int, int], depth: int = DEPTH, barred: frozenset[tuple[int, int]] = frozenset()) -> bool:  # fmt: skip
        """Place it, moving what is in its way to other slots, `depth` deep; as it was where that fails."""
        if self.fit(meeting):
            return True
        if not depth or max(self.room, default=0) <= 0:
            return False
        kept = self.problem.free[meeting[0]] & self.problem.free[meeting[1]]
        return any(self._clear(meeting, slot, depth, barred | {meeting}) for slot in bits(kept))

    def _clear(self, meeting: tuple[int, int], slot: int, depth: int, barred: frozenset[tuple[int, int]]) -> bool:
        """Free a slot for a meeting and place it there."""
        bit, in_way = 1 << slot, []
        for person in meeting:
            if self.free[person] & bit:
                continue
            other = self.of.get((person, slot))
            if other is None or other in barred:  # a fixed meeting, or one that is moving already
                return False
            in_way.append(other)
        if in_way:
            return self._shift(meeting, slot, in_way, depth, barred)
        for other in sorted(self.at[slot] - barred)[:: max(1, len(self.at[slot]) // WIDTH)]:
            if (to := self.roomiest(self.common(other))) >= 0:
                self.take(other)
                self.put(other, to)
                self.put(meeting, slot)
                return True
        return False

    def _shift(
        self, meeting: tuple[int, int], slot: int, in_way: list[tuple[int, int]], depth: int, barred: frozenset[tuple[int, int]]
    ) -> bool:  # fmt: skip
        """Move the meetings in the way elsewhere; all is put back where one of them finds no place."""
        if len(in_way) > 1 and depth < 2 or self.room[slot] + len(set(in_way)) < 1:
            return False
        before = dict(self.placed) if len(in_way) > 1 else {}
        for other in in_way:
            self.take(other)
        self.put(meeting, slot)
        if all(self.fit_moving(other, depth - 1, barred) for other in in_way):
            return True
        if before:
            self.restore(before)
            return False
        self.take(meeting)
        self.put(in_way[0], slot)
        return False

    def restore(self, before: dict[tuple[int, int], int]) -> None:
        """Back to an earlier state: only what has changed is touched."""
        changed = [one for one in self.placed if before.get(one) != self.placed[one]]
        for one in changed:
            self.take(one)
        for one, slot in before.items():
            if one not in self.placed:
                self.put(one, slot)


def bits(slots: int) -> Iterable[int]:
    while slots:
        low = slots & -slots
        yield low.bit_length() - 1
        slots ^= low
