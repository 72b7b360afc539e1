"""Openings of listings, from Valkey into the table. Read next: ../page_views.py (what counts), ../tasks.py."""

from django.db import connection, transaction

from patents.models import Listing, ViewCount
from patents.page_views import Counts

# One statement, whatever the number of rows; a listing that has gone meanwhile is left out.
_ADD = f"""
    INSERT INTO {ViewCount._meta.db_table} (listing_id, day, views)
    SELECT listing.id, counted.day, counted.views
    FROM unnest(%s::bigint[], %s::date[], %s::int[]) AS counted (id, day, views)
    JOIN {Listing._meta.db_table} listing ON listing.id = counted.id
    ORDER BY listing.id, counted.day
    ON CONFLICT (listing_id, day) DO UPDATE SET views = {ViewCount._meta.db_table}.views + EXCLUDED.views
"""


@transaction.atomic
def views_add(*, counts: Counts) -> None:
    """Add openings to the days of listings; (listing's key, day of mainland China) -> how many. The clock's, so not recorded."""
    listing_ids, days = [key[0] for key in counts], [key[1] for key in counts]
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [listing_ids, days, list(counts.values())])
