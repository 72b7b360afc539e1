"""Complaints about exhibits, taken at the desk of the expo (Zhengzhou 2009 art. 20). Read next: ../complaint_clock.py."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse

from expos.states import COMPLAINT_MOVES, COMPLAINT_OPEN, CheckOccasion, ComplaintState
from patents.states import LegalStatus
from platform_site.states import transitions

_KEPT = """
    IF TG_OP = 'DELETE' OR ROW(NEW.exhibit_id, NEW.complainant_id, NEW.basis, NEW.words, NEW.made_at, NEW.due_at)
        IS DISTINCT FROM ROW(OLD.exhibit_id, OLD.complainant_id, OLD.basis, OLD.words, OLD.made_at, OLD.due_at)
        OR OLD.statement <> '' AND NEW.statement <> OLD.statement THEN
        RAISE EXCEPTION 'what was complained of, and what was answered, is on record';
    END IF;
    RETURN NEW;
"""


class Complaint(models.Model):
    """About one exhibit, by anybody logged in. Seen by the complainant, the exhibitor and the host; the public sees a number only."""

    exhibit = models.ForeignKey("expos.Exhibit", on_delete=models.PROTECT, related_name="complaints")
    complainant = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(
        max_length=120
    )  # the right that is said to be infringed, or the mark that is said to be false
    words = models.TextField()
    state = models.CharField(max_length=12, choices=ComplaintState, default=ComplaintState.RECEIVED)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()  # by when the desk says whether it takes it
    reason = models.TextField(blank=True)  # why it was refused, or how it ended
    statement = models.TextField(blank=True)  # the exhibitor's
    statement_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    handed_at = models.DateTimeField(null=True, blank=True)  # to the intellectual property office of the host
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ComplaintState.values), name="complaint_state_known"),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(reason=""), name="complaint_refused_with_reason"),
            models.CheckConstraint(
                condition=Q(state="handed_over", handed_at__isnull=False)
                | ~Q(state="handed_over") & Q(handed_at__isnull=True),
                name="complaint_handed_over_on_a_day",
            ),
            models.UniqueConstraint(
                fields=["exhibit", "complainant"], condition=Q(state__in=COMPLAINT_OPEN), name="complaint_once"
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(COMPLAINT_MOVES)),
            pgtrigger.Trigger(name="kept", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=_KEPT),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("expos:complaint_detail", args=[self.exhibit.expo.year, self.pk])


class ExhibitCheck(models.Model):
    """One look at the status of what is shown: when, on what occasion, with what result. Never changed, never erased."""

    exhibit = models.ForeignKey("expos.Exhibit", on_delete=models.PROTECT, related_name="checks")
    occasion = models.CharField(max_length=12, choices=CheckOccasion)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    passed = models.BooleanField()
    status = models.CharField(max_length=20, choices=LegalStatus, blank=True)  # the worst of its patents
    reason = models.CharField(max_length=20, blank=True)  # why it failed: a key of ../exhibit_checks.py

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(occasion__in=CheckOccasion.values), name="check_occasion_known"),
            models.CheckConstraint(
                condition=Q(passed=True, reason="") | Q(passed=False) & ~Q(reason=""), name="check_failed_with_reason"
            ),
        ]
        triggers = [pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.exhibit_id} {self.occasion}"
