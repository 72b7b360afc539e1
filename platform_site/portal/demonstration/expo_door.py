"""Who came to the demonstration's expos, what was talked over and what came of it. Read next: expos.py.

Visitors are a family name and a form of address, so that nobody real is meant. Members come first, with colleagues of theirs;
every count of a page follows from these records.
"""

import random
import uuid
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from expos import door_queries, result_queries
from expos.actions import ceremony, leads, passages, registrations, results
from expos.models import Expo, ExpoResult, Registration
from expos.queries import registration_of
from expos.states import VisitorKind
from patents.models import Listing
from patents.states import ListingState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.regions.facts import BY_CODE, CODES

from .people import Cast

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"
UNITS = ("装备制造公司", "新材料公司", "生物科技公司", "技术转移中心", "投资公司", "职业学院")
JOBS = ("技术负责人", "采购经理", "项目经理", "研究人员", "投资经理")
COLLEAGUES = 7  # whom each province's buyer brings
# Of a past edition, in order: rung at the signing, amount in yuan, what follows as (months, rung or word).
STORY: tuple[tuple[str, int | None, tuple[tuple[int, str], ...]], ...] = (
    ("intention", 300_000, ((1, "talking"), (3, "contract"), (6, "paid"))),
    ("intention", None, ((1, "talking"), (3, "talking"), (6, "ended"))),
    ("intention", 1_200_000, ((1, "framework"), (9, "contract"))),
    ("intention", 450_000, ((3, "talking"),)),
    ("intention", None, ()),
    ("intention", 800_000, ((1, "talking"), (3, "contract"), (6, "paid"), (9, "industrialised"))),
    ("intention", None, ((1, "ended"),)),
    ("framework", 2_000_000, ((6, "contract"),)),
    ("framework", None, ()),
    ("contract", 360_000, ((3, "paid"),)),
    ("contract", 680_000, ()),
)
REASONS = {"ended": "中试结果没有达到约定的指标。", "talking": "正在安排样机试用。"}
NOTES = ("希望看连续运行数据", "约在下周试样", "想了解中试条件", "询问普通许可的价格")


class Doors:
    """The part of one run; `at` gives a moment of a day of the story, never later than now."""

    def __init__(self, cast: Cast, dice: random.Random, at: Callable[[date, int], datetime]) -> None:
        self.cast, self.dice, self.at = cast, dice, at
        self.today = clock.today()

    # ---- before the doors open

    def register(self, expo: Expo, officer: User) -> None:
        """The named members, colleagues of theirs, two journalists and a guest; the host lets most of those in."""
        for code in CODES:
            buyer, owner = self.cast.buyers[code], self.cast.owners[code][0]
            self._one(expo, buyer, VisitorKind.PROFESSIONAL)
            self._one(expo, owner, VisitorKind.EXHIBITOR)
            rows = [self._row(code, place) for place in range(COLLEAGUES)]
            registrations.registration_group(expo_id=expo.pk, actor=buyer, rows=rows)
            if code == expo.host_id:
                colleague = Registration.objects.filter(expo=expo, made_by=buyer, user=None).order_by("-pk").first()
                registrations.registration_cancel(registration_id=colleague.pk, actor=buyer)
        press = [{**self._row(expo.host_id, 90 + n), "kind": kind, "unit": "行业媒体（演示）", "job": "记者"} for n, kind in enumerate(("media", "media", "guest"))]  # fmt: skip
        made = registrations.registration_group(expo_id=expo.pk, actor=officer, rows=press)
        exhibitors = Registration.objects.filter(expo=expo, kind=VisitorKind.EXHIBITOR, confirmed_at=None).order_by(
            "id"
        )
        for row in [*made[:2], *exhibitors]:
            registrations.registration_confirm(registration_id=row.pk, actor=officer)

    def _one(self, expo: Expo, user: User, kind: VisitorKind) -> None:
        """A member, unless another part of the story has registered them."""
        if registration_of(user, expo) is not None:
            return
        province = BY_CODE[user.province_id].name_zh if user.province_id else ""
        values = {
            "kind": kind, "name": user.display_name, "unit": f"{province}某单位（演示）", "job": "负责人", "email": user.email,
            "permits": kind == VisitorKind.PROFESSIONAL and user.province_id in ("420000", "430000"),
        }  # fmt: skip
        registrations.registration_make(expo_id=expo.pk, actor=user, values=values)

    def _row(self, code: str, place: int) -> dict[str, Any]:
        name = SURNAMES[(place * 7 + CODES.index(code) * 11) % len(SURNAMES)] + self.dice.choice(("先生", "女士"))
        unit = f"{BY_CODE[code].name_zh}{UNITS[place % len(UNITS)]}（演示）"
        kind = VisitorKind.GENERAL if place % 4 == 3 else VisitorKind.PROFESSIONAL
        return {"kind": kind, "name": name, "unit": unit, "job": JOBS[place % len(JOBS)], "email": ""}

    # ---- while they are open

    def visit(self, expo: Expo, officer: User) -> None:
        """Two of three on the first day, some again on the second; past visitors go home, today's are still there."""
        badges = list(expo.registrations.filter(confirmed_at__isnull=False).exclude(state="cancelled").order_by("id"))
        halls = list(expo.halls.all())
        first = expo.starts_on or self.today
        for place, badge in enumerate(badges):
            if place % 3:
                self._pass(badge, officer, first, 9)
                self._pass(badge, officer, first, 16, "out")
        second = min(first + timedelta(days=1), self.today)
        for place, badge in enumerate(badges):
            if place % 3 == 0 or place % 5 == 0:
                self._pass(badge, officer, second, 9)
                if second == self.today and expo.last_on and expo.last_on >= self.today and halls:
                    self._pass(badge, officer, second, 10, hall=halls[place % len(halls)])

    def keep(self, expo: Expo, officer: User) -> None:
        """A colleague of the host keeps the doors; what was scanned while the network was down comes in as one batch."""
        helper, first = self.cast.colleagues[expo.host_id], expo.starts_on or self.today
        passages.doorkeeper_name(
            expo_id=expo.pk, actor=officer, user=helper, starts_on=first, last_on=expo.last_on or first
        )
        badges = expo.registrations.filter(confirmed_at__isnull=False).order_by("id")[:30]
        inside = [row for row in badges if (last := door_queries.last_passages(row.pk)) and last[0].direction == "in"]
        with clock.at(self.at(first + timedelta(days=1), 11)):
            scans = [
                passages.Scan(row.code, "out", uuid.UUID(int=self.dice.getrandbits(128), version=4), None, clock.now())
                for row in inside[:3]
            ]
            if scans:
                passages.passages_sync(expo=expo, actor=helper, hall=None, scans=scans)

    def _pass(
        self, badge: Registration, officer: User, day: date, hour: int, way: str = "in", hall: Any = None
    ) -> None:
        client = uuid.UUID(int=self.dice.getrandbits(128), version=4)
        with clock.at(self.at(day, hour)):
            scan = passages.Scan(badge.code, way, client, hall)
            passages.passage_make(expo_id=badge.expo_id, actor=officer, scan=scan)

    def scan(self, expo: Expo) -> None:
        """Exhibitors scan the buyers of other provinces; one in three agrees, one does not, one has not answered."""
        buyers = [(code, registration_of(self.cast.buyers[code], expo)) for code in CODES]
        taken = 0
        for code in CODES:
            owner = self.cast.owners[code][0]
            shown = door_queries.exhibited_by(owner, expo)
            guests = [badge for other, badge in buyers if badge is not None and other != code][:1]
            for listing, badge in zip(shown, guests, strict=False):
                note = NOTES[taken % len(NOTES)]
                made = leads.lead_take(expo_id=expo.pk, actor=owner, listing_id=listing.pk, code=badge.code, note=note)
                if taken % 3 == 0 and badge.user is not None:
                    leads.lead_agree(lead_id=made.pk, actor=badge.user)
                elif taken % 3 == 1 and badge.user is not None:
                    leads.lead_decline(lead_id=made.pk, actor=badge.user)
                taken += 1

    # ---- what came of it

    def conclude(self, expo: Expo, officer: User) -> list[ExpoResult]:
        """Results of a past edition on their first rung, recorded on its last day and confirmed by both sides."""
        made = []
        for place, (rung, amount, _more) in enumerate(STORY):
            row = self._result(expo, officer, place, rung, amount, expo.last_on or self.today)
            for side in (row.owner, row.taker):
                if side is not None:
                    results.result_confirm(result_id=row.pk, actor=side)
            made.append(row)
        return made

    def _result(self, expo: Expo, officer: User, place: int, rung: str, amount: int | None, day: date) -> ExpoResult:
        code, other = CODES[place % 6], CODES[(place + 1 + place // 6) % 6]
        owner, taker = self.cast.owners[code][0], self.cast.buyers[other]
        listing = Listing.objects.filter(owner=owner, state=ListingState.PUBLISHED).order_by("id").first()
        named = place % 4 == 3  # neither side has an account: the office vouches for the signed text
        values = {
            "province_id": code, "listing": None if named else listing, "need": None, "owner": None if named else owner,
            "owner_name": f"{BY_CODE[code].name_zh}某研究院（演示）", "taker": None if named else taker,
            "taker_name": f"{BY_CODE[other].name_zh}某公司（演示）", "amount_cny": Decimal(amount) if amount else None,
            "signed_on": day, "rung": rung, "note": "",
        }  # fmt: skip
        return results.result_record(expo_id=expo.pk, actor=officer, values=values)

    def follow(self, made: Sequence[ExpoResult], officer: User) -> None:
        """What the sides have answered since, each at its month, as far as that is past."""
        for (_rung, _amount, more), row in zip(STORY, made, strict=True):
            for months, word in more:
                day = result_queries.months_after(row.signed_on, months) + timedelta(days=3)
                if day < self.today:
                    with clock.at(datetime.combine(day, time(10), tzinfo=clock.SHANGHAI)):
                        self._answer(row, word, day, officer)

    def _answer(self, row: ExpoResult, word: str, day: date, officer: User) -> None:
        fresh = result_queries.result_for(officer, row.expo, row.pk)
        rung = "" if word in REASONS else word
        reason = REASONS.get(word, "合同和付款凭证已经核对。")
        if rung and not (row.taker and result_queries.due_months(fresh, day)):
            results.result_climb(result_id=row.pk, actor=officer, rung=rung, reached_on=day, note=reason)
        elif row.taker:
            what = "climbed" if rung else word
            results.result_answer(
                result_id=row.pk, actor=row.taker, word=what, reason=reason, rung=rung, reached_on=day
            )
            if word == "talking" and row.owner:
                results.result_answer(result_id=row.pk, actor=row.owner, word=word, reason=reason)

    def stage(self, expo: Expo, officer: User) -> None:
        """This year's ceremony: five in the queue, one signed, one on the stage; two of them are still to be confirmed."""
        day = expo.starts_on or self.today
        for place in range(5):
            row = self._result(
                expo, officer, place, "intention" if place % 2 else "framework", 200_000 * (place + 2), day
            )
            for side in (row.owner, row.taker) if place < 3 else ():
                if side is not None:
                    results.result_confirm(result_id=row.pk, actor=side)
            place_ = ceremony.ceremony_join(result_id=row.pk, actor=officer)
            if place < 2:
                ceremony.ceremony_move(ceremony_id=place_.pk, actor=officer, to="called")
            if place == 0:
                ceremony.ceremony_move(ceremony_id=place_.pk, actor=officer, to="signed")
            if place == 4:
                ceremony.ceremony_move(ceremony_id=place_.pk, actor=officer, to="absent")
