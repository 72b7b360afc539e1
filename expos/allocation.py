"""Who may stand where, and what that is worth: the rule of the allocation as data. Pure. Read next: allocation_solver.py.

The rule, which the page prints (RULE): no delegation gets more than its share, a pavilion is its delegation's alone; of all
plans that keep to it the one is taken that places most applications; of those the one whose granted wishes count most; of
those the one that favours who applied first. One press, one answer: the same applications give the same plan.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy

from .floor_plan import is_near, side_by_side
from .models import Booth
from .states import BoothKind

WISH_POINTS = (10, 8, 6, 5, 4)  # first wish to fifth
CORNER_POINTS, HALL_POINTS, NEAR_POINTS = 3, 2, 2
RULE = (
    gettext_lazy("各代表团得到的展位不超过本团的展位数：光地每 9 平方米折合一个标准展位，不足的按一个计。展团范围内的展位只分给本团。"),
    gettext_lazy("供电、面积和相连展位数不够的不分；没有申请转角的，不分转角展位。"),
    gettext_lazy("先让得到展位的申请最多。"),
    gettext_lazy("同样多的方案中，取意愿得分最高的：第一至第五志愿 10、8、6、5、4 分，转角 3 分，展厅 2 分，相邻 2 分。"),
    gettext_lazy("得分仍相同的，先报名的优先。同样的申请每次得出同样的方案。"),
)  # fmt: skip


@dataclass(frozen=True)
class Claim:
    """One application as the solver sees it; `wishes` are booths' keys, the first first; `near` another claim's key."""

    pk: int
    delegation_id: int
    kind: str
    booths: int = 1
    area_m2: int = 0
    corner: bool = False
    hall_id: int | None = None
    near: int | None = None
    power_kw: int = 0
    wishes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Option:
    """One way to meet a claim: which booths, how many of its delegation's share, how many points without neighbours."""

    claim: int
    booths: tuple[int, ...]
    units: int
    points: int


@dataclass(frozen=True)
class Problem:
    """What is to be given out: claims in their order, booths that nobody has, what is left of each delegation's share."""

    claims: tuple[Claim, ...]
    booths: tuple[Booth, ...]
    shares: Mapping[int, int]
    options: tuple[Option, ...] = field(default=())

    def by_pk(self) -> dict[int, Booth]:
        return {one.pk: one for one in self.booths}


def misfit(claim: Claim, booth: Booth) -> str:
    """Why a booth cannot be given to a claim whatever the others want: pavilion, kind, area, power, corner; "" where it can."""
    if booth.pavilion_id not in (None, claim.delegation_id):
        return "pavilion"
    if (booth.kind == BoothKind.RAW) != (claim.kind == BoothKind.RAW):
        return "kind"
    if claim.kind == BoothKind.RAW and booth.area < claim.area_m2:
        return "area"
    if booth.power_kw < claim.power_kw:
        return "power"
    return "corner" if booth.kind == BoothKind.CORNER and not claim.corner else ""


def points_of(claim: Claim, run: Sequence[Booth]) -> int:
    """Of the wishes that a run of booths grants; neighbours apart."""
    keys = {one.pk for one in run}
    wish = next((WISH_POINTS[n] for n, pk in enumerate(claim.wishes) if pk in keys), 0)
    corner = CORNER_POINTS if claim.corner and any(one.kind == BoothKind.CORNER for one in run) else 0
    return wish + corner + (HALL_POINTS if claim.hall_id == run[0].hall_id else 0)


def options_of(claim: Claim, booths: Sequence[Booth], share: int) -> list[Option]:
    """Every way to meet a claim within its delegation's share."""
    fitting = [one for one in booths if not misfit(claim, one)]
    count = claim.booths if claim.kind != BoothKind.RAW else 1
    found = []
    for run in side_by_side(fitting, count):
        units = sum(one.units for one in run)
        if units <= share:
            found.append(Option(claim.pk, tuple(one.pk for one in run), units, points_of(claim, run)))
    return found


def problem(claims: Iterable[Claim], booths: Iterable[Booth], shares: Mapping[int, int]) -> Problem:
    """With every option written out."""
    rows, floor = tuple(claims), tuple(booths)
    options = [one for claim in rows for one in options_of(claim, floor, shares.get(claim.delegation_id, 0))]
    return Problem(rows, floor, dict(shares), tuple(options))


def are_near(run: Iterable[Booth], other: Iterable[Booth]) -> bool:
    floor = list(other)
    return any(is_near(one, two) for one in run for two in floor)


Plan = Mapping[int, tuple[int, ...]]  # claim -> booths


def worth(task: Problem, plan: Plan) -> tuple[int, int, int]:
    """What the rule compares: applications placed, points, points weighed by who applied first."""
    floor = task.by_pk()
    points = weighed = 0
    for rank, claim in enumerate(task.claims):
        if not (booths := plan.get(claim.pk)):
            continue
        run = [floor[pk] for pk in booths]
        own = points_of(claim, run)
        if claim.near and plan.get(claim.near) and are_near(run, [floor[pk] for pk in plan[claim.near]]):
            own += NEAR_POINTS
        points += own
        weighed += (len(task.claims) - rank) * (own + 1)
    return sum(1 for booths in plan.values() if booths), points, weighed


def is_legal(task: Problem, plan: Plan) -> bool:
    """Nothing given twice, no share exceeded, every run one of the options."""
    given = [pk for booths in plan.values() for pk in booths]
    offered = {(one.claim, one.booths): one.units for one in task.options}
    used: dict[int, int] = {}
    for claim in task.claims:
        if booths := plan.get(claim.pk):
            if (claim.pk, tuple(booths)) not in offered:
                return False
            used[claim.delegation_id] = used.get(claim.delegation_id, 0) + offered[claim.pk, tuple(booths)]
    return len(given) == len(set(given)) and all(units <= task.shares.get(pk, 0) for pk, units in used.items())
