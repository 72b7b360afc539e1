"""Amounts in capital numerals, as banks and courts write them."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading.capitals import DIGITS, LIMIT, capitals

WRITTEN = {
    "0": "零元整",
    "0.05": "伍分",
    "0.50": "伍角整",
    "0.55": "伍角伍分",
    "1": "壹元整",
    "10": "壹拾元整",
    "15.00": "壹拾伍元整",
    "100": "壹佰元整",
    "105": "壹佰零伍元整",
    "1005": "壹仟零伍元整",
    "1050": "壹仟零伍拾元整",
    "1409.50": "壹仟肆佰零玖元伍角整",
    "6007.14": "陆仟零柒元壹角肆分",
    "325.04": "叁佰贰拾伍元零肆分",
    "10000": "壹万元整",
    "10001": "壹万零壹元整",
    "10500": "壹万零伍佰元整",
    "16409.02": "壹万陆仟肆佰零玖元零贰分",
    "100500": "壹拾万零伍佰元整",
    "101000": "壹拾万壹仟元整",
    "1230000": "壹佰贰拾叁万元整",
    "10010000": "壹仟零壹万元整",
    "100000000": "壹亿元整",
    "100000001": "壹亿零壹元整",
    "100010000": "壹亿零壹万元整",
    "1000000000": "壹拾亿元整",
    "200300400.06": "贰亿零叁拾万零肆佰元零陆分",
    "999999999999.99": "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
}


@pytest.mark.parametrize(("figures", "words"), WRITTEN.items())
def test_written_as_a_bank_writes_it(figures, words):
    assert capitals(Decimal(figures)) == f"人民币{words}"


@pytest.mark.parametrize("wrong", ["-1", "0.001", "1000000000000", "NaN"])
def test_what_is_no_amount_is_refused(wrong):
    with pytest.raises((ValueError, ArithmeticError)):
        capitals(Decimal(wrong))


_UNITS = {"仟": 1000, "佰": 100, "拾": 10}
_AMOUNTS = st.decimals(min_value=0, max_value=LIMIT - 1, places=2)


def _read(words):
    """The capitals read back, by a reader of its own."""
    body, cents = words.removeprefix("人民币").removesuffix("整"), 0
    for mark, worth in (("分", 1), ("角", 10)):
        found = re.search(f"([{DIGITS}]){mark}", body)
        cents += DIGITS.index(found[1]) * worth if found else 0
    yuan = total = section = digit = 0
    for letter in body.partition("元")[0] if "元" in body else "":
        if letter in DIGITS:
            digit = DIGITS.index(letter)
        elif letter in _UNITS:
            section, digit = section + digit * _UNITS[letter], 0
        else:
            total, section, digit = total + (section + digit) * {"亿": 10**8, "万": 10**4}[letter], 0, 0
    yuan = total + section + digit
    return Decimal(yuan) + Decimal(cents) / 100


@given(_AMOUNTS)
def test_every_amount_reads_back(amount):
    words = capitals(amount)
    assert _read(words) == amount
    assert "零零" not in words
    assert "零元" not in words or amount < 1
