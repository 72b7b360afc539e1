"""The text pipeline: what is indexed and what is asked go the same way."""

import threading

import pytest

from patents import text


def test_folding_makes_one_spelling():
    assert text.fold("ＬＥＤ　燃料電池——催化劑") == "led 燃料电池--催化剂"
    assert text.fold("乾隆") == "乾隆"


def test_conversion_is_shared_by_threads():
    wrong = []

    def convert():
        for _ in range(300):
            if text.fold("燃料電池與催化劑") != "燃料电池与催化剂":
                wrong.append(1)

    threads = [threading.Thread(target=convert) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_stop_words_fall_away_only_while_others_remain():
    assert text.asked("一种催化剂").parts == text.asked("催化剂").parts
    assert text.asked("所述 的 催化剂 其特征在于").parts == text.asked("催化剂").parts
    assert text.asked("the battery of a car").parts == ["battery", "car"]
    assert text.asked("一种").parts == ["一种"]
    assert text.asked("的").parts == ["的"]
    assert text.asked("the of").parts == ["the", "of"]
    assert text.asked("其特征在于")


@pytest.mark.parametrize("empty", ["", "   ", "!!!", "，。、", "'\"\\&|:*()<>", "___", "\u200b"])
def test_marks_alone_ask_for_nothing(empty):
    assert not text.asked(empty)


@pytest.mark.parametrize(
    "typed",
    [
        "CN202310428711.8",
        "202310428711.8",
        "2023104287118",
        "ZL 2023 1 0428711.8",
        "zl202310428711.8",
        "专利号：ZL202310428711.8",
        "２０２３１０４２８７１１．８",
        "2023-1-0428711-8",
        "202310428711",
    ],
)
def test_a_number_is_one_token_in_every_spelling(typed):
    assert text.asked(typed).parts == ["cn202310428711.8"]


def test_numbers_within_a_sentence():
    assert "cn202310428711.8" in text.asked("查 ZL 2023 1 0428711.8 催化剂").parts
    assert text.asked("cn112256133a").parts == ["cn112256133"]
    assert "cn112256133" in text.asked("公告 CN112256133B 号").parts
    assert text.asked("cn6-2026-123 电池").parts == ["cn6-2026-000123", "电池"]


def test_measures_are_no_numbers():
    assert text.asked("100 200 300 mm").parts == ["100", "200", "300", "mm"]


def test_classes_are_one_token():
    assert text.asked("H01M 10/0525").parts == ["h01m10/0525"]


def test_long_text_is_cut_not_refused():
    asked = text.asked("催化剂制氢" * 2_000)
    assert len(asked.terms) <= text.MOST_TERMS
    assert len(text.asked("x" * 10_000).parts[0]) == text.LONGEST_TOKEN


def test_literals_are_quoted():
    document = text.Document()
    document.add_tokens(["a'b", "c\\d"], "A")
    assert document.literal == "'a''b':1A 'c\\\\d':2A"
