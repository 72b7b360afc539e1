"""Reads over expos. Lock order: Expo, Delegation, Hall, Room, then what stands in them. Read next: actions/editions.py."""

from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.regions import hosts
from platform_site.regions.queries import codes_where

from .models import Delegation, Exhibit, Expo, Hall, Registration, Room
from .rules import REVIEW, RUN
from .states import ExpoState, RegistrationState

YEARS_AHEAD = 5  # with this year one turn of the rotation


def expo_of(year: int) -> Expo:
    """The edition of a year with its host and venue; Http404 where there is none."""
    expo = Expo.objects.select_related("host", "venue").filter(year=year).first()
    if expo is None:
        raise Http404
    return expo


def editions() -> QuerySet[Expo]:
    """All, the latest first."""
    return Expo.objects.select_related("host", "venue")


def edition_before(year: int) -> Expo | None:
    """The last one before a year that has halls: what the next is copied from."""
    return Expo.objects.filter(year__lt=year, halls__isnull=False).order_by("-year").first()


def lock_expo(expo_id: int) -> Expo:
    return Expo.objects.select_for_update(no_key=True).get(pk=expo_id)


def share_expo(expo_id: int) -> Expo:
    """The edition, which nobody moves on before the transaction ends; any number of people hold it at once."""
    found = next(iter(Expo.objects.raw("SELECT * FROM expos_expo WHERE id = %s FOR SHARE", [expo_id])), None)
    if found is None:
        raise Http404
    return found


def lock_planned() -> list[Expo]:
    """Those that nobody has been called to, ascending."""
    return list(Expo.objects.select_for_update(no_key=True).filter(state=ExpoState.PLANNED).order_by("pk"))


def announced_years() -> list[int]:
    """Of the editions whose call is out: their hosts stand."""
    return list(Expo.objects.exclude(state=ExpoState.PLANNED).order_by("year").values_list("year", flat=True))


def lock_delegation(delegation_id: int) -> Delegation:
    return Delegation.objects.select_for_update(no_key=True).get(pk=delegation_id)


def lock_hall(hall_id: int) -> Hall:
    return Hall.objects.select_for_update(no_key=True).get(pk=hall_id)


def lock_room(room_id: int) -> Room:
    return Room.objects.select_for_update(no_key=True).get(pk=room_id)


def delegation_of(expo: Expo, code: str) -> Delegation:
    """The delegation of a province; Http404 for any other code."""
    found = Delegation.objects.select_related("expo", "province").filter(expo=expo, province_id=code).first()
    if found is None:
        raise Http404
    return found


def hall_of(expo: Expo, pk: int) -> Hall:
    found = Hall.objects.filter(expo=expo, pk=pk).first()
    if found is None:
        raise Http404
    return found


def room_of(expo: Expo, pk: int) -> Room:
    found = Room.objects.filter(expo=expo, pk=pk).first()
    if found is None:
        raise Http404
    return found


def registration_of(user: User, expo: Expo) -> Registration | None:
    """The reader's own at an edition, as long as it stands, with what they tell of themselves for meetings."""
    if not user.is_authenticated:
        return None
    rows = Registration.objects.filter(expo=expo, user=user, state=RegistrationState.REGISTERED)
    return rows.select_related("meeting_profile").first()


def years_to_plan(user: User) -> list[int]:
    """From this year to five ahead: those whose turn is a province of the user's and that have no edition yet."""
    codes = set(codes_where(user, (RUN,))[RUN])
    if not codes:
        return []
    this = clock.today().year
    years = range(this, this + YEARS_AHEAD + 1)
    taken = set(Expo.objects.filter(year__in=years).values_list("year", flat=True))
    turns = hosts.hosts_of_years(years)
    return [year for year in years if year not in taken and turns[year] in codes]


def held_codes(user: User) -> dict[str, list[str]]:
    """Token -> provinces for which the user runs expos (rules.RUN) and reviews exhibitors (rules.REVIEW): one query."""
    return codes_where(user, (RUN, REVIEW))


def reviewing_codes(user: User) -> list[str]:
    """Provinces whose delegations the user keeps."""
    return held_codes(user)[REVIEW]


def due_to_move(today: date) -> list[tuple[int, ExpoState]]:
    """(key, next state) of editions whose doors the calendar opens or closes today."""
    opening = Expo.objects.filter(state=ExpoState.PROGRAMME_PUBLISHED, starts_on__lte=today)
    closing = Expo.objects.filter(state=ExpoState.RUNNING, last_on__lt=today)
    found = [(pk, ExpoState.RUNNING) for pk in opening.values_list("pk", flat=True)]
    return found + [(pk, ExpoState.CLOSED) for pk in closing.values_list("pk", flat=True)]


def exhibits_own(user: User) -> QuerySet[Exhibit]:
    """What somebody shows, or has asked to show, at any expo; the latest first."""
    rows = Exhibit.objects.filter(exhibitor=user.pk)
    return rows.select_related(
        "expo__host", "listing__owner", "listing__organisation", "listing__public_version"
    ).order_by("-id")


def exhibit_own(user: User, pk: int) -> Exhibit:
    """One of them; 404 for everybody else."""
    found = exhibits_own(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
