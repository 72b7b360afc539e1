"""Meetings of an expo: two people at a table from one instant to another; requests for one, and runs of the plan. Read next: ../matching.py.

Whatever takes time of somebody is a row here, a request that waits for its answer too: so two constraints keep a table and a
person from being in two places at one time.
"""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse

from expos.states import (
    MEETING_MOVES,
    MEETING_TAKES,
    REQUEST_MOVES,
    RUN_GOES,
    RUN_MOVES,
    MeetingState,
    RequestState,
    RunState,
    UnmetWhy,
)
from platform_site.states import transitions

_KEPT = """
    IF TG_OP = 'DELETE' OR ROW(NEW.expo_id, NEW.table_id, NEW.starts_at, NEW.ends_at, NEW.made_at) IS DISTINCT FROM
        ROW(OLD.expo_id, OLD.table_id, OLD.starts_at, OLD.ends_at, OLD.made_at) THEN
        RAISE EXCEPTION 'a meeting is not moved: it is cancelled, and another made';
    END IF;
    IF NEW.replaced_by_id IS NOT NULL AND OLD.replaced_by_id IS NULL AND OLD.state <> 'proposed' THEN
        RAISE EXCEPTION 'a plan replaces nothing that anybody has confirmed';
    END IF;
    RETURN NEW;
"""
# A person's row says when and whether it takes time; both follow the meeting, whatever is written.
_FOLLOWS = """
    SELECT starts_at, ends_at, state <> 'cancelled' INTO NEW.starts_at, NEW.ends_at, NEW.takes
        FROM expos_expomeeting WHERE id = NEW.meeting_id;
    IF TG_OP = 'UPDATE' AND ROW(NEW.meeting_id, NEW.profile_id) IS DISTINCT FROM ROW(OLD.meeting_id, OLD.profile_id) THEN
        RAISE EXCEPTION 'who meets does not change';
    END IF;
    RETURN NEW;
"""
_RELEASES = """
    UPDATE expos_meetingperson SET takes = (NEW.state <> 'cancelled') WHERE meeting_id = NEW.id;
    RETURN NULL;
"""
_TWO = """
    IF (SELECT count(*) FROM expos_meetingperson WHERE meeting_id = NEW.meeting_id) > 2 THEN
        RAISE EXCEPTION 'a meeting is of two people';
    END IF;
    IF EXISTS (SELECT 1 FROM expos_expomeeting m, expos_meetingprofile p, expos_registration r WHERE m.id = NEW.meeting_id
        AND p.id = NEW.profile_id AND r.id = p.registration_id AND r.expo_id <> m.expo_id) THEN
        RAISE EXCEPTION 'who meets is at the same expo';
    END IF;
    RETURN NULL;
"""


class _Moments(Func):
    function = "tstzrange"
    output_field = DateTimeRangeField()


class MatchRun(models.Model):
    """One reckoning of the plan, in the worker. `since`: only slots from then on are planned."""

    expo = models.ForeignKey("expos.Expo", on_delete=models.PROTECT, related_name="match_runs")
    state = models.CharField(max_length=12, choices=RunState, default=RunState.QUEUED)
    since = models.DateTimeField()
    share = models.FloatField(default=0)  # done of one
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    seconds = models.FloatField(null=True, blank=True)
    people = models.PositiveIntegerField(default=0)
    wishes = models.PositiveIntegerField(default=0)
    met = models.PositiveIntegerField(default=0)  # wishes
    served = models.PositiveIntegerField(default=0)  # people with one wish met or more
    value = models.PositiveIntegerField(default=0)  # points of matching.py
    greedy = models.PositiveIntegerField(default=0)
    bound = models.FloatField(default=0)
    placed = models.JSONField(default=list, blank=True)  # [one profile, other profile, beginning, table]
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="match_run_state_known"),
            models.CheckConstraint(condition=Q(share__range=(0, 1)), name="match_run_share"),
            models.UniqueConstraint(fields=["expo"], condition=Q(state__in=RUN_GOES), name="match_run_one_at_a_time"),
        ]
        triggers = [pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(RUN_MOVES))]

    def __str__(self) -> str:
        return f"{self.expo_id} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("expos:match_run_detail", args=[self.expo.year, self.pk])


class UnmetWish(models.Model):
    """A wish that a run did not meet, and why: how many slots both have, and in how many each obstacle stands."""

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="unmet")
    by = models.ForeignKey("expos.MeetingProfile", on_delete=models.CASCADE, related_name="unmet")
    whom = models.ForeignKey("expos.MeetingProfile", on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=12, choices=UnmetWhy)
    common = models.PositiveSmallIntegerField(default=0)
    by_taken = models.PositiveSmallIntegerField(default=0)
    whom_taken = models.PositiveSmallIntegerField(default=0)
    full = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["why", "id"]
        constraints = [
            models.UniqueConstraint(fields=["run", "by", "whom"], name="unmet_wish_once"),
            models.CheckConstraint(condition=Q(why__in=UnmetWhy.values), name="unmet_wish_why_known"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.by_id} {self.whom_id}"


class ExpoMeeting(models.Model):
    """Two people at a table. `changes` is the SEQUENCE of its calendar entry."""

    expo = models.ForeignKey("expos.Expo", on_delete=models.PROTECT, related_name="meetings")
    table = models.ForeignKey("expos.MeetingTable", on_delete=models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=MeetingState)
    run = models.ForeignKey(MatchRun, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings")
    replaced_by = models.ForeignKey(MatchRun, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    changes = models.PositiveSmallIntegerField(default=0)
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at", "table"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MeetingState.values), name="expo_meeting_state_known"),
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="expo_meeting_in_order"),
            ExclusionConstraint(
                name="meeting_table_one_meeting_at_a_time",
                expressions=[
                    ("table", RangeOperators.EQUAL),
                    (_Moments(F("starts_at"), F("ends_at")), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=MEETING_TAKES),
            ),
        ]
        indexes = [models.Index(fields=["expo", "state", "starts_at"], name="expo_meeting_by_time")]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(MEETING_MOVES)),
            pgtrigger.Trigger(name="kept", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=_KEPT),
            pgtrigger.Trigger(name="releases", when=pgtrigger.After, operation=pgtrigger.UpdateOf("state"), func=_RELEASES),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.expo_id} {self.starts_at:%Y-%m-%d %H:%M} {self.table_id}"

    def get_absolute_url(self) -> str:
        return reverse("expos:meeting_detail", args=[self.expo.year, self.pk])


class MeetingPerson(models.Model):
    """One of the two. Times and `takes` are the meeting's, kept by the database for the constraint."""

    meeting = models.ForeignKey(ExpoMeeting, on_delete=models.PROTECT, related_name="people")
    profile = models.ForeignKey("expos.MeetingProfile", on_delete=models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    takes = models.BooleanField(default=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    is_interested = models.BooleanField(null=True)  # said after the meeting; seen by the two

    class Meta:
        ordering = ["meeting", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "profile"], name="meeting_person_once"),
            ExclusionConstraint(
                name="meeting_person_one_place_at_a_time",
                expressions=[
                    ("profile", RangeOperators.EQUAL),
                    (_Moments(F("starts_at"), F("ends_at")), RangeOperators.OVERLAPS),
                ],
                condition=Q(takes=True),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(name="follows", when=pgtrigger.Before, operation=pgtrigger.Insert | pgtrigger.Update, func=_FOLLOWS),
            pgtrigger.Trigger(name="two", when=pgtrigger.After, operation=pgtrigger.Insert, func=_TWO),
            pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Delete),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.profile_id}"


class MeetingRequest(models.Model):
    """Somebody asks somebody for a time; `meeting` holds it for both and a table until `holds_until`."""

    meeting = models.OneToOneField(ExpoMeeting, on_delete=models.PROTECT, related_name="request")
    by = models.ForeignKey("expos.MeetingProfile", on_delete=models.PROTECT, related_name="requests_made")
    whom = models.ForeignKey("expos.MeetingProfile", on_delete=models.PROTECT, related_name="requests_had")
    message = models.TextField(blank=True)
    listing = models.ForeignKey("patents.Listing", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=RequestState, default=RequestState.PENDING)
    holds_until = models.DateTimeField()
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="meeting_request_state_known"),
            models.CheckConstraint(condition=~Q(by=F("whom")), name="meeting_request_another"),
            models.UniqueConstraint(
                fields=["by", "whom"], condition=Q(state="pending"), name="meeting_request_one_open"
            ),
        ]
        indexes = [models.Index(fields=["state", "holds_until"], name="meeting_request_by_clock")]
        triggers = [pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(REQUEST_MOVES))]

    def __str__(self) -> str:
        return f"{self.by_id} {self.whom_id}"
