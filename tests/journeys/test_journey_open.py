"""An open licence in a browser: declared by its owner, announced by the office, taken by a member in one step, withdrawn."""

import pytest
from playwright.sync_api import expect

from patents.models import Grant
from platform_site import clock
from tests.browsers import findings, prepare, sideways
from tests.factories import accounts, opens, patents
from tests.journeys.test_journey_main import sign_in
from trading.models import Agreement, OpenDeclaration

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def seen(page):
    """Nothing that axe objects to, nothing that scrolls sideways."""
    assert findings(page) == [] and sideways(page) == []


def send(page):
    page.locator("main form[method=post] button[type=submit]").last.click()


@pytest.mark.parametrize(("language", "locale", "width"), [("zh-hans", "zh-CN", 1360), ("en", "en-GB", 390)])
def test_from_the_declaration_to_the_withdrawal(browse, language, locale, width):
    shen = accounts.member("shen@example.org", name="沈工", province="420000", verified=True)
    bai = accounts.member("bai@example.org", name="白经理", province="430000", verified=True)
    guo = accounts.officer("guo@example.org", name="郭审核员", province="420000")
    listing = opens.market(shen, title_en="Catalyst for ammonia")
    pages = {person.email: browse(width, locale) for person in (shen, bai, guo)}
    for email, page in pages.items():
        prepare(page.context)
        sign_in(page, language, email)
    owner, taker, clerk = pages.values()

    owner.goto(f"/{language}/patents/{listing.number}/")
    owner.locator("main a[href*='/trading/open/declare/']").click()
    owner.check("[name=method][value=royalty]")
    owner.fill("[name=amount_cny]", "50000")
    owner.fill("[name=percent]", "3")
    owner.select_option("[name=base]", "net_sales")
    owner.fill("[name=years]", "5")
    owner.fill("[name=filed_on]", clock.today().isoformat())
    owner.check("[name=truthful]")
    seen(owner)
    send(owner)
    expect(owner.locator("a[href$='/withdraw/']")).to_be_visible()
    declaration = OpenDeclaration.objects.get()
    here = f"/{language}/trading/open/{declaration.pk}/"

    clerk.goto(f"/{language}/trading/open/queue/")
    seen(clerk)
    clerk.locator(f"main a[href='{here}']").click()
    clerk.locator("main a[href$='/announce/']").click()
    clerk.fill("[name=number]", "2026开放0042")
    clerk.fill("[name=announced_on]", clock.today().isoformat())
    upload = patents.document("公告.pdf")
    clerk.set_input_files("[name=proof]", {"name": upload.name, "mimeType": "application/pdf", "buffer": upload.read()})
    seen(clerk)
    send(clerk)
    expect(clerk.locator("main")).to_contain_text("2026开放0042")

    taker.goto(f"/{language}/trading/open/")
    seen(taker)
    taker.locator(f"main a[href='{here}']").click()
    seen(taker)
    taker.locator("main a[href$='/take/']").click()
    if "/reauthenticate/" in taker.url:
        taker.fill("[name=password]", accounts.PASSWORD)
        send(taker)
    seen(taker)
    taker.check("[name=agreed]")
    send(taker)
    agreement = Agreement.objects.get()
    expect(taker.locator("main")).to_contain_text(agreement.number)
    assert (agreement.buyer, agreement.state, Grant.objects.get().form) == (bai, "signed", "open")
    seen(taker)
    taker.goto(f"/{language}/trading/agreements/{agreement.pk}/")
    seen(taker)

    owner.goto(f"{here}withdraw/")
    owner.check("[name=filed]")
    seen(owner)
    send(owner)
    expect(owner.locator("a[href$='/withdraw/']")).to_have_count(0)
    taker.goto(here)
    assert taker.locator("main a[href$='/take/']").count() == 0
    assert Grant.objects.get().state == "active"
