"""The allocation as an integer program, solved by HiGHS in three stages, each kept by the next. Read next: allocation_words.py."""

from collections import defaultdict
from collections.abc import Callable, Sequence

import highspy
import numpy

from .allocation import NEAR_POINTS, Option, Plan, Problem, are_near

STAGE_SECONDS = 60.0  # at most for each stage; then the run says that it was not finished
LOOK_EVERY = 0.2


class Stopped(Exception):
    """Somebody cancelled it."""


class NotFinished(Exception):
    """The time was not enough."""


Row = tuple[list[int], list[float], float]  # columns, factors, at most


def solve(task: Problem, *, stage: Callable[[int], None], stop: Callable[[], bool]) -> Plan:
    """The plan that the rule takes. `stage` is told how many stages are done, `stop` asked whether to go on.

    Raises: Stopped; NotFinished.
    """
    options = task.options
    if not options:
        return {}
    pairs, rows = _neighbours(task, len(options))
    columns = len(options) + len(pairs)
    rows = [*_rows(task), *rows]
    model = _model(columns, rows)
    best: Sequence[float] = []
    before: list[float] = []
    for number, objective in enumerate(_objectives(task, pairs)):
        if number:
            _keep(model, before, best)
        model.changeColsCost(columns, numpy.arange(columns, dtype=numpy.int32), numpy.array(objective))
        best = _run(model, stop)
        before = objective
        stage(number + 1)
    return {options[n].claim: options[n].booths for n in range(len(options)) if best[n] > 0.5}


def _rows(task: Problem) -> list[Row]:
    """One run a claim, one claim a booth, no share exceeded."""
    claims: dict[int, list[int]] = defaultdict(list)
    booths: dict[int, list[int]] = defaultdict(list)
    shares: dict[int, list[int]] = defaultdict(list)
    delegation = {claim.pk: claim.delegation_id for claim in task.claims}
    for n, option in enumerate(task.options):
        claims[option.claim].append(n)
        shares[delegation[option.claim]].append(n)
        for pk in option.booths:
            booths[pk].append(n)
    rows: list[Row] = [(found, [1.0] * len(found), 1.0) for found in (*claims.values(), *booths.values())]
    for pk, found in shares.items():
        rows.append((found, [float(task.options[n].units) for n in found], float(task.shares.get(pk, 0))))
    return rows


def _neighbours(task: Problem, first: int) -> tuple[list[int], list[Row]]:
    """For each claim that wants a neighbour a column that is 1 only where both stand near each other."""
    floor = task.by_pk()
    own: dict[int, list[tuple[int, Option]]] = defaultdict(list)
    for n, option in enumerate(task.options):
        own[option.claim].append((n, option))
    pairs: list[int] = []
    rows: list[Row] = []
    for claim in task.claims:
        if not claim.near or not own[claim.pk] or not own[claim.near]:
            continue
        column = first + len(pairs)
        pairs.append(claim.pk)
        mine = [n for n, _option in own[claim.pk]]
        rows.append(([column, *mine], [1.0, *[-1.0] * len(mine)], 0.0))
        for n, option in own[claim.pk]:
            run = [floor[pk] for pk in option.booths]
            near = [m for m, other in own[claim.near] if are_near(run, [floor[pk] for pk in other.booths])]
            rows.append(([column, n, *near], [1.0, 1.0, *[-1.0] * len(near)], 1.0))
    return pairs, rows


def _objectives(task: Problem, pairs: list[int]) -> list[list[float]]:
    """Placed; points; points weighed by the order of applying."""
    weight = {claim.pk: len(task.claims) - rank for rank, claim in enumerate(task.claims)}
    return [
        [1.0] * len(task.options) + [0.0] * len(pairs),
        [float(one.points) for one in task.options] + [float(NEAR_POINTS)] * len(pairs),
        [float(weight[one.claim] * (one.points + 1)) for one in task.options]
        + [float(weight[pk] * NEAR_POINTS) for pk in pairs],
    ]


def _model(columns: int, rows: list[Row]) -> highspy.Highs:
    model = highspy.Highs()
    for name, value in {
        "output_flag": False, "threads": 1, "random_seed": 0, "mip_rel_gap": 0.0, "time_limit": STAGE_SECONDS,
    }.items():  # fmt: skip
        model.setOptionValue(name, value)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = columns, len(rows)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = numpy.zeros(columns), numpy.zeros(columns), numpy.ones(columns)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * columns
    lp.row_lower_ = numpy.full(len(rows), -highspy.kHighsInf)
    lp.row_upper_ = numpy.array([most for _columns, _factors, most in rows])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = numpy.cumsum([0, *[len(found) for found, _factors, _most in rows]], dtype=numpy.int32)
    lp.a_matrix_.index_ = numpy.array([n for found, _factors, _most in rows for n in found], dtype=numpy.int32)
    lp.a_matrix_.value_ = numpy.array([one for _found, factors, _most in rows for one in factors])
    model.passModel(lp)
    model.HandleUserInterrupt = True
    return model


def _keep(model: highspy.Highs, objective: list[float], best: Sequence[float]) -> None:
    """What a stage reached, the next does not give up; all factors are whole numbers."""
    used = [n for n, factor in enumerate(objective) if factor]
    reached = round(sum(objective[n] * best[n] for n in used))
    factors = numpy.array([objective[n] for n in used])
    model.addRow(reached - 0.5, highspy.kHighsInf, len(used), numpy.array(used, dtype=numpy.int32), factors)


def _run(model: highspy.Highs, stop: Callable[[], bool]) -> list[float]:
    model.startSolve()
    is_done, _status = model.wait(0.02)
    while not is_done:
        if stop():
            model.cancelSolve()
            raise Stopped
        is_done, _status = model.wait(LOOK_EVERY)
    if stop():
        raise Stopped
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise NotFinished(str(model.getModelStatus()))
    return list(model.getSolution().col_value)
