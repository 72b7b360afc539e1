"""Opening hours, exceptions and equipment as people write them, a line each, and read back the same; pure. Read next: opening.py, forms/facilities.py."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from platform_site.ui.formats import reads_chinese

DAYS_ZH, DAYS_EN = "一二三四五六日", ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = r"(?:周|星期)?([一二三四五六日天])|(mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_DAYS = re.compile(rf"^\s*(?:{_DAY})\s*(?:(?:至|到|-|~)\s*(?:{_DAY}))?\s*:?\s*(?P<rest>.*)$", re.IGNORECASE)
_TIME = re.compile(r"^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$", re.ASCII)
_CLOSED = ("休息", "休", "关闭", "closed")
MOST_LINES, MOST_DAYS = 60, 366
Row = dict[str, Any]


class Unreadable(ValueError):
    """A line that cannot be read; the text is a sentence for a person."""


def _folded(line: str) -> str:
    text = unicodedata.normalize("NFKC", line).replace("—", "-").replace("–", "-").strip()
    return re.sub(r"\s*-\s*(?=\d{1,2}:)", "-", text)


def _minutes(text: str, line: str) -> tuple[int, int]:
    found = _TIME.match(text)
    if found:
        opens, closes = int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])
        if opens < closes <= 24 * 60 and int(found[2]) < 60 and int(found[4]) < 60:
            return opens, closes
    raise Unreadable(_("“%(line)s”中的时间读不懂，应如 09:00-17:00。") % {"line": line[:40]})


def _weekday(chinese: str | None, english: str | None) -> int:
    if chinese:
        return 6 if chinese == "天" else DAYS_ZH.index(chinese)
    return DAYS_EN.index((english or "").lower())


def _lines(text: str) -> list[str]:
    lines = [line for line in re.split(r"[\n;；]", text) if line.strip()]
    if len(lines) > MOST_LINES:
        raise Unreadable(_("最多 %(most)d 行。") % {"most": MOST_LINES})
    return lines


def weekly(text: str) -> list[Row]:
    """`周一至周五 09:00-12:00 13:30-17:00`, one line or more: rows of OpeningHours. Raises Unreadable."""
    rows: list[Row] = []
    for line in _lines(text):
        found = _DAYS.match(_folded(line))
        if not found or not found["rest"].split():
            raise Unreadable(_("“%(line)s”读不懂，应如 周一至周五 09:00-12:00 13:30-17:00。") % {"line": line[:40]})
        first = _weekday(found[1], found[2])
        last = _weekday(found[3], found[4]) if found[3] or found[4] else first
        if last < first:
            raise Unreadable(_("“%(line)s”的星期应从前到后。") % {"line": line[:40]})
        times = [_minutes(part, line) for part in re.split(r"[\s,、]+", found["rest"]) if part]
        rows += [{"weekday": day, "opens": o, "closes": c} for day in range(first, last + 1) for o, c in times]
    rows.sort(key=lambda row: (row["weekday"], row["opens"]))
    for before, after in zip(rows, rows[1:], strict=False):
        if before["weekday"] == after["weekday"] and after["opens"] < before["closes"]:
            raise Unreadable(_("同一天的开放时间不能重叠。"))
    return rows


def special(text: str) -> list[Row]:
    """`2026-12-31 休息 年终盘点` or `2027-01-02 09:00-12:00`: rows of OpeningException. Raises Unreadable."""
    rows: dict[date, Row] = {}
    for line in _lines(text):
        day, *rest = _folded(line).split(None, 2)
        try:
            when = date.fromisoformat(day)
        except ValueError:
            raise Unreadable(_("“%(line)s”应以日期开头，如 2026-12-31 休息。") % {"line": line[:40]}) from None
        if not rest:
            raise Unreadable(_("“%(line)s”还要写明休息，或者开放的时间。") % {"line": line[:40]})
        if when in rows:
            raise Unreadable(_("%(day)s 写了两次。") % {"day": when.isoformat()})
        opens, closes = (None, None) if rest[0].lower() in _CLOSED else _minutes(rest[0], line)
        rows[when] = {"day": when, "opens": opens, "closes": closes, "note": rest[1][:120] if len(rest) > 1 else ""}
    return [rows[day] for day in sorted(rows)]


def equipment(text: str) -> list[Row]:
    """`名称 | English name | 2`, the last two optional: rows of Equipment. Raises Unreadable."""
    rows: dict[str, Row] = {}
    for line in _lines(text):
        parts = [part.strip() for part in unicodedata.normalize("NFKC", line).split("|")]
        number = parts.pop() if len(parts) > 1 and parts[-1].isdigit() else "1"
        if not parts[0] or not 0 < int(number) < 10_000 or len(parts) > 2:
            raise Unreadable(_("“%(line)s”读不懂，应如 搅拌反应釜 | Stirred reactor | 2。") % {"line": line[:40]})
        if len(parts[0]) > 120 or any(len(part) > 160 for part in parts):
            raise Unreadable(_("“%(line)s”的名称太长。") % {"line": line[:40]})
        if parts[0] in rows:
            raise Unreadable(_("“%(name)s”写了两次。") % {"name": parts[0]})
        rows[parts[0]] = {"name_zh": parts[0], "name_en": parts[1] if len(parts) > 1 else "", "pieces": int(number)}
    return list(rows.values())


# ---- written


def clock_words(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def day_words(first: int, last: int) -> str:
    if reads_chinese():
        name = f"周{DAYS_ZH[first]}"
        return name if first == last else f"{name}至周{DAYS_ZH[last]}"
    names = [name.capitalize() for name in DAYS_EN]
    return names[first] if first == last else f"{names[first]}-{names[last]}"


def weekly_lines(rows: Mapping[int, Sequence[tuple[int, int]]]) -> list[str]:
    """Days with the same hours on one line; what `weekly` reads again."""
    lines: list[str] = []
    day = 0
    while day < 7:
        times, last = sorted(rows.get(day, ())), day
        while last < 6 and sorted(rows.get(last + 1, ())) == times:
            last += 1
        if times:
            words = " ".join(f"{clock_words(opens)}-{clock_words(closes)}" for opens, closes in times)
            lines.append(f"{day_words(day, last)} {words}")
        day = last + 1
    return lines


def special_line(row: Any) -> str:
    closed = _("休息") if reads_chinese() else "closed"
    times = closed if row.opens is None else f"{clock_words(row.opens)}-{clock_words(row.closes)}"
    return f"{row.day.isoformat()} {times} {row.note}".strip()


def equipment_lines(rows: Iterable[Any]) -> str:
    return "\n".join(" | ".join(part for part in (row.name_zh, row.name_en, str(row.pieces)) if part) for row in rows)
