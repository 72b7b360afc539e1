"""The letter of the week: new listings for whoever looks, new needs for whoever offers. Read next: need_matches.py.

One notice for each person and ISO week, however often it is told; nothing where there is nothing. Every match is judged by
the rule that the pages show (need_matching.py); only good ones are told.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone, translation

from platform_site.accounts.models import User
from platform_site.notices.actions import notice_tell
from platform_site.ui.formats import listed

from . import need_queries as queries
from .models import TechnologyNeed
from .need_matches import matches_for_need

WEEK = timedelta(days=7)
TITLES = 5


def digest_tell(moment: datetime) -> None:
    """Tell everybody what the seven days before `moment` brought; the week of the key is that of `moment` in China."""
    year, number, _day = timezone.localdate(moment).isocalendar()
    week = f"{year}-W{number:02d}"
    since = moment - WEEK
    new_listings: dict[int, dict[int, None]] = defaultdict(dict)  # owner of needs -> listing pks, in order, once
    new_needs: dict[int, dict[int, None]] = defaultdict(dict)  # owner of listings -> need pks
    needs: dict[int, TechnologyNeed] = {}
    for need in _open_needs():
        for match in matches_for_need(need, since=since):
            if match.is_good:
                new_listings[need.owner_id][match.offer.listing_id] = None
        if need.published_at is not None and need.published_at >= since:
            needs[need.pk] = need
            _collect_owners(need, new_needs)
    _tell_buyers(new_listings, week)
    _tell_patentees(new_needs, needs, week)


def _open_needs() -> Iterator[TechnologyNeed]:
    yield from TechnologyNeed.objects.is_open().order_by("id").iterator(chunk_size=200)


def _collect_owners(need: TechnologyNeed, found: dict[int, dict[int, None]]) -> None:
    good = [match.offer.listing_id for match in matches_for_need(need) if match.is_good]
    for listing in queries.listings_by_id(good).values():
        found[listing.owner_id][need.pk] = None


def _tell_buyers(found: dict[int, dict[int, None]], week: str) -> None:
    people = User.objects.in_bulk(list(found))
    for owner_id, listing_ids in found.items():
        person = people[owner_id]
        listings = queries.listings_by_id(list(listing_ids)[:TITLES])
        with translation.override(person.language):
            titles = [
                version.title for pk in listing_ids if pk in listings and (version := listings[pk].public_version)
            ]
            notice_tell(
                recipients=[person], kind="digest_listings", key=f"digest-listings-{week}", path="/trading/needs/mine/",
                count=len(listing_ids), titles=listed(titles),
            )  # fmt: skip


def _tell_patentees(found: dict[int, dict[int, None]], needs: dict[int, TechnologyNeed], week: str) -> None:
    people = User.objects.in_bulk(list(found))
    for owner_id, need_ids in found.items():
        person = people[owner_id]
        with translation.override(person.language):
            titles = [needs[pk].title for pk in list(need_ids)[:TITLES]]
            notice_tell(
                recipients=[person], kind="digest_needs", key=f"digest-needs-{week}",
                path="/trading/needs/for-listings/", count=len(need_ids), titles=listed(titles),
            )  # fmt: skip
