"""The truth about a patent in a browser: a licence is entered, and strip, map, search and JSON follow; a rival is refused."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from platform_site import clock
from tests.browsers import sideways
from tests.factories import accounts, patents
from tests.journeys.test_journey_main import sign_in, submit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def enter_licence(page, address, *, form, start):
    """Fill the form for Hunan and send it."""
    page.goto(f"{address}grants/new/")
    page.select_option("[name=form]", form)
    page.fill("[name=licensee]", "中原试验设备公司")
    page.check("[name=provinces][value='430000']")
    page.fill("[name=signed_on]", clock.today().isoformat())
    page.fill("[name=start]", start.isoformat())
    page.fill("[name=source]", "合同原件")
    page.fill("[name=as_of]", clock.today().isoformat())
    submit(page, "licensee")


def state_of(page, selector):
    """Which of free, part, gone a province of the strip or the map is drawn as; by the code order Hunan is the last."""
    return page.locator(selector).last.get_attribute("class").split()[-1]


def free(page, address, **query):
    return page.request.get(address, params={"format": "json", **query}).json()["provinces"]["430000"]


def found(page, language, province):
    page.goto(f"/{language}/patents/?free_form=exclusive&free_in={province}")
    return page.locator("main article h3").count()


@pytest.mark.parametrize(("language", "locale", "width"), [("zh-hans", "zh-CN", 1360), ("en", "en-GB", 390)])
def test_an_exclusive_licence_of_one_province(browse, language, locale, width):
    shen = accounts.member("shen@example.org", name="沈工", province="420000", verified=True)
    officer = accounts.officer("guo@example.org", name="郭审核员", province="420000")
    listing = patents.published(shen, title_en="Catalyst for ammonia", forms=["exclusive", "ordinary"])
    number = listing.listing_patents.get().patent.application_number
    address = f"/{language}/patents/rights/{number}/"
    today, next_month = clock.today(), clock.today() + timedelta(days=30)

    visitor = browse(width, locale)
    assert (found(visitor, language, "430000"), found(visitor, language, "420000")) == (1, 1)
    assert state_of(visitor, "main article .rights li") == "free"
    visitor.goto(f"/{language}/patents/{listing.number}/")
    visitor.locator(f"main a[href='{address}']").click()
    expect(visitor).to_have_url(f"{visitor.url.split('/patents/')[0]}/patents/rights/{number}/")
    assert state_of(visitor, "main .paper-map .tile") == "free" and not sideways(visitor)

    clerk = browse(width, locale)
    sign_in(clerk, language, officer.email)
    # One that starts next month: free today, taken then.
    enter_licence(clerk, address, form="exclusive", start=next_month)
    expect(clerk.locator("main")).to_contain_text("中原试验设备公司")
    assert free(visitor, address)["exclusive"] and not free(visitor, address, on=next_month.isoformat())["exclusive"]
    visitor.goto(address)
    assert state_of(visitor, "main .paper-map .tile") == "free"
    expect(visitor.locator("main")).not_to_contain_text("中原试验设备公司")
    visitor.locator(f"main a[href='?on={next_month}']").click()
    assert state_of(visitor, "main .paper-map .tile") == "gone" and not sideways(visitor)
    assert found(visitor, language, "430000") == 1

    # One for today until then: the ledger takes both, and everything follows at once.
    clerk.goto(f"{address}grants/new/")
    clerk.fill("[name=end]", next_month.isoformat())
    expect(clerk.locator("[name=end]")).to_have_value(next_month.isoformat())
    clerk.select_option("[name=form]", "exclusive")
    clerk.fill("[name=licensee]", "另一家公司")
    clerk.check("[name=provinces][value='430000']")
    for name in ("signed_on", "start", "as_of"):
        clerk.fill(f"[name={name}]", today.isoformat())
    clerk.fill("[name=source]", "合同原件")
    submit(clerk, "licensee")
    assert not any(free(visitor, address).values())
    assert (found(visitor, language, "430000"), found(visitor, language, "420000")) == (0, 1)
    assert state_of(visitor, "main article .rights li") == "gone"
    visitor.goto(f"/{language}/patents/{listing.number}/")
    assert state_of(visitor, "main .paper-map .tile") == "gone"

    # A second one is refused with the reason, and nothing typed is lost.
    enter_licence(clerk, address, form="ordinary", start=today)
    summary = clerk.locator(".err-sum")
    expect(summary).to_contain_text(today.isoformat())
    expect(summary).to_contain_text("第二十五条" if language == "zh-hans" else "Hunan")
    expect(clerk.locator("[name=licensee]")).to_have_value("中原试验设备公司")
    assert not sideways(clerk)
