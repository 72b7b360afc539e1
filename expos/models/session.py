"""What is held at an expo, where and when, and who speaks: the draft, of which versions are released. Read next: programme.py.

A session has a room and a half-open stretch of time, or is unplaced. The database never has a room or a speaker in two
places at one time: the stretch of a session is kept on the rows of its speakers by a trigger, and both tables exclude overlaps.
"""

import uuid

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils.translation import get_language

from expos.states import SESSION_MOVES, SessionKind, SessionState, SpeakerRole
from platform_site.states import transitions

# The expo is held by a shared lock meanwhile, so that its days do not move away from under a session that is being placed.
_IN_ITS_EXPO = """
    IF TG_OP = 'UPDATE' AND ROW(NEW.expo_id, NEW.guid) IS DISTINCT FROM ROW(OLD.expo_id, OLD.guid) THEN
        RAISE EXCEPTION 'a session keeps its expo and its guid';
    END IF;
    IF NEW.room_id IS NULL THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM expos_room WHERE id = NEW.room_id AND expo_id = NEW.expo_id) THEN
        RAISE EXCEPTION 'a room of another expo';
    END IF;
    SELECT starts_on, last_on INTO first, last FROM expos_expo WHERE id = NEW.expo_id FOR SHARE;
    IF first IS NULL OR NEW.starts_at < (first::timestamp AT TIME ZONE 'Asia/Shanghai')
        OR NEW.ends_at > ((last + 1)::timestamp AT TIME ZONE 'Asia/Shanghai') THEN
        RAISE EXCEPTION 'a session lies within the days of its expo' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'session_within_days', TABLE = 'expos_session';
    END IF;
    RETURN NEW;
"""
_SPEAKERS_FOLLOW = """
    UPDATE expos_sessionspeaker SET starts_at = NULL WHERE session_id = NEW.id;
    RETURN NEW;
"""
# Whatever is written as the stretch of a speaker's row, it is that of the session; none while that is unplaced or cancelled.
_AS_THE_SESSION = """
    SELECT CASE WHEN state = 'planned' THEN starts_at END, CASE WHEN state = 'planned' THEN ends_at END, expo_id
        INTO NEW.starts_at, NEW.ends_at, at_expo FROM expos_session WHERE id = NEW.session_id FOR SHARE;
    IF NOT EXISTS (SELECT 1 FROM expos_speaker WHERE id = NEW.speaker_id AND expo_id = at_expo) THEN
        RAISE EXCEPTION 'a speaker of another expo';
    END IF;
    RETURN NEW;
"""


class _Moments(Func):
    function = "tstzrange"
    output_field = DateTimeRangeField()


class Speaker(models.Model):
    """Somebody who speaks at one edition; `number` is what other programs know the person by."""

    expo = models.ForeignKey("expos.Expo", on_delete=models.PROTECT, related_name="speakers")
    number = models.PositiveBigIntegerField()
    external_id = models.CharField(max_length=80, blank=True)  # in the file it was imported from
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    unit_zh = models.CharField(max_length=200, blank=True)
    unit_en = models.CharField(max_length=200, blank=True)
    bio_zh = models.TextField(blank=True)
    bio_en = models.TextField(blank=True)
    photo = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    extra = models.JSONField(default=dict, blank=True)  # what an imported file says of the person besides

    class Meta:
        ordering = ["expo", "name_zh", "id"]
        constraints = [models.UniqueConstraint(fields=["expo", "number"], name="speaker_number_once")]
        indexes = [models.Index(fields=["expo", "external_id"], name="speaker_by_external")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name_zh

    @property
    def unit(self) -> str:
        return self.unit_en if get_language() == "en" and self.unit_en else self.unit_zh


class Session(models.Model):
    """One item of the programme as its host plans it; readers see the released versions alone."""

    expo = models.ForeignKey("expos.Expo", on_delete=models.PROTECT, related_name="sessions")
    guid = models.UUIDField(default=uuid.uuid4)
    number = models.PositiveBigIntegerField()  # what other programs know it by
    external_id = models.CharField(max_length=80, blank=True)  # in the file it was imported from
    kind = models.CharField(max_length=12, choices=SessionKind)
    title_zh = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    abstract_zh = models.TextField(blank=True)
    abstract_en = models.TextField(blank=True)
    language = models.CharField(max_length=20, blank=True)  # in which it is held: zh, en
    topic = models.CharField(max_length=120, blank=True)  # the track
    room = models.ForeignKey("expos.Room", null=True, blank=True, on_delete=models.PROTECT, related_name="sessions")
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    expected = models.PositiveIntegerField(null=True, blank=True)  # visitors
    listing = models.ForeignKey("patents.Listing", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    exhibit = models.ForeignKey("expos.Exhibit", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=SessionState, default=SessionState.PLANNED)
    reason = models.TextField(blank=True)  # why it was cancelled
    extra = models.JSONField(default=dict, blank=True)  # what an imported file says of it besides
    speakers = models.ManyToManyField(Speaker, through="SessionSpeaker", related_name="sessions")
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["expo", "starts_at", "room__place", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SessionState.values), name="session_state_known"),
            models.CheckConstraint(condition=Q(kind__in=SessionKind.values), name="session_kind_known"),
            models.CheckConstraint(
                condition=Q(room=None, starts_at=None, ends_at=None)
                | Q(room__isnull=False, starts_at__isnull=False, ends_at__isnull=False, starts_at__lt=F("ends_at")),
                name="session_placed_whole",
            ),
            models.CheckConstraint(condition=Q(state="planned") | ~Q(reason=""), name="session_cancelled_with_reason"),
            models.UniqueConstraint(fields=["expo", "guid"], name="session_guid_once"),
            models.UniqueConstraint(fields=["expo", "number"], name="session_number_once"),
            ExclusionConstraint(
                name="room_one_session_at_a_time",
                expressions=[
                    ("room", RangeOperators.EQUAL),
                    (_Moments(F("starts_at"), F("ends_at")), RangeOperators.OVERLAPS),
                ],
                condition=Q(state="planned", room__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(SESSION_MOVES)),
            pgtrigger.Trigger(
                name="in_its_expo", when=pgtrigger.Before, operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("first", "date"), ("last", "date")], func=_IN_ITS_EXPO,
            ),
            pgtrigger.Trigger(
                name="speakers_follow", when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("starts_at", "ends_at", "state"), func=_SPEAKERS_FOLLOW,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("expos:session_save", args=[self.expo.year, self.guid])

    @property
    def title(self) -> str:
        return self.title_en if get_language() == "en" and self.title_en else self.title_zh

    @property
    def is_placed(self) -> bool:
        return self.room_id is not None


class SessionSpeaker(models.Model):
    """Who speaks at a session, in the order in which they are named; the stretch is the session's, kept by a trigger."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="speaker_rows")
    speaker = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="session_rows")
    place = models.PositiveSmallIntegerField(default=0)
    role = models.CharField(max_length=12, choices=SpeakerRole, default=SpeakerRole.SPEAKER)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["session", "place", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=SpeakerRole.values), name="session_speaker_role_known"),
            models.UniqueConstraint(fields=["session", "speaker"], name="session_speaker_once"),
            ExclusionConstraint(
                name="speaker_one_session_at_a_time",
                expressions=[
                    ("speaker", RangeOperators.EQUAL),
                    (_Moments(F("starts_at"), F("ends_at")), RangeOperators.OVERLAPS),
                ],
                condition=Q(starts_at__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="as_the_session", when=pgtrigger.Before, operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("at_expo", "bigint")], func=_AS_THE_SESSION,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.session_id} {self.speaker_id}"


class SessionFavourite(models.Model):
    """A member's mark on a session: what is in their own calendar, and whom a change is told to."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="favourites")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "user"], name="session_favourite_once")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.user_id}"
