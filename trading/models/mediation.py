"""An office helps when a party asks, and reads what that party releases, no more. Read next: ../actions/mediation.py."""

import pgtrigger
from django.db import models
from django.urls import reverse

from platform_site.states import transitions
from trading.states import MEDIATION_MOVES, MEDIATION_OPEN, MediationState

_KEPT = pgtrigger.Update | pgtrigger.Delete
_ASKED_KEPT = """
    IF TG_OP = 'DELETE' OR (OLD.negotiation_id, OLD.province_id, OLD.asked_by_id, OLD.reason, OLD.asked_at)
        IS DISTINCT FROM (NEW.negotiation_id, NEW.province_id, NEW.asked_by_id, NEW.reason, NEW.asked_at)
        OR (OLD.ended_at IS NOT NULL AND (OLD.outcome, OLD.ended_at, OLD.officer_id)
            IS DISTINCT FROM (NEW.outcome, NEW.ended_at, NEW.officer_id))
    THEN
        RAISE EXCEPTION 'what was asked of an office and what became of it is on record';
    END IF;
    RETURN NEW;
"""
# A message of the same room, of an author on the side of whoever releases it, while the office is asked.
_OWN_WORDS = f"""
    IF NOT EXISTS (
        SELECT 1 FROM trading_mediation asked
        JOIN trading_message said ON said.id = NEW.message_id AND said.negotiation_id = asked.negotiation_id
        JOIN trading_party author ON author.negotiation_id = asked.negotiation_id AND author.user_id = said.author_id
        JOIN trading_party releasing ON releasing.negotiation_id = asked.negotiation_id
            AND releasing.user_id = NEW.released_by_id AND releasing.left_at IS NULL AND releasing.side = author.side
        WHERE asked.id = NEW.mediation_id AND asked.state IN ({", ".join(f"'{state.value}'" for state in MEDIATION_OPEN)})
    ) THEN
        RAISE EXCEPTION 'a party releases what its own side wrote, while the office is asked';
    END IF;
    RETURN NEW;
"""


class Mediation(models.Model):
    """One request to the office of the listing's province. `outcome` is the office's: at closing, or why it declined."""

    negotiation = models.ForeignKey("trading.Negotiation", on_delete=models.PROTECT, related_name="mediations")
    province = models.ForeignKey("regions.Province", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    state = models.CharField(max_length=20, choices=MediationState, default=MediationState.ASKED)
    asked_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    officer = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=MediationState.values), name="mediation_state_known"),
            models.UniqueConstraint(
                fields=["negotiation"],
                condition=models.Q(state__in=[state.value for state in MEDIATION_OPEN]),
                name="mediation_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, state__in=[state.value for state in MEDIATION_OPEN], outcome="")
                | models.Q(ended_at__isnull=False, state="withdrawn", outcome="")
                | models.Q(ended_at__isnull=False, state__in=["closed", "declined"], officer__isnull=False)
                & ~models.Q(outcome=""),
                name="mediation_ends_with_a_word",
            ),
        ]
        indexes = [models.Index(fields=["province", "state", "asked_at"], name="mediation_by_office")]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(MEDIATION_MOVES)),
            pgtrigger.Trigger(name="kept", when=pgtrigger.Before, operation=_KEPT, func=_ASKED_KEPT),
        ]

    def __str__(self) -> str:
        return f"{self.negotiation_id} {self.province_id} {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("trading:mediation_detail", args=[self.pk])


class MediationRelease(models.Model):
    """A message that the office may read while the mediation is open, with its attachments that are not confidential."""

    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="releases")
    message = models.ForeignKey("trading.Message", on_delete=models.PROTECT, related_name="+")
    released_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mediation", "message"], name="mediation_released_once")]
        triggers = [
            pgtrigger.Protect(name="keep_rows", operation=_KEPT),
            pgtrigger.Trigger(name="own_words", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_OWN_WORDS),
        ]

    def __str__(self) -> str:
        return f"{self.mediation_id} {self.message_id}"


class MediationNote(models.Model):
    """What the office wrote to both parties."""

    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    body = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        triggers = [pgtrigger.Protect(name="keep_rows", operation=_KEPT)]

    def __str__(self) -> str:
        return f"{self.mediation_id} {self.written_at:%F %T}"
