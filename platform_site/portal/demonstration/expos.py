"""Expos of the demonstration: two editions with results, this year's on its second day, next year's planned. Read next: expo_prose.py.

All through the portal's own actions, each at its own moment in the past. Every part of an expo adds a step to the story of
an edition, in files of its own (expo_<part>.py); nothing that a page counts is written.
"""

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from expos.actions import editions, places
from expos.models import Expo, Hall
from expos.states import ExpoState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.regions import hosts
from platform_site.regions.facts import BY_CODE, CODES

from .expo_door import Doors
from .expo_floor import ExpoFloor
from .expo_meeting import ExpoMeetings
from .expo_programme import Programme
from .people import Cast

HALLS = (("A", "一号馆", "Hall 1", 72, 48, 3000), ("B", "二号馆", "Hall 2", 60, 42, 2000))
ROOMS = (("开幕厅", "Opening hall", 400), ("路演厅", "Roadshow hall", 160), ("论坛厅", "Forum hall", 240))
THEMES = (
    ("专利技术走进产业园", "Patents into industrial parks"),
    ("让专利成为产品", "Patents become products"),
    ("六省专利 中部智造", "Six provinces, one workshop"),
    ("新技术 新工厂", "New technology, new factories"),
)


class Expos:
    """One run; `moment` gives office hours of so many days ago, `deliver` empties the outbox."""

    def __init__(
        self, cast: Cast, dice: random.Random, moment: Callable[[float], datetime], deliver: Callable[[], None]
    ) -> None:
        self.cast, self.dice, self.moment, self.deliver = cast, dice, moment, deliver
        self.today = clock.today()
        self.floor = ExpoFloor(cast, dice, moment(0))
        self.doors = Doors(cast, dice, self._at)

    def fill(self) -> None:
        """Last year's and the one before reported, this year's running, next year's planned."""
        this = self.today.year
        for year in (this - 2, this - 1, this, this + 1):
            with transaction.atomic():
                self._edition(year)
                self.deliver()

    # ---- one edition

    def _edition(self, year: int) -> None:
        first, last = self.days(year)
        officer = self.cast.officers[hosts.host_of_year(year)]
        with clock.at(self._at(first - timedelta(days=150))):
            expo = editions.expo_create(actor=officer, year=year)
            if year > self.today.year:
                return
            self._places(expo, officer, first, last)
            self._delegations(expo)
            expo = Expo.objects.get(pk=expo.pk)  # as it stands by now
            self.floor.draw(expo, officer)
            self.advance(expo, officer, ExpoState.APPLICATIONS_OPEN)
        self.floor.apply(expo, first, 4 if year == self.today.year else 2)
        with clock.at(self._at(first - timedelta(days=40))):
            self.advance(expo, officer, ExpoState.ALLOCATING)
        self.floor.allot(expo, officer, first)
        programme = Programme(self.cast, expo, officer)
        with clock.at(self._at(first - timedelta(days=14))):
            programme.draft()
            self.advance(expo, officer, ExpoState.PROGRAMME_PUBLISHED)
            self.doors.register(expo, officer)
        self.floor.look(expo, officer, first)
        meetings = ExpoMeetings(self.cast, self.dice, expo, officer) if year >= self.today.year - 1 else None
        if meetings is not None:
            with clock.at(self._at(first - timedelta(days=12))):
                meetings.plan(each=4 if year == self.today.year else 2)
            with clock.at(self._at(first - timedelta(days=7))):
                meetings.answer()
        with clock.at(self._at(first - timedelta(days=3))):
            programme.change()
        self._run(expo, officer, meetings)

    def _run(self, expo: Expo, officer: User, meetings: ExpoMeetings | None) -> None:
        """From the opening on: this year's has got no further than today."""
        first, last = self.days(expo.year)
        with clock.at(self._at(first, 8)):
            self.advance(expo, officer, ExpoState.RUNNING)
        expo.refresh_from_db()
        self.doors.visit(expo, officer)
        with clock.at(self._at(first, 15)):
            self.doors.scan(expo)
        if meetings is not None:
            with clock.at(self._at(last, 18)):
                meetings.meet()
        if expo.year == self.today.year:
            self.doors.keep(expo, officer)
            with clock.at(self._at(first + timedelta(days=1), 11)):
                self.doors.stage(expo, officer)
            with clock.at(self.moment(0)):
                meetings.ask()
            self.floor.bar(expo, first)
            self.floor.complain(expo, officer, first)
            return
        with clock.at(self._at(last, 18)):
            self.advance(expo, officer, ExpoState.CLOSED)
            made = self.doors.conclude(expo, officer)
        with clock.at(self._at(last + timedelta(days=30))):
            self.advance(expo, officer, ExpoState.REPORTED)
        self.doors.follow(made, officer)

    def days(self, year: int) -> tuple[date, date]:
        """This year's is on its second day today, as far as the year allows; the others about the same time."""
        this = max(self.today - timedelta(days=1), date(self.today.year, 1, 1))
        this = min(this, date(self.today.year, 12, 29))
        first = this if year == self.today.year else date(year, 10, 18)
        if year < self.today.year and (self.today - first).days < 60:
            first = date(year, 9, 18)
        return first, first + timedelta(days=2)

    def _at(self, day: date, hour: int = 10) -> datetime:
        """A moment of the story, never later than now."""
        return min(datetime.combine(day, time(hour), tzinfo=clock.SHANGHAI), self.moment(0))

    def advance(self, expo: Expo, officer: User, to: ExpoState) -> None:
        editions.expo_advance(expo_id=expo.pk, actor=officer, to=to)

    def _places(self, expo: Expo, officer: User, first: date, last: date) -> None:
        fact = BY_CODE[expo.host_id]
        place = {
            "name_zh": f"{fact.name_zh}国际会展中心（演示）", "name_en": f"{fact.name_en} Expo Centre (demonstration)",
            "city_code": f"{expo.host_id[:2]}0100", "address_zh": "会展大道 1 号", "address_en": "1 Expo Avenue",
        }  # fmt: skip
        venue = editions.venue_create(expo_id=expo.pk, actor=officer, values=place)
        zh, en = THEMES[expo.year % len(THEMES)]
        values: dict[str, Any] = {
            "theme_zh": zh, "theme_en": en, "venue": venue, "starts_on": first, "last_on": last, "opens": 9 * 60, "closes": 17 * 60,
            "about_zh": "六省权利人展示已上架的专利技术，设路演、论坛、对接洽谈和签约仪式，专业观众和公众凭登记入场。",
            "about_en": "Patentees of the six provinces show listed technologies, with roadshows, forums, matchmaking and a signing ceremony.",
            "apply_until": first - timedelta(days=41),
        }  # fmt: skip
        editions.expo_save(expo_id=expo.pk, actor=officer, values=values)
        if Hall.objects.filter(expo=expo).exists():
            return
        for code, name_zh, name_en, width, depth, people in HALLS:
            places.hall_save(
                expo_id=expo.pk, actor=officer,
                values={"code": code, "name_zh": name_zh, "name_en": name_en, "width_m": width, "depth_m": depth, "people": people},
            )  # fmt: skip
        for number, (name_zh, name_en, seats) in enumerate(ROOMS):
            places.room_save(
                expo_id=expo.pk, actor=officer,
                values={"name_zh": name_zh, "name_en": name_en, "hall": None, "seats": seats, "place": number},
            )  # fmt: skip

    def _delegations(self, expo: Expo) -> None:
        for code in CODES:
            row = expo.delegations.get(province=code)
            values = {
                "head": f"{BY_CODE[code].name_zh}代表团团长（演示）", "contact": "0000-1000000", "booths": 6,
                "call_zh": "优先征集可以现场演示的专利技术。", "call_en": "Technologies that can be shown at work come first.",
            }  # fmt: skip
            editions.delegation_save(delegation_id=row.pk, actor=self.cast.officers[code], values=values)
