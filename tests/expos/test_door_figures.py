"""Indicators, handover file and desk: what other pages know of doors and results. Read next: test_result_actions.py."""

import pytest

from expos.actions import leads, meeting_requests, meetings, registrations, results
from expos.models import ExpoMeeting
from governance import handover_queries, indicator_queries
from governance.indicator_records import records
from platform_site import clock
from platform_site.portal.desk import desk_of
from tests.factories import expo_door as make
from tests.factories import expo_meeting as meeting_make
from tests.factories import expos, patents

pytestmark = pytest.mark.django_db


@pytest.fixture
def expo():
    return make.running()


def test_indicators_count_what_their_records_show(expo, shen, bai, mo):
    host, year = make.host(expo), expo.year
    listing = patents.published(shen, forms=["ordinary"], title="展出的技术")
    make.exhibit(expo, listing)
    for person in (mo, bai):
        make.passed(expos.registered(expo, person), host)
    rows = [make.result(expo, host) for _time in range(3)]
    make.result(expo, host, owner=shen)  # waits, so it counts nowhere
    results.result_climb(result_id=rows[0].pk, actor=host, rung="contract", reached_on=clock.today())
    figures = indicator_queries.counted(year).by_slug
    expected = {"expo_exhibitors": 1, "expo_visitors": 2, "expo_intentions": 3, "expo_converted": 1}
    assert {slug: figures[slug].total for slug in expected} == expected
    for slug, count in expected.items():
        assert records(mo, slug, year).rows.count() == count, slug
    assert records(mo, "expo_visitors", year).seen.count() == 1
    assert records(host, "expo_visitors", year).seen.count() == 2
    assert figures["expo_visitors"].values["430000"] == 1 == records(mo, "expo_visitors", year, "430000").rows.count()


def test_a_meeting_counts_for_the_host_once_it_is_said_to_have_been_held(shen, bai, mo, guo):
    expo = meeting_make.arranged(expos.opened(officer=guo), officer=guo)
    one, two = (meeting_make.participant(expo, user) for user in (shen, bai))
    request = meeting_make.asked(one, two)
    meeting_requests.meeting_request_accept(request_id=request.pk, actor=bai)
    meeting = ExpoMeeting.objects.get()
    with clock.at(meeting.ends_at):
        year = clock.today().year
        assert indicator_queries.counted(year).by_slug["expo_meetings"].total == 0
        meetings.meeting_mark(meeting_id=meeting.pk, actor=bai, held=True)
        figure = indicator_queries.counted(year).by_slug["expo_meetings"]
    assert figure.values[expo.host_id] == figure.total == 1 == ExpoMeeting.objects.filter(state="held").count()
    seen = {person: records(person, "expo_meetings", year).seen.count() for person in (shen, bai, mo, guo)}
    assert seen == {shen: 1, bai: 1, mo: 0, guo: 1} and records(mo, "expo_meetings", year).rows.count() == 1


def test_the_handover_names_editions_that_are_not_reported(expo, mo, shen, django_assert_num_queries):
    expos.registered(expo, mo, kind="media")
    make.result(expo, owner=shen)
    with django_assert_num_queries(1):
        (found,) = handover_queries.open_expos(expo.year + 1)
    assert (found.year, found.waiting_people, found.waiting_results) == (expo.year, 1, 1)


def test_the_desk_says_what_an_expo_wants_of_me(expo, shen, bai):
    listing = patents.published(shen, forms=["ordinary"], title="展出的技术")
    make.exhibit(expo, listing)
    lead = make.lead(expo, listing, expos.registered(expo, bai))
    row = make.result(expo, owner=shen, taker=bai)

    def verbs(user, name="mine"):
        return {str(item.verb) for item in getattr(desk_of(user), name)}

    assert {"答复参展商", "确认成果"} <= verbs(bai)
    leads.lead_decline(lead_id=lead.pk, actor=bai)
    results.result_confirm(result_id=row.pk, actor=bai)
    assert not {"答复参展商", "确认成果"} & verbs(bai) and "确认成果" in verbs(bai, "waiting")
    results.result_confirm(result_id=row.pk, actor=shen)
    with make.later(expo, 40):
        assert "答复意向跟踪" in verbs(shen)
    assert registrations.MOST_IN_GROUP == 200
