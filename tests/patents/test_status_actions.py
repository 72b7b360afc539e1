"""An event is written, what shows the patent follows, and the database keeps the history."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from patents import status_queries
from patents.actions import listings, status
from patents.gazette import Entry, status_on
from patents.models import Listing, ListingPatent, Patent, SearchRow, StatusEvent
from patents.states import Form
from platform_site import clock
from platform_site.accounts.models import Verification
from platform_site.accounts.queries import system_user
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, NotAllowed
from platform_site.notices.models import Notice
from platform_site.outbox import queue
from tests.factories import patents as make
from tests.factories import trading

TODAY = "2026-11-24 04:00:00+00:00"
DAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


def entry(kind="checked", day=DAY, **more):
    return Entry(**{"kind": kind, "happened_on": day, "as_of": DAY, **more})


def write(listing, actor, kind="checked", day=DAY, **more):
    return status.status_record(patent_id=make.patent_of(listing).pk, actor=actor, entry=entry(kind, day, **more))


def drained(person):
    while queue.drain():
        continue
    return [notice.kind for notice in Notice.objects.filter(recipient=person).order_by("id")]


def agrees(patent):
    """The stored answer is what the history says."""
    patent.refresh_from_db()
    return patent.legal_status == status_on(StatusEvent.objects.filter(patent=patent), DAY)


# ---- the first events come with the patent


@pytest.mark.parametrize(
    ("facts", "kinds"),
    [
        ({}, ["accepted", "published", "granted"]),
        ({"legal_status": "pending", "grant_date": None}, ["accepted", "published"]),
        (
            {"legal_status": "unpublished", "grant_date": None, "publication_date": None, "publication_number": ""},
            ["accepted"],
        ),
        ({"legal_status": "late_fee"}, ["accepted", "published", "granted", "late_fee"]),
        ({"legal_status": "invalid"}, ["accepted", "published", "granted", "void"]),
        ({"legal_status": "refused", "grant_date": None}, ["accepted", "published", "checked"]),
    ],
)
def test_a_patent_is_attached_with_its_history(shen, facts, kinds):
    patent = make.patent_of(make.draft(shen, **facts))
    events = list(patent.status_events.all())
    assert [event.kind for event in events] == kinds and agrees(patent)
    assert events[0].happened_on == patent.filing_date and events[0].recorded_by == shen


def test_correcting_a_draft_corrects_its_history(shen):
    listing = make.draft(shen, number="CN202311042871.5")
    facts = make.facts(application_number="CN202311042871.5", grant_date=date(2022, 6, 7), legal_status="late_fee")
    listings.patent_attach(listing_id=listing.pk, actor=shen, facts=facts)
    patent = make.patent_of(listing)
    standing = [(event.kind, event.happened_on) for event in patent.status_events.filter(corrected=False)]
    assert standing[2:] == [("granted", date(2022, 6, 7)), ("late_fee", DAY)]
    assert patent.status_events.get(corrected=True).kind == "granted" and agrees(patent)
    pending = {**facts, "grant_date": None, "legal_status": "pending"}
    listings.patent_attach(listing_id=listing.pk, actor=shen, facts=pending)
    assert agrees(patent) and patent.legal_status == "pending"
    assert not patent.status_events.filter(kind="granted", corrected=False).exists()


# ---- listings follow


@pytest.mark.parametrize(
    ("kind", "status_after"),
    [("expired", "expired"), ("void", "invalid"), ("abandoned", "abandoned"), ("double_abandoned", "abandoned")],
)
def test_listing_lapses_with_its_patent_and_the_owner_is_told(shen, guo, client, kind, status_after):
    listing = make.published(shen)
    write(listing, guo, kind)
    listing.refresh_from_db()
    assert listing.state == "lapsed" and not SearchRow.objects.exists() and not ListingPatent.objects.get().is_open
    patent = Patent.objects.get()
    assert patent.legal_status == status_after and agrees(patent)
    assert AuditEntry.objects.latest("id").verb == "patents.status_record"
    assert drained(shen).count("listing_lapsed") == 1
    page = client.get(listing.get_absolute_url()).content.decode()
    assert "已失效" in page and "2020 1 0" in page


@pytest.mark.parametrize("kind", ["withdrawn", "deemed_withdrawn", "rejected", "deemed_abandoned"])
def test_an_application_that_ends_takes_its_listing_along(shen, kind):
    listing = make.published(shen, legal_status="pending", grant_date=None)
    write(listing, shen, kind)
    assert Listing.objects.get().state == "lapsed" and Patent.objects.get().legal_status == "refused"


@pytest.mark.parametrize("kind", ["part_void", "upheld", "transferred", "pledge_registered", "preserved", "suspended"])
def test_other_events_leave_status_and_listing(shen, kind):
    listing = make.published(shen)
    write(listing, shen, kind)
    assert (Listing.objects.get().state, Patent.objects.get().legal_status) == ("published", "in_force")
    assert "patent_status_changed" not in drained(shen)


def test_a_revision_in_work_ends_with_it(shen):
    listing = make.published(shen)
    listings.listing_revise(listing_id=listing.pk, actor=shen)
    listings.listing_submit(listing_id=listing.pk, actor=shen, province_code="420000")
    write(listing, shen, "void")
    version = listing.versions.get(number=2)
    assert version.state == "withdrawn" and version.reviews.get().decision == "withdrawn"


def test_unpaid_suspends_and_restoration_brings_it_back_by_itself(shen, guo):
    listing = make.published(shen, annuity_paid_to=date(2026, 3, 2))
    write(listing, guo, "late_fee", date(2026, 3, 3))
    assert Listing.objects.get().state == "published"
    write(listing, guo, "terminated", date(2026, 9, 3), noticed_on=date(2026, 10, 10))
    listing.refresh_from_db()
    assert (listing.state, listing.suspended_by) == ("suspended", "status") and not SearchRow.objects.exists()
    assert ListingPatent.objects.get().is_open
    for actor in (shen, guo):
        with pytest.raises(NotAllowed):
            listings.listing_resume(listing_id=listing.pk, actor=actor, reason="恢复")
    with pytest.raises(Conflict, match="年费只缴到"):
        write(listing, shen, "restored")
    write(listing, shen, "restored", annuity_paid_to=date(2027, 3, 2))
    listing.refresh_from_db()
    assert (listing.state, listing.suspended_by) == ("published", "") and SearchRow.objects.count() == 1
    told = drained(shen)
    assert told[-3:] == ["patent_late_fee", "patent_terminated", "patent_restored"] and agrees(Patent.objects.get())


def test_after_the_window_it_lapses(shen):
    listing = make.published(shen)
    write(listing, shen, "terminated", date(2026, 6, 1), noticed_on=date(2026, 6, 10))
    assert Listing.objects.get().state == "lapsed"


def test_what_the_owner_suspended_stays_with_the_owner(shen):
    listing = make.published(shen)
    listings.listing_suspend(listing_id=listing.pk, actor=shen, reason="盘点")
    write(listing, shen, "terminated")
    write(listing, shen, "restored")
    listing.refresh_from_db()
    assert (listing.state, listing.suspended_by) == ("suspended", "owner")


def test_without_the_owners_mark_restoration_waits_for_the_office(shen):
    listing = make.published(shen)
    write(listing, shen, "terminated")
    Verification.objects.filter(user=shen).update(state="revoked")
    write(listing, shen, "restored")
    listing.refresh_from_db()
    assert (listing.state, listing.suspended_by) == ("suspended", "office") and listing.closing_reason


def test_one_terminated_patent_of_two_keeps_the_bundle_away(shen):
    listing = make.draft(shen)
    second = listings.patent_attach(listing_id=listing.pk, actor=shen, facts=make.facts())
    listings.listing_submit(listing_id=listing.pk, actor=shen, province_code="420000")
    make.approve(listing)
    first = listing.listing_patents.exclude(patent=second).get().patent
    for patent in (first, second):
        status.status_record(patent_id=patent.pk, actor=shen, entry=entry("terminated"))
    status.status_record(patent_id=first.pk, actor=shen, entry=entry("restored"))
    assert Listing.objects.get().state == "suspended"
    status.status_record(patent_id=second.pk, actor=shen, entry=entry("restored"))
    assert Listing.objects.get().state == "published"


def test_late_fee_takes_the_open_licence_off_until_it_is_paid(shen, client):
    listing = make.published(
        shen, forms=["ordinary", "open"], annuity_paid_to=date(2026, 3, 2), status_as_of=date(2026, 1, 5)
    )
    found = {"form": "open", "format": "json"}
    assert client.get("/zh-hans/patents/", found).json()["count"] == 1
    write(listing, shen, "late_fee", date(2026, 3, 3))
    assert Listing.objects.get().state == "published"
    assert client.get("/zh-hans/patents/", found).json()["count"] == 0
    assert client.get("/zh-hans/patents/", {"format": "json"}).json()["results"][0]["forms"] == ["ordinary"]
    assert trading.rooms.queries.forms_offered(listing) == ["ordinary"]
    page = client.get(listing.get_absolute_url()).content.decode()
    assert f'<th scope="row">{Form.OPEN.label}</th>' not in page
    write(listing, shen, "paid", annuity_paid_to=date(2027, 3, 2))
    assert client.get("/zh-hans/patents/", found).json()["count"] == 1


def test_a_lapsed_patent_is_offered_anew_once_restored(shen):
    listing = make.published(shen, number="CN202311042871.5")
    write(listing, shen, "terminated", date(2026, 6, 1), noticed_on=date(2026, 6, 10))
    again = make.published(shen, number="CN202311042871.5")
    patent = Patent.objects.get()
    assert again.state == "published" and patent.legal_status == "in_force" and agrees(patent)
    assert patent.status_events.last().kind == "restored"


def test_parties_of_open_rooms_are_told(shen, bai, guo):
    room = trading.room(shen, bai)
    closed = trading.room(shen, bai, listing=trading.market(shen))
    trading.rooms.negotiation_close(negotiation_id=closed.pk, actor=bai)
    drained(bai)
    write(room.listing, guo, "preserved")
    write(closed.listing, guo, "preserved")
    assert drained(bai).count("room_status_changed") == 1 and drained(shen).count("room_status_changed") == 1
    notice = Notice.objects.filter(recipient=bai, kind="room_status_changed").get()
    assert notice.path == f"/trading/negotiations/{room.pk}/" and notice.data["event"] == "专利权的保全"


# ---- look-ups and refusals


def test_a_look_up_moves_the_day_and_tells_nobody(shen):
    listing = make.published(shen, status_as_of=date(2026, 11, 1))
    event = write(listing, shen, status="in_force", source="登记簿副本", fee_reduction=85)
    patent = Patent.objects.get()
    assert (event.status, patent.status_as_of, patent.status_source, patent.fee_reduction) == (
        "in_force", DAY, "登记簿副本", 85,
    )  # fmt: skip
    assert not {"patent_status_changed", "room_status_changed"} & set(drained(shen))


def test_a_grant_needs_its_day_and_brings_it(shen):
    listing = make.published(shen, legal_status="pending", grant_date=None)
    with pytest.raises(Conflict, match="授权公告日"):
        write(listing, shen, status="in_force")
    write(listing, shen, "granted", date(2026, 11, 20))
    patent = Patent.objects.get()
    assert (patent.legal_status, patent.grant_date) == ("in_force", date(2026, 11, 20))
    assert "patent_status_changed" in drained(shen)


def test_who_may(shen, bai, he, guo):
    listing = make.published(shen)
    for actor in (bai, he):
        with pytest.raises(NotAllowed):
            write(listing, actor, "terminated")
    write(listing, guo, status="in_force")
    with pytest.raises(Conflict, match="公开的技术"):
        write(make.draft(shen), shen, status="in_force")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"as_of": DAY + timedelta(1), "status": "late_fee"}, "查询日期"),
        ({"as_of": date(2026, 11, 1), "day": date(2026, 11, 1), "status": "late_fee"}, "查询日期"),
        ({"kind": "late_fee", "day": DAY + timedelta(1)}, "事务日期"),
        ({"kind": "late_fee", "day": date(2019, 1, 1)}, "事务日期|不会发生"),
        ({"status": "pending"}, "不会回到"),
        ({"status": "unpublished"}, "不会回到"),
        ({"status": ""}, "请选择查询到的法律状态"),
        ({"kind": "granted"}, "不会发生"),
        ({"kind": "restored"}, "不会发生"),
        ({"kind": "examination"}, "不会发生"),
        ({"kind": "correction"}, "选择要更正"),
    ],
)
def test_refusals(shen, wrong, words):
    listing = make.published(shen, status_as_of=date(2026, 11, 10))
    before = StatusEvent.objects.count()
    with pytest.raises(Conflict, match=words):
        write(listing, shen, **wrong)
    assert StatusEvent.objects.count() == before


def test_inventions_alone_are_examined(shen):
    listing = make.published(
        shen, kind="utility_model", number=make.number(digit="2"), publication_date=None, publication_number=""
    )
    with pytest.raises(Conflict, match="只发生在发明专利上"):
        write(listing, shen, "compensated")


def test_the_same_event_twice_is_one(shen):
    listing = make.published(shen)
    write(listing, shen, "preserved")
    with pytest.raises(Conflict, match="已经记载"):
        write(listing, shen, "preserved")


def test_a_termination_dated_back_stands_after_the_late_fee(shen):
    listing = make.published(shen)
    write(listing, shen, "late_fee", date(2026, 9, 10))
    event = write(listing, shen, "terminated", date(2026, 9, 2))
    assert (event.happened_on, event.reaches_back_to) == (date(2026, 9, 10), date(2026, 9, 2))
    assert agrees(Patent.objects.get())


# ---- correction and the past


def test_a_wrong_event_is_corrected_by_a_dated_entry(shen):
    listing = make.published(shen)
    wrong = write(listing, shen, "terminated")
    write(listing, shen, "correction", corrects=wrong.pk, note="看错了号码")
    wrong.refresh_from_db()
    listing.refresh_from_db()
    assert wrong.corrected and (listing.state, Patent.objects.get().legal_status) == ("published", "in_force")
    with pytest.raises(Conflict, match="已更正过"):
        write(listing, shen, "correction", corrects=wrong.pk)


def test_a_wrong_day_is_replaced(shen):
    listing = make.published(shen)
    granted = StatusEvent.objects.get(kind="granted")
    write(listing, shen, "granted", date(2022, 6, 7), corrects=granted.pk, note="公告日有误")
    patent = Patent.objects.get()
    assert patent.grant_date == date(2022, 6, 7) and agrees(patent)


def test_the_status_of_many_on_a_past_day_in_one_query(shen, django_assert_num_queries):
    patents = [make.patent_of(make.published(shen)) for _place in range(3)]
    status.status_record(patent_id=patents[0].pk, actor=shen, entry=entry("terminated"))
    with django_assert_num_queries(1):
        found = status_queries.patents_status_on([patent.pk for patent in patents], DAY)
    assert found == {patents[0].pk: "terminated", patents[1].pk: "in_force", patents[2].pk: "in_force"}
    assert status_queries.patent_status_on(patents[0], date(2021, 1, 1)) == "pending"
    assert status_queries.patent_status_on(patents[0], date(2019, 1, 1)) is None
    with django_assert_num_queries(1):
        assert len(status_queries.events_of([patent.pk for patent in patents])) == 3


# ---- what the database refuses


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE patents_statusevent SET happened_on = '2021-01-01'", "never changed"),
        ("UPDATE patents_statusevent SET corrected = true", "never changed"),
        ("DELETE FROM patents_statusevent", "never erased"),
        ("UPDATE patents_patent SET fee_reduction = 50", "fee_reduction_known"),
        ("UPDATE patents_listing SET state = 'suspended'", "suspended_by_somebody"),
        ("UPDATE patents_listing SET suspended_by = 'owner'", "suspended_by_somebody"),
    ],
)
def test_raw_sql_is_refused(shen, sql, words):
    make.published(shen)
    with pytest.raises(DatabaseError, match=words), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_row_gives_what_its_kind_can_give_and_corrects_its_own_patent(shen):
    one, other = (make.patent_of(make.draft(shen)) for _place in range(2))
    plain = {"patent": one, "happened_on": DAY, "as_of": DAY, "recorded_at": clock.now(), "recorded_by": shen}
    with pytest.raises(DatabaseError, match="status_fits"), transaction.atomic():
        StatusEvent.objects.create(**plain, kind="granted", status="invalid")
    foreign = other.status_events.first()
    with pytest.raises(DatabaseError, match="same patent"), transaction.atomic():
        StatusEvent.objects.create(**plain, kind="correction", corrects=foreign)


def test_database_refuses_a_dead_patent_on_the_market(shen):
    listing = make.published(shen)
    with pytest.raises(DatabaseError, match="are alive"), transaction.atomic():
        Patent.objects.update(legal_status="invalid")
    listings.listing_suspend(listing_id=listing.pk, actor=shen, reason="盘点")
    assert Patent.objects.update(legal_status="invalid") == 1


def test_the_clock_alone_advances(shen, guo):
    patent = make.patent_of(make.published(shen))
    with pytest.raises(NotAllowed):
        status.status_advance(patent_id=patent.pk, actor=guo)
    assert status.status_advance(patent_id=patent.pk, actor=system_user()) == 0
