"""How often listings were opened, for their owners alone: nowhere a ranking. Read next: page_views.py, actions/view_counts.py."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, Sum

from platform_site import clock

from .models import ViewCount

DAYS = 30


@dataclass(frozen=True)
class Views:
    """Openings of one listing: in the last 30 days, and since it was first published."""

    recent: int = 0
    total: int = 0


def views_of(listing_ids: Iterable[int]) -> dict[int, Views]:
    """Key of the listing -> its openings; one query, listings that nobody opened included."""
    wanted = list(listing_ids)
    rows = (
        ViewCount.objects.filter(listing__in=wanted)
        .values("listing")
        .annotate(total=Sum("views"), recent=Sum("views", filter=Q(day__gt=clock.today() - timedelta(days=DAYS))))
    )
    found = {row["listing"]: Views(row["recent"] or 0, row["total"]) for row in rows}
    return {pk: found.get(pk, Views()) for pk in wanted}


@dataclass(frozen=True)
class Bar:
    """One day of a listing: its openings, and the width of its bar in hundredths of the longest."""

    day: date
    views: int
    width: int


def views_shown(listing_id: int) -> dict[str, Any]:
    """What the owner's page says of one listing: both sums, and a bar for each of the last 30 days on which somebody came."""
    since = clock.today() - timedelta(days=DAYS)
    opened = list(ViewCount.objects.filter(listing=listing_id).order_by("-day").values_list("day", "views"))
    days = [(day, views) for day, views in opened if views and day > since]
    most = max((views for _day, views in days), default=1)
    bars = [Bar(day, views, max(1, 100 * views // most)) for day, views in days]
    sums = Views(recent=sum(views for _day, views in days), total=sum(views for _day, views in opened))
    return {"sums": sums, "bars": bars}
