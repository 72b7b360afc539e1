"""The relaxed problem of matching.py, solved by HiGHS: a choice to begin from and a value that no plan exceeds. Read next: matching.py.

Where people have many slots in common, when they meet is left open: nobody has more meetings than free slots, all together
no more than tables times slots. Where they have few, each slot of each meeting is a column of its own (at most CELLS),
because then the slots decide. Either way whatever a plan does is a solution here, so the value bounds every plan.
"""

from typing import Any

import highspy
import numpy as np

from .matching import FURTHER, GAINS, Board, Plan, Problem, Tell, bits
from .matching_plan import solve

SECONDS = 20.0  # of the solver; what it has by then is used, and its bound is one all the same
GAP = 0.001
CELLS = 20_000
Cell = tuple[tuple[int, int], int]  # a meeting and its slot; ANY where it is left open
ANY = -1
Row = tuple[list[int], Any, float]  # columns, the value of each (or of all), the most
Steps = list[tuple[int, int]]


def planned(problem: Problem, *, seconds: float = 50.0, tell: Tell = lambda _share: False) -> Plan:
    """The plan of a problem; see matching.solve. Raises: Cancelled."""
    return solve(problem, relaxed, seconds=seconds, tell=tell)


def relaxed(board: Board, wanted: list[tuple[int, int]]) -> tuple[list[Cell], float]:
    """The meetings of the best choice, hardest to place first, and a value that no plan exceeds."""
    base = float(board.value())
    if not wanted:
        return [], base
    cells = [(one, slot) for one in wanted for slot in bits(board.common(one)) if board.room[slot] > 0]
    if not cells:
        return [], base
    is_whole = len(cells) <= CELLS
    if not is_whole:
        cells = [(one, ANY) for one in wanted]
    solver = _solver()
    solver.passModel(_model(board, cells, is_whole=is_whole))
    solver.run()
    info, columns = solver.getInfo(), solver.getSolution().col_value
    bound = base + max(info.mip_dual_bound, 0.0)
    if len(columns) < len(cells):  # no solution in time: all of them, as they come
        return [(one, ANY) for one in sorted(wanted, key=lambda one: (-board.worth(one), one))], bound
    chosen = [cell for cell, share in zip(cells, columns, strict=False) if share > 0.5]
    return sorted(chosen, key=lambda cell: (board.common(cell[0]).bit_count(), -board.worth(cell[0]), cell)), bound


def _solver() -> highspy.Highs:
    solver = highspy.Highs()
    options = {"output_flag": False, "threads": 1, "random_seed": 0, "time_limit": SECONDS, "mip_rel_gap": GAP}
    for name, value in options.items():
        solver.setOptionValue(name, value)
    return solver


def _model(board: Board, cells: list[Cell], *, is_whole: bool) -> highspy.HighsLp:
    """Columns: a cell each (0 or 1), then for each person the wishes met, step by step of the concave points."""
    people = sorted({wish.by for one, _slot in cells for wish in board.wishes[one]})
    steps = [(who, n) for who in people for n in range(board.met[who], len(GAINS))]
    worth = [FURTHER * len(board.wishes[one]) + sum(w.weight for w in board.wishes[one]) for one, _slot in cells]
    worth += [GAINS[n] - FURTHER for _who, n in steps]
    kinds = highspy.HighsVarType
    model = highspy.HighsLp()
    model.num_col_, model.col_cost_ = len(worth), np.array(worth, dtype=float)
    model.col_lower_, model.col_upper_ = np.zeros(len(worth)), np.ones(len(worth))
    model.integrality_ = [kinds.kInteger] * len(cells) + [kinds.kContinuous] * len(steps)
    model.sense_ = highspy.ObjSense.kMaximize
    rows = (_slots if is_whole else _counts)(board, cells) + _climbs(board, cells, steps)
    model.num_row_ = len(rows)
    model.row_lower_ = np.full(len(rows), -highspy.kHighsInf)
    model.row_upper_ = np.array([most for _columns, _values, most in rows], dtype=float)
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.cumsum([0, *[len(columns) for columns, _values, _most in rows]])
    matrix.index_ = np.array([column for columns, _values, _most in rows for column in columns])
    matrix.value_ = np.concatenate([np.broadcast_to(values, len(columns)) for columns, values, _most in rows])
    return model


def _counts(board: Board, cells: list[Cell]) -> list[Row]:
    """No more meetings of a person than slots, and of all than tables."""
    of: dict[int, list[int]] = {}
    for column, (meeting, _slot) in enumerate(cells):
        for person in meeting:
            of.setdefault(person, []).append(column)
    rows = [(columns, 1.0, board.free[who].bit_count()) for who, columns in sorted(of.items())]
    return [*rows, (list(range(len(cells))), 1.0, sum(max(0, room) for room in board.room))]


def _slots(board: Board, cells: list[Cell]) -> list[Row]:
    """A meeting once; a person once in a slot; no more in a slot than tables."""
    once: dict[tuple[str, object, int], list[int]] = {}
    for column, (meeting, slot) in enumerate(cells):
        for key in (("meeting", meeting, ANY), ("table", 0, slot), *(("person", who, slot) for who in meeting)):
            once.setdefault(key, []).append(column)
    most = {key: board.room[key[2]] if key[0] == "table" else 1 for key in once}
    return [(columns, 1.0, most[key]) for key, columns in once.items() if len(columns) > most[key]]


def _climbs(board: Board, cells: list[Cell], steps: Steps) -> list[Row]:
    """Steps of a person are climbed only by own wishes that are met."""
    own: dict[int, tuple[list[int], list[float]]] = {}
    for column, (meeting, _slot) in enumerate(cells):
        for wish in board.wishes[meeting]:
            columns, values = own.setdefault(wish.by, ([], []))
            columns.append(column)
            values.append(-1.0)
    for column, (who, _n) in enumerate(steps, len(cells)):
        own[who][0].append(column)
        own[who][1].append(1.0)
    return [(columns, np.array(values), 0.0) for _who, (columns, values) in sorted(own.items())]
