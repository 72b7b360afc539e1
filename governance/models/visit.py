"""Visits: a slot of a facility taken by somebody, alone or with others in one bundle. Read next: stationing.py.

A slot is nothing that is stored: it follows from the opening hours (../opening.py). What is stored is who takes which
stretch of time, half-open; the database never lets more people in at any moment than the facility takes.
"""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse

from governance.states import VISIT_AHEAD, VISIT_HOLDS, VISIT_MOVES, VisitState
from platform_site.states import transitions

from .facility import names

# The facility is locked first, so that two visits that begin at once are counted one after the other.
_FITS = f"""
    IF NEW.state NOT IN ({names(VISIT_HOLDS)}) OR TG_OP = 'UPDATE' AND OLD.state IN ({names(VISIT_HOLDS)})
        AND ROW(NEW.starts_at, NEW.ends_at, NEW.people) IS NOT DISTINCT FROM ROW(OLD.starts_at, OLD.ends_at, OLD.people) THEN
        RETURN NEW;
    END IF;
    SELECT visitors, state INTO room, found FROM governance_facility WHERE id = NEW.facility_id FOR NO KEY UPDATE;
    IF found <> 'open' THEN
        RAISE EXCEPTION 'a closed facility is not visited';
    END IF;
    SELECT max(taken.people) INTO held FROM (
        SELECT NEW.starts_at AS moment UNION SELECT starts_at FROM governance_visit
        WHERE facility_id = NEW.facility_id AND state IN ({names(VISIT_HOLDS)})
        AND starts_at > NEW.starts_at AND starts_at < NEW.ends_at
    ) AS edge CROSS JOIN LATERAL (
        SELECT coalesce(sum(other.people), 0) AS people FROM governance_visit AS other
        WHERE other.facility_id = NEW.facility_id AND other.id <> NEW.id AND other.state IN ({names(VISIT_HOLDS)})
        AND other.starts_at <= edge.moment AND other.ends_at > edge.moment
    ) AS taken;
    IF held + NEW.people > room THEN
        RAISE EXCEPTION 'more visitors than the facility takes' USING ERRCODE = 'exclusion_violation',
            CONSTRAINT = 'visit_fits', TABLE = 'governance_visit';
    END IF;
    RETURN NEW;
"""
_KEPT = """
    IF TG_OP = 'DELETE' OR ROW(NEW.facility_id, NEW.visitor_id, NEW.booked_by_id, NEW.bundle_id, NEW.made_at, NEW.people,
        NEW.asked_at, NEW.purpose, NEW.from_province_id) IS DISTINCT FROM ROW(OLD.facility_id, OLD.visitor_id,
        OLD.booked_by_id, OLD.bundle_id, OLD.made_at, OLD.people, OLD.asked_at, OLD.purpose, OLD.from_province_id) THEN
        RAISE EXCEPTION 'what was booked is on record';
    END IF;
    IF ROW(NEW.starts_at, NEW.ends_at) IS DISTINCT FROM ROW(OLD.starts_at, OLD.ends_at) AND NEW.state <> 'countered' THEN
        RAISE EXCEPTION 'a visit is moved by a counter-proposal';
    END IF;
    RETURN NEW;
"""


class VisitBundle(models.Model):
    """Several visits that were booked at once, all or none."""

    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        triggers = [pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.pk}"


class _Moments(Func):
    function = "tstzrange"
    output_field = DateTimeRangeField()


class Visit(models.Model):
    """So many people of one visitor, from one instant to another; those who wait for room stand in the order of their keys."""

    facility = models.ForeignKey("governance.Facility", on_delete=models.PROTECT, related_name="visits")
    visitor = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    booked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    bundle = models.ForeignKey(VisitBundle, null=True, blank=True, on_delete=models.PROTECT, related_name="visits")
    listing = models.ForeignKey("patents.Listing", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    from_province = models.ForeignKey(  # where the visitor was from when it was booked; none: outside the six
        "regions.Province", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    people = models.PositiveSmallIntegerField()
    purpose = models.TextField()
    asked_at = models.DateTimeField()  # the beginning that was asked for
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=VisitState)
    made_at = models.DateTimeField()
    moved_up_at = models.DateTimeField(null=True, blank=True)  # from the waiting list
    changes = models.PositiveSmallIntegerField(default=0)  # of its time or state: the SEQUENCE of its invitation
    reason = models.TextField(blank=True)  # why it was declined, moved or cancelled
    decided_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=VisitState.values), name="visit_state_known"),
            models.CheckConstraint(condition=Q(people__gt=0), name="visit_people"),
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="visit_in_order"),
            models.CheckConstraint(
                condition=~Q(state__in=["declined", "countered"]) | ~Q(reason=""), name="visit_refused_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["declined", "countered", "used", "not_used"])
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="visit_decided_whole",
            ),
            ExclusionConstraint(
                name="visitor_one_place_at_a_time",
                expressions=[
                    ("visitor", RangeOperators.EQUAL),
                    (_Moments(F("starts_at"), F("ends_at")), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=VISIT_AHEAD),
            ),
        ]
        indexes = [
            models.Index(fields=["facility", "starts_at"], name="visit_by_time"),
            models.Index(fields=["visitor", "-starts_at"], name="visit_by_visitor"),
            models.Index(fields=["state", "starts_at"], name="visit_by_state"),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(VISIT_MOVES)),
            pgtrigger.Trigger(
                name="begins", when=pgtrigger.Before, operation=pgtrigger.Insert,
                func="""
                IF NEW.state NOT IN ('waiting', 'requested') THEN RAISE EXCEPTION 'a visit begins by being asked for'; END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="fits", when=pgtrigger.Before, operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("room", "int"), ("found", "text"), ("held", "int")], func=_FITS,
            ),
            pgtrigger.Trigger(name="kept", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=_KEPT),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.facility_id} {self.starts_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("resources:visit_detail", args=[self.pk])
