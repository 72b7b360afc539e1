"""The rotation as page, JSON and iCalendar: they say the same, and the same as the rule with its exceptions."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from governance import queries
from governance.models import DirectorTerm
from platform_site import clock
from platform_site.regions.facts import BY_CODE, ROTATION_ORDER
from tests.factories import group

pytestmark = pytest.mark.django_db
THIS = clock.today().year
PAGE = "/zh-hans/governance/rotation/"


def data(client, query=""):
    response = client.get(f"{PAGE}?format=json{query}")
    assert response.status_code == 200 and response["Content-Type"] == "application/json"
    return json.loads(response.content)


def events(client, query=""):
    response = client.get(f"{PAGE}?format=ics{query}")
    assert response["Content-Type"].startswith("text/calendar")
    return {event.start.year: event for event in Calendar.from_ical(response.content).walk("VEVENT")}


def test_any_year_by_the_rule_and_the_list_to_ten_years_ahead(client):
    assert data(client, "&year=2031") == {"year": 2031, "province": "140000", "exception": None}
    listed = data(client)
    assert [row["year"] for row in listed] == list(range(2007, THIS + 11))
    assert [row["province"] for row in listed[:7]] == [*ROTATION_ORDER, ROTATION_ORDER[0]]


def test_an_exception_is_told_with_its_resolution_and_the_files_agree(client, ju):
    decided = group.swapped(THIS + 1, THIS + 3)
    row = data(client, f"&year={THIS + 1}")
    assert row["exception"] == {"resolution": decided.document_number, "reason": "两省商定互换。"}
    english = json.loads(client.get(f"/en/governance/rotation/?format=json&year={THIS + 1}").content)
    assert english["exception"]["reason"] == "Agreed by both."
    listed, found = data(client), events(client)
    assert [row["year"] for row in listed] == sorted(found)
    for row in listed:
        event = found[row["year"]]
        assert (event.start, event.end) == (date(row["year"], 1, 1), date(row["year"] + 1, 1, 1))
        assert BY_CODE[row["province"]].office_zh in event["summary"]
        assert row["province"] == queries.province_of(row["year"])
    assert decided.document_number in found[THIS + 1]["description"]
    assert list(events(client, "&year=2090")) == [2090]


@pytest.mark.parametrize("kind", ["json", "ics"])
def test_before_the_first_year_and_beyond_the_last_there_is_nothing(client, kind):
    for year, status in ((2006, 404), (2108, 404), (-1, 404), ("x", 400), ("2031.5", 400), (2107, 200), ("", 200)):
        assert client.get(f"{PAGE}?format={kind}&year={year}").status_code == status, year


@pytest.mark.parametrize("query", ["?format=json", "?format=json&year=2031", "?format=ics"])
def test_both_carry_an_etag_and_answer_304(client, ju, query):
    first = client.get(PAGE + query)
    assert client.get(PAGE + query, headers={"if-none-match": first["ETag"]}).status_code == 304
    group.swapped(THIS + 1, THIS + 3)
    changed = client.get(PAGE + query, headers={"if-none-match": first["ETag"]}).status_code
    assert changed == (304 if "2031" in query and 2031 not in (THIS + 1, THIS + 3) else 200)


def test_the_page_shows_six_years_the_wheel_of_the_same_and_every_year(client, ju):
    decided = group.swapped(THIS + 1, THIS + 3)
    page = client.get(PAGE)
    text = page.content.decode()
    strip = page.context["years"]
    assert len(strip) == 6 and [one.now for one in strip].count(True) == 1
    assert [sector.of for sector in page.context["sectors"]] == strip
    assert decided.document_number in text and "两省商定互换。" in text
    assert "轮值的局长" in text  # who directs this year
    later = client.get(f"{PAGE}?year=2080")
    assert 2080 in [row.year for row in later.context["rows"]]
    assert 2080 in [one.year for one in later.context["years"]]
    wrong = client.get(f"{PAGE}?year=1999").content.decode()
    assert "2007 至 2107" in wrong and 'value="1999"' in wrong


def test_the_office_begins_the_first_term_from_the_page_and_others_see_no_button(client, si, mo):
    client.force_login(mo)
    assert "rotation/begin/" not in client.get(PAGE).content.decode()
    client.force_login(si)
    assert "rotation/begin/" in client.get(PAGE).content.decode()
    client.post(f"{PAGE}begin/")
    assert DirectorTerm.objects.get().year == THIS
    page = client.get(PAGE).content.decode()
    assert "rotation/begin/" not in page and f"handovers/{THIS + 1}/open/" in page


def test_the_page_costs_the_same_whatever_was_decided(client, ju):
    def count():
        with CaptureQueriesContext(connection) as asked:
            client.get(PAGE)
        return len(asked)

    count()  # what a process reads once
    before = count()
    group.swapped(THIS + 1, THIS + 3)
    group.swapped(THIS + 2, THIS + 4)
    group.swapped(THIS + 7, THIS + 9)
    assert count() == before <= 15
