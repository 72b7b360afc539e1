"""The demonstration's matchmaking: people who take part, a plan applied, meetings in every state, wishes unmet with reasons."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from expos.models import ExpoMeeting, MatchRun, MeetingProfile, MeetingRequest
from platform_site import clock
from platform_site.portal.demonstration.expo_meeting import ExpoMeetings
from platform_site.portal.demonstration.people import Cast
from platform_site.regions import hosts
from tests.factories import expos


@pytest.mark.django_db
def test_a_plan_its_answers_and_what_came_of_it():
    today = clock.today()
    first = max(today - timedelta(days=1), date(today.year, 1, 2))
    code = hosts.host_of_year(today.year)
    now = expos.noon(first + timedelta(days=1))
    with clock.at(expos.noon(first - timedelta(days=100))):
        cast = Cast().make()
        dates = {"starts_on": first, "last_on": first + timedelta(days=2), "apply_until": first - timedelta(days=20)}
        year = {"year": today.year} if clock.today().year == today.year else {}
        expo = expos.prepared(code, officer=cast.officers[code], **year, **dates)
        expo = expos.moved(expo, "programme_published", officer=cast.officers[code])
    story = ExpoMeetings(cast, random.Random(7), expo, cast.officers[code])
    with clock.at(expos.noon(first - timedelta(days=12))):
        expos.registered(expo, cast.buyers["420000"])  # the door has been there before
        story.plan(each=4)
    with clock.at(expos.noon(first - timedelta(days=7))):
        story.answer()
    expos.moved(expo, "running", officer=cast.officers[code])
    with clock.at(now):
        story.meet()
        story.ask()
    assert MeetingProfile.objects.count() == 24 and MeetingProfile.objects.filter(takes_part=True).count() == 23
    run = MatchRun.objects.get()
    assert run.state == "applied" and run.met > 25 and run.value >= run.greedy and run.value >= 0.97 * run.bound
    states = Counter(ExpoMeeting.objects.values_list("state", flat=True))
    assert set(states) == {"requested", "proposed", "half", "confirmed", "cancelled", "held", "not_held"}, states
    assert {"absent", "tables"} <= set(run.unmet.values_list("why", flat=True))
    assert MeetingRequest.objects.filter(state="pending", holds_until__gt=now).count() == 2
