"""A programme as it is frozen at a release, and what changed between two of them. Pure but for the draft it is given. Read next: programme_pages.py.

{"rooms": [{"id", "name_zh", "name_en"}], "days": ["2026-06-10"], "sessions": {guid: {...}}}; moments are ISO 8601 of
Shanghai. A session's "mark" is [what, moment]: what the last release that touched it did (new, moved, changed, cancelled).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import get_language, pgettext_lazy

from platform_site import clock

from .models import Room, Session
from .states import SessionState

NEW, MOVED, CHANGED, CANCELLED = "new", "moved", "changed", "cancelled"
WORDS = {
    NEW: (pgettext_lazy("change", "新增"), "jade"), MOVED: (pgettext_lazy("change", "改时间或会场"), "ochre"),
    CHANGED: (pgettext_lazy("change", "内容有变"), "indigo"), CANCELLED: (pgettext_lazy("change", "取消"), "cinn"),
}  # fmt: skip
FRESH = timedelta(hours=24)  # so long a change is marked
PLACE = ("room", "starts", "ends")
Data = dict[str, Any]


def frozen(rooms: Iterable[Room], sessions: Iterable[Session]) -> Data:
    """The placed sessions of a draft, cancelled ones included; what is unplaced is not yet of the programme."""
    placed = sorted((one for one in sessions if one.is_placed), key=lambda one: (one.starts_at, one.room.place, one.pk))  # type: ignore[union-attr]
    used = {one.room_id for one in placed}
    return {
        "rooms": [
            {"id": room.pk, "name_zh": room.name_zh, "name_en": room.name_en, "seats": room.seats}
            for room in rooms if room.pk in used
        ],
        "days": sorted({clock.day_of(one.starts_at).isoformat() for one in placed if one.starts_at}),
        "sessions": {str(one.guid): session_data(one) for one in placed},
    }  # fmt: skip


def in_order(frozen: Data) -> list[Data]:
    """All sessions by time, then from left to right: what is kept as JSON forgets in which order it was written."""
    places = {room["id"]: place for place, room in enumerate(frozen["rooms"])}
    return sorted(
        frozen["sessions"].values(), key=lambda row: (row["starts"], places.get(row["room"], 0), row["number"])
    )


def session_data(one: Session) -> Data:
    listing = one.listing
    return {
        "guid": str(one.guid), "number": one.number, "external_id": one.external_id, "kind": one.kind, "state": one.state,
        "reason": one.reason, "title_zh": one.title_zh, "title_en": one.title_en, "abstract_zh": one.abstract_zh,
        "abstract_en": one.abstract_en, "language": one.language, "topic": one.topic, "expected": one.expected,
        "room": one.room_id, "starts": iso(one.starts_at), "ends": iso(one.ends_at),
        "listing": listing.number if listing else "", "listing_title": _listing_title(one),
        "speakers": [_speaker_data(row) for row in one.speaker_rows.all()], "extra": one.extra,
    }  # fmt: skip


def _listing_title(one: Session) -> str:
    version = one.listing.public_version if one.listing else None
    return version.title_zh if version else ""


def _speaker_data(row: Any) -> Data:
    one = row.speaker
    return {
        "pk": one.pk, "number": one.number, "external_id": one.external_id, "role": row.role, "name_zh": one.name_zh,
        "name_en": one.name_en, "unit_zh": one.unit_zh, "unit_en": one.unit_en, "bio_zh": one.bio_zh, "bio_en": one.bio_en,
        "photo": one.photo_id is not None, "extra": one.extra,
    }  # fmt: skip


def iso(moment: datetime | None) -> str:
    return moment.astimezone(clock.SHANGHAI).isoformat(timespec="minutes") if moment else ""


def written(row: Data, name: str) -> str:
    """A field in the language of the page, in Chinese where it has no other."""
    return (row.get(f"{name}_en") if get_language() == "en" else "") or row[f"{name}_zh"]


@dataclass(frozen=True)
class Change:
    """What became of a session from one version to the next; `before` is None for a new one, `after` for one that has gone."""

    what: str
    guid: str
    before: Data | None
    after: Data | None

    @property
    def row(self) -> Data:
        return self.after or self.before or {}


def changes(before: Data | None, after: Data) -> list[Change]:
    """In the order of the programme; the first version changes nothing, since nothing was known."""
    if before is None:
        return []
    old, new = before["sessions"], after["sessions"]
    found = [
        Change(what, row["guid"], old.get(row["guid"]), row)
        for row in in_order(after) if (what := _what(old.get(row["guid"]), row))
    ]  # fmt: skip
    gone = [
        Change(CANCELLED, row["guid"], row, None)
        for row in in_order(before)
        if row["guid"] not in new and not _is_off(row)
    ]
    return found + gone


def _what(old: Data | None, new: Data) -> str:
    if old is None:
        return "" if _is_off(new) else NEW
    if _is_off(new):
        return "" if _is_off(old) else CANCELLED
    if _is_off(old) or any(old[name] != new[name] for name in PLACE):
        return MOVED
    alike = {**old, "mark": None} == {**new, "mark": None}
    return "" if alike else CHANGED


def _is_off(row: Data) -> bool:
    return bool(row["state"] == SessionState.CANCELLED)


def marked(before: Data | None, after: Data, moment: datetime) -> list[Change]:
    """Write into `after` what was done to each session and when, the older marks kept; answer the changes."""
    found = changes(before, after)
    for guid, row in after["sessions"].items():
        row["mark"] = before["sessions"].get(guid, {}).get("mark") if before else None
    for change in found:
        if change.after is not None:
            change.after["mark"] = [change.what, moment.isoformat(timespec="seconds")]
    return found
