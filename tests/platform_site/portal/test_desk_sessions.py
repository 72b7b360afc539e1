"""How long a login lasts: officers 30 minutes idle and 8 hours in all, members 2 and 12 hours, to the second."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from platform_site.portal.sessions import MEMBER_LIMITS, OFFICE_LIMITS
from tests.factories import accounts as people

pytestmark = pytest.mark.django_db
URL = "/zh-hans/desk/"
START = datetime(2026, 6, 1, 1, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def login(client, user):
    answer = client.post("/zh-hans/accounts/login/", {"login": user.email, "password": people.PASSWORD})
    assert answer.status_code == 302


def is_in(client):
    return client.get(URL).status_code == 200


@pytest.mark.parametrize(("who", "limits"), [("guo", OFFICE_LIMITS), ("ad", OFFICE_LIMITS), ("mo", MEMBER_LIMITS)])
def test_idle(client, request, who, limits):
    user = request.getfixturevalue(who)
    for late, expected in ((-SECOND, True), (SECOND, False)):
        with time_machine.travel(START, tick=False) as clock:
            login(client, user)
            clock.move_to(START + limits[0] + late)
            assert is_in(client) is expected
            client.logout()


@pytest.mark.parametrize(("who", "limits"), [("guo", OFFICE_LIMITS), ("mo", MEMBER_LIMITS)])
def test_in_all(client, request, who, limits):
    user, (idle, whole) = request.getfixturevalue(who), limits
    with time_machine.travel(START, tick=False) as clock:
        login(client, user)
        at = START
        while at + idle / 2 < START + whole - SECOND:
            at += idle / 2
            clock.move_to(at)
            assert is_in(client)
        clock.move_to(START + whole - SECOND)
        assert is_in(client)
        clock.move_to(START + whole + SECOND)
        assert not is_in(client)


def test_reading_keeps_one_in_and_the_reason_is_told(client, guo):
    with time_machine.travel(START, tick=False) as clock:
        login(client, guo)
        clock.move_to(START + timedelta(minutes=29))
        assert is_in(client)
        clock.move_to(START + timedelta(minutes=58))
        assert is_in(client)
        clock.move_to(START + timedelta(minutes=89))
        answer = client.get(URL, follow=True)
        assert answer.redirect_chain[0][0] == f"/zh-hans/accounts/login/?next={URL}"
        assert "您已自动退出" in answer.content.decode()


def test_a_new_login_begins_anew(client, guo):
    with time_machine.travel(START, tick=False) as clock:
        login(client, guo)
        clock.move_to(START + timedelta(hours=9))
        assert not is_in(client)
        login(client, guo)
        clock.move_to(START + timedelta(hours=9, minutes=29))
        assert is_in(client)


def test_a_public_page_goes_on_as_for_a_visitor(client, mo):
    with time_machine.travel(START, tick=False) as clock:
        login(client, mo)
        clock.move_to(START + timedelta(hours=3))
        assert client.get("/zh-hans/help/").status_code == 200


def test_a_visitor_gets_no_cookie(client):
    answer = client.get("/zh-hans/help/")
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_the_note_is_written_once_a_minute(client, mo):
    with time_machine.travel(START, tick=False) as clock:
        login(client, mo)
        client.get(URL)
        clock.move_to(START + timedelta(seconds=30))
        assert "sessionid" not in client.get(URL).cookies
        clock.move_to(START + timedelta(seconds=61))
        assert "sessionid" in client.get(URL).cookies


def test_logging_out_ends_the_session_for_good(client, mo):
    login(client, mo)
    old = client.cookies["sessionid"].value
    client.post("/zh-hans/accounts/logout/")
    client.cookies["sessionid"] = old
    assert not is_in(client)


def test_a_cookie_from_before_the_login_never_opens_anything(client, mo):
    client.cookies["sessionid"] = "a" * 32
    login(client, mo)
    assert client.cookies["sessionid"].value != "a" * 32
