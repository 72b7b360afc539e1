"""The page of a listing costs a fixed number of queries, whoever reads it and whatever hangs off it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patents.actions import listings
from tests.factories import ledger as rows
from tests.factories import patents

pytestmark = pytest.mark.django_db
MOST = 15


@pytest.fixture
def listing(shen):
    """On the market, with licences in the ledger and a revision that waits for the office."""
    listing = patents.published(shen, forms=["exclusive", "ordinary"])
    listings.listing_revise(listing_id=listing.pk, actor=shen)
    listings.listing_submit(listing_id=listing.pk, actor=shen, province_code="420000")
    patent = listing.listing_patents.get().patent
    for code in ("420000", "430000"):
        rows.grant(patent, "exclusive", provinces=[code]).save()
    return listing


@pytest.mark.parametrize("reader", ["shen", "guo", "bai", None])
def test_every_reader(client, request, listing, reader):
    if reader:
        client.force_login(request.getfixturevalue(reader))
    client.get(listing.get_absolute_url())  # the login is noted, templates are read
    with CaptureQueriesContext(connection) as queries:
        assert client.get(listing.get_absolute_url()).status_code == 200
    assert len(queries) <= MOST, "\n".join(query["sql"][:160] for query in queries)
