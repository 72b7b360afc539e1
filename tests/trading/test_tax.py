"""The tax meter: thresholds by hand, what is barred and why, and that every figure names its provision. Read next: ../../trading/tax.py."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from platform_site import clock
from platform_site.accounts.models import Organisation
from tests.factories import offers
from tests.factories.terms import assigned, royalty, terms
from trading import tax
from trading.models import Agreement
from trading.tax import Bar, Facts, Vat, bars, income_tax, reckon, vat_on
from trading.tax_words import BARS, card

TODAY = date(2026, 11, 30)


def facts(agreed=None, **more):
    return Facts(**{"terms": agreed or assigned(), "today": TODAY, **more})


# ---- income tax


@pytest.mark.parametrize(
    ("received", "left", "halved", "owed", "saved"),
    [
        ("0", "5000000", "0", "0", "0"),
        ("3000000", "2000000", "0", "0", "750000"),
        ("5000000", "0", "0", "0", "1250000"),
        ("5000000.08", "0", "0.08", "0.01", "1250000.01"),
        ("9000000", "0", "4000000", "500000", "1750000"),
    ],
)
def test_five_million_are_exempt_and_the_excess_is_halved(received, left, halved, owed, saved):
    found = income_tax(Decimal(received))
    assert found.left_cny == Decimal(left)
    assert found.halved_cny == Decimal(halved)
    assert found.tax_cny == Decimal(owed)
    assert found.saved_cny == Decimal(saved)


def test_tax_is_rounded_half_even_to_the_fen():
    assert income_tax(Decimal("5000000.04")).tax_cny == Decimal("0.00"), "0.005"
    assert income_tax(Decimal("5000000.12")).tax_cny == Decimal("0.02"), "0.015"


@pytest.mark.parametrize("form", ["ordinary", "exclusive", "sole"])
def test_a_licence_counts_from_five_years_on(form):
    start = date(2026, 3, 1)
    assert bars(facts(terms(form=form, start=start, end=date(2031, 2, 28)))) == (Bar.SHORT_LICENCE,)
    assert bars(facts(terms(form=form, start=start, end=date(2031, 3, 1)))) == ()
    assert bars(facts(terms(form=form, start=start, end=None))) == ()


def test_an_assignment_counts_whatever_its_dates():
    assert bars(facts(assigned())) == ()


@pytest.mark.parametrize(
    ("more", "bar"),
    [
        ({"is_enterprise": False}, Bar.NO_ENTERPRISE),
        ({"all_granted": False}, Bar.NOT_GRANTED),
        ({"is_related": True}, Bar.RELATED),
        ({"agreed": assigned(consideration="equity", equity_percent="10")}, Bar.SHARES),
    ],
)
def test_what_bars_the_relief(more, bar):
    found = reckon(facts(received_cny=Decimal(6000000), **more))
    assert found.bars == (bar,)
    assert found.income_tax is None, "no figure where the relief does not reach"


# ---- the other taxes


@pytest.mark.parametrize(
    ("day", "vat"),
    [
        (date(2016, 4, 30), Vat.TO_CHECK),
        (date(2016, 5, 1), Vat.EXEMPT),
        (date(2025, 12, 31), Vat.EXEMPT),
        (date(2026, 1, 1), Vat.TO_CHECK),
    ],
)
def test_the_exemption_from_value_added_tax_has_dates(day, vat):
    assert vat_on(day) == vat
    assert reckon(facts(today=day)).vat == vat


def test_stamp_tax_is_three_in_ten_thousand_of_the_amount_stated():
    assert reckon(facts(assigned(amount_cny="1000000"))).stamp_cny == 300
    assert reckon(facts(terms(amount_cny="12350"))).stamp_cny == Decimal("3.70"), "3.705 to the even fen"
    assert reckon(facts(royalty(amount_cny="200000"))).stamp_cny == 60, "the entry fee; royalties when they are settled"
    assert reckon(facts(royalty(amount_cny="0"))).stamp_cny is None
    assert reckon(facts(assigned(consideration="equity", equity_percent="10"))).stamp_cny is None
    assert reckon(facts(signed_on=date(2022, 6, 30))).stamp_cny is None, "before the law"


def test_inventors_of_a_public_body_are_owed_half():
    found = reckon(facts(assigned(amount_cny="800000"), is_public_body=True))
    assert found.inventors_cny == 400000
    assert reckon(facts(assigned(amount_cny="800000"))).inventors_cny is None
    shares = reckon(facts(assigned(consideration="equity", equity_percent="12.5"), is_public_body=True))
    assert shares.inventors_cny is None
    assert shares.inventors_shares_percent == Decimal("6.25")


# ---- words


def page(found):
    return render_to_string("trading/_agreement_tax.html", {"tax": card(found)})


def test_every_row_names_its_source_and_the_card_says_that_it_is_an_estimate():
    found = reckon(facts(assigned(amount_cny="800000"), received_cny=Decimal(9000000), is_public_body=True))
    rows = card(found)["rows"]
    assert len(rows) == 7
    for term, value, small in rows:
        assert value
        assert "来源" in small or term in ("超过部分", "约可少缴")
    words = page(found)
    assert "只是估算" in words
    assert "400 万元 减半征收，约 50 万元" in words and "175 万元" in words
    assert "技术转让合同" in words and "每方约 240 元" in words and "最多 40 万元" in words
    assert "100.0%" in words and "2026 年企业所得税 500 万元免税额" in words


def test_a_licence_is_registered_as_one_and_a_bar_is_said():
    words = page(reckon(facts(terms(end=date(2027, 1, 1)))))
    assert "技术许可合同" in words and "许可不满五年，收入不计入。" in words
    assert "已用" not in words and "约可少缴" not in words


def test_how_far_the_exempt_amount_is_used():
    assert card(reckon(facts(received_cny=Decimal(1250000))))["used"] == 25.0
    assert card(reckon(facts(is_enterprise=False)))["used"] is None


def test_after_the_notice_the_card_asks_to_check():
    assert "请向税务机关核实" in page(reckon(facts(today=date(2026, 6, 1))))
    assert "技术转让收入免征" in page(reckon(facts(today=date(2025, 6, 1))))


def test_shares_and_royalties_in_words():
    words = page(reckon(facts(assigned(consideration="equity", equity_percent="12"), is_public_body=True)))
    assert "不低于公司股份的 6%" in words and "技术入股另有规定" in words
    assert "实际结算时计算" in words
    assert set(BARS) == set(Bar)


# ---- from an agreement


@pytest.mark.django_db
def test_the_meter_reads_the_agreement(shen, bai, django_assert_num_queries):
    agreement = offers.signed(shen, bai)
    firm = Organisation.objects.create(
        credit_code="12100000400010275N", name_zh="某大学", kind="university", created_at=clock.now()
    )
    listing = agreement.listing
    listing.organisation = firm
    listing.save(update_fields=["organisation"])
    rows = Agreement.objects.select_related("listing__organisation", "offer")
    agreement = rows.prefetch_related("offer__offer_patents__patent").get(pk=agreement.pk)
    with django_assert_num_queries(0):
        found = tax.meter(agreement, Decimal(1000000))
    assert found.bars == (Bar.SHORT_LICENCE,), "three years"
    assert found.inventors_cny == 180000
    assert (found.is_assignment, found.year) == (False, clock.today().year)
    assert tax.meter(agreement, Decimal(0), is_related=True).bars == (Bar.SHORT_LICENCE, Bar.RELATED)


@pytest.mark.django_db
def test_a_person_pays_no_enterprise_income_tax_and_the_day_is_that_of_china(shen, bai):
    agreement = offers.drafted(shen, bai)
    assert Bar.NO_ENTERPRISE in tax.meter(agreement, Decimal(0)).bars
    agreement.signed_at = datetime(2022, 6, 30, 17, tzinfo=UTC)  # 1 July in China
    assert tax.meter(agreement, Decimal(0)).stamp_cny == 108
