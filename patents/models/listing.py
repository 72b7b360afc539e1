"""An offer to the market, in versions: what the patentee writes, an office reviews and the public reads. Read next: review.py."""

from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language

from patents.querysets import ListingQuerySet
from patents.states import (
    CONSENT_NEEDED,
    LISTING_MOVES,
    OFFERABLE,
    OVER,
    VERSION_MOVES,
    Form,
    ListingState,
    PriceBasis,
    RequirementKind,
    SuspendedBy,
    VersionState,
)
from platform_site.states import transitions

# Asked on the way into the published state and when the public text changes; a change of nothing else is not held up.
_PUBLISHED_NEEDS = f"""
    IF TG_OP = 'UPDATE' THEN
        IF OLD.state = 'published' AND OLD.public_version_id IS NOT DISTINCT FROM NEW.public_version_id THEN
            RETURN NEW;
        END IF;
        IF NOT EXISTS (SELECT 1 FROM patents_listingpatent WHERE listing_id = NEW.id AND is_open) THEN
            RAISE EXCEPTION 'a published listing has a patent';
        END IF;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM accounts_verification WHERE user_id = NEW.owner_id AND state = 'verified') THEN
        RAISE EXCEPTION 'the owner of a published listing is verified';
    END IF;
    IF EXISTS (
        SELECT 1 FROM patents_listingpatent bundled JOIN patents_patent patent ON patent.id = bundled.patent_id
        WHERE bundled.listing_id = NEW.id AND bundled.is_open
        AND patent.legal_status NOT IN ({", ".join(f"'{status.value}'" for status in sorted(OFFERABLE))})
    ) THEN
        RAISE EXCEPTION 'the patents of a published listing are alive';
    END IF;
    IF EXISTS (
        SELECT 1 FROM patents_offeredform offered JOIN patents_listingversion text ON text.id = offered.version_id
        WHERE text.id = NEW.public_version_id AND offered.form <> 'ordinary' AND NOT offered.form = ANY (text.consents)
        AND EXISTS (
            SELECT 1 FROM patents_listingpatent bundled JOIN patents_patent patent ON patent.id = bundled.patent_id
            WHERE bundled.listing_id = NEW.id AND bundled.is_open AND patent.co_owned
        )
    ) THEN
        RAISE EXCEPTION 'the co-owners of a published patent agree to every form offered';
    END IF;
    -- Only a new text is held to today's ledger; one that is public shrinks with it and stays.
    IF TG_OP = 'UPDATE' AND OLD.public_version_id IS NOT DISTINCT FROM NEW.public_version_id THEN
        RETURN NEW;
    END IF;
    IF EXISTS (
        SELECT 1 FROM patents_listingpatent bundled
        JOIN patents_grant held ON held.patent_id = bundled.patent_id
        JOIN patents_offeredform offered ON offered.version_id = NEW.public_version_id
        WHERE bundled.listing_id = NEW.id AND bundled.is_open
        AND held.parent_id IS NULL AND held.form <> 'compulsory'
        AND held.period @> (now() AT TIME ZONE 'Asia/Shanghai')::date
        AND (held.state <> 'reserved' OR held.reserved_until > now())
        AND (offered.form IN ('exclusive', 'sole') AND held.territory && patents_territory(offered.provinces::text[])
            OR offered.form = 'ordinary' AND held.form IN ('exclusive', 'sole')
                AND held.territory && patents_territory(offered.provinces::text[])
            OR offered.form = 'open' AND held.form IN ('exclusive', 'sole'))
    ) OR EXISTS (
        SELECT 1 FROM patents_listingpatent bundled
        JOIN patents_encumbrance declared ON declared.patent_id = bundled.patent_id
        JOIN patents_offeredform offered ON offered.version_id = NEW.public_version_id
        WHERE bundled.listing_id = NEW.id AND bundled.is_open AND declared.kind = 'open_declaration'
        AND declared.period @> (now() AT TIME ZONE 'Asia/Shanghai')::date AND offered.form IN ('exclusive', 'sole')
    ) THEN
        RAISE EXCEPTION 'a published listing offers what the ledger has not given away';
    END IF;
    IF EXISTS (
        SELECT 1 FROM patents_listingpatent bundled JOIN patents_patent patent ON patent.id = bundled.patent_id
        JOIN patents_offeredform offered ON offered.version_id = NEW.public_version_id AND offered.form = 'open'
        WHERE bundled.listing_id = NEW.id AND bundled.is_open AND patent.legal_status <> 'in_force'
    ) THEN
        RAISE EXCEPTION 'an open licence is of a granted patent whose annuity is paid';
    END IF;
    RETURN NEW;
"""

# The same rule from the other side: a patent that joins what is public is alive and, above all, published (novelty).
_BUNDLED_IS_ALIVE = f"""
    IF EXISTS (
        SELECT 1 FROM patents_listing listing JOIN patents_patent patent ON patent.id = NEW.patent_id
        WHERE listing.id = NEW.listing_id AND listing.state = 'published'
        AND patent.legal_status NOT IN ({", ".join(f"'{status.value}'" for status in sorted(OFFERABLE))})
    ) THEN
        RAISE EXCEPTION 'the patents of a published listing are alive';
    END IF;
    RETURN NEW;
"""


class ListingNumber(models.Model):
    """The counter of one year's listing numbers (CN6-2026-000123); locked while a number is taken."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Listing(models.Model):
    """The identity that lasts from first draft to conversion; its text lives in versions."""

    number = models.CharField(max_length=20, unique=True)
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="listings")
    organisation = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    province = models.ForeignKey(
        "regions.Province", null=True, on_delete=models.PROTECT, related_name="+"
    )  # reviewing office
    state = models.CharField(max_length=20, choices=ListingState, default=ListingState.DRAFT)
    public_version = models.ForeignKey(
        "patents.ListingVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)  # first publication
    updated_at = models.DateTimeField()
    closing_reason = models.TextField(blank=True)  # why suspended, withdrawn or lapsed
    # For whose reason it is out of sight: that one alone brings it back.
    suspended_by = models.CharField(max_length=10, choices=SuspendedBy, blank=True, default="", db_default="")

    objects = ListingQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=ListingState.values), name="listing_state_known"),
            models.CheckConstraint(condition=models.Q(number__regex=r"^CN6-\d{4}-\d{6,}$"), name="listing_number_form"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["published", "suspended", "concluded", "lapsed"])
                | models.Q(public_version__isnull=False, published_at__isnull=False, province__isnull=False),
                name="listing_public_has_version",
            ),
            # Kept on a listing that is over: it says for whose reason it had been out of sight.
            models.CheckConstraint(
                condition=models.Q(state="suspended", suspended_by__in=SuspendedBy.values)
                | (
                    ~models.Q(state__in=["suspended", "published"])
                    & models.Q(suspended_by__in=["", *SuspendedBy.values])
                )
                | models.Q(state="published", suspended_by=""),
                name="listing_suspended_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-updated_at"], name="listing_by_owner"),
            models.Index(fields=["province"], condition=models.Q(state="published"), name="listing_on_market"),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(LISTING_MOVES)),
            # Whatever code says: nothing is put before the public without a verified owner and living patents.
            pgtrigger.Trigger(
                name="published_needs",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__state="published"),
                func=_PUBLISHED_NEEDS,
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("patents:listing_detail", args=[self.number])

    @property
    def is_over(self) -> bool:
        return self.state in OVER


class ListingPatent(models.Model):
    """A patent bundled in a listing; `is_open` ends with the listing, so the patent can be offered again."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="listing_patents")
    patent = models.ForeignKey("patents.Patent", on_delete=models.PROTECT, related_name="listing_patents")
    is_open = models.BooleanField(default=True)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["patent"], condition=models.Q(is_open=True), name="patent_in_one_open_listing"
            ),
            models.UniqueConstraint(fields=["listing", "patent"], name="patent_once_per_listing"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="bundled_is_alive",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__is_open=True),
                func=_BUNDLED_IS_ALIVE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id}: {self.patent_id}"


class ListingVersion(models.Model):
    """One text of a listing. Editable until submitted, then frozen (a trigger guards it)."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, choices=VersionState, default=VersionState.EDITING)

    title_zh = models.CharField(max_length=120, blank=True)
    title_en = models.CharField(max_length=240, blank=True)
    problem_zh = models.TextField(blank=True)  # which problem it solves
    problem_en = models.TextField(blank=True)
    solution_zh = models.TextField(blank=True)  # how
    solution_en = models.TextField(blank=True)
    effect_zh = models.TextField(blank=True)  # measured effect
    effect_en = models.TextField(blank=True)
    uses_zh = models.TextField(blank=True)  # where it is used
    uses_en = models.TextField(blank=True)
    support_zh = models.TextField(blank=True)  # know-how and help that come with it
    support_en = models.TextField(blank=True)
    trl = models.PositiveSmallIntegerField(null=True, blank=True)  # technology readiness level 1 to 9
    consents = ArrayField(
        models.CharField(max_length=20), default=list, blank=True
    )  # forms to which all co-owners agree; an ordinary licence needs none (Patent Law art. 14)
    declared_at = models.DateTimeField(null=True, blank=True)  # the patentee's declaration, at submission

    steps_done = ArrayField(
        models.CharField(max_length=20), default=list, blank=True
    )  # wizard steps saved without error
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["listing", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["listing"], condition=models.Q(state__in=["editing", "submitted"]), name="version_one_in_work"
            ),
            models.CheckConstraint(
                condition=models.Q(trl=None) | models.Q(trl__range=(1, 9)), name="version_trl_1_to_9"
            ),
            models.CheckConstraint(
                condition=models.Q(consents__contained_by=[form.value for form in CONSENT_NEEDED]),
                name="version_consents_known",
            ),
            models.CheckConstraint(condition=models.Q(state__in=VersionState.values), name="version_state_known"),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(VERSION_MOVES)),
            pgtrigger.Trigger(
                name="frozen_text",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__df="editing"),
                func=(
                    "IF to_jsonb(NEW) - 'state' <> to_jsonb(OLD) - 'state' THEN "
                    "RAISE EXCEPTION 'a submitted version is not changed'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id} v{self.number}"

    def in_language(self, field: str) -> str:
        """A text of the version in the reader's language, the Chinese one where there is no other."""
        english = getattr(self, f"{field}_en") if get_language() == "en" else ""
        return english or getattr(self, f"{field}_zh")

    @property
    def title(self) -> str:
        return self.in_language("title")


def _frozen_child(name: str) -> list[pgtrigger.Trigger]:
    """Rows that hang off a version are frozen with it."""
    return [
        pgtrigger.Trigger(
            name=name,
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            declare=[("version_state", "TEXT")],
            func=(
                "SELECT state INTO version_state FROM patents_listingversion WHERE id = COALESCE(NEW.version_id, OLD.version_id); "
                "IF version_state IS DISTINCT FROM 'editing' AND version_state IS NOT NULL THEN "
                "RAISE EXCEPTION 'a submitted version is not changed'; END IF; "
                "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
            ),
        )
    ]


class OfferedForm(models.Model):
    """One form of transfer on offer, where, and for how much."""

    version = models.ForeignKey(ListingVersion, on_delete=models.CASCADE, related_name="offered_forms")
    form = models.CharField(max_length=20, choices=Form)
    provinces = ArrayField(models.CharField(max_length=6), default=list, blank=True)  # GB/T 2260; empty: nationwide
    price_cny = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)  # null: to be negotiated
    price_basis = models.CharField(max_length=20, choices=PriceBasis, default=PriceBasis.NEGOTIABLE)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "form"], name="form_once_per_version"),
            models.CheckConstraint(condition=models.Q(form__in=Form.values), name="form_known"),
            models.CheckConstraint(
                condition=models.Q(price_basis="negotiable", price_cny=None)
                | (~models.Q(price_basis="negotiable") & models.Q(price_cny__isnull=False, price_cny__gte=0)),
                name="form_price_or_negotiable",
            ),
            # An assignment is of the whole patent, never of a province (domain.md 5).
            models.CheckConstraint(
                condition=~models.Q(form="assignment") | models.Q(provinces=[]), name="assignment_is_whole"
            ),
        ]
        triggers = _frozen_child("frozen_form")

    def __str__(self) -> str:
        return f"{self.form} {self.price_cny}"


class Requirement(models.Model):
    """What whoever makes it needs: matched against facilities and needs."""

    version = models.ForeignKey(ListingVersion, on_delete=models.CASCADE, related_name="requirements")
    kind = models.CharField(max_length=20, choices=RequirementKind)
    text_zh = models.CharField(max_length=120, blank=True)
    text_en = models.CharField(max_length=160, blank=True)
    amount = models.DecimalField(
        max_digits=12, decimal_places=2, null=True, blank=True
    )  # area m², power kW, equipment pieces

    class Meta:
        ordering = ["kind", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=RequirementKind.values), name="requirement_kind_known"),
            models.CheckConstraint(
                condition=models.Q(amount=None) | models.Q(amount__gt=0), name="requirement_amount_positive"
            ),
        ]
        triggers = _frozen_child("frozen_requirement")

    def __str__(self) -> str:
        return f"{self.kind} {self.text_zh} {self.amount or ''}"


class Attachment(models.Model):
    """A picture or document of a version. Public with the listing, or kept for the reviewing office (proof of title)."""

    version = models.ForeignKey(ListingVersion, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    for_office_only = models.BooleanField(default=False)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "id"]
        triggers = _frozen_child("frozen_attachment")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> Any:
        return reverse("patents:attachment_detail", args=[self.pk])
