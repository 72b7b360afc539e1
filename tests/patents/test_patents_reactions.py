"""Listings follow what happens below them."""

import pytest

from patents.models import Listing, SearchRow
from patents.reactions import listings_follow_verification
from platform_site.accounts import actions
from platform_site.accounts.models import Verification
from platform_site.audit.models import AuditEntry
from platform_site.events import VerificationRevoked
from platform_site.outbox import queue
from tests.factories import patents

pytestmark = pytest.mark.django_db


def deliver():
    while queue.drain():
        continue


def test_revoking_the_mark_takes_the_owners_listings_out_of_sight(shen, guo):
    listing = patents.published(shen)
    mark = Verification.objects.get(user=shen, state="verified")
    actions.verification_revoke(verification_id=mark.pk, actor=guo, reason="材料不实。")
    deliver()
    listing.refresh_from_db()
    assert (listing.state, listing.suspended_by) == ("suspended", "office")
    assert not SearchRow.objects.filter(listing=listing).exists()
    assert AuditEntry.objects.filter(verb="patents.listing_suspend", actor__is_system=True).count() == 1
    assert shen.notices.filter(kind="listing_suspended").count() == 1


def test_other_owners_listings_stay_and_telling_twice_changes_nothing(shen, bai, guo):
    patents.published(shen)
    other = patents.published(bai)
    mark = Verification.objects.get(user=shen, state="verified")
    actions.verification_revoke(verification_id=mark.pk, actor=guo, reason="材料不实。")
    deliver()
    listings_follow_verification(VerificationRevoked(shen.pk))
    assert list(Listing.objects.filter(state="published")) == [other]
    assert AuditEntry.objects.filter(verb="patents.listing_suspend").count() == 1
