"""What is shown: a published listing at an expo, under the delegation that has reviewed it. Read next: ../states.py."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse

from expos.states import EXHIBIT_HOLDS, EXHIBIT_MOVES, ExhibitState
from platform_site.states import transitions

_KEPT = """
    IF TG_OP = 'DELETE' OR ROW(NEW.expo_id, NEW.listing_id, NEW.exhibitor_id) IS DISTINCT FROM
        ROW(OLD.expo_id, OLD.listing_id, OLD.exhibitor_id) THEN
        RAISE EXCEPTION 'an exhibit keeps its expo, its listing and its exhibitor';
    END IF;
    RETURN NEW;
"""

# Whatever code says: what is shown with a patent mark has patents that are in force, all of them (Henan 2005 art. 14), and
# nothing unpublished is shown at all (no novelty grace at a domestic expo, Patent Law art. 24).
_IN_FORCE = """
    PERFORM 1 FROM patents_patent patent JOIN patents_listingpatent bundled ON bundled.patent_id = patent.id
        WHERE bundled.listing_id = NEW.listing_id AND bundled.is_open ORDER BY patent.id FOR SHARE OF patent;
    PERFORM 1 FROM patents_listing WHERE id = NEW.listing_id AND state = 'published' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'an exhibit that stands accepted is on the market';
    END IF;
    IF EXISTS (
        SELECT 1 FROM patents_listingpatent bundled JOIN patents_patent patent ON patent.id = bundled.patent_id
        WHERE bundled.listing_id = NEW.listing_id AND bundled.is_open AND (
            patent.legal_status NOT IN ('pending', 'in_force', 'late_fee')
            OR NEW.patented AND patent.legal_status NOT IN ('in_force', 'late_fee'))
    ) THEN
        RAISE EXCEPTION 'an exhibit marked patented has patents in force';
    END IF;
    RETURN NEW;
"""


class Exhibit(models.Model):
    """A listing that its owner wants to show. What stands on the booth follows from the listing on the day it is looked at."""

    expo = models.ForeignKey("expos.Expo", on_delete=models.PROTECT, related_name="exhibits")
    listing = models.ForeignKey("patents.Listing", on_delete=models.PROTECT, related_name="exhibits")
    exhibitor = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    delegation = models.ForeignKey("expos.Delegation", on_delete=models.PROTECT, related_name="exhibits")
    application = models.ForeignKey(
        "expos.BoothApplication", null=True, blank=True, on_delete=models.PROTECT, related_name="exhibits"
    )
    patented = models.BooleanField(default=True)  # shown with a patent mark or number
    state = models.CharField(max_length=12, choices=ExhibitState, default=ExhibitState.APPLIED)
    reason = models.TextField(
        blank=True
    )  # why it was refused or barred: a key of ../exhibit_checks.py, or an officer's words
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
            pgtrigger.Trigger(
                name="in_force", when=pgtrigger.Before, operation=pgtrigger.Insert | pgtrigger.UpdateOf("state", "patented"),
                condition=pgtrigger.Q(new__state="accepted"), func=_IN_FORCE,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.expo_id} {self.listing_id}"

    def get_absolute_url(self) -> str:
        return reverse("expos:exhibit_detail", args=[self.expo.year, self.pk])
