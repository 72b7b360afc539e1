"""The counts behind the indicators of the work plans, written differently from the portal's own statement."""

from django.db import connection

from governance.indicator_queries import ALL
from platform_site import clock
from platform_site.regions.facts import CODES

YEAR = clock.today().year
# Written anew, by text and not by index: the day of a record in China begins with the year.
DAY = "to_char({0} AT TIME ZONE 'Asia/Shanghai', 'YYYY') = '{1}'"
INDEPENDENT = {
    "listings_approved": "SELECT v.province_id FROM patents_review v WHERE v.decision LIKE 'approved' AND " + DAY.format("v.decided_at", YEAR),
    "listings_on_market": "SELECT l.province_id FROM patents_listing l WHERE l.state LIKE 'published'",
    "patents_on_market": "SELECT (SELECT province_id FROM patents_listing l WHERE l.id = b.listing_id) FROM patents_listingpatent b"
    " WHERE b.listing_id IN (SELECT id FROM patents_listing WHERE state = 'published') AND b.is_open",
    "needs_published": "SELECT n.province_id FROM trading_technologyneed n WHERE " + DAY.format("n.published_at", YEAR),
    "negotiations_opened": "SELECT l.province_id FROM patents_listing l, trading_negotiation t WHERE t.listing_id = l.id AND "
    + DAY.format("t.opened_at", YEAR),
    "agreements_signed": "SELECT a.province_id FROM trading_agreement a WHERE " + DAY.format("a.signed_at", YEAR),
    "grants_recorded": "SELECT a.province_id FROM trading_agreement a WHERE EXISTS (SELECT FROM trading_recordal r"
    f" WHERE r.agreement_id = a.id AND to_char(r.recorded_on, 'YYYY') = '{YEAR}')",
    "open_declarations": f"SELECT d.province_id FROM trading_opendeclaration d WHERE to_char(d.announced_on, 'YYYY') = '{YEAR}'",
}  # fmt: skip


def independent(slug):
    """Province code or ALL -> how many, this year."""
    with connection.cursor() as cursor:
        cursor.execute(INDEPENDENT[slug])
        found = [row[0] for row in cursor.fetchall()]
    return {**{code: found.count(code) for code in CODES}, ALL: len(found)}
