"""What comes after a contract: its text as it was drafted, and its way through the offices. Read next: agreement.py."""

import pgtrigger
from django.db import models
from django.db.models import Q

from .agreement import Agreement

_FACTS_KEPT = """
    IF OLD.number <> '' AND ROW(NEW.number, NEW.recorded_on, NEW.proof_id, NEW.entered_by_id, NEW.entered_at)
        IS DISTINCT FROM ROW(OLD.number, OLD.recorded_on, OLD.proof_id, OLD.entered_by_id, OLD.entered_at) THEN
        RAISE EXCEPTION 'what the national office has recorded is not changed';
    END IF;
    RETURN NEW;
"""


class ContractText(models.Model):
    """Parties, articles and schedules as they were on the day of drafting (contract.py): what both sides sign, kept."""

    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, related_name="text")
    data = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        triggers = [pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"text of {self.agreement_id}"


class Recordal(models.Model):
    """The papers of one agreement before the office of a province, and what the national office then recorded."""

    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, related_name="recordal")
    filed_at = models.DateTimeField()  # the last time, if it was sent back
    filed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)  # of the party to a request for correction
    due_on = models.DateField(null=True, blank=True)  # three months from effect; an assignment has no such clock
    examined_at = models.DateTimeField(null=True, blank=True)
    examined_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)  # of the officer, to both parties: what is to be corrected
    number = models.CharField(max_length=60, blank=True)  # of the national office
    recorded_on = models.DateField(null=True, blank=True)
    proof = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(null=True, blank=True)
    entered_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(number="", recorded_on=None, proof=None, entered_at=None, entered_by=None)
                | ~Q(number="")
                & Q(recorded_on__isnull=False, proof__isnull=False, entered_at__isnull=False, entered_by__isnull=False),
                name="recordal_whole",
            ),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="recordal_number_once"),
        ]
        indexes = [
            models.Index(fields=["filed_at"], name="recordal_by_filing"),
            models.Index(fields=["recorded_on"], condition=Q(recorded_on__isnull=False), name="recordal_by_day"),
        ]
        triggers = [
            pgtrigger.Trigger(name="facts_kept", when=pgtrigger.Before, operation=pgtrigger.Update, func=_FACTS_KEPT),
            pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"recordal of {self.agreement_id}"
