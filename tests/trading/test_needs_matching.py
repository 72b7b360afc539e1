"""How needs and listings find one another: every criterion with its reason, and the same answer from both sides."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from platform_site import clock
from tests.factories import ledger, needs, patents
from trading import need_matches
from trading.need_matching import GOOD, NO, UNSURE, WEIGHTS, YES, conditions


def test_full():
    assert sum(WEIGHTS.values()) == 100


def criteria(need, listing):
    """Name -> criterion of the one match."""
    match = need_matches.match_of(need, listing)
    return {one.name: one for one in match.criteria}


@pytest.fixture
def market(shen):
    return patents.published(shen, title="低温氨分解制氢催化剂")


def test_a_listing_that_answers_everything_has_all_points(market, bai):
    need = needs.published(bai)
    (match,) = need_matches.matches_for_need(need)
    assert match.offer.listing_id == market.pk
    assert match.score == 100
    assert {one.verdict for one in match.criteria} == {YES}
