"""The floor of the demonstration's expos: pavilions, exhibitors with their technologies, the allocation, checks, complaints. Read next: expos.py."""

import random
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from expos import exhibit_queries, floor_tasks
from expos.actions import allocations, allotments, applications, booths, complaints, exhibits
from expos.allocation_queries import DAYS_TO_CONFIRM
from expos.floor_plan import Row
from expos.models import Booth, BoothApplication, Complaint, Exhibit, Expo
from expos.states import ApplicationState, CheckOccasion
from patents.actions import status
from patents.gazette import Entry
from patents.models import Listing
from patents.states import ListingState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import organisation_of, system_user
from platform_site.errors import Refusal
from platform_site.regions.facts import CODES
from trading.models import Negotiation

from .people import Cast

ROW = {"kind": "standard", "open_sides": 1, "corners": True, "power_kw": 3, "price_cny": Decimal(6800)}
RAW_CNY = Decimal(21600)
# How each complaint ends ("" has just come in), the right it names, what it says.
COMPLAINTS = (
    ("handed_over", "本人的发明专利（演示）", "展品的结构落入本人专利权利要求 1 的保护范围，请核实。"),
    ("settled", "展品标注的专利号（演示）", "展板上的专利号与这项技术不符，请更正。"),
    ("refused", "本人的技术（演示）", "展品与本人的产品相近。"),
    ("withdrawn", "本人的实用新型专利（演示）", "展品使用了本人的连接结构，请核实。"),
    ("accepted", "本人的外观设计专利（演示）", "展品外壳与本人的外观设计相同，请核实。"),
    ("", "展品标注的专利号（演示）", "标注的专利号与展板上的技术方案不一致，请核实。"),
)
BLOCKS = ((6, 6), (30, 6), (6, 18), (30, 18))  # north-west corners of the pavilions in a hall, in metres


class ExpoFloor:
    """What happens to the floor of one edition, step by step; `now` is the present, after which nothing happens."""

    def __init__(self, cast: Cast, dice: random.Random, now: datetime) -> None:
        self.cast, self.dice, self.now = cast, dice, now

    def _at(self, day: date, hour: int = 10) -> datetime:
        return min(datetime.combine(day, time(hour), tzinfo=clock.SHANGHAI), self.now)

    # ---- the plan

    def draw(self, expo: Expo, officer: User) -> None:
        """Three pavilions in each of two halls, and raw space; nothing where the plan was copied from the year before."""
        if Booth.objects.filter(expo=expo).exists():
            return
        delegations = {one.province_id: one for one in expo.delegations.all()}
        for hall, codes in zip(expo.halls.order_by("code"), (CODES[:3], CODES[3:]), strict=False):
            for number, (code, (x, y)) in enumerate(zip(codes, BLOCKS, strict=False)):
                booths.booth_rows_add(
                    expo_id=expo.pk, actor=officer, hall_id=hall.pk, row=Row(x, y, 6, 6, 3, 3, 3, back_to_back=False),
                    values={**ROW, "first": 10 * number + 1, "pavilion": delegations[code]},
                )  # fmt: skip
            for number in range(2):
                booths.booth_save(
                    expo_id=expo.pk, actor=officer,
                    values={
                        "hall": hall, "number": f"{hall.code}{90 + number}", "kind": "raw", "x": 6 + 12 * number, "y": 30,
                        "width": 6, "depth": 6, "open_sides": 4, "power_kw": 20, "price_cny": RAW_CNY, "pavilion": None,
                    },
                )  # fmt: skip

    # ---- the call

    def apply(self, expo: Expo, first: date, most: int) -> None:
        """So many exhibitors of each province, each with one or two technologies; all but one reviewed and passed."""
        for place, code in enumerate(CODES):
            for number, owner in enumerate(self.cast.owners[code][:most]):
                day = first - timedelta(days=70 - 2 * number - place)
                with clock.at(self._at(day)):
                    self._one(expo, code, owner, number)

    def _one(self, expo: Expo, code: str, owner: User, number: int) -> None:
        listings = self._listings(owner, 1 + number % 2)
        if not listings:
            return
        pavilion = list(Booth.objects.filter(expo=expo, pavilion__province=code).order_by("number"))
        organisation = organisation_of(owner)
        is_raw = number == 3
        try:
            row = applications.application_make(
                expo_id=expo.pk, actor=owner,
                asked=applications.Asked(
                    delegation_id=expo.delegations.get(province=code).pk,
                    fascia_zh=(organisation.name_zh if organisation else owner.display_name)[:40],
                    fascia_en=(organisation.name_en if organisation else "")[:80], kind="raw" if is_raw else "standard",
                    exhibits=[(one.pk, self._marked(one)) for one in listings], booths=1, area_m2=36 if is_raw else 0,
                    corner=number == 0 or number == 1, power_kw=15 if is_raw else 2,
                    note="需要现场演示样机。" if number % 2 else "", wishes=[one.pk for one in pavilion[:2]] if not is_raw else [],
                ),
            )  # fmt: skip
            self._judge(row, number, self.cast.officers[code])
        except Refusal:
            return

    def _judge(self, row: BoothApplication, number: int, officer: User) -> None:
        """Passed, but for one that is refused, one that is taken back and one exhibit, of three provinces."""
        code = row.delegation.province_id
        if number == 2 and code == CODES[4]:
            allotments.application_withdraw(application_id=row.pk, actor=row.exhibitor)
            return
        if number == 2 and code == CODES[5]:
            applications.application_refuse(
                application_id=row.pk, actor=officer, reason="样机尺寸超过展馆限高，请改为图文展示后另行报名。"
            )
            return
        second = row.exhibits.order_by("pk")[1:2]
        if number == 1 and code == CODES[3] and second:
            applications.exhibit_refuse(
                exhibit_id=second[0].pk, actor=officer, reason="与本省另一件展品为同一技术，保留一件。"
            )
        applications.application_approve(application_id=row.pk, actor=officer)

    def _listings(self, owner: User, most: int) -> list[Listing]:
        rows = Listing.objects.filter(owner=owner, state=ListingState.PUBLISHED, exhibits__isnull=True)
        found = list(rows.order_by("pk")[:most])
        return found or list(Listing.objects.filter(owner=owner, state=ListingState.PUBLISHED).order_by("pk")[:most])

    def _marked(self, listing: Listing) -> bool:
        """With the patent mark where every patent has been granted."""
        return all(one.is_granted for one in exhibit_queries.patents_of(listing.pk))

    # ---- the allocation

    def allot(self, expo: Expo, officer: User, first: date) -> None:
        """Reckoned, looked at, put in force; most confirm at once."""
        with clock.at(self._at(first - timedelta(days=38))):
            run = allocations.allocation_start(expo_id=expo.pk, actor=officer)
            floor_tasks.allocations_run()
        with clock.at(self._at(first - timedelta(days=37))):
            allocations.allocation_apply(run_id=run.pk, actor=officer)
        allotted = BoothApplication.objects.filter(expo=expo, state=ApplicationState.ALLOTTED).order_by("pk")
        with clock.at(self._at(first - timedelta(days=35))):
            rows = list(allotted.all())
            forgetful = [row.pk for row in rows[-2:-1]]
            for row in rows[-1:]:
                allotments.application_decline(application_id=row.pk, actor=row.exhibitor, reason="样机赶不上展期。")
            for row in allotted.exclude(pk__in=forgetful):
                allotments.application_confirm(application_id=row.pk, actor=row.exhibitor)
        with clock.at(self._at(first - timedelta(days=36 - DAYS_TO_CONFIRM))):
            for pk in forgetful:
                allotments.application_expire(application_id=pk, actor=system_user())
            for row in allotted:  # who moved up
                allotments.application_confirm(application_id=row.pk, actor=row.exhibitor)

    # ---- set-up and the days of the expo

    def look(self, expo: Expo, officer: User, first: date) -> None:
        """The whole floor on the day before; nothing is lost by looking at it on the opening morning again."""
        with clock.at(self._at(first - timedelta(days=1), 15)):
            exhibits.exhibits_check(expo_id=expo.pk, actor=officer)

    def bar(self, expo: Expo, first: date) -> None:
        """One patent ended for an unpaid annuity on the opening morning: its exhibit is barred, and the page says why."""
        busy = Negotiation.objects.values("listing")
        rows = Exhibit.objects.filter(expo=expo, state="accepted", patented=True).exclude(listing__in=busy)
        with clock.at(self._at(first, 8)):
            for exhibit in rows.select_related("listing").order_by("-pk")[:8]:
                patent = exhibit_queries.patents_of(exhibit.listing_id)[0]
                entry = Entry(kind="terminated", happened_on=clock.today(), as_of=clock.today())
                actor = self.cast.officers[exhibit.listing.province_id or expo.host_id]
                try:
                    status.status_record(patent_id=patent.pk, actor=actor, entry=entry)
                except Refusal:
                    continue
                exhibits.exhibit_check(exhibit_id=exhibit.pk, actor=system_user(), occasion=CheckOccasion.OPENING)
                return

    def complain(self, expo: Expo, officer: User, first: date) -> None:
        """All but the last on the first day, each with another end; the last has just come in."""
        rows = Exhibit.objects.filter(expo=expo, state="accepted").order_by("pk")[: len(COMPLAINTS)]
        for number, (exhibit, (end, basis, words)) in enumerate(zip(rows, COMPLAINTS, strict=False)):
            with clock.at(self._at(first, 11) if end else self.now - timedelta(minutes=20)):
                made = complaints.complaint_make(
                    exhibit_id=exhibit.pk, actor=self.cast.buyers[CODES[number]], basis=basis, words=words
                )
                self._end(made, end, exhibit.exhibitor, officer)

    def _end(self, made: Complaint, end: str, exhibitor: User, officer: User) -> None:
        if end == "withdrawn":
            complaints.complaint_withdraw(complaint_id=made.pk, actor=made.complainant)
        elif end == "refused":
            complaints.complaint_refuse(
                complaint_id=made.pk, actor=officer, reason="没有提供权利证明，补齐后可以再次投诉。"
            )
        elif end:
            said = "本方案采用不同的结构，已向投诉站提交对比说明。"
            complaints.complaint_state(complaint_id=made.pk, actor=exhibitor, words=said)
            complaints.complaint_accept(complaint_id=made.pk, actor=officer)
        if end == "handed_over":
            complaints.complaint_hand_over(complaint_id=made.pk, actor=officer, reason="双方说法不一，移交处理。")
        elif end == "settled":
            complaints.complaint_settle(
                complaint_id=made.pk, actor=officer, reason="参展商更正了展板上的专利号，投诉人接受。"
            )
