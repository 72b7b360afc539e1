"""Which wished meetings are held, and when: as many as possible, fairly, each explained. Pure: no database. Read next: matching_relaxed.py.

The rule that is printed on the page: the first wish of a person that is met counts GAINS[0] points, the second GAINS[1] and so
on, every further one FURTHER; each wish adds its weight (1 to 3). So a person without any goes before one with many. The
plan is made in three steps: choose what would be best if only numbers of slots and tables counted (matching_relaxed.py,
whose value is an upper bound of every plan), give each chosen meeting a slot (moving others out of the way), then exchange
as long as the points grow. What was confirmed before stays where it is.
"""

import time
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


# ---- the plan


def greedy(problem: Problem) -> Plan:
    """What somebody with a pencil would do: the dearest wishes first, each into the first slot that is free for both."""
    board = Board(problem)
    for meeting in sorted(board.open_pairs(), key=lambda one: (-max(w.weight for w in board.wishes[one]), one)):
        slot = next((slot for slot in bits(board.common(meeting)) if board.room[slot] > 0), None)
        if slot is not None:
            board.put(meeting, slot)
    return outcome(board)


def solve(
    problem: Problem, choose: Callable[[Board, list[tuple[int, int]]], tuple[list[tuple[tuple[int, int], int]], float]], *,
    seconds: float = 55.0, tell: Tell = lambda _share: False,
) -> Plan:  # fmt: skip
    """The best plan that is found in so many seconds. `choose` solves the relaxed problem: meetings in order, each with
    its slot (-1: any), and a bound.

    Raises: Cancelled as soon as `tell` answers True. The same problem gives the same plan, unless time runs out.
    """
    until = time.monotonic() + seconds
    board = Board(problem)
    _told(tell, 0.02)
    wanted = board.open_pairs()
    chosen, bound = choose(board, wanted)
    _told(tell, 0.3)
    for place, (meeting, slot) in enumerate(chosen):
        if place % 200 == 0:
            _told(tell, 0.3 + 0.4 * place / len(chosen))
        if slot >= 0:
            board.put(meeting, slot)
        elif not board.fit(meeting) and time.monotonic() < until:
            board.fit_moving(meeting)
    for turn in range(ROUNDS):
        _told(tell, 0.7 + 0.28 * turn / ROUNDS)
        if board.value() >= bound or not _improve(board, wanted, until, tell):
            break
    for meeting in wanted:  # nothing that still fits is left out, even where time ran out
        if meeting not in board.placed:
            board.fit(meeting)
    plan = outcome(board)
    plan.bound = max(bound, plan.value)
    return plan


def _told(tell: Tell, share: float) -> None:
    if tell(share):
        raise Cancelled


def _improve(board: Board, wanted: list[tuple[int, int]], until: float, tell: Tell) -> bool:
    """One round over what is not placed, the most worth first: fit it, move for it, or exchange it for what is worth less."""
    rest = sorted((one for one in wanted if one not in board.placed), key=lambda one: (-board.worth(one), one))
    changed = False
    for place, meeting in enumerate(rest):
        if place % 50 == 0:
            if time.monotonic() > until:
                return False
            if place % 500 == 0 and tell(0.75):
                raise Cancelled
        changed |= board.fit_moving(meeting, DEPTH - 1) or _exchange(board, meeting)
    return changed


def _exchange(board: Board, meeting: tuple[int, int]) -> bool:
    """Put it in the place of the one meeting (or the two) in its way that are worth less."""
    kept = board.problem.free[meeting[0]] & board.problem.free[meeting[1]]
    before = board.worth(meeting)
    best: tuple[int, int, list[tuple[int, int]]] | None = None
    for slot in bits(kept):
        in_way = {board.of.get((person, slot)) for person in meeting if not board.free[person] >> slot & 1}
        if None in in_way:
            continue
        out = sorted(one for one in in_way if one)
        if not out and board.room[slot] <= 0:
            out = sorted(board.at[slot], key=lambda one: (board.cost(one), one))[:1]
        if not out:
            continue
        lost = sum(map(board.cost, out))
        if lost < before and (best is None or lost < best[0]):
            best = (lost, slot, out)
    return best is not None and _exchanged(board, meeting, best[1], best[2])


def _exchanged(board: Board, meeting: tuple[int, int], slot: int, out: list[tuple[int, int]]) -> bool:
    """Do it where the points grow, exactly reckoned; what went out is placed again if it fits anywhere."""
    lost = 0
    for one in out:
        lost += board.cost(one)
        board.take(one)
    if board.room[slot] <= 0 or board.worth(meeting) <= lost:
        for one in out:
            board.put(one, slot)
        return False
    board.put(meeting, slot)
    for one in out:
        board.fit_moving(one, 1)
    return True


# ---- the outcome


def outcome(board: Board) -> Plan:
    """The plan with an explanation of every wish that it does not meet."""
    problem = board.problem
    met = [wish for meeting in (*board.placed, *board.done) for wish in board.wishes.get(meeting, ())]
    unmet = [
        explained(board, wish) for meeting, wishes in sorted(board.wishes.items())
        if meeting not in board.placed and meeting not in board.done for wish in wishes
    ]  # fmt: skip
    served = sum(board.met.get(person, 0) > 0 for person in problem.free)
    return Plan(dict(sorted(board.placed.items())), unmet, board.value(), len(met), served)


def explained(board: Board, wish: Wish) -> Unmet:
    """Read off the finished plan: what is in the way in each slot that both could."""
    able = board.problem.free
    if wish.by not in able or wish.whom not in able:
        return Unmet(wish, Why.ABSENT)
    if pair(wish.by, wish.whom) in board.problem.barred:
        return Unmet(wish, Why.DECLINED)
    common = able[wish.by] & able[wish.whom]
    if not common:
        return Unmet(wish, Why.NO_COMMON)
    taken = common & ~board.free[wish.by], common & ~board.free[wish.whom]
    full = sum(1 << slot for slot in bits(common & ~(taken[0] | taken[1])) if board.room[slot] <= 0)
    if all(_is_fixed(board, wish, slot) for slot in bits(common)):
        return Unmet(wish, Why.FIXED, common, *taken, full)
    return Unmet(wish, Why.TABLES if full else Why.TAKEN, common, *taken, full)


def _is_fixed(board: Board, wish: Wish, slot: int) -> bool:
    """Whether one of the two has a meeting there that stood before."""
    return any(not board.free[who] >> slot & 1 and (who, slot) not in board.of for who in (wish.by, wish.whom))


def faults(problem: Problem, plan: Plan) -> list[str]:
    """What is wrong with a plan, by a second reckoning that shares nothing with the first: empty for a right one."""
    said, taken, load = [], set(), [0] * len(problem.tables)
    wished = {pair(wish.by, wish.whom) for wish in problem.wishes}
    for one in problem.held:
        if one.slot >= 0:
            taken |= {(one.one, one.slot), (one.other, one.slot)}
            load[one.slot] += 1
    for meeting, slot in plan.meetings.items():
        for person in meeting:
            if (person, slot) in taken or not problem.free.get(person, 0) >> slot & 1:
                said.append(f"{person} cannot in {slot}")
            taken.add((person, slot))
        load[slot] += 1
        if meeting not in wished:
            said.append(f"nobody wished {meeting}")
    said += [f"{load[slot]} at {room} tables" for slot, room in enumerate(problem.tables) if load[slot] > max(room, 0)]
    for unmet in plan.unmet:
        ok = unmet.why in (Why.ABSENT, Why.DECLINED, Why.NO_COMMON) or unmet.holds_true
        busy = all((unmet.wish.by, s) in taken for s in bits(unmet.by_taken)) and all(
            (unmet.wish.whom, s) in taken for s in bits(unmet.whom_taken)
        )
        if not ok or not busy or any(load[s] < problem.tables[s] for s in bits(unmet.full)):
            said.append(f"wish {unmet.wish.key} is not explained")
    return said
