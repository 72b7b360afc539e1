"""Released versions of a programme, each a frozen copy with its pages drawn, and files that are read in. Read next: ../programme_data.py."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse


class ProgrammeVersion(models.Model):
    """What readers see from one release to the next; `data` is the form of ../programme_data.py."""

    expo = models.ForeignKey("expos.Expo", on_delete=models.PROTECT, related_name="programme_versions")
    number = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)
    data = models.JSONField()
    acknowledged = models.JSONField(default=list)  # the warnings with which it was released, in words
    released_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField()

    class Meta:
        ordering = ["-expo", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["expo", "number"], name="programme_version_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="programme_version_number"),
        ]
        triggers = [pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.expo_id} v{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("expos:programme_changes", args=[self.expo.year, self.number])


class ProgrammePage(models.Model):
    """A day of a version in one language as it was drawn at its release, with places that a reader's request fills."""

    version = models.ForeignKey(ProgrammeVersion, on_delete=models.PROTECT, related_name="pages")
    language = models.CharField(max_length=10)
    day = models.DateField()
    html = models.TextField()

    class Meta:
        ordering = ["version", "language", "day"]
        constraints = [models.UniqueConstraint(fields=["version", "language", "day"], name="programme_page_once")]
        triggers = [pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.version_id} {self.language} {self.day}"


class ScheduleImport(models.Model):
    """A file that the host brought: what was read in it, judged row by row when it is looked at, and written once."""

    expo = models.ForeignKey("expos.Expo", on_delete=models.PROTECT, related_name="schedule_imports")
    officer = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    shift = models.BooleanField(default=False)  # its first day becomes the first day of the expo
    entries = models.JSONField()  # the form of ../schedule_read.py
    ignored = models.JSONField(default=list)  # what of the file is of no use here, in words
    fates = models.JSONField(default=list)  # once written: what became of each row
    created_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        triggers = [
            pgtrigger.Trigger(
                name="written_once", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                IF TG_OP = 'DELETE' OR OLD.written_at IS NOT NULL THEN
                    RAISE EXCEPTION 'a file is written once';
                END IF;
                RETURN NEW;
                """,
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("expos:schedule_import_detail", args=[self.expo.year, self.pk])
