"""Every page a person can open: no accessibility finding, no sideways scroll, no complaint of the browser."""

import pytest

from patents.actions import reviews
from patents.models import Review
from platform_site.accounts.models import Verification
from platform_site.outbox import queue
from tests.factories import accounts, ledger, patents, trading
from tests.journeys.axe import in_both_looks, judge

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STEPS = ("patent", "ownership", "description", "forms", "requirements", "files")


@pytest.fixture
def region(settings, tmp_path):
    """One record of each sort: who opens which addresses, and which of them are not there for whom."""
    settings.EMAIL_BACKEND, settings.MAIL_DIR = "platform_site.notices.backends.FolderBackend", tmp_path  # desk/mail/
    guo = accounts.officer("guo@example.org", name="郭审核员", province="420000")
    shen = accounts.member("shen@example.org", name="沈工", verified=True)
    bai = accounts.member("bai@example.org", name="白经理", province="430000", verified=True)
    mo = accounts.member("mo@example.org", name="莫先生", province="420000")
    ad = accounts.administrator("ad@example.org")
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
    missing = {(None, "nothing-here/"), (guo, f"trading/negotiations/{room.pk}/")}
    pages = {
        None: ["", "patents/", "patents/?q=不存在的词", f"patents/{public.number}/", f"patents/rights/{ledgered}/", "help/rights/", "statistics/", "help/", "help/start/", "help/data/", "help/sitemap/", "accounts/login/", "accounts/signup/", "preferences/", "nothing-here/"],
        bai: ["desk/", "desk/inbox/", "desk/notices/", "trading/negotiations/", f"trading/negotiations/{room.pk}/", "accounts/profile/", "accounts/organisation/", "accounts/verification/"],
        mo: ["desk/", "accounts/verification/", f"trading/enquiries/new/{public.number}/", "patents/new/", "patents/mine/", "accounts/2fa/", "accounts/email/"],
        shen: ["patents/mine/", f"patents/{public.number}/", f"{mine}/edit/", *(f"{mine}/edit/{step}/" for step in STEPS), f"{mine}/answers/", f"patents/{sent.number}/receipt/", f"patents/{public.number}/suspend/", f"patents/{public.number}/withdraw/"],
        guo: ["desk/", "patents/review/", *desk, "patents/rights/", f"patents/rights/{ledgered}/", f"patents/rights/{ledgered}/grants/new/", "accounts/verifications/", f"trading/negotiations/{room.pk}/"],
        ad: ["desk/", "desk/audit/", "desk/mail/"],
    }  # fmt: skip
    return pages, missing


@in_both_looks
def test_every_page_is_accessible(browse, live_server, region, look):
    pages, missing = region
    judge(browse, live_server, pages, look, missing=missing)
