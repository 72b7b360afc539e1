"""A licence ends on the day on which its patent does, and the agreement with the last of its licences."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from patents import gazette
from patents.actions import status
from patents.models import Patent
from platform_site import clock
from platform_site.audit.models import AuditEntry
from platform_site.notices.models import Notice
from platform_site.outbox import queue
from tests.clients import browser
from tests.factories import offers, opens, patents, performance, trading
from trading.actions import ending, performing
from trading.models import Agreement

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def happens(patent, officer, kind, day=None, **facts):
    """The gazette announces it, and what waits for it follows."""
    entry = gazette.Entry(kind=kind, happened_on=day or clock.today(), source="公报", as_of=clock.today(), **facts)
    status.status_record(patent_id=patent.pk, actor=officer, entry=entry)
    queue.drain()


def patent_in(agreement):
    return Patent.objects.get(listing_patents__listing=agreement.listing_id)


def row(agreement):
    grant = agreement.rights.get().grant
    return grant.state, grant.ended_on


@pytest.mark.parametrize("kind", ["void", "abandoned", "expired"])
def test_the_end_of_the_patent_ends_an_open_ended_licence(shen, bai, guo, kind):
    listing = trading.market(shen, forms=["open", "ordinary"])
    agreement = opens.taken(opens.in_force(shen, listing=listing, years=None), bai)
    negotiated = offers.signed(shen, bai, listing=listing, end=None)
    assert agreement.rights.get().grant.end is None
    happens(patent_in(agreement), guo, kind)
    for one in (agreement, negotiated):
        one.refresh_from_db()
        assert one.state == "expired" and row(one) == ("ended", clock.today())
        assert AuditEntry.objects.filter(verb="trading.licence_die", target_id=str(one.pk)).count() == 1
        told = Notice.objects.filter(kind="licence_died", data__agreement=one.number)
        assert {notice.recipient for notice in told} == {shen, bai}
        assert {notice.data["until"] for notice in told} == {clock.today().isoformat()}
    assert ending.agreements_end() == 0
    page = text(browser(bai).get(f"/zh-hans/trading/agreements/{agreement.pk}/performance/"))
    assert "起不再有效" in page


def test_what_is_paid_stays_and_what_falls_due_later_is_owed_no_more(shen, bai, guo):
    with performance.on(clock.today() - timedelta(days=200)):
        agreement = offers.signed(shen, bai, end=None, **performance.PARTS)
    first, second = agreement.milestones.order_by("number")
    performing.milestone_claim(milestone_id=first.pk, actor=bai, paid_on=clock.today(), paid_cny=Decimal("100000.00"))
    performing.milestone_confirm(milestone_id=first.pk, actor=shen)
    happens(patent_in(agreement), guo, "void", second.due_on - timedelta(days=1))
    assert list(agreement.milestones.order_by("number").values_list("state", flat=True)) == ["confirmed", "waived"]
    assert row(agreement) == ("ended", second.due_on - timedelta(days=1))


def test_a_terminated_patent_keeps_its_licences_until_it_cannot_be_restored(shen, bai, guo):
    gone = date(2026, 6, 1)
    with performance.on((2026, 1, 5)):
        agreement = opens.taken(opens.in_force(shen, years=None), bai)
    with performance.on((2026, 6, 10)):
        happens(patent_in(agreement), guo, "terminated", gone, noticed_on=date(2026, 6, 10))
        assert ending.agreements_end() == 0 and row(agreement) == ("active", None)
    with performance.on((2026, 8, 10)):
        assert ending.agreements_end() == 0
    with performance.on((2026, 8, 11)):
        assert ending.agreements_end() == 1 and ending.agreements_end() == 0
    assert row(agreement) == ("ended", gone) and Agreement.objects.get().state == "expired"


def test_a_restored_patent_keeps_them(shen, bai, guo):
    agreement = opens.taken(opens.in_force(shen, years=None), bai)
    happens(patent_in(agreement), guo, "terminated")
    happens(patent_in(agreement), guo, "restored")
    with clock.at(clock.now() + timedelta(days=90)):
        assert ending.agreements_end() == 0
    assert row(agreement) == ("active", None)


def test_the_agreement_about_two_patents_ends_with_the_second(shen, bai, guo):
    listing = trading.market(shen)
    second = patents.published(shen, title="第二项").listing_patents.get().patent
    agreement = offers.signed(shen, bai, listing=listing, end=None)
    assert second.pk not in agreement.rights.values_list("grant__patent", flat=True)
    happens(second, guo, "void")
    assert row(agreement) == ("active", None) and Agreement.objects.get().state == "signed"


def test_a_completed_agreement_stays_completed_and_its_licence_ends(shen, bai, guo):
    agreement = opens.taken(opens.in_force(shen, years=None, amount_cny=Decimal(0)), bai)
    proposed = ending.agreement_complete(agreement_id=agreement.pk, actor=bai)
    ending.ending_accept(ending_id=proposed.pk, actor=shen)
    happens(patent_in(agreement), guo, "abandoned")
    assert row(agreement) == ("ended", clock.today()) and Agreement.objects.get().state == "completed"
