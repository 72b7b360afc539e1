"""The legal status moves on: who writes it, what follows, and what the database refuses."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from patents.actions import listings, status
from patents.models import Listing, ListingPatent, Patent, SearchRow
from platform_site import clock
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, NotAllowed
from platform_site.notices.models import Notice
from platform_site.outbox import queue
from tests.factories import patents as make


def save(listing, actor, legal_status, *, as_of=None, **more):
    patent = ListingPatent.objects.get(listing=listing).patent
    return status.patent_status_save(
        listing_id=listing.pk,
        actor=actor,
        patent_id=patent.pk,
        legal_status=legal_status,
        status_as_of=as_of or clock.today(),
        **more,
    )


@pytest.mark.parametrize("dead", ["terminated", "expired", "refused", "invalid"])
def test_listing_lapses_with_its_patent_and_the_owner_is_told(shen, guo, client, dead):
    listing = make.published(shen)
    save(listing, guo, dead)
    listing.refresh_from_db()
    assert listing.state == "lapsed" and not SearchRow.objects.exists()
    assert (
        not ListingPatent.objects.get().is_open and AuditEntry.objects.latest("id").verb == "patents.patent_status_save"
    )
    queue.drain()
    assert Notice.objects.filter(recipient=shen, kind="listing_lapsed").count() == 1
    page = client.get(listing.get_absolute_url()).content.decode()
    assert "已失效" in page and "2020 1 0" in page


def test_a_revision_in_work_ends_with_it(shen):
    listing = make.published(shen)
    listings.listing_revise(listing_id=listing.pk, actor=shen)
    listings.listing_submit(listing_id=listing.pk, actor=shen, province_code="420000")
    save(listing, shen, "terminated")
    version = listing.versions.get(number=2)
    assert version.state == "withdrawn" and version.reviews.get().decision == "withdrawn"


def test_a_restored_patent_is_offered_anew(shen):
    listing = make.published(shen, number="CN202311042871.5")
    save(listing, shen, "terminated")
    again = make.published(shen, number="CN202311042871.5")
    assert again.state == "published" and Patent.objects.get().legal_status == "in_force"


def test_a_living_status_leaves_the_listing(shen):
    listing = make.published(shen, legal_status="pending", grant_date=None)
    with pytest.raises(Conflict):
        save(listing, shen, "in_force")
    patent = save(listing, shen, "in_force", grant_date=clock.today(), status_source="登记簿副本")
    assert (patent.legal_status, patent.status_source) == ("in_force", "登记簿副本")
    assert Listing.objects.get().state == "published"


def test_refusals(shen, bai, he):
    listing = make.published(shen)
    for actor in (bai, he):
        with pytest.raises(NotAllowed):
            save(listing, actor, "terminated")
    for wanted, as_of in (
        ("late_fee", clock.today() + timedelta(1)),
        ("late_fee", clock.today() - timedelta(1)),
        ("pending", None),
        ("unpublished", None),
    ):
        with pytest.raises(Conflict):
            save(listing, shen, wanted, as_of=as_of)
    draft = make.draft(shen)
    with pytest.raises(Conflict):
        save(draft, shen, "late_fee")
    assert Patent.objects.filter(legal_status="in_force").count() == 2


def test_database_refuses_a_dead_patent_on_the_market(shen):
    listing = make.published(shen)
    with pytest.raises(DatabaseError, match="are alive"), transaction.atomic():
        Patent.objects.update(legal_status="invalid")
    listings.listing_suspend(listing_id=listing.pk, actor=shen, reason="盘点")
    assert Patent.objects.update(legal_status="invalid") == 1


def test_pages(client, shen, guo, bai, mo):
    listing = make.published(shen)
    patent = make.patent_of(listing)
    url = reverse("patents:patent_status", args=[listing.number, patent.pk])
    for person, code in ((shen, 200), (guo, 200), (bai, 403), (mo, 403)):
        client.force_login(person)
        assert client.get(url).status_code == code
    client.force_login(shen)
    assert url in client.get(listing.get_absolute_url()).content.decode()
    page = client.post(url, {"legal_status": "late_fee", "status_as_of": "2999-01-01"}).content.decode()
    assert "查询日期应在上次查询" in page
    assert client.post(url, {"legal_status": "late_fee", "status_as_of": clock.today().isoformat()}).status_code == 302
    assert client.get(reverse("patents:patent_status", args=[listing.number, 0])).status_code == 404
