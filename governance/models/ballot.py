"""How the group decides: rule versions, ballots with the rule frozen in them, votes by seat, resolutions. Read next: plan.py."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language

from governance.states import (
    BALLOT_MOVES,
    RESOLUTION_MOVES,
    BallotState,
    Choice,
    ItemKind,
    ResolutionState,
)
from platform_site.states import transitions

from .group import Seat, UnderMandate, by_mandate
from .meeting import AgendaItem

_BALLOT_KEPT = """
    IF TG_OP = 'DELETE' OR ROW(NEW.item_id, NEW.rule_id, NEW.quorum_of_seats, NEW.majority_numerator,
        NEW.majority_denominator, NEW.majority_of, NEW.national_votes, NEW.opened_at, NEW.closes_at) IS DISTINCT FROM
        ROW(OLD.item_id, OLD.rule_id, OLD.quorum_of_seats, OLD.majority_numerator,
        OLD.majority_denominator, OLD.majority_of, OLD.national_votes, OLD.opened_at, OLD.closes_at) THEN
        RAISE EXCEPTION 'a ballot and its rule are not changed';
    END IF;
    RETURN NEW;
"""
# The ballot's row is locked for share, so closing waits for votes under way and later votes find it closed.
_VOTE_BY_RIGHT = """
    SELECT * INTO ballot FROM governance_ballot WHERE id = NEW.ballot_id FOR SHARE;
    IF ballot.state <> 'open' OR NEW.cast_at NOT BETWEEN ballot.opened_at AND clock_timestamp()
        OR NEW.cast_at >= ballot.closes_at THEN
        RAISE EXCEPTION 'the ballot is closed';
    END IF;
    IF NOT ballot.national_votes AND NEW.seat_id = '000000' THEN
        RAISE EXCEPTION 'the national seat has no vote by this rule';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM governance_agendaitem AS item JOIN governance_meeting AS meeting ON meeting.id = item.meeting_id
        WHERE item.id = ballot.item_id AND (meeting.kind = 'written' OR EXISTS (
            SELECT 1 FROM governance_presence AS there WHERE there.meeting_id = meeting.id AND there.seat_id = NEW.seat_id
            AND there.came_at <= NEW.cast_at AND (there.left_at IS NULL OR NEW.cast_at < there.left_at)))
    ) THEN
        RAISE EXCEPTION 'the seat is not present';
    END IF;
"""


_RESOLUTION_KEPT = """
    IF ROW(NEW.year, NEW.serial, NEW.kind, NEW.title_zh, NEW.title_en, NEW.text_zh, NEW.text_en, NEW.ballot_id,
        NEW.adopted_at) IS DISTINCT FROM ROW(OLD.year, OLD.serial, OLD.kind, OLD.title_zh, OLD.title_en, OLD.text_zh,
        OLD.text_en, OLD.ballot_id, OLD.adopted_at) THEN
        RAISE EXCEPTION 'what was resolved is not changed';
    END IF;
    RETURN NEW;
"""


class BallotRule(models.Model):
    """A version of the rules of procedure: quorum, majorities, notice, whether the national seat votes."""

    version = models.PositiveSmallIntegerField(unique=True)
    quorum_numerator = models.PositiveSmallIntegerField()  # of the seats that vote, rounded up
    quorum_denominator = models.PositiveSmallIntegerField()
    majority_numerator = models.PositiveSmallIntegerField()  # more than so much of ...
    majority_denominator = models.PositiveSmallIntegerField()
    majority_of = models.CharField(max_length=10)  # "cast" (for and against) or "seats" (all that vote)
    national_votes = models.BooleanField()
    notice_days = models.PositiveSmallIntegerField()  # calendar days before a regular meeting
    notice_days_extraordinary = models.PositiveSmallIntegerField()
    text_zh = models.TextField()
    text_en = models.TextField()
    in_force_from = models.DateField()
    resolution = models.OneToOneField("governance.Resolution", on_delete=models.PROTECT, related_name="ballot_rule")

    class Meta:
        ordering = ["version"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quorum_numerator__gt=0, quorum_numerator__lte=F("quorum_denominator"))
                & Q(majority_numerator__gt=0, majority_numerator__lt=F("majority_denominator")),
                name="rule_shares_between_0_and_1",
            ),
            models.CheckConstraint(condition=Q(majority_of__in=["cast", "seats"]), name="rule_majority_of_known"),
        ]
        triggers = [pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"v{self.version}"


class Ballot(models.Model):
    """An open record of one question. Its result is computed from its votes and the rule frozen in it, never stored."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="ballots")
    rule = models.ForeignKey(BallotRule, on_delete=models.PROTECT, related_name="+")
    quorum_of_seats = models.PositiveSmallIntegerField()  # the rule as it was, in seats
    majority_numerator = models.PositiveSmallIntegerField()
    majority_denominator = models.PositiveSmallIntegerField()
    majority_of = models.CharField(max_length=10)
    national_votes = models.BooleanField()
    state = models.CharField(max_length=20, choices=BallotState, default=BallotState.OPEN)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    closes_at = models.DateTimeField()  # by the clock of the database
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=Q(state="open"), name="ballot_one_open"),
            models.CheckConstraint(condition=Q(state__in=BallotState.values), name="ballot_state_known"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opened_at")), name="ballot_period"),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(BALLOT_MOVES)),
            pgtrigger.Trigger(
                name="kept", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=_BALLOT_KEPT
            ),
        ]

    def __str__(self) -> str:
        return f"ballot {self.pk} on {self.item_id}"

    def get_absolute_url(self) -> str:
        return reverse("governance:ballot_detail", args=[self.pk])


class Vote(UnderMandate):
    """The vote of one seat, cast by its holder or deputy; open, final, with a reservation if there is one."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="votes")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=10, choices=Choice)
    reservation = models.TextField(blank=True)
    cast_at = models.DateTimeField()
    cast_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["seat"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "seat"], name="vote_one_per_seat"),
            models.CheckConstraint(condition=Q(choice__in=Choice.values), name="vote_choice_known"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="by_right",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("ballot", "governance_ballot%ROWTYPE"), ("today", "date")],
                func="today := (NEW.cast_at AT TIME ZONE 'Asia/Shanghai')::date;"
                + _VOTE_BY_RIGHT
                + by_mandate("cast_by_id"),
            ),
            pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.choice}"


class Resolution(models.Model):
    """What the group has decided: by a ballot, or in the founding agreement. Closed only with a task or a reason."""

    year = models.PositiveSmallIntegerField()
    serial = models.PositiveSmallIntegerField()  # 领导小组决议〔year〕serial 号
    kind = models.CharField(max_length=20, choices=ItemKind)
    title_zh = models.CharField(max_length=160)
    title_en = models.CharField(max_length=240, blank=True)
    text_zh = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    ballot = models.OneToOneField(  # the founding resolution has none
        Ballot, null=True, blank=True, on_delete=models.PROTECT, related_name="resolution"
    )
    adopted_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=ResolutionState, default=ResolutionState.ADOPTED)
    task = models.ForeignKey(
        "governance.PlanTask", null=True, blank=True, on_delete=models.PROTECT, related_name="resolutions"
    )
    no_task_because = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-year", "-serial"]
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="resolution_number_once"),
            models.CheckConstraint(condition=Q(state__in=ResolutionState.values), name="resolution_state_known"),
            models.CheckConstraint(
                condition=~Q(state="closed")
                | Q(closed_at__isnull=False, closed_by__isnull=False)
                & (Q(task__isnull=False) | ~Q(no_task_because="")),
                name="resolution_closed_with_task_or_reason",
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(RESOLUTION_MOVES)),
            pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Delete),
            pgtrigger.Trigger(name="kept", when=pgtrigger.Before, operation=pgtrigger.Update, func=_RESOLUTION_KEPT),
        ]

    def __str__(self) -> str:
        return self.title_en if get_language() == "en" and self.title_en else self.title_zh

    def get_absolute_url(self) -> str:
        return reverse("governance:resolution_detail", args=[self.pk])

    @property
    def document_number(self) -> str:
        return f"领导小组决议〔{self.year}〕{self.serial}号"
