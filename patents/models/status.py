"""The history of a patent's legal status, and sheets that bring many up to date. Read next: ../gazette.py, ../actions/status.py."""

import pgtrigger
from django.db import models
from django.urls import reverse

from patents import gazette
from patents.states import SHEET_MOVES, EventKind, LegalStatus, RowFate, SheetState
from platform_site.states import transitions


def _status_fits_kind() -> models.Q:
    """A row gives a status that its kind can give; a correction may strike out without giving any."""
    fits = models.Q(status="") & ~models.Q(
        kind__in=[kind.value for kind, effect in gazette.EFFECTS.items() if effect.gives]
    )
    for status in LegalStatus:
        givers = [kind.value for kind, effect in gazette.EFFECTS.items() if status in effect.gives]
        fits |= models.Q(status=status.value, kind__in=givers)
    return fits


class StatusEvent(models.Model):
    """One event in the gazette's wording. Never changed or erased: a wrong one is corrected by a later row."""

    patent = models.ForeignKey("patents.Patent", on_delete=models.PROTECT, related_name="status_events")
    kind = models.CharField(max_length=20, choices=EventKind)
    status = models.CharField(max_length=20, choices=LegalStatus, blank=True)  # what it leaves; empty: unchanged
    happened_on = models.DateField()  # from this day on the history says so
    reaches_back_to = models.DateField(null=True, blank=True)  # a termination counts from the day the fee fell due
    noticed_on = models.DateField(null=True, blank=True)  # the office's notice: periods of answer run from it
    as_of = models.DateField()  # the day on which somebody looked it up: no office feeds us directly
    source = models.CharField(max_length=100, blank=True)
    note = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    corrected = models.BooleanField(default=False, db_default=False)  # set by a trigger when another row corrects it

    class Meta:
        ordering = ["happened_on", "id"]
        indexes = [models.Index(fields=["patent", "-happened_on", "-id"], name="statusevent_history")]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=EventKind.values), name="statusevent_kind_known"),
            models.CheckConstraint(condition=_status_fits_kind(), name="statusevent_status_fits"),
            models.CheckConstraint(
                condition=models.Q(reaches_back_to=None) | models.Q(reaches_back_to__lt=models.F("happened_on")),
                name="statusevent_reaches_back",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="keep_rows",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=(
                    "IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'an event is corrected, never erased'; END IF; "
                    "IF to_jsonb(NEW) - 'corrected' <> to_jsonb(OLD) - 'corrected' OR NOT NEW.corrected OR NOT EXISTS "
                    "(SELECT 1 FROM patents_statusevent later WHERE later.corrects_id = NEW.id) THEN "
                    "RAISE EXCEPTION 'an event is corrected, never changed'; END IF; RETURN NEW;"
                ),
            ),
            pgtrigger.Trigger(
                name="mark_corrected",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__corrects__isnull=False),
                func=(
                    "UPDATE patents_statusevent SET corrected = true WHERE id = NEW.corrects_id "
                    "AND patent_id = NEW.patent_id AND NOT corrected; "
                    "IF NOT FOUND THEN RAISE EXCEPTION 'a correction is of one standing event of the same patent'; END IF; "
                    "RETURN NULL;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.patent_id} {self.happened_on} {self.kind}"


class StatusSheet(models.Model):
    """A table that an officer brought: judged row by row first, written when the officer says so."""

    officer = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)  # of the file
    state = models.CharField(max_length=10, choices=SheetState, default=SheetState.CHECKED)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=SheetState.values), name="statussheet_state_known"),
        ]
        indexes = [
            models.Index(fields=["id"], condition=models.Q(state="running"), name="statussheet_running"),
            models.Index(fields=["officer", "-id"], name="statussheet_own"),
        ]
        triggers = [pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(SHEET_MOVES))]

    def __str__(self) -> str:
        return f"{self.pk} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("patents:status_sheet", args=[self.pk])


class StatusSheetRow(models.Model):
    """One line of a sheet: its cells as they stood, what they mean, and what becomes of it."""

    sheet = models.ForeignKey(StatusSheet, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()  # in the file, the heading is line 1
    cells = models.JSONField(default=dict)  # column -> text
    facts = models.JSONField(default=dict)  # what status_record is told, dates in ISO 8601
    patent = models.ForeignKey("patents.Patent", null=True, on_delete=models.SET_NULL, related_name="+")
    fate = models.CharField(max_length=10, choices=RowFate)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "line"], name="statussheetrow_line_once"),
            models.CheckConstraint(condition=models.Q(fate__in=RowFate.values), name="statussheetrow_fate_known"),
            models.CheckConstraint(
                condition=~models.Q(fate="refused") | ~models.Q(reason=""), name="statussheetrow_refusal_has_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["sheet", "id"], condition=models.Q(fate="new"), name="statussheetrow_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}:{self.line} {self.fate}"
