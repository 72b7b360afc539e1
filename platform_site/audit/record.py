"""The writer of audit rows: called by every action, inside its transaction. Read next: chain.py."""

from typing import Any

from django.db import models

from platform_site import clock
from platform_site.outbox.queue import require_transaction

from .models import AuditEntry


def record(*, actor: Any, verb: str, target: models.Model | None = None, province_code: str = "", **data: Any) -> None:
    """Write one row: `actor` is a User (or None for the portal's own clock), `data` holds ids and old and new values."""
    require_transaction("record")
    AuditEntry.objects.create(
        at=clock.now(),
        actor=actor,
        verb=verb,
        target_type=target._meta.label_lower if target is not None else "",
        target_id=str(target.pk) if target is not None else "",
        province_code=province_code,
        data=data,
    )
