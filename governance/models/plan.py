"""The annual work plan: one a year, in versions that are frozen once tabled; tasks keep their identity over versions.

Read next: plan_acts.py.
"""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language

from governance.states import EDITION_MOVES, PLAN_MOVES, DutyRole, EditionState, PlanState
from platform_site.states import transitions

# Texts are written while their version is worked on; afterwards nobody changes them, the owner of the tables excepted.
_FROZEN = """
    SELECT edition.state INTO found FROM governance_planversion AS edition WHERE edition.id = {version} FOR SHARE;
    IF found <> 'working' THEN
        RAISE EXCEPTION 'a tabled version is not changed';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""
_OF_TEXT = "(SELECT version_id FROM governance_tasktext WHERE id = coalesce(NEW.text_id, OLD.text_id))"


def _frozen(version: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="frozen",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("found", "text")],
        func=_FROZEN.format(version=version),
    )


# What a text belongs to is settled when it is written: no version is filled from another, or from another plan.
_BELONGS = """
    IF TG_OP = 'UPDATE' AND ROW(NEW.version_id, NEW.task_id) IS DISTINCT FROM ROW(OLD.version_id, OLD.task_id)
        OR NOT EXISTS (
            SELECT 1 FROM governance_section AS chapter
            JOIN governance_planversion AS edition ON edition.id = chapter.version_id
            JOIN governance_plantask AS task ON task.plan_id = edition.plan_id
            WHERE chapter.id = NEW.section_id AND edition.id = NEW.version_id AND task.id = NEW.task_id
        ) THEN
        RAISE EXCEPTION 'a text stands in a chapter of its own version and tells of a task of its own plan';
    END IF;
    RETURN NEW;
"""
_EDITION_KEPT = """
    IF ROW(NEW.plan_id, NEW.number) IS DISTINCT FROM ROW(OLD.plan_id, OLD.number) OR OLD.state <> 'working' AND (
        ROW(NEW.thought_zh, NEW.thought_en, NEW.safeguards_zh, NEW.safeguards_en, NEW.because_zh, NEW.because_en)
        IS DISTINCT FROM
        ROW(OLD.thought_zh, OLD.thought_en, OLD.safeguards_zh, OLD.safeguards_en, OLD.because_zh, OLD.because_en)
        OR NEW.state <> 'working' AND NEW.digest <> OLD.digest
    ) THEN
        RAISE EXCEPTION 'a tabled version is not changed';
    END IF;
    RETURN NEW;
"""
_PLAN_KEPT = """
    IF NEW.year <> OLD.year OR OLD.document_number <> '' AND NEW.document_number <> OLD.document_number THEN
        RAISE EXCEPTION 'the year and the number of a plan are not changed';
    END IF;
    IF NEW.state = 'published' AND OLD.state <> 'published' AND NOT EXISTS (
        SELECT 1 FROM governance_plansignature AS signature
        JOIN governance_planversion AS edition ON edition.id = signature.version_id
        WHERE edition.plan_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'a plan is published once the director has signed it';
    END IF;
    RETURN NEW;
"""


def _stays(*columns: str) -> pgtrigger.Trigger:
    """A row never goes over to another parent."""
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)
    func = f"IF {changed} THEN RAISE EXCEPTION 'what it belongs to is not changed'; END IF; RETURN NEW;"
    return pgtrigger.Trigger(name="stays", when=pgtrigger.Before, operation=pgtrigger.Update, func=func)


class AnnualWorkPlan(models.Model):
    """The plan of one calendar year; what it says stands in its versions."""

    year = models.PositiveSmallIntegerField(unique=True)
    state = models.CharField(max_length=20, choices=PlanState, default=PlanState.DRAFT)
    document_number = models.CharField(max_length=60, blank=True)  # 中部六省专利工作〔2026〕1号, on publication
    consultation_ends_on = models.DateField(null=True, blank=True)  # the last day for opinions
    published_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="plan_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "closed"])
                | Q(published_at__isnull=False) & ~Q(document_number=""),
                name="plan_published_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="consultation") | Q(consultation_ends_on__isnull=False),
                name="plan_consultation_ends",
            ),
            models.UniqueConstraint(
                fields=["document_number"], condition=~Q(document_number=""), name="plan_document_number_once"
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(PLAN_MOVES)),
            pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Delete),
            pgtrigger.Trigger(name="kept", when=pgtrigger.Before, operation=pgtrigger.Update, func=_PLAN_KEPT),
        ]

    def __str__(self) -> str:
        return str(self.year)

    def get_absolute_url(self) -> str:
        return reverse("governance:plan_detail", args=[self.year])


class PlanVersion(models.Model):
    """One edition of a plan's text: the plan as adopted (1), then one for each amendment."""

    plan = models.ForeignKey(AnnualWorkPlan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, choices=EditionState, default=EditionState.WORKING)
    thought_zh = models.TextField(blank=True)  # guiding thought and goals
    thought_en = models.TextField(blank=True)
    safeguards_zh = models.TextField(blank=True)
    safeguards_en = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)  # of these four fields, for two editors at once
    because_zh = models.CharField(max_length=300, blank=True)  # of an amendment: why
    because_en = models.CharField(max_length=300, blank=True)
    resolution = models.ForeignKey(
        "governance.Resolution", null=True, blank=True, on_delete=models.PROTECT, related_name="plan_versions"
    )
    in_force_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of its canonical text, once tabled
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number_once"),
            models.UniqueConstraint(fields=["plan"], condition=Q(state="in_force"), name="version_one_in_force"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state__in=["working", "tabled", "adopted"]), name="version_one_under_way"
            ),
            models.CheckConstraint(condition=Q(state__in=EditionState.values), name="edition_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["adopted", "in_force", "superseded"]) | Q(resolution__isnull=False),
                name="version_adopted_by_resolution",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["tabled", "adopted", "in_force", "superseded"]) | ~Q(digest=""),
                name="version_tabled_has_digest",
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(EDITION_MOVES)),
            pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Delete),
            pgtrigger.Trigger(name="kept", when=pgtrigger.Before, operation=pgtrigger.Update, func=_EDITION_KEPT),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} v{self.number}"


class Section(models.Model):
    """A chapter of one version, with its tasks in order."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="sections")
    place = models.PositiveSmallIntegerField()  # from 1; its number is 一、二、三
    title_zh = models.CharField(max_length=80)
    title_en = models.CharField(max_length=120, blank=True)
    revision = models.PositiveIntegerField(default=0)  # for two editors at once

    class Meta:
        ordering = ["version", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "place"], name="section_place_once", deferrable=models.Deferrable.DEFERRED
            )
        ]
        triggers = [_frozen("coalesce(NEW.version_id, OLD.version_id)"), _stays("version_id")]

    def __str__(self) -> str:
        return self.title_en if get_language() == "en" and self.title_en else self.title_zh


class PlanTask(models.Model):
    """A task as such, whatever its text says in which version: reports and resolutions hang on it."""

    plan = models.ForeignKey(AnnualWorkPlan, on_delete=models.PROTECT, related_name="tasks")
    carried_from = models.OneToOneField(  # of last year's plan, with the reason
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="carried_to"
    )
    carried_because = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["plan", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(carried_from=None) | ~Q(carried_because=""), name="task_carried_with_reason"
            )
        ]
        triggers = [_stays("plan_id", "carried_from_id")]

    def __str__(self) -> str:
        return f"task {self.pk} of {self.plan_id}"

    def get_absolute_url(self) -> str:
        return reverse("governance:task_detail", args=[self.pk])


class TaskText(models.Model):
    """What one version says of a task (domain.md 9: 任务、牵头、配合、措施、指标、时限、经费、成果形式)."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="texts")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="texts")
    task = models.ForeignKey(PlanTask, on_delete=models.PROTECT, related_name="texts")
    place = models.PositiveSmallIntegerField()  # within its section, from 1: number 2.3
    title_zh = models.CharField(max_length=160)
    title_en = models.CharField(max_length=240, blank=True)
    measures_zh = models.TextField(blank=True)
    measures_en = models.TextField(blank=True)
    target_zh = models.CharField(max_length=200, blank=True)
    target_en = models.CharField(max_length=300, blank=True)
    output_zh = models.CharField(max_length=120, blank=True)  # 成果形式
    output_en = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True, blank=True)
    budget_cny = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)  # for two editors at once

    class Meta:
        ordering = ["version", "section__place", "place"]
        constraints = [
            models.UniqueConstraint(fields=["version", "task"], name="task_text_once"),
            models.UniqueConstraint(
                fields=["section", "place"], name="task_place_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=Q(budget_cny=None) | Q(budget_cny__gte=0), name="task_budget_positive"),
        ]
        triggers = [
            _frozen("coalesce(NEW.version_id, OLD.version_id)"),
            pgtrigger.Trigger(
                name="belongs", when=pgtrigger.Before, operation=pgtrigger.Insert | pgtrigger.Update, func=_BELONGS
            ),
        ]

    def __str__(self) -> str:
        return self.title_en if get_language() == "en" and self.title_en else self.title_zh

    @property
    def number(self) -> str:
        """2.3: the third task of the second section; the section is at hand or fetched with the row."""
        return f"{self.section.place}.{self.place}"


class Duty(models.Model):
    """What one province has to do in a task: the lead, or one of those who support it. A task is done when all duties are."""

    text = models.ForeignKey(TaskText, on_delete=models.CASCADE, related_name="duties")
    province = models.ForeignKey("regions.Province", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=DutyRole)
    what_zh = models.CharField(max_length=200, blank=True)
    what_en = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["text", "province"]
        constraints = [
            models.UniqueConstraint(fields=["text", "province"], name="duty_province_once"),
            models.UniqueConstraint(fields=["text"], condition=Q(role="lead"), name="duty_one_lead"),
            models.CheckConstraint(condition=Q(role__in=DutyRole.values), name="duty_role_known"),
        ]
        triggers = [_frozen(_OF_TEXT), _stays("text_id")]

    def __str__(self) -> str:
        return f"{self.text_id}: {self.province_id} {self.role}"
