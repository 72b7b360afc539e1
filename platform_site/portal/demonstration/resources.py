"""Shared resources of the demonstration: facilities at real hosts, with visits and stationings in every state. Read next: resource_prose.py.

All through the portal's own actions, with a past; nothing of the sharing balance is written, it follows from these records.
"""

import csv
import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.db import transaction

import governance
from governance import hours_text, visit_queries
from governance.actions import facilities, stationings, visit_answers, visits
from governance.models import Facility, Stationing, Visit
from governance.states import StationingState
from patents.models import Listing
from patents.states import ListingState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import system_user
from platform_site.regions.facts import BY_CODE, CODES

from . import resource_prose as prose
from .people import Cast

HOSTS = Path(governance.__file__).parent / "data" / "hosts.tsv"
REGISTERED = 330  # days ago
# Days from today of a visit, what becomes of it, people: one round of each province's list.
VISITS: tuple[tuple[int, str, int], ...] = (
    (-200, "used", 3), (-160, "used", 2), (-120, "not_used", 1), (-90, "used", 6), (-60, "declined", 2), (-45, "used", 4),
    (-30, "lapsed", 2), (-20, "used", 2), (-9, "cancelled", 3), (-3, "used", 5), (2, "confirmed", 2), (3, "requested", 3), (5, "requested", 1),
    (6, "countered", 2), (8, "confirmed", 4), (12, "cancelled", 2),
)  # fmt: skip


class Host(NamedTuple):
    name_zh: str
    name_en: str
    sort: str
    province_code: str
    city_code: str


@cache
def hosts() -> tuple[Host, ...]:
    """The shipped table: real names and places."""
    with HOSTS.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return tuple(Host(*row) for row in rows)


class Resources:
    """One run; `moment` gives office hours of so many days ago, `deliver` empties the outbox."""

    def __init__(
        self, cast: Cast, dice: random.Random, moment: Callable[[float], datetime], deliver: Callable[[], None]
    ) -> None:
        self.cast, self.dice, self.moment, self.deliver = cast, dice, moment, deliver
        self.today = clock.today()
        self.by_province: dict[str, list[Facility]] = {code: [] for code in CODES}

    def fill(self) -> None:
        with transaction.atomic(), clock.at(self.moment(REGISTERED)):
            self._register()
            self.deliver()
        self.listings = self._listings()
        for place, code in enumerate(CODES):
            with transaction.atomic():
                self._visits(code, place)
                self._full_slot(code)
                self._stays(code, place)
                self.deliver()
        self._close_one()

    def _close_one(self) -> None:
        """A laboratory that nobody has booked."""
        quiet = Facility.objects.filter(kind="laboratory", visits=None, stationings=None).order_by("-pk").first()
        if quiet is not None:
            with transaction.atomic(), clock.at(self.moment(6)):
                officer = self.cast.officers[quiet.province_id]
                reason = "实验楼改造，暂停对外开放。"
                facilities.facility_close(facility_id=quiet.pk, actor=officer, reason=reason)

    # ---- facilities

    def _register(self) -> None:
        for number, host in enumerate(hosts()):
            sort = {"university": prose.LABORATORY, "centre": prose.CENTRE}.get(host.sort) or prose.ZONES[number % 3]
            self._facility(host, sort, number)
        for code in CODES:
            fact = BY_CODE[code]
            expert = Host(fact.name_zh, fact.name_en, "expert", code, f"{code[:2]}0100")
            self._facility(expert, prose.EXPERT, int(code[:2]))
            first = next(one for one in self.by_province[code] if one.places)
            facilities.manager_name(facility_id=first.pk, actor=self.cast.officers[code], user=self.cast.buyers[code])

    def _facility(self, host: Host, sort: prose.Sort, number: int) -> None:
        visitors, places, area, power = sort.room
        scale = 1 + number % 3
        values: dict[str, Any] = {
            "kind": sort.kind, "name_zh": host.name_zh + sort.ending[0], "name_en": f"{host.name_en} {sort.ending[1]}".strip(),
            "city_code": host.city_code, "about_zh": f"{sort.about[0]}\n{prose.NOTE[0]}", "about_en": f"{sort.about[1]}\n{prose.NOTE[1]}",
            "services_zh": sort.services[0], "services_en": sort.services[1], "visitors": visitors, "places": places,
            "area_m2": Decimal(area * scale) if area else None, "power_kw": Decimal(power * scale) if power else None,
            "permits": list(sort.permits), "languages": ["zh", "en"] if number % 2 else ["zh"], "contact": "共享服务窗口（演示）",
            "phone": f"0000-{1000000 + number:07d}", "slot_minutes": 90 if sort.kind == "laboratory" else 120, "facts": sort.facts,
            "equipment": [{"name_zh": zh, "name_en": en, "pieces": pieces} for zh, en, pieces in sort.equipment],
            "hours": hours_text.weekly(prose.HOURS[number % 3]),
            "exceptions": [{"day": self.today + timedelta(days=16 + number % 5), "opens": None, "closes": None, "note": "设备检修"}],
        }  # fmt: skip
        officer = self.cast.officers[host.province_code]
        made = facilities.facility_create(province_code=host.province_code, actor=officer, values=values)
        self.by_province[host.province_code].append(made)

    # ---- visits

    def _visits(self, code: str, place: int) -> None:
        """Provinces differ in how much they are visited, and from where."""
        offered = [one for one in self.by_province[code] if one.visitors]
        for number, (days, fate, people) in enumerate(VISITS):
            if fate == "used" and (number + place) % (2 + place % 3) == 0:
                continue
            near = number % (2 + place % 2) == 0
            home = code if near else CODES[(CODES.index(code) + number) % len(CODES)]
            visitor = self.cast.owners[home][number % 2] if number % 2 else self.cast.buyers[home]
            self._visit(offered[(number * 5) % len(offered)], visitor, days, fate, people + place * number % 4)

    def _visit(self, place: Facility, visitor: User, days: int, fate: str, people: int) -> None:
        booked = max(-days, 0) + 5 + self.dice.random() if days < 0 else self.dice.uniform(0.4, 2)
        with clock.at(self.moment(booked)):
            first = self.today + timedelta(days=days)
            free = visit_queries.free_slots(place, first, 10, min(people, place.visitors))
            wish = visits.Wish(visitor, min(people, place.visitors), self.dice.choice(prose.PURPOSES))
            # Asked beforehand: inside the load an action that refuses would end it.
            slots = [slot for slot, _left in free if not visit_queries.elsewhere(visitor, slot.starts_at, slot.ends_at)]
            if not slots:
                return
            visit = visits.visit_book(facility_id=place.pk, actor=visitor, wish=wish, starts_at=slots[0].starts_at)
        self._answer(visit, place, fate, booked)

    def _answer(self, visit: Visit, place: Facility, fate: str, booked: float) -> None:
        officer = self.cast.officers[place.province_id]
        act = {"visit_id": visit.pk, "actor": officer}
        with clock.at(self.moment(max(booked - 1, 0.2))):
            if fate in ("confirmed", "used", "not_used", "cancelled"):
                visit_answers.visit_confirm(**act)
            elif fate == "declined":
                visit_answers.visit_decline(**act, reason=prose.REASONS["refused"])
            elif fate == "countered":
                later = clock.day_of(visit.starts_at) + timedelta(days=1)
                free = visit_queries.free_slots(place, later, 10, visit.people, visit.pk)
                moment = next(
                    slot.starts_at
                    for slot, _left in free
                    if not visit_queries.elsewhere(visit.visitor, slot.starts_at, slot.ends_at, visit.pk)
                )
                visit_answers.visit_counter(**act, starts_at=moment, reason=prose.REASONS["counter"])
            if fate == "cancelled":
                visit_answers.visit_cancel(visit_id=visit.pk, actor=visit.visitor)
        if fate == "lapsed":
            with clock.at(visit.ends_at):
                visit_answers.visit_lapse(visit_id=visit.pk, actor=system_user())
        if fate in ("used", "not_used") and visit.ends_at < clock.now():
            with clock.at(visit.ends_at):
                visit_answers.visit_mark(**act, used=fate == "used")

    def _full_slot(self, code: str) -> None:
        """One slot ahead that is full, with two who wait."""
        place = next(one for one in self.by_province[code] if one.kind == "expert")
        with clock.at(self.moment(0.3)):
            slot = visit_queries.free_slots(place, self.today + timedelta(days=9), 14, place.visitors)[0][0]
            others = [one for other in CODES if other != code for one in self.cast.owners[other][1:]]
            free = [one for one in others if not visit_queries.elsewhere(one, slot.starts_at, slot.ends_at)]
            for number, person in enumerate(free[:3]):
                wish = visits.Wish(person, place.visitors if number == 0 else 1, prose.PURPOSES[number])
                visits.visit_book(facility_id=place.pk, actor=person, wish=wish, starts_at=slot.starts_at, wait=True)

    # ---- stationing

    def _listings(self) -> dict[str, list[Listing]]:
        """What is on the market, by the province of its owner, oldest first."""
        found: dict[str, list[Listing]] = {code: [] for code in CODES}
        rows = Listing.objects.filter(state=ListingState.PUBLISHED, owner__province__in=CODES).select_related("owner")
        for listing in rows.order_by("published_at", "id"):
            found[listing.owner.province_id].append(listing)
        return found

    def _next(self, code: str, number: int) -> Listing:
        """Two of three from elsewhere; each listing once."""
        home = code if number % 3 == 0 else CODES[(CODES.index(code) + 1 + number % 4) % len(CODES)]
        pool = next(self.listings[one] for one in (home, *CODES) if self.listings[one])
        return pool.pop(0)

    def _stays(self, code: str, place: int) -> None:
        rooms = [one for one in self.by_province[code] if one.kind in ("base", "incubator", "pilot_line")]
        here, other = rooms[place % 2], rooms[-1]
        gone = self._stay(here, code, place, 260, 230, here.places - 1)
        self._decide(gone, "stationed", 250)
        waits = self._stay(here, code, 1, 200, 180, 2)
        self._decide(waits, "queued", 195)
        self._end(gone, code, 60)  # and who waited moves up
        self._decide(Stationing.objects.get(pk=waits.pk), "signed", 50)
        self._decide(self._stay(here, code, 2, 40, 300, here.places - 2), "stationed", 30)
        for number in (3, 4):
            self._decide(self._stay(here, code, number, 12 - number, 120 + 15 * place, 2), "queued", 5 - number * 0.5)
        self._decide(self._stay(other, code, 5, 30, 120, 1), "declined", 22)
        self._decide(self._stay(other, code, 6, 15, 200, 1), "accepted", 9)
        self._decide(self._stay(other, code, 7, 150, 90, 1), "exited", 140)
        withdrawn = self._stay(other, code, 8, 8, 60, 1)
        with clock.at(self.moment(6)):
            stationings.stationing_withdraw(stationing_id=withdrawn.pk, actor=withdrawn.applicant)
        for number in (9, 10):
            self._stay(other, code, number, 4 - (number - 8), 180, 1)

    def _stay(self, room: Facility, code: str, number: int, asked: float, days: int, places: int) -> Stationing:
        """An application of so many days ago for so many days from then on."""
        listing = self._next(code, number)
        with clock.at(self.moment(asked)):
            first = clock.today() + timedelta(days=3)
            wanted = stationings.Wanted(
                places, first, first + timedelta(days=days), prose.PLANS[number % 3], area_m2=Decimal(30 * places),
                power_kw=Decimal(10 * places), equipment=prose.PILOT.equipment[number % 3][0],
            )  # fmt: skip
            return stationings.stationing_apply(
                facility_id=room.pk, listing_id=listing.pk, actor=listing.owner, wanted=wanted
            )

    def _decide(self, row: Stationing, fate: str, days: float) -> None:
        row = Stationing.objects.select_related("facility", "applicant").get(pk=row.pk)
        act = {"stationing_id": row.pk, "actor": self.cast.officers[row.facility.province_id]}
        with clock.at(self.moment(days)):
            if fate == "queued":
                stationings.stationing_queue(**act, reason=prose.REASONS["queue"])
            elif fate == "declined":
                stationings.stationing_decline(**act, reason=prose.REASONS["declined"])
            elif row.state == StationingState.SUBMITTED:
                stationings.stationing_accept(**act)
        if fate in ("stationed", "signed", "exited"):
            self._sign(Stationing.objects.get(pk=row.pk), act, days - 3)
        if fate == "exited":
            with clock.at(self.moment(days - 40)):
                stationings.stationing_exit(**act, outcome=prose.REASONS["exit"])

    def _sign(self, row: Stationing, act: dict[str, Any], days: float) -> None:
        with clock.at(self.moment(days)):
            period = (row.ends_on - row.starts_on).days
            stones: list[tuple[str, date]] = [
                (title, row.starts_on + timedelta(days=period * (step + 1) // 5))
                for step, title in enumerate(prose.MILESTONES)
            ]
            contract = f"RZ-{clock.today().year}-{row.pk:04d}"
            stationings.stationing_sign(**act, contract=contract, signed_on=clock.today(), milestones=stones)
        for step, stone in enumerate(row.milestones.all()):
            if stone.due_on < self.today:
                ago = (self.today - stone.due_on).days + 0.3
                with clock.at(self.moment(ago)):
                    stationings.stationing_report(stationing_id=row.pk, actor=row.applicant, words=prose.REPORTS[step])
                    stationings.milestone_reach(milestone_id=stone.pk, actor=act["actor"])

    def _end(self, row: Stationing, code: str, days: float) -> None:
        """Graduated: every milestone was reached by then."""
        with clock.at(self.moment(days)):
            stationings.stationing_graduate(
                stationing_id=row.pk, actor=self.cast.officers[code], outcome=self.dice.choice(prose.OUTCOMES)
            )
