"""Reading a schedule file of another program (XML, JSON) or a table (CSV) into plain entries. Pure: nothing is looked up. Read next: schedule_fates.py.

An entry: {"line", "guid", "id", "title", "abstract", "type", "track", "language", "room", "starts" (ISO 8601, with its offset
where the file has one), "minutes", "persons" [{"id", "name", "bio", "extra"}], "extra" (what has no field here, kept to be put
out again), "own" (what our own files carry besides), "fault" (a sentence: why it cannot be read)}.
"""

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.etree.ElementTree import Element, ParseError, ProcessingInstruction, TreeBuilder

from defusedxml import ElementTree as safe_xml
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _

from .programme_files import INSTRUCTION

MOST_EVENTS = 3000
LONGEST_TEXT = 20_000
Entry = dict[str, Any]
_FIELDS = {"room", "title", "type", "date", "start", "duration", "abstract", "track", "language", "persons"}
DEEPEST = 30
_UNKEPT = re.compile("[\x00\ud800-\udfff]")
_REFERENCES = {"links": "link", "attachments": "attachment"}


class Unreadable(Exception):
    """The file as a whole cannot be read; the sentence says why."""


@dataclass(frozen=True)
class Schedule:
    """What was read, and what of it is of no use here, in words."""

    entries: list[Entry]
    ignored: list[str]


def read(content: bytes, name: str) -> Schedule:
    """By the ending of the name, else by how it begins. Raises: Unreadable."""
    kind = name.rpartition(".")[2].lower()
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if kind == "json" or start == b"{":
        found = _from_json(content)
    elif kind == "xml" or start == b"<":
        found = _from_xml(content)
    else:
        raise Unreadable(_("请上传 XML、JSON 或 CSV 文件。"))
    if not found.entries:
        raise Unreadable(_("文件里没有一场活动。"))
    if len(found.entries) > MOST_EVENTS:
        raise Unreadable(_("文件超过 %(most)d 场活动，请分成几个文件。") % {"most": MOST_EVENTS})
    return found


# ---- XML


def _from_xml(content: bytes) -> Schedule:
    try:
        parser = safe_xml.DefusedXMLParser(target=TreeBuilder(insert_pis=True), forbid_dtd=True)
        parser.feed(content)
        root = parser.close()
    except DefusedXmlException as refused:
        raise Unreadable(_("文件含有 DTD 或实体声明，不能读取。")) from refused
    except (ParseError, ValueError, LookupError) as refused:
        raise Unreadable(_("文件不是完整的 XML：%(reason)s。") % {"reason": refused}) from refused
    if root.tag != "schedule":
        raise Unreadable(_("不是日程文件：最外层应为 schedule。"))
    base = (root.findtext("conference/acronym") or root.findtext("conference/title") or "").strip()
    entries: list[Entry] = []
    for day in root.iter("day"):
        for room in day.iter("room"):
            for event in room.findall("event"):
                entries.append(_xml_entry(event, day, (room.get("name") or "").strip(), base, len(entries) + 1))
    return Schedule(entries, _ignored(entries))


def _xml_entry(event: Element, day: Element, room: str, base: str, line: int) -> Entry:
    texts = {
        str(child.tag): (child.text or "").strip() for child in event if isinstance(child.tag, str) and not len(child)
    }
    given: dict[str, Any] = {"code": event.get("code") or ""}
    for name, single in _REFERENCES.items():
        given[name] = [
            {**one.attrib, "title": (one.text or "").strip()} for parent in event.findall(name) for one in parent.findall(single)
        ]  # fmt: skip
    recording = event.find("recording")
    if recording is not None:
        given["recording"] = {str(child.tag): (child.text or "").strip() for child in recording}
    for child in event:
        if isinstance(child.tag, str) and child.tag not in _FIELDS and child.tag not in given:
            given[child.tag] = _tree(child) if len(child) else texts.get(child.tag, "")
        if isinstance(child.tag, str) and child.attrib and child.tag not in _FIELDS - {"track"}:
            given.setdefault("attributes", {})[child.tag] = dict(child.attrib)
    people = [
        {"id": one.get("id") or "", "guid": one.get("guid") or "", "name": (one.text or "").strip(), "extra": _rest(one.attrib, "id", "guid")}
        for parent in event.findall("persons") for one in parent.findall("person")
    ]  # fmt: skip
    plain = {
        "line": line, "guid": event.get("guid") or "", "id": event.get("id") or "", "title": texts.get("title", ""),
        "abstract": texts.get("abstract", ""), "type": texts.get("type", ""), "track": texts.get("track", ""),
        "language": texts.get("language", ""), "room": texts.get("room") or room, "persons": people,
    }  # fmt: skip
    return _finished(plain, given, _when(texts, day.get("date") or "", day.get("start") or ""), texts.get("duration", ""), base, _instruction(event))  # fmt: skip


def _rest(attributes: Mapping[str, str], *but: str) -> dict[str, str]:
    return {name: value for name, value in attributes.items() if name not in but}


def _tree(element: Element) -> Any:
    """What has no name here, kept as plain data."""
    if not len(element):
        return (
            {**element.attrib, "text": (element.text or "").strip()} if element.attrib else (element.text or "").strip()
        )
    return [{str(child.tag): _tree(child)} for child in element if isinstance(child.tag, str)]


def _instruction(event: Element) -> dict[str, Any]:
    for child in event:
        if child.tag is ProcessingInstruction and (child.text or "").startswith(f"{INSTRUCTION} "):
            return _object((child.text or "")[len(INSTRUCTION) + 1 :])
    return {}


def _object(text: str) -> dict[str, Any]:
    try:
        found = sound(json.loads(text, parse_constant=lambda _name: None))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _when(texts: Mapping[str, str], day: str, opens: str) -> str:
    """The moment of an event: `date` where it is a whole one, else the day with `start`; early hours belong to the night before."""
    date, start = texts.get("date", ""), texts.get("start", "")
    if "T" in date or " " in date:
        return date
    moment = f"{date or day}T{start}"
    try:
        found, begin = datetime.fromisoformat(moment), datetime.fromisoformat(opens).replace(tzinfo=None)
    except ValueError:
        return moment
    is_night = found.date() == begin.date() and found < begin and begin.hour >= 4
    return (found + timedelta(days=1)).isoformat() if is_night else moment


# ---- JSON


def _from_json(content: bytes) -> Schedule:
    try:
        body = sound(json.loads(content.decode("utf-8-sig"), parse_constant=lambda _name: None))
    except (ValueError, RecursionError) as refused:
        raise Unreadable(_("文件不是完整的 JSON：%(reason)s。") % {"reason": refused}) from refused
    schedule = body.get("schedule") if isinstance(body, dict) else None
    conference = schedule.get("conference") if isinstance(schedule, dict) else None
    if not isinstance(conference, dict) or not isinstance(conference.get("days"), list):
        raise Unreadable(_("不是日程文件：应有 schedule.conference.days。"))
    base = str(conference.get("acronym") or conference.get("title") or "")
    ours = schedule.get("programme") if isinstance(schedule.get("programme"), dict) else {}  # type: ignore[union-attr]
    entries: list[Entry] = []
    for room, event, day in _json_events(conference["days"]):
        entries.append(_json_entry(event, room, day, base, len(entries) + 1, ours))
    return Schedule(entries, _ignored(entries))


def _json_events(days: list[Any]) -> Iterator[tuple[str, dict[str, Any], str]]:
    for day in days:
        rooms = day.get("rooms") if isinstance(day, dict) else None
        for name, events in rooms.items() if isinstance(rooms, dict) else ():
            for event in events if isinstance(events, list) else ():
                if isinstance(event, dict):
                    yield str(name), event, str(day.get("date") or "")


def _json_entry(event: dict[str, Any], room: str, day: str, base: str, line: int, ours: dict[str, Any]) -> Entry:
    plain: dict[str, Any] = {name: _text(event.get(name)) for name in ("guid", "id", "title", "abstract", "type", "track", "language")}  # fmt: skip
    people = []
    for one in event.get("persons") if isinstance(event.get("persons"), list) else ():  # type: ignore[union-attr]
        if isinstance(one, dict):
            rest = {key: value for key, value in one.items() if key not in ("id", "guid", "name", "public_name", "biography") and value not in ("", None, [])}  # fmt: skip
            people.append({
                "id": _text(one.get("id")), "guid": _text(one.get("guid")), "name": _text(one.get("public_name") or one.get("name")),
                "bio": _text(one.get("biography")), "extra": rest,
            })  # fmt: skip
    given = {name: value for name, value in event.items() if name not in _FIELDS and name not in ("guid", "id", "end")}
    texts = {name: _text(event.get(name)) for name in ("date", "start")}
    own = ours.get(str(plain["guid"]))
    plain |= {"line": line, "room": _text(event.get("room")) or room, "persons": people}
    return _finished(plain, given, _when(texts, day, ""), _text(event.get("duration")), base, own if isinstance(own, dict) else {})  # fmt: skip


def _text(value: Any) -> str:
    """A string; of texts in several languages the Chinese, the English or the first."""
    if isinstance(value, dict):
        value = value.get("zh-hans") or value.get("zh") or value.get("en") or next(iter(value.values()), "")
    return "" if value is None else str(value).strip()


def sound(value: Any, depth: int = 0) -> Any:
    """The same without what a database cannot keep: NUL, halves of characters, nesting without end."""
    if isinstance(value, str):
        return _UNKEPT.sub("", value)
    if depth > DEEPEST:
        return None
    if isinstance(value, dict):
        return {_UNKEPT.sub("", name): sound(each, depth + 1) for name, each in value.items()}
    if isinstance(value, list):
        return [sound(each, depth + 1) for each in value]
    return value


# ---- tables


def from_table(heading: list[str], rows: list[list[str]], places: Mapping[str, int]) -> Schedule:
    """A table whose columns `places` names (forms/programme.py): one row a session. The n-th row of a title keeps its guid."""
    entries: list[Entry] = []
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, 2):
        cell = {name: row[place].strip() if place < len(row) else "" for name, place in places.items()}
        title = cell.get("title", "")
        seen[title] = seen.get(title, 0) + 1
        people: list[dict[str, Any]] = []
        for part in re.split(r"[;；\n]", cell.get("speakers", "")):
            match = re.fullmatch(r"(.+?)\s*[（(](.+)[)）]", part.strip())
            name, unit = (match[1], match[2]) if match else (part.strip(), "")
            if name:
                people.append({"id": "", "guid": "", "name": name, "unit": unit, "extra": {}})
        plain = {
            "line": number, "guid": cell.get("guid", ""), "id": "", "title": title, "abstract": cell.get("abstract", ""),
            "type": cell.get("kind", ""), "track": cell.get("topic", ""), "language": cell.get("language", ""),
            "room": cell.get("room", ""), "persons": people,
        }  # fmt: skip
        own: dict[str, Any] = {name: cell[name] for name in ("title_en", "abstract_en", "listing") if cell.get(name)}
        if cell.get("expected", "").isdigit():
            own["expected"] = int(cell["expected"])
        base = cell.get("guid") or f"{title}#{seen[title]}"
        day, start = cell.get("date", "").replace("/", "-").replace(".", "-"), cell.get("start", "")
        entry = _finished(
            {**plain, "id": base}, {}, f"{_padded(day)}T{start:0>5}", cell.get("duration", ""), "csv", own
        )
        entries.append({**entry, "id": "", "extra": {}})
    return Schedule(entries, [])


def _padded(day: str) -> str:
    """2026-6-1 as 2026-06-01."""
    return "-".join(part.zfill(2) for part in day.split("-"))


# ---- both


def _finished(
    plain: Entry, given: Mapping[str, Any], when: str, duration: str, base: str, own: dict[str, Any]
) -> Entry:
    """An entry with its checks; a fault is a sentence, and the rest of the file is read all the same."""
    extra = {name: value for name, value in given.items() if value not in ("", None, [], {})}
    if isinstance(extra.get("description"), str):
        extra["description"] = cleaned(extra["description"])
    if plain["type"]:
        extra["type"] = plain["type"]
    guid, title = guid_of(plain["guid"], base, plain["id"], plain), cleaned(plain["title"])
    if plain["guid"] and plain["guid"].lower() != guid:
        extra["guid"] = plain["guid"]  # older files have names of another form
    minutes = minutes_of(duration)
    fault = ""
    try:
        when = datetime.fromisoformat(when.replace(" ", "T")).isoformat()
    except ValueError:
        fault = _("没有可以读出的日期和时间。")
    if not title:
        fault = _("没有题目。")
    elif not fault and not minutes:
        fault = _("时长“%(duration)s”不能读出，应如 01:30。") % {"duration": duration[:20]}
    return {
        **plain, "title": title, "abstract": cleaned(plain["abstract"]), "starts": when, "minutes": minutes, "guid": guid,
        "extra": extra, "own": own, "fault": fault,
    }  # fmt: skip


def guid_of(given: str, base: str, number: str, plain: Mapping[str, Any]) -> str:
    """The guid of the file; where it has none, one that the same file gives again."""
    try:
        return str(UUID(given))
    except ValueError:
        return str(uuid5(NAMESPACE_URL, f"{base}/{given or number or plain['title'] + plain['room']}"))


def minutes_of(duration: str) -> int:
    """HH:MM or HH:MM:SS in whole minutes, rounded up; zero where it cannot be read."""
    match = re.fullmatch(r"(\d{1,3}):(\d{2})(?::(\d{1,2}))?", duration.strip())
    if match is None:
        return int(duration) if re.fullmatch(r"[1-9]\d{0,3}", duration.strip()) else 0
    return int(match[1]) * 60 + int(match[2]) + (1 if int(match[3] or 0) else 0)


_BREAKS = re.compile(r"<\s*(?:br|/p|/li|/div|/h\d|/tr)\b[^>]*>", re.IGNORECASE)
_MARKUP = re.compile(r"<\s*(script|style)\b.*?<\s*/\s*\1\s*>|<!--.*?-->|</?[a-zA-Z][^<>]*>", re.IGNORECASE | re.DOTALL)


def cleaned(text: str) -> str:
    """HTML as plain text: paragraphs and lines kept, everything else of the markup gone."""
    if "<" in text or "&" in text:
        text = html.unescape(_MARKUP.sub("", _BREAKS.sub("\n", text)))
    text = re.sub(r"[ \t\xa0]+\n", "\n", text.replace("\r\n", "\n").replace("\x00", ""))
    return re.sub(r"\n{3,}", "\n\n", text).strip()[:LONGEST_TEXT]


def _ignored(entries: list[Entry]) -> list[str]:
    """What is kept and put out again, but shown nowhere here."""
    kept = {name for one in entries for name in one["extra"]}
    words = []
    if kept & {"recording", "recording_license", "do_not_record", "do_not_stream"}:
        words.append(_("录制和许可信息只保留，不使用。"))
    others = sorted(kept - {"recording", "recording_license", "do_not_record", "do_not_stream", "type", "description", "subtitle", "links", "attachments"})  # fmt: skip
    if others:
        words.append(_("保留并随导出原样写回：%(names)s。") % {"names": "、".join(others)[:300]})
    words.append(_("会议名称、起止日期以本届展会为准。"))
    return words
