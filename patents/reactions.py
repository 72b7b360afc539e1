"""What listings do when something below them changes; idempotent. Read next: platform_site/events.py."""

from django.utils.translation import gettext_noop

from patents.actions import listings
from patents.models import Listing
from patents.states import ListingState
from platform_site.accounts.queries import system_user
from platform_site.events import VerificationRevoked, receives

REASON = gettext_noop("权利人的实名核验已被撤销。")


@receives(VerificationRevoked)
def listings_follow_verification(fact: VerificationRevoked) -> None:
    """A listing of an owner without the real-name mark does not stay public; its office can resume it later."""
    public = Listing.objects.filter(owner=fact.user_id, state=ListingState.PUBLISHED).order_by("pk")
    for listing_id in public.values_list("pk", flat=True):
        listings.listing_suspend(listing_id=listing_id, actor=system_user(), reason=REASON)
