"""The solver of meetings under load: how near to its upper bound, and how much better than a pencil. Read next: benchmark.py.

The goals of issue 8: 2,000 participants, 8,000 wishes, 24 slots and 200 tables within 60 s and 1.5 GB, at least 97 % of the
bound of the relaxed problem, better than greedy. `make bench` measures a quarter of that and, with `--meetings large`, all.
"""

import random
import resource
import time

from expos.matching import Problem, Wish
from expos.matching_plan import faults, greedy
from expos.matching_relaxed import planned

from .benchmark import Measurement, Reading

SECONDS, MEGABYTES = 60.0, 1_536.0  # what the worker may take for the largest plan
SIZES = {"small": (500, 2_000, 24, 50), "large": (2_000, 8_000, 24, 200)}
SEED = 2007
SHARE = 0.75  # of the slots are free for a person
NEAR = 1 / 0.97  # the bound may be so many times the plan
WORSE = 0.9999  # the pencil must have fewer points
WITHIN = 0.999  # of what is allowed


def problem(people: int, wishes: int, slots: int, tables: int, *, share: float = SHARE, dice: random.Random | None = None) -> Problem:  # fmt: skip
    """Some are wished for by many, most by few."""
    dice = dice or random.Random(SEED)  # noqa: S311 - the same each time
    free = {who: sum(1 << slot for slot in range(slots) if dice.random() < share) for who in range(people)}
    sought = [dice.random() ** 2 + 0.05 for _who in range(people)]
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < wishes:
        by, whom = dice.randrange(people), dice.choices(range(people), sought)[0]
        if by != whom:
            pairs.add((by, whom))
    asked = [Wish(key, by, whom, dice.randint(1, 3)) for key, (by, whom) in enumerate(sorted(pairs))]
    return Problem(free, asked, [tables] * slots)


def meetings(size: str = "small") -> list[Measurement]:
    """Points of the plan against the bound (upper limit) and the pencil's against the plan's; seconds and memory against what is allowed."""
    people, wishes, slots, tables = SIZES[size]
    given = problem(people, wishes, slots, tables)
    begun = time.process_time()
    plan = planned(given)
    seconds = time.process_time() - begun
    pencil = greedy(given)
    if said := faults(given, plan):
        raise RuntimeError(said[0])
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        Measurement(Reading("meetings: plan and bound", "points", plan.value, NEAR), Reading("", "points", plan.bound, NEAR)),
        Measurement(Reading("meetings: plan and greedy", "points", plan.value, WORSE), Reading("", "points", pencil.value, WORSE)),
        Measurement(Reading("meetings: 60 s and the plan's", "s", SECONDS, WITHIN), Reading("", "s", seconds, WITHIN)),
        Measurement(Reading("meetings: 1.5 GB and the plan's", "MB", MEGABYTES, WITHIN), Reading("", "MB", megabytes, WITHIN)),
    ]  # fmt: skip
