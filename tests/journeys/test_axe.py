"""Every page a person can open: no accessibility finding, no sideways scroll, no complaint of the browser."""

import pytest

from patents.actions import reviews
from patents.models import Review
from platform_site.accounts.models import Verification
from platform_site.outbox import queue
from tests import browsers
from tests.factories import accounts, ledger, patents, trading

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Each language is judged at the width where its words are the harder fit, and measured at both.
LOOKS = [("zh-hans", "zh-CN", 1360), ("en", "en-GB", 390)]
WIDTHS = (1360, 390)
STEPS = ("patent", "ownership", "description", "forms", "requirements", "files")


@pytest.fixture
def region():
    """One record of each sort, and who may open its pages."""
    guo = accounts.officer("guo@example.org", name="郭审核员", province="420000")
    shen = accounts.member("shen@example.org", name="沈工", verified=True)
    bai = accounts.member("bai@example.org", name="白经理", province="430000", verified=True)
    mo = accounts.member("mo@example.org", name="莫先生", province="420000")
    accounts.administrator("ad@example.org")
    public, draft = patents.published(shen), patents.draft(shen)
    sent = patents.submitted(shen)
    room = trading.room(shen, bai, listing=public)
    asked = accounts.verify(mo)
    Verification.objects.filter(pk=asked.pk).delete()
    while queue.drain():
        continue
    review = Review.objects.get(version__listing=sent)
    taken = Review.objects.get(version__listing=patents.faultless(shen))
    reviews.review_take(review_id=taken.pk, actor=guo)
    desk = [f"patents/review/{review.pk}/", f"patents/review/{taken.pk}/?taken=1", f"patents/review/approve/{taken.pk}-{review.pk}/", f"patents/review/?released={review.pk}"]  # fmt: skip
    mine = f"patents/{draft.number}"
    ledgered = ledger.licence_and_pledge(public, guo)[0].patent.application_number
    return {
        None: ["", "patents/", "patents/?q=不存在的词", f"patents/{public.number}/", f"patents/rights/{ledgered}/", "help/rights/", "statistics/", "help/", "help/start/", "help/data/", "help/sitemap/", "accounts/login/", "accounts/signup/", "preferences/", "nothing-here/"],
        bai.email: ["desk/", "desk/inbox/", "desk/notices/", "trading/negotiations/", f"trading/negotiations/{room.pk}/", "accounts/profile/", "accounts/organisation/", "accounts/verification/"],
        mo.email: ["desk/", "accounts/verification/", f"trading/enquiries/new/{public.number}/", "patents/new/", "patents/mine/", "accounts/2fa/", "accounts/email/"],
        shen.email: ["patents/mine/", f"patents/{public.number}/", f"{mine}/edit/", *(f"{mine}/edit/{step}/" for step in STEPS), f"{mine}/answers/", f"patents/{sent.number}/receipt/", f"patents/{public.number}/suspend/", f"patents/{public.number}/withdraw/"],
        guo.email: ["desk/", "patents/review/", *desk, "patents/rights/", f"patents/rights/{ledgered}/", f"patents/rights/{ledgered}/grants/new/", "accounts/verifications/", f"trading/negotiations/{room.pk}/"],
        "ad@example.org": ["desk/", "desk/audit/", "desk/mail/"],
    }  # fmt: skip


@pytest.mark.parametrize(("language", "locale", "width"), LOOKS)
def test_every_page_is_accessible(browse, client, live_server, region, language, locale, width):
    wrong = []
    for email, pages in region.items():
        page = browse(width, locale)
        browsers.prepare(page.context)
        if email:
            client.login(email=email, password=accounts.PASSWORD)
            session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
            page.context.add_cookies([session])
        for address in pages:
            page.goto(f"/{language}/{address}")
            wrong += [f"{email} {address}: {rule} {elements[0]}" for rule, elements in browsers.findings(page)]
            wrong += [f"{email} {address}: {one}" for one in _sideways(page, width)]
    assert not wrong, "\n".join(wrong)


def _sideways(page, width):
    """What reaches over the edge at each width; the window is left as it was."""
    found = []
    for other in sorted(WIDTHS, key=lambda one: one == width):
        page.set_viewport_size({"width": other, "height": 900})
        found += [f"scrolls sideways at {other}: {element}" for element in browsers.sideways(page)]
    return found
