"""An agreement: accepted terms on their way to a signed and recorded contract, and the rights that they bind. Read next: offer.py."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from platform_site.states import transitions
from trading.states import AGREEMENT_MOVES, AgreementState, Side

from .negotiation import Negotiation
from .offer import Offer

_SIGNED_NEEDS = """
    IF (SELECT count(*) FROM trading_signature s WHERE s.agreement_id = NEW.id AND s.digest = NEW.digest) < 2 THEN
        RAISE EXCEPTION 'both sides sign the same terms';
    END IF;
    IF EXISTS (
        SELECT 1 FROM trading_agreementright r JOIN patents_grant g ON g.id = r.grant_id
        WHERE r.agreement_id = NEW.id AND g.state <> 'active'
    ) THEN
        RAISE EXCEPTION 'the rights of a signed agreement are active';
    END IF;
    RETURN NEW;
"""
_PARTIES_KEPT = """
    IF ROW(NEW.number, NEW.offer_id, NEW.negotiation_id, NEW.listing_id, NEW.owner_id, NEW.buyer_id, NEW.code, NEW.digest,
        NEW.made_at, NEW.sign_by) IS DISTINCT FROM ROW(OLD.number, OLD.offer_id, OLD.negotiation_id, OLD.listing_id,
        OLD.owner_id, OLD.buyer_id, OLD.code, OLD.digest, OLD.made_at, OLD.sign_by) THEN
        RAISE EXCEPTION 'an agreement is not changed';
    END IF;
    RETURN NEW;
"""
_RECORDED_NEEDS = """
    IF NOT EXISTS (SELECT 1 FROM trading_recordal r WHERE r.agreement_id = NEW.id AND r.number <> '') THEN
        RAISE EXCEPTION 'a recorded agreement has its number';
    END IF;
    RETURN NEW;
"""


class AgreementYear(models.Model):
    """The counter of one year's agreement numbers; locked while a number is taken."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Agreement(models.Model):
    """One accepted offer. Its rights are reserved until `sign_by`; both signatures make them active."""

    number = models.CharField(max_length=20, unique=True)  # HT6-2026-000001
    code = models.CharField(max_length=20, unique=True)  # of the verification page; says nothing by itself
    offer = models.OneToOneField(Offer, on_delete=models.PROTECT, related_name="agreement")
    negotiation = models.ForeignKey(Negotiation, on_delete=models.PROTECT, related_name="agreements")
    listing = models.ForeignKey("patents.Listing", on_delete=models.PROTECT, related_name="agreements")
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    buyer = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    province = models.ForeignKey(
        "regions.Province", on_delete=models.PROTECT, related_name="+"
    )  # whose office examines
    state = models.CharField(max_length=30, choices=AgreementState, default=AgreementState.DRAFTED)
    digest = models.CharField(max_length=64)  # of the terms of the offer
    made_at = models.DateTimeField()
    sign_by = models.DateTimeField()  # by the clock of the database
    signed_at = models.DateTimeField(null=True, blank=True)
    paper = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    form_paper = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # the particulars for the national office, once signed
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closing_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AgreementState.values), name="agreement_state_known"),
            models.CheckConstraint(condition=Q(sign_by__gt=F("made_at")), name="agreement_can_be_signed"),
            models.UniqueConstraint(
                fields=["negotiation"], condition=Q(state="drafted"), name="agreement_one_unsigned"
            ),
        ]
        indexes = [models.Index(fields=["sign_by"], condition=Q(state="drafted"), name="agreement_unsigned")]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(AGREEMENT_MOVES)),
            pgtrigger.Trigger(
                name="signed_needs",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("state"),
                condition=pgtrigger.Q(old__state="drafted", new__state="signed"),
                func=_SIGNED_NEEDS,
            ),
            pgtrigger.Trigger(
                name="recorded_needs",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("state"),
                condition=pgtrigger.Q(new__state="recorded"),
                func=_RECORDED_NEEDS,
            ),
            pgtrigger.Trigger(
                name="parties_kept", when=pgtrigger.Before, operation=pgtrigger.Update, func=_PARTIES_KEPT
            ),
            pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("trading:agreement_detail", args=[self.pk])


class Signature(models.Model):
    """One side's signature under a digest; never changed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=10, choices=Side)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)  # as it was on that day
    signed_at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["signed_at", "id"]
        constraints = [models.UniqueConstraint(fields=["agreement", "side"], name="signature_once_per_side")]
        triggers = [pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.side}"


class AgreementRight(models.Model):
    """A row of the rights ledger that the agreement binds: a licence, or a signed assignment. Never changed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="rights")
    grant = models.OneToOneField(
        "patents.Grant", null=True, blank=True, on_delete=models.PROTECT, related_name="agreement_right"
    )
    encumbrance = models.OneToOneField(
        "patents.Encumbrance", null=True, blank=True, on_delete=models.PROTECT, related_name="agreement_right"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(grant=None, encumbrance__isnull=False) | Q(grant__isnull=False, encumbrance=None),
                name="right_is_one",
            )
        ]
        triggers = [pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.grant_id or self.encumbrance_id}"
