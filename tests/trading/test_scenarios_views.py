"""The page of the scenario calculator: who reads it, what it says, what its form refuses. Read next: test_scenarios.py."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from platform_site import clock
from platform_site.audit.models import AuditEntry
from tests import shared
from tests.factories import offers, trading
from trading.forms.scenarios import ScenarioForm
from trading.models import Offer
from trading.terms import Instalment

pytestmark = pytest.mark.django_db
shen, bai, guo, he, mo, ad = shared.once("shen", "bai", "guo", "he", "mo", "ad")
ROYALTY = {
    "consideration": "royalty",
    "amount_cny": Decimal("200000.00"),
    "royalty_percent": Decimal("5"),
    "royalty_base": "net_sales",
}


@pytest.fixture(scope="module")
def room(shen, bai):
    return trading.room(shen, bai)


@pytest.fixture(scope="module", autouse=True)
def _before_the_first_test(shen, bai, guo, he, mo, ad, room):
    """All of it is there for every test."""


@pytest.fixture
def royalty(room, bai):
    return offers.made(room, bai, **ROYALTY, minimum_cny=Decimal(60000), cap_cny=Decimal(130000))


def read(person, offer, **query):
    client = Client()
    client.force_login(person)
    return client.get(f"/zh-hans/trading/offers/{offer.pk}/scenario/", query)


def text(response):
    return response.content.decode()


def test_both_sides_read_it_and_nobody_else(royalty, shen, bai, mo, guo, he, ad):
    for person in (shen, bai):
        assert read(person, royalty).status_code == 200
    ad.is_superuser = True
    ad.save(update_fields=["is_superuser"])
    for person in (mo, guo, he, ad):
        assert read(person, royalty, sales="500万").status_code == 404
    assert Client().get(f"/zh-hans/trading/offers/{royalty.pk}/scenario/").status_code == 302
    client = Client()
    client.force_login(bai)
    assert client.post(f"/zh-hans/trading/offers/{royalty.pk}/scenario/", {"sales": "1"}).status_code == 405


def test_before_anything_is_typed_the_page_asks_for_figures(royalty, bai):
    page = text(read(bai, royalty))
    assert "还没有填写数" in page and "各年销售额或产值（元）" in page
    assert "各版合计" not in page
    assert "各年利润" not in page, "no version is reckoned on profit"
    assert "逐年对比的版本" not in page, "there is one version"


def test_a_royalty_by_years_with_minimum_and_cap(royalty, bai):
    page = text(read(bai, royalty, sales="100万 300万 500万 1", discount="10"))
    assert "按每年最低提成（按比例为 5 万元）" in page
    assert "累计封顶，只付余额（按比例为 15 万元）" in page
    assert "已累计封顶，不再付提成和最低提成" in page
    assert "33 万元" in page, "200,000 and 130,000"
    assert "现值" in page and "312\u2009396.69 元" in page
    assert "第 4 年" in page and "第 5 年" not in page


def test_years_beyond_the_licence_are_said(room, bai):
    offer = offers.made(room, bai, **ROYALTY, end=clock.today() + timedelta(days=400))
    page = text(read(bai, offer, sales="100万 100万 100万"))
    assert "许可期限已届满，没有提成" in page
    assert "30 万元" in page


def test_years_beyond_the_patent_are_said(room, bai):
    offer = offers.made(room, bai, **ROYALTY, end=None)
    patent = room.listing.listing_patents.get().patent
    patent.filing_date = date(clock.today().year - 19, clock.today().month, 1)
    patent.publication_date = patent.grant_date = None
    patent.save(update_fields=["filing_date", "publication_date", "grant_date"])
    page = text(read(bai, offer, sales="100万 100万 100万"))
    assert "专利权已届满，没有提成" in page


def test_amounts_agreed_need_no_figures(room, shen, bai):
    parts = (Instalment(Decimal("100000.00"), 0), Instalment(Decimal("260000.00"), 14))
    offer = offers.made(room, bai, consideration="instalments", instalments=parts)
    page = text(read(shen, offer))
    assert "第 1 版逐年" in page and "签约时" in page and "26 万元" in page
    assert "还没有填写数" not in page and "各年销售额" not in page


def test_two_versions_side_by_side_and_all_by_totals(room, royalty, shen, bai):
    second = offers.made(room, shen, answers=royalty.pk, amount_cny=Decimal("400000.00"))
    third = offers.made(room, bai, answers=second.pk, **{**ROYALTY, "royalty_percent": Decimal("4")})
    page = text(read(shen, third, sales="100万", against="2"))
    assert "每年两条：上面是第 3 版，下面是第 2 版。" in page
    assert "第 3 版逐年" in page and "第 2 版逐年" in page and "第 1 版逐年" not in page
    assert "26 万元" in page and "24 万元" in page and "40 万元" in page, "the totals of all three"
    assert page.count("<rect") == 4
    alone = text(read(shen, third, sales="100万"))
    assert "第 2 版逐年" not in alone and "40 万元" in alone


def test_shares_have_a_value_and_no_payment(room, bai):
    offer = offers.made(
        room, bai, consideration="equity", amount_cny=Decimal("3000000.00"), equity_percent=Decimal(12),
        equity_company="某公司",
    )  # fmt: skip
    page = text(read(bai, offer))
    assert "作价入股：没有现金付款，股权作价 300 万元。" in page


def test_a_royalty_on_profit_asks_for_profit(room, bai):
    offer = offers.made(room, bai, **{**ROYALTY, "royalty_base": "profit", "royalty_percent": Decimal(20)})
    page = text(read(bai, offer, sales="100万"))
    assert "还没有填写利润或利润率" in page
    page = text(read(bai, offer, sales="100万", margin="30"))
    assert "还没有填写利润或利润率" not in page and "6 万元" in page
    page = text(read(bai, offer, profits="-40万 50万"))
    assert "亏损，没有提成" in page and "10 万元" in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"sales": ""}, "有版本按提成付费，请填写各年的数。"),
        ({"sales": "很多"}, "第 1 年的“很多”：请填写数字"),
        ({"sales": "1 -5"}, "第 2 年的“-5”"),
        ({"sales": "1 " * 21}, "最多填写 20 年。"),
        ({"sales": "1", "discount": "101"}, "小于或等于"),
        ({"sales": "1", "discount": "abc"}, "请填写数字"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_field(royalty, bai, query, words):
    page = text(read(bai, royalty, **query))
    assert words in page
    assert "各版合计" not in page
    if query["sales"].strip():
        assert query["sales"].strip() in page, "nothing typed is lost"


def test_another_room_s_version_is_no_choice(room, royalty, shen, bai, mo):
    offers.made(room, shen, answers=royalty.pk)
    page = text(read(bai, royalty, sales="1", against="9"))
    assert "各版合计" not in page and "选择一个有效的选项" in page


@pytest.mark.parametrize(
    ("typed", "figures"),
    [
        ("500万 600万\n7,200,000", ["5000000", "6000000", "7200000"]),
        ("５００万；1.5亿", ["5000000", "150000000"]),
        ("500万,600万", ["5000000", "6000000"]),
        ("1,000, 2,000", ["1000", "2000"]),
        ("1000元、2000元", ["1000", "2000"]),
    ],
)
def test_figures_as_people_write_them(royalty, typed, figures):
    form = ScenarioForm({"sales": typed}, offer=royalty, versions=[royalty])
    assert form.is_valid(), form.errors
    assert [str(int(one)) for one in form.figures().sales] == figures


def test_reading_writes_nothing(royalty, bai):
    before = (AuditEntry.objects.count(), Offer.objects.count())
    with CaptureQueriesContext(
        connection,
    ) as queries:
        read(bai, royalty, sales="123456789")
    assert (AuditEntry.objects.count(), Offer.objects.count()) == before
    assert not any("123456789" in query["sql"] for query in queries)


def test_one_and_three_versions_cost_the_same_queries(room, shen, bai):
    client = Client()
    client.force_login(bai)
    first = offers.made(room, bai, **ROYALTY)
    address = f"/zh-hans/trading/offers/{first.pk}/scenario/"
    client.get(address)  # the first page of a session writes it
    with CaptureQueriesContext(connection) as one:
        assert client.get(address, {"sales": "100万"}).status_code == 200
    second = offers.made(room, shen, answers=first.pk)
    offers.made(room, bai, answers=second.pk, **ROYALTY)
    with CaptureQueriesContext(connection) as three:
        assert client.get(address, {"sales": "100万", "against": "3"}).status_code == 200
    assert len(one) == len(three) <= 15


def test_the_offer_leads_to_its_scenario(royalty, bai):
    client = Client()
    client.force_login(bai)
    assert f"/zh-hans/trading/offers/{royalty.pk}/scenario/" in text(client.get(royalty.get_absolute_url()))
