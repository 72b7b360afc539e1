"""Who holds, held and acts for the seats; the getters that lock. Order: Seat, Deputy, SeatHolder, LiaisonOfficer. Read next: actions/seats.py."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.contrib.auth.models import AnonymousUser, Group
from django.db.models import F, Q, QuerySet
from django.http import Http404

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.regions.facts import BY_CODE

from .models import NATIONAL, Deputy, LiaisonOfficer, Seat, SeatHolder
from .queries import in_force

_BEGAN = Q(ends_on=None) | Q(ends_on__gt=F("starts_on"))  # ended before its first day, a period is nothing to show


def seat_for(code: str) -> Seat:
    """404 for a code that is no seat's."""
    found = Seat.objects.select_related("province").filter(code=code).first()
    if found is None:
        raise Http404
    return found


def lock_seat(code: str) -> Seat:
    return Seat.objects.select_for_update(of=("self",), no_key=True).select_related("province").get(code=code)


def holders_of(seat: Seat) -> QuerySet[SeatHolder]:
    """All there were, the latest first."""
    return SeatHolder.objects.filter(_BEGAN, seat=seat).order_by("-starts_on", "-id")


def lock_latest_holder(seat: Seat) -> SeatHolder | None:
    """Who holds the seat last, now or later."""
    return holders_of(seat).select_for_update(of=("self",), no_key=True).first()


def lock_deputies(seat: Seat, after: date) -> list[Deputy]:
    """Those whose period reaches beyond a day."""
    rows = Deputy.objects.select_for_update(of=("self",), no_key=True)
    return list(rows.filter(seat=seat, ends_on__gt=after).order_by("pk"))


def lock_deputy(pk: int) -> Deputy:
    return (
        Deputy.objects.select_for_update(of=("self",), no_key=True).select_related("seat__province", "user").get(pk=pk)
    )


def lock_liaison(pk: int) -> LiaisonOfficer:
    rows = LiaisonOfficer.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("seat__province", "user").get(pk=pk)


def deputy_for(pk: int) -> Deputy:
    """404 where there is none; who deputises for a seat is public."""
    found = Deputy.objects.select_related("seat__province", "user").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def liaison_for(pk: int) -> LiaisonOfficer:
    found = LiaisonOfficer.objects.select_related("seat__province", "user").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def deputies_of(seat: Seat) -> QuerySet[Deputy]:
    """All there were but those who never began, the latest first."""
    return Deputy.objects.filter(_BEGAN, seat=seat).select_related("user").order_by("-starts_on", "-id")


def holder_told(pk: int) -> SeatHolder:
    return SeatHolder.objects.select_related("seat__province", "user").get(pk=pk)


def holder_before(holder: SeatHolder) -> SeatHolder | None:
    """Whose period the appointment has ended."""
    rows = SeatHolder.objects.filter(seat=holder.seat_id, ends_on=holder.starts_on).exclude(pk=holder.pk)
    return rows.select_related("seat__province", "user").first()


def liaisons_of(seat: Seat) -> QuerySet[LiaisonOfficer]:
    return LiaisonOfficer.objects.filter(_BEGAN, seat=seat).select_related("user").order_by("-starts_on", "-id")


def deputies_on(day: date) -> list[Deputy]:
    """Of all seats, in code order."""
    return list(in_force(Deputy.objects.select_related("seat__province", "user"), day).order_by("seat", "pk"))


def seat_acted_for(
    user: User | AnonymousUser, held: Mapping[str, SeatHolder], deputies: Iterable[Deputy] | None = None
) -> str | None:
    """Code of the seat for which somebody acts today: their own, else as deputy of one that is held.

    Asks for the deputies only where they are not given and nobody's own seat was found; a visitor acts for none.
    """
    if user.pk is None:
        return None
    own = next((code for code, holder in held.items() if holder.user_id == user.pk), None)
    if own is not None:
        return own
    acting = deputies_on(clock.today()) if deputies is None else deputies
    return next((row.seat_id for row in acting if row.user_id == user.pk and row.seat_id in held), None)


def liaisons_on(day: date) -> dict[str, list[LiaisonOfficer]]:
    """Seat code -> those who carry its papers that day."""
    found: dict[str, list[LiaisonOfficer]] = {}
    for row in in_force(LiaisonOfficer.objects.select_related("user"), day).order_by("seat", "pk"):
        found.setdefault(row.seat_id, []).append(row)
    return found


def seats_taken(user: User, starts_on: date, ends_on: date | None, *, but: Seat | None = None) -> list[Seat]:
    """Seats that `user` holds or acts for on any day of a period, `but` left out."""
    seats = []
    for model in (SeatHolder, Deputy):
        rows = model.objects.filter(Q(ends_on=None) | Q(ends_on__gt=starts_on), user=user)
        rows = rows.filter(starts_on__lt=ends_on) if ends_on else rows
        seats += [row.seat for row in rows.exclude(seat=but).select_related("seat__province")]
    return seats


def liaison_seat_of(user: User, starts_on: date) -> Seat | None:
    """The seat for which `user` carries papers on that day or later."""
    rows = LiaisonOfficer.objects.filter(Q(ends_on=None) | Q(ends_on__gt=starts_on), user=user)
    found = rows.select_related("seat__province").first()
    return found.seat if found else None


def group_of(seat: Seat) -> Group:
    """The people who act for a seat: it opens nothing, but asks for a second factor (security.md 1.2)."""
    name = "national-leader" if seat.pk == NATIONAL else f"directors-{BY_CODE[seat.pk].slug}"
    return Group.objects.get_or_create(name=name)[0]


def acting_people(seat: Seat) -> list[int]:
    """Ids of those who act for the seat today or later."""
    today = clock.today()
    still = Q(ends_on=None) | Q(ends_on__gt=today)
    return [
        pk
        for model in (SeatHolder, Deputy)
        for pk in model.objects.filter(still, seat=seat, user__isnull=False).values_list("user_id", flat=True)
    ]
