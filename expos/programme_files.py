"""A released programme for other programs: iCalendar, schedule XML (Pentabarf, frab) and schedule JSON. Pure. Read next: schedule_read.py.

The XML and the JSON are valid against the published schemas of schedule files. What those have no place for (the other
language, the kind, the listing, what an imported file said besides) rides along where a schema lets it: as a processing
instruction inside each event, and as `schedule.programme` by guid; schedule_read.py takes it up again.
"""

import json
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event
from lxml import etree

from platform_site import clock

from . import programme_data as data
from .models import Expo, ProgrammeVersion
from .programme_pages import ordered
from .states import SessionState, SpeakerRole

TIME_ZONE = "Asia/Shanghai"
INSTRUCTION = "programme"  # the name of the processing instruction
REFERENCE_TYPES = {"slides", "paper", "web", "blog", "article", "media", "related", "activitypub"}
_CONTROL = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SLUG = re.compile(r"[a-z0-9_]{4,}-[a-z0-9_-]{3,}[a-z0-9]")
_CODE = re.compile(r"[A-Z0-9]{6}")


# ---- iCalendar


def as_ics(expo: Expo, version: ProgrammeVersion, guids: Iterable[str] | None = None) -> bytes:
    """All sessions, or those of `guids`; whoever imports it anew gets what has changed: same UID, higher SEQUENCE."""
    chosen = None if guids is None else set(guids)
    calendar = Calendar()
    calendar.add("prodid", "-//Central China Patent Platform//programme//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", str(expo))
    calendar.add("x-wr-timezone", TIME_ZONE)
    for row in data.in_order(version.data):
        if chosen is None or row["guid"] in chosen:
            calendar.add_component(_event(expo, version, row))
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def _event(expo: Expo, version: ProgrammeVersion, row: data.Data) -> Event:
    event, url = Event(), session_url(expo, row)
    names = "、".join(data.written(one, "name") for one in row["speakers"])
    event.add("uid", f"{row['guid']}@{urlsplit(settings.SITE_ORIGIN).hostname}")
    event.add("dtstamp", version.released_at)
    event.add("dtstart", _moment(row["starts"]))
    event.add("dtend", _moment(row["ends"]))
    event.add("sequence", version.number)
    event.add("summary", data.written(row, "title"))
    event.add("status", "CANCELLED" if row["state"] == SessionState.CANCELLED else "CONFIRMED")
    event.add("location", ", ".join(part for part in (room_names(version.data)[row["room"]], expo.venue.name if expo.venue else "") if part))  # fmt: skip
    event.add("description", "\n\n".join(part for part in (names, data.written(row, "abstract"), url) if part))
    event.add("url", url)
    return event


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(clock.SHANGHAI)


# ---- what XML and JSON share


def room_names(frozen: data.Data) -> dict[int, str]:
    return {room["id"]: data.written(room, "name") for room in frozen["rooms"]}


def session_url(expo: Expo, row: data.Data) -> str:
    return f"{settings.SITE_ORIGIN}{reverse('expos:session_detail', args=[expo.year, row['guid']])}"


def acronym(expo: Expo) -> str:
    return f"expo{expo.year}"


def beside(row: data.Data) -> dict[str, Any]:
    """What the formats have no place for; nothing that is empty."""
    names = (
        "title_zh",
        "title_en",
        "abstract_zh",
        "abstract_en",
        "kind",
        "expected",
        "listing",
        "external_id",
        "extra",
    )
    found = {name: row[name] for name in names if row[name] not in ("", None, {})}
    fields = ("name_zh", "name_en", "unit_zh", "unit_en", "bio_zh", "bio_en", "role", "external_id", "extra")
    people = [{name: one[name] for name in fields if one[name] not in ("", {}, SpeakerRole.SPEAKER)} for one in row["speakers"]]  # fmt: skip
    return {**found, "persons": people} if people else found


def _plain(row: data.Data, expo: Expo, names: dict[int, str], slugs: set[str]) -> dict[str, Any]:
    """The fields that both formats have, in the words of the page's language."""
    extra = row["extra"]
    starts, ends = _moment(row["starts"]), _moment(row["ends"])
    minutes = int((ends - starts).total_seconds() // 60)
    slug = str(extra.get("slug", ""))
    if not _SLUG.fullmatch(slug) or slug in slugs:
        slug = f"{acronym(expo)}-{row['number']:04d}-{row['guid'][:8]}"
    slugs.add(slug)
    code = str(extra.get("code", ""))
    code = code if _CODE.fullmatch(code) and code not in slugs else ""  # a file names each once
    slugs.add(code)
    return {
        "guid": row["guid"], "id": max(row["number"], 1), "code": code,
        "date": starts.isoformat(), "start": f"{starts:%H:%M}", "duration": f"{minutes // 60:02d}:{minutes % 60:02d}",
        "room": names[row["room"]], "slug": slug, "title": data.written(row, "title"),
        "subtitle": str(extra.get("subtitle") or ""), "track": row["topic"], "type": str(extra.get("type") or row["kind"]),
        "language": row["language"], "abstract": data.written(row, "abstract"),
        "description": str(extra.get("description") or ""), "url": _web(extra.get("url")) or session_url(expo, row),
        "logo": _web(extra.get("logo")), "feedback_url": _web(extra.get("feedback_url")),
        "origin_url": _web(extra.get("origin_url")), "persons": row["speakers"],
    }  # fmt: skip


def _web(value: Any) -> str:
    """An address of the web, or nothing."""
    text = str(value or "").strip()
    return text if text.startswith(("https://", "http://")) and " " not in text else ""


def by_day(frozen: data.Data) -> list[tuple[str, dict[int, list[data.Data]]]]:
    """Day, then room in the order of the programme, then sessions in order of time."""
    found = []
    for day in frozen["days"]:
        rooms: dict[int, list[data.Data]] = {}
        for room in frozen["rooms"]:
            rows = [row for row in ordered(frozen) if row["room"] == room["id"] and row["starts"][:10] == day]
            if rows:
                rooms[room["id"]] = rows
        found.append((day, rooms))
    return found


def _edges(day: str) -> tuple[str, str]:
    begin = datetime.fromisoformat(day).replace(tzinfo=clock.SHANGHAI)
    return begin.isoformat(), (begin + timedelta(days=1, seconds=-1)).isoformat()


# ---- JSON


def as_json(expo: Expo, version: ProgrammeVersion) -> dict[str, Any]:
    """The published form of schedule files, of the flavour with numbered persons (frab)."""
    frozen, names, slugs = version.data, room_names(version.data), set[str]()
    days = []
    for index, (day, rooms) in enumerate(by_day(frozen), 1):
        events = {names[room]: [_json_event(row, _plain(row, expo, names, slugs)) for row in rows] for room, rows in rooms.items()}  # fmt: skip
        begin, end = _edges(day)
        days.append({"index": index, "date": day, "day_start": begin, "day_end": end, "rooms": events})
    conference = {
        "acronym": acronym(expo), "title": str(expo), "start": frozen["days"][0], "end": frozen["days"][-1],
        "daysCount": len(days), "timeslot_duration": "00:05", "time_zone_name": TIME_ZONE,
        "rooms": [{"name": names[room["id"]], "guid": room_guid(expo, room), "capacity": room["seats"]} for room in frozen["rooms"]],
        "tracks": [{"name": name} for name in _tracks(frozen)], "days": days,
    }  # fmt: skip
    return {
        "schedule": {
            "version": str(version.number), "base_url": f"{settings.SITE_ORIGIN}{reverse('expos:programme_detail', args=[expo.year])}",
            "conference": conference, "programme": {row["guid"]: beside(row) for row in ordered(frozen)},
        },
        "generator": {"name": "central-china-patent-platform", "version": "1"},
    }  # fmt: skip


def room_guid(expo: Expo, room: data.Data) -> str:
    """The same in every version."""
    return str(uuid5(NAMESPACE_URL, f"{settings.SITE_ORIGIN}/expos/{expo.year}/rooms/{room['name_zh']}"))


def _tracks(frozen: data.Data) -> list[str]:
    return sorted({row["topic"] for row in ordered(frozen) if row["topic"]})


def _json_event(row: data.Data, plain: dict[str, Any]) -> dict[str, Any]:
    extra = row["extra"]
    optional = {name: plain.pop(name) for name in ("code", "logo", "feedback_url", "origin_url")}
    flags = {
        name: extra[name] for name in ("do_not_record", "recording_license") if type(extra.get(name)) in (bool, str)
    }
    if type(flags.get("do_not_record")) is not bool:
        flags.pop("do_not_record", None)
    people = [
        {"id": one["number"], "public_name": data.written(one, "name"), "biography": data.written(one, "bio"),
         **{name: value for name, value in one["extra"].items() if name in ("code", "answers", "avatar")}}
        for one in plain["persons"]
    ]  # fmt: skip
    return {
        **plain, **flags, **{name: value for name, value in optional.items() if value}, "persons": people,
        "links": _references(extra.get("links")), "attachments": _references(extra.get("attachments")),
    }  # fmt: skip


def _references(rows: Any) -> list[dict[str, str]]:
    found = []
    for one in rows if isinstance(rows, list) else []:
        if url := _web(one.get("url") or one.get("href")):
            kind = one.get("type")
            found.append({"url": url, "title": str(one.get("title") or url), **({"type": kind} if kind in REFERENCE_TYPES else {})})  # fmt: skip
    return found


# ---- XML


def as_xml(expo: Expo, version: ProgrammeVersion) -> bytes:
    """A schedule.xml as frab and pretalx write it."""
    frozen, names, slugs = version.data, room_names(version.data), set[str]()
    root = etree.Element("schedule")
    etree.SubElement(root, "generator", name="central-china-patent-platform", version="1")
    _add(root, "url", f"{settings.SITE_ORIGIN}{reverse('expos:programme_detail', args=[expo.year])}")
    _add(root, "version", str(version.number))
    conference = etree.SubElement(root, "conference")
    plain = (
        ("title", str(expo)), ("acronym", acronym(expo)), ("start", frozen["days"][0]), ("end", frozen["days"][-1]),
        ("days", str(len(frozen["days"]))), ("timeslot_duration", "00:05"), ("time_zone_name", TIME_ZONE),
    )  # fmt: skip
    for name, text in plain:
        _add(conference, name, text)
    for name in _tracks(frozen):
        etree.SubElement(conference, "track", name=_CONTROL.sub("", name))
    for index, (day, rooms) in enumerate(by_day(frozen), 1):
        begin, end = _edges(day)
        element = etree.SubElement(root, "day", date=day, start=begin, end=end, index=str(index))
        for room, rows in rooms.items():
            place = etree.SubElement(element, "room", name=_CONTROL.sub("", names[room]))
            for row in rows:
                _xml_event(place, row, _plain(row, expo, names, slugs))
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return written


def _xml_event(place: Any, row: data.Data, plain: dict[str, Any]) -> None:
    event = etree.SubElement(place, "event", guid=plain["guid"], id=str(plain["id"]))
    if plain["code"]:
        event.set("code", plain["code"])
    names = ("room", "title", "subtitle", "type", "date", "start", "duration", "abstract", "slug", "track", "language", "description", "url")  # fmt: skip
    for name in names:
        _add(event, name, plain[name])
    for name in ("logo", "feedback_url", "origin_url"):
        if plain[name]:
            _add(event, name, plain[name])
    _add_recording(event, row["extra"])
    people = etree.SubElement(event, "persons")
    for one in plain["persons"]:
        _add(people, "person", data.written(one, "name"), id=str(one["number"]))
    for name, single in (("links", "link"), ("attachments", "attachment")):
        found = etree.SubElement(event, name)
        for one in _references(row["extra"].get(name)):
            kind = {"type": one["type"]} if "type" in one else {}
            _add(found, single, one["title"], href=one["url"], **kind)
    # `>` cannot end the instruction early: it is written as its escape.
    text = json.dumps(beside(row), ensure_ascii=True, sort_keys=True).replace(">", "\\u003e")
    event.append(etree.ProcessingInstruction(INSTRUCTION, text))


def _add_recording(event: Any, extra: dict[str, Any]) -> None:
    given = extra.get("recording")
    if isinstance(given, dict) and given:
        found = etree.SubElement(event, "recording")
        _add(found, "license", str(given.get("license") or ""))
        _add(found, "optout", "true" if str(given.get("optout")).strip().lower() in ("true", "1") else "false")


def _add(parent: Any, name: str, text: str, **attributes: str) -> None:
    element = etree.SubElement(parent, name, {key: _CONTROL.sub("", value) for key, value in attributes.items()})
    element.text = _CONTROL.sub("", text)
