"""Who holds which seat, who directs, what a year's turn is. Lock order: Seat, Term, Meeting, Item, Ballot, Plan, Version. Read next: actions/."""

from collections.abc import Sequence
from datetime import date, datetime

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, F, Func, Q, QuerySet, Value
from django.utils.translation import gettext as _

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.errors import NotAllowed
from platform_site.regions.facts import ROTATION_ORDER

from .directing import Calendar, acting_seat
from .models import Deputy, DirectorTerm, RotationException, RotationRule, Seat, SeatHolder
from .rules import Directorship, Mandate


def in_force(rows: QuerySet, day: date) -> QuerySet:
    """Periods that hold on a day; half-open."""
    return rows.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)


def seats() -> list[Seat]:
    """The seven, the national one first, then the provinces in code order."""
    return list(Seat.objects.select_related("province"))


def holders_on(day: date) -> dict[str, SeatHolder]:
    """Seat code -> who holds it that day."""
    rows = in_force(SeatHolder.objects.select_related("seat__province", "user"), day)
    return {holder.seat_id: holder for holder in rows}


def mandate_of(user: User, day: date | None = None) -> Mandate | None:
    """The seat for which `user` may act that day (today), as holder or as deputy; None for everybody else."""
    return _mandate(user, day or clock.today(), lock=False)


def lock_mandate(user: User) -> Mandate:
    """The same for an act: a mandate that ends meanwhile waits, and one that has ended is refused (NotAllowed)."""
    mandate = _mandate(user, clock.today(), lock=True)
    if mandate is None:
        raise NotAllowed(
            _("您现在不担任领导小组的席位，也不是席位的代理人。"), _("任期或代理期限届满的，不能再以该席位名义办理。")
        )
    return mandate


def _mandate(user: User, day: date, *, lock: bool) -> Mandate | None:
    if not user.is_authenticated or not user.is_active:
        return None
    held = in_force(SeatHolder.objects.select_related("seat__province").filter(user=user), day)
    acting = in_force(Deputy.objects.select_related("seat__province").filter(user=user), day)
    if lock:
        held, acting = (rows.select_for_update(of=("self",), no_key=True) for rows in (held, acting))
    if holder := held.first():
        return Mandate(holder.seat, holder)
    if deputy := acting.first():
        own = in_force(SeatHolder.objects.filter(seat=deputy.seat), day)
        holder = (own.select_for_update(of=("self",), no_key=True) if lock else own).first()
        return Mandate(deputy.seat, holder, deputy) if holder else None
    return None


# ---- whose turn it is


def orders() -> list[tuple[int, Sequence[str]]]:
    """(first year, order of the six) of every rule, ascending; the agreement's own where none is on record."""
    return list(RotationRule.objects.values_list("first_year", "order")) or [(2007, ROTATION_ORDER)]


def exceptions() -> dict[int, RotationException]:
    """The latest exception of each year, with its resolution and province."""
    rows = RotationException.objects.select_related("resolution", "province").order_by("year", "id")
    return {row.year: row for row in rows}


def province_of(year: int) -> str:
    """GB/T 2260 code of the province whose turn the year is; ValueError before the first."""
    return calendar().province_of(year)


def calendar() -> Calendar:
    """The rule with its exceptions, in one query."""
    one = Func(F("province_id"), template="ARRAY[%(expressions)s]", output_field=ArrayField(CharField()))
    rules = RotationRule.objects.order_by().annotate(
        key=F("id"), begins=F("first_year"), codes=F("order"), of=Value("rule")
    )
    years = RotationException.objects.order_by().annotate(key=F("id"), begins=F("year"), codes=one, of=Value("year"))
    names = ("key", "begins", "codes", "of")
    rows = sorted(
        rules.values(*names).union(years.values(*names), all=True), key=lambda row: (row["begins"], row["key"])
    )
    found = [(row["begins"], row["codes"]) for row in rows if row["of"] == "rule"]
    changed = {row["begins"]: row["codes"][0] for row in rows if row["of"] == "year"}
    return Calendar(found or [(2007, ROTATION_ORDER)], changed)


def directorship_at(moment: datetime | None = None) -> Directorship | None:
    """Who directs at an instant, now by the clock of the database; None before the first term was begun."""
    moment = moment or clock.database_now()
    term = (
        DirectorTerm.objects.filter(Q(ends_at=None) | Q(ends_at__gt=moment), begins_at__lte=moment)
        .select_related("seat__province")
        .first()
    )
    if term is None:
        return None
    held = holders_on(clock.day_of(moment))
    code = acting_seat(Calendar(orders()).order_of(term.year), term.seat_id, held)
    return Directorship(term, held[code].seat if code else None)


def lock_terms() -> list[DirectorTerm]:
    """The running term, and the next one from the day on which both have signed; waits for a handover being signed.

    Whoever writes the rotation locks them too, before any ballot (lock order), so that nobody signs for a changed year.
    """
    rows = DirectorTerm.objects.select_for_update(of=("self",), no_key=True).order_by("year")
    return list(rows.filter(Q(ends_at=None) | Q(ends_at__gt=clock.database_now())).select_related("seat__province"))


def lock_directorship(user: User) -> tuple[DirectorTerm, Mandate]:
    """The running term and the mandate of its director, for an act of the director: NotAllowed for everybody else.

    The terms are locked first, so that a handover that is being signed is waited for: an act under a past mandate is refused.
    """
    lock_terms()
    mandate = lock_mandate(user)
    directing = directorship_at()
    if directing is None or directing.seat is None or directing.seat.pk != mandate.seat.pk:
        raise NotAllowed(
            _("只有现任轮值主任可以办理这件事。"),
            _("轮值主任的职权随交接书双方签署同时转移，已移交的不能再行使。"),
        )
    return directing.term, mandate
