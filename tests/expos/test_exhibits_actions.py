"""What is shown is looked at again and again; and the complaint desk. Read next: test_floor_guards.py."""

from datetime import datetime, time, timedelta

import pytest

from expos import complaint_clock, exhibit_checks, exhibit_queries, floor_tasks
from expos.actions import complaints, exhibits
from expos.models import Complaint, Exhibit
from expos.states import CheckOccasion, ExpoState
from platform_site import clock
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.notices.models import Notice
from platform_site.outbox import queue
from tests import shared
from tests.factories import expo_floor as make
from tests.factories import expos, patents

pytestmark = pytest.mark.django_db
guo, he, shen, bai, mo = shared.once("guo", "he", "shen", "bai", "mo")


@pytest.fixture(scope="module")
def exhibit(module_db, guo, he, shen, bai, mo):
    """Bai's, accepted by Hunan, at Hubei's expo whose call is out."""
    expo = make.floor(officer=guo)
    row = make.reviewed(expo, bai, officer=he, listing=patents.published(bai, province=make.HUNAN, officer=he))
    return Exhibit.objects.select_related("expo", "listing").get(application=row)


def drained():
    while queue.drain():
        continue


def told(kind):
    drained()
    return set(Notice.objects.filter(kind=kind).values_list("recipient__email", flat=True))


def now(exhibit):
    return Exhibit.objects.get(pk=exhibit.pk)


def test_a_patent_that_ends_bars_its_exhibit_and_tells_all_three(exhibit, guo, he, bai):
    make.event(exhibit.listing, "terminated")
    assert told("exhibit_barred") >= {bai.email, he.email, guo.email}
    found = now(exhibit)
    assert (found.state, found.reason) == ("barred", "dead")
    assert exhibit_checks.reason_words(found.reason) == "专利权或者专利申请已经终止，不能参展。"
    last = found.checks.first()
    assert (last.occasion, last.passed, last.status) == ("change", False, "terminated")


def test_it_comes_back_with_its_patent(exhibit, bai):
    make.event(exhibit.listing, "terminated")
    drained()
    make.event(exhibit.listing, "restored")
    assert bai.email in told("exhibit_accepted")
    assert (now(exhibit).state, now(exhibit).reason) == ("accepted", "")


def test_set_up_and_opening_morning_look_at_everything_once(exhibit, guo):
    expo = expos.moved(make.closed(exhibit.expo, officer=guo), ExpoState.ALLOCATING)
    make.allotted(expo, officer=guo)
    expo = expos.moved(expo, ExpoState.PROGRAMME_PUBLISHED, officer=guo)
    for day, occasion in ((expo.starts_on - timedelta(days=1), "set_up"), (expo.starts_on, "opening")):
        with clock.at(datetime.combine(day, time(7, 15), tzinfo=clock.SHANGHAI)):
            assert (floor_tasks.exhibits_run(), floor_tasks.exhibits_run()) == (1, 0)
        assert now(exhibit).checks.first().occasion == occasion
    with clock.at(expos.noon(expo.starts_on - timedelta(days=5))):
        assert floor_tasks.exhibits_run() == 0


def test_the_host_presses_the_button_and_no_other(exhibit, guo, he):
    for act in (
        lambda: exhibits.exhibits_check(expo_id=exhibit.expo_id, actor=he),
        lambda: exhibits.exhibit_check(exhibit_id=exhibit.pk, actor=he, occasion=CheckOccasion.SET_UP),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert exhibits.exhibits_check(expo_id=exhibit.expo_id, actor=guo) == (1, 0)
    patents.listings.listing_suspend(listing_id=exhibit.listing_id, actor=exhibit.exhibitor, reason="整理材料。")
    assert exhibits.exhibits_check(expo_id=exhibit.expo_id, actor=guo) == (1, 1)
    assert now(exhibit).reason == "off_market"


@pytest.mark.parametrize(
    ("status", "patented", "reason"),
    [
        ("in_force", True, ""), ("late_fee", True, ""), ("pending", False, ""), ("pending", True, "not_granted"),
        ("unpublished", False, "unpublished"), ("terminated", False, "dead"), ("invalid", True, "dead"),
    ],
)  # fmt: skip
def test_the_verdict_by_status(status, patented, reason):
    listing, patent = exhibit_queries.Listing(state="published"), exhibit_queries.Patent(legal_status=status)
    found = exhibit_checks.verdict(listing, [patent], patented=patented)
    assert (found.reason, found.passed) == (reason, not reason) and exhibit_checks.today_words(found)
    assert exhibit_checks.verdict(listing, [], patented=patented).reason == "no_patent"


# ---- the complaint desk


def test_a_complaint_is_heard_and_handed_over(exhibit, guo, bai, shen):
    made = make.complained(exhibit, shen)
    assert made.due_at > clock.now()
    assert told("complaint_received") >= {guo.email, bai.email}
    with pytest.raises(Conflict, match="正在处理"):
        make.complained(exhibit, shen)
    complaints.complaint_state(complaint_id=made.pk, actor=bai, words="我方方案早于该专利。")
    with pytest.raises(Conflict, match="陈述一次"):
        complaints.complaint_state(complaint_id=made.pk, actor=bai, words="再说一次。")
    complaints.complaint_accept(complaint_id=made.pk, actor=guo)
    row = complaints.complaint_hand_over(complaint_id=made.pk, actor=guo, reason="双方各执一词。")
    assert (row.state, bool(row.handed_at), bool(row.ended_at)) == ("handed_over", True, True)
    assert told("complaint_handed_over") == {bai.email, shen.email}
    with pytest.raises(MoveRefused):
        complaints.complaint_settle(complaint_id=made.pk, actor=guo, reason="晚了。")


def test_a_complaint_is_refused_with_a_reason_settled_or_taken_back(exhibit, guo, shen, mo):
    one, other = make.complained(exhibit, shen), make.complained(exhibit, mo)
    with pytest.raises(Conflict, match="写明理由"):
        complaints.complaint_refuse(complaint_id=one.pk, actor=guo, reason=" ")
    assert complaints.complaint_refuse(complaint_id=one.pk, actor=guo, reason="没有提供权利证明。").state == "refused"
    complaints.complaint_accept(complaint_id=other.pk, actor=guo)
    with pytest.raises(Conflict, match="双方达成"):
        complaints.complaint_settle(complaint_id=other.pk, actor=guo, reason="")
    assert complaints.complaint_settle(complaint_id=other.pk, actor=guo, reason="撤下样机。").state == "settled"
    again = make.complained(exhibit, shen)
    assert complaints.complaint_withdraw(complaint_id=again.pk, actor=shen).state == "withdrawn"
    assert exhibit_queries.complaint_counts(exhibit.expo) == (3, 0)


def test_neither_another_office_nor_a_party_decides(exhibit, guo, he, bai, shen):
    made = make.complained(exhibit, shen)
    for who in (he, bai, shen):
        for act in (complaints.complaint_accept, complaints.complaint_hand_over):
            with pytest.raises(NotAllowed, match="承办省"):
                act(complaint_id=made.pk, actor=who)
    with pytest.raises(NotAllowed):
        complaints.complaint_withdraw(complaint_id=made.pk, actor=guo)
    with pytest.raises(NotAllowed):
        complaints.complaint_state(complaint_id=made.pk, actor=shen, words="不是我的展品。")
    with pytest.raises(NotAllowed, match="他人的展品"):
        make.complained(exhibit, bai)
    own = make.complained(exhibit, guo)
    with pytest.raises(NotAllowed):
        complaints.complaint_accept(complaint_id=own.pk, actor=guo)


def test_who_sees_a_complaint(exhibit, guo, he, bai, shen, mo):
    made = make.complained(exhibit, shen)
    seen = {
        who.email: exhibit_queries.complaints_seen(exhibit.expo, who, runs=runs).filter(pk=made.pk).exists()
        for who, runs in ((guo, True), (he, False), (bai, False), (shen, False), (mo, False))
    }
    assert seen == {guo.email: True, he.email: False, bai.email: True, shen.email: True, mo.email: False}
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "hour", "due"),
    [(0, 10, (0, 12)), (0, 16, (1, 11)), (0, 8, (0, 11)), (2, 16, (2, 18)), (-1, 10, (1, 0))],
)
def test_two_hours_on_the_days_of_the_expo_and_a_working_day_before(exhibit, day, hour, due):
    expo = exhibit.expo

    def at(days, hours):
        return datetime.combine(expo.starts_on, time(0), tzinfo=clock.SHANGHAI) + timedelta(days=days, hours=hours)

    every_day = {expo.starts_on + timedelta(days=number): True for number in range(-9, 9)}
    assert complaint_clock.due_at(expo, at(day, hour), every_day) == at(*due)
