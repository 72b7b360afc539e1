"""What people are told about listings, after the transaction that changed them. Read next: notices/kinds.py.

Ids in, nothing out; each notice has a key, so that a task that runs twice tells once.
"""

import logging
from collections.abc import Callable
from typing import Any

from celery import shared_task
from django.db import DatabaseError
from django.utils import translation

from patents import deadlines, ledger_words, page_views, queries, status_queries
from patents.actions import rights, status, status_sheets, turning, view_counts
from patents.actions.searching import offered
from patents.models import Listing, PriceObjection, Review, StatusEvent
from patents.states import LegalStatus, RowFate
from platform_site import clock
from platform_site.accounts.queries import system_user
from platform_site.errors import Refusal
from platform_site.notices.actions import notice_tell
from platform_site.regions.queries import overrides

log = logging.getLogger(__name__)


@shared_task(name="patents.views_flush")
def views_flush() -> None:
    """The clock's: openings that were counted since the last minute become rows."""
    counts = page_views.take()
    if not counts:
        return
    try:
        view_counts.views_add(counts=counts)
    except DatabaseError:
        page_views.put_back(counts)
        raise


@shared_task(name="patents.listing_submit_notify")
def listing_submit_notify(review_id: int) -> None:
    """The officers of the chosen province, with the day by which they answer."""
    review = Review.objects.select_related("version__listing").get(pk=review_id)
    listing = review.version.listing
    notice_tell(
        recipients=[officer for officer in queries.officers_of(review.province_id) if officer.pk != listing.owner_id],
        kind="listing_submitted",
        key=f"listing_submitted-{review_id}",
        path=f"/patents/review/{review_id}/",
        number=listing.number,
        title=review.version.title_zh,
        due=review.due_on.isoformat(),
    )


@shared_task(name="patents.listing_withdraw_notify")
def listing_withdraw_notify(listing_id: int) -> None:
    """The office, where the listing had been before one; a draft that was given up concerns nobody."""
    listing = Listing.objects.select_related("public_version").get(pk=listing_id)
    version = listing.public_version or queries.submitted_version(listing)
    if version is None or listing.province_id is None:
        return
    notice_tell(
        recipients=[officer for officer in queries.officers_of(listing.province_id) if officer.pk != listing.owner_id],
        kind="listing_withdrawn",
        key=f"listing_withdrawn-{listing_id}",
        path=_path(listing),
        number=listing.number,
        title=version.title_zh,
        reason=listing.closing_reason or "—",
    )


@shared_task(name="patents.listing_suspend_notify")
def listing_suspend_notify(listing_id: int, moment: str) -> None:
    """The owner; `moment` is when it was suspended, since that can happen more than once."""
    _tell_owner(listing_id, "listing_suspended", moment)


@shared_task(name="patents.listing_resume_notify")
def listing_resume_notify(listing_id: int, moment: str) -> None:
    """The owner; `moment` as above."""
    _tell_owner(listing_id, "listing_resumed", moment)


@shared_task(name="patents.listing_conclude_notify")
def listing_conclude_notify(listing_id: int) -> None:
    """The owner: nothing of what was offered is left, or the patent was sold. Parties of rooms: trading/reactions.py."""
    _tell_owner(listing_id, "listing_concluded", "")


@shared_task(name="patents.right_change_notify")
def right_change_notify(listing_id: int, before: int, after: int, moment: str) -> None:
    """The owner: which of the rights on offer went or came back; `before` and `after` are masks of OFFER_BITS."""
    listing = Listing.objects.select_related("owner").get(pk=listing_id)
    with translation.override(listing.owner.language):
        changes = ledger_words.changes(offered(before & ~after), offered(after & ~before))
    _tell_owner(listing_id, "right_changed", moment, changes=changes)


@shared_task(name="patents.reservations_expire")
def reservations_expire() -> None:
    """The clock's: what was reserved and not signed in time is free again."""
    rights.reservations_expire()


@shared_task(name="patents.ledger_day_turns")
def ledger_day_turns() -> None:
    """The clock's: what begins or ends today in the ledger shows on the market. After the first run of a day one look-up."""
    for _round in range(20):
        if not turning.ledger_turn():
            return


@shared_task(name="patents.listing_lapse_notify")
def listing_lapse_notify(listing_id: int) -> None:
    """The owner: a patent died, and the listing with it."""
    _tell_owner(listing_id, "listing_lapsed", "")


@shared_task(name="patents.status_record_notify")
def status_record_notify(event_id: int, listing_id: int, became: str) -> None:
    """The owner, once for each event: what happened to the patent, and what became of the listing."""
    event = status_queries.event_told(event_id)
    listing = Listing.objects.select_related("owner", "public_version").get(pk=listing_id)
    if listing.public_version is None:
        return
    with translation.override(listing.owner.language):
        notice_tell(
            recipients=[listing.owner],
            kind=_status_kind(event, became),
            key=f"status-{event_id}",
            path=_path(listing),
            number=listing.number,
            title=listing.public_version.title,
            patent=event.patent.shown_number,
            event=str(event.get_kind_display()),
            status=str(event.patent.get_legal_status_display()),
            until=_until(event),
        )


def _status_kind(event: StatusEvent, became: str) -> str:
    if became == "resumed":
        return "patent_restored"
    if became == "suspended":
        return "patent_terminated"
    return "patent_late_fee" if event.status == LegalStatus.LATE_FEE else "patent_status_changed"


def _until(event: StatusEvent) -> str:
    """The last day of what the owner can do about it; empty where there is nothing."""
    days = overrides()
    if event.status == LegalStatus.TERMINATED:
        return deadlines.restoration_until(event, days).isoformat()
    events = status_queries.events_of([event.patent_id])[event.patent_id]
    late = event.status == LegalStatus.LATE_FEE
    owed = deadlines.unpaid(event.patent, LegalStatus.LATE_FEE, events, days) if late else None
    return owed.late_until.isoformat() if owed else "—"


# ---- the calendar moves on

BATCH = 500


@shared_task(name="patents.status_advance")
def status_advance() -> None:
    """Every patent and listing that the calendar moves, one a transaction; missed days are caught up, a second run does nothing."""
    actor, today, after = system_user(), clock.today(), 0
    while batch := status_queries.patents_to_move(today, after, BATCH):
        for pk in batch:
            _one(status.status_advance, patent_id=pk, actor=actor)
        after = batch[-1]
    after = 0
    while batch := status_queries.listings_to_lapse(after, BATCH):
        for pk in batch:
            _one(status.listing_follow_status, listing_id=pk, actor=actor)
        after = batch[-1]


def _one(action: Callable[..., object], **arguments: Any) -> None:
    """One record that cannot be moved today does not keep the others from moving; it is tried again tomorrow."""
    try:
        action(**arguments)
    except (Refusal, DatabaseError) as error:
        log.warning("%s(%s) not done: %s", action.__name__, arguments, error)


@shared_task(name="patents.status_sheets_run")
def status_sheets_run() -> None:
    """Write the next rows of the sheets that were let go; one that was cut off goes on where it stopped."""
    for sheet_id in status_queries.sheets_running():
        for row_id in status_queries.rows_waiting(sheet_id, BATCH):
            _one(status_sheets.status_row_write, row_id=row_id)
        status_sheets.status_sheet_finish(sheet_id=sheet_id)


@shared_task(name="patents.status_sheet_notify")
def status_sheet_notify(sheet_id: int) -> None:
    """The officer: every row has been tried."""
    sheet, counts = status_queries.sheet_counted(sheet_id)
    notice_tell(
        recipients=[sheet.officer],
        kind="status_sheet_done",
        key=f"status_sheet-{sheet_id}",
        path=f"/patents/status/import/{sheet_id}/",
        name=sheet.name,
        written=counts[RowFate.WRITTEN],
        refused=counts[RowFate.REFUSED],
    )


def _tell_owner(listing_id: int, kind: str, moment: str, **data: str) -> None:
    listing = Listing.objects.select_related("owner", "public_version").get(pk=listing_id)
    if listing.public_version is None:
        return
    notice_tell(
        recipients=[listing.owner],
        kind=kind,
        key=f"{kind}-{listing_id}-{moment}",
        path=_path(listing),
        number=listing.number,
        title=listing.public_version.title_zh,
        reason=listing.closing_reason,
        **data,
    )


def _path(listing: Listing) -> str:
    """The address of a listing without its language prefix."""
    return f"/patents/{listing.number}/"


# ---- reviews: the owner learns the office's decision, in the owner's language


@shared_task(name="patents.review_approve_notify")
def review_approve_notify(review_id: int) -> None:
    """The owner: the text is public."""
    _tell_decision(review_id, "listing_approved")


@shared_task(name="patents.review_request_changes_notify")
def review_request_changes_notify(review_id: int) -> None:
    """The owner: what to correct; the notice leads to the copy that waits for it."""
    _tell_decision(review_id, "listing_changes_requested", below="edit/")


@shared_task(name="patents.review_reject_notify")
def review_reject_notify(review_id: int) -> None:
    """The owner: refused, and why."""
    _tell_decision(review_id, "listing_rejected")


@shared_task(name="patents.review_hand_over_notify")
def review_hand_over_notify(review_id: int, opened_id: int) -> None:
    """The owner: which office has it now and until when; and that office's officers, as for any submission."""
    opened = queries.review_told(opened_id)
    _tell_decision(review_id, "listing_handed_over", office_of=opened, due=opened.due_on.isoformat())
    listing_submit_notify(opened_id)


def _tell_decision(review_id: int, kind: str, *, below: str = "", office_of: Review | None = None, **data: str) -> None:
    review = queries.review_told(review_id)
    version, listing = review.version, review.version.listing
    with translation.override(listing.owner.language):
        title, office = version.title, (office_of or review).province.office
    notice_tell(
        recipients=[listing.owner],
        kind=kind,
        key=f"{kind}-{review_id}",
        path=_path(listing) + below,
        number=listing.number,
        title=title,
        office=office,
        reason=review.reason,
        **data,
    )


# ---- posted prices


@shared_task(name="patents.objection_file_notify")
def objection_file_notify(objection_id: int) -> None:
    """The owner, who has to answer before concluding."""
    _tell_objection(objection_id, "objection_filed", to_owner=True)


@shared_task(name="patents.objection_answer_notify")
def objection_answer_notify(objection_id: int) -> None:
    """Whoever objected."""
    _tell_objection(objection_id, "objection_answered", to_owner=False)


def _tell_objection(objection_id: int, kind: str, *, to_owner: bool) -> None:
    objection = PriceObjection.objects.select_related("author", "posting__listing__owner").get(pk=objection_id)
    posting = objection.posting
    notice_tell(
        recipients=[posting.listing.owner if to_owner else objection.author],
        kind=kind,
        key=f"{kind}-{objection_id}",
        path=f"/patents/postings/{posting.pk}/",
        number=posting.listing.number,
    )
