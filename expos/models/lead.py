"""A badge that an exhibitor has scanned: it becomes an enquiry when the visitor agrees. Read next: ../actions/leads.py."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse

from expos.states import LEAD_MOVES, LeadState
from platform_site.states import transitions

_KEPT = """
    IF TG_OP = 'DELETE' OR ROW(NEW.expo_id, NEW.exhibitor_id, NEW.listing_id, NEW.registration_id, NEW.made_at) IS DISTINCT FROM
        ROW(OLD.expo_id, OLD.exhibitor_id, OLD.listing_id, OLD.registration_id, OLD.made_at) THEN
        RAISE EXCEPTION 'a scan keeps whom it was of';
    END IF;
    RETURN NEW;
"""


class Lead(models.Model):
    """One visitor at one exhibit. The note is the exhibitor's own; the visitor decides whether they are told more."""

    expo = models.ForeignKey("expos.Expo", on_delete=models.PROTECT, related_name="leads")
    exhibitor = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    listing = models.ForeignKey("patents.Listing", on_delete=models.PROTECT, related_name="+")
    registration = models.ForeignKey("expos.Registration", on_delete=models.PROTECT, related_name="leads")
    note = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=LeadState, default=LeadState.ASKED)
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    negotiation = models.ForeignKey(
        "trading.Negotiation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=LeadState.values), name="lead_state_known"),
            models.CheckConstraint(
                condition=Q(state="agreed", negotiation__isnull=False)
                | Q(negotiation=None) & Q(state__in=["asked", "declined"]),
                name="lead_agreed_has_room",
            ),
            models.UniqueConstraint(fields=["registration", "listing"], name="lead_once"),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(LEAD_MOVES)),
            pgtrigger.Trigger(name="kept", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=_KEPT),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.expo_id} {self.registration_id}"

    def get_absolute_url(self) -> str:
        return reverse("expos:lead_detail", args=[self.expo.year, self.pk])
