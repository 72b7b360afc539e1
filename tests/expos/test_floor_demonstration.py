"""The demonstration's floors, all through actions: booths in two halls, places and a waiting line, a barred exhibit, complaints."""

import random
from datetime import datetime, time, timedelta

import pytest

from expos import allocation_queries
from expos.models import Booth, BoothApplication, Complaint, Exhibit, Expo
from expos.states import ComplaintState, ExpoState
from platform_site import clock
from platform_site.portal.demonstration import expos as demonstration
from platform_site.portal.demonstration.people import Cast
from platform_site.regions.facts import CODES
from tests.factories import patents


@pytest.mark.django_db
def test_a_floor_with_everything_on_it():
    start = clock.now()

    def moment(days_ago):
        whole = clock.today() - timedelta(days=int(days_ago))
        return min(datetime.combine(whole, time(9, 30), tzinfo=clock.SHANGHAI), start - timedelta(minutes=1))

    with clock.at(start - timedelta(days=570)):
        cast = Cast().make()
    for code in CODES:
        for number, owner in enumerate(cast.owners[code][:4]):
            patents.published(
                owner, province=code, officer=cast.officers[code], title=f"技术{number}",
                status_as_of=clock.today() - timedelta(days=200),
            )  # fmt: skip
    made = demonstration.Expos(cast, random.Random(7), moment, lambda: None)
    made._edition(clock.today().year)
    expo = Expo.objects.get()
    assert expo.state == ExpoState.RUNNING
    assert Booth.objects.filter(pavilion__isnull=False).count() == 36 and Booth.objects.filter(kind="raw").count() == 4
    states = set(BoothApplication.objects.values_list("state", flat=True))
    assert states >= {"confirmed", "declined", "expired", "refused", "withdrawn"} and "pre_reviewed" not in states
    assert BoothApplication.objects.count() >= 20
    lines = allocation_queries.lines_of(allocation_queries.applied_run(expo))
    assert sum(bool(one.said) for one in lines) >= 6
    assert Exhibit.objects.filter(state="barred").count() == 1
    assert set(Complaint.objects.values_list("state", flat=True)) == set(ComplaintState)
