"""What a buyer looks for, on the criteria of listings: written, moderated, published, matched. Read next: need_answers.py."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language

from patents.states import Form, PatentKind, PriceBasis, RequirementKind
from platform_site.regions.facts import CODES
from platform_site.states import transitions
from trading.need_querysets import NeedQuerySet
from trading.states import NEED_EDITABLE, NEED_MOVES, NeedState

# What the owner writes: frozen from the moment an office has it before it.
TEXTS = ("title_zh", "title_en", "problem_zh", "problem_en", "effect_zh", "effect_en", "present_zh", "present_en")
CRITERIA = ("keywords", "ipc", "kinds", "forms", "places", "budget_cny", "budget_basis", "trl_min", "deadline")
CONTENT = (*TEXTS, *CRITERIA)

_FROZEN = f"""
    IF ({", ".join(f"NEW.{name}" for name in (*CONTENT, "number", "owner_id"))})
        IS DISTINCT FROM ({", ".join(f"OLD.{name}" for name in (*CONTENT, "number", "owner_id"))})
    THEN
        RAISE EXCEPTION 'a submitted need is not changed';
    END IF;
    RETURN NEW;
"""
_PUBLISHED_NEEDS = """
    IF NOT EXISTS (SELECT 1 FROM accounts_verification WHERE user_id = NEW.owner_id AND state = 'verified') THEN
        RAISE EXCEPTION 'the owner of a published need is verified';
    END IF;
    RETURN NEW;
"""
_FROZEN_CONDITION = """
    SELECT state INTO need_state FROM trading_technologyneed WHERE id = COALESCE(NEW.need_id, OLD.need_id);
    IF need_state IS NOT NULL AND need_state NOT IN ('draft', 'changes_requested') THEN
        RAISE EXCEPTION 'a submitted need is not changed';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


class NeedNumber(models.Model):
    """The counter of one year's numbers of needs (XQ6-2026-000123); locked while a number is taken."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class TechnologyNeed(models.Model):
    """One need. Its text is written until it is submitted and never changes after it was published."""

    number = models.CharField(max_length=20, unique=True)
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="needs")
    organisation = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    province = models.ForeignKey(
        "regions.Province", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # reviewing office
    state = models.CharField(max_length=20, choices=NeedState, default=NeedState.DRAFT)

    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=240, blank=True)
    problem_zh = models.TextField()
    problem_en = models.TextField(blank=True)
    effect_zh = models.TextField()  # what is wanted, in figures
    effect_en = models.TextField(blank=True)
    present_zh = models.TextField(blank=True)  # what is there already
    present_en = models.TextField(blank=True)

    keywords = ArrayField(models.CharField(max_length=30))  # words by which it is matched, as the owner wrote them
    ipc = ArrayField(models.CharField(max_length=20))  # subclass or finer
    kinds = ArrayField(models.CharField(max_length=20), default=list, blank=True)  # empty: any
    forms = ArrayField(models.CharField(max_length=20))  # forms of transfer that would do
    places = ArrayField(models.CharField(max_length=6))  # GB/T 2260: where it would be used
    budget_cny = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)  # ceiling; null: open
    budget_basis = models.CharField(max_length=20, choices=PriceBasis, default=PriceBasis.NEGOTIABLE)
    trl_min = models.PositiveSmallIntegerField(null=True, blank=True)  # technology readiness level 1 to 9
    deadline = models.DateField()  # the last day, in China, on which it is open

    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closing_reason = models.TextField(blank=True)  # the owner's words; shown to whoever proposed

    # Derived at submission, for search and matching; `tokens` are all that a keyword may be found by.
    grounds = ArrayField(models.CharField(max_length=20), default=list, blank=True)  # the subclasses of `ipc`
    tokens = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    doc = SearchVectorField(null=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=NeedState.values), name="need_state_known"),
            models.CheckConstraint(condition=models.Q(number__regex=r"^XQ6-\d{4}-\d{6,}$"), name="need_number_form"),
            models.CheckConstraint(
                condition=models.Q(ipc__len__gt=0, forms__len__gt=0, places__len__gt=0, keywords__len__gt=0),
                name="need_says_what",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    kinds__contained_by=[kind.value for kind in PatentKind],
                    forms__contained_by=[form.value for form in Form],
                    places__contained_by=list(CODES),
                ),
                name="need_criteria_known",
            ),
            models.CheckConstraint(
                condition=models.Q(budget_basis="negotiable", budget_cny=None)
                | models.Q(
                    budget_basis__in=["lump", "yearly", "per_unit", "entry"], budget_cny__isnull=False, budget_cny__gt=0
                ),
                name="need_budget_or_open",
            ),
            models.CheckConstraint(
                condition=models.Q(trl_min=None) | models.Q(trl_min__range=(1, 9)), name="need_trl_1_to_9"
            ),
            models.CheckConstraint(
                condition=~models.Q(
                    state__in=["submitted", "changes_requested", "rejected", *("published", "met", "expired")]
                )
                | models.Q(province__isnull=False, doc__isnull=False),
                name="need_submitted_has_office",
            ),  # fmt: skip
            models.CheckConstraint(
                condition=~models.Q(state__in=["published", "met", "expired"]) | models.Q(published_at__isnull=False),
                name="need_public_has_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["withdrawn", "met", "expired"], closed_at__isnull=False)
                | (~models.Q(state__in=["withdrawn", "met", "expired"]) & models.Q(closed_at=None)),
                name="need_closed_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-updated_at"], name="need_by_owner"),
            models.Index(fields=["-published_at", "-id"], condition=models.Q(state="published"), name="need_newest"),
            models.Index(fields=["published_at"], name="need_by_publication"),
            models.Index(fields=["deadline", "id"], condition=models.Q(state="published"), name="need_by_deadline"),
            GinIndex(fields=["doc"], name="need_doc", fastupdate=False),
            GinIndex(fields=["ipc"], name="need_ipc", fastupdate=False),
            GinIndex(fields=["grounds"], name="need_grounds", fastupdate=False),
            GinIndex(fields=["tokens"], name="need_tokens", fastupdate=False),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(NEED_MOVES)),
            pgtrigger.Trigger(
                name="frozen_need",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state__in=sorted(state.value for state in NEED_EDITABLE)),
                func=_FROZEN,
            ),
            pgtrigger.Trigger(
                name="published_needs",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__state="published"),
                func=_PUBLISHED_NEEDS,
            ),
            pgtrigger.Protect(name="kept_need", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("trading:need_detail", args=[self.number])

    def in_language(self, field: str) -> str:
        """A text in the reader's language, the Chinese one where there is no other."""
        english = getattr(self, f"{field}_en") if get_language() == "en" else ""
        return english or getattr(self, f"{field}_zh")

    @property
    def title(self) -> str:
        return self.in_language("title")

    @property
    def is_editable(self) -> bool:
        return self.state in NEED_EDITABLE


class NeedCondition(models.Model):
    """What the buyer has to make it with; the counterpart of a listing's Requirement."""

    need = models.ForeignKey(TechnologyNeed, on_delete=models.CASCADE, related_name="conditions")
    kind = models.CharField(max_length=20, choices=RequirementKind)
    text_zh = models.CharField(max_length=120, blank=True)
    text_en = models.CharField(max_length=160, blank=True)
    amount = models.DecimalField(
        max_digits=12, decimal_places=2, null=True, blank=True
    )  # area m², power kW, equipment pieces

    class Meta:
        ordering = ["kind", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=RequirementKind.values), name="condition_kind_known"),
            models.CheckConstraint(
                condition=models.Q(amount=None) | models.Q(amount__gt=0), name="condition_amount_positive"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="frozen_condition",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("need_state", "TEXT")],
                func=_FROZEN_CONDITION,
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.text_zh} {self.amount or ''}"
