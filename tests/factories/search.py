"""Listings in numbers, and a plain reading of what the search of the portal must answer. Read next: patents.py."""

from decimal import Decimal

from patents import bulk, search
from patents.models import Listing
from platform_site.regions.facts import CODES


def grown(n, *owners, seed=7):
    """n generated listings on the market."""
    return bulk.listings_grow(n, owners=owners, seed=seed)


def all_ids(query):
    """Every id of every page, as a reader who turns all pages would collect them."""
    first = search.search(query)
    ids = list(first.listing_ids)
    for page in range(2, first.pages + 1):
        ids += search.search(query, page).listing_ids
    return ids


def fits(listing, query):
    """Whether the filters of a query take a listing, read from its records and not from the search table."""
    version = listing.public_version
    patents = [row.patent for row in listing.listing_patents.all()]
    forms = list(version.offered_forms.all())
    symbols = [symbol for patent in patents for symbol in patent.ipc]
    prices = [form.price_cny for form in forms if form.price_cny is not None]
    grants = [grant for patent in patents for grant in patent.grants.all()]
    free = {
        (form.form, code)
        for form in forms
        for code in form.provinces or CODES
        if (not query.free_form or form.form == query.free_form) and not _taken(form.form, code, grants)
    }
    return all(
        (
            not query.provinces or listing.province_id in query.provinces,
            not query.kinds or any(patent.kind in query.kinds for patent in patents),
            not query.forms or any(form.form in query.forms for form in forms),
            not query.ipc or any(_lies_in(symbol, wanted) for symbol in symbols for wanted in query.ipc),
            all(any(place == code for _form, place in free) for code in query.free_in),
            not query.free_form or bool(free),
            query.trl_min is None or (version.trl or 0) >= query.trl_min,
            query.price_max is None or (bool(prices) and min(prices) <= Decimal(query.price_max)),
        )
    )


def _taken(form, code, grants):
    """Whether a licence in force keeps this form out of a province; an assignment passes subject to all of them."""
    narrow = ("exclusive", "sole")
    here = [grant.form for grant in grants if grant.state == "active" and code in (grant.provinces or CODES)]
    return form != "assignment" and any(form in narrow or other in narrow for other in here)


def _lies_in(symbol, wanted):
    return symbol.startswith(wanted.removesuffix("/00") + "/" if wanted.endswith("/00") else wanted)


def counted(listings):
    """The four facets by counting records one by one."""
    facets = {"province": {}, "kind": {}, "ipc": {}, "form": {}}
    for listing in listings:
        patents = [row.patent for row in listing.listing_patents.all()]
        values = {
            "province": {listing.province_id},
            "kind": {patent.kind for patent in patents},
            "ipc": {symbol[0] for patent in patents for symbol in patent.ipc},
            "form": {form.form for form in listing.public_version.offered_forms.all()},
        }
        for name, found in values.items():
            for value in found:
                facets[name][value] = facets[name].get(value, 0) + 1
    return facets


def everything():
    """All listings on the market with what `fits` and `counted` read."""
    return list(
        Listing.objects.on_market()
        .select_related("public_version")
        .prefetch_related("listing_patents__patent__grants", "public_version__offered_forms")
    )
