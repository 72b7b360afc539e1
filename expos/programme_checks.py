"""What is wrong or odd in a draft, on four levels. Pure: sessions in, findings out. Read next: actions/sessions.py, which saves no error.

An error cannot be (and the database refuses it), a warning is acknowledged by whoever releases, a hint and an information are shown.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from platform_site import clock

from .models import Expo, Session
from .states import SessionKind, SessionState

ERROR, WARNING, HINT, INFORMATION = "error", "warning", "hint", "information"
LEVELS = {
    ERROR: (pgettext_lazy("check", "错误"), "cinn"), WARNING: (pgettext_lazy("check", "警告"), "ochre"),
    HINT: (pgettext_lazy("check", "提示"), "indigo"), INFORMATION: (pgettext_lazy("check", "说明"), ""),
}  # fmt: skip
MEANING = {
    ERROR: gettext_lazy("不能保存"), WARNING: gettext_lazy("发布时逐条确认"), HINT: gettext_lazy("建议处理"),
    INFORMATION: gettext_lazy("仅供了解"),
}  # fmt: skip
WALK = timedelta(minutes=15)  # from one room to another
PITCH = (timedelta(minutes=8), timedelta(minutes=30))  # a roadshow: 8 to 10 minutes and questions


@dataclass(frozen=True)
class Finding:
    """One thing found: level, a stable key, a sentence, and the session it leads to."""

    level: str
    key: str
    words: str
    guid: str


@dataclass(frozen=True)
class Item:
    """A session as the checks see it."""

    guid: str
    title: str
    kind: str
    room: int | None
    room_name: str
    seats: int
    starts_at: datetime | None
    ends_at: datetime | None
    expected: int
    topic: str
    speakers: tuple[tuple[int, str], ...]
    has_listing: bool
    has_abstract: bool
    has_english: bool

    @property
    def is_placed(self) -> bool:
        return self.starts_at is not None and self.ends_at is not None and self.room is not None

    @property
    def when(self) -> str:
        return f"{self.starts_at.astimezone(clock.SHANGHAI):%m-%d %H:%M}" if self.starts_at else ""


def items_of(sessions: Iterable[Session]) -> list[Item]:
    """What is to be held; everything was read before (programme_queries.sessions_of)."""
    return [_item(one) for one in sessions if one.state == SessionState.PLANNED]


def _item(one: Session) -> Item:
    speakers = tuple((row.speaker_id, row.speaker.name) for row in one.speaker_rows.all())
    room = one.room
    return Item(
        str(one.guid), one.title, one.kind, one.room_id, room.name if room else "", room.seats if room else 0,
        one.starts_at, one.ends_at, one.expected or 0, one.topic.strip(), speakers,
        one.listing_id is not None or one.exhibit_id is not None, bool(one.abstract_zh), bool(one.title_en),
    )  # fmt: skip


def findings(expo: Expo, items: Sequence[Item]) -> list[Finding]:
    """All of them, the gravest first, in order of time inside a level."""
    ordered = sorted(items, key=lambda one: (one.starts_at is None, one.starts_at or datetime.max, one.guid))
    found = [finding for check in _CHECKS for finding in check(expo, ordered)]
    return sorted(found, key=lambda one: list(LEVELS).index(one.level))


def warnings(expo: Expo, items: Sequence[Item]) -> list[Finding]:
    return [one for one in findings(expo, items) if one.level == WARNING]


def overlapping(items: Iterable[Item]) -> Iterator[tuple[Item, Item]]:
    """Pairs of half-open stretches that share a moment; what touches does not overlap. Sorted once, then a sweep."""
    open_now: list[Item] = []
    for item in sorted((one for one in items if one.is_placed), key=lambda one: one.starts_at):  # type: ignore[arg-type, return-value]
        open_now = [one for one in open_now if one.ends_at > item.starts_at]  # type: ignore[operator]
        for one in open_now:
            yield one, item
        open_now.append(item)


def _two(one: Item, other: Item) -> dict[str, str]:
    return {"one": one.title, "other": other.title, "when": other.when}


def _room_twice(_expo: Expo, items: Sequence[Item]) -> Iterator[Finding]:
    for one, other in overlapping(items):
        if one.room == other.room:
            words = _("%(room)s在 %(when)s 有两场：“%(one)s”和“%(other)s”。") % {
                **_two(one, other),
                "room": one.room_name,
            }
            yield Finding(ERROR, f"room:{one.guid}:{other.guid}", words, other.guid)


def _speaker_twice(_expo: Expo, items: Sequence[Item]) -> Iterator[Finding]:
    for one, other in overlapping(items):
        for pk, name in one.speakers:
            if any(pk == theirs for theirs, _name in other.speakers):
                words = _("%(speaker)s在 %(when)s 有两场：“%(one)s”和“%(other)s”。") % {
                    **_two(one, other),
                    "speaker": name,
                }
                yield Finding(ERROR, f"speaker:{pk}:{one.guid}:{other.guid}", words, other.guid)


def _outside_days(expo: Expo, items: Sequence[Item]) -> Iterator[Finding]:
    for one in items:
        if one.is_placed and not (_day(one.starts_at) >= (expo.starts_on or date.max) and _last_day(one) <= (expo.last_on or date.min)):  # fmt: skip
            words = _("“%(one)s”不在展期之内。") % {"one": one.title}
            yield Finding(ERROR, f"days:{one.guid}", words, one.guid)


def _short_walk(_expo: Expo, items: Sequence[Item]) -> Iterator[Finding]:
    by_speaker: dict[tuple[int, str], list[Item]] = {}
    for one in items:
        for speaker in one.speakers if one.is_placed else ():
            by_speaker.setdefault(speaker, []).append(one)
    for (pk, name), theirs in by_speaker.items():
        for one, other in pairwise(theirs):
            gap = other.starts_at - one.ends_at  # type: ignore[operator]
            if one.room != other.room and timedelta(0) <= gap < WALK:
                said = {**_two(one, other), "speaker": name, "minutes": int(gap.total_seconds() // 60)}
                words = _("%(speaker)s从“%(one)s”到“%(other)s”要换会场，中间只有 %(minutes)d 分钟。") % said
                yield Finding(WARNING, f"walk:{pk}:{one.guid}:{other.guid}", words, other.guid)


def _small_room(_expo: Expo, items: Sequence[Item]) -> Iterator[Finding]:
    for one in items:
        if one.is_placed and one.expected > one.seats:
            said = {"one": one.title, "expected": one.expected, "room": one.room_name, "seats": one.seats}
            words = _("“%(one)s”预计 %(expected)d 人，%(room)s只有 %(seats)d 座。") % said
            yield Finding(WARNING, f"seats:{one.guid}", words, one.guid)


def _one_topic_twice(_expo: Expo, items: Sequence[Item]) -> Iterator[Finding]:
    for one, other in overlapping(one for one in items if one.topic and one.kind != SessionKind.BREAK):
        if one.topic == other.topic:
            words = _("“%(one)s”和“%(other)s”同属“%(topic)s”，%(when)s 时间重叠。") % {
                **_two(one, other),
                "topic": one.topic,
            }
            yield Finding(WARNING, f"topic:{one.guid}:{other.guid}", words, other.guid)


def _hints(expo: Expo, items: Sequence[Item]) -> Iterator[Finding]:
    for one in items:
        if not one.is_placed:
            yield Finding(
                HINT,
                f"unplaced:{one.guid}",
                _("“%(one)s”还没有排定会场和时间，不会发布。") % {"one": one.title},
                one.guid,
            )
            continue
        if _outside_hours(expo, one):
            yield Finding(HINT, f"hours:{one.guid}", _("“%(one)s”不在开放时间之内。") % {"one": one.title}, one.guid)
        if one.kind in (SessionKind.FORUM, SessionKind.ROADSHOW) and not one.speakers:
            yield Finding(HINT, f"nobody:{one.guid}", _("“%(one)s”还没有演讲人。") % {"one": one.title}, one.guid)
        if one.kind == SessionKind.ROADSHOW and not one.has_listing:
            yield Finding(
                HINT, f"listing:{one.guid}", _("路演“%(one)s”没有注明在架的技术。") % {"one": one.title}, one.guid
            )
        if one.kind == SessionKind.ROADSHOW and not PITCH[0] <= one.ends_at - one.starts_at <= PITCH[1]:  # type: ignore[operator]
            yield Finding(
                HINT, f"pitch:{one.guid}", _("路演“%(one)s”一般是 8—10 分钟加提问。") % {"one": one.title}, one.guid
            )


def _information(_expo: Expo, items: Sequence[Item]) -> Iterator[Finding]:
    for one in items:
        if not one.has_english:
            yield Finding(
                INFORMATION, f"english:{one.guid}", _("“%(one)s”没有英文题目。") % {"one": one.title}, one.guid
            )
        if not one.has_abstract and one.kind in (SessionKind.FORUM, SessionKind.ROADSHOW):
            yield Finding(INFORMATION, f"abstract:{one.guid}", _("“%(one)s”没有简介。") % {"one": one.title}, one.guid)


_CHECKS: list[Callable[[Expo, Sequence[Item]], Iterator[Finding]]] = [
    _room_twice, _speaker_twice, _outside_days, _short_walk, _small_room, _one_topic_twice, _hints, _information,
]  # fmt: skip


def _day(moment: datetime | None) -> date:
    return clock.day_of(moment) if moment else date.max


def _last_day(one: Item) -> date:
    """A session that ends at midnight ends on the day before."""
    return _day(one.ends_at - timedelta(microseconds=1) if one.ends_at else None)


def _outside_hours(expo: Expo, one: Item) -> bool:
    begin, end = (moment.astimezone(clock.SHANGHAI) for moment in (one.starts_at, one.ends_at))  # type: ignore[union-attr]
    is_over_night = _day(one.starts_at) != _last_day(one)
    return is_over_night or begin.hour * 60 + begin.minute < expo.opens or end.hour * 60 + end.minute > expo.closes
