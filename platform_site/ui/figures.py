"""The drawn parts: the six tiles, lamps, clocks, the maturity bar, QR codes; geometry only, no database. Read next: templatetags/ui.py."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import segno
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from .formats import working_days_left

# An octilinear sketch of our own, in the order of the province codes: 晋 皖 赣 豫 鄂 湘. It is no boundary data.
TILES = (
    ("140000", _("山西"), "晋", "M5 0L8 0L8 4L6 6L4 6L4 1Z", 6.05, 3.1),
    ("340000", _("安徽"), "皖", "M11 7L13 7L15 9L15 11L16 12L16 13L14 15L13 15L11 13L11 11L10 10L10 8Z", 12.95, 10.7),
    ("360000", _("江西"), "赣", "M9 14L10 14L11 13L13 15L14 15L15 16L15 17L13 19L13 20L11 22L10 22L9 21Z", 11.55, 17.2),
    ("410000", _("河南"), "豫", "M4 6L6 6L8 4L9 4L9 5L11 7L10 8L10 10L11 11L8 11L6 9L5 9L3 7Z", 7.7, 7.9),
    ("420000", _("湖北"), "鄂", "M4 9L6 9L8 11L11 11L11 13L10 14L9 14L8 13L4 13L3 14L2 13L2 12L4 10Z", 5.75, 11.5),
    ("430000", _("湖南"), "湘", "M3 14L4 13L8 13L9 14L9 18L8 19L8 20L7 21L6 20L5 20L3 18L3 17L2 16L2 15Z", 5.9, 16.5),
)
CODES = tuple(tile[0] for tile in TILES)

RIGHTS = {
    "free": _("可许可"),
    "part": _("部分可许可"),
    "gone": _("已被占用"),
    "none": _("未提供"),
}

# state -> (class, words, shape): never colour alone. The keys are those of the plan's open data.
LIGHTS = {
    "done": ("g", _("完成"), "tick"),
    "green": ("g", _("按期"), "disc"),
    "yellow": ("a", _("预警"), "triangle"),
    "red": ("r", _("逾期"), "square"),
    "grey": ("w", _("未启动"), "ring"),
}


@dataclass(frozen=True)
class Tile:
    """One province of the figure, ready to draw: what it says, where it leads, how it is shaded."""

    code: str
    name: str
    short: str
    path: str
    x: float
    y: float
    figure: str
    url: str
    shade: str
    host: bool = False
    state: str = ""

    @property
    def label(self) -> str:
        """What a screen reader says for the tile or cell."""
        return _say("%(name)s：%(state)s") % {"name": self.name, "state": self.state or self.figure}

    @property
    def y_below(self) -> float:
        """Where the second line of the label stands."""
        return round(self.y + 1, 2)


def _shade(value: int, most: int) -> str:
    """Four steps by share of the largest count; the number beside it is what is read."""
    return f"m{min(4, 1 + (4 * value) // (most + 1))}" if most else "m1"


def count_tiles(counts: Mapping[str, int], *, host: str = "", href: str = "") -> list[Tile]:
    """Six tiles with a count each; `href` gets the province code appended, empty makes tiles without links."""
    most = max((counts.get(code, 0) for code in CODES), default=0)
    return [
        Tile(code, str(name), short, path, x, y, str(counts.get(code, 0)), f"{href}{code}" if href else "",
             "mh" if code == host else _shade(counts.get(code, 0), most), host=code == host)
        for code, name, short, path, x, y in TILES
    ]  # fmt: skip


def rights_tiles(cells: Mapping[str, str], *, href: str = "") -> list[Tile]:
    """Six tiles shaded by what is still free: each cell is free, part, gone or none (not offered there)."""
    tiles = []
    for code, name, short, path, x, y in TILES:
        state = cells.get(code, "none")
        url = f"{href}{code}" if href else ""
        tiles.append(
            Tile(code, str(name), short, path, x, round(y + 0.42, 2), "", url, state, state=str(RIGHTS[state]))
        )
    return tiles


@dataclass(frozen=True)
class ClockFace:
    """A clock of working days: words, tone, and a pie whose filled part is the share of time gone."""

    words: str
    tone: str
    pie: str = ""
    full: bool = False


def clock_face(left: int | None, total: int = 5) -> ClockFace:
    """Working days left of `total`. The shape changes at one day and at none; None is a clock that stands still."""
    if left is None:
        return ClockFace(working_days_left(None), "w")
    if left <= 0:
        return ClockFace(working_days_left(left), "r", full=True)
    gone = min(max(1 - left / max(total, 1), 0.08), 0.96)
    angle = 2 * math.pi * gone
    x, y = 8 + 6 * math.sin(angle), 8 - 6 * math.cos(angle)
    pie = f"M8 8V2A6 6 0 {1 if gone > 0.5 else 0} 1 {x:.2f} {y:.2f}Z"
    return ClockFace(working_days_left(left), "a" if left == 1 else "g", pie)


def level_steps(level: int, steps: int = 9) -> list[tuple[int, str]]:
    """(x, class) of each step of the maturity bar."""
    return [(10 * n, "on" if n < level else "off") for n in range(steps)]


@dataclass(frozen=True)
class Segment:
    """A run of a stacked bar in hundredths of its width."""

    css: str
    x: float
    width: float


def bar_segments(parts: list[tuple[str, int]]) -> list[Segment]:
    """Runs proportional to the counts, a gap of 0.8 between them; (class, count) in drawing order, empty ones left out."""
    whole = sum(count for _css, count in parts)
    segments, at = [], 0.0
    for css, count in parts:
        if count:
            width = 100 * count / whole
            segments.append(Segment(css, round(at, 2), round(max(width - 0.8, 0.2), 2)))
            at += width
    return segments


@dataclass(frozen=True)
class CodeSquare:
    """A QR code as one SVG path; `size` is its side in modules, quiet zone included."""

    size: int
    path: str


@lru_cache(maxsize=1024)  # the same code is on every view of its page, and takes longer than the rest of it
def qr_square(text: str, border: int = 4) -> CodeSquare:
    """The QR code of a text (error correction M); raises segno.DataOverflowError when it is too long."""
    code = segno.make(text, error="m", micro=False)
    runs = []
    for y, row in enumerate(code.matrix):
        start = None
        for x, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                runs.append(f"M{start + border} {y + border}h{x - start}v1h{start - x}z")
                start = None
    return CodeSquare(len(code.matrix) + 2 * border, "".join(runs))
