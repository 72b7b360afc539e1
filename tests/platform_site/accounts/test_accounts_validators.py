"""Numbers of people and organisations: what is taken, and which sentence says what is wrong."""

import pytest
from django.core.exceptions import ValidationError
from stdnum.cn import ric, uscc

from platform_site.accounts.validators import (
    clean_credit_code,
    clean_passport_number,
    clean_phone,
    clean_resident_number,
)

RESIDENT = "42010219900307123"
RESIDENT += ric.calc_check_digit(RESIDENT + "0")
CODE = "91420100MA4KX1AB2"
CODE += uscc.calc_check_digit(CODE)


def full_width(text):
    return "".join(chr(ord(character) + 0xFEE0) for character in text)


def sentence(check, text):
    with pytest.raises(ValidationError) as refusal:
        check(text)
    return refusal.value.messages[0]


def other_than(character):
    return next(one for one in "0123456789" if one != character)


def test_a_credit_code_is_taken_in_every_spelling():
    for spelling in (CODE, CODE.lower(), full_width(CODE), f" {CODE[:8]} {CODE[8:]} ", f"{CODE[:8]}-{CODE[8:]}"):
        assert clean_credit_code(spelling) == CODE


def test_a_wrong_credit_code_names_the_expected_character():
    words = sentence(clean_credit_code, CODE[:-1] + other_than(CODE[-1]))
    assert f"应为 {CODE[-1]}" in words


@pytest.mark.parametrize("text", ["", "123", "I" * 18, "9142010", "中" * 18, "9" * 400, "①" * 18])
def test_a_credit_code_that_is_none_gets_a_sentence(text):
    assert "统一社会信用代码" in sentence(clean_credit_code, text)


def test_a_resident_number_is_taken_in_every_spelling():
    for spelling in (
        RESIDENT,
        full_width(RESIDENT),
        f"{RESIDENT[:6]} {RESIDENT[6:14]} {RESIDENT[14:]}",
        RESIDENT.lower(),
    ):
        assert clean_resident_number(spelling) == RESIDENT


def test_a_wrong_resident_number_names_the_digit_and_never_repeats_the_number():
    words = sentence(clean_resident_number, RESIDENT[:-1] + other_than(RESIDENT[-1]))
    assert f"应为 {RESIDENT[-1]}" in words
    assert RESIDENT[:-1] not in words


def test_a_birthday_that_never_was_gets_a_sentence_of_its_own():
    number = "42010219900230123"
    assert "出生日期" in sentence(clean_resident_number, number + ric.calc_check_digit(number + "0"))


@pytest.mark.parametrize("text", ["", "abc", "1" * 17, "X" * 18, "²" * 18, "1" * 5000])
def test_a_resident_number_that_is_none_gets_a_sentence(text):
    assert "18" in sentence(clean_resident_number, text) or "17" in sentence(clean_resident_number, text)


def test_passports_are_checked_loosely():
    assert clean_passport_number(" e-1234 5678 ") == "E12345678"
    assert "5 至 20 位" in sentence(clean_passport_number, "E1")
    assert "5 至 20 位" in sentence(clean_passport_number, "护照12345")


def test_telephone_numbers():
    assert clean_phone("") == ""
    assert clean_phone(full_width("027") + "-8765 4321") == "027-8765 4321"
    assert clean_phone("+86 (27) 8765-4321") == "+86 (27) 8765-4321"
    for bad in ("call me", "12", "0" * 60, "０２７；８７６５"):
        assert "电话号码" in sentence(clean_phone, bad)
