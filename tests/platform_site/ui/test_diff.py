"""The pieces of a comparison lose and invent nothing."""

from hypothesis import given
from hypothesis import strategies as st

from platform_site.ui.diff import DiffRow, text_pieces

LONG = "在堇青石蜂窝载体上原位生长镁铝水滑石，再锚定亚纳米钌簇，低载量下保持高分散与抗烧结，连续运行 3200 小时。"


def kinds(old: str, new: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in text_pieces(old, new)]


def test_short_terms_are_shown_whole() -> None:
    assert kinds("36 万元", "30 万元") == [("del", "36 万元"), ("ins", "30 万元")]
    assert kinds("", "2%") == [("ins", "2%")]
    assert kinds("同", "同") == [("same", "同")]


def test_long_texts_show_only_what_moved() -> None:
    assert ("del", "3200") in kinds(LONG, LONG.replace("3200", "4100"))
    assert ("ins", "4100") in kinds(LONG, LONG.replace("3200", "4100"))
    assert len(kinds(LONG, LONG.replace("3200", "4100"))) == 4


@given(st.text(alphabet="甲乙丙 ab12,。\n", max_size=90), st.text(alphabet="甲乙丙 ab12,。\n", max_size=90))
def test_both_versions_can_be_read_back(old: str, new: str) -> None:
    pieces = text_pieces(old, new)
    assert "".join(p.text for p in pieces if p.kind != "ins") == old
    assert "".join(p.text for p in pieces if p.kind != "del") == new


def test_row_knows_whether_it_changed() -> None:
    assert DiffRow("地域", "河南", "安徽").changed
    assert not DiffRow("地域", "河南", "河南").changed
