"""The allocation against brute force on small floors, and every explanation held against the plan. Read next: ../../expos/allocation.py."""

import itertools
import random

import pytest

from expos import allocation, allocation_solver, allocation_words, floor_plan
from expos.allocation import Claim
from expos.models import Booth

CORNERS = {1, 4}


def booth(pk, x, y=0, *, kind="standard", width=3, depth=3, hall=1, pavilion=None, power=3):
    return Booth(
        pk=pk, number=f"A{pk}", hall_id=hall, kind=kind, x=x, y=y, width=width, depth=depth, pavilion_id=pavilion, power_kw=power
    )  # fmt: skip


def row(count=4, *, hall=1, first=1, y=0):
    """A row of booths whose ends are corners."""
    ends = (0, count - 1)
    return [booth(first + n, 3 * n, y, hall=hall, kind="corner" if n in ends else "standard") for n in range(count)]


def solved(task):
    return allocation_solver.solve(task, stage=lambda _number: None, stop=lambda: False)


def brute(task):
    """The best that any legal plan is worth."""
    choices = [[(), *[one.booths for one in task.options if one.claim == claim.pk]] for claim in task.claims]
    best = (-1, -1, -1)
    for pick in itertools.product(*choices):
        plan = {claim.pk: booths for claim, booths in zip(task.claims, pick, strict=True) if booths}
        if allocation.is_legal(task, plan):
            best = max(best, allocation.worth(task, plan))
    return best


def some(dice):
    """A small floor of two halls, and up to five claims of two delegations."""
    floor = [*row(4), *row(3, hall=2, first=5), booth(8, 20, kind="raw", width=6, depth=6)]
    for one in floor:
        one.pavilion_id = dice.choice([None, None, None, 1, 2])
        one.power_kw = dice.choice([3, 6])
    claims = []
    for pk in range(1, dice.randint(3, 5) + 1):
        is_raw = dice.random() < 0.15
        claims.append(
            Claim(
                pk, dice.choice([1, 2]), "raw" if is_raw else "standard", booths=1 if is_raw else dice.choice([1, 1, 2]),
                area_m2=36 if is_raw else 0, corner=dice.random() < 0.4, hall_id=dice.choice([None, 1, 2]),
                near=dice.choice([None, None, 1]) if pk > 1 else None, power_kw=dice.choice([0, 3, 5]),
                wishes=tuple(dice.sample(range(1, 9), dice.randint(0, 3))),
            )
        )  # fmt: skip
    return allocation.problem(claims, floor, {1: dice.randint(1, 5), 2: dice.randint(1, 5)})


@pytest.mark.parametrize("seed", range(40))
def test_no_legal_plan_is_worth_more_and_every_sentence_holds(seed):
    task = some(random.Random(seed))
    plan = solved(task)
    assert allocation.is_legal(task, plan)
    assert allocation.worth(task, plan) == brute(task)
    assert solved(task) == plan, "one press, one answer"
    said = allocation_words.unmet(task, plan)
    for claim in task.claims:
        for one in said[claim.pk]:
            holds(task, plan, claim, one)
            assert allocation_words.sentence(one, {1: "一号馆", 2: "二号馆"}, {c.pk: c for c in task.claims})
        complete(plan, claim, said[claim.pk])


def holds(task, plan, claim, one):
    """What a sentence states is so."""
    holder = {pk: who for who, booths in plan.items() for pk in booths}
    claims = {row.pk: row for row in task.claims}
    mine = [task.by_pk()[pk] for pk in plan.get(claim.pk, ())]
    left = task.shares[claim.delegation_id] - sum(
        sum(task.by_pk()[pk].units for pk in booths)
        for who, booths in plan.items()
        if who != claim.pk and claims[who].delegation_id == claim.delegation_id
    )
    if one.sort == "wish":
        if one.cause in ("pavilion", "kind", "area", "power", "corner"):
            assert allocation.misfit(claim, one.booth) == one.cause
        elif one.cause in ("claim", "whole"):
            assert holder[one.booth.pk] == one.by != claim.pk
            wishes = claims[one.by].wishes
            assert one.by_wish == (wishes.index(one.booth.pk) + 1 if one.booth.pk in wishes else 0)
            ahead = one.by_wish and (one.by_wish, one.by) < (one.wish, claim.pk)
            assert bool(ahead) == (one.cause == "claim")
            if one.cause == "whole":
                forced = [row for row in task.options if row.claim == claim.pk and one.booth.pk in row.booths]
                assert best_with(task, claim, forced) <= allocation.worth(task, plan)
        else:
            assert one.booth.pk not in holder
            if one.cause == "traded":
                assert mine
            if one.cause == "share":
                assert left < claim.booths or one.booth.units > left
    elif one.sort == "place":
        fits = [row for row in task.booths if not allocation.misfit(claim, row)]
        runs = floor_plan.side_by_side(fits, claim.booths)
        assert not mine and (not runs) == (one.cause == "no_fit")
        if one.cause == "share":
            assert min(sum(b.units for b in run) for run in runs) > left
    elif one.sort == "near":
        assert (one.cause == "absent") == (not plan.get(claim.near))


def best_with(task, claim, forced):
    options = [one for one in task.options if one.claim != claim.pk] + forced
    narrowed = allocation.Problem(task.claims, task.booths, task.shares, tuple(options))
    choices = [[one.booths for one in options if one.claim == row.pk] or [()] for row in task.claims]
    best = (-1, -1, -1)
    for pick in itertools.product(*[found if row.pk == claim.pk else [(), *found] for row, found in zip(task.claims, choices, strict=True)]):  # fmt: skip
        plan = {row.pk: booths for row, booths in zip(task.claims, pick, strict=True) if booths}
        if allocation.is_legal(narrowed, plan):
            best = max(best, allocation.worth(narrowed, plan))
    return best


def complete(plan, claim, said):
    """Nothing that was asked for and not given goes without a sentence."""
    got = plan.get(claim.pk, ())
    met = next((n for n, pk in enumerate(claim.wishes) if pk in got), len(claim.wishes))
    assert {one.wish for one in said if one.sort == "wish"} == set(range(1, met + 1))
    assert any(one.sort == "place" for one in said) == (not got)


def test_the_earlier_of_two_equal_wishes_is_met_and_the_later_told_by_whom():
    task = allocation.problem(
        [Claim(7, 1, "standard", wishes=(2,)), Claim(9, 1, "standard", wishes=(2,))], row(4), {1: 5}
    )
    plan = solved(task)
    assert plan[7] == (2,) and plan[9] == (3,)
    (one,) = allocation_words.unmet(task, plan)[9]
    assert (one.cause, one.by, one.by_wish) == ("claim", 7, 1)
    assert "分给了第 7 号申请" in allocation_words.sentence(one, {}, {})


def test_a_delegation_gets_no_more_than_its_share():
    task = allocation.problem([Claim(pk, 1, "standard") for pk in (1, 2, 3)], row(6), {1: 2})
    plan = solved(task)
    assert set(plan) == {1, 2}
    assert [one.cause for one in allocation_words.unmet(task, plan)[3]] == ["share"]


def test_it_stops_when_it_is_told_to():
    task = allocation.problem([Claim(1, 1, "standard")], row(3), {1: 2})
    with pytest.raises(allocation_solver.Stopped):
        allocation_solver.solve(task, stage=lambda _number: None, stop=lambda: True)


def test_geometry():
    one, beside, across, away = booth(1, 0), booth(2, 3), booth(3, 0, 6), booth(4, 0, 9)
    assert floor_plan.is_beside(one, beside) and not floor_plan.is_beside(one, across)
    assert floor_plan.is_near(one, across) and not floor_plan.is_near(one, away)
    assert floor_plan.nearest(one, [away, across, beside]) == [beside, across, away]
    assert not floor_plan.overlaps(one, beside) and floor_plan.overlaps(one, booth(5, 2, 2))
    plan = floor_plan.Row(2, 2, 5, 2, 3, 3, 3, True)
    assert plan.places() == [(2, 2), (5, 2), (2, 8), (5, 8), (2, 11)]
