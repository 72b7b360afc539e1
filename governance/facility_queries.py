"""Gates, locking getters and reads of facilities. Lock order: Facility, then Visit, Stationing; ascending key inside a kind. Read next: actions/facilities.py."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.http import Http404
from django.utils.text import slugify

from patents import text
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.regions.facts import BY_CODE, CODES
from platform_site.regions.queries import codes_where

from . import resource_rules as rules
from .models import Facility, FacilityManager, FacilityPicture, FacilitySheet
from .opening import Hours
from .states import FacilityKind, FacilityState

# Words that stand in an address where a slug would.
RESERVED = frozenset({"new", "import", "sheets", "balance", "bundle", "visits", "stationings", "making", "pictures", "keeping", "managers"})  # fmt: skip
BY_PROVINCE, NEWEST = "province", "newest"


# ---- gates


def facility_for(slug: str) -> Facility:
    """One facility by its slug, open or closed; everybody may read it."""
    found = Facility.objects.filter(slug=slug).select_related("province").first()
    if found is None:
        raise Http404
    return found


def facility_kept(user: User, slug: str) -> Facility:
    """The same for who keeps it: 403 for everybody else."""
    facility = facility_for(slug)
    require(rules.facility_keep, user, facility)
    return facility


def picture_for(pk: int) -> FacilityPicture:
    found = FacilityPicture.objects.filter(pk=pk).select_related("file", "facility__province").first()
    if found is None:
        raise Http404
    return found


def manager_for(pk: int) -> FacilityManager:
    found = FacilityManager.objects.filter(pk=pk, ended_at=None).select_related("facility__province", "user").first()
    if found is None:
        raise Http404
    return found


def sheet_for(user: User, pk: int) -> FacilitySheet:
    """One that this officer has brought; 404 for anybody else's."""
    found = FacilitySheet.objects.filter(pk=pk, officer=user.pk).select_related("province").first()
    if found is None:
        raise Http404
    return found


def sheets_of(user: User) -> QuerySet[FacilitySheet]:
    return FacilitySheet.objects.filter(officer=user.pk).select_related("province").defer("rows")


# ---- locks


def lock_facility(pk: int) -> Facility:
    return Facility.objects.select_for_update(of=("self",), no_key=True).select_related("province").get(pk=pk)


def lock_facilities(pks: Iterable[int]) -> dict[int, Facility]:
    """Several, ascending."""
    locking = Facility.objects.select_for_update(of=("self",), no_key=True).select_related("province")
    return {one.pk: one for one in locking.filter(pk__in=set(pks)).order_by("pk")}


def lock_sheet(pk: int) -> FacilitySheet:
    return FacilitySheet.objects.select_for_update(of=("self",), no_key=True).select_related("province").get(pk=pk)


# ---- the catalogue


@dataclass(frozen=True)
class FacilitySearch:
    """What is asked for. Several values of one kind widen the search, several kinds narrow it."""

    words: str = ""
    provinces: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    stationing: bool = False  # only those that offer places
    equipment: str = ""
    sort: str = BY_PROVINCE


@dataclass(frozen=True)
class Facets:
    province: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CODES, 0))
    kind: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FacilityKind.values, 0))


def facilities_found(search: FacilitySearch) -> QuerySet[Facility]:
    """Open facilities that match, in order."""
    order = ("-created_at", "-id") if search.sort == NEWEST else ("province", "kind", "slug")
    rows = _worded(search)
    if search.provinces:
        rows = rows.filter(province__in=search.provinces)
    if search.kinds:
        rows = rows.filter(kind__in=search.kinds)
    return rows.select_related("province").order_by(*order)


def _worded(search: FacilitySearch) -> QuerySet[Facility]:
    rows = Facility.objects.filter(state=FacilityState.OPEN)
    if search.stationing:
        rows = rows.filter(places__gt=0)
    for words in (search.words, search.equipment):
        if asked := text.asked(words):
            sql, params = "%s::tsquery && to_tsquery('english', %s)", [asked.literal(), asked.english()]
            rows = rows.filter(RawSQL(f'"governance_facility"."doc" @@ ({sql})', params, BooleanField()))
    return rows


def facets(search: FacilitySearch) -> Facets:
    """How many of each province and kind match everything else that is asked: one query."""
    found = Facets()
    for code, kind in _worded(search).order_by().values_list("province_id", "kind"):
        if not search.kinds or kind in search.kinds:
            found.province[code] += 1
        if not search.provinces or code in search.provinces:
            found.kind[kind] += 1
    return found


def facilities_by_slug(slugs: Sequence[str]) -> list[Facility]:
    """Open ones, in the order asked for; what is not there is left out."""
    rows = Facility.objects.filter(slug__in=list(slugs), state=FacilityState.OPEN).select_related("province")
    by_slug = {one.slug: one for one in rows.prefetch_related("hours", "exceptions")}
    return [by_slug[slug] for slug in dict.fromkeys(slugs) if slug in by_slug]


def kept_by(user: User) -> Q:
    """What of the facilities somebody keeps, as a condition on a facility."""
    codes = codes_where(user, (rules.TOKEN,))[rules.TOKEN]
    mine = FacilityManager.objects.filter(user=user.pk, ended_at=None).values("facility")
    return Q(province__in=codes) | Q(pk__in=mine)


def facilities_kept(user: User) -> QuerySet[Facility]:
    """Everything that somebody keeps, closed ones too."""
    return Facility.objects.filter(kept_by(user)).select_related("province").order_by("state", "province", "slug")


def keeping_codes(user: User) -> list[str]:
    return codes_where(user, (rules.TOKEN,))[rules.TOKEN]


def managers_of(facility: Facility) -> list[FacilityManager]:
    return list(FacilityManager.objects.filter(facility=facility, ended_at=None).select_related("user"))


# ---- hours and names


def hours_of(facility: Facility) -> Hours:
    """Its hours and exceptions: two queries, none where they were prefetched."""
    weekly: dict[int, list[tuple[int, int]]] = {}
    for row in facility.hours.all():
        weekly.setdefault(row.weekday, []).append((row.opens, row.closes))
    special: dict[Any, tuple[int, int] | None] = {
        row.day: None if row.opens is None or row.closes is None else (row.opens, row.closes)
        for row in facility.exceptions.all()
    }
    return Hours(weekly, special, facility.slot_minutes, facility.keeps_holidays)


def slug_for(province_code: str, name_en: str, kind: str) -> str:
    """A slug that nobody has: from the English name, else from province and kind; reserved words get a number.

    Two who ask at once for the same one wait for each other (a lock of the transaction on its beginning).
    """
    base = slugify(name_en)[:60] or f"{BY_CODE[province_code].slug}-{kind.replace('_', '-')}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"facility-{base}"])
    taken = set(Facility.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | RESERVED
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
