"""States of a negotiation. Read next: models/negotiation.py."""

from django.db import models
from django.utils.translation import pgettext_lazy


class NegotiationState(models.TextChoices):
    OPEN = "open", pgettext_lazy("negotiation", "洽谈中")
    CLOSED = "closed", pgettext_lazy("negotiation", "已结束")


NEGOTIATION_MOVES = {
    NegotiationState.OPEN: frozenset({NegotiationState.CLOSED}),
    NegotiationState.CLOSED: frozenset({NegotiationState.OPEN}),
}


class Side(models.TextChoices):
    OWNER = "owner", pgettext_lazy("side", "权利人")
    BUYER = "buyer", pgettext_lazy("side", "需求方")
