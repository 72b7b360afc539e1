"""Programmes of the demonstration's expos: three days in three rooms, roadshows of its own listings, two versions each. Read next: expos.py."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from expos import programme_checks as checks
from expos import programme_queries as reads
from expos.actions import programmes, sessions
from expos.models import Expo, Room, Session, Speaker
from patents.models import Listing
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.regions.facts import PROVINCES

from .people import Cast

OPENING, PITCH, FORUM = 0, 1, 2  # rooms, as demonstration/expos.py lists them
# Names that nobody bears: a surname and the word for a demonstration.
SPEAKERS = (
    ("甲一（演示）", "Speaker A (demo)", "某大学技术转移中心主任", "Head of technology transfer, a university"),
    ("乙二（演示）", "Speaker B (demo)", "某专利代理机构合伙人", "Partner, a patent agency"),
    ("丙三（演示）", "Speaker C (demo)", "某产业基金投资总监", "Investment director, an industry fund"),
    ("丁四（演示）", "Speaker D (demo)", "某制造企业总工程师", "Chief engineer, a manufacturer"),
    ("戊五（演示）", "Speaker E (demo)", "某研究院知识产权部部长", "Head of intellectual property, an institute"),
    ("己六（演示）", "Speaker F (demo)", "某技术经理人协会秘书长", "Secretary general, technology managers"),
)
# Day, beginning, minutes, room, kind, titles, topic, who speaks (the first hosts where the kind is a forum), expected visitors.
PLAN: tuple[tuple[int, str, int, int, str, str, str, str, tuple[int, ...], int], ...] = (
    (0, "09:00", 60, OPENING, "ceremony", "开幕式", "Opening ceremony", "", (), 380),
    (0, "10:15", 105, FORUM, "forum", "开放许可怎样定价", "Pricing open licences", "许可", (1, 0, 3), 200),
    (0, "12:00", 90, OPENING, "break", "午餐", "Lunch", "", (), 0),
    (0, "14:00", 90, FORUM, "forum", "高校专利分级与盘活", "Sorting and using university patents", "高校", (4, 0), 180),
    (0, "15:45", 75, OPENING, "forum", "质押融资的尽职调查", "Due diligence for pledge financing", "金融", (2, 1), 150),
    (1, "09:00", 90, FORUM, "forum", "技术经理人怎样撮合", "How technology managers match", "转化", (5, 3), 160),
    (1, "11:00", 60, OPENING, "auction", "专利拍卖专场", "Patent auction", "", (), 220),
    (1, "12:00", 90, OPENING, "break", "午餐", "Lunch", "", (), 0),
    (1, "14:00", 120, FORUM, "forum", "中部六省产业链与专利布局", "Supply chains and patents of six provinces", "产业", (3, 4, 2), 230),
    (1, "18:30", 210, OPENING, "other", "六省代表团交流", "Evening of the six delegations", "", (), 200),
    (2, "09:30", 60, FORUM, "award", "优秀展品评奖", "Awards for exhibits", "", (5,), 120),
    (2, "11:00", 60, OPENING, "ceremony", "签约仪式", "Signing ceremony", "", (), 300),
    (2, "12:00", 90, OPENING, "break", "午餐", "Lunch", "", (), 0),
    (2, "14:00", 60, OPENING, "ceremony", "闭幕式", "Closing ceremony", "", (), 240),
)  # fmt: skip
PITCHES = ((0, "10:30"), (0, "14:30"), (1, "09:30"), (1, "14:30"), (2, "10:00"), (2, "10:20"))  # one a province


class Programme:
    """The programme of one edition: drafted and released a fortnight before, changed once and released again."""

    def __init__(self, cast: Cast, expo: Expo, officer: User) -> None:
        self.cast, self.expo, self.officer = cast, expo, officer
        self.rooms: Sequence[Room] = list(expo.rooms.all())

    def draft(self) -> None:
        """Sessions, speakers and the first version; six buyers mark what they want to see."""
        speakers = [self._speaker(*each) for each in SPEAKERS]
        for day, begin, minutes, room, kind, zh, en, topic, who, expected in PLAN:
            voices = [
                (speakers[one], "host" if kind == "forum" and not place else "speaker") for place, one in enumerate(who)
            ]
            self._session(day, begin, minutes, room, voices, kind=kind, title_zh=zh, title_en=en, topic=topic, expected=expected or None)  # fmt: skip
        listings = self._listings()
        for place, (day, begin) in enumerate(PITCHES):
            listing = listings[place] if place < len(listings) else None
            zh = listing.public_version.title_zh if listing else f"装备制造专利专场（{place + 1}）"
            en = listing.public_version.title_en if listing else f"Equipment patents, part {place + 1}"
            self._session(
                day, begin, 15, PITCH, [], kind="roadshow", title_zh=f"路演：{zh}", title_en=f"Pitch: {en}" if en else "",
                listing=listing, expected=80,
            )  # fmt: skip
        self._release("")
        auction = Session.objects.get(expo=self.expo, kind="auction")
        for buyer in self.cast.buyers.values():
            sessions.favourite_set(session_id=auction.pk, actor=buyer, wanted=True)

    def change(self) -> None:
        """The auction takes another room, the evening gets its description: the second version."""
        auction = Session.objects.get(expo=self.expo, kind="auction")
        sessions.session_move(
            session_id=auction.pk, actor=self.officer, room_id=self.rooms[FORUM].pk, starts_at=auction.starts_at, ends_at=auction.ends_at
        )  # fmt: skip
        last = Session.objects.filter(expo=self.expo, kind="roadshow").order_by("-starts_at", "-pk")[0]
        sessions.session_cancel(session_id=last.pk, actor=self.officer, reason="路演单位因样机检修不能到场。")
        evening = Session.objects.get(expo=self.expo, kind="other")
        place = {name: getattr(evening, name) for name in sessions.FIELDS}
        texts = {"abstract_zh": "六省代表团介绍本省优势产业的专利，自由交流。", "abstract_en": "The six delegations present the patents of their industries."}  # fmt: skip
        sessions.session_save(session_id=evening.pk, actor=self.officer, values={**place, **texts}, speakers=[])
        self._release("拍卖专场改在论坛厅。")

    def _speaker(self, name_zh: str, name_en: str, unit_zh: str, unit_en: str) -> Speaker:
        values = {
            "name_zh": name_zh, "name_en": name_en, "unit_zh": unit_zh, "unit_en": unit_en,
            "bio_zh": "长期从事专利转化，参加过多届展会。", "bio_en": "Has long worked on putting patents to use.",
        }  # fmt: skip
        return sessions.speaker_save(expo_id=self.expo.pk, actor=self.officer, values=values)

    def _session(
        self, day: int, begin: str, minutes: int, room: int, voices: list[tuple[Speaker, str]], **values: Any
    ) -> None:
        starts_at = datetime.combine(self._day(day), time.fromisoformat(begin), tzinfo=clock.SHANGHAI)
        place = {"room": self.rooms[room], "starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=minutes)}
        sessions.session_create(
            expo_id=self.expo.pk, actor=self.officer, speakers=voices, values={"language": "zh", **values, **place}
        )

    def _day(self, number: int) -> date:
        assert self.expo.starts_on is not None
        return self.expo.starts_on + timedelta(days=number)

    def _listings(self) -> list[Listing]:
        """The newest of each province that were on the market at that time."""
        found = []
        for fact in PROVINCES:
            rows = (
                Listing.objects.public()
                .filter(province=fact.code, published_at__lte=clock.now())
                .select_related("public_version")
            )
            found += list(rows.order_by("-published_at", "-pk")[:1])
        return found

    def _release(self, note: str) -> None:
        found = checks.warnings(self.expo, checks.items_of(reads.sessions_of(self.expo)))
        programmes.programme_release(
            expo_id=self.expo.pk, actor=self.officer, note=note, acknowledged=[one.key for one in found]
        )
