"""The legal status of a patent moves on, and the listing that shows it follows by itself. Read next: listings.py.

No office feeds the portal (design.md 3.2): the owner or the reviewing office writes what they looked up, with the day.
"""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from patents import queries, rules
from patents.actions import searching
from patents.actions.listings import version_withdraw
from patents.models import Listing, Patent
from patents.states import GRANTED, LISTING_MOVES, OFFERABLE, LegalStatus, ListingState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.events import ListingClosed, ListingPublished
from platform_site.outbox.queue import after_commit, publish
from platform_site.states import move


@transaction.atomic
def patent_status_save(
    *,
    listing_id: int,
    actor: User,
    patent_id: int,
    legal_status: str,
    status_as_of: date,
    status_source: str = "",
    annuity_paid_to: date | None = None,
    grant_date: date | None = None,
) -> Patent:
    """Write what the register says today. A listing whose patent has died lapses in the same transaction, its owner is told.

    `status_as_of` is the day of the look-up, mainland calendar. Raises: NotAllowed (neither owner nor reviewing office),
    Conflict (the patent is not of this listing, an older look-up, a grant without its day, a published application hidden).
    Source: design.md 3.2 (a published listing never stands on a lapsed patent); domain.md 2.
    """
    listing = queries.lock_patents_listing(listing_id)
    rules.require(rules.patent_status, actor, listing)
    patent = next((one for one in queries.patents_of(listing.pk) if one.pk == patent_id), None)
    if patent is None or listing.state not in (ListingState.PUBLISHED, ListingState.SUSPENDED):
        raise Conflict(_("这件专利不在一条公开的技术中。"))
    _refuse_if_impossible(patent, legal_status, status_as_of, grant_date)
    before = patent.legal_status
    if legal_status not in OFFERABLE:
        _lapse(listing, actor)
    patent.legal_status, patent.status_as_of, patent.status_source = legal_status, status_as_of, status_source
    patent.annuity_paid_to = annuity_paid_to or patent.annuity_paid_to
    patent.grant_date = patent.grant_date or grant_date
    patent.save(update_fields=["legal_status", "status_as_of", "status_source", "annuity_paid_to", "grant_date"])
    record(
        actor=actor, verb="patents.patent_status_save", target=patent, province_code=listing.province_id or "",
        listing=listing.number, before=before, after=legal_status, as_of=status_as_of.isoformat(),
    )  # fmt: skip
    if listing.state == ListingState.PUBLISHED:
        publish(ListingPublished(listing.pk))
    return patent


def _refuse_if_impossible(patent: Patent, legal_status: str, as_of: date, grant_date: date | None) -> None:
    if not patent.status_as_of <= as_of <= clock.today():
        raise Conflict(_("查询日期应在上次查询（%(day)s）与今天之间。") % {"day": patent.status_as_of.isoformat()})
    if legal_status == LegalStatus.UNPUBLISHED or (legal_status == LegalStatus.PENDING and patent.grant_date):
        raise Conflict(_("已公开或已授权的专利不会回到这个状态。"))
    if legal_status in GRANTED and not (patent.grant_date or grant_date):
        raise Conflict(_("已授权的专利请填写授权公告日。"))


def _lapse(listing: Listing, actor: User) -> None:
    """Off the market for good; the facts stay public, the patents can be offered anew once they are restored."""
    version = queries.lock_version_in_work(listing)
    if version is not None:
        version_withdraw(version, actor, _("专利的法律状态已变化，技术已失效。"))
    was_on_market = listing.state == ListingState.PUBLISHED
    move(listing, ListingState.LAPSED, LISTING_MOVES)
    listing.closing_reason, listing.updated_at = "", clock.now()
    listing.save(update_fields=["state", "closing_reason", "updated_at"])
    listing.listing_patents.update(is_open=False)
    searching.search_row_remove(listing)
    if was_on_market:
        publish(ListingClosed(listing.pk))
    after_commit("patents.listing_lapse_notify", listing_id=listing.pk)
