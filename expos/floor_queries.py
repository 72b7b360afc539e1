"""Reads over booths and who holds or has them; gates and locks. Lock order: Expo, Delegation, Hall, Booth, BoothApplication. Read next: actions/booths.py."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, Func, IntegerField, OuterRef, Prefetch, QuerySet, Subquery, Sum, Value
from django.http import Http404

from platform_site.accounts.models import User

from .floor_plan import nearest
from .models import Booth, BoothAllotment, BoothApplication, BoothHold, BoothWish, Complaint, Delegation, Exhibit, Expo
from .states import APPLICATION_HOLDS, APPLICATION_UNDECIDED, COMPLAINT_OPEN, ApplicationState, BoothKind, ExhibitState

OFFERED = 3


# ---- booths


def booths_of(expo: Expo) -> QuerySet[Booth]:
    """All with their hall and pavilion, in the order of their numbers' length and text: A2 before A10."""
    rows = Booth.objects.filter(expo=expo).select_related("hall", "pavilion__province")
    return rows.extra(select={"digits": "length(expos_booth.number)"}).order_by("hall__code", "digits", "number")


def booth_of(expo: Expo, number: str) -> Booth:
    found = Booth.objects.filter(expo=expo, number=number).select_related("hall", "expo", "pavilion__province").first()
    if found is None:
        raise Http404
    return found


def booth_kept(expo: Expo, pk: int) -> Booth:
    found = Booth.objects.filter(expo=expo, pk=pk).select_related("hall", "expo", "pavilion__province").first()
    if found is None:
        raise Http404
    return found


def lock_booth(pk: int) -> Booth:
    return (
        Booth.objects.select_for_update(of=("self",), no_key=True).select_related("expo", "hall", "pavilion").get(pk=pk)
    )


def lock_booths(pks: Iterable[int]) -> dict[int, Booth]:
    """In ascending order."""
    rows = Booth.objects.select_for_update(of=("self",), no_key=True).select_related("hall").filter(pk__in=list(pks))
    return {one.pk: one for one in rows.order_by("pk")}


def given_ids(expo: Expo) -> set[int]:
    rows = BoothAllotment.objects.filter(booth__expo=expo, released_at=None)
    return set(rows.values_list("booth_id", flat=True))


def figures(expo: Expo) -> tuple[int, int, int, int, int]:
    """Booths, those given away, exhibits that the public sees, complaints, open ones: one query."""

    def many(rows: QuerySet[Any]) -> Subquery:
        return Subquery(rows.order_by().values(n=Func(Value(1), function="count")), output_field=IntegerField())

    complaints = Complaint.objects.filter(exhibit__expo=expo)
    row = Expo.objects.filter(pk=expo.pk).values_list(
        many(Booth.objects.filter(expo=expo)),
        many(BoothAllotment.objects.filter(booth__expo=expo, released_at=None)),
        many(Exhibit.objects.filter(expo=expo, state__in=(ExhibitState.ACCEPTED, ExhibitState.BARRED))),
        many(complaints),
        many(complaints.filter(state__in=COMPLAINT_OPEN)),
    )
    return row.get()


def given(expo: Expo) -> dict[int, BoothAllotment]:
    """Booth -> what it is given for: one query."""
    rows = BoothAllotment.objects.filter(booth__expo=expo, released_at=None)
    return {one.booth_id: one for one in rows.select_related("application__delegation__province")}


def holds(expo: Expo, moment: datetime) -> dict[int, BoothHold]:
    """Booth -> who holds it at an instant of the database's clock."""
    rows = BoothHold.objects.filter(expo=expo, held_at__lte=moment, ends_at__gt=moment)
    return {one.booth_id: one for one in rows}


def hold_of(expo: Expo, user: User, moment: datetime) -> BoothHold | None:
    """What somebody holds now."""
    if not user.is_authenticated:
        return None
    rows = BoothHold.objects.filter(expo=expo, user=user, held_at__lte=moment, ends_at__gt=moment)
    return rows.select_related("booth__hall", "booth__pavilion").first()


def nearest_free(booth: Booth, user: User, moment: datetime, delegation_id: int | None = None) -> list[Booth]:
    """The three nearest of the same kind that nobody has or holds and that no other delegation's pavilion takes in."""
    rows = Booth.objects.filter(expo=booth.expo_id).exclude(pk=booth.pk).select_related("hall", "expo")
    rows = rows.filter(kind=BoothKind.RAW) if booth.kind == BoothKind.RAW else rows.exclude(kind=BoothKind.RAW)
    held = BoothHold.objects.filter(booth=OuterRef("pk"), held_at__lte=moment, ends_at__gt=moment).exclude(user=user.pk)
    taken = BoothAllotment.objects.filter(booth=OuterRef("pk"), released_at=None)
    free = rows.exclude(Exists(held)).exclude(Exists(taken))
    pavilion = delegation_id or booth.pavilion_id
    return nearest(booth, [one for one in free if one.pavilion_id in (None, pavilion)], OFFERED)


def exhibits_at(booth: Booth) -> list[Exhibit]:
    """What stands there: the accepted exhibits of who has it."""
    rows = Exhibit.objects.filter(
        application__allotments__booth=booth, application__allotments__released_at=None, state=ExhibitState.ACCEPTED
    )
    return list(rows.select_related("listing__public_version", "expo").order_by("pk"))


# ---- applications


def _with(rows: QuerySet[BoothApplication]) -> QuerySet[BoothApplication]:
    return rows.select_related("expo__host", "exhibitor", "delegation__province", "hall", "near")


def applications_of(expo: Expo) -> QuerySet[BoothApplication]:
    """All, in the order of their keys, with the booths they have."""
    live = BoothAllotment.objects.filter(released_at=None).select_related("booth__hall").order_by("booth__number")
    return _with(BoothApplication.objects.filter(expo=expo)).prefetch_related(
        Prefetch("allotments", queryset=live, to_attr="has")
    )


def application_for(expo: Expo, pk: int, user: User, codes: Collection[str], *, runs: bool) -> BoothApplication:
    """For the exhibitor, the officers of the delegation's province (`codes`) and the host; 404 for everybody else."""
    found = applications_of(expo).filter(pk=pk).first()
    if found is None or not (runs or found.exhibitor_id == user.pk or found.delegation.province_id in codes):
        raise Http404
    return found


def own_application(expo: Expo, user: User) -> BoothApplication | None:
    """The one that stands, else the latest."""
    if not user.is_authenticated:
        return None
    rows = list(applications_of(expo).filter(exhibitor=user).order_by("-pk"))
    return next((one for one in rows if one.state in APPLICATION_HOLDS), rows[0] if rows else None)


def lock_application(pk: int) -> BoothApplication:
    locking = BoothApplication.objects.select_for_update(of=("self",), no_key=True)
    return locking.select_related("expo__host", "delegation__province", "exhibitor", "hall").get(pk=pk)


def lock_waiting(expo: Expo) -> list[BoothApplication]:
    """Who waits, in their public order."""
    rows = BoothApplication.objects.select_for_update(of=("self",), no_key=True).select_related("delegation")
    return list(rows.filter(expo=expo, state=ApplicationState.WAITING).prefetch_related("wishes").order_by("pk"))


def place_in_line(application: BoothApplication) -> int:
    """From one, among those of its expo who wait."""
    rows = BoothApplication.objects.filter(expo=application.expo_id, state=ApplicationState.WAITING)
    return rows.filter(pk__lte=application.pk).count()


def wishes_of(application: BoothApplication) -> list[BoothWish]:
    return list(application.wishes.select_related("booth__hall", "booth__pavilion__province").order_by("place"))


def lock_exhibits(application: BoothApplication) -> list[Exhibit]:
    rows = Exhibit.objects.select_for_update(of=("self",), no_key=True).select_related("listing", "expo")
    return list(rows.filter(application=application).order_by("pk"))


def units_used(expo: Expo) -> dict[int, int]:
    """Delegation -> standard booths that its applications have; raw space by its area."""
    used: dict[int, int] = {}
    rows = BoothAllotment.objects.filter(booth__expo=expo, released_at=None)
    for one in rows.select_related("booth", "application"):
        used[one.application.delegation_id] = used.get(one.application.delegation_id, 0) + one.booth.units
    return used


def undecided(expo: Expo) -> int:
    return BoothApplication.objects.filter(expo=expo, state__in=APPLICATION_UNDECIDED).count()


def delegations_of(expo: Expo) -> list[Delegation]:
    return list(Delegation.objects.filter(expo=expo).select_related("province"))


def asked_booths(expo: Expo) -> int:
    """Standard booths that the delegations ask for together."""
    return Delegation.objects.filter(expo=expo).aggregate(all=Sum("booths"))["all"] or 0


def unconfirmed(today: object) -> list[int]:
    """Keys of what should have been confirmed before today."""
    rows = BoothApplication.objects.filter(state=ApplicationState.ALLOTTED, confirm_by__lt=today)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:500])
