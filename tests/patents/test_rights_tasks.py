"""The clock and the notices of the ledger: reservations run out, days turn, owners and buyers learn of it once."""

from datetime import timedelta

import pytest

from patents import queries, tasks
from patents.actions import rights, titles, turning
from patents.models import Grant, LedgerTurn, SearchRow
from platform_site import clock
from platform_site.accounts.queries import system_user
from platform_site.audit.models import AuditEntry
from platform_site.notices.models import Notice
from platform_site.outbox import queue
from tests.factories import ledger, patents, trading

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing(shen):
    return patents.published(shen, forms=["exclusive", "ordinary"])


@pytest.fixture
def patent(listing):
    return listing.listing_patents.get().patent


@pytest.fixture(autouse=True)
def _nothing_waits(shen):
    while queue.drain():
        continue


def told(person):
    while queue.drain():
        continue
    return [(notice.kind, notice.data) for notice in Notice.objects.filter(recipient=person).order_by("pk")]


def kinds(person):
    return [kind for kind, _data in told(person)]


def later(**delta):
    return clock.at(clock.now() + timedelta(**delta))


def test_the_owner_learns_what_went_and_what_came_back(listing, patent, guo, shen):
    grant = ledger.recorded(patent, guo, "exclusive", provinces=["430000", "420000"])
    kind, data = told(shen)[-1]
    assert kind == "right_changed" and data["number"] == listing.number
    assert "不再可以取得：独占许可（湖北、湖南）、普通许可（湖北、湖南）" in data["changes"]
    rights.grant_end(grant_id=grant.pk, actor=guo, on=clock.today(), note="终止协议")
    assert "又可以取得：独占许可（湖北、湖南）" in told(shen)[-1][1]["changes"]
    assert kinds(shen).count("right_changed") == 2


def test_an_entry_that_changes_nothing_on_offer_is_no_news(patent, guo, shen):
    ledger.recorded(patent, guo, provinces=["110000"])
    assert "right_changed" not in kinds(shen)


def test_a_concluded_listing_is_told_to_its_owner_and_to_buyers_in_open_rooms(listing, patent, guo, shen, bai):
    room = trading.room(shen, bai, listing=listing)
    ledger.recorded(patent, guo, "exclusive")
    listing.refresh_from_db()
    assert listing.state == "concluded"
    assert kinds(shen).count("listing_concluded") == 1
    kind, data = told(bai)[-1]
    assert (kind, data["number"]) == ("room_listing_concluded", listing.number)
    assert Notice.objects.get(kind=kind).path == f"/trading/negotiations/{room.pk}/"
    tasks.listing_conclude_notify(listing.pk)
    assert kinds(shen).count("listing_concluded") == 1


def test_a_sale_concludes_a_listing_that_was_out_of_sight(listing, patent, guo, shen, bai):
    trading.room(shen, bai, listing=listing)
    patents.listings.listing_suspend(listing_id=listing.pk, actor=shen, reason="整理材料。")
    titles.title_register(
        patent_id=patent.pk, actor=guo, owners="受让公司", start=clock.today(), source="登记簿副本", as_of=clock.today()
    )
    assert "listing_concluded" in kinds(shen) and "room_listing_concluded" in kinds(bai)


# ---- the calendar


def test_a_day_turns_once(listing, patent, guo, shen):
    start = clock.today() + timedelta(days=10)
    ledger.recorded(patent, guo, "exclusive", provinces=["430000"], start=start, end=start + timedelta(days=5))
    whole = SearchRow.objects.get(listing=listing).offers
    tasks.ledger_day_turns()
    assert SearchRow.objects.get(listing=listing).offers == whole and "right_changed" not in kinds(shen)
    with later(days=10):
        tasks.ledger_day_turns()
        part = SearchRow.objects.get(listing=listing).offers
        tasks.ledger_day_turns()
        assert part < whole and kinds(shen).count("right_changed") == 1
        assert LedgerTurn.objects.get(day=clock.today()).done_at is not None
    with later(days=15):
        tasks.ledger_day_turns()
        assert SearchRow.objects.get(listing=listing).offers == whole


def test_days_that_were_missed_are_made_up_for(listing, patent, guo):
    start = clock.today() + timedelta(days=10)
    ledger.recorded(patent, guo, "exclusive", provinces=["430000"], start=start)
    whole = SearchRow.objects.get(listing=listing).offers
    tasks.ledger_day_turns()
    with later(days=40):  # nobody ran the clock for a month
        tasks.ledger_day_turns()
        assert SearchRow.objects.get(listing=listing).offers < whole
        turn = LedgerTurn.objects.get(day=clock.today())
        assert turn.since == clock.today() - timedelta(days=39)


def test_a_turn_goes_on_where_it_was(shen, guo):
    start = clock.today() + timedelta(days=1)
    found = [patents.published(shen, forms=["exclusive"]).listing_patents.get().patent for _number in range(3)]
    for patent in found:
        ledger.recorded(patent, guo, "exclusive", provinces=["430000"], start=start)
    with later(days=1):
        assert [turning.ledger_turn(most=2) for _round in range(3)] == [2, 1, 0]
        assert LedgerTurn.objects.get().reached == max(patent.pk for patent in found)


def test_a_licence_over_everything_concludes_the_listing_on_its_first_day(listing, patent, guo):
    ledger.recorded(patent, guo, "exclusive", start=clock.today() + timedelta(days=3))
    listing.refresh_from_db()
    assert listing.state == "published"
    with later(days=3):
        tasks.ledger_day_turns()
        listing.refresh_from_db()
        assert listing.state == "concluded"
        assert AuditEntry.objects.filter(verb="patents.listing_conclude").count() == 1


# ---- reservations


def reserved(patent, hours, **what):
    return rights.grant_write(
        patent=queries.lock_patent(patent.pk), actor=system_user(), terms=ledger.terms("exclusive", **what),
        evidence=ledger.evidence(), state="reserved", reserved_until=clock.now() + timedelta(hours=hours),
    )  # fmt: skip


def test_a_reservation_that_ran_out_is_freed_by_the_clock(listing, patent, shen):
    whole = SearchRow.objects.get(listing=listing).offers
    grant = reserved(patent, 2, provinces=["430000"])
    assert SearchRow.objects.get(listing=listing).offers < whole
    tasks.reservations_expire()
    assert Grant.objects.get(pk=grant.pk).state == "reserved"
    with later(hours=3):
        tasks.reservations_expire()
        tasks.reservations_expire()
        assert Grant.objects.get(pk=grant.pk).state == "ended"
        assert SearchRow.objects.get(listing=listing).offers == whole
        assert AuditEntry.objects.filter(verb="patents.grant_expire").count() == 1
        assert kinds(shen).count("right_changed") == 2


def test_each_patent_is_freed_in_its_own_transaction(shen, guo):
    rows = [reserved(patents.published(shen).listing_patents.get().patent, 1) for _number in range(3)]
    with later(hours=2):
        assert rights.reservations_expire(most=2) == 2
        assert rights.reservations_expire(most=2) == 1
        assert not Grant.objects.exclude(state="ended").filter(pk__in=[row.pk for row in rows]).exists()
