"""The main job from end to end, in a browser: sign up, verify, list, correct, approve, find, enquire, answer."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from patents.models import Listing, Review
from platform_site import clock
from platform_site.accounts.models import User, Verification
from platform_site.notices import actions as notices
from platform_site.outbox import queue
from tests.factories import accounts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# A real utility model of the gazette; with 9 for its check digit the number is wrong, and 7 is named.
NUMBER = "ZL 2018 2 1728704.0"
WRONG = "2018２ 1728704．9"
CANONICAL = "CN201821728704.0"


def deliver():
    """What the worker does: run the outbox, send the mails."""
    while queue.drain():
        continue
    notices.mail_send()


def submit(page, field):
    """Send the form that has this field."""
    page.locator(f"main form:has([name='{field}']) button[type=submit]").first.click()
    page.wait_for_load_state()


def sign_in(page, language, email, password=accounts.PASSWORD):
    page.goto(f"/{language}/accounts/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    submit(page, "password")
    expect(page).to_have_url(re.compile(r"/desk/"))


def sign_up(page, language, email, name):
    page.goto(f"/{language}/accounts/signup/")
    page.fill("[name=display_name]", name)
    page.fill("[name=email]", email)
    page.fill("[name=password1]", accounts.PASSWORD)
    page.fill("[name=password2]", accounts.PASSWORD)
    submit(page, "password2")
    code = re.search(r"^([A-Za-z0-9]{3,8}(?:-[A-Za-z0-9]{3,8})?)\s*$", mail.outbox[-1].body, re.MULTILINE).group(1)
    page.fill("[name=code]", code)
    submit(page, "code")
    expect(page).to_have_url(re.compile(r"/desk/"))


def fill_profile_and_ask_for_verification(page, language):
    page.goto(f"/{language}/accounts/profile/")
    page.select_option("[name=province_code]", "420000")
    submit(page, "province_code")
    page.goto(f"/{language}/accounts/verification/")
    page.fill("[name=real_name]", "沈一新")
    page.fill("[name=identity_number]", "11010519491231002X")
    page.check("[name=consent]")
    submit(page, "consent")


def write_listing(page, language):
    """The six steps; the first with a wrong check digit that the page explains."""
    page.goto(f"/{language}/patents/new/")
    page.locator("main form[method=post] button[type=submit]").first.click()
    page.wait_for_load_state()
    number = re.search(r"CN6-\d{4}-\d{6}", page.url).group(0)
    page.goto(f"/{language}/patents/{number}/edit/patent/")
    page.fill("[name=number]", WRONG)
    fill_patent(page)
    submit(page, "number")
    expect(page.locator("main")).to_contain_text("0")
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    expect(page.locator("[name=title_zh]")).to_have_value("一种环焊缝的热处理装置")  # nothing typed is lost
    page.fill("[name=number]", NUMBER)
    submit(page, "number")
    assert page.locator(".err-sum").count() == 0, page.locator(".err-sum").inner_text()
    page.goto(f"/{language}/patents/{number}/edit/ownership/")
    submit(page, "on_behalf")
    page.goto(f"/{language}/patents/{number}/edit/description/")
    for field, words in {
        "title_zh": "环焊缝热处理装置", "title_en": "Heat treatment device for girth welds", "problem_zh": "焊后温度不均。",
        "solution_zh": "分段感应加热并闭环控制。", "effect_zh": "温差由 60 度降到 12 度。", "uses_zh": "管道安装。",
    }.items():  # fmt: skip
        page.fill(f"[name={field}]", words)
    page.select_option("[name=trl]", "7")
    submit(page, "trl")
    page.goto(f"/{language}/patents/{number}/edit/forms/")
    page.check("[name='ordinary-offered']")
    page.fill("[name='ordinary-price_cny']", "１２０，０００")
    page.select_option("[name='ordinary-price_basis']", "yearly")
    submit(page, "ordinary-offered")
    return number


def fill_patent(page):
    page.fill("[name=title_zh]", "一种环焊缝的热处理装置")
    page.fill("[name=ipc]", "C21D 9/50")
    page.fill("[name=applicants]", "沈工机械有限公司")
    page.select_option("[name=place]", "420100")
    page.fill("[name=filing_date]", "2018-10-24")
    page.fill("[name=publication_number]", "CN209039541U")
    page.fill("[name=publication_date]", "2019-06-28")
    page.fill("[name=grant_date]", "2019-06-28")
    page.select_option("[name=legal_status]", "in_force")
    page.fill("[name=status_as_of]", clock.today().isoformat())


def send_off(page, language, number):
    page.goto(f"/{language}/patents/{number}/answers/")
    page.check("[name=declared]")
    submit(page, "declared")
    expect(page.locator("main")).to_contain_text(number)


def judge(page, language, number, verb, reason=""):
    review = Review.objects.get(version__listing__number=number, decision="")
    page.goto(f"/{language}/patents/review/{review.pk}/")
    page.locator("form[action$='/take/'] button").click()
    page.wait_for_load_state()
    for item in ("ownership", "legal_state", "filing", "documents", "wording"):
        bad = bool(reason) and item == "documents"
        page.locator(f"[name={item}_verdict]").nth(1 if bad else 0).check()
    if reason:
        page.fill("[name=reason]", reason)
    page.locator(f"button[formaction$='/{verb}/'], form[action$='/{verb}/'] button").first.click()
    page.wait_for_load_state()
    deliver()


@pytest.mark.parametrize(("language", "locale", "width"), [("zh-hans", "zh-CN", 1360), ("en", "en-GB", 390)])
def test_main_job(browse, language, locale, width):
    officer = accounts.officer("guo@example.org", name="郭审核员", province="420000")
    accounts.member("bai@example.org", name="白经理", province="430000", verified=True, language=language)
    owner = browse(width, locale)
    sign_up(owner, language, "newshen@example.org", "沈工")
    fill_profile_and_ask_for_verification(owner, language)
    deliver()

    clerk = browse(width, locale)
    sign_in(clerk, language, officer.email)
    asked = Verification.objects.get(user__email="newshen@example.org")
    clerk.goto(f"/{language}/accounts/verifications/{asked.pk}/")
    clerk.locator("form[action$='/approve/'] button").click()
    clerk.wait_for_load_state()
    asked.refresh_from_db()
    assert asked.state == "verified"

    number = write_listing(owner, language)
    assert Listing.objects.get(number=number).listing_patents.get().patent.application_number == CANONICAL
    send_off(owner, language, number)
    deliver()
    judge(clerk, language, number, "request-changes", reason="请补充试验条件。")
    assert Listing.objects.get(number=number).state == "changes_requested"
    send_off(owner, language, number)
    deliver()
    judge(clerk, language, number, "approve")
    assert Listing.objects.get(number=number).state == "published"

    visitor = browse(width, locale)
    for words in ("热处理", "熱處理", "girth welds", "沈工机械"):
        visitor.goto(f"/{language}/patents/")
        visitor.locator("main form[role=search] [name=q]").fill(words)
        visitor.locator("main form[role=search] button[type=submit]").click()
        expect(visitor.locator("main article h3").first).to_contain_text(re.compile("环焊缝|girth", re.IGNORECASE))
    visitor.goto(f"/{language}/patents/?ipc=C21D")
    expect(visitor.locator("main article h3")).to_have_count(1)
    visitor.goto(f"/{language}/search/?q=" + NUMBER.replace(" ", "+"))
    expect(visitor).to_have_url(re.compile(number))
    assert visitor.context.cookies() == []  # a visitor who only reads gets no cookie

    buyer = browse(width, locale)
    sign_in(buyer, language, "bai@example.org")
    buyer.goto(f"/{language}/trading/enquiries/new/{number}/")
    buyer.fill("[name=body]", "我们有两条管道安装线，想了解试用条件。")
    buyer.locator("[name=forms]").first.check()
    submit(buyer, "body")
    expect(buyer).to_have_url(re.compile(r"/trading/negotiations/\d+/"))
    room = re.search(r"/trading/negotiations/\d+/", buyer.url).group(0)
    deliver()
    shen = User.objects.get(email="newshen@example.org")
    assert shen.notices.filter(kind="enquiry_received").count() == 1
    assert [one.to for one in mail.outbox if "newshen@example.org" in one.to and number in one.subject]

    owner.goto(f"/{language}{room}")
    expect(owner.locator("main")).to_contain_text("两条管道安装线")
    owner.fill("[name=body]", "欢迎来厂里看样机。")
    owner.locator("form[action$='/send/'] button[type=submit]").click()
    owner.wait_for_load_state()
    deliver()
    buyer.goto(f"/{language}{room}")
    expect(buyer.locator("main")).to_contain_text("欢迎来厂里看样机")
    clerk.goto(f"/{language}{room}")
    expect(clerk.locator("main")).not_to_contain_text("样机")
    assert clerk.locator("h1").count() == 1


def test_without_javascript(browse):
    """Search and the wizard's first step answer the same with script switched off."""
    accounts.member("shen@example.org", name="沈工", verified=True)
    page = browse(1360, java_script_enabled=False)
    page.goto("/zh-hans/patents/?q=热")
    expect(page.locator("h1")).to_be_visible()
    sign_in(page, "zh-hans", "shen@example.org")
    number = write_listing(page, "zh-hans")
    page.goto(f"/zh-hans/patents/{number}/edit/")
    expect(page.locator("main")).to_contain_text("技术说明")
