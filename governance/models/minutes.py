"""What was done at a meeting, assembled from its acts, signed by the seats that were there, amended by an annex alone."""

import pgtrigger
from django.db import models
from django.db.models import Q

from .group import Seat, UnderMandate, by_mandate
from .meeting import Meeting

_TODAY = "today := (NEW.signed_at AT TIME ZONE 'Asia/Shanghai')::date;"
# A second assembly is possible while nobody has signed the first; then the text stands.
_MINUTES_KEPT = """
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'minutes are kept';
    ELSIF TG_OP = 'INSERT' THEN
        IF EXISTS (
            SELECT 1 FROM governance_minutessignature AS signed JOIN governance_minutes AS earlier
            ON earlier.id = signed.minutes_id WHERE earlier.meeting_id = NEW.meeting_id
        ) THEN
            RAISE EXCEPTION 'minutes that were signed are amended by an annex';
        END IF;
    ELSIF ROW(NEW.meeting_id, NEW.version, NEW.data, NEW.digest, NEW.assembled_at, NEW.assembled_by_id)
        IS DISTINCT FROM ROW(OLD.meeting_id, OLD.version, OLD.data, OLD.digest, OLD.assembled_at, OLD.assembled_by_id)
    THEN
        RAISE EXCEPTION 'minutes are frozen';
    END IF;
    RETURN NEW;
"""
_SIGNED_BY_RIGHT = """
    SELECT * INTO paper FROM governance_minutes WHERE id = NEW.minutes_id FOR SHARE;
    IF NEW.digest <> paper.digest OR EXISTS (
        SELECT 1 FROM governance_minutes AS later WHERE later.meeting_id = paper.meeting_id AND later.version > paper.version
    ) THEN
        RAISE EXCEPTION 'what is signed is what was frozen last';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM governance_presence AS there WHERE there.meeting_id = paper.meeting_id AND there.seat_id = NEW.seat_id
    ) AND NOT EXISTS (
        SELECT 1 FROM governance_vote AS cast_vote JOIN governance_ballot AS ballot ON ballot.id = cast_vote.ballot_id
        JOIN governance_agendaitem AS item ON item.id = ballot.item_id
        WHERE item.meeting_id = paper.meeting_id AND cast_vote.seat_id = NEW.seat_id
    ) THEN
        RAISE EXCEPTION 'the seat was not there';
    END IF;
"""


class Minutes(models.Model):
    """One assembly of the minutes: the text as data, frozen with its digest; the latest version is the one that is signed."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes")
    version = models.PositiveSmallIntegerField()
    data = models.JSONField()
    digest = models.CharField(max_length=64)  # SHA-256 of the canonical data
    assembled_at = models.DateTimeField()
    assembled_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    paper = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    paper_signatures = models.PositiveSmallIntegerField(default=0)  # how many the paper bears
    paper_annexes = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["meeting", "-version"]
        constraints = [models.UniqueConstraint(fields=["meeting", "version"], name="minutes_version_once")]
        triggers = [
            pgtrigger.Trigger(
                name="kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_MINUTES_KEPT,
            )
        ]

    def __str__(self) -> str:
        return f"minutes of {self.meeting_id} v{self.version}"


class MinutesSignature(UnderMandate):
    """A seat that was there says that this is what was done: it signs the digest."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="signatures")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["minutes", "seat"]
        constraints = [models.UniqueConstraint(fields=["minutes", "seat"], name="minutes_signed_once")]
        triggers = [
            pgtrigger.Trigger(
                name="by_right",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("paper", "governance_minutes%ROWTYPE"), ("today", "date")],
                func=_TODAY + _SIGNED_BY_RIGHT + by_mandate("signed_by_id"),
            ),
            pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} on {self.minutes_id}"


class MinutesAnnex(models.Model):
    """What was wrong or is missing in signed minutes, said beside them: the minutes themselves are never changed."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="annexes")
    number = models.PositiveSmallIntegerField()
    text_zh = models.TextField()
    text_en = models.TextField(blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["minutes", "number"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "number"], name="annex_number_once"),
            models.CheckConstraint(condition=~Q(text_zh=""), name="annex_says_something"),
        ]
        triggers = [pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"annex {self.number} to {self.minutes_id}"
