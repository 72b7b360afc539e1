"""What a province lends to patentees of all six: bases, incubators, centres, laboratories, pilot lines, experts. Read next: visit.py.

How many people may visit at once and how many places, square metres and kilowatts may be taken are kept here; who takes
them is counted from the visits and stationings, and never exceeds them (their triggers, and `holds_what_is_taken`).
"""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, IntegerRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils.translation import get_language

from governance.states import FACILITY_MOVES, STATIONING_HOLDS, VISIT_AHEAD, VISIT_HOLDS, FacilityKind, FacilityState
from platform_site.regions.cities import city_name
from platform_site.states import transitions

DAY_MINUTES = 24 * 60


def names(values: tuple[str, ...]) -> str:
    """As a list of SQL."""
    return ", ".join(f"'{value}'" for value in values)


# What was promised is kept: no capacity sinks below what is taken from now on, and nothing closes under its guests.
_HOLDS_WHAT_IS_TAKEN = f"""
    IF NEW.state = 'closed' AND OLD.state = 'open' AND (
        EXISTS (SELECT 1 FROM governance_visit WHERE facility_id = NEW.id AND ends_at > clock_timestamp()
            AND state IN ('waiting', {names(VISIT_AHEAD)}))
        OR EXISTS (SELECT 1 FROM governance_stationing WHERE facility_id = NEW.id
            AND state IN ('submitted', 'waiting_list', 'accepted', 'stationed'))
    ) THEN
        RAISE EXCEPTION 'a facility is not closed while somebody is there or expected';
    END IF;
    IF NEW.visitors < OLD.visitors AND EXISTS (
        SELECT 1 FROM governance_visit AS edge WHERE edge.facility_id = NEW.id AND edge.ends_at > clock_timestamp()
        AND edge.state IN ({names(VISIT_HOLDS)}) AND (
            SELECT sum(other.people) FROM governance_visit AS other WHERE other.facility_id = NEW.id
            AND other.state IN ({names(VISIT_HOLDS)}) AND other.starts_at <= edge.starts_at AND other.ends_at > edge.starts_at
        ) > NEW.visitors
    ) THEN
        RAISE EXCEPTION 'more visitors are expected than that';
    END IF;
    IF (NEW.places < OLD.places OR NEW.area_m2 IS DISTINCT FROM OLD.area_m2 OR NEW.power_kw IS DISTINCT FROM OLD.power_kw)
    AND EXISTS (
        SELECT 1 FROM governance_stationing AS edge CROSS JOIN LATERAL (
            SELECT sum(other.places) AS places, sum(other.area_m2) AS area, sum(other.power_kw) AS power
            FROM governance_stationing AS other WHERE other.facility_id = NEW.id AND other.state IN ({names(STATIONING_HOLDS)})
            AND other.starts_on <= edge.starts_on AND other.ends_on > edge.starts_on
        ) AS taken
        WHERE edge.facility_id = NEW.id AND edge.state IN ({names(STATIONING_HOLDS)})
        AND edge.ends_on > (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date AND edge.ends_on > edge.starts_on
        AND (taken.places > NEW.places OR taken.area > coalesce(NEW.area_m2, 0) OR taken.power > coalesce(NEW.power_kw, 0))
    ) THEN
        RAISE EXCEPTION 'more places are taken than that';
    END IF;
    RETURN NEW;
"""


class Facility(models.Model):
    """One place (or person) that can be visited, worked in, or both. Its address is its slug."""

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=12, choices=FacilityKind)
    state = models.CharField(max_length=8, choices=FacilityState, default=FacilityState.OPEN)
    province = models.ForeignKey("regions.Province", on_delete=models.PROTECT, related_name="+")
    city_code = models.CharField(max_length=6, blank=True)  # GB/T 2260
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=200, blank=True)
    address_zh = models.CharField(max_length=160, blank=True)
    address_en = models.CharField(max_length=240, blank=True)
    about_zh = models.TextField(blank=True)
    about_en = models.TextField(blank=True)
    services_zh = models.TextField(blank=True)
    services_en = models.TextField(blank=True)
    visitors = models.PositiveSmallIntegerField()  # people who may visit at once; 0: none do
    places = models.PositiveSmallIntegerField(default=0)  # for stationing; 0: none is offered
    area_m2 = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)  # for stationing and making
    power_kw = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    permits = ArrayField(
        models.CharField(max_length=120), default=list, blank=True
    )  # held, as an office would name them
    languages = ArrayField(models.CharField(max_length=10), default=list, blank=True)  # spoken: zh, en
    contact = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    slot_minutes = models.PositiveSmallIntegerField(default=120)  # how long one visit lasts
    keeps_holidays = models.BooleanField(default=True)  # closed on the mainland's public holidays
    facts = models.JSONField(default=dict, blank=True)  # of its kind alone: facility_kinds.KIND_FACTS
    doc = SearchVectorField(null=True)  # both languages, equipment included; written with the text
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closing_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["province", "slug"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=FacilityState.values), name="facility_state_known"),
            models.CheckConstraint(condition=Q(kind__in=FacilityKind.values), name="facility_kind_known"),
            models.CheckConstraint(condition=~Q(name_zh=""), name="facility_has_name"),
            models.CheckConstraint(condition=Q(slot_minutes__range=(15, 600)), name="facility_slot_minutes"),
            models.CheckConstraint(
                condition=Q(area_m2=None) | Q(area_m2__gt=0), name="facility_area_positive"
            ),
            models.CheckConstraint(condition=Q(power_kw=None) | Q(power_kw__gt=0), name="facility_power_positive"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | Q(state="closed", closed_at__isnull=False) & ~Q(closing_reason=""),
                name="facility_closed_with_reason",
            ),
        ]  # fmt: skip
        indexes = [
            GinIndex(fields=["doc"], name="facility_doc", fastupdate=False),
            models.Index(fields=["state", "province", "kind"], name="facility_facets"),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(FACILITY_MOVES)),
            pgtrigger.Trigger(
                name="holds_what_is_taken", when=pgtrigger.Before, operation=pgtrigger.Update, func=_HOLDS_WHAT_IS_TAKEN
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("resources:facility_detail", args=[self.slug])

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name_zh

    @property
    def is_open(self) -> bool:
        return self.state == FacilityState.OPEN

    @property
    def city(self) -> str:
        return city_name(self.city_code)


class Equipment(models.Model):
    """What can be used there, by the piece."""

    facility = models.ForeignKey(Facility, on_delete=models.CASCADE, related_name="equipment")
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160, blank=True)
    pieces = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["facility", "id"]
        constraints = [
            models.UniqueConstraint(fields=["facility", "name_zh"], name="equipment_once"),
            models.CheckConstraint(condition=Q(pieces__gt=0), name="equipment_pieces"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name_zh


class _Minutes(Func):
    function = "int4range"
    output_field = IntegerRangeField()


class OpeningHours(models.Model):
    """A stretch of every such weekday, half-open, in minutes of the day in Shanghai."""

    facility = models.ForeignKey(Facility, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()  # 0 is Monday
    opens = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["facility", "weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="hours_weekday"),
            models.CheckConstraint(condition=Q(opens__lt=F("closes"), closes__lte=DAY_MINUTES), name="hours_in_order"),
            ExclusionConstraint(
                name="hours_once_at_a_time",
                expressions=[
                    ("facility", RangeOperators.EQUAL),
                    ("weekday", RangeOperators.EQUAL),
                    (_Minutes(F("opens"), F("closes")), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens}–{self.closes}"


class OpeningException(models.Model):
    """A day that differs: closed, or open for one stretch, holiday or not."""

    facility = models.ForeignKey(Facility, on_delete=models.CASCADE, related_name="exceptions")
    day = models.DateField()
    opens = models.PositiveSmallIntegerField(null=True, blank=True)  # none: closed
    closes = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["facility", "day"]
        constraints = [
            models.UniqueConstraint(fields=["facility", "day"], name="exception_once_a_day"),
            models.CheckConstraint(
                condition=Q(opens=None, closes=None)
                | Q(opens__isnull=False, closes__isnull=False, opens__lt=F("closes"), closes__lte=DAY_MINUTES),
                name="exception_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.opens}–{self.closes}"


class FacilityPicture(models.Model):
    """Public with the facility."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="pictures")
    file = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)

    class Meta:
        ordering = ["facility", "id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("resources:picture_detail", args=[self.pk])


class FacilityManager(models.Model):
    """Who keeps one facility beside the officers of its province, until taken off."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="managers")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["facility", "named_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["facility", "user"], condition=Q(ended_at=None), name="manager_once"),
            models.CheckConstraint(condition=Q(ended_at=None) | Q(ended_at__gte=F("named_at")), name="manager_period"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="kept", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                IF TG_OP = 'DELETE' OR OLD.ended_at IS NOT NULL OR ROW(NEW.facility_id, NEW.user_id, NEW.named_by_id,
                    NEW.named_at) IS DISTINCT FROM ROW(OLD.facility_id, OLD.user_id, OLD.named_by_id, OLD.named_at) THEN
                    RAISE EXCEPTION 'who kept a facility is on record';
                END IF;
                RETURN NEW;
                """,
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.facility_id}: {self.user_id}"


class FacilitySheet(models.Model):
    """A table of facilities that an officer brought, judged row by row; the good rows are written once."""

    province = models.ForeignKey("regions.Province", on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    rows = models.JSONField()  # [{line, cells, slug (once written), reason}], as it was judged
    created_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        triggers = [
            pgtrigger.Trigger(
                name="written_once", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                IF TG_OP = 'DELETE' OR OLD.written_at IS NOT NULL THEN
                    RAISE EXCEPTION 'a sheet is written once';
                END IF;
                RETURN NEW;
                """,
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("resources:facility_sheet", args=[self.pk])
