"""The market follows the ledger: search shows what is still free, and a listing with nothing left is concluded. Read next: rights.py."""

from collections.abc import Iterable

from patents import ledger, ledger_queries, ledger_words, queries
from patents.actions import searching
from patents.actions.versions import version_withdraw
from patents.models import Listing, OfferedForm, Patent
from patents.states import LISTING_MOVES, Form, ListingState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.events import ListingClosed, ListingPublished
from platform_site.outbox.queue import after_commit, publish
from platform_site.regions.facts import CODES
from platform_site.states import move


def refuse_first(refusals: Iterable[ledger.Refused]) -> None:
    """Raise the first refusal as a page that names the existing row and the article."""
    for refused in refusals:
        raise Conflict(ledger_words.sentence(refused))


def market_follows(patent: Patent, actor: User, *, assigned: bool = False) -> None:
    """Bring the open listing of a locked patent in line with the ledger. Inner function: the caller records its own act.

    `assigned`: title has just passed, so the listing of the former owner is concluded.
    """
    for listing_id in ledger_queries.listings_with(patent):
        listing = queries.lock_listing(listing_id)
        if listing.state not in (ListingState.PUBLISHED, ListingState.SUSPENDED):
            continue
        if assigned or not _anything_left(listing):
            listing_conclude(listing, actor)
        elif listing.state == ListingState.PUBLISHED:
            _search_follows(listing)


def _search_follows(listing: Listing) -> None:
    """Write what is free of a listing on the market; the owner is told when that is more or less than before."""
    before = searching.offers_kept(listing.pk)
    searching.search_row_write(listing)
    after = searching.offers_kept(listing.pk)
    if before != after:
        moment = clock.now().isoformat()
        after_commit("patents.right_change_notify", listing_id=listing.pk, before=before, after=after, moment=moment)


def _anything_left(listing: Listing) -> bool:
    """Whether one form on offer is free in one province where it is offered, reservations and pledges apart."""
    offered = list(OfferedForm.objects.filter(version=listing.public_version_id))
    patents = queries.patents_of(listing.pk)
    licences = ledger_queries.licences_on([patent.pk for patent in patents], clock.today())
    return any(_is_left(row, patents, licences) for row in offered)


def _is_left(row: OfferedForm, patents: list[Patent], books: dict[int, ledger.Book]) -> bool:
    if row.form == Form.ASSIGNMENT:
        return True
    day = clock.today()
    free = [ledger.availability(books[patent.pk], day, "in_force").provinces for patent in patents]
    return any(all(one[code][row.form] for one in free) for code in row.provinces or CODES)


def market_leave(listing: Listing, wanted: ListingState, actor: User, reason: str = "") -> None:
    """Off the market for good, by the course of things; the patents are free to be offered anew. Inner function: listing locked.

    `reason` is told of a text that was in work, which is withdrawn from the office.
    """
    version = queries.lock_version_in_work(listing)
    if version is not None:
        version_withdraw(version, actor, reason)
    move(listing, wanted, LISTING_MOVES)
    listing.closing_reason, listing.updated_at = "", clock.now()
    listing.save(update_fields=["state", "closing_reason", "updated_at"])
    listing.listing_patents.update(is_open=False)
    searching.search_row_remove(listing)


def market_pause(listing: Listing, *, by: str = "", reason: str = "") -> None:
    """Out of sight for a time, by somebody; by nobody any more: back on the market. Inner function: listing locked."""
    move(listing, ListingState.SUSPENDED if by else ListingState.PUBLISHED, LISTING_MOVES)
    listing.suspended_by, listing.closing_reason, listing.updated_at = by, reason, clock.now()
    listing.save(update_fields=["state", "suspended_by", "closing_reason", "updated_at"])
    if by:
        searching.search_row_remove(listing)
        publish(ListingClosed(listing.pk))
    else:
        searching.search_row_write(listing)
        publish(ListingPublished(listing.pk))


def listing_conclude(listing: Listing, actor: User) -> None:
    """Off the market because what it offered is granted or sold; the page stays, with the result. Inner function."""
    market_leave(listing, ListingState.CONCLUDED, actor)
    record(
        actor=actor, verb="patents.listing_conclude", target=listing, province_code=listing.province_id or "",
    )  # fmt: skip
    publish(ListingClosed(listing.pk))
    after_commit("patents.listing_conclude_notify", listing_id=listing.pk)
