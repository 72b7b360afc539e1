"""What people are told about listings, after the transaction that changed them. Read next: notices/kinds.py.

Ids in, nothing out; each notice has a key, so that a task that runs twice tells once.
"""

from celery import shared_task
from django.utils import translation

from patents import queries
from patents.models import Listing, Review
from platform_site.notices.actions import notice_tell


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


@shared_task(name="patents.listing_lapse_notify")
def listing_lapse_notify(listing_id: int) -> None:
    """The owner: a patent died, and the listing with it."""
    _tell_owner(listing_id, "listing_lapsed", "")


def _tell_owner(listing_id: int, kind: str, moment: str) -> None:
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
