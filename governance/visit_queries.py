"""Gates, locking getters and reads of visits; what is free of a facility. Read next: actions/visits.py."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from patents.models import Listing
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.regions.queries import overrides

from . import facility_queries, opening
from .models import Facility, Visit, VisitBundle
from .opening import Slot, Taken
from .states import VISIT_AHEAD, VISIT_HOLDS, VisitState

BOOKABLE_DAYS = 60  # how far ahead a visit is booked
OFFERED = 5  # slots that are offered in place of one that is full
VIEWS = ("open", "ahead", "past")


# ---- gates


def _with(rows: QuerySet[Visit]) -> QuerySet[Visit]:
    return rows.select_related("facility__province", "visitor", "booked_by", "listing__public_version", "from_province")


def visit_for(user: User, pk: int) -> Visit:
    """One visit, for the visitor, who booked it and who keeps the facility; 404 for everybody else."""
    kept = Facility.objects.filter(facility_queries.kept_by(user)).values("pk")
    seen = Q(visitor=user.pk) | Q(booked_by=user.pk) | Q(facility__in=kept)
    found = _with(Visit.objects.filter(seen, pk=pk)).first()
    if found is None:
        raise Http404
    return found


def visit_of(user: User, pk: int) -> Visit:
    """One of the visitor's own; 404 for everybody else."""
    found = _with(Visit.objects.filter(visitor=user.pk, pk=pk)).select_related("listing__owner").first()
    if found is None:
        raise Http404
    return found


def visits_of(user: User) -> QuerySet[Visit]:
    """What somebody has booked, for themselves or others, and what was booked for them; the next ones first."""
    rows = Visit.objects.filter(Q(visitor=user.pk) | Q(booked_by=user.pk))
    return rows.select_related("facility__province", "visitor").order_by("-starts_at", "-id")


def visits_kept(user: User, view: str = "open") -> QuerySet[Visit]:
    """Visits to what somebody keeps: `open` waits for an answer or for the mark of use, `ahead` is confirmed, `past` is over."""
    kept = Facility.objects.filter(facility_queries.kept_by(user)).values("pk")
    rows = Visit.objects.filter(facility__in=kept).select_related("facility__province", "visitor")
    begun = Q(state=VisitState.CONFIRMED, starts_at__lte=clock.now())
    if view == "open":
        return rows.filter(Q(state=VisitState.REQUESTED) | begun).order_by("starts_at", "id")
    if view == "ahead":
        ahead = rows.filter(state__in=[*VISIT_AHEAD, VisitState.WAITING]).exclude(begun)
        return ahead.order_by("starts_at", "id")
    return rows.exclude(state__in=[*VISIT_AHEAD, VisitState.WAITING]).order_by("-starts_at", "-id")


# ---- locks: the facility first, then the visit


def lock_visit(pk: int) -> Visit:
    facility_queries.lock_facility(Visit.objects.values_list("facility_id", flat=True).get(pk=pk))
    locking = Visit.objects.select_for_update(of=("self",), no_key=True)
    return locking.select_related("facility__province", "visitor", "booked_by").get(pk=pk)


def lock_waiting(facility_id: int, starts_at: datetime, ends_at: datetime) -> list[Visit]:
    """Who waits for a time of a facility that is locked already, in their public order."""
    rows = Visit.objects.select_for_update(of=("self",), no_key=True).select_related("facility", "visitor")
    over = {"starts_at__lt": ends_at, "ends_at__gt": starts_at}
    return list(rows.filter(facility=facility_id, state=VisitState.WAITING, **over).order_by("id"))


# ---- what is free


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=clock.SHANGHAI)


def taken(facility_id: int, starts_at: datetime, ends_at: datetime, but: int | None = None) -> list[Taken]:
    """People expected at a facility at any moment of a time, one visit perhaps left out."""
    rows = Visit.objects.filter(
        facility=facility_id, state__in=VISIT_HOLDS, starts_at__lt=ends_at, ends_at__gt=starts_at
    ).exclude(pk=but or 0)
    return [Taken(*row) for row in rows.values_list("starts_at", "ends_at", "people")]


def room(facility: Facility, slot: Slot, but: int | None = None) -> int:
    """For how many more people there is room all through a slot."""
    return opening.room_in(slot, taken(facility.pk, slot.starts_at, slot.ends_at, but), facility.visitors)


def slot_at(facility: Facility, starts_at: datetime) -> Slot | None:
    """The slot that begins at an instant; None where the facility has none."""
    day = clock.day_of(starts_at)
    found = opening.slots_on(facility_queries.hours_of(facility), day, overrides())
    return next((slot for slot in found if slot.starts_at == starts_at), None)


def free_slots(
    facility: Facility, first: date, days: int, people: int = 1, but: int | None = None
) -> list[tuple[Slot, int]]:
    """Every slot to come with its room, those with too little left out: four queries."""
    rooms = slots_with_room(facility, first, days, but)
    return [(slot, left) for slot, left in rooms if left >= people]


def slots_with_room(facility: Facility, first: date, days: int, but: int | None = None) -> list[tuple[Slot, int]]:
    """Every slot of so many days that has not begun, with its room."""
    begin, end = midnight(first), midnight(first + timedelta(days=days))
    held = taken(facility.pk, begin, end, but)
    now = clock.now()
    found = opening.slots(facility_queries.hours_of(facility), first, days, overrides())
    return [(slot, opening.room_in(slot, held, facility.visitors)) for slot in found if slot.starts_at > now]


def free_of_many(
    facilities: Iterable[Facility], first: date, days: int
) -> list[tuple[Facility, list[tuple[Slot, int]]]]:
    """The same of several, whose hours were prefetched: two queries for any number."""
    rows, corrections, now = list(facilities), overrides(), clock.now()
    begin, end = midnight(first), midnight(first + timedelta(days=days))
    held: dict[int, list[Taken]] = {one.pk: [] for one in rows}
    visits = Visit.objects.filter(facility__in=rows, state__in=VISIT_HOLDS, starts_at__lt=end, ends_at__gt=begin)
    for pk, starts, ends, people in visits.values_list("facility_id", "starts_at", "ends_at", "people"):
        held[pk].append(Taken(starts, ends, people))
    found = []
    for one in rows:
        offered = opening.slots(facility_queries.hours_of(one), first, days, corrections)
        ahead = [(slot, opening.room_in(slot, held[one.pk], one.visitors)) for slot in offered if slot.starts_at > now]
        found.append((one, [(slot, left) for slot, left in ahead if left]))
    return found


def nearest_free(
    facility: Facility, wanted: datetime, people: int, visitor: User, but: int | None = None
) -> list[Slot]:
    """The free slots nearest to an instant at which the visitor is nowhere else, in order of time."""
    today = clock.today()
    busy = elsewhere(visitor, midnight(today), midnight(today + timedelta(days=BOOKABLE_DAYS)), but)
    free = [
        slot
        for slot, _left in free_slots(facility, today, BOOKABLE_DAYS, people, but)
        if not any(one.starts_at < slot.ends_at and one.ends_at > slot.starts_at for one in busy)
    ]
    return opening.nearest(free, wanted, OFFERED)


def elsewhere(visitor: User, starts_at: datetime, ends_at: datetime, but: int | None = None) -> list[Visit]:
    """Where the visitor is expected within a time."""
    rows = Visit.objects.filter(
        visitor=visitor, state__in=VISIT_AHEAD, starts_at__lt=ends_at, ends_at__gt=starts_at
    ).exclude(pk=but or 0)
    return list(rows.select_related("facility").order_by("starts_at"))


def most_expected(facility_id: int) -> int:
    """The most people who are expected at one moment from now on."""
    now = clock.database_now()
    rows = taken(facility_id, now, now + timedelta(days=3 * 365))
    return max((opening.most_taken(Slot(one.starts_at, one.ends_at), rows) for one in rows), default=0)


def outside_hours(facility: Facility) -> int:
    """How many visits to come lie outside what is open by now: after a change of the hours."""
    ahead = Visit.objects.filter(facility=facility, state__in=VISIT_AHEAD, starts_at__gt=clock.now())
    hours, days = facility_queries.hours_of(facility), overrides()
    count = 0
    for starts_at, ends_at in ahead.values_list("starts_at", "ends_at"):
        midnight_ = midnight(clock.day_of(starts_at))
        begin, end = ((moment - midnight_).total_seconds() / 60 for moment in (starts_at, ends_at))
        stretches = opening.stretches(hours, clock.day_of(starts_at), days)
        count += not any(opens <= begin and end <= closes for opens, closes in stretches)
    return count


def is_listing_of(listing_id: int, people: Collection[User]) -> bool:
    return Listing.objects.filter(pk=listing_id, owner__in=people).exists()


# ---- the waiting list


def waiting_counts(facility: Facility, slots: Collection[Slot]) -> dict[datetime, int]:
    """How many wait for each slot, by its beginning."""
    rows = Visit.objects.filter(
        facility=facility, state=VisitState.WAITING, starts_at__in=[slot.starts_at for slot in slots]
    )
    return dict(rows.order_by().values_list("starts_at").annotate(Count("pk")))


def place_in_line(visit: Visit) -> int:
    """From one, among those who wait for the same time."""
    before = Visit.objects.filter(
        facility=visit.facility_id, state=VisitState.WAITING, starts_at__lt=visit.ends_at,
        ends_at__gt=visit.starts_at, pk__lte=visit.pk,
    )  # fmt: skip
    return before.count()


def bundled(visit: Visit) -> list[Visit]:
    """The others of its bundle."""
    if visit.bundle_id is None:
        return []
    rows = Visit.objects.filter(bundle=visit.bundle_id).exclude(pk=visit.pk).select_related("facility__province")
    return list(rows.order_by("starts_at"))


def overdue_visits(moment: datetime) -> list[int]:
    """Keys of what was not settled before it began."""
    unsettled = [VisitState.WAITING, VisitState.REQUESTED, VisitState.COUNTERED]
    rows = Visit.objects.filter(state__in=unsettled, starts_at__lte=moment)
    return list(rows.order_by("id").values_list("pk", flat=True)[:500])


def visit_with(pk: int) -> Visit:
    """For a task."""
    return _with(Visit.objects.filter(pk=pk)).get()


def bundle_visits(bundle: VisitBundle) -> Iterable[Visit]:
    return bundle.visits.order_by("pk")
