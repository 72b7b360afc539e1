"""Two who have never met, from a need to a recorded contract and its first fruits, each in a browser of their own.

Need, match, proposal, room, undertaking, confidential file, three versions of an offer, acceptance, signatures, filing,
pre-examination, recordal, first payment, conversion report; and the refusal that a second buyer reads.
"""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from playwright.sync_api import expect

from patents.models import Grant
from platform_site import clock
from tests.browsers import findings, prepare, sideways
from tests.factories import accounts, agreements, needs, patents
from tests.journeys.test_journey_main import deliver, sign_in
from trading.models import Agreement, FileOpening, NeedProposal, Negotiation, Offer, PaymentMilestone, TechnologyNeed
from trading.need_checklist import POINTS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NUMBER = "X2026980000777"


def seen(page):
    """Nothing that axe objects to, nothing that scrolls sideways."""
    assert findings(page) == [] and sideways(page) == []


def send(page):
    """Press the last form of the page, and have the worker do what follows."""
    page.locator("main form[method=post] button[type=submit]").last.click()
    page.wait_for_load_state()
    deliver()


def press(page, suffix):
    """Press the one button of the form that goes to an address with this ending."""
    page.locator(f"main form[action$='{suffix}'] button[type=submit]").first.click()
    page.wait_for_load_state()
    deliver()


def fill(page, data):
    """Type what a browser would send: boxes, choices, ticks."""
    for name, value in data.items():
        boxes = page.locator(f"main [name='{name}']")
        kind = boxes.first.get_attribute("type") or boxes.first.evaluate("box => box.tagName.toLowerCase()")
        if kind in ("checkbox", "radio"):
            for one in value if isinstance(value, list) else [value]:
                boxes.first.check() if one == "on" else page.check(f"main [name='{name}'][value='{one}']")
        elif kind == "select":
            boxes.first.select_option(str(value))
        elif kind != "hidden":
            boxes.first.fill(str(value))


def upload(page, name, document):
    file = {"name": document.name, "mimeType": document.content_type, "buffer": document.read()}
    page.set_input_files(f"main [name={name}]", file)


def confirm(page):
    """Weighty acts ask for the password once more."""
    if "/reauthenticate/" in page.url:
        page.fill("[name=password]", accounts.PASSWORD)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_load_state()


class Trade:
    """The people of the story with their windows, and the steps they take."""

    def __init__(self, browse, language, locale, width):
        self.language = language
        self.shen = accounts.member(
            "shen@example.org", name="沈工", province="420000", verified=True, language=language
        )
        self.bai = accounts.member(
            "bai@example.org", name="白经理", province="430000", verified=True, language=language
        )
        people = {
            "owner": self.shen,
            "buyer": self.bai,
            "clerk": accounts.officer("guo@example.org", name="郭审核员", province="420000"),
            "hunan": accounts.officer("he@example.org", name="何审核员", province="430000"),
            "second": accounts.member("lin@example.org", name="林经理", province="360000", verified=True),
        }
        self.listing = agreements.market(self.shen, title_en="Catalyst for ammonia")
        for name, person in people.items():
            page = browse(width, locale)
            prepare(page.context)
            sign_in(page, language, person.email)
            setattr(self, name, page)

    def at(self, path):
        return f"/{self.language}/{path}"

    def need_is_published(self):
        self.buyer.goto(self.at("trading/needs/new/"))
        fill(self.buyer, needs.form_data())
        self.buyer.locator("main form:has([name='title_zh']) button[type=submit]").last.click()
        self.buyer.wait_for_load_state()
        need = TechnologyNeed.objects.get()
        self.buyer.check("[name=province][value='430000']")
        self.buyer.check("[name=declared]")
        press(self.buyer, "/submit/")
        self.hunan.goto(self.at(f"trading/needs/review/{need.reviews.get().pk}/"))
        press(self.hunan, "/take/")
        for point in POINTS:
            self.hunan.check(f"[name=checked][value={point}]")
        self.hunan.locator("button[formaction$='/approve/'], form[action$='/approve/'] button").first.click()
        self.hunan.wait_for_load_state()
        need.refresh_from_db()
        assert need.state == "published"
        return need

    def proposal_opens_a_room(self, need):
        self.owner.goto(self.at("trading/needs/for-listings/"))
        expect(self.owner.locator("main")).to_contain_text(need.number)
        seen(self.owner)
        self.owner.goto(self.at(f"trading/needs/{need.number}/propose/"))
        self.owner.check(f"[name=listing][value='{self.listing.pk}']")
        self.owner.fill("[name=text]", "这项技术在四百二十摄氏度即可达到所求的转化率。")
        send(self.owner)
        proposal = NeedProposal.objects.get()
        self.buyer.goto(self.at(f"trading/needs/proposals/{proposal.pk}/accept/"))
        self.buyer.fill("[name=body]", "能否先看一下连续运行的试验报告？")
        send(self.buyer)
        return Negotiation.objects.get()

    def confidential_file_is_read(self, room):
        here = self.at(f"trading/negotiations/{room.pk}/")
        self.owner.goto(here)
        self.owner.fill("[name=body]", "附上试验报告，请按保密资料使用。")
        upload(self.owner, "uploads", patents.picture("试验报告.png"))
        self.owner.check("[name=confidential]")
        press(self.owner, "/send/")
        self.buyer.goto(here)
        self.buyer.get_by_role("link", name="试验报告.png").first.click()
        expect(self.buyer).to_have_url(re.compile("/undertaking/"))
        seen(self.buyer)
        self.buyer.check("[name=accepted]")
        send(self.buyer)
        assert self.buyer.request.get(self.file_address(room)).ok
        assert FileOpening.objects.get().user == self.bai
        self.owner.goto(f"{here}log/")
        expect(self.owner.locator("main")).to_contain_text("白经理")

    def file_address(self, room):
        return self.at(f"trading/negotiations/{room.pk}/files/{room.messages.order_by('pk').last().files.get().pk}/")

    def offer(self, page, room, **terms):
        page.goto(self.at(f"trading/negotiations/{room.pk}/offers/make/"))
        today = clock.today()
        plain = {
            "form": "exclusive", "start": today.isoformat(), "end": (today + timedelta(days=1500)).isoformat(),
            "consideration": "lump_sum", "amount_cny": "360000",
        }  # fmt: skip
        fill(page, {**plain, **terms})
        if not page.locator("[name=provinces][value='430000']").is_checked():
            page.check("[name=provinces][value='430000']")
        seen(page)
        send(page)
        return Offer.objects.filter(negotiation=room).latest("number")

    def bargain(self, room):
        """Three versions; each side reads what the other has changed."""
        self.offer(self.buyer, room)
        self.owner.goto(self.at(f"trading/negotiations/{room.pk}/"))
        seen(self.owner)
        second = self.offer(self.owner, room, amount_cny="500000")
        self.buyer.goto(self.at(f"trading/offers/{second.pk}/"))
        expect(self.buyer.locator("main ins").first).to_contain_text("50")
        seen(self.buyer)
        self.buyer.goto(self.at(f"trading/offers/{second.pk}/scenario/"))
        seen(self.buyer)
        return self.offer(self.buyer, room, amount_cny="420000", other="双方每年核对一次账目。")

    def accept_and_sign(self, offer):
        self.owner.goto(self.at(f"trading/offers/{offer.pk}/accept/"))
        confirm(self.owner)
        expect(self.owner.locator("main")).to_contain_text(offer.digest)
        seen(self.owner)
        self.owner.check("[name=agreed]")
        send(self.owner)
        agreement = Agreement.objects.get()
        assert (agreement.state, Grant.objects.get().state) == ("drafted", "reserved")
        for page in (self.owner, self.buyer):
            page.goto(self.at(f"trading/agreements/{agreement.pk}/sign/"))
            confirm(page)
            seen(page)
            page.check("[name=agreed]")
            send(page)
        agreement.refresh_from_db()
        assert (agreement.state, Grant.objects.get().state) == ("signed", "active")
        self.owner.goto(self.at(f"trading/agreements/{agreement.pk}/"))
        seen(self.owner)
        paper = self.owner.request.get(self.at(f"trading/agreements/{agreement.pk}/paper/"))
        assert paper.ok and paper.body().startswith(b"%PDF")
        return agreement

    def a_second_buyer_is_refused(self):
        """What is sold for Hunan is not to be had there: the refusal names the licence and the article."""
        self.second.goto(self.at(f"trading/enquiries/new/{self.listing.number}/"))
        self.second.fill("[name=body]", "请问湖南还能不能取得普通许可？")
        self.second.check("[name=forms][value=ordinary]")
        send(self.second)
        room = Negotiation.objects.latest("pk")
        page = self.second
        page.goto(self.at(f"trading/negotiations/{room.pk}/offers/make/"))
        fill(
            page,
            {
                "form": "ordinary",
                "amount_cny": "100000",
                "consideration": "lump_sum",
                "start": clock.today().isoformat(),
            },
        )
        page.check("[name=provinces][value='430000']")
        send(page)
        expect(page.locator(".err-sum")).to_contain_text(re.compile("第二十五条|art(icle|\\.) ?25", re.IGNORECASE))
        assert not Offer.objects.filter(negotiation=room).exists()

    def is_recorded(self, agreement):
        here = self.at(f"trading/agreements/{agreement.pk}/")
        self.buyer.goto(f"{here}file/")
        seen(self.buyer)
        send(self.buyer)
        self.clerk.goto(here)
        seen(self.clerk)
        press(self.clerk, "/examine/")
        self.clerk.goto(f"{here}record/")
        self.clerk.fill("[name=number]", NUMBER)
        self.clerk.fill("[name=recorded_on]", clock.today().isoformat())
        upload(self.clerk, "proof", patents.document("备案证明.pdf"))
        send(self.clerk)
        agreement.refresh_from_db()
        assert (agreement.state, Grant.objects.get().recordal_number) == ("recorded", NUMBER)

    def is_verified_by_anybody(self, browse, agreement):
        visitor = browse(390, "zh-CN")
        visitor.goto(self.at(f"trading/verify/{agreement.code}/"))
        expect(visitor.locator("main")).to_contain_text(NUMBER)
        assert "420000" not in visitor.content() and "42 万" not in visitor.content()
        wrong = agreement.code[:-1] + ("0" if agreement.code[-1] != "0" else "1")
        visitor.goto(self.at(f"trading/verify/{wrong}/"))
        assert NUMBER not in visitor.content()

    def first_payment(self, agreement):
        milestone = PaymentMilestone.objects.get(agreement=agreement)
        self.buyer.goto(self.at(f"trading/agreements/{agreement.pk}/performance/"))
        seen(self.buyer)
        self.buyer.goto(self.at(f"trading/milestones/{milestone.pk}/claim/"))
        fill(self.buyer, {"paid_on": clock.today().isoformat(), "paid_cny": "420000"})
        send(self.buyer)
        self.owner.goto(self.at(f"trading/agreements/{agreement.pk}/performance/"))
        press(self.owner, f"/milestones/{milestone.pk}/confirm/")
        milestone.refresh_from_db()
        assert milestone.state == "confirmed"

    def report(self, browse, agreement, locale, width):
        """In the following January."""
        later = clock.now().astimezone(ZoneInfo("Asia/Shanghai")).replace(month=1, day=15)
        with time_machine.travel(later.replace(year=later.year + 1), tick=True):
            page = browse(width, locale)
            sign_in(page, self.language, self.bai.email)
            page.goto(self.at(f"trading/agreements/{agreement.pk}/conversion/"))
            year = clock.today().year - 1
            fill(page, {
                "year": str(year), "in_production": "yes", "since": f"{year}-12-20", "province": "430000",
                "output_cny": "260万", "jobs": "18", "tax_cny": "12万",
            })  # fmt: skip
            send(page)
        assert agreement.reports.get().jobs == 18


@pytest.mark.parametrize(("language", "locale", "width"), [("zh-hans", "zh-CN", 1360), ("en", "en-GB", 390)])
def test_from_a_need_to_a_conversion_report(browse, language, locale, width):
    trade = Trade(browse, language, locale, width)
    room = trade.proposal_opens_a_room(trade.need_is_published())
    trade.confidential_file_is_read(room)
    agreement = trade.accept_and_sign(trade.bargain(room))
    trade.a_second_buyer_is_refused()
    trade.is_recorded(agreement)
    trade.is_verified_by_anybody(browse, agreement)
    trade.first_payment(agreement)
    trade.report(browse, agreement, locale, width)
