"""Whose turn it is to direct: the rule, its exceptions, and the terms that were really served. Read next: handover.py."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language

from .group import Seat

_NO_GAP = """
    IF EXISTS (
        SELECT 1 FROM governance_directorterm AS later
        WHERE later.begins_at > (SELECT min(begins_at) FROM governance_directorterm)
        AND NOT EXISTS (SELECT 1 FROM governance_directorterm AS before WHERE before.ends_at = later.begins_at)
    ) OR EXISTS (SELECT 1 FROM governance_directorterm)
        AND (SELECT count(*) FROM governance_directorterm WHERE ends_at IS NULL) <> 1 THEN
        RAISE EXCEPTION 'there is exactly one director at any time';
    END IF;
    RETURN NULL;
"""
_TERM_KEPT = """
    IF TG_OP = 'DELETE' OR ROW(NEW.year, NEW.seat_id, NEW.begins_at) IS DISTINCT FROM
        ROW(OLD.year, OLD.seat_id, OLD.begins_at) OR OLD.ends_at <= clock_timestamp()
        AND NEW.ends_at IS DISTINCT FROM OLD.ends_at THEN
        RAISE EXCEPTION 'a term that was served is not changed';
    END IF;
    RETURN NEW;
"""
# A year whose term has begun is history: neither an exception nor a new order reaches back to it.
_YEAR_TO_COME = """
    IF EXISTS (SELECT 1 FROM governance_directorterm WHERE year >= NEW.{year}) THEN
        RAISE EXCEPTION 'the term of that year has begun';
    END IF;
    RETURN NEW;
"""


def _year_to_come(field: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="year_to_come",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=_YEAR_TO_COME.format(year=field),
    )


class _MomentRange(Func):
    function = "tstzrange"
    output_field = DateTimeRangeField()


class RotationRule(models.Model):
    """The order of the six and the year it begins with, until a later rule takes over in its first year."""

    first_year = models.PositiveSmallIntegerField(unique=True)
    order = ArrayField(models.CharField(max_length=6), size=6)  # codes of the six, each once
    resolution = models.OneToOneField("governance.Resolution", on_delete=models.PROTECT, related_name="rotation_rule")

    class Meta:
        ordering = ["first_year"]
        triggers = [
            pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete),
            _year_to_come("first_year"),
        ]

    def __str__(self) -> str:
        return f"{self.first_year}: {' '.join(self.order)}"


class RotationException(models.Model):
    """One year that another province directs than the rule says: only by resolution; the latest of a year holds."""

    year = models.PositiveSmallIntegerField()
    province = models.ForeignKey("regions.Province", on_delete=models.PROTECT, related_name="+")
    resolution = models.ForeignKey("governance.Resolution", on_delete=models.PROTECT, related_name="exceptions")
    reason_zh = models.CharField(max_length=300)
    reason_en = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["year", "id"]
        constraints = [models.UniqueConstraint(fields=["resolution", "year"], name="exception_year_once")]
        triggers = [
            pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete),
            _year_to_come("year"),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.province_id}"

    @property
    def reason(self) -> str:
        return self.reason_en if get_language() == "en" and self.reason_en else self.reason_zh


class DirectorTerm(models.Model):
    """A term that was or is served: from one handover to the next, half-open, to the instant."""

    year = models.PositiveSmallIntegerField(unique=True)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="terms")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)  # of all but the last

    class Meta:
        ordering = ["year"]
        constraints = [
            ExclusionConstraint(
                name="one_director",
                expressions=[(_MomentRange(F("begins_at"), F("ends_at")), RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=Q(ends_at=None) | Q(ends_at__gt=F("begins_at")), name="term_period"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="kept", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=_TERM_KEPT
            ),
            pgtrigger.Trigger(
                name="no_gap",
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_NO_GAP,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.seat_id}"
