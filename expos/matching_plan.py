"""A plan of meetings made, improved, explained and checked, on the board of matching.py. Read next: matching_relaxed.py."""

import time
from collections.abc import Callable

from .matching import DEPTH, ROUNDS, Board, Cancelled, Plan, Problem, Tell, Unmet, Why, Wish, bits, pair

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
