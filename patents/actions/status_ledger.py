"""What the gazette reports of pledges, freezes and open licences stands in the rights ledger too. Read next: status.py, encumbrances.py."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from patents import rules
from patents.actions import following
from patents.actions.encumbrances import encumbrance_write
from patents.ledger_queries import offices_of
from patents.models import Encumbrance, Patent, StatusEvent
from patents.states import EncumbranceKind, EventKind
from platform_site.accounts.models import User

BEGINS = {
    EventKind.PLEDGE_REGISTERED: EncumbranceKind.PLEDGE,
    EventKind.PRESERVED: EncumbranceKind.PRESERVATION,
    EventKind.SUSPENDED: EncumbranceKind.SUSPENSION,
    EventKind.OPEN_DECLARED: EncumbranceKind.OPEN_DECLARATION,
}
ENDS = {
    EventKind.PLEDGE_CANCELLED: EncumbranceKind.PLEDGE,
    EventKind.PRESERVATION_LIFTED: EncumbranceKind.PRESERVATION,
    EventKind.SUSPENSION_LIFTED: EncumbranceKind.SUSPENSION,
    EventKind.OPEN_WITHDRAWN: EncumbranceKind.OPEN_DECLARATION,
}


def ledger_follows(patent: Patent, event: StatusEvent, events: Sequence[StatusEvent], actor: User) -> None:
    """Enter, or end, what an event of the gazette puts on a locked patent. Inner function: the caller records the event.

    What an office has entered already is left as it is; an event that is corrected takes its entry back (an empty period).
    A burden may be reported by whoever may write the event; that one is gone, or never was, by an office of the ledger alone.
    Raises: NotAllowed; Conflict (the ledger cannot take it: an open licence beside an exclusive one, a second pledge).
    """
    wrong = next((one for one in events if one.pk == event.corrects_id), None)
    if wrong is not None and wrong.kind in BEGINS:
        _close(patent, actor, BEGINS[EventKind(wrong.kind)], start=wrong.happened_on, on=wrong.happened_on)
    if event.kind in BEGINS and not _open(patent, BEGINS[EventKind(event.kind)]):
        encumbrance_write(
            patent=patent, actor=actor, kind=BEGINS[EventKind(event.kind)], start=event.happened_on, source=event.source,
            as_of=event.as_of, note=event.note[:300], co_owners_agree=True, pledgee_agrees=True,
        )  # fmt: skip
    if event.kind in ENDS:
        _close(patent, actor, ENDS[EventKind(event.kind)], on=event.happened_on)


def _open(patent: Patent, kind: str) -> bool:
    return Encumbrance.objects.filter(patent=patent, kind=kind, end=None).exists()


def _close(patent: Patent, actor: User, kind: str, *, on: date, **which: Any) -> None:
    lying = Encumbrance.objects.filter(patent=patent, kind=kind, end=None, start__lte=on, **which)
    if lying.exists():
        rules.require(rules.right_record, actor, offices_of(patent))
        lying.update(end=on)
        following.market_follows(patent, actor)
