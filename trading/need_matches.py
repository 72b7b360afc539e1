"""Who answers whom: needs and listings brought together by index, then judged by the one rule. Read next: need_matching.py.

Candidates share a subclass or a word; of each kind the newest AT_MOST are looked at, which the pages say. Three statements
for any number of needs and listings: the pairs with the search rows, which keywords are said, what is asked for them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from patents.models import Listing, OfferedForm, Requirement
from platform_site import clock

from . import need_matching as rule
from .models import TechnologyNeed
from .need_matching import Criterion, Match, Offer
from .need_words import any_of, asked_of, grounds_of

AT_MOST = 300  # candidates by subclass, and as many by words
LISTINGS_AT_MOST = 50  # of one owner, newest first
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_ROW = "listing_id, kinds, forms, offers, trl, ipc, published_at"
_FOR_NEED = """
    WITH by_class AS (
        SELECT id FROM patents_searchrow WHERE ipc && %(grounds)s::varchar[] AND published_at >= %(since)s
        ORDER BY published_at DESC, id DESC LIMIT %(most)s
    ), by_word AS (
        SELECT id FROM patents_searchrow WHERE doc @@ ({words}) AND published_at >= %(since)s
        ORDER BY published_at DESC, id DESC LIMIT %(most)s
    )
    SELECT {row} FROM patents_searchrow AS found
    WHERE id IN (SELECT id FROM by_class UNION SELECT id FROM by_word) AND NOT EXISTS (
        SELECT 1 FROM patents_listing AS own WHERE own.id = found.listing_id AND own.owner_id = %(owner)s
    )
"""
_FOR_LISTINGS = """
    SELECT need.id, {row} FROM patents_searchrow AS found CROSS JOIN LATERAL (
        (SELECT id FROM trading_technologyneed AS wanted WHERE state = 'published' AND deadline >= %(today)s
            AND owner_id <> %(owner)s AND grounds && found.ipc ORDER BY wanted.published_at DESC, id DESC LIMIT %(most)s)
        UNION
        (SELECT id FROM trading_technologyneed AS wanted WHERE state = 'published' AND deadline >= %(today)s
            AND owner_id <> %(owner)s AND tokens && tsvector_to_array(found.doc)::varchar[]
            ORDER BY wanted.published_at DESC, id DESC LIMIT %(most)s)
    ) AS need
    WHERE found.listing_id = ANY (%(listings)s)
"""
_SAID = """
    SELECT asked.need_id, asked.place, found.listing_id
    FROM unnest(%(needs)s::bigint[], %(places)s::int[], %(exact)s::text[], %(english)s::text[])
        AS asked (need_id, place, exact, english)
    JOIN unnest(%(pair_needs)s::bigint[], %(pair_listings)s::bigint[]) AS pair (need_id, listing_id) USING (need_id)
    JOIN patents_searchrow AS found ON found.listing_id = pair.listing_id
    WHERE found.doc @@ (asked.exact::tsquery && to_tsquery('english', asked.english))
"""
Pair = tuple[TechnologyNeed, dict[str, Any]]


def matches_for_need(need: TechnologyNeed, since: datetime | None = None) -> list[Match]:
    """Listings on the market that answer a need, best first; `since` leaves out what was published earlier.

    Works for a draft as well. The owner's own listings are left out.
    """
    words, params = any_of(need.keywords)
    sql = _FOR_NEED.format(row=_ROW, words=words)
    values = {"grounds": grounds_of(need.ipc), "since": since or LONG_AGO, "most": AT_MOST, "owner": need.owner_id}
    return _judged([(need, row) for row in _rows(sql, {**values, **params})])


def matches_for_listings(owner_id: int, listing_ids: Sequence[int]) -> list[Match]:
    """Open needs of others that these listings answer, best first: the same rule the other way."""
    values = {"owner": owner_id, "listings": list(listing_ids), "today": clock.today(), "most": AT_MOST}
    found = _rows(_FOR_LISTINGS.format(row=_ROW), values)
    named = TechnologyNeed.objects.select_related("organisation", "owner").prefetch_related("conditions")
    needs = named.in_bulk({row["id"] for row in found})
    return _judged([(needs[row["id"]], row) for row in found])


def match_of(need: TechnologyNeed, listing: Listing) -> Match | None:
    """One pair, whoever owns the two; None where they share nothing or the listing has left the market."""
    return matches_of_listings(need, [listing.pk]).get(listing.pk)


def matches_of_listings(need: TechnologyNeed, listing_ids: Collection[int]) -> dict[int, Match]:
    """Listing pk -> how it answers the need, for those of the named listings that are on the market and share anything."""
    if not listing_ids:
        return {}
    sql = f"SELECT {_ROW} FROM patents_searchrow WHERE listing_id = ANY (%(listings)s)"
    matches = _judged([(need, row) for row in _rows(sql, {"listings": list(listing_ids)})])
    return {one.offer.listing_id: one for one in matches}


def conditions_of(matches: Iterable[Match]) -> dict[tuple[int, int], Criterion]:
    """(need pk, listing pk) -> what the technology needs against what the buyer has: one query, for what a page shows.

    The conditions of the needs must be at hand (prefetched).
    """
    shown = list(matches)
    rows: dict[int, list[Requirement]] = defaultdict(list)
    public = Listing.objects.filter(pk__in={one.offer.listing_id for one in shown})
    asked = Requirement.objects.filter(version__in=public.values("public_version")).select_related("version")
    for row in asked:
        rows[row.version.listing_id].append(row)
    return {
        (one.need.pk, one.offer.listing_id): rule.conditions(
            rows[one.offer.listing_id], list(one.need.conditions.all())
        )
        for one in shown
    }


# ---- the parts


def _rows(sql: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _judged(pairs: Sequence[Pair]) -> list[Match]:
    if not pairs:
        return []
    said, prices = _said(pairs), _prices({row["listing_id"] for _need, row in pairs})
    found = []
    for need, row in pairs:
        facts = {name: value for name, value in row.items() if name != "id"}
        offer = Offer(**{**facts, "ipc": frozenset(row["ipc"])}, prices=prices.get(row["listing_id"], {}))
        match = rule.judge(need, offer, said.get((need.pk, row["listing_id"]), ()))
        if match is not None:
            found.append(match)
    return rule.ranked(found)


def _said(pairs: Sequence[Pair]) -> dict[tuple[int, int], set[int]]:
    """(need pk, listing pk) -> places of the keywords that the listing says: one statement."""
    needs = {need.pk: need for need, _row in pairs}
    keywords = [(pk, place, *asked_of(word)) for pk, need in needs.items() for place, word in enumerate(need.keywords)]
    asked = [list(column) for column in zip(*keywords, strict=True)]
    values = dict(zip(("needs", "places", "exact", "english"), asked, strict=True))
    values |= {
        "pair_needs": [need.pk for need, _row in pairs],
        "pair_listings": [row["listing_id"] for _need, row in pairs],
    }
    found: dict[tuple[int, int], set[int]] = defaultdict(set)
    for row in _rows(_SAID, values):
        found[row["need_id"], row["listing_id"]].add(row["place"])
    return found


def _prices(listing_ids: Collection[int]) -> dict[int, dict[str, tuple[Decimal | None, str]]]:
    """Listing pk -> form -> price in CNY and its basis, of the public text: one query."""
    public = Listing.objects.filter(pk__in=listing_ids).values("public_version")
    rows = OfferedForm.objects.filter(version__in=public)
    found: dict[int, dict[str, tuple[Decimal | None, str]]] = defaultdict(dict)
    for listing_id, form, price, basis in rows.values_list("version__listing_id", "form", "price_cny", "price_basis"):
        found[listing_id][form] = (price, basis)
    return found
