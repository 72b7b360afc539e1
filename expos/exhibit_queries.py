"""Reads over exhibits, their checks and complaints; gates and locks. Lock order: ..., BoothApplication, Exhibit, Complaint. Read next: actions/exhibits.py."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from patents import queries as patents
from patents.models import Listing, ListingPatent, Patent
from platform_site.accounts.models import User

from . import exhibit_checks, rules
from .models import BoothAllotment, Complaint, Exhibit, ExhibitCheck, Expo
from .states import COMPLAINT_OPEN, CheckOccasion, ExhibitState, ExpoState

SHOWN = (ExhibitState.ACCEPTED, ExhibitState.BARRED)


def listings_owned(user: User, pks: Iterable[int]) -> dict[int, Listing]:
    return {one.pk: one for one in Listing.objects.owned_by(user).filter(pk__in=list(pks))}


def own_listings(user: User) -> list[Listing]:
    """The member's own technologies on the market, latest first."""
    rows = Listing.objects.owned_by(user).on_market().select_related("public_version")
    return list(rows.order_by("-published_at", "-id")[:200])


def patents_of(listing_id: int) -> list[Patent]:
    """Those of the listing that are still its own."""
    return patents.patents_of(listing_id)


def verdict_of(exhibit: Exhibit) -> exhibit_checks.Verdict:
    """Today's."""
    return exhibit_checks.verdict(exhibit.listing, patents_of(exhibit.listing_id), patented=exhibit.patented)


def verdicts_of(rows: Collection[Exhibit]) -> dict[int, exhibit_checks.Verdict]:
    """Today's of many: one query."""
    bundled: dict[int, list[Patent]] = {}
    for one in ListingPatent.objects.filter(listing__in=[row.listing_id for row in rows]).select_related("patent"):
        bundled.setdefault(one.listing_id, []).append(one.patent)
    return {
        row.pk: exhibit_checks.verdict(row.listing, bundled.get(row.listing_id, []), patented=row.patented)
        for row in rows
    }


# ---- gates and lists


def _with(rows: QuerySet[Exhibit]) -> QuerySet[Exhibit]:
    return rows.select_related(
        "expo__host", "listing__public_version", "exhibitor", "delegation__province", "application"
    )


def exhibits_shown(expo: Expo, *, words: str = "", province: str = "", hall: str = "") -> QuerySet[Exhibit]:
    """What the public reads: accepted ones, and barred ones with the reason; by words, delegation's province, hall's code."""
    rows = _with(Exhibit.objects.filter(expo=expo, state__in=SHOWN))
    for word in words.split()[:5]:
        named = Q(listing__public_version__title_zh__icontains=word) | Q(
            listing__public_version__title_en__icontains=word
        )
        rows = rows.filter(
            named | Q(application__fascia_zh__icontains=word) | Q(application__fascia_en__icontains=word)
            | Q(listing__number__iexact=word)
        )  # fmt: skip
    if province:
        rows = rows.filter(delegation__province=province)
    if hall:
        live = {"application__allotments__released_at": None, "application__allotments__booth__hall__code": hall}
        rows = rows.filter(**live).distinct()
    live_booths = (
        BoothAllotment.objects.filter(released_at=None).select_related("booth__hall").order_by("booth__number")
    )
    return rows.prefetch_related(Prefetch("application__allotments", queryset=live_booths, to_attr="has")).order_by(
        "delegation__province", "pk"
    )


def exhibit_for(expo: Expo, pk: int, user: User) -> Exhibit:
    """What the public reads, and the rest for its exhibitor, its delegation's office and the host; 404 otherwise."""
    found = _with(Exhibit.objects.filter(expo=expo, pk=pk)).first()
    if found is None:
        raise Http404
    if found.state in SHOWN or found.exhibitor_id == user.pk:
        return found
    if rules.expo_run(user, expo) or rules.delegation_save(user, found.delegation):
        return found
    raise Http404


def exhibit_shown(expo: Expo, pk: int) -> Exhibit:
    """One that the public reads."""
    found = exhibits_shown(expo).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def slips(expo: Expo, codes: Collection[str] | None) -> list[Exhibit]:
    """Accepted exhibits of some delegations, or of all: what slips are printed for."""
    rows = exhibits_shown(expo).filter(state=ExhibitState.ACCEPTED)
    return list(rows if codes is None else rows.filter(delegation__province__in=list(codes)))


def exhibits_of(application_id: int) -> list[Exhibit]:
    rows = _with(Exhibit.objects.filter(application=application_id))
    return list(rows.order_by("pk"))


# ---- locks


def lock_exhibit(pk: int) -> Exhibit:
    locking = Exhibit.objects.select_for_update(of=("self",), no_key=True)
    return locking.select_related(
        "expo__host", "listing", "exhibitor", "delegation__province", "application__delegation"
    ).get(pk=pk)


def lock_complaint(pk: int) -> Complaint:
    locking = Complaint.objects.select_for_update(of=("self",), no_key=True)
    return locking.select_related("exhibit__expo__host", "exhibit__exhibitor", "complainant", "exhibit__listing").get(
        pk=pk
    )


# ---- checks


def standing(expo_id: int) -> list[int]:
    """Keys of what is shown or barred at an expo: what a check looks at."""
    rows = Exhibit.objects.filter(expo=expo_id, state__in=SHOWN).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def standing_of_patent(patent_id: int) -> list[int]:
    """Keys of what stands at expos that are not over and shows a patent."""
    ahead = [ExpoState.APPLICATIONS_OPEN, ExpoState.ALLOCATING, ExpoState.PROGRAMME_PUBLISHED, ExpoState.RUNNING]
    rows = Exhibit.objects.filter(listing__listing_patents__patent=patent_id, state__in=SHOWN, expo__state__in=ahead)
    return sorted(set(rows.values_list("pk", flat=True)))


def due_checks(today: date) -> list[tuple[int, CheckOccasion]]:
    """(expo, occasion) whose whole floor is looked at today: the day before the opening, and the opening morning."""
    before = Expo.objects.filter(starts_on=today + timedelta(days=1), state=ExpoState.PROGRAMME_PUBLISHED)
    opening = Expo.objects.filter(starts_on=today, state__in=[ExpoState.PROGRAMME_PUBLISHED, ExpoState.RUNNING])
    found = [(pk, CheckOccasion.SET_UP) for pk in before.values_list("pk", flat=True)]
    return found + [(pk, CheckOccasion.OPENING) for pk in opening.values_list("pk", flat=True)]


def checked_today(expo_id: int, occasion: CheckOccasion, since: object) -> set[int]:
    rows = ExhibitCheck.objects.filter(exhibit__expo=expo_id, occasion=occasion, at__gte=since)
    return set(rows.values_list("exhibit_id", flat=True))


def checks_of(exhibit: Exhibit) -> list[ExhibitCheck]:
    return list(ExhibitCheck.objects.filter(exhibit=exhibit)[:50])


# ---- complaints


def complaints_seen(expo: Expo, user: User, *, runs: bool) -> QuerySet[Complaint]:
    """All for the host; else what the reader made or is about their own exhibits. Open ones first, by their clock."""
    rows = Complaint.objects.filter(exhibit__expo=expo)
    if not runs:
        rows = rows.filter(Q(complainant=user.pk) | Q(exhibit__exhibitor=user.pk))
    rows = rows.select_related(
        "exhibit__listing__public_version", "exhibit__application", "complainant", "exhibit__expo"
    )
    return rows.order_by("ended_at", "due_at", "pk")


def complaint_for(expo: Expo, pk: int, user: User, *, runs: bool) -> Complaint:
    found = complaints_seen(expo, user, runs=runs).filter(pk=pk).select_related(
        "exhibit__expo__host", "exhibit__exhibitor", "exhibit__delegation__province", "exhibit__listing__public_version",
        "complainant",
    ).first()  # fmt: skip
    if found is None:
        raise Http404
    return found


def complaint_counts(expo: Expo) -> tuple[int, int]:
    """How many were made, and how many are open: all that the public reads."""
    rows = Complaint.objects.filter(exhibit__expo=expo)
    return rows.count(), rows.filter(state__in=COMPLAINT_OPEN).count()
