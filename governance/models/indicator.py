"""What a plan aims at and, once it is closed, what was counted. While it runs nothing counted is stored. Read next: ../indicators.py."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

_TARGET_FROZEN = """
    SELECT plan.state INTO found FROM governance_annualworkplan AS plan
        WHERE plan.id = coalesce(NEW.plan_id, OLD.plan_id) FOR SHARE;
    IF found NOT IN ('draft', 'consultation') THEN
        RAISE EXCEPTION 'targets are fixed once the plan is tabled';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""
_AT_THE_CLOSE = """
    IF NOT EXISTS (
        SELECT 1 FROM governance_annualworkplan AS plan
        WHERE plan.id = NEW.plan_id AND plan.state = 'closed' AND plan.closed_at = NEW.as_of
    ) THEN
        RAISE EXCEPTION 'figures are kept at the moment a plan is closed';
    END IF;
    RETURN NEW;
"""


class _Figure(models.Model):
    """Of one indicator and province, by one version of its query; without a province, of all six together."""

    slug = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    province = models.ForeignKey("regions.Province", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class IndicatorTarget(_Figure):
    """What is to be reached by the end of the year; of all six together only where a total is no sum."""

    plan = models.ForeignKey("governance.AnnualWorkPlan", on_delete=models.PROTECT, related_name="targets")
    target = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        ordering = ["plan", "slug", "province"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "slug", "province"], nulls_distinct=False, name="target_once"),
            models.CheckConstraint(condition=Q(target__gt=0), name="target_positive"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("found", "text")],
                func=_TARGET_FROZEN,
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.slug} {self.province_id}: {self.target}"


class IndicatorSnapshot(_Figure):
    """What was counted when the plan was closed; none where too few contracts were counted to tell a sum."""

    plan = models.ForeignKey("governance.AnnualWorkPlan", on_delete=models.PROTECT, related_name="snapshots")
    value = models.DecimalField(max_digits=20, decimal_places=2, null=True, blank=True)
    # What each of the twelve months brought: of a flow, of all six together; else none.
    months = ArrayField(models.DecimalField(max_digits=20, decimal_places=2), size=12, null=True, blank=True)
    as_of = models.DateTimeField()

    class Meta:
        ordering = ["plan", "slug", "province"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "slug", "province"], nulls_distinct=False, name="snapshot_once"),
            models.CheckConstraint(
                condition=Q(months=None) | Q(province=None, months__len=12), name="snapshot_months_of_all_six"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="at_the_close", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_AT_THE_CLOSE
            ),
            pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.slug} {self.province_id}: {self.value}"
