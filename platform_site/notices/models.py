"""A notice to one person, and whether they want such notices by e-mail. Read next: kinds.py, actions.py."""

from django.db import models


class Notice(models.Model):
    """Kind and data are stored, wording is rendered in the language of the moment. `key` makes a retold fact one row."""

    recipient = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)  # a key of kinds.KINDS
    data = models.JSONField(default=dict)
    path = models.CharField(max_length=300, blank=True)  # without the language prefix
    key = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mail_due = models.BooleanField(default=False)
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["recipient", "key"], name="notice_once")]
        indexes = [
            models.Index(fields=["recipient", "-created_at", "-id"], name="notice_inbox"),
            models.Index(fields=["recipient"], condition=models.Q(read_at=None), name="notice_unread"),
            models.Index(fields=["id"], condition=models.Q(mail_due=True), name="notice_mail_due"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} -> {self.recipient_id}"


class MailPreference(models.Model):
    """No row means yes: a person opts out of e-mail for one kind; the inbox always has the notice."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="mailpreference_once")]

    def __str__(self) -> str:
        return f"{self.user_id} no {self.kind}"
