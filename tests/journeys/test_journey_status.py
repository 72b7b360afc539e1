"""A patent falls and comes back in a browser: an annuity was not paid, the listing goes out of sight, the owner is told why; then
the right is restored, and everything follows back by itself."""

from datetime import timedelta

import pytest
from django.core import mail
from playwright.sync_api import expect

from patents.annuities import year_of, year_start
from patents.deadlines import restoration_until
from patents.models import Listing, ListingPatent, SearchRow
from platform_site import clock
from platform_site.audit.models import AuditEntry
from platform_site.regions.queries import overrides
from tests.browsers import sideways
from tests.factories import accounts, patents
from tests.journeys.test_journey_main import deliver, sign_in, submit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLE = "低温氨分解催化剂"


def enter(page, listing, kind, **fields):
    """Open the form from the listing's own page, as an officer does, and write an event of the gazette into it."""
    page.goto(f"/zh-hans/patents/{listing.number}/")
    page.locator("main a[href$='/status/']").click()
    page.select_option("[name=kind]", kind)
    for name, value in {"status_as_of": clock.today(), "status_source": "登记簿副本", **fields}.items():
        page.fill(f"[name={name}]", str(value))
    submit(page, "status_as_of")


def found(page):
    page.goto(f"/zh-hans/patents/?q={TITLE}")
    return page.locator("main article h3").count()


def newest_notice(page, language):
    """What stands first in the inbox: subject with its link, and text."""
    page.goto(f"/{language}/desk/inbox/")
    assert not sideways(page)
    return page.locator("main ul.tasks li").first


def standing(listing):
    """State, by whom suspended, whether search knows it, status of the patent."""
    row = Listing.objects.get(pk=listing.pk)
    patent = patents.patent_of(listing)
    return row.state, row.suspended_by, SearchRow.objects.filter(listing=listing).exists(), patent.legal_status


def test_unpaid_then_restored(browse):
    today = clock.today()
    shen = accounts.member("shen@example.org", name="沈工", province="420000", verified=True)
    officer = accounts.officer("guo@example.org", name="郭审核员", province="420000")
    filed = patents.facts()["filing_date"]
    paid_to = year_start(filed, year_of(filed, today) - 1)  # a year that is over
    listing = patents.published(shen, title=TITLE, annuity_paid_to=paid_to)
    number = patents.patent_of(listing).shown_number
    visitor, clerk, owner = browse(1360), browse(1360), browse(1360)
    sign_in(clerk, "zh-hans", officer.email)
    sign_in(owner, "zh-hans", shen.email)
    deliver()
    assert found(visitor) == 1 and standing(listing) == ("published", "", True, "in_force")

    # The annuity was not paid.
    mail.outbox.clear()
    days = {"happened_on": today - timedelta(days=20), "noticed_on": today - timedelta(days=10)}
    enter(clerk, listing, "terminated", **days)
    expect(clerk).to_have_url(f"{clerk.url.split('/zh-hans/')[0]}/zh-hans/patents/{listing.number}/")
    expect(clerk.locator("main")).to_contain_text("因专利权终止暂停展示")
    assert not sideways(clerk)
    assert standing(listing) == ("suspended", "status", False, "terminated")
    assert ListingPatent.objects.get(listing=listing).is_open  # nobody else can take the patent meanwhile
    event = patents.patent_of(listing).status_events.get(kind="terminated")
    assert (event.happened_on, event.noticed_on, event.recorded_by) == (*days.values(), officer)
    assert found(visitor) == 0
    expect(visitor.locator("main")).to_contain_text("没有符合全部条件的技术")
    assert visitor.goto(f"/zh-hans/patents/{listing.number}/").status == 404

    deliver()
    notice = newest_notice(owner, "zh-hans")
    expect(notice).to_contain_text(f"{number} 已终止，{listing.number} 暂停展示")
    expect(notice).to_contain_text("因未缴年费终止")
    until = restoration_until(event, overrides()).isoformat()
    assert shen.notices.get(kind="patent_terminated").data["until"] == until > today.isoformat()
    expect(notice).to_contain_text(until)
    assert [letter.to for letter in mail.outbox if "暂停展示" in letter.subject] == [[shen.email]]
    notice.locator("a").click()
    expect(owner.locator("main")).to_contain_text("等待：您向国家知识产权局恢复权利")
    phone = browse(390, "en-GB")
    sign_in(phone, "en", shen.email)
    notice = newest_notice(phone, "en")
    expect(notice).to_contain_text(f"{listing.number} is suspended")
    expect(notice).to_contain_text("because the annuity was not paid")
    expect(notice).to_contain_text(until)

    # Restored: not while the annuity is still said to be unpaid, and what was typed stays.
    mail.outbox.clear()
    enter(clerk, listing, "restored", happened_on=today)
    expect(clerk.locator(".err-sum")).to_contain_text(f"年费只缴到 {paid_to}")
    expect(clerk.locator("[name=kind]")).to_have_value("restored")
    expect(clerk.locator("[name=happened_on]")).to_have_value(today.isoformat())
    assert standing(listing) == ("suspended", "status", False, "terminated")
    clerk.fill("[name=annuity_paid_to]", year_start(filed, year_of(filed, today) + 1).isoformat())
    submit(clerk, "annuity_paid_to")
    expect(clerk.locator("main")).not_to_contain_text("因专利权终止")
    assert standing(listing) == ("published", "", True, "in_force")
    assert found(visitor) == 1
    assert visitor.goto(f"/zh-hans/patents/{listing.number}/").status == 200
    expect(visitor.locator("h1")).to_contain_text(TITLE)

    deliver()
    notice = newest_notice(owner, "zh-hans")
    expect(notice).to_contain_text(f"{number} 已恢复，{listing.number} 重新展示")
    assert [letter.to for letter in mail.outbox if "重新展示" in letter.subject] == [[shen.email]]
    assert [one.kind for one in shen.notices.order_by("id")][-2:] == ["patent_terminated", "patent_restored"]
    expect(newest_notice(phone, "en")).to_contain_text(f"{listing.number} is shown again")
    became = [one.data["became"] for one in AuditEntry.objects.filter(verb="patents.status_record").order_by("id")]
    assert became == ["suspended", "resumed"]
