"""Booths on the floor of a hall, who holds one for a while, to whom one is given. Read next: application.py.

A booth is a rectangle of whole metres from the hall's north-west corner. Two never overlap, none stands out of its hall;
a standard booth is 3 × 3 metres, raw space begins at 36 square metres (domain.md 10).
"""

from datetime import timedelta

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import GreaterThanOrEqual
from django.urls import reverse

from expos.states import BoothKind

SIDE_M = 3  # of a standard booth
RAW_FROM_M2 = 36
UNIT_M2 = SIDE_M * SIDE_M  # what a delegation's share is counted in
HOLD = timedelta(minutes=20)

# The hall is held still meanwhile, so that it is not made smaller under a booth that is being written.
_INSIDE = """
    SELECT expo_id, width_m, depth_m, code INTO hall FROM expos_hall WHERE id = NEW.hall_id FOR SHARE;
    IF hall.expo_id <> NEW.expo_id OR NEW.x + NEW.width > hall.width_m OR NEW.y + NEW.depth > hall.depth_m THEN
        RAISE EXCEPTION 'a booth stands inside its hall' USING ERRCODE = 'check_violation', CONSTRAINT = 'booth_inside_hall';
    END IF;
    IF NEW.number !~ ('^' || hall.code || '[0-9]{1,3}$') THEN
        RAISE EXCEPTION 'a booth is numbered by its hall' USING ERRCODE = 'check_violation', CONSTRAINT = 'booth_number';
    END IF;
    IF NEW.pavilion_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM expos_delegation WHERE id = NEW.pavilion_id AND expo_id = NEW.expo_id
    ) THEN
        RAISE EXCEPTION 'a pavilion is of a delegation of the same expo';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.expo_id <> OLD.expo_id THEN
        RAISE EXCEPTION 'a booth keeps its expo';
    END IF;
    IF TG_OP = 'UPDATE' AND EXISTS (
        SELECT 1 FROM expos_boothallotment WHERE booth_id = NEW.id AND released_at IS NULL
    ) AND ROW(NEW.hall_id, NEW.number, NEW.kind, NEW.x, NEW.y, NEW.width, NEW.depth, NEW.pavilion_id, NEW.price_cny)
        IS DISTINCT FROM ROW(OLD.hall_id, OLD.number, OLD.kind, OLD.x, OLD.y, OLD.width, OLD.depth, OLD.pavilion_id,
        OLD.price_cny) THEN
        RAISE EXCEPTION 'a booth that is given stays as it was given' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'booth_given_stays';
    END IF;
    RETURN NEW;
"""
_NOT_GIVEN = """
    PERFORM 1 FROM expos_booth WHERE id = NEW.booth_id AND expo_id = NEW.expo_id FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a booth is held at its own expo';
    END IF;
    IF EXISTS (SELECT 1 FROM expos_boothallotment WHERE booth_id = NEW.booth_id AND released_at IS NULL) THEN
        RAISE EXCEPTION 'a booth that is given is not held' USING ERRCODE = 'exclusion_violation',
            CONSTRAINT = 'booth_held_free', TABLE = 'expos_boothhold';
    END IF;
    RETURN NEW;
"""
_HOLD_KEPT = """
    IF TG_OP = 'DELETE' OR ROW(NEW.booth_id, NEW.expo_id, NEW.user_id, NEW.held_at)
        IS DISTINCT FROM ROW(OLD.booth_id, OLD.expo_id, OLD.user_id, OLD.held_at) OR NEW.ends_at > OLD.ends_at THEN
        RAISE EXCEPTION 'a hold is only ever shortened';
    END IF;
    RETURN NEW;
"""
_GIVEN = """
    SELECT * INTO booth FROM expos_booth WHERE id = NEW.booth_id FOR NO KEY UPDATE;
    SELECT * INTO wanted FROM expos_boothapplication WHERE id = NEW.application_id;
    IF TG_OP = 'UPDATE' THEN
        IF ROW(NEW.booth_id, NEW.application_id, NEW.made_at, NEW.made_by_id)
            IS DISTINCT FROM ROW(OLD.booth_id, OLD.application_id, OLD.made_at, OLD.made_by_id)
            OR OLD.released_at IS NOT NULL THEN
            RAISE EXCEPTION 'what was given is on record';
        END IF;
        RETURN NEW;
    END IF;
    IF booth.expo_id <> wanted.expo_id OR booth.pavilion_id IS NOT NULL AND booth.pavilion_id <> wanted.delegation_id THEN
        RAISE EXCEPTION 'a booth is given within its expo and its pavilion';
    END IF;
    IF wanted.state NOT IN ('allotted', 'confirmed') THEN
        RAISE EXCEPTION 'a booth is given to an application that has passed its review';
    END IF;
    IF EXISTS (SELECT 1 FROM expos_boothhold WHERE booth_id = NEW.booth_id AND user_id <> wanted.exhibitor_id
        AND held_at <= NEW.made_at AND ends_at > NEW.made_at) THEN
        RAISE EXCEPTION 'a booth that somebody else holds is not given' USING ERRCODE = 'exclusion_violation',
            CONSTRAINT = 'booth_held_free', TABLE = 'expos_boothallotment';
    END IF;
    RETURN NEW;
"""


class _Metres(Func):
    function = "int4range"
    output_field = IntegerRangeField()


class _Moments(Func):
    function = "tstzrange"
    output_field = DateTimeRangeField()


class Booth(models.Model):
    """`x` and `y` are metres from the north-west corner to its own; `power_kw` none is 0; `price_cny` for the whole expo, 0 is free."""

    expo = models.ForeignKey("expos.Expo", on_delete=models.PROTECT, related_name="booths")
    hall = models.ForeignKey("expos.Hall", on_delete=models.PROTECT, related_name="booths")
    number = models.CharField(max_length=8)
    kind = models.CharField(max_length=10, choices=BoothKind)
    x = models.PositiveSmallIntegerField()
    y = models.PositiveSmallIntegerField()
    width = models.PositiveSmallIntegerField(default=SIDE_M)
    depth = models.PositiveSmallIntegerField(default=SIDE_M)
    open_sides = models.PositiveSmallIntegerField(default=1)
    power_kw = models.PositiveSmallIntegerField(default=0)
    price_cny = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    pavilion = models.ForeignKey(
        "expos.Delegation", null=True, blank=True, on_delete=models.PROTECT, related_name="pavilion_booths"
    )

    class Meta:
        ordering = ["expo", "hall", "number"]
        constraints = [
            models.UniqueConstraint(fields=["expo", "number"], name="booth_number_once"),
            models.CheckConstraint(condition=Q(kind__in=BoothKind.values), name="booth_kind_known"),
            models.CheckConstraint(condition=Q(width__gt=0, depth__gt=0), name="booth_has_area"),
            models.CheckConstraint(
                condition=Q(kind="raw") | Q(width=SIDE_M, depth=SIDE_M), name="booth_standard_3_by_3"
            ),
            models.CheckConstraint(
                condition=~Q(kind="raw") | Q(GreaterThanOrEqual(F("width") * F("depth"), RAW_FROM_M2)),
                name="booth_raw_from_36",
            ),
            models.CheckConstraint(
                condition=Q(open_sides__range=(1, 4)) & (~Q(kind="corner") | Q(open_sides__gte=2)),
                name="booth_open_sides",
            ),
            models.CheckConstraint(condition=Q(price_cny__gte=0), name="booth_price"),
            ExclusionConstraint(
                name="booth_no_overlap",
                expressions=[
                    ("hall", RangeOperators.EQUAL),
                    (_Metres(F("x"), F("x") + F("width")), RangeOperators.OVERLAPS),
                    (_Metres(F("y"), F("y") + F("depth")), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="inside", when=pgtrigger.Before, operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("hall", "record")], func=_INSIDE,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("expos:booth_detail", args=[self.expo.year, self.number])

    @property
    def area(self) -> int:
        """Square metres."""
        return self.width * self.depth

    @property
    def units(self) -> int:
        """How many standard booths it counts for in its delegation's share; part of one counts whole."""
        return -(-self.area // UNIT_M2)


class BoothHold(models.Model):
    """One person's booth for twenty minutes by the clock of the database; what has ended collides with nothing, so nobody need sweep."""

    expo = models.ForeignKey("expos.Expo", on_delete=models.PROTECT, related_name="+")
    booth = models.ForeignKey(Booth, on_delete=models.CASCADE, related_name="holds")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    held_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["-held_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("held_at"), ends_at__lte=F("held_at") + HOLD), name="hold_twenty_minutes"
            ),
            ExclusionConstraint(
                name="booth_one_holder",
                expressions=[
                    ("booth", RangeOperators.EQUAL),
                    (_Moments(F("held_at"), F("ends_at")), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="holder_one_booth",
                expressions=[
                    ("expo", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    (_Moments(F("held_at"), F("ends_at")), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [
            pgtrigger.Trigger(name="not_given", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_NOT_GIVEN),
            pgtrigger.Trigger(name="shortened", when=pgtrigger.Before, operation=pgtrigger.Update, func=_HOLD_KEPT),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.booth_id} {self.user_id}"


class BoothAllotment(models.Model):
    """A booth given to an application: to one at a time; what was given back stays on record."""

    booth = models.ForeignKey(Booth, on_delete=models.PROTECT, related_name="allotments")
    application = models.ForeignKey("expos.BoothApplication", on_delete=models.PROTECT, related_name="allotments")
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["booth__number"]
        constraints = [
            models.UniqueConstraint(fields=["booth"], condition=Q(released_at=None), name="booth_given_once"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="given", when=pgtrigger.Before, operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("booth", "expos_booth%ROWTYPE"), ("wanted", "expos_boothapplication%ROWTYPE")], func=_GIVEN,
            ),
            pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Delete),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.booth_id} {self.application_id}"
