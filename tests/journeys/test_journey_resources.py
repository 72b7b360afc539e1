"""A patentee of Hunan finds a base in Jiangxi, visits, applies, waits, moves up, is stationed and graduates, in a browser. Read next: test_axe_resources.py."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from governance.models import Stationing, Visit
from platform_site import clock
from tests.browsers import findings, prepare, sideways
from tests.factories import accounts, patents
from tests.factories import resources as make
from tests.journeys.test_journey_main import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HERE = "/zh-hans/resources/"


def seen(page):
    """Nothing that axe objects to, nothing that scrolls sideways."""
    assert findings(page) == [] and sideways(page) == []


def send(page):
    page.locator("main form[method=post] button[type=submit]").last.click()


def ground():
    """A patentee of Hunan with a listing, an officer of Jiangxi with a base that is full, a laboratory beside it."""
    bai = accounts.member("bai@example.org", name="白经理", province="430000", verified=True)
    jiang = accounts.officer("jiang@example.org", name="江经办", province=make.JIANGXI)
    shen = accounts.member("shen@example.org", name="沈工", province="420000", verified=True)
    base = make.facility(officer=jiang, name_zh="赣江产业化基地")
    make.facility(officer=jiang, name_zh="赣江实验室", kind="laboratory", facts={}, equipment=[])
    wants = [{"kind": "equipment", "text_zh": "反应釜", "text_en": "", "amount": None}, make.area(200)]
    listing = patents.published(bai, province="430000", requirements=wants)
    held = make.stationed(base, shen, jiang, places=4)
    return bai, jiang, base, listing, held


def test_from_a_listing_to_graduation(browse):
    bai, jiang, base, listing, held = ground()
    owner, keeper = browse(1360, "zh-CN"), browse(1360, "zh-CN")
    for page, person in ((owner, bai), (keeper, jiang)):
        prepare(page.context)
        sign_in(page, "zh-hans", person.email)

    # where it can be made, and a bundle of visits in one step
    owner.goto(f"/zh-hans/patents/{listing.number}/")
    owner.locator("main a[href*='/resources/making/']").click()
    expect(owner.locator("main article").first).to_contain_text("赣江产业化基地")
    seen(owner)
    for box in owner.locator("main input[name=facility]").all():
        box.check()
    owner.locator("main form[action$='/bundle/'] button").click()
    expect(owner.locator("main select")).to_have_count(3)  # a slot of each, and the technology
    owner.fill("[name=purpose]", "看中试条件")
    seen(owner)
    send(owner)
    expect(owner.locator("main article")).to_have_count(2)
    seen(owner)
    assert Visit.objects.filter(visitor=bai, state="requested", listing=listing).count() == 2

    keeper.goto(f"{HERE}keeping/")
    seen(keeper)
    keeper.locator("main article a").first.click()
    keeper.get_by_role("button", name="确认预约").click()
    expect(keeper.locator("main")).to_contain_text("已确认")
    seen(keeper)

    # applied for, put on the waiting list
    owner.goto(f"{HERE}{base.slug}/")
    seen(owner)
    owner.locator("main a[href$='/apply/']").click()
    owner.select_option("[name=listing]", str(listing.pk))
    owner.fill("[name=places]", "2")
    owner.fill("[name=starts_on]", clock.today().isoformat())
    owner.fill("[name=last_on]", (clock.today() + timedelta(days=60)).isoformat())
    owner.fill("[name=purpose]", "把样机做成小批量产品")
    seen(owner)
    send(owner)
    row = Stationing.objects.get(applicant=bai)
    here = f"{HERE}stationings/{row.pk}/"

    keeper.goto("/zh-hans/desk/")
    keeper.locator(f"main a[href='{here}']").click()
    keeper.locator("main a[href$='/accept/']").click()
    send(keeper)
    expect(keeper.locator("main")).to_contain_text("这段时间只剩工位 0 个")
    keeper.goto(f"{here}queue/")
    keeper.fill("[name=reason]", "现在满员，先排队。")
    seen(keeper)
    send(keeper)
    owner.goto(here)
    expect(owner.locator("main")).to_contain_text("排在第 1 位")
    seen(owner)

    # the places come free, and the application moves up by itself
    keeper.goto(f"{HERE}stationings/{held.pk}/exit/")
    keeper.fill("[name=outcome]", "项目转移。")
    send(keeper)
    expect(keeper.locator("main")).to_contain_text("已退出")
    owner.reload()
    expect(owner.locator("main")).to_contain_text("同意入驻")

    # signed, reported, graduated
    keeper.goto(f"{here}sign/")
    keeper.fill("[name=contract]", "RZ-2026-01")
    keeper.fill("[name=signed_on]", clock.today().isoformat())
    keeper.fill("[name=milestones]", f"{(clock.today() + timedelta(days=30)).isoformat()} 首批样品合格")
    seen(keeper)
    send(keeper)
    owner.goto(f"{here}report/")
    owner.fill("[name=words]", "样品全部合格。")
    send(owner)
    expect(owner.locator("main")).to_contain_text("样品全部合格。")
    keeper.goto(here)
    keeper.get_by_role("button", name="确认达到").click()
    seen(keeper)
    keeper.locator("main a[href$='/graduate/']").click()
    keeper.fill("[name=outcome]", "投产，年产一百吨。")
    send(keeper)
    owner.goto(here)
    expect(owner.locator("main")).to_contain_text("已毕业")
    seen(owner)
    assert Stationing.objects.get(pk=row.pk).state == "graduated"
