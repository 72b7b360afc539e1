"""Listings follow the legal status of their patents by themselves. Read next: status.py.

Late fee: stays on the market without its open licence. Terminated for an unpaid annuity: out of sight until restored, or
until the time for restoration is over. Expired, void, refused or given up: over. Inner functions: patents and listing
are locked, the caller records its own act.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from patents import rules, status_queries
from patents.actions import following
from patents.models import Listing, Patent
from patents.states import DEAD, LegalStatus, ListingState, SuspendedBy
from platform_site.accounts.models import User
from platform_site.events import ListingClosed, ListingPublished
from platform_site.outbox.queue import after_commit, publish

SHOWN_NOW = frozenset({ListingState.PUBLISHED, ListingState.SUSPENDED})
UNVERIFIED = gettext_noop("权利人的实名核验已被撤销。")


def wanted_state(bundle: Sequence[Patent]) -> ListingState:
    """Where the statuses of its patents take a listing that is or was on the market."""
    statuses = {LegalStatus(patent.legal_status) for patent in bundle}
    if statuses & (DEAD | {LegalStatus.UNPUBLISHED}):
        return ListingState.LAPSED
    terminated = [patent for patent in bundle if patent.legal_status == LegalStatus.TERMINATED]
    if not terminated:
        return ListingState.PUBLISHED
    return ListingState.LAPSED if status_queries.died_on(terminated) else ListingState.SUSPENDED


def listing_close_for_status(listing: Listing | None, bundle: Sequence[Patent], actor: User) -> str:
    """Take a listing off before its patent is written as dead; answers what became of it: lapsed, suspended, or nothing."""
    if listing is None or listing.state not in SHOWN_NOW:
        return ""
    wanted = wanted_state(bundle)
    if wanted == ListingState.LAPSED:
        _lapse(listing, actor)
        return "lapsed"
    if wanted == ListingState.SUSPENDED and listing.state == ListingState.PUBLISHED:
        following.market_pause(listing, by=SuspendedBy.STATUS)
        return "suspended"
    return ""


def listing_open_for_status(listing: Listing | None, patent: Patent, bundle: Sequence[Patent], actor: User) -> str:
    """Put a listing back that was out of sight for its patents' status alone, after they were written as alive again.

    Without the owner's real-name mark it stays out of sight, for its office to resume. One that is on the market is
    written to search anew, and concluded if the ledger leaves nothing of it.
    """
    if listing is None or listing.state not in SHOWN_NOW or wanted_state(bundle) != ListingState.PUBLISHED:
        return ""
    if listing.state == ListingState.PUBLISHED:
        following.market_follows(patent, actor)
        publish(ListingPublished(listing.pk))
        return ""
    if listing.suspended_by != SuspendedBy.STATUS:
        return ""
    if not rules.is_verified(listing.owner):
        listing.suspended_by, listing.closing_reason = SuspendedBy.OFFICE, UNVERIFIED
        listing.save(update_fields=["suspended_by", "closing_reason"])
        return ""
    following.market_pause(listing)
    following.market_follows(patent, actor)
    return "resumed"


def _lapse(listing: Listing, actor: User) -> None:
    """Off the market for good; the facts stay public, the patents can be offered anew once they are restored."""
    was_on_market = listing.state == ListingState.PUBLISHED
    following.market_leave(listing, ListingState.LAPSED, actor, _("专利的法律状态已变化，技术已失效。"))
    if was_on_market:
        publish(ListingClosed(listing.pk))
    after_commit("patents.listing_lapse_notify", listing_id=listing.pk)
