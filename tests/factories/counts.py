"""The counts behind the indicators of the work plans, written differently from the portal's own statement."""

from decimal import Decimal
from statistics import median

from django.db import connection

from governance.indicator_queries import ALL
from patents.models import Review
from platform_site import clock
from platform_site.regions.facts import CODES
from platform_site.regions.queries import working_days_left
from trading.models import Agreement, ConversionReport

YEAR = clock.today().year
BATCH = 5  # contracts whose sum is told together


def _day(of):
    """Written anew, by text and not by index: the day of a record in China begins with the year."""
    return f"to_char({of} AT TIME ZONE 'Asia/Shanghai', 'YYYY') = %(year)s"


INDEPENDENT = {
    "listings_approved": f"SELECT v.province_id FROM patents_review v WHERE v.decision = 'approved' AND {_day('v.decided_at')}",
    "listings_on_market": "SELECT l.province_id FROM patents_listing l WHERE l.state IN ('published')",
    "patents_on_market": "SELECT (SELECT province_id FROM patents_listing l WHERE l.id = b.listing_id) FROM patents_listingpatent b"
    " WHERE b.listing_id IN (SELECT id FROM patents_listing WHERE state = 'published') AND b.is_open",
    "needs_published": f"SELECT n.province_id FROM trading_technologyneed n WHERE {_day('n.published_at')}",
    "negotiations_opened": "SELECT l.province_id FROM patents_listing l, trading_negotiation t WHERE t.listing_id = l.id"
    f" AND {_day('t.opened_at')}",
    "agreements_signed": f"SELECT a.province_id FROM trading_agreement a WHERE {_day('a.signed_at')}",
    "grants_recorded": "SELECT a.province_id FROM trading_agreement a WHERE EXISTS (SELECT FROM trading_recordal r"
    " WHERE r.agreement_id = a.id AND to_char(r.recorded_on, 'YYYY') = %(year)s)",
    "open_declarations": "SELECT d.province_id FROM trading_opendeclaration d WHERE to_char(d.announced_on, 'YYYY') = %(year)s",
}  # fmt: skip


def independent(slug, year=YEAR):
    """Province code or ALL -> how many in a year."""
    with connection.cursor() as cursor:
        cursor.execute(INDEPENDENT[slug], {"year": str(year)})
        found = [row[0] for row in cursor.fetchall()]
    return {**{code: found.count(code) for code in CODES}, ALL: len(found)}


# ---- the others, record by record


def crossing(year):
    """Of how many hundred contracts the two sides are of two provinces."""
    signed = [one for one in _agreements() if one.signed_at and clock.day_of(one.signed_at).year == year]
    return _by_province(signed, lambda rows: _tenth(Decimal(100 * sum(map(_crosses, rows))) / len(rows)))


def review_days(year):
    """The median of working days from submission to decision."""
    decided = [
        review
        for review in Review.objects.filter(decision__in=["approved", "changes_requested", "rejected"])
        if clock.day_of(review.decided_at).year == year
    ]
    return _by_province(decided, lambda rows: _tenth(median(map(_days, rows))))


def contract_amounts(year):
    """What whole batches of recorded contracts are worth, in the order of recordal; None where there is no whole one."""
    recorded = [
        one for one in _agreements() if one.offer and getattr(one, "recordal", None) and one.recordal.recorded_on
    ]
    recorded = [one for one in recorded if one.recordal.recorded_on.year == year]
    return _batches(
        sorted(recorded, key=lambda one: (one.recordal.recorded_on, one.recordal.pk)), lambda one: one.offer.amount_cny
    )


def outputs(year):
    """The same of what the last reports of a year say of contracts in production, in the order of the first reports."""
    last, first = {}, {}
    for report in ConversionReport.objects.filter(year=year).order_by("version").select_related("agreement"):
        last[report.agreement_id] = report
        first[report.agreement_id] = min(first.get(report.agreement_id, report.written_at), report.written_at)
    made = sorted(
        (one for one in last.values() if one.in_production), key=lambda one: (first[one.agreement_id], one.agreement_id)
    )
    return _batches(made, lambda one: one.output_cny, of=lambda one: one.agreement.province_id)


def _agreements():
    return Agreement.objects.select_related("owner", "buyer", "offer", "recordal")


def _crosses(agreement):
    return agreement.owner.province_id != agreement.buyer.province_id


def _days(review):
    return working_days_left(clock.day_of(review.opened_at), clock.day_of(review.decided_at))


def _tenth(value):
    return Decimal(value).quantize(Decimal("0.1"))


def _by_province(rows, figure, of=lambda one: one.province_id):
    parts = {**{code: [one for one in rows if of(one) == code] for code in CODES}, ALL: rows}
    return {code: figure(part) if part else None for code, part in parts.items()}


def _batches(rows, amount, of=lambda one: one.province_id):
    found = {}
    for code in CODES:
        mine = [amount(one) for one in rows if of(one) == code]
        whole = len(mine) // BATCH * BATCH
        found[code] = sum(mine[:whole], Decimal(0)) if whole or not mine else None
    return found
