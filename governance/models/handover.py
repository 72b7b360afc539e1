"""How one director hands over to the next: both sign, and the powers pass at one instant. Read next: meeting.py."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse

from governance.states import HANDOVER_MOVES, HandoverSide, HandoverState
from platform_site.states import transitions

from .directing import DirectorTerm
from .group import Seat, UnderMandate

# Signed by both, it is closed: the next term begins with the instant at which this one ends, the later of the year's
# first instant in China and the second signature. Its file is what both have signed and is never changed.
_HANDOVER_KEPT = """
    IF TG_OP = 'DELETE' OR OLD.state = 'signed' OR ROW(NEW.outgoing_id, NEW.opened_by_id, NEW.opened_at) IS DISTINCT FROM
        ROW(OLD.outgoing_id, OLD.opened_by_id, OLD.opened_at) THEN
        RAISE EXCEPTION 'a handover is not changed';
    END IF;
    IF NEW.state = 'signed' AND (
        (SELECT count(*) FROM governance_handoversignature WHERE handover_id = NEW.id) <> 2
        OR NOT EXISTS (
            SELECT 1 FROM governance_directorterm AS before, governance_directorterm AS after
            WHERE before.id = NEW.outgoing_id AND after.id = NEW.incoming_id AND after.year = before.year + 1
            AND after.begins_at = before.ends_at
            AND after.begins_at = greatest(make_timestamptz(after.year, 1, 1, 0, 0, 0, 'Asia/Shanghai'), NEW.signed_at)
        )
    ) THEN
        RAISE EXCEPTION 'powers pass with both signatures, at one instant';
    END IF;
    RETURN NEW;
"""
_SIGNED_BY_RIGHT = """
    IF (SELECT state FROM governance_handover WHERE id = NEW.handover_id FOR SHARE) = 'signed' THEN
        RAISE EXCEPTION 'the handover is signed by both';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM governance_seatholder AS held WHERE held.id = NEW.holder_id AND held.seat_id = NEW.seat_id
        AND held.starts_on <= today AND (held.ends_on IS NULL OR today < held.ends_on)
    ) OR NEW.deputy_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM governance_deputy AS acting WHERE acting.id = NEW.deputy_id AND acting.seat_id = NEW.seat_id
        AND acting.starts_on <= today AND today < acting.ends_on
    ) THEN
        RAISE EXCEPTION 'the mandate is over';
    END IF;
    RETURN NEW;
"""


class Handover(models.Model):
    """From one term to the next year's. What is handed over is reckoned until both have signed, and kept from then on."""

    outgoing = models.OneToOneField(DirectorTerm, on_delete=models.PROTECT, related_name="handover")
    incoming = models.OneToOneField(  # begun by the second signature
        DirectorTerm, null=True, blank=True, on_delete=models.PROTECT, related_name="takeover"
    )
    state = models.CharField(max_length=20, choices=HandoverState, default=HandoverState.OPEN)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)  # the second signature
    file = models.JSONField(null=True, blank=True)  # what was handed over (handover_file.py)
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of its canonical text

    class Meta:
        ordering = ["-outgoing__year"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=HandoverState.values), name="handover_state_known"),
            models.CheckConstraint(
                condition=Q(
                    state="signed", incoming__isnull=False, signed_at__isnull=False, file__isnull=False, digest__gt=""
                )
                | ~Q(state="signed") & Q(incoming=None, signed_at=None, file__isnull=True, digest=""),
                name="handover_signed_whole",
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(HANDOVER_MOVES)),
            pgtrigger.Trigger(
                name="kept", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=_HANDOVER_KEPT
            ),
        ]

    def __str__(self) -> str:
        return f"handover to {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("governance:handover_detail", args=[self.year])

    @property
    def year(self) -> int:
        """Whose director takes over; the outgoing term is at hand or fetched with the row."""
        return self.outgoing.year + 1


class HandoverSignature(UnderMandate):
    """One side's signature: by the seat that directs, or by the one that is to direct, its holder or deputy."""

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=10, choices=HandoverSide)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["handover", "signed_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["handover", "side"], name="handover_side_once"),
            models.CheckConstraint(condition=Q(side__in=HandoverSide.values), name="handover_side_known"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="by_right",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("today", "date")],
                func="today := (NEW.signed_at AT TIME ZONE 'Asia/Shanghai')::date;" + _SIGNED_BY_RIGHT,
            ),
            pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.handover_id}: {self.side}"
