"""Plans in force for tests, written in the order that the database wants; reports through the portal's own actions."""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from governance.actions import reports
from governance.models import (
    AnnualWorkPlan,
    Duty,
    IndicatorTarget,
    PlanSignature,
    PlanTask,
    PlanVersion,
    Resolution,
    SeatHolder,
    Section,
    TaskText,
)
from governance.plan_queries import document_of
from governance.plan_text import digest
from platform_site import clock
from platform_site.accounts.queries import system_user
from platform_site.regions.facts import CODES
from tests.factories import group

HUBEI, HUNAN, HENAN = "420000", "430000", "410000"


def task(title="统一六省许可合同示范文本", due=60, lead=HUBEI, support=(HUNAN,), section=1):
    """A task as data; `due` in days from today, or a day."""
    return {"title": title, "due": due, "lead": lead, "support": tuple(support), "section": section}


def draft(year=None, tasks=None, targets=None):
    """A plan that is drafted, with its first version, tasks and targets ({slug: {code or "": target}})."""
    today, by = clock.today(), system_user()
    plan = AnnualWorkPlan.objects.create(year=year or today.year, created_by=by, created_at=clock.now())
    version = PlanVersion.objects.create(plan=plan, number=1, created_by=by, created_at=clock.now())
    tasks = [task()] if tasks is None else tasks
    names = {one["section"] for one in tasks}
    sections = {
        place: Section(version=version, place=place, title_zh=f"第{place}部分", title_en=f"Part {place}")
        for place in names
    }
    Section.objects.bulk_create(sections.values())
    rows = PlanTask.objects.bulk_create([PlanTask(plan=plan, created_at=clock.now()) for _one in tasks])
    texts = [
        TaskText(
            version=version, section=sections[one["section"]], task=row, place=place, title_zh=one["title"],
            title_en="A task", measures_zh="制定文本。",
            due_on=today + timedelta(days=one["due"]) if isinstance(one["due"], int) else one["due"],
        )
        for place, (one, row) in enumerate(zip(tasks, rows, strict=True), 1)
    ]  # fmt: skip
    TaskText.objects.bulk_create(texts)
    Duty.objects.bulk_create(
        Duty(text=text, province_id=code, role="lead" if code == one["lead"] else "support", what_zh="承担本省部分")
        for text, one in zip(texts, tasks, strict=True)
        for code in (one["lead"], *one["support"])
    )
    IndicatorTarget.objects.bulk_create(
        IndicatorTarget(plan=plan, slug=slug, version=1, province_id=code or None, target=value)
        for slug, values in (targets or {}).items()
        for code, value in values.items()
    )
    return plan


def publish(plan):
    """Through every state on the way, as the ballots and the director would; answers the plan in force."""
    version = plan.versions.get(number=1)
    version.resolution, version.digest = Resolution.objects.first(), digest(document_of(version))
    for state in ("tabled", "adopted"):
        version.state = state
        version.save()
    plan.consultation_ends_on = clock.today()
    for state in ("consultation", "tabled", "adopted"):
        plan.state = state
        plan.save()
    sign(version)
    version.state, version.in_force_at = "in_force", clock.now()
    version.save()
    plan.state, plan.published_at = "published", clock.now()
    plan.document_number = f"中部六省专利工作〔{plan.year}〕{plan.pk}号"
    plan.save()
    return plan


def sign(version):
    """By whoever holds a seat in the test, or by a holder made for it, in the running term."""
    holder = SeatHolder.objects.first() or SeatHolder.objects.create(
        seat_id=HENAN, name="主任", post_zh="局长", post_en="Director-General", act="通知", starts_on=date(2000, 1, 1),
        ends_on=date(2001, 1, 1), entered_by=system_user(), entered_at=clock.now(),
    )  # fmt: skip
    PlanSignature.objects.create(
        version=version, holder=holder, term=group.directing(), digest=version.digest,
        done_by=system_user(), done_at=clock.now(),
    )  # fmt: skip


def published(year=None, tasks=None, targets=None):
    return publish(draft(year, tasks, targets))


def only_task(plan):
    return plan.tasks.get()


def paper(name="佐证.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")


def reported(task_row, officer, code=HUBEI, kind="completion", words="文本已经印发六省。"):
    return reports.report_make(task_id=task_row.pk, code=code, actor=officer, kind=kind, words=words, uploads=[paper()])


def accepted(task_row, officer, verifier, code=HUBEI, kind="completion"):
    report = reported(task_row, officer, code, kind)
    return reports.report_accept(report_id=report.pk, actor=verifier)


def large(year=None, tasks=60, targets=10):
    """As many tasks, each for all six, and targets of so many indicators that add up."""
    slugs = ["listings_approved", "listings_on_market", "patents_on_market", "needs_published", "negotiations_opened",
             "agreements_signed", "grants_recorded", "contract_amount", "open_declarations", "conversion_output"]  # fmt: skip
    return published(
        year,
        [task(f"任务{n}", due=n * 3 - 60, lead=CODES[n % 6], support=[c for c in CODES if c != CODES[n % 6]],
              section=n // 10 + 1) for n in range(tasks)],
        {slug: dict.fromkeys(CODES, 100) for slug in slugs[:targets]},
    )  # fmt: skip
