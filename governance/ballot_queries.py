"""Reads about ballots and resolutions: the count is made here from rows, and never stored. Read next: actions/ballots.py."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, QuerySet
from django.http import Http404

from platform_site import clock
from platform_site.accounts.models import User

from . import meeting_queries
from .models import NATIONAL, Ballot, PlanTask, Presence, Resolution, Vote
from .people_queries import is_inside
from .queries import lock_terms
from .states import BallotState, ItemKind, ResolutionState
from .tally import Tally, seats_that_vote, tally

OPEN_TOO_LONG = timedelta(days=30)


def _votes() -> QuerySet[Vote]:
    return Vote.objects.select_related("seat__province", "holder", "deputy__user")


def ballot_for(user: User, pk: int) -> tuple[Ballot, bool]:
    """A ballot and whether the reader belongs to the group; the public sees it once it is closed (else Http404)."""
    inside = is_inside(user)
    rows = Ballot.objects.select_related("item__meeting", "rule", "resolution")
    ballot = (rows if inside else rows.filter(state=BallotState.CLOSED)).filter(pk=pk).first()
    if ballot is None:
        raise Http404
    return ballot, inside


def votes_of(ballot: Ballot) -> list[Vote]:
    return list(_votes().filter(ballot=ballot).order_by("seat"))


def vote_of(ballot: Ballot, seat: str) -> Vote | None:
    return _votes().filter(ballot=ballot, seat_id=seat).first()


def ended_at(ballot: Ballot, moment: datetime) -> datetime:
    """When voting was or will be over: its last moment, or earlier where it was closed before that."""
    return min(ballot.closes_at, ballot.closed_at or moment)


def is_open(ballot: Ballot, moment: datetime) -> bool:
    """Whoever reads after the last moment sees it as closed, whether or not the clock's task has come by."""
    return ballot.state == BallotState.OPEN and moment < ballot.closes_at


def count(ballot: Ballot, votes: Iterable[Vote], presences: Iterable[Presence], moment: datetime) -> Tally:
    """The count from the rows at hand; of a written procedure nobody is there, so whoever votes takes part."""
    there = meeting_queries.there_at(presences, ended_at(ballot, moment))
    return tally(
        quorum=ballot.quorum_of_seats,
        majority=(ballot.majority_numerator, ballot.majority_denominator),
        majority_of=ballot.majority_of,
        national_votes=ballot.national_votes,
        votes={vote.seat_id: vote.choice for vote in votes},
        there=there if ballot.national_votes else there - {NATIONAL},
    )


def count_of(ballot: Ballot, moment: datetime | None = None) -> Tally:
    """The same with its two queries. Decides something only under the lock of the ballot."""
    presences = Presence.objects.filter(meeting=ballot.item.meeting_id)
    return count(ballot, Vote.objects.filter(ballot=ballot), presences, moment or clock.database_now())


def everybody_has_voted(ballot: Ballot) -> bool:
    return Vote.objects.filter(ballot=ballot).count() >= seats_that_vote(ballot.national_votes)


def due(moment: datetime, most: int = 100) -> list[int]:
    """Ballots whose last moment is over, oldest first."""
    rows = Ballot.objects.filter(state=BallotState.OPEN, closes_at__lte=moment).order_by("closes_at", "pk")
    return list(rows.values_list("pk", flat=True)[:most])


def lock_ballot(pk: int) -> Ballot:
    """The ballot alone, as a vote holds it: votes wait for each other and for the closing. Http404 if there is none."""
    ballot = (
        Ballot.objects.select_for_update(of=("self",), no_key=True)
        .select_related("item__meeting", "rule")
        .filter(pk=pk)
        .first()
    )
    if ballot is None:
        raise Http404
    return ballot


def lock_item_ballot(pk: int) -> Ballot:
    """The ballot behind its meeting and item: for what changes them too; behind the terms where it is about the rotation."""
    found = Ballot.objects.filter(pk=pk).values_list("item_id", "item__kind").first()
    if found is None:
        raise Http404
    if found[1] in (ItemKind.ROTATION, ItemKind.ORDER):
        lock_terms()
    item = meeting_queries.lock_item(found[0])
    ballot = lock_ballot(pk)
    ballot.item = item
    return ballot


# ---- resolutions


def resolutions(*, year: int | None = None, state: str = "") -> QuerySet[Resolution]:
    rows = Resolution.objects.order_by("-year", "-serial")
    if year is not None:
        rows = rows.filter(year=year)
    return rows.filter(state=state) if state else rows


def resolution_years() -> list[int]:
    return list(Resolution.objects.order_by("-year").values_list("year", flat=True).distinct())


def resolution_for(pk: int) -> Resolution:
    """Resolutions are public. Http404 if there is none."""
    rows = Resolution.objects.select_related("ballot__item__meeting", "ballot__rule", "task__plan")
    resolution = rows.filter(pk=pk).first()
    if resolution is None:
        raise Http404
    return resolution


def effects_of(resolution: Resolution) -> dict[str, list[Any]]:
    """What it has brought about, read from the records that name it."""
    rule = getattr(resolution, "ballot_rule", None)
    order = getattr(resolution, "rotation_rule", None)
    return {
        "exceptions": list(resolution.exceptions.select_related("province").order_by("year")),
        "orders": [order] if order else [],
        "rules": [rule] if rule else [],
        "versions": list(resolution.plan_versions.select_related("plan").order_by("number")),
    }


def tasks_to_choose() -> QuerySet[PlanTask]:
    """Tasks of every plan, the newest year first, each with its latest wording at hand."""
    return PlanTask.objects.select_related("plan").prefetch_related("texts__section").order_by("-plan__year", "id")


def task_title(task: PlanTask) -> str:
    """A task as its latest version words it."""
    texts = sorted(task.texts.all(), key=lambda text: text.version_id)
    return f"{task.plan.year} · {texts[-1].number} {texts[-1]}" if texts else f"{task.plan.year} · {task.pk}"


def lock_resolution(pk: int) -> Resolution:
    resolution = Resolution.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if resolution is None:
        raise Http404
    return resolution


def next_serial(year: int) -> int:
    return (Resolution.objects.filter(year=year).aggregate(last=Max("serial"))["last"] or 0) + 1


def open_too_long() -> QuerySet[Resolution]:
    """Adopted more than thirty days ago, and neither a task nor a reason on record."""
    limit = clock.now() - OPEN_TOO_LONG
    return Resolution.objects.filter(state=ResolutionState.ADOPTED, adopted_at__lte=limit).order_by("adopted_at")


def waiting_for(seat: str) -> QuerySet[Ballot]:
    """Open ballots in which a seat can vote and has not; of a meeting in a room whether or not it has come."""
    rows = Ballot.objects.filter(state=BallotState.OPEN, closes_at__gt=clock.now()).exclude(votes__seat=seat)
    rows = rows if seat != NATIONAL else rows.filter(national_votes=True)
    return rows.select_related("item").order_by("closes_at")
