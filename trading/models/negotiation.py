"""A private room of two parties; no permission opens it, only a row in Party. Read next: ../queries.py."""

from datetime import datetime

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse

from platform_site.states import transitions
from trading.querysets import NegotiationQuerySet
from trading.states import NEGOTIATION_MOVES, NegotiationState, Side


class Negotiation(models.Model):
    """One buyer and one listing meet in one room."""

    listing = models.ForeignKey("patents.Listing", on_delete=models.PROTECT, related_name="negotiations")
    buyer = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=NegotiationState, default=NegotiationState.OPEN)
    opened_at = models.DateTimeField()
    last_message_at = models.DateTimeField()

    objects = NegotiationQuerySet.as_manager()
    my_side: str  # these two on rows of visible_to, the other two on those of queries.negotiations_visible_to
    my_read_at: datetime | None
    last_author_id: int
    unread: int

    class Meta:
        ordering = ["-last_message_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["listing", "buyer"], name="negotiation_one_room"),
            models.CheckConstraint(
                condition=models.Q(state__in=NegotiationState.values), name="negotiation_state_known"
            ),
        ]
        triggers = [pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(NEGOTIATION_MOVES))]

    def __str__(self) -> str:
        return f"{self.listing_id}: {self.buyer_id}"

    def get_absolute_url(self) -> str:
        return reverse("trading:negotiation_detail", args=[self.pk])


class Party(models.Model):
    """Who may read the room, on which side, from when until when."""

    negotiation = models.ForeignKey(Negotiation, on_delete=models.PROTECT, related_name="parties")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)  # up to when this party has read

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "user"], name="party_once"),
            models.CheckConstraint(condition=models.Q(side__in=Side.values), name="party_side_known"),
        ]

    def __str__(self) -> str:
        return f"{self.negotiation_id} {self.side} {self.user_id}"


class Enquiry(models.Model):
    """What the buyer asked for when the room was opened."""

    negotiation = models.OneToOneField(Negotiation, on_delete=models.PROTECT, related_name="enquiry")
    forms = ArrayField(models.CharField(max_length=20), default=list)  # forms of transfer of interest
    provinces = ArrayField(models.CharField(max_length=6), default=list, blank=True)  # where they would use it
    intended_use = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"enquiry {self.negotiation_id}"


class Message(models.Model):
    """Said once, never changed: a trigger keeps it."""

    negotiation = models.ForeignKey(Negotiation, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    body = models.TextField()
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["sent_at", "id"]
        indexes = [models.Index(fields=["negotiation", "id"], name="message_by_room")]
        triggers = [pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.negotiation_id} {self.sent_at:%F %T}"


class MessageFile(models.Model):
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        triggers = [pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.file)
