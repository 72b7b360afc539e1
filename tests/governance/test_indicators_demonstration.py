"""On the demonstration region, each indicator equals a count of its records that is written differently."""

import pytest
from django.db import transaction

from governance import indicator_queries
from governance.indicator_queries import ALL
from governance.indicators import INDICATORS
from platform_site import clock
from platform_site.files import typeset
from platform_site.portal.demonstration import build, deals, facts
from platform_site.portal.demonstration.needs import Needs
from platform_site.regions.facts import CODES
from tests.factories import accounts, opens
from tests.factories.counts import INDEPENDENT, contract_amounts, crossing, independent, outputs, review_days

pytestmark = pytest.mark.django_db
LISTINGS, DEALS = 5, 4  # of each province, and of all, instead of some hundreds and 36


def few():
    """The first listings of each province."""
    seen = dict.fromkeys(CODES, 0)
    for bundle in facts.bundles():
        seen[bundle[0].province_code] += 1
        if seen[bundle[0].province_code] <= LISTINGS:
            yield bundle


@pytest.fixture
def region(monkeypatch):
    """People, listings, rights, rooms, needs and deals as the demonstration makes them; no seats, no plans, no paper."""
    monkeypatch.setattr(typeset, "pdf", lambda *_told, **_more: b"%PDF-1.7 nothing is read of it")
    monkeypatch.setattr(deals, "MOST", DEALS)
    builder = build.Builder(lambda line: None)
    with clock.at(builder._moment(build.DAYS_OF_PAST + 30)):
        builder.cast.make()
    places = dict.fromkeys(CODES, 0)
    for bundle in few():
        places[bundle[0].province_code] += 1
        with transaction.atomic():
            builder._listing(bundle, places[bundle[0].province_code])
    builder._rights()
    builder._negotiations()
    Needs(builder.cast, builder.dice, builder._moment, builder._deliver).fill()
    builder._deals()
    owner = accounts.member(
        "declaring@example.org", name="权利人", verified=True
    )  # so few listings leave none untouched
    opens.taken(opens.in_force(owner), builder.cast.buyers[CODES[0]])


def test_every_indicator_of_this_year_and_the_last_equals_another_count(region):
    this, last = (clock.today().year - ago for ago in (0, 1))
    told = {}
    for year in (this, last):
        figures = indicator_queries.counted(year).by_slug
        assert set(figures) == {one.slug for one in INDICATORS}
        for slug in INDEPENDENT:
            assert figures[slug].values == independent(slug, year), (slug, year)
        for slug, counted in (("cross_province_share", crossing(year)), ("review_days", review_days(year))):
            assert figures[slug].values == counted, (slug, year)
        for slug, counted in (("contract_amount", contract_amounts(year)), ("conversion_output", outputs(year))):
            assert {code: figures[slug].values[code] for code in CODES} == counted, (slug, year)
        told |= {slug: told.get(slug) or figure.values[ALL] for slug, figure in figures.items()}
    assert [slug for slug in INDEPENDENT if not told[slug]] == []  # nothing was compared with nothing
    assert told["cross_province_share"] and told["review_days"]
