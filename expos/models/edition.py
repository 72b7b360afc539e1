"""One expo a year: its host, its dates, its halls and rooms, its six delegations. Read next: registration.py."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from expos.states import EXPO_MOVES, ExpoState
from platform_site.states import transitions

FIRST_YEAR = 2007

# An expo that has been announced is not moved to another year or host; its dates stand once it runs.
_KEPT = """
    IF TG_OP = 'DELETE' OR NEW.year <> OLD.year
        OR NEW.host_id <> OLD.host_id AND OLD.state <> 'planned' THEN
        RAISE EXCEPTION 'an expo keeps its year, and its host once it is announced';
    END IF;
    IF OLD.state IN ('running', 'closed', 'reported')
        AND ROW(NEW.starts_on, NEW.last_on, NEW.venue_id) IS DISTINCT FROM ROW(OLD.starts_on, OLD.last_on, OLD.venue_id) THEN
        RAISE EXCEPTION 'an expo that has opened keeps its dates and its venue';
    END IF;
    RETURN NEW;
"""

_HOLDS_ITS_BOOTHS = """
    IF NEW.expo_id <> OLD.expo_id OR EXISTS (
        SELECT 1 FROM expos_booth WHERE hall_id = NEW.id AND (x + width > NEW.width_m OR y + depth > NEW.depth_m
        OR number !~ ('^' || NEW.code || '[0-9]{1,3}$'))
    ) THEN
        RAISE EXCEPTION 'a hall keeps room for its booths, and the letters of their numbers'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'hall_holds_its_booths';
    END IF;
    RETURN NEW;
"""
# Sessions that are placed keep the days of their expo where they are.
_HOLDS_ITS_SESSIONS = """
    IF EXISTS (
        SELECT 1 FROM expos_session WHERE expo_id = NEW.id AND room_id IS NOT NULL
        AND (NEW.starts_on IS NULL OR starts_at < (NEW.starts_on::timestamp AT TIME ZONE 'Asia/Shanghai')
            OR ends_at > ((NEW.last_on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'))
    ) THEN
        RAISE EXCEPTION 'sessions are planned outside these days' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'session_within_days', TABLE = 'expos_session';
    END IF;
    RETURN NEW;
"""


class Venue(models.Model):
    """A place with halls, known to all years."""

    province = models.ForeignKey("regions.Province", on_delete=models.PROTECT, related_name="+")
    city_code = models.CharField(max_length=6)  # GB/T 2260
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=160, blank=True)
    address_zh = models.CharField(max_length=160)
    address_en = models.CharField(max_length=240, blank=True)

    class Meta:
        ordering = ["province", "name_zh"]
        constraints = [models.UniqueConstraint(fields=["province", "name_zh"], name="venue_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name_zh

    @property
    def address(self) -> str:
        return self.address_en if get_language() == "en" and self.address_en else self.address_zh


class Expo(models.Model):
    """The edition of a year. Days are days of Shanghai; it is open from `opens` to `closes` minutes after midnight on each of them."""

    year = models.PositiveSmallIntegerField(unique=True)
    host = models.ForeignKey("regions.Province", on_delete=models.PROTECT, related_name="+")
    theme_zh = models.CharField(max_length=80, blank=True)
    theme_en = models.CharField(max_length=160, blank=True)
    about_zh = models.TextField(blank=True)
    about_en = models.TextField(blank=True)
    venue = models.ForeignKey(Venue, null=True, blank=True, on_delete=models.PROTECT, related_name="expos")
    starts_on = models.DateField(null=True, blank=True)
    last_on = models.DateField(null=True, blank=True)  # the last day is one of the expo
    opens = models.PositiveSmallIntegerField(default=9 * 60)  # minutes after midnight
    closes = models.PositiveSmallIntegerField(default=17 * 60)
    apply_until = models.DateField(null=True, blank=True)  # the last day to apply for a booth
    state = models.CharField(max_length=20, choices=ExpoState, default=ExpoState.PLANNED)
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ExpoState.values), name="expo_state_known"),
            models.CheckConstraint(condition=Q(year__gte=FIRST_YEAR), name="expo_since_2007"),
            models.CheckConstraint(condition=Q(opens__lt=F("closes"), closes__lte=24 * 60), name="expo_hours"),
            models.CheckConstraint(
                condition=Q(starts_on=None, last_on=None)
                | Q(starts_on__isnull=False, last_on__isnull=False, last_on__gte=F("starts_on"))
                & Q(starts_on__year=F("year"), last_on__year=F("year")),
                name="expo_days_of_its_year",
            ),
            models.CheckConstraint(
                condition=Q(apply_until=None) | Q(apply_until__lt=F("starts_on")), name="expo_applications_before"
            ),
            models.CheckConstraint(
                condition=Q(state="planned")
                | Q(venue__isnull=False, starts_on__isnull=False, apply_until__isnull=False),
                name="expo_announced_whole",
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(EXPO_MOVES)),
            pgtrigger.Trigger(name="kept", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=_KEPT),
            pgtrigger.Trigger(
                name="holds_its_sessions", when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("starts_on", "last_on"), func=_HOLDS_ITS_SESSIONS,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return _("%(year)d 年展会") % {"year": self.year}

    def get_absolute_url(self) -> str:
        return reverse("expos:expo_detail", args=[self.year])

    @property
    def label(self) -> str:
        """How the edition is called in a line of links."""
        return str(self)

    @property
    def theme(self) -> str:
        return self.theme_en if get_language() == "en" and self.theme_en else self.theme_zh

    @property
    def about(self) -> str:
        return self.about_en if get_language() == "en" and self.about_en else self.about_zh


class ExpoStep(models.Model):
    """When an expo took a state, and who moved it: its public history."""

    expo = models.ForeignKey(Expo, on_delete=models.PROTECT, related_name="steps")
    reached = models.CharField(max_length=20, choices=ExpoState)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["expo", "reached"], name="expo_step_once")]
        triggers = [pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.expo_id} {self.reached}"


class Hall(models.Model):
    """A hall of one edition, in whole metres from its north-west corner; `people` is how many may be in it at one moment."""

    expo = models.ForeignKey(Expo, on_delete=models.PROTECT, related_name="halls")
    code = models.CharField(max_length=4)  # A, B1: the beginning of its booths' numbers
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120, blank=True)
    width_m = models.PositiveSmallIntegerField()
    depth_m = models.PositiveSmallIntegerField()
    people = models.PositiveIntegerField()

    class Meta:
        ordering = ["expo", "code"]
        constraints = [
            models.UniqueConstraint(fields=["expo", "code"], name="hall_code_once"),
            models.CheckConstraint(condition=Q(code__regex=r"^[A-Z][A-Z0-9]{0,3}$"), name="hall_code"),
            models.CheckConstraint(
                condition=Q(width_m__range=(3, 400), depth_m__range=(3, 400), people__gt=0), name="hall_size"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="holds_its_booths", when=pgtrigger.Before, operation=pgtrigger.Update, func=_HOLDS_ITS_BOOTHS
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name_zh


class Room(models.Model):
    """Where sessions are held: a stage in a hall, or a room of the venue; `seats` is how many it seats."""

    expo = models.ForeignKey(Expo, on_delete=models.PROTECT, related_name="rooms")
    hall = models.ForeignKey(Hall, null=True, blank=True, on_delete=models.PROTECT, related_name="rooms")
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120, blank=True)
    seats = models.PositiveIntegerField()
    place = models.PositiveSmallIntegerField(default=0)  # from left to right in the programme

    class Meta:
        ordering = ["expo", "place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["expo", "name_zh"], name="room_once"),
            models.CheckConstraint(condition=Q(seats__gt=0), name="room_seats"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name_zh


class Delegation(models.Model):
    """One of the six at an expo: it recruits its exhibitors and reviews them first; `booths` is its share of standard booths."""

    expo = models.ForeignKey(Expo, on_delete=models.PROTECT, related_name="delegations")
    province = models.ForeignKey("regions.Province", on_delete=models.PROTECT, related_name="+")
    head = models.CharField(max_length=60, blank=True)
    contact = models.CharField(max_length=120, blank=True)
    call_zh = models.TextField(blank=True)  # what it asks of its exhibitors
    call_en = models.TextField(blank=True)
    booths = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["expo", "province"]
        constraints = [models.UniqueConstraint(fields=["expo", "province"], name="delegation_once")]

    def __str__(self) -> str:
        return f"{self.expo_id} {self.province_id}"

    @property
    def call(self) -> str:
        return self.call_en if get_language() == "en" and self.call_en else self.call_zh
