"""What is invented for the demonstration reaches every province: no fate lies beyond the listings that there are."""

from collections import Counter

from patents.states import ListingState
from platform_site.portal.demonstration import build
from platform_site.portal.demonstration.facts import bundles
from platform_site.regions.facts import CODES


def test_every_fate_befalls_a_listing_of_every_province():
    listings = Counter(bundle[0].province_code for bundle in bundles())
    assert set(listings) == set(CODES)
    assert max(build.FATES) <= min(listings.values())


def test_every_state_that_an_office_brings_about_is_invented():
    wanted = {"draft", "rejected", "suspended", "withdrawn", "changes", "corrected", "handed_over", "waiting", "taken"}
    assert wanted | {"revising", "revised"} == set(build.FATES.values())
    assert len(ListingState) == 9  # a new state wants a fate of its own, or a row of demonstration/rights.py
