"""From a rule typed in a browser to money paid out: Jiangxi publishes a policy, a member of Hunan runs a deal through six rule books and applies there.

Decided by officers of Jiangxi alone; an officer of Hubei finds nothing. A second policy, reserved for local firms, is
named on the page of equal treatment the moment it is published.
"""

from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import expect

from governance.actions import support
from governance.models import AidEntry, PolicyApplication, PolicyVersion
from platform_site import clock
from tests.browsers import prepare
from tests.factories import accounts, agreements, progress
from tests.factories import policies as make
from tests.factories.policies import HUBEI, JIANGXI
from tests.journeys.test_journey_main import submit
from tests.journeys.test_journey_trade import fill, press, seen, upload

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULE = {
    "rule-0-test": "form:in", "rule-0-value": "普通许可、独占许可", "rule-0-clause": "第三条", "rule-1-test": "conversion_place:in",
    "rule-1-value": "江西", "rule-1-clause": "第四条", "rule-2-test": "patent_in_force:is", "rule-2-value": "是",
    "rule-2-clause": "第五条",
}  # fmt: skip
TEXT = {
    "kind": "deal", "title_zh": "江西省专利许可奖补办法", "title_en": "Jiangxi award for licences", "summary_zh": "奖补许可合同。",
    "basis_zh": "省政府文件第三条", "kind_of_sum": "rate", "of": "contract_cny", "percent": "10", "cap_cny": "5万",
    "stacking": "once", "budget_cny": "100万", "documents": "合同复印件", "notice_days": "5",
}  # fmt: skip


class Story:
    """Each in a window of their own."""

    def __init__(self, browse, live_server, look):
        self.language, locale, width = look
        shen = accounts.member("shen@example.org", name="沈工", province=HUBEI, verified=True)
        self.bai = accounts.member("bai@example.org", name="白经理", province="430000", verified=True)
        self.agreement = agreements.signed(shen, self.bai)
        people = {
            "bai": self.bai, "first": make.keeper(JIANGXI), "second": make.second(JIANGXI), "hubei": make.keeper(HUBEI), "": None
        }  # fmt: skip
        self.windows = {}
        for name, person in people.items():
            page = self.windows[name] = browse(width, locale)
            prepare(page.context)
            if person:
                client = Client()
                client.force_login(person)
                cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
                page.context.add_cookies([cookie])

    def at(self, name, path):
        page = self.windows[name]
        self.answer = page.goto(f"/{self.language}/policies/{path}")
        return page

    def publish(self, **changes):
        """Typed in rows, looked at, saved, checked, published."""
        page = self.at("first", "new/")
        fill(page, {**TEXT, **RULE, **changes})
        page.locator("main button[name=preview]").click()
        page.wait_for_load_state()
        expect(page.locator("main")).to_contain_text("转化方式为普通许可或独占许可")
        page.locator("main form[method=post] button[type=submit]:not([name])").click()
        page.wait_for_load_state()
        seen(page)
        submit_last(page)
        return PolicyVersion.objects.latest("pk")

    def apply(self, version):
        page = self.at("bai", f"entitlements/agreements/{self.agreement.pk}/")
        jiangxi = page.locator(".six > section").nth(2)
        expect(jiangxi).to_contain_text("可能享受")
        expect(jiangxi).to_contain_text("3.6 万元")
        seen(page)
        jiangxi.locator(f"a[href*='/applications/new/{version.pk}/']").first.click()
        page.wait_for_load_state()
        paper = progress.paper()
        upload(page, "uploads", paper)
        fill(page, {"note": "已试生产。", "declared": "on"})
        submit(page, "note")
        expect(page.locator("main")).to_contain_text("待受理")
        return PolicyApplication.objects.get()

    def act(self, name, application, verb, data):
        page = self.at(name, f"applications/{application.pk}/{verb}/")
        fill(page, data)
        submit(page, next(iter(data)))
        return page


def submit_last(page):
    page.locator("main form[method=post] button[type=submit]").last.click()
    page.wait_for_load_state()


@pytest.mark.parametrize("look", [("zh-hans", "zh-CN", 1360)], ids=["zh"])
def test_a_deal_through_six_rule_books_and_support_in_jiangxi(browse, live_server, monkeypatch, look):
    story = Story(browse, live_server, look)
    version = story.publish()
    assert version.state == "published"
    asked = story.apply(version)
    for path in ("", "review/"):
        story.at("hubei", f"applications/{asked.pk}/{path}")
        assert story.answer.status == 404, "another province's officer finds nothing"
    page = story.at("first", f"applications/{asked.pk}/")
    press(page, "/accept/")
    story.act("first", asked, "review", {"words": "材料属实。"})
    story.at("first", f"applications/{asked.pk}/confirm/")
    assert story.answer.status == 403, "the second review is another officer's"
    # The notice is over at once: the clock of the database, which guards its end, is set by no test.
    monkeypatch.setattr(support, "due_date", lambda start, days: start - timedelta(days=days))
    story.act("second", asked, "confirm", {"words": "同意。"})
    page = story.at("", "notices/")
    expect(page.locator("main")).to_contain_text("白经理")
    seen(page)
    story.act("first", asked, "approve", {"clause": "第三条"})
    story.act("first", asked, "pay", {"reference": "赣财〔1〕", "paid_on": clock.today().isoformat()})
    page = story.at("bai", f"applications/{asked.pk}/")
    expect(page.locator("main")).to_contain_text("已兑现")
    seen(page)
    assert AidEntry.objects.get().amount_cny == 36_000
    expect(story.at("", "parity/").locator("main")).to_contain_text("没有区别对待的条款")
    local = {
        "title_zh": "只给本省企业的奖补",
        "rule-3-test": "applicant_seat:in",
        "rule-3-value": "江西",
        "rule-3-clause": "第九条",
    }
    story.publish(**local)
    page = story.at("", "parity/")
    expect(page.locator("main")).to_contain_text("申请人注册地在江西")
    expect(page.locator("main")).to_contain_text("第九条")
    seen(page)
