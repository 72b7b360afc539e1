"""The demonstration's visitors and results: every rung, every answer, all through actions. Read next: platform_site/portal/demonstration/expo_door.py."""

import random
from datetime import datetime, timedelta
from datetime import time as clock_time

import pytest

from expos import door_queries, edition_figures, result_queries
from expos.models import BoothAllotment, CeremonyPlace, Expo, ExpoResult, Lead
from platform_site import clock
from platform_site.portal.demonstration.expos import Expos
from platform_site.portal.demonstration.people import Cast
from tests.factories import patents

pytestmark = pytest.mark.django_db


def test_three_editions_with_visitors_and_two_with_results():
    start = clock.now()

    def moment(days_ago):
        day = clock.today() - timedelta(days=int(days_ago))
        return min(datetime.combine(day, clock_time(16), tzinfo=clock.SHANGHAI), start - timedelta(minutes=1))

    with clock.at(start - timedelta(days=1100)):
        cast = Cast().make()
        for code in ("420000", "430000", "360000"):
            patents.published(cast.owners[code][0], province=code, title="展出的技术", forms=["ordinary"])
    Expos(cast, random.Random(7), moment, lambda: None).fill()
    year = clock.today().year
    older, last, this = (Expo.objects.get(year=one) for one in (year - 2, year - 1, year))
    figures = edition_figures.counted()
    for expo in (older, last, this):
        assert (
            figures[expo.pk]["booths"] == BoothAllotment.objects.filter(booth__expo=expo, released_at=None).count() > 0
        )
        assert figures[expo.pk]["sessions"] == expo.sessions.filter(state="planned").exclude(kind="break").count() > 0
        assert figures[expo.pk].get("meetings", 0) == expo.meetings.filter(state="held").count()
        counted = door_queries.footfall(expo)
        assert counted["visits"] > counted["persons"] > 30
    assert door_queries.inside(this, door_queries.VENUE) > 10 and door_queries.inside(last, door_queries.VENUE) >= 0
    assert all(least for _rung, _here, least in result_queries.ladder(result_queries.ranks_of(older)))
    began, converted = result_queries.conversion(result_queries.public_results(older))
    assert began > converted > 0 and not result_queries.waiting_results(last)
    assert set(Lead.objects.filter(expo=this).values_list("state", flat=True)) == {"asked", "agreed", "declined"}
    assert set(CeremonyPlace.objects.values_list("state", flat=True)) == {"queued", "called", "signed", "absent"}
    assert ExpoResult.objects.filter(expo=this).count() == 5
