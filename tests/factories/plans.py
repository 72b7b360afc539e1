"""Annual work plans in any state, brought there by the portal's own actions; the ballot's part is called directly."""

from datetime import date, timedelta

from django.db.models import Max

from governance import plan_queries
from governance.actions import amendments, comments, plan_texts, plans
from governance.models import Duty, Meeting, PlanTask, PlanVersion, Resolution, Section, TaskText
from governance.plan_text import Assignment
from platform_site import clock
from platform_site.regions.facts import CODES

LONG_AGO = timedelta(days=40)  # a consultation begun then is over


def task_values(year, **changed):
    """Everything that the checks ask for, in both languages."""
    return {
        "title_zh": "举办展示交易会", "title_en": "Hold the expo", "measures_zh": "印发方案，落实展位。",
        "measures_en": "Issue the scheme and place the booths.", "target_zh": "参展项目不少于 300 项",
        "target_en": "At least 300 exhibits", "output_zh": "活动", "output_en": "Event", "due_on": date(year, 11, 30),
        "budget_cny": None,
    } | changed  # fmt: skip


def two_duties(lead="420000", support="430000"):
    return [
        Assignment(lead, "lead", "总牵头", "Leads"),
        Assignment(support, "support", "组织本省单位参展", "Brings its own exhibitors"),
    ]


def draft(staff, year=None, *, tasks=2):
    """A draft with a preface and one chapter of so many faultless tasks."""
    year = year or clock.today().year
    plan = plans.plan_create(year=year, actor=staff)
    version = plan_queries.under_way(plan)
    plan_texts.preface_save(
        version_id=version.pk, actor=staff, revision=0,
        values={
            "thought_zh": "推动专利技术转化。", "thought_en": "Turn patents into products.",
            "safeguards_zh": "按季通报。", "safeguards_en": "Quarterly reports.",
        },
    )  # fmt: skip
    section = plan_texts.section_create(
        version_id=version.pk, actor=staff, values={"title_zh": "展示与交易", "title_en": "Display and trading"}
    )
    for number in range(1, tasks + 1):
        values = task_values(year, title_zh=f"任务甲{number}", title_en=f"Task {number}")
        plan_texts.task_create(
            version_id=version.pk, section_id=section.pk, actor=staff, values=values, duties=two_duties()
        )
    return plan


def version_of(plan):
    return plan_queries.under_way(plan)


def lines(plan, version=None):
    return list(plan_queries.document_of(version or version_of(plan)).tasks)


def circulated(staff, year=None, **kwargs):
    """Opinions are taken until the first day on which that may end."""
    plan = draft(staff, year, **kwargs)
    return plans.plan_circulate(plan_id=plan.pk, actor=staff, last_day=plans.earliest_last_day())


def heard(staff, year=None, **kwargs):
    """The consultation is over and everything is answered."""
    year = year or clock.today().year
    with clock.at(clock.now() - LONG_AGO):
        return circulated(staff, year, **kwargs)


def meeting(staff, title="例会", number=None):
    year = clock.today().year
    last = Meeting.objects.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    return Meeting.objects.create(
        year=year, number=number or last + 1, title_zh=title, prepared_by=staff,
        starts_at=clock.now() + timedelta(days=20),
    )  # fmt: skip


def tabled(staff, director, year=None, **kwargs):
    plan = heard(staff, year, **kwargs)
    plans.plan_table(plan_id=plan.pk, actor=director, meeting_id=meeting(staff).pk)
    plan.refresh_from_db()
    return plan


def resolution(kind="plan"):
    """As a carried ballot writes it."""
    year = clock.today().year
    last = Resolution.objects.filter(year=year).aggregate(last=Max("serial"))["last"] or 0
    return Resolution.objects.create(
        year=year, serial=last + 1, kind=kind, title_zh="审议通过", adopted_at=clock.now()
    )  # fmt: skip


def adopted(staff, director, year=None, **kwargs):
    plan = tabled(staff, director, year, **kwargs)
    plans.version_adopt(version_id=version_of(plan).pk, resolution=resolution())
    plan.refresh_from_db()
    return plan


def signed(staff, director, year=None, **kwargs):
    plan = adopted(staff, director, year, **kwargs)
    plans.plan_sign(plan_id=plan.pk, actor=director, digest=version_of(plan).digest)
    return plan


def published(staff, director, year=None, **kwargs):
    plan = signed(staff, director, year, **kwargs)
    before = f"中部六省专利工作〔{clock.today().year}〕"
    return plans.plan_publish(plan_id=plan.pk, actor=staff, serial=plan_queries.next_serial(before, "号"))


def amending(staff, director, year=None, **kwargs):
    """Published, and an amendment of it begun that says something else of its first task."""
    plan = published(staff, director, year, **kwargs)
    amendments.amendment_begin(plan_id=plan.pk, actor=staff, because_zh="会期调整。", because_en="New dates.")
    line = lines(plan)[0]
    saved(staff, plan, line, due_on=date(plan.year, 12, 20))
    return plan


def digest_of(year):
    """Of the version of that year's plan that is under way."""
    return PlanVersion.objects.get(plan__year=year, state__in=plan_queries.UNDER_WAY).digest


def task_of(year):
    """Key of the first task of that year's plan in force."""
    return lines(None, PlanVersion.objects.get(plan__year=year, state="in_force"))[0].task


def saved(staff, plan, line, *, revision=None, **changed):
    """A task saved with some of its values changed."""
    values = {name: getattr(line, name) for name in ("title_zh", "due_on")} | changed
    return plan_texts.task_save(
        version_id=version_of(plan).pk, task_id=line.task, actor=staff, values=values, duties=line.duties,
        revision=line.revision if revision is None else revision,
    )  # fmt: skip


def opinion(plan, person, body="建议提前到十月。", task=None):
    return comments.comment_make(version_id=version_of(plan).pk, actor=person, body=body, task_id=task)


def large(version, *, chapters=4, tasks=60):
    """A text of the size of a real one, every task with all six provinces: written as fast as it goes."""
    year, done = version.plan.year, version.sections.count()
    sections = Section.objects.bulk_create(
        Section(version=version, place=done + n, title_zh=f"第{n}章", title_en=f"Chapter {n}")
        for n in range(1, chapters + 1)
    )
    rows = PlanTask.objects.bulk_create(PlanTask(plan=version.plan, created_at=clock.now()) for _ in range(tasks))
    texts = TaskText.objects.bulk_create(
        TaskText(
            version=version, section=sections[n % chapters], task=task, place=n // chapters + 1,
            **task_values(year, title_zh=f"任务{n}", title_en=f"Task {n}"),
        )
        for n, task in enumerate(rows)
    )  # fmt: skip
    Duty.objects.bulk_create(
        Duty(text=text, province_id=code, role="lead" if code == CODES[0] else "support", what_zh="办理", what_en="Do")
        for text in texts
        for code in CODES
    )
    return texts
