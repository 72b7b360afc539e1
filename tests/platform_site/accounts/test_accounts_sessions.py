"""My sessions: what is noted, what is listed, ending one and all others, staying signed in."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from platform_site.accounts import actions, queries
from platform_site.accounts.models import Session
from platform_site.accounts.sessions import device_of, device_words, network_of
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict
from platform_site.portal import tasks
from tests.factories import accounts as people

pytestmark = pytest.mark.django_db
LIST = "/zh-hans/accounts/sessions/"
STAY = LIST + "stay/"
START = datetime(2026, 6, 1, 1, 0, tzinfo=UTC)
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1 MicroMessenger/8.0"


def login(user, agent=EDGE, address="203.0.113.77"):
    browser = Client(HTTP_USER_AGENT=agent, REMOTE_ADDR=address)
    answer = browser.post("/zh-hans/accounts/login/", {"login": user.email, "password": people.PASSWORD})
    assert answer.status_code == 302
    return browser


def key_of(browser):
    return browser.cookies["sessionid"].value


def page(browser):
    return browser.get(LIST).content.decode()


def is_in(browser):
    return browser.get("/zh-hans/desk/").status_code == 200


@pytest.mark.parametrize(
    ("agent", "device", "chinese", "english"),
    [
        (EDGE, "edge windows", "Edge（Windows）", "Edge (Windows)"),
        (PHONE, "wechat iphone", "微信（iPhone）", None),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
            "firefox linux",
            "Firefox（Linux）",
            None,
        ),
        ("Mozilla/5.0 (Phone; OpenHarmony 5.0) Chrome/114.0 ArkWeb", "chrome harmony", "Chrome（鸿蒙）", None),
        ("curl/8.0", "", "未知设备", None),
        ("Windows", "windows", "Windows", None),
        ("<script>" * 2_000, "", "未知设备", None),
    ],
)
def test_a_device_in_words(agent, device, chinese, english):
    assert device_of(agent) == device
    assert device_words(device) == chinese
    if english:
        with override("en"):
            assert device_words(device).replace("（", " (").replace("）", ")") == english


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2::7", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_a_network_is_wider_than_a_person(address, network):
    assert network_of(address) == network


def test_the_list_tells_device_network_beginning_and_last_use(mo, bai):
    with time_machine.travel(START, tick=False) as clock:
        phone = login(mo, PHONE, "2001:db8:1:2::7")
        login(bai)
        clock.move_to(START + timedelta(minutes=10))
        desktop = login(mo)
        clock.move_to(START + timedelta(minutes=20))
        phone.get("/zh-hans/desk/")
        text = page(desktop)
        assert "Edge（Windows）" in text and "微信（iPhone）" in text
        assert "网段 203.0.113.0/24" in text and "网段 2001:db8:1::/48" in text
        assert text.count("当前使用") == 1
        assert "203.0.113.77" not in text
        rows = queries.sessions_open(mo)
        assert [row.begun_at for row in rows] == [START, START + timedelta(minutes=10)] or len(rows) == 2
        assert {row.seen_at for row in rows} == {START + timedelta(minutes=20)}
        for browser in (phone, desktop):
            assert key_of(browser) not in text  # the key would open the session
    assert set(Session.objects.values_list("user__email", flat=True)) == {mo.email, bai.email}


def test_ending_one(mo):
    phone, desktop = login(mo, PHONE), login(mo)
    mark = queries.session_mark(key_of(phone))
    assert f'value="{mark}"' in page(desktop)
    answer = desktop.post(LIST + "end/", {"session": mark}, follow=True)
    assert "这处登录已结束" in answer.content.decode()
    assert not is_in(phone) and is_in(desktop)
    entry = AuditEntry.objects.get(verb="accounts.session_end")
    assert (entry.actor, entry.data["device"]) == (mo, "wechat iphone")
    assert desktop.post(LIST + "end/", {"session": mark}).status_code == 302  # twice is once
    assert AuditEntry.objects.filter(verb="accounts.session_end").count() == 1


def test_the_current_one_and_those_of_others_cannot_be_ended_here(mo, bai):
    mine, other = login(mo), login(bai)
    assert mine.post(LIST + "end/", {"session": queries.session_mark(key_of(mine))}).status_code == 409
    mine.post(LIST + "end/", {"session": queries.session_mark(key_of(other))})
    mine.post(LIST + "end/", {"session": key_of(other)})
    assert is_in(mine) and is_in(other)
    with pytest.raises(Conflict):
        actions.session_end(actor=mo, mark=queries.session_mark(key_of(mine)), current_key=key_of(mine))


def test_ending_all_others(mo, bai):
    phone, tablet, desktop, other = login(mo, PHONE), login(mo), login(mo), login(bai)
    answer = desktop.post(LIST + "end-others/", follow=True)
    assert "已结束另外 2 处登录" in answer.content.decode()
    assert [is_in(browser) for browser in (phone, tablet, desktop, other)] == [False, False, True, True]
    assert "结束其他所有登录" not in page(desktop).split("</h1>")[1]
    assert AuditEntry.objects.get(verb="accounts.sessions_end_others").data == {"ended": 2}
    assert actions.sessions_end_others(actor=mo, current_key=key_of(desktop)) == 0


def test_what_has_run_out_or_was_closed_by_a_new_password_is_not_listed(mo):
    with time_machine.travel(START, tick=False) as clock:
        login(mo, PHONE)
        clock.move_to(START + timedelta(hours=2, seconds=1))
        desktop = login(mo)
        assert len(queries.sessions_open(mo)) == 1
        mo.set_password("一个新的长长的口令 2026")
        mo.save()
        assert queries.sessions_open(mo) == []
        assert not is_in(desktop)


def test_the_sweep_takes_sessions_that_nobody_can_use(mo):
    with time_machine.travel(START, tick=False) as clock:
        login(mo)
        clock.move_to(START + timedelta(hours=11))
        login(mo)
        clock.move_to(START + timedelta(hours=13))
        tasks.expired_sweep()
        assert Session.objects.count() == 1


def test_the_list_costs_the_same_for_many(mo):
    browser = login(mo)

    def cost():
        with CaptureQueriesContext(connection) as caught:
            assert browser.get(LIST).status_code == 200
        return len(caught)

    page(browser)
    one = cost()
    for _time in range(3):
        login(mo, PHONE)
    assert cost() == one <= 15


# --- until when ------------------------------------------------------------------------------------------------------


def left_in(text):
    found = re.search(r'data-login-end="(\d+)" data-login-warning="(\d+)"', text)
    return int(found[1]), int(found[2])


@pytest.mark.parametrize(("who", "minutes"), [("mo", 120), ("guo", 30)])
def test_each_page_says_until_when(request, who, minutes):
    user = request.getfixturevalue(who)
    with time_machine.travel(START, tick=False) as clock:
        browser = login(user)
        clock.move_to(START + timedelta(minutes=10))
        text = browser.get("/zh-hans/desk/").content.decode()
        assert left_in(text) == (minutes * 60, 300)
        ends = (START + timedelta(hours=8, minutes=10 + minutes)).strftime("%Y-%m-%d %H:%M")
        assert f"您的登录将于 {ends} 结束" in text
        assert "data-login-final" not in text
        assert Client().get("/zh-hans/help/").content.decode().count("data-login") == 0


def test_near_the_longest_time_no_reading_helps(guo):
    with time_machine.travel(START, tick=False) as clock:
        browser = login(guo)
        for minutes in range(20, 480, 20):
            clock.move_to(START + timedelta(minutes=minutes))
            text = browser.get("/zh-hans/desk/").content.decode()
        assert left_in(text)[0] == 20 * 60
        assert "data-login-final" in text
        assert "届时请重新登录" in text


def test_staying_moves_the_end(guo):
    with time_machine.travel(START, tick=False) as clock:
        browser = login(guo)
        clock.move_to(START + timedelta(minutes=29))
        assert browser.get(STAY).json() == {"left": 30 * 60}
        clock.move_to(START + timedelta(minutes=58))
        assert is_in(browser)
        clock.move_to(START + timedelta(minutes=89))
        assert browser.get(STAY).status_code == 302  # over: the page is told so, not given a login form as an answer


def test_a_page_of_an_error_says_nothing_of_it(mo):
    browser = login(mo)
    assert "data-login-end" not in browser.get("/zh-hans/no-such-page/").content.decode()


def test_the_session_of_a_visitor_has_no_owner(client):
    session = client.session
    session["a"] = 1
    session.save()
    assert Session.objects.get().user is None
