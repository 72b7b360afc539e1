"""The warning before a login ends, in a real browser whose clock is moved; the server's answers are made up. Read next: static/js/login_end.js."""

import json
import re

import pytest
from django.test import Client
from playwright.sync_api import expect

from tests.factories import accounts as people
from tests.platform_site.ui.test_browser import ORIGIN, visit  # noqa: F401 - a fixture is found by its name

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
DESK, STAY = "/zh-hans/desk/", "**/accounts/sessions/stay/"


def test_a_page_warns_five_minutes_before_and_stays_when_asked(visit, mo):  # noqa: F811
    seen = visit()
    seen.client.post("/zh-hans/accounts/login/", {"login": mo.email, "password": people.PASSWORD})
    page = seen.page
    page.clock.install()
    seen.open(DESK)
    bar, words = page.locator("[data-login-end]"), page.locator("[data-login-until]")
    expect(bar).to_be_hidden()
    before = words.inner_text()
    page.clock.fast_forward("01:54:30")
    expect(bar).to_be_hidden()
    page.clock.fast_forward("00:01:00")
    expect(bar).to_be_visible()
    assert "几分钟后将自动退出" in bar.inner_text()

    page.route(STAY, lambda route: route.abort())
    bar.get_by_role("button", name="继续登录").first.click()
    expect(bar).to_contain_text("现在连不上平台")

    page.route(STAY, lambda route: route.fulfill(body=json.dumps({"left": 7200}), content_type="application/json"))
    bar.get_by_role("button", name="继续登录").last.click()
    expect(bar).to_be_hidden()
    assert re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d", words.inner_text()) and words.inner_text() != before

    page.clock.fast_forward("01:56:00")
    page.route(STAY, lambda route: route.fulfill(body=json.dumps({"left": 200}), content_type="application/json"))
    bar.get_by_role("button", name="继续登录").first.click()
    expect(bar).to_contain_text("已到最长时间")
    page.clock.fast_forward("00:04:00")
    expect(bar).to_contain_text("您的登录已结束")
    assert all("Failed to load" in complaint for complaint in seen.complaints), seen.complaints


def test_the_list_of_sign_ins_is_accessible(visit, mo):  # noqa: F811
    other = Client(HTTP_USER_AGENT="Mozilla/5.0 (iPhone) Safari/604.1")
    other.post("/zh-hans/accounts/login/", {"login": mo.email, "password": people.PASSWORD})
    for width in (1360, 390):
        seen = visit(width)
        seen.client.post("/zh-hans/accounts/login/", {"login": mo.email, "password": people.PASSWORD})
        seen.open("/zh-hans/accounts/sessions/")
        assert seen.page.url.startswith(ORIGIN)
        assert "Safari（iPhone）" in seen.page.inner_text("main")
        assert seen.findings() == []
