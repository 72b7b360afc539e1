"""This year's plan of the demonstration, amended, in the middle of being carried out; its meetings; next year's draft. Read next: build.py."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from governance import plan_queries, queries
from governance.actions import amendments, comments, plan_texts, plans, progress
from governance.models import AnnualWorkPlan, Meeting, Resolution
from governance.plan_text import TASK
from governance.states import Choice, MeetingKind, ReportKind
from platform_site import clock
from platform_site.errors import Conflict
from platform_site.regions.facts import CODES

from . import plan_prose as prose
from .meetings import Votes, at_work, one_paper_each
from .plans import DAY, Plans, Wanted, Work, duties_of, values_of

# What has become of each task of the year, in the order of the plan, and its last day counted from today.
FATES: tuple[tuple[str, int], ...] = (
    ("done", -190), ("partly", -48), ("interim", 38), ("done", -120), ("waiting", -12), ("waiting", 14),
    ("quiet", 45), ("quiet", 45), ("late", -60), ("done", -230),
    ("done", -150), ("withdrawn", 12), ("interim", 40), ("done", -180), ("returned", -75), ("done", -100),
    ("done", -45), ("done", -55), ("interim", 36), ("open", -8),
)  # fmt: skip
ENOUGH = 45  # days since its publication without which nothing was amended yet
JOINT = ("关于建立六省专利联合核查机制的决议", "Resolution on a joint check of patents by the six provinces")
JOINT_TEXT = (
    "六省每季交换在架专利法律状态核查结果，一省发现失效的，其他各省同步处理。",
    "Each quarter the six exchange what they found on the legal status of listed patents; what one finds lapsed, all act upon.",
)
BRIEF = ("听取本年度工作计划执行情况", "Report on the carrying out of this year's work plan")
NEXT = ("通报下年度工作计划征求意见情况", "Report on the consultation about next year's work plan")
NEXT_TEXT = (
    "由办公室汇总各席位意见，逐条说明采纳情况。",
    "The office puts the opinions together and says what was made of each.",
)
OLD = ("讨论增设地市联络点", "Discuss contact points in the cities")
EXPO = ("讨论明年展会的日期和场馆", "Discuss date and venue of next year's expo")
TEXT = ("请各席位会前研究并准备意见。", "Seats are asked to prepare their opinion before the meeting.")


class PlanYear:
    """`plans` has made the past years."""

    def __init__(self, made: Plans) -> None:
        self.made, self.meetings, self.today = made, made.meetings, made.today
        self.office, self.year = made.office, made.today.year
        self.now = clock.now()
        self.members = [code for code in CODES if code != queries.province_of(self.year)]  # but the director's

    def fill(self) -> None:
        with transaction.atomic():
            made = self.made
            made.close(AnnualWorkPlan.objects.get(year=self.year - 1))
            self.plan, self.works = made.adopt(self.year, self._wanted())
            self.since = made.published(self.year)
            self._carry_out()
            if (self.now - self.since).days >= ENOUGH:
                self._amended()
                self._cancelled()
                self._not_carried()
                self._in_writing()
            self._remind()
            self._ahead()
            self._next_year()
        one_paper_each()
        self.made.deliver()

    def _at(self, share: float) -> datetime:
        """An office hour between the publication of the plan and now."""
        return at_work((self.since + share * (self.now - self.since)).date())

    def _ago(self, days: int) -> datetime:
        """In the morning, so many days ago."""
        return datetime.combine(self.today - days * DAY, time(10), tzinfo=clock.SHANGHAI)

    # ---- the plan

    def _wanted(self) -> list[Wanted]:
        """Everything in use; the first of each three with duties of all six."""
        host, found = queries.province_of(self.year), []
        jobs = sorted((job for job in prose.POOL if job.last == prose.NOW), key=lambda job: job.chapter)
        for place, (job, (_fate, days)) in enumerate(zip(jobs, FATES, strict=True)):
            lead = host if job.chapter in (1, 3) else CODES[place % 6]
            ring = [CODES[(CODES.index(lead) + step) % 6] for step in range(6)]
            due = min(max(self.today + days * DAY, date(self.year, 2, 15)), date(self.year, 12, 31))
            found.append(Wanted(job, tuple(ring if job.chapter == 3 or place % 3 == 0 else ring[:3]), due))
        found += [
            Wanted(one.job, one.codes, date(self.year, 12, 31), one.task) for one in self.made.left if one.task.plan.year == self.year - 1
        ]  # fmt: skip
        return found

    def _carry_out(self) -> None:
        for work, (fate, _days) in zip(self.works, FATES, strict=False):
            for turn, code in enumerate(work.codes):
                for kind, verdict, days in _reports(fate, turn):
                    moment = max(at_work(work.due + days * DAY), self.since + DAY)
                    if days >= 0 and fate not in ("late",):
                        moment = self._ago(3 + turn)
                    self.made.report(work, code, moment, turn=turn, kind=kind, verdict=verdict)

    def _remind(self) -> None:
        with clock.at(self._ago(2)):
            try:
                progress.reminder_send(plan_id=self.plan.pk, actor=self.office)
            except Conflict:  # early in the year nothing is late
                return

    # ---- meetings of the year

    def _meeting(self, title: tuple[str, str], called: datetime, starts: datetime, kind: str, **more: Any) -> Meeting:
        with clock.at(called - DAY):
            return self.meetings.prepare(title, starts, kind, **more)

    def _amended(self) -> None:
        """The regular meeting in the middle of the year: version 2 in force, one resolution closed, one open."""
        starts = self._at(0.5)
        meeting = self._meeting(
            (f"领导小组{self.year}年年中例会", f"Mid-year meeting of the Leading Group, {self.year}"),
            starts - 14 * DAY, starts, MeetingKind.REGULAR,
        )  # fmt: skip
        first, extra = self.works[2], prose.EXTRA
        with clock.at(starts - 14 * DAY):
            amendments.amendment_begin(plan_id=self.plan.pk, actor=self.office, because_zh=prose.BECAUSE[0][0], because_en=prose.BECAUSE[0][1])  # fmt: skip
            self._change(first, {"target_zh": "全年不少于八场", "target_en": "At least eight in the year"})
            self._add(extra, self.works[11])
            amended = self._table(meeting)
            joint = self.meetings.propose(meeting, JOINT, JOINT_TEXT, CODES[2])
            shared = self.meetings.propose(meeting, *prose.SHARED)
            old = self.meetings.propose(meeting, OLD, TEXT, CODES[4], listed=False)
            self.meetings.decline(old, "与联络员机制重复，请先在联络员会议讨论。")
            self.meetings.call(meeting)
        one, two, three = self.members[:3]
        votes = {
            amended.pk: Votes({one: Choice.AGAINST, two: Choice.ABSTAIN}, {three: prose.RESERVATION}),
            joint.pk: Votes(), shared.pk: Votes({two: Choice.ABSTAIN}),
        }  # fmt: skip
        self.meetings.hold(meeting, votes)
        with clock.at(starts + 2 * DAY):
            self.meetings.write_minutes(meeting, (starts + 4 * DAY).date())
        with clock.at(starts + 6 * DAY):
            found = {row.ballot.item_id: row.pk for row in Resolution.objects.filter(ballot__item__in=votes)}
            self.made.finish(found[amended.pk], because="修订文本自通过之日起施行。")
            self.made.finish(found[shared.pk], task=self.works[17].task)

    def _cancelled(self) -> None:
        called = self._at(0.62)
        title = (f"领导小组{self.year}年专题会议", f"Meeting of the Leading Group on one subject, {self.year}")
        meeting = self._meeting(title, called, called + 15 * DAY, MeetingKind.REGULAR)
        with clock.at(called):
            self.meetings.propose(meeting, EXPO, TEXT)
            self.meetings.call(meeting)
        with clock.at(min(called + 3 * DAY, self._ago(1))):
            self.meetings.cancel(meeting, "议题并入下一次例会。")

    def _not_carried(self) -> None:
        """An extraordinary meeting: the amendment is given up."""
        starts = self._at(0.8)
        title = (f"领导小组{self.year}年临时会议", f"Extraordinary meeting of the Leading Group, {self.year}")
        meeting = self._meeting(title, starts - 5 * DAY, starts, MeetingKind.EXTRAORDINARY)
        with clock.at(starts - 5 * DAY):
            amendments.amendment_begin(plan_id=self.plan.pk, actor=self.office, because_zh=prose.BECAUSE[1][0], because_en=prose.BECAUSE[1][1])  # fmt: skip
            self._change(self.works[12], {"target_zh": "外省入驻项目翻一番", "target_en": "Twice as many projects from other provinces"})  # fmt: skip
            item = self._table(meeting)
            self.meetings.call(meeting)
        one, two, three, four, _last = self.members
        others = dict.fromkeys((one, two, four), Choice.AGAINST) | {three: Choice.ABSTAIN}
        self.meetings.hold(meeting, {item.pk: Votes(others, {two: "年中上调指标缺少依据，建议列入下年度计划。"})})
        with clock.at(starts + DAY):
            self.meetings.write_minutes(meeting, (starts + 2 * DAY).date(), all_sign=False)

    def _in_writing(self) -> None:
        """A written procedure with its ballot open: three seats have voted, one by its deputy."""
        began = self._ago(3)
        title = (f"领导小组{self.year}年书面审议", f"Written procedure of the Leading Group, {self.year}")
        ends = at_work((self.now + 5 * DAY).date(), 17)
        meeting = self._meeting(title, began, began, MeetingKind.WRITTEN, ends_at=ends)
        with clock.at(began):
            amendments.amendment_begin(plan_id=self.plan.pk, actor=self.office, because_zh=prose.BECAUSE[2][0], because_en=prose.BECAUSE[2][1])  # fmt: skip
            self._change(self.works[19], {"due_on": date(self.year, 12, 31)})
            item = self._table(meeting)
            self.meetings.call(meeting)
            ballot = self.meetings.open_ballot(item.pk, ends)
        host = queries.province_of(self.year)
        against = next(code for code in self.members if code != CODES[0])
        wanted = Votes({against: Choice.AGAINST}, {CODES[0]: prose.RESERVATION} if CODES[0] != host else {})
        voters = dict.fromkeys((CODES[0], against, host))  # the first has a deputy these days
        for place, code in enumerate(voters):
            with clock.at(began + DAY + timedelta(hours=place)):
                self.meetings.cast_vote(ballot, code, wanted, self.meetings.deputy_or_holder(code))

    def _ahead(self) -> None:
        """One meeting called with agenda and papers, one in preparation with an item that waits to be listed."""
        starts = at_work(self.today + 16 * DAY, 9)
        kind = ("年终例会", "Year-end meeting") if starts.month > 10 else ("例会", "Meeting")
        title = (f"领导小组{starts.year}年{kind[0]}", f"{kind[1]} of the Leading Group, {starts.year}")
        meeting = self._meeting(title, self._ago(2), starts, MeetingKind.REGULAR)
        with clock.at(self._ago(2)):
            for item, text, name in ((BRIEF, TEXT, "计划执行情况汇报"), (NEXT, NEXT_TEXT, "各席位意见汇总")):
                self.meetings.add_paper(self.meetings.propose(meeting, item, text), name)
            self.meetings.call(meeting)
        later = at_work(self.today + 75 * DAY, 9)
        with clock.at(self._ago(1)):
            title = (f"领导小组{later.year}年专题会议", f"Meeting of the Leading Group on one subject, {later.year}")
            coming = self.meetings.prepare(title, later)
            self.meetings.propose(coming, OLD, TEXT)
            self.meetings.propose(coming, EXPO, TEXT, CODES[3], listed=False)

    # ---- amendments

    def _change(self, work: Work, changed: Mapping[str, Any]) -> None:
        version = plan_queries.under_way(self.plan)
        assert version is not None  # an amendment was begun
        line = next(one for one in plan_queries.document_of(version).tasks if one.task == work.task.pk)
        plan_texts.task_save(
            version_id=version.pk, task_id=line.task, actor=self.office, revision=line.revision, duties=line.duties,
            values={name: getattr(line, name) for name in TASK} | dict(changed),
        )  # fmt: skip

    def _add(self, job: prose.Job, like: Work) -> None:
        """A new task for the units of another one."""
        version = plan_queries.under_way(self.plan)
        assert version is not None  # an amendment was begun
        section = version.sections.get(place=job.chapter + 1)
        due = date(self.year, 12, 31)
        plan_texts.task_create(
            version_id=version.pk, section_id=section.pk, actor=self.office, values=values_of(job, self.year, due),
            duties=duties_of(job, like.codes),
        )  # fmt: skip

    def _table(self, meeting: Meeting) -> Any:
        tabling = amendments.amendment_table(
            plan_id=self.plan.pk, actor=self.meetings.director(), meeting_id=meeting.pk
        )
        return self.meetings.enlist(tabling.item)

    # ---- next year

    def _next_year(self) -> None:
        """In November and December under consultation, with opinions answered and open; before that a draft."""
        open_tasks = [self.works[place] for place in (1, 14)]
        year = self.year + 1
        self.made.left = open_tasks
        with clock.at(self._ago(14) if self.today.month > 1 else self.now - timedelta(hours=3)):
            plan, works = self.made.draft(year, self.made.wanted(year))
            self.made.aim(plan)
        if self.today.month < 11:
            return
        with clock.at(self._ago(6)):
            plans.plan_circulate(plan_id=plan.pk, actor=self.office, last_day=self.today + 9 * DAY)
        self.made.opinions(plan, self._ago(5), self._ago(1), works, most=3)
        version = plan_queries.under_way(plan)
        assert version is not None  # in consultation
        for place, body in enumerate(prose.OPEN_COMMENTS):
            with clock.at(self._ago(2) + timedelta(hours=1 + place)):
                actor = self.meetings.holder(CODES[place]) if place % 2 else self.made.cast.colleagues[CODES[place + 3]]
                task = works[place + 2].task.pk if place % 2 else None
                comments.comment_make(version_id=version.pk, actor=actor, body=body, task_id=task)


def _reports(fate: str, turn: int) -> list[tuple[str, str, int]]:
    """(kind, what became of it, days before or after the last day) of the unit at a turn; the lead is the first."""
    done, interim = ReportKind.COMPLETION, ReportKind.INTERIM
    if fate in ("done", "late"):
        return [(done, "accept", (9 if fate == "late" and turn else -6) + turn)]
    if fate == "interim":
        return [(interim, "accept", -60 + turn)]
    if fate == "partly":
        return [(done, "accept", -4)] if turn == 0 else [(interim, "accept", -20)] if turn == 1 else []
    if fate == "waiting":
        return [(done, "", 0)] if turn < 2 else []
    if fate == "returned":
        return [(done, "return", -3)] if turn == 0 else [(done, "accept", -5)] if turn == 1 else []
    if fate == "withdrawn":
        return [(interim, "withdraw", 0)] if turn == 0 else []
    return []
