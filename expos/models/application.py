"""Who asks for booths, with what exhibits and wishes; the reckonings of who gets which. Read next: complaint.py."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language

from expos.states import (
    APPLICATION_HOLDS,
    APPLICATION_MOVES,
    RUN_MOVES,
    ApplicationState,
    BoothKind,
    RunState,
)
from platform_site.states import transitions

from .booth import RAW_FROM_M2, UNIT_M2

MOST_WISHES = 5
MOST_BOOTHS = 6

_KEPT = """
    IF TG_OP = 'DELETE' OR ROW(NEW.expo_id, NEW.exhibitor_id, NEW.delegation_id, NEW.made_at, NEW.kind, NEW.booths, NEW.area_m2)
        IS DISTINCT FROM ROW(OLD.expo_id, OLD.exhibitor_id, OLD.delegation_id, OLD.made_at, OLD.kind, OLD.booths, OLD.area_m2)
        THEN
        RAISE EXCEPTION 'what was applied for is on record';
    END IF;
    IF NEW.state NOT IN ('allotted', 'confirmed') AND EXISTS (
        SELECT 1 FROM expos_boothallotment WHERE application_id = NEW.id AND released_at IS NULL
    ) THEN
        RAISE EXCEPTION 'an application that is over, or waits, has no booth';
    END IF;
    RETURN NEW;
"""
_BEGINS = """
    IF NEW.state <> 'submitted' OR NOT EXISTS (
        SELECT 1 FROM expos_delegation WHERE id = NEW.delegation_id AND expo_id = NEW.expo_id
    ) OR NOT EXISTS (SELECT 1 FROM accounts_verification WHERE user_id = NEW.exhibitor_id AND state = 'verified') THEN
        RAISE EXCEPTION 'an application begins submitted, by a verified member, with a delegation of the expo';
    END IF;
    RETURN NEW;
"""


class BoothApplication(models.Model):
    """One exhibitor at one expo: so many standard booths side by side, or raw space; its key is its number and its place in line."""

    expo = models.ForeignKey("expos.Expo", on_delete=models.PROTECT, related_name="applications")
    exhibitor = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    delegation = models.ForeignKey("expos.Delegation", on_delete=models.PROTECT, related_name="applications")
    fascia_zh = models.CharField(max_length=40)  # what stands over the booth
    fascia_en = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=10, choices=BoothKind, default=BoothKind.STANDARD)
    booths = models.PositiveSmallIntegerField(default=1)  # standard ones, side by side
    area_m2 = models.PositiveSmallIntegerField(default=0)  # of raw space, at least
    corner = models.BooleanField(default=False)
    hall = models.ForeignKey("expos.Hall", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    near = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    power_kw = models.PositiveSmallIntegerField(default=0)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=14, choices=ApplicationState, default=ApplicationState.SUBMITTED)
    reason = models.TextField(blank=True)  # why refused, or given up
    made_at = models.DateTimeField()
    reviewed_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    confirm_by = models.DateField(null=True, blank=True)  # the last day to confirm
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["expo", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ApplicationState.values), name="application_state_known"),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="application_refused_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(kind="standard", booths__range=(1, MOST_BOOTHS), area_m2=0)
                | Q(kind="raw", booths=1, area_m2__gte=RAW_FROM_M2),
                name="application_asks_for_something",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["allotted", "confirmed"]) | Q(confirm_by__isnull=False),
                name="application_confirmed_until",
            ),
            models.UniqueConstraint(
                fields=["expo", "exhibitor"], condition=Q(state__in=APPLICATION_HOLDS), name="application_once"
            ),
        ]
        indexes = [models.Index(fields=["expo", "state"], name="application_by_state")]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(APPLICATION_MOVES)),
            pgtrigger.Trigger(name="begins", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_BEGINS),
            pgtrigger.Trigger(name="kept", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=_KEPT),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.pk} {self.fascia}"

    def get_absolute_url(self) -> str:
        return reverse("expos:application_detail", args=[self.expo.year, self.pk])

    @property
    def fascia(self) -> str:
        return self.fascia_en if get_language() == "en" and self.fascia_en else self.fascia_zh

    @property
    def units(self) -> int:
        """What it asks for at least, in standard booths."""
        return self.booths if self.kind == BoothKind.STANDARD else -(-self.area_m2 // UNIT_M2)


class BoothWish(models.Model):
    """A booth that is asked for by its number, the first wish first."""

    application = models.ForeignKey(BoothApplication, on_delete=models.CASCADE, related_name="wishes")
    booth = models.ForeignKey("expos.Booth", on_delete=models.CASCADE, related_name="wishes")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["application", "place"]
        constraints = [
            models.UniqueConstraint(fields=["application", "place"], name="wish_place_once"),
            models.UniqueConstraint(fields=["application", "booth"], name="wish_booth_once"),
            models.CheckConstraint(condition=Q(place__range=(1, MOST_WISHES)), name="wish_place"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.place}"


class AllocationRun(models.Model):
    """One reckoning by the solver: `stage` of `STAGES` is done; its places are a proposal until the host applies it."""

    STAGES = 3
    expo = models.ForeignKey("expos.Expo", on_delete=models.PROTECT, related_name="allocations")
    state = models.CharField(max_length=10, choices=RunState, default=RunState.QUEUED)
    stage = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)  # why it was not finished

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="allocation_state_known"),
            models.UniqueConstraint(
                fields=["expo"], condition=Q(state__in=["queued", "running"]), name="allocation_one_at_work"
            ),
        ]
        triggers = [pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(RUN_MOVES))]

    def __str__(self) -> str:
        return f"{self.expo_id} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("expos:allocation_detail", args=[self.expo.year, self.pk])


class AllocationPlace(models.Model):
    """A booth that a reckoning proposes for an application."""

    run = models.ForeignKey(AllocationRun, on_delete=models.CASCADE, related_name="places")
    application = models.ForeignKey(BoothApplication, on_delete=models.PROTECT, related_name="+")
    booth = models.ForeignKey("expos.Booth", on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["application", "booth__number"]
        constraints = [models.UniqueConstraint(fields=["run", "booth"], name="proposed_once")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.application_id} {self.booth_id}"
