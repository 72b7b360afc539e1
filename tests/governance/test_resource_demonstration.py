"""The demonstration's shared resources: at least sixty real hosts, visits and stationings in every state, all through actions. Read next: platform_site/portal/demonstration/resources.py."""

import random
from collections import Counter
from datetime import datetime, time, timedelta

import pytest

from governance.balance_queries import balance
from governance.models import Facility, Stationing, Visit
from governance.states import StationingState, VisitState
from platform_site import clock
from platform_site.portal.demonstration import resources
from platform_site.portal.demonstration.people import Cast
from platform_site.regions.cities import cities
from platform_site.regions.facts import CODES
from tests.factories import patents

TWO = ("360000", "430000")
SMALL = 9  # hosts of each


def test_the_table_has_hosts_of_all_six():
    rows = resources.hosts()
    assert len(rows) >= 60 and len({row.name_zh for row in rows}) == len(rows)
    assert {row.province_code for row in rows} == set(CODES)
    assert Counter(row.sort for row in rows)["centre"] == 4
    for row in rows:
        assert row.name_en.isascii() and (not row.city_code or cities()[row.city_code].province == row.province_code)


@pytest.mark.django_db
def test_every_state_follows_from_the_actions(monkeypatch):
    start = clock.now()

    def moment(days_ago):
        whole = clock.today() - timedelta(days=int(days_ago))
        minutes = round((days_ago % 1) * 420)
        found = datetime.combine(whole, time(9, 30), tzinfo=clock.SHANGHAI) + timedelta(minutes=minutes)
        return min(found, start - timedelta(minutes=1))

    with clock.at(start - timedelta(days=570)):
        cast = Cast().make()
    few = [row for code in TWO for row in [one for one in resources.hosts() if one.province_code == code][-SMALL:]]
    monkeypatch.setattr(resources, "CODES", TWO)
    monkeypatch.setattr(resources, "hosts", lambda: tuple(few))
    for code in TWO:
        for number in range(12):
            patents.published(cast.owners[code][number % 4], province=code, title=f"技术{number}")
    resources.Resources(cast, random.Random(7), moment, lambda: None).fill()
    assert Facility.objects.count() == 2 * (SMALL + 1)
    visits = Counter(Visit.objects.values_list("state", flat=True))
    assert set(visits) == set(VisitState.values) and min(visits.values()) >= 2
    stays = Counter(Stationing.objects.values_list("state", flat=True))
    assert set(stays) == set(StationingState.values)
    assert Stationing.objects.filter(moved_up_at__isnull=False, state="stationed").count() == 2
    assert 0 < balance(clock.today().year).share() < 1
