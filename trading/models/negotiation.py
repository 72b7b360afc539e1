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
    offer_side: str  # these on rows of offer_queries.deals_of
    offer_until: datetime | None
    agreement_pk: int
    agreement_number: str
    sign_by: datetime | None
    has_signed: bool
    undertaken_at: (
        datetime | None
    )  # on the row of queries.negotiation_for: when its reader accepted today's undertaking

    class Meta:
        ordering = ["-last_message_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["listing", "buyer"], name="negotiation_one_room"),
            models.CheckConstraint(
                condition=models.Q(state__in=NegotiationState.values), name="negotiation_state_known"
            ),
        ]
        indexes = [models.Index(fields=["opened_at"], name="negotiation_by_opening")]
        triggers = [pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(NEGOTIATION_MOVES))]

    def __str__(self) -> str:
        return f"{self.listing_id}: {self.buyer_id}"

    def get_absolute_url(self) -> str:
        return reverse("trading:negotiation_detail", args=[self.pk])


_PARTY_KEPT = """
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'who was in a room is on record';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF EXISTS (
            SELECT 1 FROM trading_party
            WHERE negotiation_id = NEW.negotiation_id AND user_id = NEW.user_id AND side <> NEW.side
        ) THEN
            RAISE EXCEPTION 'a person stands on one side of a room';
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.negotiation_id, OLD.user_id, OLD.side, OLD.joined_at) IS DISTINCT FROM
        (NEW.negotiation_id, NEW.user_id, NEW.side, NEW.joined_at)
        OR (OLD.left_at IS NOT NULL AND NEW.left_at IS DISTINCT FROM OLD.left_at)
    THEN
        RAISE EXCEPTION 'who was in a room is on record';
    END IF;
    IF OLD.left_at IS NULL AND NEW.left_at IS NOT NULL THEN
        PERFORM 1 FROM trading_negotiation WHERE id = NEW.negotiation_id FOR NO KEY UPDATE;
        IF NOT EXISTS (
            SELECT 1 FROM trading_party
            WHERE negotiation_id = NEW.negotiation_id AND side = NEW.side AND left_at IS NULL AND id <> NEW.id
        ) THEN
            RAISE EXCEPTION 'somebody of each side stays in a room';
        END IF;
    END IF;
    RETURN NEW;
"""


class Party(models.Model):
    """Who may read the room, on which side, from when until when. Who comes again has another row."""

    negotiation = models.ForeignKey(Negotiation, on_delete=models.PROTECT, related_name="parties")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)  # up to when this party has read

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["negotiation", "user"], condition=models.Q(left_at=None), name="party_once_at_a_time"
            ),
            models.CheckConstraint(condition=models.Q(side__in=Side.values), name="party_side_known"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_PARTY_KEPT,
            )
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
    # Opened by the other side under an undertaking alone, with the reader's name over every page (disclosure.py).
    is_confidential = models.BooleanField(default=False)

    class Meta:
        triggers = [pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.file)
