"""A preferential policy of one province, in versions with a period in force. Read next: support.py, ../rule_engine.py.

Criteria and amount are data (rule_engine.py, rule_amounts.py): a policy created in the browser changes entitlements
and parity with no code edited. A published version is never changed; it only ends earlier.
"""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils.translation import get_language

from governance.states import POLICY_MOVES, PolicyKind, PolicyState, Stacking
from platform_site.states import transitions

_ENDING = "'state', 'ends_on', 'ended_by_id', 'ended_at', 'ended_because'"
_FROZEN = f"""
    IF TG_OP = 'DELETE' THEN
        IF OLD.state <> 'draft' THEN
            RAISE EXCEPTION 'a published version stays';
        END IF;
        RETURN OLD;
    END IF;
    IF NEW.policy_id <> OLD.policy_id OR NEW.number <> OLD.number THEN
        RAISE EXCEPTION 'a version stays where it is';
    END IF;
    IF OLD.state <> 'draft' THEN
        IF to_jsonb(NEW) - ARRAY[{_ENDING}] <> to_jsonb(OLD) - ARRAY[{_ENDING}] THEN
            RAISE EXCEPTION 'a published version is not changed';
        END IF;
        IF NEW.ends_on IS DISTINCT FROM OLD.ends_on AND (NEW.ends_on IS NULL OR NEW.ends_on > OLD.ends_on) THEN
            RAISE EXCEPTION 'a published version only ends earlier';
        END IF;
    END IF;
    RETURN NEW;
"""


class _DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


class Policy(models.Model):
    """The identity that lasts over the versions: whose it is and what it supports."""

    province = models.ForeignKey("regions.Province", on_delete=models.PROTECT, related_name="policies")
    kind = models.CharField(max_length=12, choices=PolicyKind)
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["province", "kind", "id"]
        constraints = [models.CheckConstraint(condition=Q(kind__in=PolicyKind.values), name="policy_kind_known")]
        triggers = [pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.province_id} {self.kind} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("policies:policy_detail", args=[self.pk])


class PolicyVersion(models.Model):
    """One text with its rule; in force on the days [starts_on, ends_on) once it is published."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()  # of the policy, from 1
    state = models.CharField(max_length=12, choices=PolicyState, default=PolicyState.DRAFT)
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=240, blank=True)
    summary_zh = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)
    criteria = models.JSONField(default=dict)  # rule_engine.py
    formula = models.JSONField(default=dict)  # rule_amounts.py
    cap_cny = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    stacking = models.CharField(max_length=12, choices=Stacking, default=Stacking.ONCE)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # the first day on which it is no longer in force
    quota = models.PositiveIntegerField(null=True, blank=True)  # applications
    budget_cny = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    documents = ArrayField(models.CharField(max_length=120), default=list, blank=True)  # Chinese, one paper each
    basis_zh = models.TextField()  # legal basis: document, number, article
    basis_en = models.TextField(blank=True)
    notice_days = models.PositiveSmallIntegerField(default=5)  # working days of public notice
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    published_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.TextField(blank=True)  # Chinese, public

    class Meta:
        ordering = ["policy", "number"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="policy_version_number_once"),
            models.UniqueConstraint(fields=["policy"], condition=Q(state="draft"), name="policy_one_draft"),
            models.CheckConstraint(condition=Q(state__in=PolicyState.values), name="policy_state_known"),
            models.CheckConstraint(condition=Q(stacking__in=Stacking.values), name="policy_stacking_known"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="policy_period_lasts"
            ),
            models.CheckConstraint(
                condition=(Q(cap_cny=None) | Q(cap_cny__gt=0)) & (Q(budget_cny=None) | Q(budget_cny__gt=0))
                & (Q(quota=None) | Q(quota__gt=0)) & Q(notice_days__gte=1),
                name="policy_sums_positive",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", published_by=None, published_at=None)
                | ~Q(state="draft") & Q(published_by__isnull=False, published_at__isnull=False),
                name="policy_published_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_by__isnull=False, ended_at__isnull=False, ends_on__isnull=False)
                & ~Q(ended_because="")
                | ~Q(state="ended") & Q(ended_by=None, ended_at=None, ended_because=""),
                name="policy_ended_whole",
            ),
            ExclusionConstraint(
                name="policy_versions_apart",
                expressions=[
                    ("policy", RangeOperators.EQUAL),
                    (_DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ],
                condition=~Q(state="draft"),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["starts_on"], condition=~Q(state="draft"), name="policy_in_force")]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(POLICY_MOVES)),
            pgtrigger.Trigger(
                name="begins_drafted",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__state="draft"),
                func="RAISE EXCEPTION 'a version begins as a draft';",
            ),
            pgtrigger.Trigger(
                name="frozen", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=_FROZEN
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy_id} v{self.number} {self.state}"

    def get_absolute_url(self) -> str:
        return f"{reverse('policies:policy_detail', args=[self.policy_id])}?version={self.number}"

    @property
    def title(self) -> str:
        return self.in_language("title")

    def in_language(self, field: str) -> str:
        """A text in the reader's language, the Chinese one where there is no other."""
        english = getattr(self, f"{field}_en") if get_language() == "en" else ""
        return english or getattr(self, f"{field}_zh")
