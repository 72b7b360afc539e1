"""Meetings of the group and what is on their agenda. Read next: session.py."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language

from governance.states import ITEM_MOVES, MEETING_MOVES, ItemKind, ItemState, MeetingKind, MeetingState
from platform_site.states import transitions

from .group import Seat, SeatHolder


class Meeting(models.Model):
    """A regular or extraordinary meeting in a place, or a written procedure with a last day."""

    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()  # within the year
    kind = models.CharField(max_length=20, choices=MeetingKind, default=MeetingKind.REGULAR)
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)  # of a written procedure: the last moment to vote
    place_zh = models.CharField(max_length=120, blank=True)
    place_en = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=20, choices=MeetingState, default=MeetingState.PREPARING)
    prepared_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    term = models.ForeignKey(  # of the director who called it
        "governance.DirectorTerm", null=True, blank=True, on_delete=models.PROTECT, related_name="meetings"
    )
    called_by = models.ForeignKey(SeatHolder, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=300, blank=True)
    changes = models.PositiveSmallIntegerField(default=0)  # since it was called: the SEQUENCE of its invitation

    class Meta:
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="meeting_number_once"),
            models.CheckConstraint(condition=Q(state__in=MeetingState.values), name="meeting_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=["preparing", "cancelled"])
                | Q(term__isnull=False, called_by__isnull=False, called_at__isnull=False),
                name="meeting_called_by_director",
            ),
            models.CheckConstraint(
                condition=Q(kind="written", ends_at__gt=F("starts_at")) | ~Q(kind="written") & Q(ends_at=None),
                name="meeting_written_has_last_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancelled_because=""), name="meeting_cancelled_with_reason"
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(MEETING_MOVES)),
            pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.title_en if get_language() == "en" and self.title_en else self.title_zh

    def get_absolute_url(self) -> str:
        return reverse("governance:meeting_detail", args=[self.pk])

    @property
    def place(self) -> str:
        return self.place_en if get_language() == "en" and self.place_en else self.place_zh


class AgendaItem(models.Model):
    """One thing to be dealt with, proposed by a seat or by the group's office; some kinds have an effect when carried."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField(null=True, blank=True)  # once it is listed
    kind = models.CharField(max_length=20, choices=ItemKind, default=ItemKind.GENERAL)
    title_zh = models.CharField(max_length=160)
    title_en = models.CharField(max_length=240, blank=True)
    text_zh = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    state = models.CharField(max_length=20, choices=ItemState, default=ItemState.PROPOSED)
    seat = models.ForeignKey(Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    declined_because = models.CharField(max_length=300, blank=True)
    version = models.ForeignKey(  # of a plan or an amendment
        "governance.PlanVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="items"
    )
    # of a rotation: {"2029": "410000"}; of an order: {"first_year": 2031, "order": [...]}; of a rule: its fields
    change = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["meeting", "number", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"], condition=Q(number__isnull=False), name="item_number_once"
            ),
            models.CheckConstraint(condition=Q(state__in=ItemState.values), name="item_state_known"),
            models.CheckConstraint(condition=Q(kind__in=ItemKind.values), name="item_kind_known"),
            models.CheckConstraint(
                condition=Q(kind__in=["plan", "amendment"], version__isnull=False)
                | ~Q(kind__in=["plan", "amendment"]) & Q(version=None),
                name="item_of_plan_has_version",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(declined_because=""), name="item_declined_with_reason"
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(ITEM_MOVES)),
            pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.title_en if get_language() == "en" and self.title_en else self.title_zh

    @property
    def text(self) -> str:
        return self.text_en if get_language() == "en" and self.text_en else self.text_zh
