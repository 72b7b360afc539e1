"""One technology through all systems: each reader sees the public marks and those that concern them. Read next: platform_site/portal/thread.py."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from platform_site.portal import thread as threads
from tests.factories import accounts, agreements, expos, ledger, needs, patents, policies, resources
from tests.factories.policies import HUBEI

pytestmark = pytest.mark.django_db


def titles(user, listing, *, insider=False):
    return [one.title for one in threads.thread(user, listing, insider=insider)]


@pytest.fixture
def deal(shen, bai, guo):
    """A recorded contract out of a room of Bai's."""
    return agreements.recorded(shen, bai, guo)


def test_each_reader_sees_what_concerns_them(deal, shen, bai, mo, guo, he):
    listing = deal.listing
    place = resources.facility(HUBEI, officer=guo)
    resources.visit(place, bai)  # of nobody's technology
    stay = resources.applied(place, shen, listing=listing)
    needs.proposal(needs.published(bai, province=HUBEI), listing)
    asked = policies.applied(policies.published(HUBEI, "award", guo), bai, deal)
    expos.exhibit(expos.prepared(officer=guo), listing)
    public, owner, buyer = titles(mo, listing), titles(shen, listing, insider=True), titles(bai, listing)
    assert "首次上架公开" in public and "法律状态" in public
    private = {"开始洽谈", "成交并形成合同", "双方签署合同", "合同备案登记", "推荐给技术需求"}
    assert not private & set(public) and private <= set(owner) and private <= set(buyer)
    assert "上架审核" in owner and "上架审核" not in buyer
    assert "入驻共享资源" in owner and "入驻共享资源" not in buyer and "入驻共享资源" in titles(guo, listing)
    assert "入驻共享资源" not in titles(he, listing)
    assert "申报支持" in buyer and "申报支持" in titles(guo, listing) and "申报支持" not in owner + public
    assert "参加展会" in owner and "参加展会" not in public, "an exhibit is public once it is accepted"
    assert stay.listing == listing and asked.agreement == deal


def test_the_marks_lead_to_their_records_and_indicators(client, deal, bai):
    client.force_login(bai)
    page = client.get(f"/zh-hans/thread/{deal.listing.number}/").content.decode()
    assert deal.get_absolute_url() in page and deal.number in page
    assert "/governance/indicators/grants_recorded/" in page and "/governance/indicators/agreements_signed/" in page
    assert client.get(deal.listing.get_absolute_url()).content.decode().count(f"/thread/{deal.listing.number}/") == 1


def test_as_many_queries_for_many_marks_as_for_one(client, shen, bai, guo):
    listing = patents.published(shen)
    client.force_login(shen)
    address = f"/zh-hans/thread/{listing.number}/"

    def asked():
        with CaptureQueriesContext(connection) as made:
            assert client.get(address).status_code == 200
        return len(made)

    asked()  # what a process reads once
    first = asked()
    for number in range(3):
        ledger.recorded(patents.patent_of(listing), guo, recordal=f"2026{number:04d}")
        needs.proposal(
            needs.published(accounts.member(f"n{number}@example.org", verified=True), province=HUBEI), listing
        )
    assert asked() == first <= 15


def test_who_may_not_see_the_listing_does_not_see_its_thread(client, shen, mo):
    draft = patents.draft(shen)
    client.force_login(mo)
    assert client.get(f"/zh-hans/thread/{draft.number}/").status_code == 404
    client.force_login(shen)
    assert "开始填写上架资料" in client.get(f"/zh-hans/thread/{draft.number}/").content.decode()
