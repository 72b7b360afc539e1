"""The solver of meetings against brute force, against its bound and against a pencil; each explanation checked. MODEL_RUNS for more."""

import os
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expos import matching
from expos.matching import Held, Problem, Why, Wish, pair, points
from expos.matching_plan import faults, greedy
from expos.matching_relaxed import planned
from platform_site.portal import expo_benchmark

RUNS = int(os.environ.get("MODEL_RUNS", 40))


def best(problem):
    """The most points that any plan has: every choice is tried."""
    wished = {}
    for wish in problem.wishes:
        wished.setdefault(pair(wish.by, wish.whom), []).append(wish)
    held = {pair(one.one, one.other) for one in problem.held}
    taken = {(who, one.slot) for one in problem.held for who in (one.one, one.other)}
    room = [tables - sum(one.slot == slot for one in problem.held) for slot, tables in enumerate(problem.tables)]
    open_ = [one for one in sorted(wished) if one not in held and one not in problem.barred]

    def value(meetings):
        met = {}
        for wish in (wish for one in meetings for wish in wished.get(one, ())):
            met.setdefault(wish.by, []).append(wish.weight)
        return sum(points(len(weights)) + sum(weights) for weights in met.values())

    def search(place, chosen):
        if place == len(open_):
            return value(chosen | held)
        one = open_[place]
        found = search(place + 1, chosen)
        for slot, free in enumerate(room):
            able = all(problem.free.get(who, 0) >> slot & 1 and (who, slot) not in taken for who in one)
            if able and free > 0:
                taken.update((who, slot) for who in one)
                room[slot] -= 1
                found = max(found, search(place + 1, chosen | {one}))
                room[slot] += 1
                taken.difference_update((who, slot) for who in one)
        return found

    return search(0, frozenset())


@st.composite
def problems(draw):
    slots, people = draw(st.integers(1, 3)), draw(st.integers(2, 5))
    every = (1 << slots) - 1
    free = {who: draw(st.integers(0, every)) for who in range(people)}
    pairs = draw(st.lists(st.tuples(st.integers(0, people), st.integers(0, people)), max_size=6, unique=True))
    wishes = [Wish(n, by, whom, draw(st.integers(1, 3))) for n, (by, whom) in enumerate(pairs) if by != whom]
    tables = draw(st.lists(st.integers(1, 2), min_size=slots, max_size=slots))
    held = [Held(0, 1, draw(st.integers(-1, slots - 1)))] if draw(st.booleans()) else []
    barred = frozenset({(0, 2)}) if draw(st.booleans()) else frozenset()
    return Problem(free, wishes, tables, held, barred)


@settings(max_examples=RUNS, deadline=None, suppress_health_check=list(HealthCheck))
@given(problems())
def test_as_good_as_trying_everything_and_each_unmet_wish_explained(problem):
    plan = planned(problem)
    most = best(problem)
    assert faults(problem, plan) == [] and faults(problem, greedy(problem)) == []
    assert plan.bound >= most >= plan.value >= greedy(problem).value * 0.999
    assert plan.value >= 0.97 * most
    assert plan.met + len(plan.unmet) == len(problem.wishes)
    for unmet in plan.unmet:
        able = problem.free
        assert (unmet.why == Why.ABSENT) == (unmet.wish.by not in able or unmet.wish.whom not in able)
        if unmet.why == Why.NO_COMMON:
            assert not able[unmet.wish.by] & able[unmet.wish.whom]
    assert planned(problem).meetings == plan.meetings, "the same problem, the same plan"


def test_nobody_is_left_out_while_another_has_many():
    """One table and two slots: the two who have one wish each go before the one who has two."""
    wishes = [Wish(0, 1, 2, 3), Wish(1, 1, 3, 3), Wish(2, 4, 5, 1)]
    plan = planned(Problem(dict.fromkeys(range(1, 6), 0b11), wishes, [1, 1]))
    assert plan.served == 2 and plan.met == 2
    assert [(one.wish.by, one.why) for one in plan.unmet] == [(1, Why.TABLES)]


@pytest.mark.parametrize(
    ("free", "held", "tables", "why"),
    [
        ({1: 1}, [], [1], Why.ABSENT),
        ({1: 0b01, 2: 0b10}, [], [1, 1], Why.NO_COMMON),
        ({1: 1, 2: 1, 3: 1}, [Held(2, 3, 0)], [2], Why.FIXED),
        ({1: 1, 2: 1, 3: 1, 4: 1}, [Held(3, 4, 0)], [1], Why.TABLES),
    ],
)
def test_the_reason_is_the_first_that_is_true(free, held, tables, why):
    plan = planned(Problem(free, [Wish(7, 1, 2)], tables, held))
    assert [(one.wish.key, one.why) for one in plan.unmet] == [(7, why)]


def test_taken_by_what_is_worth_more_and_one_table_is_enough_after_moving():
    taken = planned(Problem({1: 1, 2: 1, 3: 1}, [Wish(0, 1, 2, 1), Wish(1, 3, 2, 3)], [2]))
    assert list(taken.meetings) == [(2, 3)] and taken.unmet[0].why == Why.TAKEN and taken.unmet[0].whom_taken == 1
    moved = planned(Problem({1: 0b11, 2: 0b11, 3: 0b01}, [Wish(0, 1, 2, 3), Wish(1, 3, 1, 1)], [1, 1]))
    assert moved.met == 2 and moved.meetings[1, 3] == 0


def test_what_is_held_stays_and_a_declined_pair_is_left_alone():
    problem = Problem({1: 3, 2: 3, 3: 3}, [Wish(0, 1, 2), Wish(1, 1, 3)], [1, 1], [Held(1, 2, 0)], frozenset({(1, 3)}))
    plan = planned(problem)
    assert plan.meetings == {} and plan.met == 1 and plan.unmet[0].why == Why.DECLINED
    assert faults(problem, plan) == []


def test_a_false_plan_and_a_false_explanation_are_found_out():
    """The control of the checker that the other tests rest on."""
    problem = Problem({1: 1, 2: 1, 3: 1}, [Wish(0, 1, 2), Wish(1, 3, 2)], [1])
    plan = planned(problem)
    assert faults(problem, plan) == []
    plan.meetings[1, 3] = 0
    assert faults(problem, plan)
    plan.meetings.clear()
    assert faults(problem, plan)


def test_stopped_when_told_so():
    with pytest.raises(matching.Cancelled):
        planned(expo_benchmark.problem(60, 200, 8, 10), tell=lambda share: share > 0.2)


@pytest.mark.parametrize("share", [0.75, 0.3])
def test_close_to_the_bound_and_better_than_a_pencil(share):
    """The same measure as `make bench`, small; with many common slots and with few."""
    problem = expo_benchmark.problem(120, 480, 12, 14, share=share)
    plan, pencil = planned(problem), greedy(problem)
    assert faults(problem, plan) == [] == faults(problem, pencil)
    assert plan.value >= 0.97 * plan.bound and plan.value > pencil.value and plan.served >= pencil.served


def test_time_that_runs_out_still_gives_a_plan_without_faults():
    problem = expo_benchmark.problem(80, 320, 6, 8, dice=random.Random(3))
    plan = planned(problem, seconds=0)
    assert faults(problem, plan) == [] and plan.met > 0
