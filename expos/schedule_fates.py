"""What becomes of each row of a schedule file: new, changed, unchanged, without a place, refused. Reads, writes nothing. Read next: actions/schedule_imports.py.

A session is known again by its guid, a speaker by the number of the file or by name. What the file places where it cannot be
(the room or a speaker is taken) comes in without a place, so that nothing of the file is lost; what lies outside the days of
the expo is refused.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from platform_site import clock

from . import programme_queries as reads
from .models import Expo, Room, Session, Speaker
from .schedule_read import Entry
from .states import EXPO_BEFORE, SessionKind, SessionState, SpeakerRole

NEW, CHANGED, UNCHANGED, UNPLACED, REFUSED = "new", "changed", "unchanged", "unplaced", "refused"
FATES = {
    NEW: (pgettext_lazy("row", "新增"), "jade"), CHANGED: (pgettext_lazy("row", "更新"), "indigo"),
    UNCHANGED: (pgettext_lazy("row", "无变化"), ""), UNPLACED: (pgettext_lazy("row", "导入但未排定"), "ochre"),
    REFUSED: (pgettext_lazy("row", "不导入"), "cinn"),
}  # fmt: skip
LONGEST_ROOM, LONGEST_TITLE, LONGEST_NAME, LONGEST_TOPIC = 60, 300, 200, 120
LARGEST = 2**62
# Words by which other programs call what is held.
KINDS = {
    SessionKind.CEREMONY: ("ceremony", "opening", "closing", "keynote", "仪式", "开幕式", "闭幕式", "签约仪式"),
    SessionKind.ROADSHOW: ("roadshow", "pitch", "lightning", "lightningtalk", "路演"),
    SessionKind.AUCTION: ("auction", "拍卖"), SessionKind.AWARD: ("award", "prize", "评奖", "颁奖"),
    SessionKind.BREAK: ("break", "lunch", "coffee", "休息", "茶歇", "午餐"),
    SessionKind.FORUM: ("forum", "talk", "lecture", "panel", "devroom", "maintrack", "podium", "论坛", "演讲", "报告"),
}  # fmt: skip


@dataclass
class Person:
    """Somebody as the file has them; `speaker` where they are known already."""

    key: tuple[str, Any]
    number: int
    external_id: str
    values: dict[str, Any]
    role: str
    speaker: Speaker | None = None

    @property
    def is_changed(self) -> bool:
        return self.speaker is not None and any(
            value and getattr(self.speaker, name) != value for name, value in self.values.items()
        )


@dataclass
class Row:
    """One row with its fate and everything that is to be written."""

    line: int
    title: str
    fate: str
    reason: str = ""
    guid: UUID | None = None
    number: int = 0
    values: dict[str, Any] = field(default_factory=dict)
    room: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    people: list[Person] = field(default_factory=list)
    session: Session | None = None

    @property
    def is_written(self) -> bool:
        return self.fate in (NEW, CHANGED, UNPLACED)

    @property
    def words(self) -> tuple[Any, str]:
        return FATES[self.fate]


@dataclass
class _Taken:
    """Who and what is where, so far."""

    stretches: dict[tuple[str, Any], list[tuple[datetime, datetime, str]]] = field(default_factory=dict)

    def clash(self, key: tuple[str, Any], starts_at: datetime, ends_at: datetime) -> str:
        rows = self.stretches.get(key, ())
        return next((title for begin, end, title in rows if begin < ends_at and end > starts_at), "")

    def take(self, keys: Iterable[tuple[str, Any]], starts_at: datetime, ends_at: datetime, title: str) -> None:
        for key in keys:
            self.stretches.setdefault(key, []).append((starts_at, ends_at, title))


class Judge:
    """One look at the draft, and every row of a file against it."""

    def __init__(self, expo: Expo, *, shift: bool) -> None:
        self.expo, self.shift = expo, shift
        self.sessions = {one.guid: one for one in reads.sessions_of(expo)}
        self.numbers = {one.number: one.guid for one in self.sessions.values()}
        self.rooms: dict[str, Room] = {}
        for room in reversed(reads.rooms_of(expo)):
            self.rooms |= {name: room for name in (room.name_en, room.name_zh) if name}
        speakers = list(reads.speakers_of(expo))
        self.by_external = {one.external_id: one for one in speakers if one.external_id}
        self.by_number = {one.number: one for one in speakers}
        self.by_name = {one.name_zh: one for one in reversed(speakers)}
        self.taken, self.seen = _Taken(), set[UUID]()
        self.shift_by = timedelta(0)

    def rows(self, entries: Sequence[Entry]) -> list[Row]:
        """In the order of the file."""
        days = sorted(_wall(one).date() for one in entries if not one["fault"])
        if self.shift and days and self.expo.starts_on:
            self.shift_by = timedelta(days=(self.expo.starts_on - days[0]).days)
        self.listings = reads.listings_by_number({str(one["own"].get("listing") or "") for one in entries})
        found = [self._row(one) for one in entries]
        for guid, one in self.sessions.items():
            if guid not in self.seen and one.room and one.state == SessionState.PLANNED:
                people = [("pk", row.speaker_id) for row in one.speaker_rows.all()]
                self._take(self._keys(one.room.name_zh, people), one)
        for entry, row in zip(entries, found, strict=True):
            if row.guid is not None and not row.reason:
                self._place(entry, row)
        return found

    # ---- one row

    def _row(self, entry: Entry) -> Row:
        row = Row(entry["line"], entry["title"][:LONGEST_TITLE], REFUSED, entry["fault"])
        if entry["fault"]:
            return row
        row.guid = UUID(entry["guid"])
        if row.guid in self.seen:
            row.reason = _("同一文件里已有同样 guid 的一行。")
            return row
        row.session = self.sessions.get(row.guid)
        row.starts_at = self._moment(entry)
        row.ends_at = row.starts_at + timedelta(minutes=entry["minutes"])
        if not reads.within_days(self.expo, row.starts_at, row.ends_at):
            said = {"day": _wall(entry).date().isoformat(), "first": self.expo.starts_on, "last": self.expo.last_on}
            row.reason = (
                _("%(day)s 不在展期 %(first)s — %(last)s 之内；整份日程要移到本届的，请选“从展会第一天排起”。") % said
            )
            return row
        self.seen.add(row.guid)
        row.values, row.number = self._values(entry), self._number(entry, row.guid)
        row.people = self._people(entry)
        return row

    def _moment(self, entry: Entry) -> datetime:
        """An instant; a file that is moved to the expo's days keeps the time on its clocks."""
        moment = datetime.fromisoformat(entry["starts"])
        if self.shift or moment.tzinfo is None:
            return moment.replace(tzinfo=clock.SHANGHAI) + self.shift_by
        return moment.astimezone(clock.SHANGHAI)

    def _number(self, entry: Entry, guid: UUID) -> int:
        """That of the file where it is free; zero lets the action choose."""
        number = _whole(entry["id"])
        if number and self.numbers.setdefault(number, guid) == guid:
            return number
        return 0

    def _values(self, entry: Entry) -> dict[str, Any]:
        own: Mapping[str, Any] = entry["own"]
        extra = (
            own.get("extra", {}) if own and not isinstance(own.get("extra"), str) and "kind" in own else entry["extra"]
        )
        extra = dict(extra) if isinstance(extra, dict) else {}
        if len(entry["title"]) > LONGEST_TITLE:
            extra["full_title"] = entry["title"]
        kind = own.get("kind")
        expected = own.get("expected")
        return {
            "kind": kind if kind in SessionKind.values else kind_of(entry["type"]),
            "title_zh": _words(own, "title_zh", LONGEST_TITLE) or entry["title"][:LONGEST_TITLE],
            "title_en": _words(own, "title_en", LONGEST_TITLE),
            "abstract_zh": _words(own, "abstract_zh") or ("" if own.get("abstract_en") and "kind" in own else entry["abstract"]),
            "abstract_en": _words(own, "abstract_en"), "language": entry["language"][:20], "topic": entry["track"][:LONGEST_TOPIC],
            "expected": expected if isinstance(expected, int) and 0 < expected < 1_000_000 else None,
            "listing_id": self.listings.get(str(own.get("listing") or "")),
            "external_id": _words(own, "external_id", 80) if "kind" in own else entry["id"][:80], "extra": extra,
        }  # fmt: skip

    def _people(self, entry: Entry) -> list[Person]:
        own = entry["own"].get("persons")
        owns = own if isinstance(own, list) and len(own) == len(entry["persons"]) else [{}] * len(entry["persons"])
        found: dict[tuple[str, Any], Person] = {}
        for one, ours in zip(entry["persons"], owns, strict=True):
            if one["name"]:
                person = self._person(one, ours if isinstance(ours, dict) else {})
                found.setdefault(person.key, person)
        return list(found.values())

    def _person(self, one: Mapping[str, Any], ours: Mapping[str, Any]) -> Person:
        name = _words(ours, "name_zh", LONGEST_NAME) or one["name"][:LONGEST_NAME]
        extra = ours.get("extra", {}) if ours else one["extra"]
        values = {
            "name_zh": name, "name_en": _words(ours, "name_en", LONGEST_NAME), "bio_en": _words(ours, "bio_en"),
            "unit_zh": _words(ours, "unit_zh", LONGEST_NAME) or str(one.get("unit") or "")[:LONGEST_NAME],
            "unit_en": _words(ours, "unit_en", LONGEST_NAME), "bio_zh": _words(ours, "bio_zh") or str(one.get("bio") or ""),
            "extra": extra if isinstance(extra, dict) else {},
        }  # fmt: skip
        number, external = _whole(one["id"]), (str(one["id"] or one["guid"]))[:80]
        known = self.by_number.get(number)
        speaker = self.by_external.get(external) if external else self.by_name.get(name)
        if speaker is None and known is not None and known.name_zh == name:
            speaker = known
        role = ours.get("role")
        key: tuple[str, Any] = ("external", external) if external else ("name", name)
        if speaker is not None:
            key = ("pk", speaker.pk)
        kept = _words(ours, "external_id", 80) if ours else external
        return Person(key, number, kept or external, values, role if role in SpeakerRole.values else SpeakerRole.SPEAKER, speaker)  # fmt: skip

    # ---- where

    def _place(self, entry: Entry, row: Row) -> None:
        """Where the file says if that is free, else where the session is by now, else nowhere."""
        row.room = entry["room"][:LONGEST_ROOM]
        reason = (
            self._why_not(row)
            if row.session is None or row.session.state == SessionState.PLANNED
            else _("这场活动已经取消。")
        )
        if reason:
            row.room, row.starts_at, row.ends_at = "", None, None
            self._keep_place(row)
        if row.starts_at and row.ends_at and row.room:
            self.taken.take(self._keys(row.room, _keys_of(row)), row.starts_at, row.ends_at, row.title)
        row.reason = reason
        if row.session is not None and not self._is_changed(row):
            row.fate = UNCHANGED
        elif not row.room:
            row.fate = UNPLACED
        else:
            row.fate = CHANGED if row.session is not None else NEW

    def _keep_place(self, row: Row) -> None:
        one = row.session
        if one is not None and one.room is not None and one.starts_at and one.ends_at:
            keys = self._keys(one.room.name_zh, _keys_of(row))
            if one.state != SessionState.PLANNED or not any(
                self.taken.clash(key, one.starts_at, one.ends_at) for key in keys
            ):
                row.room, row.starts_at, row.ends_at = one.room.name_zh, one.starts_at, one.ends_at

    def _why_not(self, row: Row) -> str:
        if not row.room:
            return _("没有会场。")
        if row.room not in self.rooms and self.expo.state not in EXPO_BEFORE:
            return _("没有“%(room)s”这个会场，展会已经开幕，不再新建。") % {"room": row.room}
        for key in self._keys(row.room, _keys_of(row)):
            if other := self.taken.clash(key, row.starts_at, row.ends_at):  # type: ignore[arg-type]
                if key[0] == "room":
                    return _("会场这个时间已有“%(other)s”。") % {"other": other}
                return _("一位演讲人这个时间在“%(other)s”。") % {"other": other}
        return ""

    def _keys(self, room: str, people: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
        known = self.rooms.get(room)
        return [("room", known.name_zh if known else room), *people]

    def _take(self, keys: list[tuple[str, Any]], one: Session) -> None:
        self.taken.take(keys, one.starts_at, one.ends_at, one.title)  # type: ignore[arg-type]

    def _is_changed(self, row: Row) -> bool:
        one = row.session
        if one is None:
            return True
        room = self.rooms.get(row.room)
        place = (room.pk if room else None if not row.room else 0, row.starts_at, row.ends_at)
        if place != (one.room_id, one.starts_at, one.ends_at):
            return True
        people = [(row.speaker_id, row.role) for row in one.speaker_rows.all()]
        if people != [(person.speaker.pk if person.speaker else 0, person.role) for person in row.people]:
            return True
        return any(person.is_changed for person in row.people) or any(
            getattr(one, name) != value for name, value in row.values.items()
        )


def new_rooms(judge: Judge, rows: Iterable[Row]) -> list[str]:
    """Rooms that the rows need and the edition has not, in the order of the file."""
    return list(dict.fromkeys(row.room for row in rows if row.is_written and row.room and row.room not in judge.rooms))


def kind_of(type_: str) -> str:
    """What another program's word for a session is here."""
    word = type_.strip().lower().replace(" ", "").replace("_", "").replace("-", "")
    if type_ in SessionKind.values:
        return type_
    labels = {str(kind.label): kind for kind in SessionKind}
    if type_.strip() in labels:
        return str(labels[type_.strip()])
    return str(next((kind for kind, words in KINDS.items() if word in words), SessionKind.OTHER))


def _keys_of(row: Row) -> list[tuple[str, Any]]:
    return [one.key for one in row.people]


def _wall(entry: Entry) -> datetime:
    return datetime.fromisoformat(entry["starts"])


def _words(own: Mapping[str, Any], name: str, most: int = 20_000) -> str:
    value = own.get(name)
    return value[:most] if isinstance(value, str) else ""


def _whole(text: Any) -> int:
    """A positive number, or zero."""
    found = str(text or "")
    return int(found) if found.isascii() and found.isdigit() and len(found) < 19 and int(found) < LARGEST else 0
