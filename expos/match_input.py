"""The problem of matching.py, read from the records of an edition. Read next: actions/match_runs.py."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from . import meeting_queries as queries
from .matching import Held, Plan, Problem, Wish, pair
from .meeting_slots import Slot
from .models import Expo, ExpoMeeting, MeetingAbsence, MeetingWish
from .states import MeetingState

Pair = tuple[int, int]


@dataclass(frozen=True)
class Input:
    """The problem, and which slot each of its places is."""

    problem: Problem
    slots: list[Slot]


def read(expo: Expo, since: datetime) -> Input:
    """Six queries. Slots from `since` on; what the plan has only proposed is open again, everything else stands."""
    slots = [slot for slot in queries.slots_of(expo) if slot.starts_at >= since]
    places = {slot.starts_at: place for place, slot in enumerate(slots)}
    every = (1 << len(slots)) - 1
    free = dict.fromkeys(queries.participants(expo).order_by("pk").values_list("pk", flat=True), every)
    for who, moment in MeetingAbsence.objects.filter(profile__in=free).values_list("profile", "starts_at"):
        if moment in places:
            free[who] &= ~(1 << places[moment])
    rows = MeetingWish.objects.filter(by__registration__expo=expo).order_by("pk")
    wishes = [Wish(*row) for row in rows.values_list("pk", "by", "whom", "weight")]
    held, barred = _stands(expo, since, slots)
    return Input(Problem(free, wishes, [expo.meeting_tables.count()] * len(slots), held, barred), slots)


def _stands(expo: Expo, since: datetime, slots: list[Slot]) -> tuple[list[Held], frozenset[Pair]]:
    """Meetings that are not moved, in each slot that they touch; and pairs that have called one off themselves."""
    open_again = Q(state=MeetingState.PROPOSED, starts_at__gte=since)
    rows = ExpoMeeting.objects.filter(expo=expo).exclude(open_again).filter(replaced_by=None).order_by("pk")
    held, barred = [], set()
    for meeting in rows.prefetch_related("people"):
        one, other = pair(*(person.profile_id for person in meeting.people.all()))
        if meeting.state == MeetingState.CANCELLED:
            barred.add((one, other))
            continue
        touched = [place for place, slot in enumerate(slots) if slot.meets(meeting.starts_at, meeting.ends_at)]
        held += [Held(one, other, place) for place in touched or [-1]]
    stands = {(one.one, one.other) for one in held}
    return held, frozenset(barred - stands)


def placed(found: Input, plan: Plan) -> list[list[object]]:
    """New meetings as a run keeps them: two profiles and the beginning."""
    return [[one, other, found.slots[place].starts_at.isoformat()] for (one, other), place in plan.meetings.items()]
