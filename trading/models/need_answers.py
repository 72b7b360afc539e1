"""What an office and the patentees answer to a need. Read next: ../need_queries.py."""

import pgtrigger
from django.db import models

from platform_site.states import transitions
from trading.states import PROPOSAL_MOVES, NeedDecision, ProposalState


class NeedReview(models.Model):
    """Opened at submission, taken by one officer at a time, decided once; a refusal has its reason."""

    need = models.ForeignKey("trading.TechnologyNeed", on_delete=models.PROTECT, related_name="reviews")
    province = models.ForeignKey("regions.Province", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    due_on = models.DateField()  # mainland working days, shown to both sides
    taken_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    checked = models.JSONField(default=list)  # the points that were found right
    decision = models.CharField(max_length=20, choices=NeedDecision, blank=True)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["need"], condition=models.Q(decision=""), name="need_review_one_open"),
            models.CheckConstraint(
                condition=models.Q(decision__in=["", "approved", "withdrawn"])
                | (models.Q(decision__in=NeedDecision.values) & ~models.Q(reason="")),
                name="need_review_refusal_has_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(decision="", decided_at=None)
                | (~models.Q(decision="") & models.Q(decided_at__isnull=False)),
                name="need_review_decided_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["province", "due_on"], condition=models.Q(decision=""), name="need_review_queue")
        ]
        triggers = [
            pgtrigger.Protect(
                name="decided_once",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__decision=""),
            ),
            pgtrigger.Protect(name="kept_review", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} {self.decision or 'open'}"


class NeedProposal(models.Model):
    """A patentee holds one listing against a need. Read by the two alone; what follows happens in a room."""

    need = models.ForeignKey("trading.TechnologyNeed", on_delete=models.PROTECT, related_name="proposals")
    listing = models.ForeignKey("patents.Listing", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    state = models.CharField(max_length=20, choices=ProposalState, default=ProposalState.OPEN)
    reason = models.TextField(blank=True)  # why it was declined
    negotiation = models.ForeignKey(
        "trading.Negotiation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["need", "listing"], name="proposal_once"),
            models.CheckConstraint(condition=models.Q(state__in=ProposalState.values), name="proposal_state_known"),
            models.CheckConstraint(
                condition=models.Q(state="accepted", negotiation__isnull=False)
                | (~models.Q(state="accepted") & models.Q(negotiation=None)),
                name="proposal_accepted_has_room",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="declined") | ~models.Q(reason=""), name="proposal_declined_has_reason"
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", decided_at=None)
                | (~models.Q(state="open") & models.Q(decided_at__isnull=False)),
                name="proposal_decided_has_time",
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(PROPOSAL_MOVES)),
            pgtrigger.Trigger(
                name="said_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=(
                    "IF (NEW.need_id, NEW.listing_id, NEW.text) IS DISTINCT FROM (OLD.need_id, OLD.listing_id, OLD.text)"
                    " THEN RAISE EXCEPTION 'a proposal is not changed'; END IF; RETURN NEW;"
                ),
            ),
            pgtrigger.Protect(name="kept_proposal", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} {self.listing_id} {self.state}"
