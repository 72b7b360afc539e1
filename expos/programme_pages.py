"""Drawing a released programme: once at its release, day by day and in both languages; a reader's request fills the places left open.

An open place is a comment in the drawn page: `<!--s|guid|what|marked|starts|ends-->` beside a session (what the last release
did to it, for a day; whether it is on now; the reader's star) and `<!--t|starts|ends-->` beside a time (the now line). Moments
are whole seconds. Read next: views/programme.py.
"""

import re
from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from platform_site import clock
from platform_site.ui.templatetags.ui import tag

from . import programme_data as data
from .models import Expo
from .states import SessionKind, SessionState, SpeakerRole

_OPEN = re.compile(r"<!--(s)\|([0-9a-f-]{36})\|([a-z]*)\|(\d+)\|(\d+)\|(\d+)-->|<!--(t)\|(\d+)\|(\d+)-->")


# ---- once, at a release


def drawn(expo: Expo, frozen: data.Data) -> Iterator[tuple[str, date, str]]:
    """(language, day, HTML) of every day on which something is held."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for day in frozen["days"]:
                yield language, date.fromisoformat(day), day_html(expo, frozen, day)


def day_html(expo: Expo, frozen: data.Data, day: str) -> str:
    """One day as a table of rooms by times, and below it what was cancelled."""
    rows = [shown(expo, row, frozen) for row in data.in_order(frozen) if row["starts"][:10] == day]
    held = [row for row in rows if not row["is_off"]]
    columns = [room for room in named_rooms(frozen) if any(row["room"] == room["id"] for row in held)]
    context = {
        "day": day,
        "columns": columns,
        "lines": lines(columns, held),
        "off": [row for row in rows if row["is_off"]],
    }
    return render_to_string("expos/_programme_day.html", context)


def named_rooms(frozen: data.Data) -> list[dict[str, Any]]:
    return [{"id": room["id"], "name": data.written(room, "name"), "seats": room["seats"]} for room in frozen["rooms"]]


def shown(expo: Expo, row: data.Data, frozen: data.Data) -> dict[str, Any]:
    """A session in the language of the page."""
    rooms = {room["id"]: data.written(room, "name") for room in frozen["rooms"]}
    return {
        "guid": row["guid"], "room": row["room"], "title": data.written(row, "title"), "kind": SessionKind(row["kind"]).label,
        "css": row["kind"], "topic": row["topic"], "room_name": rooms.get(row["room"], ""), "from": row["starts"][11:16],
        "to": row["ends"][11:16], "begin": row["starts"], "end": row["ends"], "reason": row["reason"],
        "is_off": row["state"] == SessionState.CANCELLED, "speakers": [data.written(one, "name") for one in row["speakers"]],
        "url": reverse("expos:session_detail", args=[expo.year, row["guid"]]), "open": open_place(row),
    }  # fmt: skip


def open_place(row: data.Data) -> SafeString:
    what, at = row.get("mark") or ("", "")
    stamps = [_second(at) if at else 0, _second(row["starts"]), _second(row["ends"])]
    return format_html("<!--s|{}|{}|{}|{}|{}-->", row["guid"], what, *stamps)


def _second(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())


def lines(columns: list[dict[str, Any]], held: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of the table: one for each moment at which something begins or ends, a session over as many as it lasts."""
    edges = sorted({row["begin"] for row in held} | {row["end"] for row in held})
    places = {edge: number for number, edge in enumerate(edges)}
    begins = {(row["room"], row["begin"]): row for row in held}
    covered: dict[Any, int] = {}
    found = []
    for number, edge in enumerate(edges[:-1]):
        cells = []
        for column in columns:
            row = begins.get((column["id"], edge))
            if row is not None:
                covered[column["id"]] = places[row["end"]]
                cells.append({"row": row, "span": places[row["end"]] - number, "room": column["name"]})
            elif covered.get(column["id"], 0) <= number:
                cells.append({"row": None, "span": 1, "room": column["name"]})
        place = format_html("<!--t|{}|{}-->", _second(edge), _second(edges[number + 1]))
        found.append({"time": edge[11:16], "cells": cells, "open": place, "begins": any(cell["row"] for cell in cells)})
    return found


# ---- at a request


def filled(html: str, now: datetime, favourites: Collection[str], *, may_mark: bool) -> SafeString:
    """The drawn page with what is of this moment and of this reader. What was drawn is a template's output, so it is safe."""
    second = int(now.timestamp())

    def fill(match: re.Match[str]) -> str:
        if match[7]:
            return (
                str(format_html(' <span class="now">{}</span>', _("现在")))
                if int(match[8]) <= second < int(match[9])
                else ""
            )
        guid, what, marked, starts, ends = match[2], match[3], int(match[4]), int(match[5]), int(match[6])
        said: list[str] = []
        if what and second - marked < data.FRESH.total_seconds():
            words, tone = data.WORDS[what]
            said.append(tag(str(words), tone))
        if starts <= second < ends and what != data.CANCELLED:
            said.append(tag(_("正在进行"), "cinn"))
        if may_mark:
            said.append(star(guid, guid in favourites))
        return " ".join(said)

    return SafeString(_OPEN.sub(fill, html))


def star(guid: str, is_marked: bool) -> str:
    """A button of the form around the page: adds the mark, or takes it away."""
    name, sign, words = ("drop", "★", _("取消收藏")) if is_marked else ("add", "☆", _("收藏"))
    return format_html(
        '<button class="star" type="submit" name="{}" value="{}" title="{}">{}<span class="vh">{}</span></button>',
        name, guid, words, sign, words,
    )  # fmt: skip


def session_facts(row: data.Data, room_name: str) -> list[tuple[str, str]]:
    """The key facts of the page of one session."""
    found = [
        (_("时间"), f"{row['starts'][:10]} {row['starts'][11:16]}—{row['ends'][11:16]}"),
        (_("会场"), room_name), (_("类型"), str(SessionKind(row["kind"]).label)),
    ]  # fmt: skip
    tongues = {"zh": _("中文"), "en": _("英文"), "zh, en": _("中英文")}
    optional = [(_("主题"), row["topic"]), (_("语言"), tongues.get(row["language"], row["language"]))]
    return found + [(words, value) for words, value in optional if value]


def speakers_shown(row: data.Data) -> list[dict[str, Any]]:
    return [
        {
            "pk": one["pk"], "name": data.written(one, "name"), "unit": data.written(one, "unit"),
            "bio": data.written(one, "bio"), "photo": one["photo"],
            "role": SpeakerRole(one["role"]).label if one["role"] != SpeakerRole.SPEAKER else "",
        }
        for one in row["speakers"]
    ]  # fmt: skip


def links_shown(row: data.Data) -> list[tuple[str, str]]:
    """(words, address) of what an imported session refers to: https alone."""
    found = [*row["extra"].get("links", []), *row["extra"].get("attachments", [])]
    pairs = [(str(one.get("title") or one.get("href") or one.get("url") or ""), str(one.get("href") or one.get("url") or "")) for one in found]  # fmt: skip
    return [(words, url) for words, url in pairs if url.startswith(("https://", "http://"))]


def changes_shown(
    expo: Expo, found: list[data.Change], before: data.Data | None, after: data.Data
) -> list[dict[str, Any]]:
    """Rows of the page of changes, each with its old and new place in words."""
    rows = []
    for change in found:
        words, tone = data.WORDS[change.what]
        old = _place_words(change.before, before) if change.before and change.what == data.MOVED else ""
        rows.append({
            "words": words, "tone": tone, "title": data.written(change.row, "title"), "old": old,
            "new": _place_words(change.row, after if change.after else before or after), "reason": change.row["reason"],
            "url": reverse("expos:session_detail", args=[expo.year, change.guid]) if change.after else "",
        })  # fmt: skip
    return rows


def _place_words(row: data.Data, frozen: data.Data | None) -> str:
    rooms = {room["id"]: data.written(room, "name") for room in (frozen or {"rooms": []})["rooms"]}
    return f"{row['starts'][:10]} {row['starts'][11:16]}—{row['ends'][11:16]} {rooms.get(row['room'], '')}".strip()


# ---- the big screen, the doors, the first page


def ordered(frozen: data.Data) -> list[data.Data]:
    """What is held, in order of time."""
    return [row for row in data.in_order(frozen) if row["state"] != SessionState.CANCELLED]


def on_screen(expo: Expo, frozen: data.Data, now: datetime) -> list[dict[str, Any]]:
    """For each room what is on now and what comes next that day; rooms with neither are left out."""
    stamp, day = data.iso(now), clock.day_of(now).isoformat()
    found = []
    for room in named_rooms(frozen):
        rows = [row for row in ordered(frozen) if row["room"] == room["id"] and row["starts"][:10] == day]
        current = next((row for row in rows if row["starts"] <= stamp < row["ends"]), None)
        following = next((row for row in rows if row["starts"] > stamp), None)
        if current or following:
            found.append({
                "room": room["name"], "now": shown(expo, current, frozen) if current else None,
                "next": shown(expo, following, frozen) if following else None,
            })  # fmt: skip
    return found


def door_signs(expo: Expo, frozen: data.Data, room: int | None, day: str) -> list[dict[str, Any]]:
    """One sheet a room and day: those asked for, or all."""
    sheets = []
    for one in named_rooms(frozen):
        for each in frozen["days"]:
            rows = [row for row in ordered(frozen) if row["room"] == one["id"] and row["starts"][:10] == each]
            if rows and (room is None or one["id"] == room) and (not day or each == day):
                sheets.append({"room": one["name"], "day": each, "rows": [shown(expo, row, frozen) for row in rows]})
    return sheets


def coming(expo: Expo, frozen: data.Data, now: datetime, most: int = 8) -> list[dict[str, Any]]:
    """What is on now and next of today; before the expo its beginning; after it nothing."""
    stamp = data.iso(now)
    rows = [row for row in ordered(frozen) if row["ends"] > stamp and row["kind"] != SessionKind.BREAK]
    return [
        {**shown(expo, row, frozen), "day": row["starts"][:10], "is_on": row["starts"] <= stamp} for row in rows[:most]
    ]
