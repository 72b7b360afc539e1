"""What is shown: a published listing at an expo, under the delegation that has reviewed it. Read next: ../states.py."""

import pgtrigger
from django.db import models
from django.db.models import Q

from expos.states import EXHIBIT_HOLDS, EXHIBIT_MOVES, ExhibitState
from platform_site.states import transitions

_KEPT = """
    IF TG_OP = 'DELETE' OR ROW(NEW.expo_id, NEW.listing_id, NEW.exhibitor_id) IS DISTINCT FROM
        ROW(OLD.expo_id, OLD.listing_id, OLD.exhibitor_id) THEN
        RAISE EXCEPTION 'an exhibit keeps its expo, its listing and its exhibitor';
    END IF;
    RETURN NEW;
"""


class Exhibit(models.Model):
    """A listing that its owner wants to show. What stands on the booth follows from the listing on the day it is looked at."""

    expo = models.ForeignKey("expos.Expo", on_delete=models.PROTECT, related_name="exhibits")
    listing = models.ForeignKey("patents.Listing", on_delete=models.PROTECT, related_name="exhibits")
    exhibitor = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    delegation = models.ForeignKey("expos.Delegation", on_delete=models.PROTECT, related_name="exhibits")
    state = models.CharField(max_length=12, choices=ExhibitState, default=ExhibitState.APPLIED)
    reason = models.TextField(blank=True)  # why it was refused or barred
    made_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["expo", "delegation", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ExhibitState.values), name="exhibit_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "barred"]) | ~Q(reason=""), name="exhibit_refused_with_reason"
            ),
            models.UniqueConstraint(
                fields=["expo", "listing"], condition=Q(state__in=EXHIBIT_HOLDS), name="exhibit_once"
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(EXHIBIT_MOVES)),
            pgtrigger.Trigger(name="kept", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=_KEPT),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.expo_id} {self.listing_id}"
