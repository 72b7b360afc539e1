"""What was typed into a step of the wizard and is not part of the text yet. Read next: ../actions/inputs.py, ../unsaved.py."""

from django.db import models

STEPS_KEPT = ("patent", "ownership", "description", "forms", "requirements")


class DraftInput(models.Model):
    """One page of the wizard: what waits there as it was typed, and how often the page was written.

    The edition is what tells two windows apart: who writes names the edition that the page was built on.
    """

    version = models.ForeignKey("patents.ListingVersion", on_delete=models.CASCADE, related_name="inputs")
    step = models.CharField(max_length=20)
    part = models.CharField(max_length=20, blank=True)  # of the step of the patents: the key of one, or "new"
    typed = models.JSONField(null=True)  # names of the form's boxes -> what stands in them; null: nothing waits
    edition = models.PositiveIntegerField(default=1)
    window = models.CharField(max_length=36, blank=True)  # the page that wrote last; empty after the step was saved
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "step", "part"], name="input_once_per_page"),
            models.CheckConstraint(condition=models.Q(step__in=STEPS_KEPT), name="input_step_known"),
            # The steps in one piece have no parts; the step of the patents has nothing else.
            models.CheckConstraint(
                condition=models.Q(step="patent", part__gt="") | (~models.Q(step="patent") & models.Q(part="")),
                name="input_parts_are_patents",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.step} {self.part}".strip()
