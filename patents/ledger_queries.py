"""Reads over the rights ledger: the book of one patent, and what is free for a page of listings. Read next: ledger.py."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q

from platform_site import clock

from . import ledger
from .models import Encumbrance, Grant, ListingPatent, Patent, Title
from .states import GrantState

# What holds on a day, of any number of patents, in one statement; a reservation that has run out holds nothing.
_HOLDING = """
    SELECT patent_id, 'grant', id, form, provinces, field, start, LEAST("end", ended_on), parent_id, beside_id, state, '{}'::varchar[]
    FROM patents_grant WHERE patent_id = ANY (%(patents)s) AND period @> %(day)s::date
    AND (state <> 'reserved' OR reserved_until > %(now)s) AND form = ANY (%(forms)s)
    UNION ALL
    SELECT patent_id, 'encumbrance', id, kind, '{}', '{}', start, "end", NULL, NULL, '', consents
    FROM patents_encumbrance WHERE patent_id = ANY (%(patents)s) AND period @> %(day)s::date
"""

_COLUMNS = ("pk", "form", "provinces", "field", "start", "end", "parent_id", "beside_id", "state", "consents")


def book_of(patent: Patent) -> ledger.Book:
    """Everything the ledger holds of a patent, run-out reservations left out: three queries."""
    stale = Q(state=GrantState.RESERVED, reserved_until__lte=clock.now())
    return ledger.Book(
        titles=list(Title.objects.filter(patent=patent)),
        grants=list(Grant.objects.filter(patent=patent).exclude(stale)),
        encumbrances=list(Encumbrance.objects.filter(patent=patent)),
        co_owned=patent.co_owned,
    )


def books_on(patents: Collection[int], day: date) -> dict[int, ledger.Book]:
    """Patent pk -> what holds on that day (titles left out), in one query for any number of patents."""
    grants: dict[int, list[Grant]] = defaultdict(list)
    lying: dict[int, list[Encumbrance]] = defaultdict(list)
    if patents:
        with connection.cursor() as cursor:
            cursor.execute(
                _HOLDING,
                {
                    "patents": list(patents),
                    "day": day,
                    "now": clock.now(),
                    "forms": [form.value for form in ledger.ASKED],
                },
            )
            for patent, what, *values in cursor.fetchall():
                row: Any = dict(zip(_COLUMNS, values, strict=True))
                if what == "grant":
                    del row["consents"]
                    grants[patent].append(Grant(patent_id=patent, **row))
                else:
                    kept = {name: row[name] for name in ("pk", "start", "end", "consents")}
                    lying[patent].append(Encumbrance(patent_id=patent, kind=row["form"], **kept))
    return {pk: ledger.Book(grants=grants[pk], encumbrances=lying[pk]) for pk in patents}


def licences_on(patents: Collection[int], day: date) -> dict[int, ledger.Book]:
    """The same without what may pass: reservations, pledges and the like; what is left is granted."""
    return {
        pk: ledger.Book(grants=[row for row in book.grants if row.state != GrantState.RESERVED])
        for pk, book in books_on(patents, day).items()
    }


def availability_of(patents: Iterable[Patent], day: date | None = None) -> dict[int, ledger.Availability]:
    """Patent pk -> what is free today, in one query. `day` is today unless the caller knows it already."""
    listed = list(patents)
    today = day or clock.today()
    books = books_on([patent.pk for patent in listed], today)
    return {patent.pk: ledger.availability(books[patent.pk], today, patent.legal_status) for patent in listed}


def listings_with(patent: Patent) -> list[int]:
    """The open listing that bundles the patent, if there is one."""
    return list(ListingPatent.objects.filter(patent=patent, is_open=True).values_list("listing_id", flat=True))


def offices_of(patent: Patent) -> set[str]:
    """Provinces whose officers keep the ledger of this patent: where its owner sits, and those that review its listings."""
    reviewing = ListingPatent.objects.filter(patent=patent).values_list("listing__province_id", flat=True)
    return {code for code in (patent.province_code, *reviewing) if code}


def turning_on(first: date, last: date) -> list[int]:
    """Patents on the market with a row of the ledger that begins or ends on one of these days."""
    days = (first, last)
    starts = Grant.objects.filter(Q(start__range=days) | Q(end__range=days) | Q(ended_on__range=days))
    lying = Encumbrance.objects.filter(Q(start__range=days) | Q(end__range=days))
    found = {*starts.values_list("patent_id", flat=True), *lying.values_list("patent_id", flat=True)}
    return sorted(ListingPatent.objects.filter(patent__in=found, is_open=True).values_list("patent_id", flat=True))
