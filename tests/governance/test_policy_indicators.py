"""Policies and supports among the indicators: counted where they were granted, with the records behind a figure."""

from decimal import Decimal

import pytest
from django.test import Client

from governance import indicator_queries
from governance.actions import support
from governance.indicator_records import records
from platform_site import clock
from platform_site.regions.facts import CODES
from tests.factories import agreements
from tests.factories import policies as make
from tests.factories.policies import HUBEI, HUNAN

pytestmark = pytest.mark.django_db
YEAR = clock.today().year
NAMES = ("policies_in_force", "support_granted", "support_paid", "support_crossing_share")


def test_supports_are_counted_where_they_were_granted(shen, bai):
    agreement = agreements.signed(shen, bai)
    hubei, hunan = ((make.keeper(code), make.second(code)) for code in (HUBEI, HUNAN))
    granted = make.approved(make.applied(make.published(HUBEI), bai, agreement), *hubei)
    make.approved(make.applied(make.published(HUNAN, kind="rent"), bai, agreement), *hunan)
    make.on_notice(make.applied(make.published(HUNAN), shen, agreement), *hunan)
    make.draft(HUNAN)
    support.support_pay(
        application_id=granted.pk, actor=hubei[0], paid_on=clock.today(), amount_cny=Decimal(12_000), reference="凭1"
    )
    found = indicator_queries.counted(YEAR).by_slug
    nowhere = dict.fromkeys(CODES, 0)
    assert found["policies_in_force"].values == {**nowhere, HUBEI: 1, HUNAN: 2, "": 3}, "a draft is in force nowhere"
    assert found["support_granted"].values == {**nowhere, HUBEI: 1, HUNAN: 1, "": 2}, "nor is a notice a grant"
    assert (found["support_paid"].values[HUBEI], found["support_paid"].total) == (12_000, 12_000)
    crossing = found["support_crossing_share"].values
    assert (crossing[HUBEI], crossing[HUNAN], crossing[""]) == (100, 0, 50), "Bai is of Hunan"
    assert indicator_queries.counted(YEAR - 1).by_slug["support_granted"].total == 0
    for slug in NAMES:
        rows = records(shen, slug, YEAR, HUBEI)
        assert rows.rows.count() == rows.seen.count() == 1
        page = Client().get(f"/zh-hans/governance/indicators/{slug}/").content.decode()
        assert "专利转化奖补办法" in page
