"""A handover, who is to sign it, and what it hands over, in a bounded number of queries. Read next: handover_file.py."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import Http404

from expos.models import Expo, ExpoResult, Registration
from expos.result_queries import COUNTS
from expos.states import ExpoState
from patents.models import Review
from platform_site.accounts.models import Verification
from platform_site.accounts.states import VerificationState
from trading.models import NeedReview

from . import progress_queries
from .directing import Calendar, acting_seat
from .models import AnnualWorkPlan, Ballot, Handover, HandoverSignature, Meeting, Resolution
from .progress_queries import Row
from .states import BallotState, HandoverSide, MeetingState, ResolutionState

WITH = ("outgoing__seat__province", "incoming__seat__province")


def handover_for(year: int) -> Handover:
    """The handover to a year's director; 404 where none was opened."""
    found = Handover.objects.select_related(*WITH).filter(outgoing__year=year - 1).first()
    if found is None:
        raise Http404
    return found


def lock_handover(year: int) -> Handover | None:
    """After the terms (queries.lock_terms)."""
    rows = Handover.objects.select_for_update(of=("self",), no_key=True).select_related(*WITH)
    return rows.filter(outgoing__year=year - 1).first()


def handover_told(pk: int) -> Handover:
    return Handover.objects.select_related(*WITH).get(pk=pk)


def handovers_passed_since(moment: Any, until: Any) -> list[Handover]:
    """Those whose next term began between two instants."""
    return list(Handover.objects.select_related(*WITH).filter(incoming__begins_at__range=(moment, until)))


def signatures_of(handover: Handover) -> dict[str, HandoverSignature]:
    """Side -> its signature."""
    rows = handover.signatures.select_related("seat__province", "holder", "deputy__user")
    return {row.side: row for row in rows}


@dataclass(frozen=True)
class Sides:
    """The seats on both sides: who signed, or who would have to today; None where no seat of the six is held."""

    outgoing: str | None
    incoming: str | None

    def of(self, seat: str) -> list[HandoverSide]:
        """Both where a vacancy leaves one seat with both."""
        return [side for side in HandoverSide if getattr(self, side.value) == seat]


def seats_of(signatures: Mapping[str, HandoverSignature]) -> dict[str, str]:
    """Side -> code of the seat that signed for it."""
    return {side: row.seat_id for side, row in signatures.items()}


def handover_under_way() -> tuple[Handover, dict[str, str]] | None:
    """The one that is not signed by both, with the seats that have signed; one query."""
    made = {
        side.value: Subquery(HandoverSignature.objects.filter(handover=OuterRef("pk"), side=side).values("seat")[:1])
        for side in HandoverSide
    }
    rows = Handover.objects.filter(incoming=None).select_related("outgoing")
    found = rows.annotate(**{f"seat_{side}": seat for side, seat in made.items()}).first()
    if found is None:
        return None
    return found, {side: seat for side in made if (seat := getattr(found, f"seat_{side}"))}


def sides_of(handover: Handover, signed: Mapping[str, str], calendar: Calendar, held: Iterable[str]) -> Sides:
    """`signed`: side -> seat. The outgoing side is the seat that directs now, acting or not; the incoming one that would direct if the year began now."""
    out, into = signed.get(HandoverSide.OUTGOING), signed.get(HandoverSide.INCOMING)
    held = set(held)
    order, directs = calendar.order_of(handover.outgoing.year), handover.outgoing.seat_id
    return Sides(
        out or acting_seat(order, directs, held),
        into or calendar.director_of(handover.year, held),
    )


# ---- what is handed over


def open_tasks(year: int) -> list[Row]:
    """Tasks of the year's plan in force of which a duty is not done: five queries, whatever their number."""
    plan = AnnualWorkPlan.objects.filter(year=year).first()
    return progress_queries.unfinished_tasks(plan) if plan else []


def open_matters() -> list[dict[str, Any]]:
    """Meetings called, ballots open and resolutions to be carried out, in one query: what, key, both titles, when."""
    meetings = Meeting.objects.filter(state__in=[MeetingState.CALLED, MeetingState.IN_SESSION])
    ballots = Ballot.objects.filter(state=BallotState.OPEN)
    resolutions = Resolution.objects.filter(state=ResolutionState.ADOPTED)
    found = _matter(meetings, "meeting", "title", "starts_at").union(
        _matter(ballots, "ballot", "item__title", "closes_at"),
        _matter(resolutions, "resolution", "title", "adopted_at"),
        all=True,
    )
    return sorted(found, key=lambda row: (row["what"], row["when"], row["key"]))


def _matter(rows: QuerySet[Any], what: str, title: str, when: str) -> QuerySet[Any]:
    shown = rows.order_by().annotate(
        what=Value(what), key=F("pk"), zh=F(f"{title}_zh"), en=F(f"{title}_en"), when=F(when)
    )
    return shown.values("what", "key", "zh", "en", "when")


def open_expos(year: int) -> list[Expo]:
    """Editions up to a year that have not been reported, with `waiting_people` and `waiting_results`: one query."""
    people = Registration.objects.filter(expo=OuterRef("pk"), state="registered", confirmed_at=None)
    results = ExpoResult.objects.filter(expo=OuterRef("pk"), disputed_at=None).exclude(COUNTS)
    rows = Expo.objects.filter(year__lte=year).exclude(state=ExpoState.REPORTED).order_by("year")
    return list(rows.annotate(waiting_people=_how_many(people), waiting_results=_how_many(results)))


def _how_many(rows: QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values("expo").annotate(n=Count("pk")).values("n")), 0)


def overdue_reviews(today: date) -> dict[str, dict[str, int]]:
    """Province code -> kind -> how many stand open beyond their clock: listings, needs, real-name verifications."""
    late = {"due_on__lt": today}
    listings = _counted(Review.objects.filter(decision="", **late), "listings")
    needs = _counted(NeedReview.objects.filter(decision="", **late), "needs")
    people = _counted(Verification.objects.filter(state=VerificationState.SUBMITTED, **late), "verifications")
    found: dict[str, dict[str, int]] = {}
    for row in listings.union(needs, people, all=True):
        found.setdefault(row["province"], {})[row["kind"]] = row["count"]
    return found


def _counted(rows: QuerySet[Any], kind: str) -> QuerySet[Any]:
    grouped = rows.order_by().annotate(kind=Value(kind)).values("province", "kind")
    return grouped.annotate(count=Count("pk")).values("province", "kind", "count")
