"""The demonstration's programmes: sessions of every kind, roadshows of its own listings, two versions. Read next: platform_site/portal/demonstration/expo_programme.py."""

import random
from datetime import datetime, time, timedelta

import pytest

from expos import programme_checks as checks
from expos import programme_queries as reads
from expos.models import Expo, ProgrammeVersion, Session, SessionFavourite
from expos.states import SessionKind
from platform_site import clock
from platform_site.portal.demonstration import expos as demonstration
from platform_site.portal.demonstration.people import Cast
from tests.factories import patents


@pytest.mark.django_db
def test_three_editions_have_two_versions_each():
    start = clock.now()

    def moment(days_ago):
        found = datetime.combine(clock.today() - timedelta(days=int(days_ago)), time(9, 30), tzinfo=clock.SHANGHAI)
        return min(found, start - timedelta(minutes=1))

    with clock.at(start - timedelta(days=900)):
        cast = Cast().make()
    with clock.at(start - timedelta(days=200)):
        patents.published(cast.owners["420000"][0], province="420000", title="演示的技术")
    demonstration.Expos(cast, random.Random(7), moment, lambda: None).fill()
    held = Expo.objects.exclude(state="planned")
    assert [version.number for version in ProgrammeVersion.objects.order_by("expo__year", "number")] == [1, 2] * 3
    for expo in held:
        rows = reads.sessions_of(expo)
        assert len(rows) == 20 and {one.kind for one in rows} == set(SessionKind.values)
        assert not [one for one in checks.findings(expo, checks.items_of(rows)) if one.level == checks.ERROR]
    this = held.get(year=clock.today().year)
    assert Session.objects.get(expo=this, listing__isnull=False).title_zh.startswith("路演：")
    assert SessionFavourite.objects.filter(session__expo=this).count() == 6
    assert clock.today().isoformat() in reads.latest_with_data(this).data["days"]
