"""Putting something on the agenda of a meeting. Read next: plans.py."""

from typing import Any

from governance.models import AgendaItem, Meeting, PlanVersion, Seat
from governance.states import ItemKind
from platform_site import clock
from platform_site.accounts.models import User


def item_write(
    *,
    meeting: Meeting,
    kind: ItemKind,
    title_zh: str,
    title_en: str,
    version: PlanVersion | None = None,
    change: dict[str, Any] | None = None,
    seat: Seat | None = None,
    actor: User,
) -> AgendaItem:
    """Write an item that waits to be listed. The caller has locked the meeting, asked who may, and records."""
    return AgendaItem.objects.create(
        meeting=meeting, kind=kind, title_zh=title_zh, title_en=title_en, version=version, change=change or {},
        seat=seat, proposed_by=actor, proposed_at=clock.now(),
    )  # fmt: skip
