"""The doors: who keeps them, and who went in and out. Read next: ../actions/passages.py.

A place is the whole venue (place 0) or a hall (its key). A passage is never changed: an error is undone by the opposite
passage. The database numbers the passages of a person at a place, and an odd one is an entry: nobody is inside twice.
It also counts who is inside from passage to passage, so that the answer at the door costs the same for the first
visitor and for the three-thousandth.
"""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from expos.states import Direction

# One number for all entrances of an edition; another part of the portal locks nothing under it.
_LOCK_CLASS = 7_040_008
_COUNTS = f"""
    IF NEW.hall_id IS NULL THEN
        PERFORM pg_advisory_xact_lock({_LOCK_CLASS}, NEW.expo_id::int);
        room := NULL;
    ELSE
        SELECT people, expo_id INTO room, other FROM expos_hall WHERE id = NEW.hall_id FOR NO KEY UPDATE;
        IF other <> NEW.expo_id THEN RAISE EXCEPTION 'the hall is another expo''s'; END IF;
    END IF;
    SELECT expo_id, state, confirmed_at IS NOT NULL INTO other, found, sure FROM expos_registration
        WHERE id = NEW.registration_id FOR NO KEY UPDATE;
    IF other <> NEW.expo_id THEN RAISE EXCEPTION 'the badge is another expo''s'; END IF;
    IF NEW.direction = 'in' AND NEW.undoes_id IS NULL AND (found <> 'registered' OR NOT sure) THEN
        RAISE EXCEPTION 'the badge does not let in' USING ERRCODE = 'check_violation', CONSTRAINT = 'passage_by_right';
    END IF;
    SELECT place_nth, inside INTO last_nth, now_inside FROM expos_passage
        WHERE expo_id = NEW.expo_id AND place = NEW.place ORDER BY place_nth DESC LIMIT 1;
    NEW.place_nth := coalesce(last_nth, 0) + 1;
    NEW.inside := coalesce(now_inside, 0) + CASE WHEN NEW.direction = 'in' THEN 1 ELSE -1 END;
    IF NEW.direction = 'in' AND NEW.inside > room THEN
        RAISE EXCEPTION 'more people than the hall takes' USING ERRCODE = 'check_violation', CONSTRAINT = 'passage_fits';
    END IF;
    SELECT id, nth INTO last_id, last_nth FROM expos_passage
        WHERE registration_id = NEW.registration_id AND place = NEW.place ORDER BY nth DESC LIMIT 1;
    IF NEW.nth <> coalesce(last_nth, 0) + 1 AND NEW.nth <> coalesce(last_nth, 0) THEN
        RAISE EXCEPTION 'a passage follows the one before';
    END IF;
    IF NEW.undoes_id IS NOT NULL AND NEW.undoes_id IS DISTINCT FROM last_id THEN
        RAISE EXCEPTION 'only the last passage can be undone';
    END IF;
    RETURN NEW;
"""


class _Days(Func):
    function = "daterange"
    output_field = DateRangeField()
    template = "%(function)s(%(expressions)s, '[]')"


class DoorKeeper(models.Model):
    """A helper whom the host lets keep its doors on some days."""

    expo = models.ForeignKey("expos.Expo", on_delete=models.PROTECT, related_name="keepers")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    last_on = models.DateField()  # the last day is one of them
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["expo", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("starts_on")), name="keeper_days"),
            ExclusionConstraint(
                name="keeper_once_at_a_time",
                expressions=[
                    ("expo", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    (_Days(F("starts_on"), F("last_on")), RangeOperators.OVERLAPS),
                ],
                condition=Q(ended_at=None),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="kept", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                IF TG_OP = 'DELETE' OR OLD.ended_at IS NOT NULL OR ROW(NEW.expo_id, NEW.user_id, NEW.starts_on, NEW.last_on)
                    IS DISTINCT FROM ROW(OLD.expo_id, OLD.user_id, OLD.starts_on, OLD.last_on) THEN
                    RAISE EXCEPTION 'who kept a door is on record';
                END IF;
                RETURN NEW;
                """,
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.expo_id} {self.user_id}"


class Passage(models.Model):
    """One person through one door. `inside` and `place_nth` are written by the database alone."""

    expo = models.ForeignKey("expos.Expo", on_delete=models.PROTECT, related_name="passages")
    hall = models.ForeignKey("expos.Hall", null=True, blank=True, on_delete=models.PROTECT, related_name="passages")
    place = models.BigIntegerField()  # 0: the venue; else the hall's key
    registration = models.ForeignKey("expos.Registration", on_delete=models.PROTECT, related_name="passages")
    direction = models.CharField(max_length=3, choices=Direction)
    nth = models.PositiveIntegerField()  # of this person at this place: odd in, even out
    place_nth = models.PositiveIntegerField(default=0)  # of this place
    inside = models.PositiveIntegerField(default=0)  # how many are in the place after it
    at = models.DateTimeField()  # at the door; earlier than made_at where the device was offline
    made_at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    client = models.UUIDField(unique=True)  # given by the device, so that sending twice enters once
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by")

    class Meta:
        ordering = ["expo", "place", "-place_nth"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hall=None, place=0) | Q(hall__isnull=False, place=F("hall")), name="passage_place"
            ),
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="passage_direction_known"),
            models.CheckConstraint(
                condition=Q(direction="in") & Q(nth=2 * (F("nth") / 2) + 1)
                | Q(direction="out") & Q(nth=2 * (F("nth") / 2)),
                name="passage_in_turn",
            ),
            models.UniqueConstraint(fields=["registration", "place", "nth"], name="passage_inside_once"),
            models.UniqueConstraint(fields=["expo", "place", "place_nth"], name="passage_counted_once"),
        ]
        indexes = [models.Index(fields=["expo", "place", "at"], name="passage_by_time")]
        triggers = [
            pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="counts", when=pgtrigger.Before, operation=pgtrigger.Insert,
                declare=[
                    ("room", "int"), ("other", "bigint"), ("found", "text"), ("sure", "boolean"), ("last_nth", "int"),
                    ("now_inside", "int"), ("last_id", "bigint"),
                ],
                func=_COUNTS,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.registration_id} {self.direction} {self.place}"


class ScanBatch(models.Model):
    """What a device kept while it was offline and sent later, with what became of each scan."""

    expo = models.ForeignKey("expos.Expo", on_delete=models.PROTECT, related_name="scan_batches")
    hall = models.ForeignKey("expos.Hall", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    rows = models.JSONField()  # [{code, direction, at, client, fate, reason}]

    class Meta:
        ordering = ["expo", "-id"]
        triggers = [pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.expo_id} {self.pk}"
