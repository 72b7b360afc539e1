"""What an agreement makes due, what was said about it, and how it ends: facts of the two parties alone. Read next: agreement.py."""

from decimal import Decimal

import pgtrigger
from django.db import models
from django.db.models import F, Q

from platform_site.states import transitions
from trading.states import (
    ENDING_MOVES,
    MILESTONE_MOVES,
    STATEMENT_MOVES,
    Deed,
    EndingKind,
    EndingState,
    MilestoneKind,
    MilestoneState,
    Side,
    StatementState,
)

from .agreement import Agreement

CLAIMED = ["claimed", "disputed", "confirmed"]
NOT_STATED = ["due", "lapsed"]
_MILESTONE_KEPT = """
    IF TG_OP = 'DELETE' OR ROW(NEW.agreement_id, NEW.kind, NEW.number, NEW.year) IS DISTINCT FROM
        ROW(OLD.agreement_id, OLD.kind, OLD.number, OLD.year) THEN
        RAISE EXCEPTION 'a milestone is not changed';
    END IF;
    IF OLD.kind <> 'royalty' AND ROW(NEW.amount_cny, NEW.due_on) IS DISTINCT FROM ROW(OLD.amount_cny, OLD.due_on) THEN
        RAISE EXCEPTION 'what the terms make due is not changed';
    END IF;
    IF OLD.amount_cny IS NOT NULL AND NEW.amount_cny IS DISTINCT FROM OLD.amount_cny THEN
        RAISE EXCEPTION 'a royalty that was accepted is not changed';
    END IF;
    IF OLD.state IN ('confirmed', 'waived') AND NEW IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'what is settled is not changed';
    END IF;
    RETURN NEW;
"""
_STATEMENT_KEPT = """
    IF TG_OP = 'DELETE' OR ROW(NEW.agreement_id, NEW.milestone_id, NEW.year) IS DISTINCT FROM
        ROW(OLD.agreement_id, OLD.milestone_id, OLD.year) THEN
        RAISE EXCEPTION 'a statement is not changed';
    END IF;
    IF OLD.state IN ('accepted', 'lapsed') AND NEW IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'an accepted statement is not changed';
    END IF;
    RETURN NEW;
"""
_ENDING_KEPT = """
    IF TG_OP = 'DELETE' OR ROW(NEW.agreement_id, NEW.kind, NEW.side, NEW.made_by_id, NEW.made_at, NEW.reason, NEW.on_day,
        NEW.cure_until) IS DISTINCT FROM ROW(OLD.agreement_id, OLD.kind, OLD.side, OLD.made_by_id, OLD.made_at, OLD.reason,
        OLD.on_day, OLD.cure_until) THEN
        RAISE EXCEPTION 'a proposal is not changed';
    END IF;
    IF OLD.kind = 'breach' AND OLD.state = 'open' AND NEW.state = 'done' AND clock_timestamp() < OLD.cure_until THEN
        RAISE EXCEPTION 'the time to cure has not passed';
    END IF;
    RETURN NEW;
"""


def _money(**more: object) -> models.DecimalField:
    return models.DecimalField(max_digits=14, decimal_places=2, **more)  # type: ignore[arg-type]


def _person() -> models.ForeignKey:
    return models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")


class PaymentMilestone(models.Model):
    """One thing that is owed by the buyer's side, made from the terms on signing (trading/performance.py)."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="milestones")
    number = models.PositiveSmallIntegerField()  # from 1, by due day at signing
    kind = models.CharField(max_length=20, choices=MilestoneKind)
    year = models.PositiveSmallIntegerField(null=True, blank=True)  # of a royalty
    amount_cny = _money(null=True, blank=True)  # of a royalty once its statement is accepted; shares have none
    due_on = models.DateField()
    state = models.CharField(max_length=20, choices=MilestoneState, default=MilestoneState.PLANNED)
    paid_on = models.DateField(null=True, blank=True)  # as the payer says last
    paid_cny = _money(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["agreement", "due_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="milestone_number_once"),
            models.UniqueConstraint(
                fields=["agreement", "year"], condition=Q(year__isnull=False), name="milestone_year_once"
            ),
            models.CheckConstraint(condition=Q(state__in=MilestoneState.values), name="milestone_state_known"),
            models.CheckConstraint(condition=Q(kind__in=MilestoneKind.values), name="milestone_kind_known"),
            models.CheckConstraint(
                condition=Q(kind="royalty", year__isnull=False) | ~Q(kind="royalty") & Q(year=None),
                name="milestone_royalty_has_year",
            ),
            models.CheckConstraint(
                condition=Q(kind="royalty")
                | Q(kind="shares", amount_cny=None)
                | ~Q(kind__in=["royalty", "shares"]) & Q(amount_cny__gt=0),
                name="milestone_amount_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=CLAIMED)
                | Q(paid_on__isnull=False) & (Q(kind="shares", paid_cny=None) | Q(amount_cny__gt=0, paid_cny__gt=0)),
                name="milestone_claim_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["confirmed", "waived"], settled_at__isnull=False)
                | ~Q(state__in=["confirmed", "waived"]) & Q(settled_at=None),
                name="milestone_settled_has_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(state__in=["planned", "disputed"]), name="milestone_unsettled")
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(MILESTONE_MOVES)),
            pgtrigger.Trigger(
                name="kept", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=_MILESTONE_KEPT
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.number}: {self.kind}"


class RoyaltyStatement(models.Model):
    """What the licensee states for one calendar year of the term, with the arithmetic by the terms (trading/royalties.py)."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="statements")
    milestone = models.OneToOneField(PaymentMilestone, on_delete=models.PROTECT, related_name="statement")
    year = models.PositiveSmallIntegerField()
    start = models.DateField()  # the days of the year that belong to the term, half-open
    end = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=20, choices=StatementState, default=StatementState.DUE)
    base_cny = _money(null=True, blank=True)  # a profit may be a loss
    percent = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    reckoned_cny = _money(null=True, blank=True)
    minimum_cny = _money(null=True, blank=True)
    left_cny = _money(null=True, blank=True)
    amount_cny = _money(null=True, blank=True)
    books_asked = models.BooleanField(default=False)  # the licensor asks to see the books

    class Meta:
        ordering = ["agreement", "year"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "year"], name="statement_once_a_year"),
            models.CheckConstraint(condition=Q(state__in=StatementState.values), name="statement_state_known"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="statement_period_lasts"),
            models.CheckConstraint(
                condition=Q(state__in=NOT_STATED, base_cny=None, amount_cny=None)
                | ~Q(state__in=NOT_STATED)
                & Q(base_cny__isnull=False, percent__isnull=False, reckoned_cny__gte=0, amount_cny__gte=0),
                name="statement_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(state__in=["due", "questioned"]), name="statement_awaited")
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(STATEMENT_MOVES)),
            pgtrigger.Trigger(
                name="kept", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=_STATEMENT_KEPT
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.year}"


class ConversionReport(models.Model):
    """What became of the technology in one year; corrected by a later version, never changed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="reports")
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()  # from 1, of the agreement and year
    side = models.CharField(max_length=10, choices=Side)
    written_by = _person()
    written_at = models.DateTimeField()
    in_production = models.BooleanField()
    since = models.DateField(null=True, blank=True)
    province = models.ForeignKey(
        "regions.Province", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # where it is made; None is outside the six
    output_cny = _money(default=Decimal(0))  # output value of the year
    jobs = models.PositiveIntegerField(default=0)
    tax_cny = _money(default=Decimal(0))
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["agreement", "-year", "-version"]
        indexes = [models.Index(fields=["year"], name="conversion_by_year")]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "year", "version"], name="report_version_once"),
            models.CheckConstraint(condition=Q(output_cny__gte=0, tax_cny__gte=0), name="report_not_negative"),
            models.CheckConstraint(
                condition=Q(in_production=True, since__isnull=False)
                | Q(in_production=False, since=None, province=None, output_cny=0, jobs=0, tax_cny=0),
                name="report_of_production_whole",
            ),
        ]
        triggers = [pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.year} v{self.version}"


class Ending(models.Model):
    """A proposal to complete or end an agreement, or a notice of breach with its time to cure."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="endings")
    kind = models.CharField(max_length=20, choices=EndingKind)
    side = models.CharField(max_length=10, choices=Side)
    made_by = _person()
    made_at = models.DateTimeField()
    reason = models.TextField(blank=True)  # as its author wrote it, read by the other side alone
    on_day = models.DateField(null=True, blank=True)  # of an agreed termination
    cure_until = models.DateTimeField(null=True, blank=True)  # by the clock of the database
    state = models.CharField(max_length=20, choices=EndingState, default=EndingState.OPEN)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["agreement", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "kind"],
                condition=Q(state__in=["open", "agreed"]) & ~Q(kind="breach"),
                name="ending_one_open",
            ),
            models.UniqueConstraint(
                fields=["agreement", "side"], condition=Q(state="open", kind="breach"), name="ending_one_notice"
            ),
            models.CheckConstraint(condition=Q(state__in=EndingState.values), name="ending_state_known"),
            models.CheckConstraint(
                condition=Q(kind="completion", on_day=None, cure_until=None)
                | Q(kind="termination", on_day__isnull=False, cure_until=None) & ~Q(reason="")
                | Q(kind="breach", on_day=None, cure_until__gt=F("made_at")) & ~Q(reason=""),
                name="ending_whole",
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(ENDING_MOVES)),
            pgtrigger.Trigger(
                name="kept", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=_ENDING_KEPT
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.kind}"


class PerformanceDeed(models.Model):
    """One line of the history that both parties read: who said what, with the figures and the paper; never changed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="deeds")
    deed = models.CharField(max_length=20, choices=Deed)
    milestone = models.ForeignKey(
        PaymentMilestone, null=True, blank=True, on_delete=models.PROTECT, related_name="deeds"
    )
    statement = models.ForeignKey(
        RoyaltyStatement, null=True, blank=True, on_delete=models.PROTECT, related_name="deeds"
    )
    ending = models.ForeignKey(Ending, null=True, blank=True, on_delete=models.PROTECT, related_name="deeds")
    side = models.CharField(max_length=10, choices=Side, blank=True)  # empty: by the clock
    actor = _person()
    at = models.DateTimeField()
    day = models.DateField(null=True, blank=True)
    amount_cny = _money(null=True, blank=True)
    words = models.TextField(blank=True)
    file = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.CheckConstraint(condition=Q(deed__in=Deed.values), name="deed_known")]
        triggers = [pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.deed}"
