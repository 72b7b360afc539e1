"""What is to be given out and what was proposed: the solver's task from the records, and a run read back. Read next: actions/allocations.py."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from platform_site import clock

from . import allocation, allocation_words
from . import floor_queries as floor
from .allocation import Claim, Problem
from .models import AllocationPlace, AllocationRun, Booth, BoothApplication, Expo
from .states import ApplicationState, RunState

OPEN_TO_RUN = (ApplicationState.PRE_REVIEWED, ApplicationState.WAITING)
DAYS_TO_CONFIRM, DAYS_MOVED_UP = 7, 3


def claim_of(row: BoothApplication) -> Claim:
    """As the solver sees it; its wishes are read already."""
    return Claim(
        row.pk, row.delegation_id, row.kind, row.booths, row.area_m2, row.corner, row.hall_id, row.near_id, row.power_kw,
        tuple(wish.booth_id for wish in sorted(row.wishes.all(), key=lambda one: one.place)),
    )  # fmt: skip


def shares_left(expo: Expo) -> dict[int, int]:
    """Delegation -> standard booths that it has not got yet."""
    used = floor.units_used(expo)
    return {one.pk: one.booths - used.get(one.pk, 0) for one in floor.delegations_of(expo)}


def task_of(expo: Expo, rows: Iterable[BoothApplication] | None = None) -> Problem:
    """Applications that passed their review and have nothing yet, or those given; booths that nobody has or holds."""
    if rows is None:
        open_ = BoothApplication.objects.filter(expo=expo, state__in=OPEN_TO_RUN)
        rows = open_.prefetch_related("wishes").order_by("pk")
    busy = floor.given_ids(expo) | set(floor.holds(expo, clock.database_now()))
    free = [one for one in floor.booths_of(expo) if one.pk not in busy]
    return allocation.problem([claim_of(row) for row in rows], free, shares_left(expo))


def options_for(expo: Expo, row: BoothApplication, free: Iterable[Booth] | None = None) -> list[allocation.Option]:
    """The ways in which one application can be met now, the best first."""
    task = task_of(expo, [row])
    return sorted(task.options, key=lambda one: (-one.points, one.units, one.booths))


# ---- runs


def runs_of(expo: Expo) -> QuerySet[AllocationRun]:
    return AllocationRun.objects.filter(expo=expo).select_related("made_by", "expo")


def run_of(expo: Expo, pk: int) -> AllocationRun:
    found = runs_of(expo).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def lock_run(pk: int) -> AllocationRun:
    return AllocationRun.objects.select_for_update(of=("self",), no_key=True).select_related("expo").get(pk=pk)


def queued() -> list[int]:
    rows = AllocationRun.objects.filter(state=RunState.QUEUED).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def is_stopped(pk: int) -> bool:
    """Whether somebody has cancelled it meanwhile."""
    return not AllocationRun.objects.filter(pk=pk, state=RunState.RUNNING).exists()


def stale(moment: Any) -> list[int]:
    """Runs that a worker began and never ended."""
    rows = AllocationRun.objects.filter(state=RunState.RUNNING, made_at__lt=moment - timedelta(minutes=15))
    return list(rows.values_list("pk", flat=True))


def applied_run(expo: Expo) -> AllocationRun | None:
    """The last plan that was put in force."""
    return runs_of(expo).filter(state=RunState.APPLIED).first()


def plan_of(run: AllocationRun) -> dict[int, tuple[int, ...]]:
    plan: dict[int, tuple[int, ...]] = {}
    for place in AllocationPlace.objects.filter(run=run).order_by("application_id", "booth_id"):
        plan[place.application_id] = (*plan.get(place.application_id, ()), place.booth_id)
    return plan


@dataclass(frozen=True)
class Line:
    """One application in a plan: its booths, and a sentence for each wish that was not met."""

    application: BoothApplication
    booths: list[Booth]
    said: list[str]


def lines_of(run: AllocationRun) -> list[Line]:
    """Every application that the run was about, in their order: five queries for any number."""
    expo, plan, before = run.expo, plan_of(run), _before(run)
    floor_ = {one.pk: one for one in floor.booths_of(expo)}
    rows = BoothApplication.objects.filter(expo=expo, made_at__lte=run.made_at, reviewed_at__lte=run.made_at)
    rows = rows.exclude(state=ApplicationState.REFUSED).select_related("expo", "delegation__province", "hall")
    wanted = {row.pk: row for row in rows.prefetch_related("wishes").order_by("pk")}
    about = [row for row in wanted.values() if row.pk not in before.values()]
    shares = {row.delegation_id: row.delegation.booths for row in wanted.values()}
    for pk, owner in before.items():
        if owner in wanted and pk in floor_:
            shares[wanted[owner].delegation_id] -= floor_[pk].units
    free = [one for pk, one in floor_.items() if pk not in before]
    task = allocation.problem([claim_of(row) for row in about], free, shares)
    kept = {row.pk: plan[row.pk] for row in about if row.pk in plan and all(pk in floor_ for pk in plan[row.pk])}
    said = allocation_words.unmet(task, kept, [floor_[pk] for pk in before if pk in floor_])
    halls = {row.hall_id: row.hall.name for row in about if row.hall_id and row.hall}
    claims = {one.pk: one for one in task.claims}

    def words(row: BoothApplication) -> list[str]:
        return [allocation_words.sentence(one, halls, claims) for one in said[row.pk]]

    return [Line(row, [floor_[pk] for pk in kept.get(row.pk, ())], words(row)) for row in about]


def _before(run: AllocationRun) -> dict[int, int]:
    """Booth -> application that had it when the run was asked for."""
    from_then = floor.BoothAllotment.objects.filter(booth__expo=run.expo_id, made_at__lt=run.made_at)
    rows = from_then.exclude(released_at__lt=run.made_at)
    return dict(rows.values_list("booth_id", "application_id"))


def line_for(application: BoothApplication) -> Line | None:
    """What the plan in force says of one application."""
    run = applied_run(application.expo)
    lines = lines_of(run) if run else []
    return next((one for one in lines if one.application.pk == application.pk), None)


def confirm_until(expo: Expo, days: int = DAYS_TO_CONFIRM) -> date:
    """The last day to confirm: so many days on, and before the doors open."""
    wanted = clock.today() + timedelta(days=days)
    if expo.starts_on is None:
        return wanted
    return max(clock.today(), min(wanted, expo.starts_on - timedelta(days=1)))
