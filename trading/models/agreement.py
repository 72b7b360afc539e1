"""An agreement: accepted terms on their way to a signed and recorded contract, and the rights that they bind. Read next: offer.py."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from patents.models import Patent
from patents.states import Form
from platform_site.states import transitions
from trading.states import AGREEMENT_MOVES, ENDED, AgreementState, Side
from trading.terms import Terms

from .declaration import OpenDeclaration
from .negotiation import Negotiation
from .offer import Offer

# A negotiated agreement bears two signatures; the owner of a taken one has spoken by the standing declaration.
_SIGNED_NEEDS = """
    IF NEW.declaration_id IS NULL THEN
        IF (SELECT count(*) FROM trading_signature s WHERE s.agreement_id = NEW.id AND s.digest = NEW.digest) < 2 THEN
            RAISE EXCEPTION 'both sides sign the same terms';
        END IF;
    ELSE
        IF (SELECT array_agg(s.user_id) FROM trading_signature s WHERE s.agreement_id = NEW.id AND s.side = 'buyer'
            AND s.digest = NEW.digest) IS DISTINCT FROM ARRAY[NEW.buyer_id]
            OR EXISTS (SELECT 1 FROM trading_signature s WHERE s.agreement_id = NEW.id AND s.side <> 'buyer') THEN
            RAISE EXCEPTION 'a taking is signed by the taker alone';
        END IF;
        IF NOT EXISTS (SELECT 1 FROM accounts_verification v WHERE v.user_id = NEW.buyer_id AND v.state = 'verified') THEN
            RAISE EXCEPTION 'an open licence is taken by a verified member';
        END IF;
        IF NOT EXISTS (
            SELECT 1 FROM trading_opendeclaration d WHERE d.id = NEW.declaration_id AND d.state = 'in_force'
            AND d.made_by_id = NEW.owner_id AND d.made_by_id <> NEW.buyer_id
        ) THEN
            RAISE EXCEPTION 'a taking has a standing declaration of the owner';
        END IF;
        IF NOT EXISTS (
            SELECT 1 FROM trading_agreementright r JOIN patents_grant g ON g.id = r.grant_id
            JOIN trading_opendeclaration d ON d.id = NEW.declaration_id AND d.patent_id = g.patent_id
            WHERE r.agreement_id = NEW.id AND g.form = 'open'
        ) THEN
            RAISE EXCEPTION 'a taking has its open licence';
        END IF;
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
    IF ROW(NEW.number, NEW.offer_id, NEW.negotiation_id, NEW.declaration_id, NEW.listing_id, NEW.owner_id, NEW.buyer_id,
        NEW.code, NEW.digest, NEW.made_at, NEW.sign_by) IS DISTINCT FROM ROW(OLD.number, OLD.offer_id, OLD.negotiation_id,
        OLD.declaration_id, OLD.listing_id, OLD.owner_id, OLD.buyer_id, OLD.code, OLD.digest, OLD.made_at, OLD.sign_by) THEN
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
    """One accepted offer, whose rights are reserved until both have signed by `sign_by`; or one taking of an open licence.

    A taking has a declaration in place of an offer and a room: the owner's standing offer, taken and signed in one step.
    """

    number = models.CharField(max_length=20, unique=True)  # HT6-2026-000001
    code = models.CharField(max_length=20, unique=True)  # of the verification page; says nothing by itself
    offer = models.OneToOneField(Offer, null=True, blank=True, on_delete=models.PROTECT, related_name="agreement")
    negotiation = models.ForeignKey(
        Negotiation, null=True, blank=True, on_delete=models.PROTECT, related_name="agreements"
    )
    declaration = models.ForeignKey(
        OpenDeclaration, null=True, blank=True, on_delete=models.PROTECT, related_name="agreements"
    )
    listing = models.ForeignKey("patents.Listing", on_delete=models.PROTECT, related_name="agreements")
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    buyer = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    province = models.ForeignKey(
        "regions.Province", on_delete=models.PROTECT, related_name="+"
    )  # whose office examines
    state = models.CharField(max_length=30, choices=AgreementState, default=AgreementState.DRAFTED)
    digest = models.CharField(max_length=64)  # of the terms
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
            models.CheckConstraint(
                condition=Q(offer__isnull=False, negotiation__isnull=False, declaration=None)
                | Q(offer=None, negotiation=None, declaration__isnull=False),
                name="agreement_of_offer_or_declaration",
            ),
            models.UniqueConstraint(
                fields=["declaration", "buyer"],
                condition=Q(declaration__isnull=False) & ~Q(state__in=sorted(ENDED)),
                name="taking_one_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["sign_by"], condition=Q(state="drafted"), name="agreement_unsigned"),
            models.Index(fields=["signed_at"], condition=Q(signed_at__isnull=False), name="agreement_by_signature"),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(AGREEMENT_MOVES)),
            pgtrigger.Trigger(
                name="begins_unsigned",  # what signed_needs asks is asked of every signed agreement
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__state="drafted"),
                func="RAISE EXCEPTION 'an agreement begins unsigned';",
            ),
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

    @property
    def terms(self) -> Terms:
        """What was agreed: the terms of the offer, or those of the declaration for the period of the licence taken."""
        if self.offer is not None:
            return self.offer.terms
        grant = next(right.grant for right in self.rights.all() if right.grant is not None)
        assert self.declaration is not None  # agreement_of_offer_or_declaration
        return self.declaration.terms(grant.start, grant.end)

    @property
    def form(self) -> str:
        """The form of transfer, without a look at the ledger."""
        return self.offer.form if self.offer is not None else Form.OPEN.value

    @property
    def royalty_base(self) -> str:
        """On what a royalty is reckoned; empty where there is none."""
        if self.offer is not None:
            return self.offer.royalty_base
        assert self.declaration is not None  # agreement_of_offer_or_declaration
        return self.declaration.base

    @property
    def patents(self) -> list[Patent]:
        """What it is about, in the order of the terms; asks for them unless they are there already."""
        if self.offer is not None:
            return [row.patent for row in self.offer.offer_patents.all()]
        assert self.declaration is not None  # agreement_of_offer_or_declaration
        return [self.declaration.patent]


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
