"""What a meeting goes by: the papers of its items, and who was there from when to when. Read next: ballot.py."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from .group import Seat, UnderMandate
from .meeting import AgendaItem, Meeting

# Who came is on record; only when they left, once, is written later.
_PRESENCE_KEPT = """
    IF TG_OP = 'DELETE' OR OLD.left_at IS NOT NULL OR ROW(NEW.meeting_id, NEW.seat_id, NEW.holder_id, NEW.deputy_id,
        NEW.came_at, NEW.entered_by_id) IS DISTINCT FROM ROW(OLD.meeting_id, OLD.seat_id, OLD.holder_id, OLD.deputy_id,
        OLD.came_at, OLD.entered_by_id) THEN
        RAISE EXCEPTION 'who was there is on record';
    END IF;
    RETURN NEW;
"""


class ItemPaper(models.Model):
    """A paper of an agenda item: for the seats, their liaison officers and the group's office."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="papers")
    file = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["item", "id"]
        triggers = [pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.title


class _MomentRange(Func):
    function = "tstzrange"
    output_field = DateTimeRangeField()


class Presence(UnderMandate):
    """A seat in the room, by its holder or deputy, from one instant to another; the quorum is counted from these rows."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="presences")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    came_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    entered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["meeting", "seat", "came_at"]
        constraints = [
            ExclusionConstraint(
                name="presence_once_at_a_time",
                expressions=[
                    ("meeting", RangeOperators.EQUAL),
                    ("seat", RangeOperators.EQUAL),
                    (_MomentRange(F("came_at"), F("left_at")), RangeOperators.OVERLAPS),
                ],
            ),
            models.UniqueConstraint(fields=["meeting", "seat"], condition=Q(left_at=None), name="presence_one_open"),
            models.CheckConstraint(condition=Q(left_at=None) | Q(left_at__gte=F("came_at")), name="presence_period"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="kept", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=_PRESENCE_KEPT
            )
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} in {self.meeting_id}"
