"""The demonstration's four expos, on whatever day of the year it is made. Read next: platform_site/portal/demonstration/expos.py."""

import random
from datetime import date, datetime, time, timedelta

import pytest

from expos.models import Expo
from platform_site import clock
from platform_site.portal.demonstration import expos
from platform_site.portal.demonstration.people import Cast
from platform_site.regions import hosts

DAYS = (date(2026, 1, 1), date(2026, 1, 2), date(2026, 7, 5), date(2026, 11, 30), date(2026, 12, 31))


def at_noon(day):
    noon = datetime.combine(day, time(12), tzinfo=clock.SHANGHAI)

    def moment(days_ago):
        whole = day - timedelta(days=int(days_ago))
        return min(datetime.combine(whole, time(9, 30), tzinfo=clock.SHANGHAI), noon)

    return noon, moment


@pytest.mark.parametrize("day", DAYS)
def test_this_year_s_expo_is_on_whatever_the_day(day):
    noon, moment = at_noon(day)
    with clock.at(noon):
        made = expos.Expos(Cast(), random.Random(7), moment, lambda: None)
        first, last = made.days(day.year)
        assert first <= day <= last and first.year == last.year == day.year
        assert all((day - made.days(day.year - years)[1]).days >= 60 for years in (1, 2))


@pytest.mark.django_db
def test_two_are_reported_one_runs_and_one_is_planned():
    cast, (noon, moment) = Cast().make(), at_noon(DAYS[0])
    with clock.at(noon):
        expos.Expos(cast, random.Random(7), moment, lambda: None).fill()
    found = {expo.year: expo for expo in Expo.objects.all()}
    assert {year: expo.state for year, expo in found.items()} == {
        2024: "reported", 2025: "reported", 2026: "running", 2027: "planned",
    }  # fmt: skip
    assert all(expo.host_id == hosts.host_of_year(year) for year, expo in found.items())
    assert all(expo.halls.count() == 2 and expo.delegations.count() == 6 for expo in found.values())
