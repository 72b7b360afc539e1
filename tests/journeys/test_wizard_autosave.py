"""The wizard in a real browser: kept while it is typed, a second window, a login that ends in between."""

import re

import pytest
from playwright.sync_api import expect

from patents.models import DraftInput, ListingVersion
from platform_site.accounts.models.session import Session
from tests.factories import accounts, patents

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEPT = re.compile(r"^已自动保存 \d\d:\d\d$")


def test_what_is_typed_is_kept_and_nothing_is_lost(browse, client, live_server):
    shen = accounts.member("shen@example.org", name="沈工", verified=True)
    address = f"/zh-hans/patents/{patents.draft(shen).number}/edit/description/"
    page = browse()
    client.force_login(shen)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)

    # Leaving a box is enough; a reload shows it again.
    page.fill("[name=title_zh]", "写到一半的标题")
    page.press("[name=title_zh]", "Tab")
    expect(page.locator("[data-kept]")).to_have_text(KEPT)
    page.reload()
    expect(page.locator("[name=title_zh]")).to_have_value("写到一半的标题")
    expect(page.get_by_text("还没有写入草稿")).to_be_visible()

    # The second window was opened before that: it is refused, and shows what differs.
    other.fill("[name=title_zh]", "另一个窗口的标题")
    other.press("[name=title_zh]", "Tab")
    expect(other.locator("[data-moved] del")).to_have_text("写到一半的标题")
    expect(other.locator("[data-kept]")).to_have_text("没有自动保存：这一步在别处改过。")
    other.close()

    # The login ends; what is typed afterwards is there again after the next.
    Session.objects.all().delete()
    page.fill("[name=title_zh]", "登录结束后写的标题")
    page.press("[name=title_zh]", "Tab")
    expect(page.locator("[data-kept]")).to_have_text("登录已结束。填写的内容已为您保留，请登录后回到这一页。")
    page.locator("[data-login] a").click()
    page.fill("[name=login]", shen.email)
    page.fill("[name=password]", accounts.PASSWORD)
    page.press("[name=password]", "Enter")
    expect(page).to_have_url(re.compile(f"{address}$"))
    expect(page.locator("[name=title_zh]")).to_have_value("登录结束后写的标题")
    page.get_by_role("button", name="保存并继续").click()
    expect(page).to_have_url(re.compile(r"/edit/$"))
    assert ListingVersion.objects.get().title_zh == "登录结束后写的标题"
    assert not DraftInput.objects.filter(typed__isnull=False).exists()
