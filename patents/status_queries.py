"""Reads over histories of the legal status, and the getter that locks a patent with its listing. Read next: gazette.py."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from platform_site import clock
from platform_site.errors import Conflict
from platform_site.regions.queries import overrides
from platform_site.regions.workdays import add_months

from . import deadlines, queries
from .models import Listing, ListingPatent, Patent, StatusEvent, StatusSheet, StatusSheetRow
from .states import EventKind, LegalStatus, ListingState, PatentKind, RowFate, SheetState


def events_of(patents: Collection[int]) -> dict[int, list[StatusEvent]]:
    """Patent pk -> its whole history, corrected rows included, in order: one query for any number of patents."""
    found: dict[int, list[StatusEvent]] = defaultdict(list)
    for event in StatusEvent.objects.filter(patent__in=list(patents)).order_by("happened_on", "id"):
        found[event.patent_id].append(event)
    return found


def died_on(patents: Collection[Patent]) -> dict[int, date]:
    """Patent pk -> the day on which it came to its end for good, of those that did: two queries for any number of them."""
    today, days, events = clock.today(), overrides(), events_of([patent.pk for patent in patents])
    ends = {patent.pk: deadlines.died_on(patent, events[patent.pk], today, days) for patent in patents}
    return {pk: day for pk, day in ends.items() if day is not None}


def patents_status_on(patents: Collection[int], day: date) -> dict[int, LegalStatus]:
    """Patent pk -> legal status on that day, in one query; a patent of which nothing was written by then is left out."""
    standing = StatusEvent.objects.filter(patent__in=list(patents), corrected=False, happened_on__lte=day)
    last = standing.exclude(status="").order_by("patent", "-happened_on", "-id").distinct("patent")
    return {patent: LegalStatus(status) for patent, status in last.values_list("patent_id", "status")}


def patent_status_on(patent: Patent, day: date) -> LegalStatus | None:
    """The legal status of one patent on a day; None before its history begins."""
    return patents_status_on([patent.pk], day).get(patent.pk)


@dataclass(frozen=True)
class Held:
    """A locked patent, the open listing that bundles it (if any), and every patent of that listing, all locked."""

    patent: Patent
    listing: Listing | None
    bundle: list[Patent]


def lock_status(patent_id: int) -> Held:
    """The patents of the bundle by ascending key, then the listing. Raises Conflict if the patent changed listings meanwhile."""
    listing_id = _open_listing(patent_id)
    bundled = ListingPatent.objects.filter(listing=listing_id).values_list("patent_id", flat=True) if listing_id else ()
    patents = {patent.pk: patent for patent in queries.lock_patents(sorted({patent_id, *bundled}))}
    listing = queries.lock_listing(listing_id) if listing_id else None
    still = _open_listing(patent_id)
    if still != listing_id:
        if still is not None:
            raise Conflict(_("这件专利刚刚转到另一条技术中，请刷新后再试。"))
        listing = None
    return Held(patents[patent_id], listing, list(patents.values()) if listing else [patents[patent_id]])


def _open_listing(patent_id: int) -> int | None:
    return ListingPatent.objects.filter(patent=patent_id, is_open=True).values_list("listing_id", flat=True).first()


# ---- what the calendar looks at


def patents_to_move(today: date, after: int, limit: int) -> list[int]:
    """Keys above `after` of patents that the calendar may move: a paid-up day that has passed, or a term that may be over."""
    alive = Patent.objects.filter(legal_status__in=[LegalStatus.IN_FORCE, LegalStatus.LATE_FEE], pk__gt=after)
    # A day more: of 29 February the term ends on the 28th of a common year.
    long_ago, ago = (add_months(today, -months) + timedelta(days=1) for months in (240, 120))
    old = Q(kind=PatentKind.INVENTION, filing_date__lte=long_ago) | Q(
        kind__in=[PatentKind.UTILITY_MODEL, PatentKind.DESIGN], filing_date__lte=ago
    )
    wanted = alive.filter(Q(annuity_paid_to__lt=today) | Q(legal_status=LegalStatus.LATE_FEE) | old)
    return list(wanted.order_by("pk").values_list("pk", flat=True)[:limit])


def listings_to_lapse(after: int, limit: int) -> list[int]:
    """Keys above `after` of suspended listings with a terminated patent: their time for restoration may be over."""
    rows = Listing.objects.filter(
        state=ListingState.SUSPENDED,
        pk__gt=after,
        listing_patents__is_open=True,
        listing_patents__patent__legal_status=LegalStatus.TERMINATED,
    )
    return list(rows.order_by("pk").values_list("pk", flat=True).distinct()[:limit])


def event_told(pk: int) -> StatusEvent:
    """An event with its patent: for notices."""
    return StatusEvent.objects.select_related("patent").get(pk=pk)


# ---- sheets


def sheets_running() -> list[int]:
    return list(StatusSheet.objects.filter(state=SheetState.RUNNING).order_by("pk").values_list("pk", flat=True))


def rows_waiting(sheet_id: int, limit: int) -> list[int]:
    """The next rows of a sheet that are to be written, in the order of the file."""
    rows = StatusSheetRow.objects.filter(sheet=sheet_id, fate=RowFate.NEW)
    return list(rows.order_by("line").values_list("pk", flat=True)[:limit])


def sheets_of(officer: Any) -> QuerySet[StatusSheet]:
    """What this officer has brought, newest first."""
    return StatusSheet.objects.filter(officer=officer).order_by("-pk")


def sheet_for(officer: Any, pk: int) -> StatusSheet:
    """One sheet of the officer's own; 404 for anybody else's, as if it did not exist."""
    found = sheets_of(officer).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def sheet_counted(pk: int) -> tuple[StatusSheet, dict[str, int]]:
    """A sheet with its officer, and how many rows have each fate."""
    sheet = StatusSheet.objects.select_related("officer").get(pk=pk)
    return sheet, fates_of(sheet)


def fates_of(sheet: StatusSheet) -> dict[str, int]:
    """Fate -> number of rows, every fate named."""
    counted = dict(sheet.rows.order_by().values_list("fate").annotate(total=Count("pk")))
    return {fate.value: counted.get(fate.value, 0) for fate in RowFate}


def sheet_rows(sheet: StatusSheet, fate: str = "") -> QuerySet[StatusSheetRow]:
    """The rows in the order of the file, with their patents; of one fate, or all."""
    rows = sheet.rows.select_related("patent").order_by("line")
    return rows.filter(fate=fate) if fate in RowFate.values else rows


def event_for(patent: Patent, text: str) -> StatusEvent | None:
    """The event of a patent that an address names to be corrected; None where it names none, 404 where it cannot be."""
    if not text:
        return None
    found = None
    if text.isascii() and text.isdigit() and len(text) < 19:
        rows = StatusEvent.objects.filter(patent=patent, pk=int(text), corrected=False)
        found = rows.exclude(kind__in=[EventKind.ACCEPTED, EventKind.CORRECTION]).first()
    if found is None:
        raise Http404
    return found
