"""Rows of the outbox and of the keys that make a doubled submit one effect. Read next: queue.py."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class OutboxMessage(models.Model):
    """One task or fact to be delivered after the transaction that wrote it."""

    name = models.CharField(max_length=100)  # task name, or "fact:<FactName>"
    payload = models.JSONField(default=dict)  # ids only
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)  # given up after MAX_ATTEMPTS; an alarm, never a silent loss
    last_error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_try_at", "id"], condition=Q(done_at=None, dead_at=None), name="outbox_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.payload}"


class WriteKey(models.Model):
    """A form was submitted under this key: the same key again answers as the first time did."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    key = models.UUIDField()
    path = models.CharField(max_length=500)
    location = models.TextField(blank=True)  # whole: a filter in it may be long
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="writekey_once")]

    def __str__(self) -> str:
        return f"{self.path} {self.key}"
