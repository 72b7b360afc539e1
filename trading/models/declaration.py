"""An open-licence declaration: the owner's standing offer of one patent to everybody. Read next: agreement.py, ../open_terms.py.

It begins to hold when the national office has announced it, never when it was only filed (Patent Law art. 50).
"""

from datetime import date

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from platform_site.states import transitions
from trading.open_terms import BASES, Declared, taken_terms
from trading.states import DECLARATION_ALIVE, DECLARATION_MOVES, DeclarationState, FeeMethod, RoyaltyBase
from trading.terms import Terms

_CHANGES = (
    "ARRAY['state', 'announced_on', 'number', 'announced_by_id', 'announced_at', 'proof_id', 'encumbrance_id', 'reason', "
    "'closed_by_id', 'closed_at']"
)
_KEPT = f"""
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - {_CHANGES} <> to_jsonb(OLD) - {_CHANGES} THEN
        RAISE EXCEPTION 'a declaration is not changed';
    END IF;
    IF OLD.announced_on IS NOT NULL AND ROW(NEW.announced_on, NEW.number, NEW.announced_by_id, NEW.proof_id, NEW.encumbrance_id)
        IS DISTINCT FROM ROW(OLD.announced_on, OLD.number, OLD.announced_by_id, OLD.proof_id, OLD.encumbrance_id) THEN
        RAISE EXCEPTION 'an announcement is not changed';
    END IF;
    RETURN NEW;
"""
_NEEDS_REPORT = """
    IF NEW.report_id IS NULL AND (SELECT kind FROM patents_patent WHERE id = NEW.patent_id) IN ('utility_model', 'design') THEN
        RAISE EXCEPTION 'a declaration of a utility model or design has its evaluation report';
    END IF;
    RETURN NEW;
"""
_ANNOUNCED_NEEDS = """
    IF NOT EXISTS (
        SELECT 1 FROM patents_encumbrance lying WHERE lying.id = NEW.encumbrance_id AND lying.patent_id = NEW.patent_id
        AND lying.kind = 'open_declaration'
    ) THEN
        RAISE EXCEPTION 'a declaration in force stands in the ledger';
    END IF;
    RETURN NEW;
"""


class OpenDeclaration(models.Model):
    """Filed with the national office, waiting; in force with its announcement; withdrawn, returned or lapsed for good."""

    patent = models.ForeignKey("patents.Patent", on_delete=models.PROTECT, related_name="open_declarations")
    title = models.ForeignKey("patents.Title", on_delete=models.PROTECT, related_name="+")  # the owners who declare
    listing = models.ForeignKey("patents.Listing", on_delete=models.PROTECT, related_name="open_declarations")
    province = models.ForeignKey(
        "regions.Province", on_delete=models.PROTECT, related_name="+"
    )  # whose office enters it
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    filed_on = models.DateField()  # with the national office

    method = models.CharField(max_length=20, choices=FeeMethod)
    amount_cny = models.DecimalField(max_digits=14, decimal_places=2)  # the sum, that of a year, or the entry fee
    percent = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    base = models.CharField(max_length=20, choices=RoyaltyBase, blank=True)
    years = models.PositiveSmallIntegerField(null=True, blank=True)  # none: as long as the patent lives
    conditions = models.TextField(blank=True)
    co_owners_agree = models.BooleanField(default=False)
    pledgee_agrees = models.BooleanField(default=False)
    report = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # the evaluation of a utility model or design

    state = models.CharField(max_length=20, choices=DeclarationState, default=DeclarationState.DECLARED)
    number = models.CharField(max_length=60, blank=True)  # of the announcement
    announced_on = models.DateField(null=True, blank=True)
    announced_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    announced_at = models.DateTimeField(null=True, blank=True)
    proof = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    encumbrance = models.OneToOneField(
        "patents.Encumbrance", null=True, blank=True, on_delete=models.PROTECT, related_name="open_declaration"
    )  # the same in the rights ledger
    reason = models.TextField(blank=True)  # of the return or withdrawal, as its author wrote it
    closed_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-announced_on", "-id"]
        indexes = [
            models.Index(fields=["province", "state"], name="declaration_queue"),
            models.Index(fields=["announced_on"], name="declaration_by_announcement"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DeclarationState.values), name="declaration_state_known"),
            models.UniqueConstraint(
                fields=["patent"], condition=Q(state__in=sorted(DECLARATION_ALIVE)), name="declaration_one_per_patent"
            ),
            models.CheckConstraint(condition=Q(amount_cny__gte=0), name="declaration_amount_not_negative"),
            models.CheckConstraint(condition=Q(years=None) | Q(years__gt=0), name="declaration_lasts"),
            models.CheckConstraint(
                condition=Q(method="royalty", percent__gt=0, percent__lte=100, base__in=[one.value for one in BASES])
                | Q(method__in=["fixed", "yearly"], percent=None, base=""),
                name="declaration_fee_whole",
            ),
            models.CheckConstraint(
                condition=Q(number="", announced_on=None, announced_by=None, proof=None, encumbrance=None)
                | (
                    ~Q(number="")
                    & Q(announced_on__isnull=False, announced_on__gte=F("filed_on"), announced_by__isnull=False)
                    & Q(proof__isnull=False, encumbrance__isnull=False)
                ),
                name="declaration_announced_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["declared", "returned"], announced_on=None)
                | Q(state="in_force", announced_on__isnull=False)
                | Q(state__in=["withdrawn", "lapsed"]),
                name="declaration_in_force_is_announced",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(DECLARATION_ALIVE), closed_at=None)
                | (~Q(state__in=sorted(DECLARATION_ALIVE)) & Q(closed_at__isnull=False, closed_by__isnull=False)),
                name="declaration_closed_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(DECLARATION_MOVES)),
            pgtrigger.Trigger(
                name="begins_filed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__state="declared"),
                func="RAISE EXCEPTION 'a declaration begins filed';",
            ),
            pgtrigger.Trigger(
                name="needs_report", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_NEEDS_REPORT
            ),
            pgtrigger.Trigger(
                name="announced_needs",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("state"),
                condition=pgtrigger.Q(new__state="in_force", old__state="declared"),
                func=_ANNOUNCED_NEEDS,
            ),
            pgtrigger.Trigger(
                name="kept", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=_KEPT
            ),
        ]

    def __str__(self) -> str:
        return f"{self.patent_id}: {self.method} {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("trading:open_detail", args=[self.pk])

    @property
    def declared(self) -> Declared:
        """What was declared, as one value."""
        return Declared(self.method, self.amount_cny, self.percent, self.base, self.years, self.conditions)

    def terms(self, start: date, end: date | None) -> Terms:
        """The terms of a licence taken for this period; asks for the patent unless it is there already."""
        return taken_terms(self.declared, self.patent.application_number, start, end)

    @property
    def is_public(self) -> bool:
        """Announced by the national office, whatever became of it: anybody may read it."""
        return self.announced_on is not None
