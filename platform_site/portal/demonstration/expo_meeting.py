"""Matchmaking of the demonstration: who takes part, whom they wish to meet, one applied plan, what came of it. Read next: expos.py."""

import random
from datetime import timedelta

from expos import meeting_queries as queries
from expos.actions import match_runs, meeting_places, meeting_profiles, meeting_requests, meetings, registrations
from expos.models import Expo, ExpoMeeting, MeetingProfile
from expos.queries import registration_of
from expos.states import MeetingState, VisitorKind
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import organisation_of
from platform_site.regions.facts import CODES

from .people import Cast

TABLES = 2
WISHES = 4
# What somebody offers and what somebody seeks, as people of the trade write it in one line.
OWNERS = (
    ("退役动力电池湿法回收工艺，已完成百公斤级中试，可提供工艺包", "有环评条件的回收企业，共建万吨级产线"),
    ("高温合金粉末气雾化装置，氧含量低于 80 ppm", "增材制造企业试用，愿意先做普通许可"),
    ("中药渣厌氧发酵制生物质气技术，含菌种和反应器图纸", "药企排渣点合作，按处理量提成"),
    ("水稻侧深施肥机排肥器，已在两季田间试验", "农机整机厂接产，可以转让专利"),
    ("矿井水反渗透浓水处理，膜寿命三年以上", "煤矿企业示范工程，工程总包方"),
    ("轨道车辆轴承在线监测算法和采集终端", "主机厂装车验证，寻求独占许可谈判"),
)
BUYERS = (
    ("年产三万吨正极材料产线，可提供中试场地", "锂电池回收工艺，要求镍钴回收率 98% 以上"),
    ("五轴加工和热处理能力，能承接小批试制", "高温合金粉末和增材制造专利，接受普通许可"),
    ("县域农机销售和维修网络", "适合丘陵地块的农机专利，买断或者许可都可以"),
    ("产业基金一期，单个项目五百万至三千万元", "有中试数据的环保和水处理技术"),
    ("工程总包和运维团队", "矿井水、浓盐水处理技术，有运行案例"),
    ("孵化场地和检测平台", "装备监测和传感技术项目入驻"),
)
WHY_NOT = ("近期已经与同类企业签约，暂不会面。", "参展人员临时调整，改为会后联系。")
WHYS = ("看过展品介绍，想了解中试数据。", "想谈许可方式和报价。", "", "想约到现场看样机。")


class ExpoMeetings:
    """The meetings of one edition, told by its story in order: plan, answer, meet, ask."""

    def __init__(self, cast: Cast, dice: random.Random, expo: Expo, officer: User) -> None:
        self.cast, self.dice, self.expo, self.officer = cast, dice, expo, officer
        self.people: list[MeetingProfile] = []

    def plan(self, each: int) -> None:
        """Windows, tables, so many participants of each province, wishes, and the plan applied."""
        self._places()
        for place, code in enumerate(CODES):
            owners = [self.cast.owners[code][n] for n in range(each - 1)]
            self._joins(self.cast.buyers[code], VisitorKind.PROFESSIONAL, BUYERS[place])
            for n, user in enumerate(owners):
                self._joins(user, VisitorKind.EXHIBITOR, OWNERS[(place + n * 2) % len(OWNERS)])
        self._wishes()
        self._leave()
        run = match_runs.match_run_ask(year=self.expo.year, actor=self.officer)
        match_runs.match_run_work(run_id=run.pk)
        match_runs.match_run_apply(run_id=run.pk, actor=self.officer)

    def _places(self) -> None:
        first, last = self.expo.starts_on, self.expo.last_on
        assert first is not None and last is not None  # noqa: S101 - the edition is announced
        morning, afternoon = (9 * 60 + 30, 11 * 60 + 30), (14 * 60, 16 * 60 + 30)
        middle = [first + timedelta(days=n) for n in range(1, (last - first).days)]
        windows = [(first, *afternoon), *[(day, *part) for day in middle for part in (morning, afternoon)], (last, *morning), (last, *afternoon)]  # fmt: skip
        meeting_places.meeting_plan_save(
            year=self.expo.year, actor=self.officer, values={"slot_minutes": 25, "break_minutes": 5}, windows=windows
        )
        hall = self.expo.halls.order_by("code").first()
        meeting_places.meeting_tables_add(
            year=self.expo.year, actor=self.officer, first=1, count=TABLES, hall_id=hall.pk if hall else None
        )

    def _joins(self, user: User, kind: VisitorKind, said: tuple[str, str]) -> None:
        registration = registration_of(user, self.expo)
        if registration is None:
            unit = organisation_of(user)
            values = {
                "kind": kind, "name": user.display_name, "unit": unit.name_zh if unit else "",
                "job": "负责人", "email": user.email,
            }  # fmt: skip
            registration = registrations.registration_make(expo_id=self.expo.pk, actor=user, values=values)
        values = {"takes_part": True, "offers": said[0], "seeks": said[1], "languages": "中文"}
        profile = meeting_profiles.meeting_profile_save(registration_id=registration.pk, actor=user, values=values)
        profile.registration = registration
        self.people.append(profile)

    def _wishes(self) -> None:
        for place, one in enumerate(self.people):
            others = [other for other in self.people if other.pk != one.pk]
            for n, other in enumerate(self.dice.sample(others, WISHES)):
                meeting_profiles.meeting_wish_save(
                    profile_id=one.pk, actor=self._user(one), whom_id=other.pk, weight=3 - n % 3, why=WHYS[(place + n) % len(WHYS)]
                )  # fmt: skip

    def _leave(self) -> None:
        """One comes on the first day alone, one no longer takes part: wishes for which there are other reasons than tables."""
        guest, gone = self.people[-1], self.people[-2]
        later = [
            slot.starts_at
            for slot in queries.slots_of(self.expo)
            if clock.day_of(slot.starts_at) != self.expo.starts_on
        ]
        meeting_profiles.meeting_absences_save(profile_id=guest.pk, actor=self._user(guest), starts=later)
        values = {"takes_part": False, "offers": gone.offers, "seeks": gone.seeks, "languages": "中文"}
        meeting_profiles.meeting_profile_save(
            registration_id=gone.registration_id, actor=self._user(gone), values=values
        )

    def _user(self, profile: MeetingProfile) -> User:
        user = profile.registration.user
        assert user is not None  # noqa: S101 - everybody here has an account
        return user

    def answer(self) -> None:
        """Most confirm, some on one side only, two call off with a reason."""
        found = ExpoMeeting.objects.filter(expo=self.expo, state=MeetingState.PROPOSED).order_by("starts_at", "pk")
        for place, meeting in enumerate(found.prefetch_related("people__profile__registration__user")):
            one, other = (self._user(person.profile) for person in meeting.people.all())
            if place % 9 == 4 and place < 9 * len(WHY_NOT):
                meetings.meeting_cancel(meeting_id=meeting.pk, actor=other, reason=WHY_NOT[place // 9])
                continue
            if place % 9 == 7:
                continue
            meetings.meeting_confirm(meeting_id=meeting.pk, actor=one)
            if place % 9 != 2:
                meetings.meeting_confirm(meeting_id=meeting.pk, actor=other)

    def meet(self) -> None:
        """What is over by now is marked: nearly all met, most see something in it."""
        rows = ExpoMeeting.objects.filter(expo=self.expo, state=MeetingState.CONFIRMED, ends_at__lte=clock.now())
        for place, meeting in enumerate(
            rows.order_by("starts_at", "pk").prefetch_related("people__profile__registration__user")
        ):
            one, other = (self._user(person.profile) for person in meeting.people.all())
            meetings.meeting_mark(meeting_id=meeting.pk, actor=one, held=place % 8 != 5)
            if place % 8 != 5:
                meetings.meeting_interest(meeting_id=meeting.pk, actor=one, interested=True)
                meetings.meeting_interest(meeting_id=meeting.pk, actor=other, interested=place % 3 != 1)

    def ask(self) -> None:
        """The plan has filled all tables: the host sets up one more, and two buyers ask for times at it and wait for an answer."""
        meeting_places.meeting_tables_add(year=self.expo.year, actor=self.officer, first=TABLES + 1, count=1)
        for one, other in zip(self.people[::4], self.people[2::4], strict=False):
            if self.expo.meetings.filter(state=MeetingState.REQUESTED).count() >= 2 or queries.meet_already(one, other):
                continue
            if free := queries.free_slots(self.expo, (one, other)):
                meeting_requests.meeting_request_make(
                    profile_id=one.pk, actor=self._user(one), whom_id=other.pk, starts_at=free[-1].starts_at,
                    message="刚在展位看过样机，想再约时间细谈中试条件。",
                )  # fmt: skip
