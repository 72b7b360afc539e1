"""Audit rows and the seals that chain them; the database refuses to change, delete or truncate either. Read next: chain.py."""

import pgtrigger
from django.db import models


def append_only() -> list[pgtrigger.Trigger]:
    """No row is ever changed or removed, by whatever code path (security.md 1.5, rule 35)."""
    return [
        pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete),
        pgtrigger.Trigger(
            name="keep_table",
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            level=pgtrigger.Statement,
            func="RAISE EXCEPTION 'audit rows are never removed';",
        ),
    ]


class AuditEntry(models.Model):
    """Who (`actor`), when, what (`verb` and `data`), to which record. Wording is rendered, never stored."""

    at = models.DateTimeField()
    actor = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=100)  # "<app>.<token>", the same token as the action
    target_type = models.CharField(max_length=100, blank=True)
    target_id = models.CharField(max_length=40, blank=True)
    province_code = models.CharField(max_length=6, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["target_type", "target_id", "id"], name="audit_by_target")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.verb} {self.target_type}:{self.target_id}"


class AuditSeal(models.Model):
    """Link number `position` of the chain: digest = sha256(previous digest, position, the entry as text)."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="seal")
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.position} {self.digest[:12]}"
