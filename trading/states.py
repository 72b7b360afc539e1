"""States of a negotiation and of a mediation in it. Read next: models/negotiation.py, models/mediation.py."""

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


class MediationState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("mediation", "待受理")
    ACCEPTED = "accepted", pgettext_lazy("mediation", "调解中")
    CLOSED = "closed", pgettext_lazy("mediation", "已办结")
    DECLINED = "declined", pgettext_lazy("mediation", "不予受理")
    WITHDRAWN = "withdrawn", pgettext_lazy("mediation", "已撤回")


MEDIATION_OPEN = (MediationState.ASKED, MediationState.ACCEPTED)
MEDIATION_MOVES = {
    MediationState.ASKED: frozenset({MediationState.ACCEPTED, MediationState.DECLINED, MediationState.WITHDRAWN}),
    MediationState.ACCEPTED: frozenset({MediationState.CLOSED, MediationState.WITHDRAWN}),
    MediationState.CLOSED: frozenset(),
    MediationState.DECLINED: frozenset(),
    MediationState.WITHDRAWN: frozenset(),
}
