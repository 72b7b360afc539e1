"""Geometry of the drawn parts."""

import pytest
import segno
from django.utils import translation

from platform_site.ui import figures


def test_six_tiles_in_code_order_whatever_the_counts() -> None:
    tiles = figures.count_tiles({"430000": 9, "410000": 3}, host="410000", href="/zh-hans/patents/?province=")
    assert "".join(tile.short for tile in tiles) == "晋皖赣豫鄂湘"
    assert [tile.figure for tile in tiles] == ["0", "0", "0", "3", "0", "9"]
    assert tiles[3].host
    assert tiles[3].shade == "mh"
    assert tiles[5].shade == "m4"
    assert tiles[0].url.endswith("=140000")


def test_tiles_without_counts_or_links() -> None:
    tiles = figures.count_tiles({})
    assert {tile.shade for tile in tiles} == {"m1"}
    assert {tile.url for tile in tiles} == {""}


def test_rights_say_province_and_state() -> None:
    with translation.override("zh-hans"):
        tiles = figures.rights_tiles({"340000": "part"})
        assert tiles[1].label == "安徽：部分可许可"
        assert tiles[0].label == "山西：未提供"


@pytest.mark.parametrize(
    ("left", "tone", "full", "pie"),
    [
        (3, "g", False, True),
        (1, "a", False, True),
        (0, "r", True, False),
        (-4, "r", True, False),
        (None, "w", False, False),
    ],
)
def test_the_clock_changes_shape_and_word(left: int | None, tone: str, full: bool, pie: bool) -> None:
    face = figures.clock_face(left)
    assert (face.tone, face.full, bool(face.pie)) == (tone, full, pie)


def test_bar_segments_fill_the_bar() -> None:
    segments = figures.bar_segments([("fg", 7), ("fa", 0), ("fr", 3)])
    assert [(s.css, s.x) for s in segments] == [("fg", 0), ("fr", 70.0)]
    assert segments[-1].x + segments[-1].width == pytest.approx(99.2)
    assert figures.bar_segments([("fg", 0)]) == []


def test_qr_square_draws_every_dark_module() -> None:
    text = "https://example.cn/zh-hans/patents/CN6-2026-000123/"
    square = figures.qr_square(text)
    matrix = segno.make(text, error="m", micro=False).matrix
    drawn = sum(int(run.split("v")[0]) for run in square.path.split("h")[1::2])
    assert drawn == sum(sum(row) for row in matrix)
    assert square.size == len(matrix) + 8


def test_level_steps() -> None:
    assert [css for _x, css in figures.level_steps(3)] == ["on"] * 3 + ["off"] * 6
