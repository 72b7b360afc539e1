"""Numbers, money and days in both languages."""

import datetime
from decimal import Decimal

import pytest
from django.utils import translation

from platform_site.ui import formats

THIN = "\u2009"


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (None, "面议"),
        ("", "面议"),
        (Decimal("0"), "0 元"),
        (Decimal("8000.00"), "8000 元"),
        (Decimal("8000.50"), "8000.50 元"),
        (Decimal("120000.00"), "12 万元"),
        (Decimal("123456.00"), "12.3456 万元"),
        (Decimal("123456.78"), f"123{THIN}456.78 元"),
        (Decimal("123456789.00"), f"12{THIN}345.6789 万元"),
        (Decimal("1840000000"), "18.4 亿元"),
        (Decimal("-120000"), "-12 万元"),
    ],
)
def test_cny_in_chinese_is_exact(amount: Decimal | None, written: str) -> None:
    with translation.override("zh-hans"):
        assert formats.cny(amount) == written


@pytest.mark.parametrize(
    ("amount", "written"),
    [(Decimal("120000.00"), "CNY 120,000"), (Decimal("8000.5"), "CNY 8,000.50"), (Decimal("999"), "CNY 999")],
)
def test_cny_in_english(amount: Decimal, written: str) -> None:
    with translation.override("en"):
        assert formats.cny(amount) == written


@pytest.mark.parametrize("nonsense", ["x", "NaN", "Infinity"])
def test_cny_of_what_is_no_number(nonsense: str) -> None:
    with translation.override("zh-hans"):
        assert formats.cny(nonsense) == "面议"


def test_grouped() -> None:
    with translation.override("zh-hans"):
        assert [formats.grouped(n) for n in (7637, 12637, 1234567, None, "—")] == [
            "7637",
            f"12{THIN}637",
            f"1{THIN}234{THIN}567",
            "",
            "—",
        ]
    with translation.override("en"):
        assert [formats.grouped(n) for n in (7637, -1234567, Decimal("1234.5"))] == ["7,637", "-1,234,567", "1,234.5"]


def test_days() -> None:
    late = datetime.datetime(2026, 11, 23, 17, 30, tzinfo=datetime.UTC)
    assert formats.date_iso(late) == "2026-11-24"
    assert formats.minute_iso(late) == "2026-11-24 01:30"
    assert formats.date_iso(None) == ""
    with translation.override("zh-hans"):
        assert formats.date_official(datetime.date(2026, 11, 4)) == "2026年11月4日"
    with translation.override("en"):
        assert formats.date_official(datetime.date(2026, 11, 4)) == "4 November 2026"
        assert formats.date_official("soon") == ""


@pytest.mark.parametrize(
    ("share", "written"), [(0.256, "25.6%"), (1, "100%"), (0, "0%"), (Decimal("0.3333"), "33.3%"), (None, "—")]
)
def test_percent(share: object, written: str) -> None:
    assert formats.percent(share) == written


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "零"), (1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (21, "二十一"), (101, "一百零一"), (110, "一百一十"),
        (2007, "二千零七"), (2020, "二千零二十"), (9999, "九千九百九十九"), (10000, "10000"), ("x", "x"), (None, ""),
    ],
)  # fmt: skip
def test_han_numerals(number: object, written: str) -> None:
    with translation.override("zh-hans"):
        assert formats.han_num(number) == written


def test_han_numerals_are_digits_in_english() -> None:
    with translation.override("en"):
        assert formats.han_num(20) == "20"


def test_words_of_the_clock() -> None:
    with translation.override("zh-hans"):
        assert [formats.working_days_left(n) for n in (3, 0, -2, None)] == [
            "剩 3 个工作日",
            "今日到期",
            "已超期 2 个工作日",
            "计时暂停",
        ]
