"""An offer: one numbered version of the terms in a room, never changed; a counter-offer is the next one. Read next: agreement.py."""

from decimal import Decimal

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from patents.states import Form
from platform_site.states import transitions
from trading.states import OFFER_MOVES, Consideration, Dispute, Improvements, OfferState, RoyaltyBase, Side
from trading.terms import Instalment, Terms

from .negotiation import Negotiation

OFFERED = [form.value for form in Form if form != Form.OPEN]  # an open licence is declared, not negotiated
_DECIDED = "'state', 'decided_by_id', 'decided_at', 'reason', 'made_impossible_by_id'"
_KEPT = f"""
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - ARRAY[{_DECIDED}] <> to_jsonb(OLD) - ARRAY[{_DECIDED}] THEN
        RAISE EXCEPTION 'an offer is not changed';
    END IF;
    IF OLD.state = 'open' AND NEW.state = 'accepted' AND OLD.valid_until <= NEW.decided_at THEN
        RAISE EXCEPTION 'an offer is not accepted after its time';
    END IF;
    IF NEW.state = 'accepted' AND OLD.state <> 'accepted' AND (
        SELECT count(DISTINCT user_id) FROM accounts_verification
        WHERE state = 'verified' AND user_id IN (OLD.made_by_id, NEW.decided_by_id)
    ) < 2 THEN
        RAISE EXCEPTION 'an offer is made and accepted by verified parties';
    END IF;
    RETURN NEW;
"""


def _money(**more: object) -> models.DecimalField:
    return models.DecimalField(max_digits=14, decimal_places=2, **more)  # type: ignore[arg-type]


def _percent() -> models.DecimalField:
    return models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)


class Offer(models.Model):
    """Terms on the table: who offered, until when it can be answered, and what became of it (trading/terms.py)."""

    negotiation = models.ForeignKey(Negotiation, on_delete=models.PROTECT, related_name="offers")
    number = models.PositiveSmallIntegerField()  # from 1, in the room
    side = models.CharField(max_length=10, choices=Side)
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    valid_until = models.DateTimeField()  # by the clock of the database
    note = models.TextField(blank=True)  # to the other side; not part of the terms
    state = models.CharField(max_length=20, choices=OfferState, default=OfferState.OPEN)
    decided_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)  # of a refusal or withdrawal, as its author wrote it
    made_impossible_by = models.ForeignKey(
        "trading.Agreement", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # whose reservation took the rights; the other parties are not named
    digest = models.CharField(max_length=64)  # of the terms, see terms.digest

    form = models.CharField(max_length=20, choices=Form)
    provinces = ArrayField(models.CharField(max_length=6), default=list, blank=True)
    field = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    start = models.DateField()
    end = models.DateField(null=True, blank=True)
    sublicensable = models.BooleanField(default=False)
    consideration = models.CharField(max_length=20, choices=Consideration)
    amount_cny = _money()
    instalments = models.JSONField(default=list, blank=True, encoder=DjangoJSONEncoder)  # [[amount, months], ...]
    royalty_percent = _percent()
    royalty_base = models.CharField(max_length=20, choices=RoyaltyBase, blank=True)
    minimum_cny = _money(null=True, blank=True)
    cap_cny = _money(null=True, blank=True)
    trial_months = models.PositiveSmallIntegerField(null=True, blank=True)
    equity_percent = _percent()
    equity_company = models.CharField(max_length=200, blank=True)
    delivery = models.TextField(blank=True)
    service = models.TextField(blank=True)
    acceptance = models.TextField(blank=True)
    confidentiality_years = models.PositiveSmallIntegerField(default=0)
    improvements = models.CharField(max_length=20, choices=Improvements, default=Improvements.MAKER)
    dispute = models.CharField(max_length=20, choices=Dispute, default=Dispute.COURT_OWNER)
    dispute_body = models.CharField(max_length=120, blank=True)
    other = models.TextField(blank=True)

    class Meta:
        ordering = ["negotiation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "number"], name="offer_number_once"),
            models.UniqueConstraint(fields=["negotiation"], condition=Q(state="open"), name="offer_one_open"),
            models.CheckConstraint(condition=Q(state__in=OfferState.values), name="offer_state_known"),
            models.CheckConstraint(condition=Q(form__in=OFFERED), name="offer_form_known"),
            models.CheckConstraint(condition=Q(valid_until__gt=F("made_at")), name="offer_lasts"),
            models.CheckConstraint(condition=Q(amount_cny__gte=0), name="offer_amount_not_negative"),
            models.CheckConstraint(condition=Q(end=None) | Q(end__gt=F("start")), name="offer_period_lasts"),
            models.CheckConstraint(
                condition=~Q(form="assignment") | Q(provinces=[], field=[], end=None, sublicensable=False),
                name="offer_assignment_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(royalty_percent__gt=0, royalty_percent__lte=100, royalty_base__in=RoyaltyBase.values)
                & Q(consideration="royalty")
                | Q(royalty_percent=None, royalty_base="", minimum_cny=None, cap_cny=None)
                & ~Q(consideration="royalty"),
                name="offer_royalty_whole",
            ),
            models.CheckConstraint(
                condition=Q(consideration="trial", trial_months__gt=0)
                | ~Q(consideration="trial") & Q(trial_months=None),
                name="offer_trial_whole",
            ),
            models.CheckConstraint(
                condition=Q(consideration="equity", equity_percent__gt=0, equity_percent__lte=100)
                | ~Q(consideration="equity") & Q(equity_percent=None, equity_company=""),
                name="offer_equity_whole",
            ),
            models.CheckConstraint(
                condition=Q(consideration="instalments") & ~Q(instalments=[])
                | ~Q(consideration="instalments") & Q(instalments=[]),
                name="offer_instalments_whole",
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(OFFER_MOVES)),
            pgtrigger.Trigger(
                name="kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=_KEPT,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.negotiation_id} v{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("trading:offer_detail", args=[self.pk])

    @property
    def terms(self) -> Terms:
        """The terms as one value; asks for the patents unless they are prefetched (offer_patents__patent)."""
        simple = {
            name: getattr(self, name) for name in Terms.__dataclass_fields__ if name not in ("patents", "instalments")
        }
        return Terms(
            **{**simple, "provinces": tuple(self.provinces), "field": tuple(self.field)},
            patents=tuple(row.patent.application_number for row in self.offer_patents.all()),
            instalments=tuple(Instalment(Decimal(amount), months) for amount, months in self.instalments),
        )


class OfferPatent(models.Model):
    """A patent of the offer, in the order of the listing."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="offer_patents")
    patent = models.ForeignKey("patents.Patent", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "id"]
        constraints = [models.UniqueConstraint(fields=["offer", "patent"], name="patent_once_per_offer")]
        triggers = [pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.offer_id}: {self.patent_id}"
