"""The code of a contract: random, readable, and every single slip is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading import codes

BODY = st.integers(min_value=0, max_value=99).map(lambda _: codes.new_code())


def test_a_code_is_thirteen_characters_of_the_alphabet_and_checks():
    for _ in range(200):
        code = codes.new_code()
        assert len(code) == 13
        assert set(code) <= set(codes.ALPHABET)
        assert codes.is_code(code)


def test_codes_do_not_come_twice():
    assert len({codes.new_code() for _ in range(2000)}) == 2000


def test_every_single_wrong_character_is_noticed():
    code = codes.new_code()
    for place in range(len(code)):
        for other in set(codes.ALPHABET) - {code[place]}:
            assert not codes.is_code(code[:place] + other + code[place + 1 :])


def test_every_exchange_of_two_neighbours_is_noticed():
    for _ in range(50):
        code = codes.new_code()
        for place in range(len(code) - 1):
            swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
            assert swapped == code or not codes.is_code(swapped)


@pytest.mark.parametrize("wrong", ["", "A", "0" * 12, "0" * 14, "U" * 13, "中" * 13, "0123456789AB*"])
def test_what_is_no_code(wrong):
    assert not codes.is_code(wrong)


def test_printed_in_groups_and_read_back():
    code = codes.new_code()
    assert codes.printed(code) == f"{code[:4]}-{code[4:8]}-{code[8:]}"
    assert codes.normalised(codes.printed(code)) == code


@given(BODY, st.sampled_from(["-", " ", "－", "—", "", " - "]))
def test_spelling_does_not_matter(code, between):
    typed = between.join([code[:4], code[4:8], code[8:]]).lower()
    assert codes.normalised(f"  {typed}\n") == code


def test_letters_that_look_like_digits_are_read_as_digits():
    assert codes.normalised("oO-iI-lL") == "001111"


def test_full_width_characters_are_read():
    assert codes.normalised("ＡＢ１２") == "AB12"
