"""Who takes part in the meetings of an expo, when and where they can be held, and who wishes to meet whom. Read next: meeting.py.

Slots are nothing that is stored: they follow from the windows of the days (../meeting_slots.py).
"""

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

_SAME_EXPO = """
    IF (SELECT r.expo_id FROM expos_meetingprofile p JOIN expos_registration r ON r.id = p.registration_id WHERE p.id = NEW.by_id)
        <> (SELECT r.expo_id FROM expos_meetingprofile p JOIN expos_registration r ON r.id = p.registration_id WHERE p.id = NEW.whom_id)
    THEN RAISE EXCEPTION 'a wish is about somebody at the same expo';
    END IF;
    RETURN NEW;
"""


class MeetingPlan(models.Model):
    """How long a meeting of an edition is and the break after it, in minutes; kept by its host."""

    expo = models.OneToOneField("expos.Expo", on_delete=models.PROTECT, related_name="meeting_plan")
    slot_minutes = models.PositiveSmallIntegerField(
        default=25, validators=[MinValueValidator(20), MaxValueValidator(30)]
    )
    break_minutes = models.PositiveSmallIntegerField(default=5, validators=[MaxValueValidator(30)])

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(slot_minutes__range=(20, 30)), name="meeting_slot_20_to_30_minutes"),
            models.CheckConstraint(condition=Q(break_minutes__lte=30), name="meeting_break_minutes"),
        ]

    def __str__(self) -> str:
        return f"{self.expo_id}"


class MeetingWindow(models.Model):
    """A stretch of a day in which meetings are held, in minutes after midnight of Shanghai."""

    plan = models.ForeignKey(MeetingPlan, on_delete=models.CASCADE, related_name="windows")
    day = models.DateField()
    begins = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["day", "begins"]
        constraints = [
            models.CheckConstraint(
                condition=Q(begins__lt=F("ends"), ends__lte=24 * 60), name="meeting_window_in_order"
            ),
            models.UniqueConstraint(fields=["plan", "day", "begins"], name="meeting_window_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.begins}"


class MeetingTable(models.Model):
    """A table for two parties; `number` is what stands on it."""

    expo = models.ForeignKey("expos.Expo", on_delete=models.PROTECT, related_name="meeting_tables")
    hall = models.ForeignKey(
        "expos.Hall", null=True, blank=True, on_delete=models.PROTECT, related_name="meeting_tables"
    )
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["expo", "number"]
        constraints = [
            models.UniqueConstraint(fields=["expo", "number"], name="meeting_table_once"),
            models.CheckConstraint(condition=Q(number__range=(1, 999)), name="meeting_table_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class MeetingProfile(models.Model):
    """What somebody who has registered says of themselves to those who take part too; listings and needs are read, not copied."""

    registration = models.OneToOneField("expos.Registration", on_delete=models.PROTECT, related_name="meeting_profile")
    takes_part = models.BooleanField(default=True)
    offers = models.TextField(blank=True)
    seeks = models.TextField(blank=True)
    languages = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["registration"]

    def __str__(self) -> str:
        return self.registration.name


class MeetingAbsence(models.Model):
    """A slot, by its beginning, in which somebody cannot."""

    profile = models.ForeignKey(MeetingProfile, on_delete=models.CASCADE, related_name="absences")
    starts_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at"]
        constraints = [models.UniqueConstraint(fields=["profile", "starts_at"], name="meeting_absence_once")]

    def __str__(self) -> str:
        return f"{self.profile_id} {self.starts_at:%m-%d %H:%M}"


class MeetingWish(models.Model):
    """Somebody would meet somebody else; seen by nobody but the one who wishes (the host sees it as unmet, without `why`)."""

    by = models.ForeignKey(MeetingProfile, on_delete=models.CASCADE, related_name="wishes")
    whom = models.ForeignKey(MeetingProfile, on_delete=models.CASCADE, related_name="wished")
    weight = models.PositiveSmallIntegerField(default=2)  # 3 the most
    why = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-weight", "id"]
        constraints = [
            models.UniqueConstraint(fields=["by", "whom"], name="meeting_wish_once"),
            models.CheckConstraint(condition=~Q(by=F("whom")), name="meeting_wish_another"),
            models.CheckConstraint(condition=Q(weight__range=(1, 3)), name="meeting_wish_weight"),
        ]
        triggers = [
            pgtrigger.Trigger(name="same_expo", when=pgtrigger.Before, operation=pgtrigger.Insert | pgtrigger.Update, func=_SAME_EXPO),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.by_id} {self.whom_id}"
