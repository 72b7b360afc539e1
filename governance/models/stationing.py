"""Stationing (入驻): a patentee asks for places at a facility to industrialise a patent, and takes them over a period. Read next: ../actions/stationings.py.

Application and stay are one record: who is accepted holds the places from that instant, and the database never lets more
places, square metres or kilowatts be held on any day than the facility has.
"""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from governance.states import STATIONING_HOLDS, STATIONING_MOVES, StationingState
from platform_site.states import transitions

from .facility import names

_FITS = f"""
    IF NEW.state NOT IN ({names(STATIONING_HOLDS)}) OR TG_OP = 'UPDATE' AND OLD.state IN ({names(STATIONING_HOLDS)})
        AND NEW.starts_on >= OLD.starts_on AND NEW.ends_on <= OLD.ends_on AND NEW.places <= OLD.places
        AND NEW.area_m2 <= OLD.area_m2 AND NEW.power_kw <= OLD.power_kw THEN
        RETURN NEW;
    END IF;
    SELECT * INTO has FROM governance_facility WHERE id = NEW.facility_id FOR NO KEY UPDATE;
    IF has.state <> 'open' THEN
        RAISE EXCEPTION 'nobody moves into a closed facility';
    END IF;
    SELECT max(taken.places) AS places, max(taken.area) AS area, max(taken.power) AS power INTO held FROM (
        SELECT NEW.starts_on AS day UNION SELECT starts_on FROM governance_stationing
        WHERE facility_id = NEW.facility_id AND state IN ({names(STATIONING_HOLDS)})
        AND starts_on > NEW.starts_on AND starts_on < NEW.ends_on
    ) AS edge CROSS JOIN LATERAL (
        SELECT coalesce(sum(other.places), 0) AS places, coalesce(sum(other.area_m2), 0) AS area,
            coalesce(sum(other.power_kw), 0) AS power FROM governance_stationing AS other
        WHERE other.facility_id = NEW.facility_id AND other.id <> NEW.id AND other.state IN ({names(STATIONING_HOLDS)})
        AND other.starts_on <= edge.day AND other.ends_on > edge.day
    ) AS taken;
    IF held.places + NEW.places > has.places OR held.area + NEW.area_m2 > coalesce(has.area_m2, 0)
        OR held.power + NEW.power_kw > coalesce(has.power_kw, 0) THEN
        RAISE EXCEPTION 'more than the facility has' USING ERRCODE = 'exclusion_violation',
            CONSTRAINT = 'stationing_fits', TABLE = 'governance_stationing';
    END IF;
    RETURN NEW;
"""
_BEGINS = """
    IF NEW.state <> 'submitted' THEN
        RAISE EXCEPTION 'a stationing begins with an application';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM patents_listing WHERE id = NEW.listing_id AND owner_id = NEW.applicant_id AND state = 'published'
    ) THEN
        RAISE EXCEPTION 'a stationing industrialises a patent of the applicant that is on the market';
    END IF;
    RETURN NEW;
"""
_KEPT = """
    IF TG_OP = 'DELETE' OR ROW(NEW.facility_id, NEW.applicant_id, NEW.listing_id, NEW.made_at, NEW.purpose, NEW.from_province_id,
        NEW.asked_from, NEW.asked_until, NEW.places, NEW.area_m2, NEW.power_kw) IS DISTINCT FROM ROW(OLD.facility_id,
        OLD.applicant_id, OLD.listing_id, OLD.made_at, OLD.purpose, OLD.from_province_id, OLD.asked_from, OLD.asked_until,
        OLD.places, OLD.area_m2, OLD.power_kw) OR OLD.signed_on IS NOT NULL AND ROW(NEW.contract, NEW.signed_on, NEW.starts_on)
        IS DISTINCT FROM ROW(OLD.contract, OLD.signed_on, OLD.starts_on) THEN
        RAISE EXCEPTION 'what was applied for and signed is on record';
    END IF;
    RETURN NEW;
"""


class Stationing(models.Model):
    """One stay, from the application to its end; those who wait stand in the order of their keys."""

    facility = models.ForeignKey("governance.Facility", on_delete=models.PROTECT, related_name="stationings")
    applicant = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    listing = models.ForeignKey(
        "patents.Listing", on_delete=models.PROTECT, related_name="+"
    )  # the patent it industrialises
    from_province = models.ForeignKey(  # where the applicant was from when it was asked for; none: outside the six
        "regions.Province", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    places = models.PositiveSmallIntegerField()
    area_m2 = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    power_kw = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    equipment = models.CharField(max_length=300, blank=True)  # wanted, in words
    purpose = models.TextField()
    asked_from = models.DateField()  # the period that was asked for, half-open
    asked_until = models.DateField()
    starts_on = models.DateField()  # the period that is taken, half-open; cut where the stay ended earlier
    ends_on = models.DateField()
    state = models.CharField(max_length=12, choices=StationingState, default=StationingState.SUBMITTED)
    made_at = models.DateTimeField()
    due_on = models.DateField()  # by which the application is decided: working days
    decided_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)  # of the decision
    moved_up_at = models.DateTimeField(null=True, blank=True)
    contract = models.CharField(max_length=60, blank=True)  # number of the contract of stationing
    signed_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(blank=True)  # why it ended, what came of it

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=StationingState.values), name="stationing_state_known"),
            models.CheckConstraint(condition=Q(places__gt=0, area_m2__gte=0, power_kw__gte=0), name="stationing_amounts"),
            models.CheckConstraint(
                condition=Q(asked_from__lt=F("asked_until"), starts_on__lte=F("ends_on")), name="stationing_in_order"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["submitted", "withdrawn"]) | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="stationing_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("applicant")), name="stationing_decided_by_another"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["declined", "waiting_list"]) | ~Q(reason=""), name="stationing_refused_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["stationed", "graduated", "exited"])
                | Q(signed_on__isnull=False) & ~Q(contract=""),
                name="stationing_signed_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["graduated", "exited"], ended_at__isnull=False) & ~Q(outcome="")
                | ~Q(state__in=["graduated", "exited"]) & Q(ended_at=None),
                name="stationing_ended_whole",
            ),
            models.UniqueConstraint(
                fields=["facility", "listing"], condition=Q(state__in=["submitted", "waiting_list", "accepted", "stationed"]),
                name="stationing_once_for_a_listing",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["facility", "state"], name="stationing_by_facility"),
            models.Index(fields=["applicant", "-made_at"], name="stationing_by_applicant"),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(STATIONING_MOVES)),
            pgtrigger.Trigger(name="begins", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_BEGINS),
            pgtrigger.Trigger(
                name="fits", when=pgtrigger.Before, operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("has", "record"), ("held", "record")], func=_FITS,
            ),
            pgtrigger.Trigger(name="kept", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=_KEPT),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.facility_id} {self.listing_id} {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("resources:stationing_detail", args=[self.pk])


class StationingMilestone(models.Model):
    """What the contract says is reached by when; confirmed once by whoever keeps the facility."""

    stationing = models.ForeignKey(Stationing, on_delete=models.PROTECT, related_name="milestones")
    title = models.CharField(max_length=160)
    due_on = models.DateField()
    done_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_by=None, done_at=None) | Q(done_by__isnull=False, done_at__isnull=False),
                name="station_milestone_whole",
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="kept", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                IF TG_OP = 'DELETE' OR OLD.done_at IS NOT NULL OR ROW(NEW.stationing_id, NEW.title, NEW.due_on)
                    IS DISTINCT FROM ROW(OLD.stationing_id, OLD.title, OLD.due_on) THEN
                    RAISE EXCEPTION 'a milestone is reached once';
                END IF;
                RETURN NEW;
                """,
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


class StationingReport(models.Model):
    """What the resident says of the work, for those who keep the facility."""

    stationing = models.ForeignKey(Stationing, on_delete=models.PROTECT, related_name="reports")
    words = models.TextField()
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="station_report_has_words")]
        triggers = [pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.stationing_id}: {self.made_at}"
