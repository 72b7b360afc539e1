"""The Leading Group: seven seats, who holds them since when, deputies by act, liaison officers. Read next: directing.py."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from governance.states import SeatKind

NATIONAL = "000000"
# What was said of a period is on record; only its end, once, is written later.
_PERIOD_KEPT = """
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'who held a seat is on record';
    END IF;
    IF ROW(NEW.seat_id, NEW.user_id, NEW.starts_on, NEW.act) IS DISTINCT FROM
        ROW(OLD.seat_id, OLD.user_id, OLD.starts_on, OLD.act)
        OR OLD.ends_on IS NOT NULL AND NEW.ends_on > OLD.ends_on THEN
        RAISE EXCEPTION 'a period is not changed';
    END IF;
    RETURN NEW;
"""


def by_mandate(actor: str) -> str:
    """End of a trigger of what is done for a seat: the mandate is in force `today`, and the column `actor` is whose it is."""
    return f"""
    IF NOT EXISTS (
        SELECT 1 FROM governance_seatholder AS held WHERE held.id = NEW.holder_id AND held.seat_id = NEW.seat_id
        AND held.starts_on <= today AND (held.ends_on IS NULL OR today < held.ends_on)
        AND (NEW.deputy_id IS NOT NULL OR held.user_id = NEW.{actor})
    ) OR NEW.deputy_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM governance_deputy AS acting WHERE acting.id = NEW.deputy_id AND acting.seat_id = NEW.seat_id
        AND acting.starts_on <= today AND today < acting.ends_on AND acting.user_id = NEW.{actor}
    ) THEN
        RAISE EXCEPTION 'the mandate is over';
    END IF;
    RETURN NEW;
"""


class _DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


def _one_at_a_time(name: str, field: str, condition: Q | None = None) -> ExclusionConstraint:
    """No two periods of the same seat, or person, share a day; half-open."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            (field, RangeOperators.EQUAL),
            (_DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
        ],
        condition=condition,
    )


class LeadingGroup(models.Model):
    """One row: the group of the agreement of 5 July 2007."""

    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    founded_on = models.DateField(unique=True)

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name_zh


class Seat(models.Model):
    """One national, six provincial, all equal; its code is the province's, or 000000."""

    code = models.CharField(max_length=6, primary_key=True)
    group = models.ForeignKey(LeadingGroup, on_delete=models.PROTECT, related_name="seats")
    kind = models.CharField(max_length=20, choices=SeatKind)
    province = models.OneToOneField(
        "regions.Province", null=True, blank=True, on_delete=models.PROTECT, related_name="seat"
    )

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="national", code=NATIONAL, province=None) | Q(kind="provincial", province=F("code")),
                name="seat_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.province.name if self.province else SeatKind.NATIONAL.label)

    @property
    def title(self) -> str:
        """What the seat is called in a sentence."""
        if self.province is None:
            return str(SeatKind.NATIONAL.label)
        return _("%(province)s席位") % {"province": self.province.name}


class _Period(models.Model):
    """A person on a seat from one day to another, by an act that says so."""

    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # the first day on which it is over
    act = models.CharField(max_length=200)  # the letter or decision it rests on
    end_act = models.CharField(max_length=200, blank=True)  # and the one that ended it
    entered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        abstract = True


class SeatHolder(_Period):
    """Who holds a seat; before the portal by name alone, since then with an account."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="holders")
    user = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    post_zh = models.CharField(max_length=80)
    post_en = models.CharField(max_length=120)

    class Meta:
        ordering = ["seat", "-starts_on"]
        constraints = [
            _one_at_a_time("seat_one_holder", "seat"),
            _one_at_a_time("holder_one_seat", "user", Q(user__isnull=False)),
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="holder_period"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="kept", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=_PERIOD_KEPT
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def post(self) -> str:
        return self.post_en if get_language() == "en" else self.post_zh


class Deputy(_Period):
    """Who acts for a seat by an act of its holder, with dates: the seat has still one vote."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="deputies")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["seat", "-starts_on"]
        constraints = [
            _one_at_a_time("seat_one_deputy", "seat"),
            _one_at_a_time("deputy_one_seat", "user"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="deputy_has_an_end"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="kept", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=_PERIOD_KEPT
            )
        ]

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.user_id}"


class LiaisonOfficer(_Period):
    """Who carries papers between a seat's office and the group's office; no vote."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="liaisons")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["seat", "-starts_on"]
        constraints = [
            _one_at_a_time("liaison_one_seat", "user"),
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="liaison_period"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="kept", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=_PERIOD_KEPT
            )
        ]

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.user_id}"


class UnderMandate(models.Model):
    """Whatever is done for a seat says by whose mandate: its holder's, and the deputy's if one acted."""

    holder = models.ForeignKey(SeatHolder, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(Deputy, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
