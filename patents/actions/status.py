"""An event of the legal status is written, and what shows the patent follows in the same transaction. Read next: status_follow.py.

No office feeds the portal (design.md 3.2): the owner or the reviewing office writes what they looked up, with the day; the
portal's own clock writes what the mere passing of time brings about. Lock order: Patent, Listing.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from patents import deadlines, gazette, queries, rules, status_queries
from patents.actions import histories, status_follow, status_ledger
from patents.gazette import Entry
from patents.models import Listing, StatusEvent
from patents.states import EventKind, LegalStatus, ListingState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.events import PatentStatusChanged
from platform_site.outbox.queue import after_commit, publish
from platform_site.regions.queries import overrides

__all__ = ["Entry", "listing_follow_status", "status_advance", "status_record"]


@transaction.atomic
def status_record(*, patent_id: int, actor: User, entry: Entry) -> StatusEvent:
    """Write one event of a patent, or the correction of one; its listing is suspended, lapses or comes back by itself.

    The owner, the parties of open rooms and whoever watches are told. Days are of the mainland calendar.
    Raises: NotAllowed (neither owner nor reviewing office); Conflict (no public listing, an older look-up, an event that
    cannot follow, a grant without its day, a patent in force whose annuity is known to be unpaid). Then nothing is written.
    Source: domain.md 2, 3; Patent Law art. 44; Implementing Rules 6, 86, 115.
    """
    held = status_queries.lock_status(patent_id)
    patent, listing = held.patent, held.listing
    _require_public(listing, actor)
    rules.require(rules.patent_status, actor, listing)
    events = status_queries.events_of([patent_id])[patent_id]
    _refuse_wrong_correction(events, entry)
    event = histories.event_of(patent, events, entry, actor, overrides())
    event.save(force_insert=True)
    status_ledger.ledger_follows(patent, event, events, actor)
    before, after = patent.legal_status, _present(events, event)
    changed = histories.patent_apply(patent, entry, event, after)
    became = status_follow.listing_close_for_status(listing, held.bundle, actor)
    if changed:
        patent.save(update_fields=list(changed))
    if before != after and not became:
        became = status_follow.listing_open_for_status(listing, patent, held.bundle, actor)
    record(
        actor=actor, verb="patents.status_record", target=patent, kind=event.kind, event_id=event.pk, before=before,
        after=after, happened_on=event.happened_on.isoformat(), as_of=event.as_of.isoformat(), became=became,
        province_code=listing.province_id or "" if listing else "", listing=listing.number if listing else "",
    )  # fmt: skip
    if before != after or event.kind != EventKind.CHECKED:
        _tell(event, listing, became, is_new=before != after)
    return event


@transaction.atomic
def listing_follow_status(*, listing_id: int, actor: User) -> Listing:
    """Let a suspended listing lapse once the time for the restoration of its patent is over; any other stays as it is."""
    listing = queries.lock_patents_listing(listing_id)
    rules.require(rules.patent_status, actor, listing)
    became = status_follow.listing_close_for_status(listing, queries.patents_of(listing.pk), actor)
    if became:
        record(
            actor=actor, verb="patents.listing_follow_status", target=listing, became=became,
            province_code=listing.province_id or "",
        )  # fmt: skip
    return listing


@transaction.atomic
def status_advance(*, patent_id: int, actor: User) -> int:
    """Write what the calendar has brought about for one patent up to today, missed days included; answers how many events.

    Every event goes through `status_record`; a second run finds nothing left to write.
    """
    held = status_queries.lock_status(patent_id)
    rules.require(rules.status_advance, actor, held.patent)
    events = status_queries.events_of([patent_id])[patent_id]
    entries = deadlines.entries_due(held.patent, events, clock.today(), overrides())
    for entry in entries:
        status_record(patent_id=patent_id, actor=actor, entry=entry)
    if entries:
        record(actor=actor, verb="patents.status_advance", target=held.patent, events=len(entries))
    return len(entries)


# ---- parts of the above; the rows are locked


def _require_public(listing: Listing | None, actor: User) -> None:
    if actor.is_system:
        return
    if listing is None or listing.state not in (ListingState.PUBLISHED, ListingState.SUSPENDED):
        raise Conflict(_("这件专利不在一条公开的技术中。"))


def _refuse_wrong_correction(events: list[StatusEvent], entry: Entry) -> None:
    if entry.kind == EventKind.CORRECTION and entry.corrects is None:
        raise Conflict(_("请选择要更正的事务。"))
    if entry.corrects is None:
        return
    wrong = next((event for event in events if event.pk == entry.corrects), None)
    if wrong is None or wrong.corrected or wrong.kind == EventKind.ACCEPTED:
        raise Conflict(_("这一条已更正过，或不能更正。"))


def _present(events: list[StatusEvent], new: StatusEvent) -> LegalStatus:
    """What the history says once the new event stands in it."""
    standing = [event for event in events if event.pk != new.corrects_id]
    status = gazette.status_on([*standing, new], max(clock.today(), new.happened_on))
    if status is None:
        raise Conflict(_("更正之后，这件专利就没有法律状态了；请改为记载正确的事务。"))
    return status


def _tell(event: StatusEvent, listing: Listing | None, became: str, *, is_new: bool) -> None:
    publish(PatentStatusChanged(patent_id=event.patent_id, event_id=event.pk))
    if listing is None or became == "lapsed":  # a listing that lapses says so itself
        return
    if is_new or became:
        after_commit("patents.status_record_notify", event_id=event.pk, listing_id=listing.pk, became=became)
