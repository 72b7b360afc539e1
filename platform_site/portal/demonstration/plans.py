"""The demonstration's annual work plans from 2007 on: drafted, heard, adopted by ballot, carried out, closed. Read next: plan_year.py.

Two rounds: the past years before anything is on the market, so that what is counted at their close is what there was;
this year after the deals. No figure is written: lights and results follow from reports and records.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import transaction

from governance import plan_queries, queries
from governance.actions import comments, plan_texts, plans, progress, reports, resolutions
from governance.models import AnnualWorkPlan, PlanTask, Section
from governance.plan_text import LEAD, SUPPORT, Assignment
from governance.states import Choice, ReportKind
from platform_site import clock
from platform_site.regions.facts import CODES

from . import plan_prose as prose
from .filing import paper
from .meetings import Meetings, Votes, at_work, hush, one_paper_each
from .people import Cast
from .plan_prose import Job

FIRST = 2007
BEGUN = date(2007, 7, 9)  # the drafting of the first plan
DAY = timedelta(days=1)
# indicator -> what each of the six aims at, in code order; of a total that is no sum, one figure for all
TARGETS: dict[str, Sequence[int]] = {
    "listings_approved": (26, 28, 27, 29, 31, 29), "listings_on_market": (30, 31, 30, 32, 34, 33),
    "patents_on_market": (45, 48, 46, 50, 54, 52), "needs_published": (3, 3, 3, 3, 3, 3),
    "negotiations_opened": (15, 16, 15, 18, 19, 17), "agreements_signed": (4, 5, 4, 5, 6, 6),
    "cross_province_share": (50,), "review_days": (5,),
}  # fmt: skip
LAST_YEAR: dict[str, Sequence[int]] = {"listings_approved": (10, 13, 12, 12, 12, 13), "review_days": (5,)}


class Work(NamedTuple):
    """A task of a plan, who has duties in it (the lead first) and until when."""

    task: PlanTask
    job: Job
    codes: tuple[str, ...]
    due: date


class Wanted(NamedTuple):
    """A task to be written into a plan."""

    job: Job
    codes: tuple[str, ...]
    due: date
    source: PlanTask | None = None  # carried over from last year's


class Plans:
    """`deliver` hands out what the last acts have told."""

    def __init__(self, cast: Cast, deliver: Callable[[], None], today: date) -> None:
        self.cast, self.deliver, self.today = cast, deliver, today
        self.office = cast.office
        self.meetings = Meetings(cast)
        self.left: list[Work] = []  # what the plan of the last year has left open

    def past(self, years: Iterable[int] | None = None) -> None:
        """2007 to last year, or some of them; last year's is closed with this year's records, by plan_year.py."""
        for year in years or range(FIRST, self.today.year):
            with transaction.atomic():
                plan, works = self.adopt(year, self.wanted(year))
                self._carry_out(year, works)
                if year < self.today.year - 1:
                    self.close(plan)
        hush()
        one_paper_each()
        self.deliver()

    # ---- what is to be done

    def wanted(self, year: int) -> list[Wanted]:
        """Six tasks, and what last year has left open."""
        jobs = prose.FIRST if year == FIRST else tuple(_chosen(year))
        host = queries.province_of(year)
        found = []
        for place, job in enumerate(jobs):
            lead = host if job.chapter in (1, 3) else CODES[(year + place) % 6]
            other = CODES[(CODES.index(lead) + 1 + year % 5) % 6]
            codes = (lead, other) if place % 2 == 0 else (lead,)
            found.append(Wanted(job, codes, _month_end(year, job.month)))
        for work in self.left:
            due = _month_end(year, 6 + work.task.pk % 4)
            found.append(Wanted(work.job, work.codes, due, work.task))
        return found

    def draft(self, year: int, wanted: Iterable[Wanted]) -> tuple[AnnualWorkPlan, list[Work]]:
        """The draft, whole, at the moment of the clock."""
        is_first = year == FIRST
        plan = plans.plan_create(year=year, actor=self.office, copy_sections=True)
        version = plan_queries.under_way(plan)
        assert version is not None  # just begun
        thought = prose.THOUGHT_FIRST if is_first else tuple(one.format(year=year) for one in prose.THOUGHT)
        values = dict(zip(("thought_zh", "thought_en"), thought, strict=True))
        values |= dict(zip(("safeguards_zh", "safeguards_en"), prose.SAFEGUARDS, strict=True))
        plan_texts.preface_save(version_id=version.pk, actor=self.office, revision=0, values=values)
        if not version.sections.exists():
            for zh, en in prose.CHAPTERS:
                chapter = {"title_zh": zh, "title_en": en}
                plan_texts.section_create(version_id=version.pk, actor=self.office, values=chapter)
        sections = list(version.sections.order_by("place"))
        return plan, [self._task(year, sections[one.job.chapter], one) for one in wanted]

    def _task(self, year: int, section: Section, wanted: Wanted) -> Work:
        where: dict[str, Any] = {"version_id": section.version_id, "section_id": section.pk, "actor": self.office}
        where |= {"values": values_of(wanted.job, year, wanted.due), "duties": duties_of(wanted.job, wanted.codes)}
        if wanted.source is None:
            text = plan_texts.task_create(**where)
        else:
            because = prose.CARRIED[year % len(prose.CARRIED)]
            text = plan_texts.task_carry(**where, source=wanted.source, because=because)
        return Work(text.task, wanted.job, wanted.codes, wanted.due)

    # ---- until it is published

    def adopt(self, year: int, wanted: Iterable[Wanted]) -> tuple[AnnualWorkPlan, list[Work]]:
        """From the draft in autumn (the first: in July) to its publication in January."""
        begun = BEGUN if year == FIRST else date(year - 1, 11, 3)
        with clock.at(at_work(begun)):
            plan, works = self.draft(year, wanted)
            if year >= self.today.year - 1:
                self.aim(plan)
        with clock.at(at_work(begun + 5 * DAY)):
            plans.plan_circulate(plan_id=plan.pk, actor=self.office, last_day=begun + 19 * DAY)
        self.opinions(plan, at_work(begun + 8 * DAY), at_work(begun + 22 * DAY), works, most=1 + year % 2)
        held = begun + (41 + year % 3) * DAY
        title = ("领导小组第一次会议", "First meeting of the Leading Group")
        if year != FIRST:
            title = (f"领导小组{year - 1}年年终例会", f"Year-end meeting of the Leading Group, {year - 1}")
        with clock.at(at_work(begun + 25 * DAY)):
            meeting = self.meetings.prepare(title, at_work(held, 9))
            item = self.meetings.enlist(
                plans.plan_table(plan_id=plan.pk, actor=self.meetings.director(), meeting_id=meeting.pk).item
            )
            votes = {item.pk: _votes(year)}
            if year % 4 == 0:
                code = queries.province_of(year - 1)
                said = prose.GENERAL[(year - 2008) // 4 % len(prose.GENERAL)]
                votes[self.meetings.propose(meeting, *said, code).pk] = Votes()
        with clock.at(at_work(begun + 27 * DAY)):
            self.meetings.call(meeting)
        self.meetings.hold(meeting, votes, absent=[CODES[year % 6]] if year % 7 == 3 else ())
        with clock.at(at_work(held + DAY)):
            self.meetings.write_minutes(meeting, held + 3 * DAY)
        self._publish(plan, works, year, at_work(held + 2 * DAY))
        return plan, works

    def _publish(self, plan: AnnualWorkPlan, works: Sequence[Work], year: int, signed: datetime) -> None:
        version = plan_queries.under_way(plan)
        assert version is not None and version.resolution is not None  # adopted
        with clock.at(signed):
            plans.plan_sign(plan_id=plan.pk, actor=self.meetings.director(), digest=version.digest)
        with clock.at(self.published(year)):
            plans.plan_publish(plan_id=plan.pk, actor=self.office, serial=1)
            because = "计划已经发布，由计划各项任务落实。"
            self.finish(version.resolution.pk, because=because)
            if year % 4 == 0:
                self.finish(version.resolution.pk + 1, task=next(one.task for one in works if one.job.chapter == 3))
        plan.refresh_from_db()

    def published(self, year: int) -> datetime:
        """In January; the first in August. In the first days of a year just now."""
        day = at_work(date(FIRST, 8, 27) if year == FIRST else date(year, 1, 5))
        return min(day, clock.now() - timedelta(minutes=30)) if year == self.today.year else day

    def finish(self, resolution: int, *, because: str = "", task: PlanTask | None = None) -> None:
        resolutions.resolution_close(
            resolution_id=resolution, actor=self.office, task=task, no_task_because=because
        )  # fmt: skip

    def aim(self, plan: AnnualWorkPlan) -> None:
        """Targets of the years for which the portal has records."""
        targets = {
            (slug, code): Decimal(value)
            for slug, values in (TARGETS if plan.year >= self.today.year else LAST_YEAR).items()
            for code, value in zip(CODES if len(values) > 1 else ("",), values, strict=True)
        }
        progress.targets_save(plan_id=plan.pk, actor=self.office, targets=targets)

    def opinions(
        self, plan: AnnualWorkPlan, given: datetime, answered: datetime, works: Sequence[Work], *, most: int
    ) -> None:
        """What seats said of a draft, and what the office answered."""
        version = plan_queries.under_way(plan)
        assert version is not None  # in consultation
        for place, (body, state, answer) in enumerate(prose.COMMENTS[:most]):
            work = works[place * 2 + 1]
            with clock.at(given + timedelta(hours=25 * place)):
                actor = self.meetings.holder(work.codes[-1]) if place != 1 else self.cast.officers[work.codes[-1]]
                made = comments.comment_make(version_id=version.pk, actor=actor, body=body, task_id=work.task.pk)
            with clock.at(answered + timedelta(minutes=9 * place)):
                comments.comment_answer(comment_id=made.pk, actor=self.office, state=state, answer=answer)

    # ---- carried out

    def _carry_out(self, year: int, works: Sequence[Work]) -> None:
        """All of it is done, some late; every third year one unit does not finish, and the task is carried over."""
        self.left = []
        earliest, last = self.published(year) + 3 * DAY, at_work(date(year + 1, 1, 12))
        for place, work in enumerate(works):
            for turn, code in enumerate(work.codes):
                if turn and year % 3 == 1 and place == 2:
                    self.left = [work]
                    continue
                late = 17 if (year + place) % 5 == 0 and turn == 0 else -6 + turn
                self.report(work, code, min(max(at_work(work.due + late * DAY), earliest), last), turn=turn)

    def report(
        self, work: Work, code: str, moment: datetime, *, turn: int = 0, kind: str = ReportKind.COMPLETION, verdict: str = "accept",
    ) -> None:  # fmt: skip
        """By the officer of the unit, with a file of the lead; decided two days later by another one, or by the office."""
        if moment > clock.now() - timedelta(hours=2):
            return
        words = prose.DONE_WORDS if kind == ReportKind.COMPLETION else prose.INTERIM_WORDS
        with clock.at(moment):
            made = reports.report_make(
                task_id=work.task.pk, code=code, actor=self.cast.officers[code], kind=kind,
                words=words[(work.task.pk + turn) % len(words)],
                uploads=[] if turn else [paper("成果材料（演示）.pdf")],
            )  # fmt: skip
        other = self.office if work.task.pk % 4 == 0 else self.cast.officers[CODES[(CODES.index(code) + 1) % 6]]
        with clock.at(min(moment + 2 * DAY, clock.now() - timedelta(hours=1))):
            if verdict == "accept":
                reports.report_accept(report_id=made.pk, actor=other)
            elif verdict == "return":
                reports.report_return(report_id=made.pk, actor=other, reason=prose.RETURNED)
            elif verdict == "withdraw":
                reports.report_withdraw(report_id=made.pk, actor=self.cast.officers[code])

    def close(self, plan: AnnualWorkPlan) -> None:
        day = at_work(date(plan.year + 1, 1, 20))
        with clock.at(min(day, clock.now() - timedelta(minutes=20))):
            progress.plan_close(plan_id=plan.pk, actor=self.office)


# ---- the text of a task


def values_of(job: Job, year: int, due: date) -> dict[str, Any]:
    pairs = {"title": job.title, "measures": job.measures, "target": job.target, "output": job.output}
    values: dict[str, Any] = {}
    for name, (zh, en) in pairs.items():
        values |= {f"{name}_zh": zh.format(nth=year - FIRST + 1), f"{name}_en": en.format(nth=year - FIRST + 1)}
    budget = Decimal(job.budget) * 10_000 if job.budget else None
    return values | {"due_on": due, "budget_cny": budget}


def duties_of(job: Job, codes: Sequence[str]) -> list[Assignment]:
    lead, *others = codes
    support = prose.SUPPORTS[job.chapter]
    return [Assignment(lead, LEAD, *prose.LEADS), *(Assignment(code, SUPPORT, *support) for code in others)]


def _chosen(year: int) -> Iterable[Job]:
    """Of what was in use in a year: two of display and trading, one of the group, two of resources, one of the expo."""
    for chapter, most in enumerate((2, 1, 2, 1)):
        known = [job for job in prose.POOL if job.chapter == chapter and job.first <= year <= job.last]
        if chapter == 3:
            known = known[:1]  # an expo every year
        yield from (known[(year + place) % len(known)] for place in range(min(most, len(known))))


def _votes(year: int) -> Votes:
    """Not everybody agrees every year; the director, who has tabled it, does."""
    host = queries.province_of(max(year - 1, FIRST))
    against, silent, doubtful = [code for code in CODES[year % 6 :] + CODES[: year % 6] if code != host][:3]
    others = {against: Choice.AGAINST} if year % 5 == 2 else {silent: Choice.ABSTAIN} if year % 4 == 1 else {}
    return Votes(others, {doubtful: prose.RESERVATION} if year % 4 == 1 else {})


def _month_end(year: int, month: int) -> date:
    """The last day of a month; in December before the year's last meeting's minutes are signed."""
    return date(year, month, 25 if month == 12 else monthrange(year, month)[1])
