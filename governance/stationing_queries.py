"""Gates, locking getters and reads of stationings; what is free for them. Read next: actions/stationings.py."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.http import Http404

from patents.models import Listing
from patents.states import ListingState
from platform_site import clock
from platform_site.accounts.models import User

from . import facility_queries, stays
from .models import Facility, Stationing, StationingMilestone
from .states import STATIONING_HOLDS, StationingState
from .stays import Amounts, Stay

OPEN = (StationingState.SUBMITTED, StationingState.WAITING, StationingState.ACCEPTED, StationingState.STATIONED)
OVER = (StationingState.DECLINED, StationingState.WITHDRAWN, StationingState.GRADUATED, StationingState.EXITED)
VIEWS = ("open", "here", "past")


def _with(rows: QuerySet[Stationing]) -> QuerySet[Stationing]:
    return rows.select_related(
        "facility__province", "applicant", "listing__public_version", "from_province", "decided_by"
    )


# ---- gates


def stationing_for(user: User, pk: int) -> Stationing:
    """One stationing, for its applicant and who keeps the facility; 404 for everybody else."""
    kept = Facility.objects.filter(facility_queries.kept_by(user)).values("pk")
    found = _with(Stationing.objects.filter(Q(applicant=user.pk) | Q(facility__in=kept), pk=pk)).first()
    if found is None:
        raise Http404
    return found


def stationing_of(user: User, pk: int) -> Stationing:
    """One of the applicant's own; 404 for everybody else."""
    rows = _with(Stationing.objects.filter(applicant=user.pk, pk=pk))
    found = rows.select_related("listing__owner", "listing__organisation").first()
    if found is None:
        raise Http404
    return found


def stationings_of(user: User) -> QuerySet[Stationing]:
    return _with(Stationing.objects.filter(applicant=user.pk)).order_by("-made_at", "-id")


def stationings_kept(user: User, view: str = "open") -> QuerySet[Stationing]:
    """At what somebody keeps: `open` waits for a decision or a contract, `here` stays or waits for room, `past` is over."""
    kept = Facility.objects.filter(facility_queries.kept_by(user)).values("pk")
    rows = _with(Stationing.objects.filter(facility__in=kept))
    if view == "open":
        return rows.filter(state__in=[StationingState.SUBMITTED, StationingState.ACCEPTED]).order_by("due_on", "id")
    if view == "here":
        return rows.filter(state__in=[StationingState.STATIONED, StationingState.WAITING]).order_by("ends_on", "id")
    return rows.filter(state__in=OVER).order_by("-made_at", "-id")


def own_listings(user: User) -> list[Listing]:
    """The member's own technologies on the market today, latest first."""
    rows = Listing.objects.owned_by(user).on_market().select_related("public_version")
    return list(rows.order_by("-published_at", "-id")[:200])


# ---- locks: the facility first


def lock_stationing(pk: int) -> Stationing:
    facility_queries.lock_facility(Stationing.objects.values_list("facility_id", flat=True).get(pk=pk))
    locking = Stationing.objects.select_for_update(of=("self",), no_key=True)
    return locking.select_related("facility__province", "applicant").get(pk=pk)


def lock_waiting(facility_id: int) -> list[Stationing]:
    """Who waits for room at a facility that is locked already, in their public order."""
    rows = Stationing.objects.select_for_update(of=("self",), no_key=True).select_related("facility", "applicant")
    return list(rows.filter(facility=facility_id, state=StationingState.WAITING).order_by("id"))


def lock_milestone(pk: int) -> StationingMilestone:
    lock_stationing(StationingMilestone.objects.values_list("stationing_id", flat=True).get(pk=pk))
    locking = StationingMilestone.objects.select_for_update(of=("self",), no_key=True)
    return locking.select_related("stationing__facility__province", "stationing__applicant").get(pk=pk)


def listing_owned(listing_id: int, owner: User) -> Listing | None:
    """Locked, before any facility (lock order): it stays on the market until the application is written."""
    rows = Listing.objects.select_for_update(of=("self",), no_key=True)
    return rows.filter(pk=listing_id, owner=owner, state=ListingState.PUBLISHED).first()


# ---- what is free


def amounts_of(facility: Facility) -> Amounts:
    return Amounts(facility.places, facility.area_m2 or stays.ZERO, facility.power_kw or stays.ZERO)


def stays_at(facility_ids: Iterable[int], since: date, but: int | None = None) -> dict[int, list[Stay]]:
    """What is held at each facility from a day on: one query."""
    found: dict[int, list[Stay]] = {pk: [] for pk in facility_ids}
    rows = Stationing.objects.filter(facility__in=list(found), state__in=STATIONING_HOLDS, ends_on__gt=since)
    fields = ("facility_id", "starts_on", "ends_on", "places", "area_m2", "power_kw")
    for pk, starts, ends, places, area, power in rows.exclude(pk=but or 0).values_list(*fields):
        found[pk].append(Stay(starts, ends, Amounts(places, area, power)))
    return found


def free_over(facility: Facility, starts_on: date, ends_on: date, but: int | None = None) -> Amounts:
    """What is left on every day of a period."""
    return stays.free(amounts_of(facility), stays_at([facility.pk], starts_on, but)[facility.pk], starts_on, ends_on)


def free_today(facilities: Iterable[Facility]) -> dict[int, Amounts]:
    """What is left today at each: one query for any number."""
    today = clock.today()
    rows = list(facilities)
    held = stays_at([one.pk for one in rows], today)
    tomorrow = today + timedelta(days=1)
    return {one.pk: stays.free(amounts_of(one), held[one.pk], today, tomorrow) for one in rows}


def most_held(facility: Facility) -> Amounts:
    """The most of each that is promised on one day from today on."""
    today = clock.today()
    rows = stays_at([facility.pk], today)[facility.pk]
    return stays.most_held(rows, today, max((one.ends_on for one in rows), default=today) + timedelta(days=1))


def is_expected(facility: Facility) -> bool:
    """Whether somebody stays, waits or has asked to."""
    return Stationing.objects.filter(facility=facility, state__in=OPEN).exists()


# ---- the waiting list, and the parts of a stay


def waiting_of(facility: Facility) -> list[Stationing]:
    """Who waits for room, in order; the page shows places and days, no names."""
    rows = Stationing.objects.filter(facility=facility, state=StationingState.WAITING).order_by("id")
    return list(rows.select_related("from_province"))


def place_in_line(stationing: Stationing) -> int:
    rows = Stationing.objects.filter(facility=stationing.facility_id, state=StationingState.WAITING)
    return rows.filter(pk__lte=stationing.pk).count()


def facilities_waited_for() -> list[int]:
    rows = Stationing.objects.filter(state=StationingState.WAITING).order_by("facility_id")
    return list(rows.values_list("facility_id", flat=True).distinct())


def milestone_for(user: User, pk: int) -> StationingMilestone:
    found = StationingMilestone.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    found.stationing = stationing_for(user, found.stationing_id)
    return found


def stationing_with(pk: int) -> Stationing:
    """For a task."""
    return _with(Stationing.objects.filter(pk=pk)).get()
