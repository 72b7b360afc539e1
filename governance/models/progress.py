"""How a published plan is carried out: reports with evidence, verified by another unit, and reminders of what is late.

Nothing that follows from these rows is stored: not a light, not a percentage. Read next: indicator.py, ../lights.py.
"""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse

from governance.states import REPORT_MOVES, ReportKind, ReportState
from platform_site.states import transitions

# A unit reports on what the version in force gives it to do, while the plan is carried out.
_OWN_DUTY = """
    IF NEW.state <> 'submitted' THEN
        RAISE EXCEPTION 'a report begins submitted';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM governance_duty AS duty JOIN governance_tasktext AS said ON said.id = duty.text_id
        JOIN governance_planversion AS edition ON edition.id = said.version_id
        JOIN governance_annualworkplan AS plan ON plan.id = edition.plan_id
        WHERE said.task_id = NEW.task_id AND duty.province_id = NEW.province_id
        AND edition.state = 'in_force' AND plan.state = 'published'
    ) THEN
        RAISE EXCEPTION 'a unit reports on its own duty in a plan in force';
    END IF;
    RETURN NEW;
"""
_REPORT_KEPT = """
    IF TG_OP = 'DELETE' OR ROW(NEW.task_id, NEW.province_id, NEW.kind, NEW.words, NEW.made_by_id, NEW.made_at)
        IS DISTINCT FROM ROW(OLD.task_id, OLD.province_id, OLD.kind, OLD.words, OLD.made_by_id, OLD.made_at)
        OR OLD.state <> 'submitted' THEN
        RAISE EXCEPTION 'what was reported and decided is not changed';
    END IF;
    RETURN NEW;
"""


class ProgressReport(models.Model):
    """What one unit says of its own duty in a task; it counts once another unit, or the group's office, has verified it."""

    task = models.ForeignKey("governance.PlanTask", on_delete=models.PROTECT, related_name="reports")
    province = models.ForeignKey("regions.Province", on_delete=models.PROTECT, related_name="+")  # who reports
    kind = models.CharField(max_length=12, choices=ReportKind)
    words = models.TextField()  # Chinese, public once accepted
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=ReportState, default=ReportState.SUBMITTED)
    reason = models.TextField(blank=True)  # why it was returned
    decided_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_for = models.ForeignKey(  # the unit that verified; none is the group's office
        "regions.Province", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="progress_state_known"),
            models.CheckConstraint(condition=Q(kind__in=ReportKind.values), name="progress_kind_known"),
            models.CheckConstraint(condition=~Q(words=""), name="progress_has_words"),
            models.UniqueConstraint(
                fields=["task", "province"], condition=Q(state="submitted"), name="progress_one_waiting"
            ),
            models.UniqueConstraint(
                fields=["task", "province"], condition=Q(state="accepted", kind="completion"), name="progress_done_once"
            ),
            models.CheckConstraint(
                condition=Q(state="submitted", decided_by=None, decided_at=None, decided_for=None)
                | ~Q(state="submitted") & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="progress_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_for=None) | ~Q(decided_for=F("province")), name="progress_verified_by_another_unit"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "returned"]) | ~Q(decided_by=F("made_by")),
                name="progress_not_verified_by_its_author",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(reason=""), name="progress_returned_with_reason"
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(REPORT_MOVES)),
            pgtrigger.Trigger(name="own_duty", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_OWN_DUTY),
            pgtrigger.Trigger(
                name="kept", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=_REPORT_KEPT
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.province_id} {self.kind} {self.state}"

    def get_absolute_url(self) -> str:
        return f"{reverse('governance:task_detail', args=[self.task_id])}#report-{self.pk}"


class ReportFile(models.Model):
    """Evidence of a report: read by the officers of the six, the seats and the group's office."""

    report = models.ForeignKey(ProgressReport, on_delete=models.PROTECT, related_name="files")
    file = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["report", "id"]
        triggers = [pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.file_id}"


class Reminder(models.Model):
    """A letter of the group's office to the units that are late (催办函)."""

    plan = models.ForeignKey("governance.AnnualWorkPlan", on_delete=models.PROTECT, related_name="reminders")
    serial = models.PositiveSmallIntegerField()  # of the plan, from 1
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["plan", "serial"], name="reminder_serial_once")]
        triggers = [pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.serial}"

    def get_absolute_url(self) -> str:
        return reverse("governance:reminder_detail", args=[self.pk])


class _DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


class RemindedDuty(models.Model):
    """One late duty as the letter of the day found it; the same one is not called to mind again within three days."""

    reminder = models.ForeignKey(Reminder, on_delete=models.PROTECT, related_name="duties")
    task = models.ForeignKey("governance.PlanTask", on_delete=models.PROTECT, related_name="+")
    province = models.ForeignKey("regions.Province", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    light = models.CharField(max_length=6)  # yellow or red, as computed then
    told_on = models.DateField()
    quiet_until = models.DateField()  # the first day on which the next letter may name it

    class Meta:
        ordering = ["due_on", "task", "province"]
        constraints = [
            ExclusionConstraint(
                name="reminded_once_in_three_days",
                expressions=[
                    ("task", RangeOperators.EQUAL),
                    ("province", RangeOperators.EQUAL),
                    (_DateRange(F("told_on"), F("quiet_until")), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(light__in=["yellow", "red"]), name="reminded_is_late"),
            models.CheckConstraint(
                condition=Q(told_on__gt=F("due_on"), quiet_until__gt=F("told_on")), name="reminded_after_due_day"
            ),
        ]
        triggers = [pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.reminder_id}: {self.task_id} {self.province_id}"


class ProgressSubscription(models.Model):
    """A member who wants the weekly letter on a plan's progress."""

    plan = models.ForeignKey("governance.AnnualWorkPlan", on_delete=models.CASCADE, related_name="subscriptions")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        ordering = ["plan", "user"]
        constraints = [models.UniqueConstraint(fields=["plan", "user"], name="progress_subscribed_once")]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.user_id}"
