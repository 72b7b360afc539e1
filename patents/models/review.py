"""An office's judgement of one submitted version. Read next: ../actions/reviews.py."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Decision(models.TextChoices):
    APPROVED = "approved", pgettext_lazy("review", "通过")
    CHANGES_REQUESTED = "changes_requested", pgettext_lazy("review", "退回修改")
    REJECTED = "rejected", pgettext_lazy("review", "不予通过")
    HANDED_OVER = "handed_over", pgettext_lazy("review", "转办")
    WITHDRAWN = "withdrawn", pgettext_lazy("review", "权利人撤回")  # by the patentee, before the office decided


class Review(models.Model):
    """Opened when a version is submitted; taken by one officer at a time; decided once, with a reason for every refusal."""

    version = models.ForeignKey("patents.ListingVersion", on_delete=models.PROTECT, related_name="reviews")
    province = models.ForeignKey("regions.Province", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    due_on = models.DateField()  # mainland working days, shown to both sides
    calendar_known = models.BooleanField(
        default=True
    )  # false: counted over a year whose holidays are not published yet
    taken_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    checklist = models.JSONField(default=dict)  # {item: {"ok": true|false, "note": str}}
    decision = models.CharField(max_length=20, choices=Decision, blank=True)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["version"], condition=models.Q(decision=""), name="review_one_open"),
            models.CheckConstraint(
                condition=models.Q(decision__in=["", "approved"]) | ~models.Q(reason=""),
                name="review_refusal_has_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(decision="", decided_at=None)
                | (~models.Q(decision="") & models.Q(decided_at__isnull=False)),
                name="review_decided_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["province", "due_on"], condition=models.Q(decision=""), name="review_queue"),
            models.Index(fields=["decided_at"], condition=~models.Q(decision=""), name="review_by_decision"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.decision or 'open'}"
