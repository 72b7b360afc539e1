"""Booths drawn and held, applications made, reviewed, answered: each refusal with its sentence. Read next: test_floor_guards.py."""

from datetime import timedelta
from decimal import Decimal

import pytest

from expos import exhibit_queries, floor_queries, floor_tasks
from expos.actions import allotments, applications, booths, editions
from expos.models import Booth, BoothApplication, BoothHold, Exhibit
from expos.states import ExpoState
from platform_site import clock
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.notices.models import Notice
from platform_site.outbox import queue
from platform_site.regions import hosts
from tests import shared
from tests.factories import expo_floor as make
from tests.factories import expos, patents

pytestmark = pytest.mark.django_db
guo, he, shen, bai, mo = shared.once("guo", "he", "shen", "bai", "mo")


@pytest.fixture(scope="module")
def expo(module_db, guo, he, shen, bai, mo):
    """Hubei's call: eight booths A01 to A08 in two rows, raw A90; Bai's technology on the market."""
    return make.floor(officer=guo)


@pytest.fixture(scope="module")
def listing(module_db, expo, bai):
    return patents.published(bai, province=make.HUNAN)


def told(kind):
    while queue.drain():
        continue
    return set(Notice.objects.filter(kind=kind).values_list("recipient__email", flat=True))


# ---- the plan


def test_rows_are_numbered_on_with_corners_at_both_ends(expo):
    found = {one.number: one for one in Booth.objects.filter(expo=expo)}
    assert sorted(found) == [*(f"A0{n}" for n in range(1, 9)), "A90"]
    assert [found[f"A0{n}"].kind for n in (1, 2, 4, 5)] == ["corner", "standard", "corner", "corner"]
    assert (found["A05"].x, found["A05"].y, found["A90"].units, found["A90"].area) == (2, 8, 4, 36)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"x": 3, "y": 3}, "重叠"),
        ({"x": 38}, "超出"),
        ({"width": 5}, "36 平方米"),
        ({"kind": "standard"}, "3×3"),
        ({"number": "B12"}, "展厅编号 A 开头"),
        ({"number": "A01"}, "已有展位号"),
        ({"kind": "corner", "width": 3, "depth": 3, "open_sides": 1}, "至少两面"),
    ],
)
def test_what_cannot_stand_is_refused_with_a_sentence(expo, guo, changes, said):
    values = make.booth_values(expo, number="A91", x=30)
    with pytest.raises(Conflict, match=said):
        booths.booth_save(expo_id=expo.pk, actor=guo, values={**values, **changes})
    assert not Booth.objects.filter(number="A91").exists()


def test_rows_come_whole_or_not_at_all(expo, guo):
    before = Booth.objects.count()
    with pytest.raises(Conflict, match="超出"):
        make.rows(expo, officer=guo, first=20, count=40, per_row=5, y=14)
    with pytest.raises(Conflict, match="最多添加"):
        make.rows(expo, officer=guo, first=20, count=500)
    assert Booth.objects.count() == before


def test_a_booth_is_moved_and_removed_by_the_host_alone(expo, guo, he):
    booth = Booth.objects.get(number="A90")
    values = make.booth_values(expo, x=10, y=20, price_cny=Decimal(90000))
    for act in (
        lambda who: booths.booth_save(expo_id=expo.pk, actor=who, values=values, booth_id=booth.pk),
        lambda who: booths.booth_remove(expo_id=expo.pk, actor=who, booth_id=booth.pk),
        lambda who: make.rows(expo, officer=who, first=50),
    ):
        with pytest.raises(NotAllowed):
            act(he)
    assert booths.booth_save(expo_id=expo.pk, actor=guo, values=values, booth_id=booth.pk).x == 10
    booths.booth_remove(expo_id=expo.pk, actor=guo, booth_id=booth.pk)
    assert not Booth.objects.filter(pk=booth.pk).exists()
    assert AuditEntry.objects.filter(verb="expos.booth_remove").count() == 1


def test_the_next_edition_has_the_plan_without_its_holders(expo, guo):
    pavilion = expo.delegations.get(province="430000")
    Booth.objects.filter(number="A02").update(pavilion=pavilion)
    with clock.at(expos.noon(expo.last_on)):
        following = expos.planned(hosts.host_of_year(expo.year + 1), year=expo.year + 1)
    copied = {one.number: one for one in following.booths.all()}
    assert set(copied) == set(expo.booths.values_list("number", flat=True))
    assert copied["A02"].pavilion == following.delegations.get(province="430000")
    assert copied["A02"].hall.expo_id == following.pk and not floor_queries.given_ids(following)


def test_a_hall_with_booths_is_neither_narrowed_nor_struck_out(expo, guo):
    hall = expo.halls.get()
    values = {"code": "A", "name_zh": "一号馆", "name_en": "", "width_m": 12, "depth_m": 30, "people": 500}
    with pytest.raises(Conflict):
        expos.places.hall_save(expo_id=expo.pk, actor=guo, values=values, hall_id=hall.pk)
    with pytest.raises(Conflict, match="还有展位"):
        expos.places.hall_remove(expo_id=expo.pk, actor=guo, hall_id=hall.pk)


# ---- holds


def a_booth(number):
    return Booth.objects.get(number=number)


def test_a_hold_lasts_twenty_minutes_and_one_at_a_time(expo, bai):
    first = booths.booth_hold(booth_id=a_booth("A02").pk, actor=bai)
    assert first.ends_at - first.held_at == timedelta(minutes=20)
    assert booths.booth_hold(booth_id=a_booth("A02").pk, actor=bai) == first
    second = booths.booth_hold(booth_id=a_booth("A03").pk, actor=bai)
    assert floor_queries.hold_of(expo, bai, clock.database_now()) == second
    assert set(floor_queries.holds(expo, clock.database_now())) == {second.booth_id}


def test_who_comes_second_is_told_the_nearest_three(expo, shen, bai):
    booths.booth_hold(booth_id=a_booth("A02").pk, actor=bai)
    with pytest.raises(booths.Taken) as refused:
        booths.booth_hold(booth_id=a_booth("A02").pk, actor=shen)
    assert [one.number for one in refused.value.near] == ["A01", "A03", "A04"]
    assert "最近的空展位：A01" in str(refused.value.advice)


def test_after_twenty_minutes_a_booth_is_free_without_anybody_sweeping(expo, shen, bai):
    with clock.at(clock.now() - timedelta(minutes=21)):
        booths.booth_hold(booth_id=a_booth("A02").pk, actor=bai)
    assert booths.booth_hold(booth_id=a_booth("A02").pk, actor=shen).user == shen


def test_a_hold_is_let_go(expo, shen, bai):
    booths.booth_hold(booth_id=a_booth("A02").pk, actor=bai)
    assert booths.hold_release(expo_id=expo.pk, actor=bai) is True
    assert booths.hold_release(expo_id=expo.pk, actor=bai) is False
    booths.booth_hold(booth_id=a_booth("A02").pk, actor=shen)


def test_neither_the_unverified_nor_at_another_time(expo, guo, mo, bai):
    with pytest.raises(NotAllowed, match="实名核验"):
        booths.booth_hold(booth_id=a_booth("A02").pk, actor=mo)
    closed = make.closed(expo, officer=guo)
    expos.moved(closed, ExpoState.PROGRAMME_PUBLISHED, officer=guo)
    with pytest.raises(Conflict, match="现在不能选展位"):
        booths.booth_hold(booth_id=a_booth("A02").pk, actor=bai)


# ---- applications


def test_an_application_with_its_exhibits_and_the_held_booth_first(expo, he, bai, listing):
    booths.booth_hold(booth_id=a_booth("A03").pk, actor=bai)
    made = make.applied(expo, bai, listing=listing, wishes=["A02", "A03"], corner=True)
    assert [wish.booth.number for wish in floor_queries.wishes_of(made)] == ["A03", "A02"]
    assert floor_queries.hold_of(expo, bai, clock.database_now()) is None
    exhibit = made.exhibits.get()
    assert (exhibit.state, exhibit.patented, exhibit.checks.get().passed) == ("applied", True, True)
    assert he.email in told("application_submitted")
    with pytest.raises(Conflict, match="已有一份有效的申请"):
        make.applied(expo, bai, listing=listing)


def test_only_the_verified_with_their_own_and_during_the_call(expo, guo, mo, shen, bai, listing):
    with pytest.raises(NotAllowed, match="实名核验"):
        make.applied(expo, mo, listing=listing)
    with pytest.raises(Conflict, match="本人"):
        make.applied(expo, shen, listing=listing)
    with pytest.raises(Conflict, match="一至 10 项"):
        applications.application_make(expo_id=expo.pk, actor=bai, asked=make.asked(expo, listings=[]))
    with clock.at(expos.noon(expo.starts_on)), pytest.raises(Conflict, match="截止"):
        make.applied(expo, bai, listing=listing)
    make.closed(expo, officer=guo)
    with pytest.raises(Conflict, match="不接受参展申请"):
        make.applied(expo, bai, listing=listing)


def test_what_is_not_granted_is_shown_without_the_mark_alone(expo, bai):
    pending = patents.published(bai, province=make.HUNAN, legal_status="pending", grant_date=None)
    with pytest.raises(Conflict, match="还没有授权"):
        make.applied(expo, bai, listing=pending)
    assert make.applied(expo, bai, listing=pending, patented=False).exhibits.get().state == "applied"


def test_an_unpublished_application_is_barred_for_its_novelty(expo, bai):
    secret = patents.draft(
        bai, legal_status="unpublished", grant_date=None, publication_date=None, publication_number=""
    )
    with pytest.raises(Conflict, match="丧失新颖性"):
        make.applied(expo, bai, listing=secret, patented=False)


def test_the_delegation_s_own_office_reviews_and_nobody_else(expo, guo, he, bai, listing):
    row = make.applied(expo, bai, listing=listing)
    exhibit = row.exhibits.get()
    for act in (
        lambda: applications.application_approve(application_id=row.pk, actor=guo),
        lambda: applications.application_refuse(application_id=row.pk, actor=guo, reason="不合要求。"),
        lambda: applications.exhibit_refuse(exhibit_id=exhibit.pk, actor=guo, reason="不合要求。"),
        lambda: applications.application_approve(application_id=row.pk, actor=bai),
    ):
        with pytest.raises(NotAllowed, match="省知识产权局预审"):
            act()
    applications.application_approve(application_id=row.pk, actor=he)
    exhibit.refresh_from_db()
    assert (exhibit.state, exhibit.decided_by) == ("accepted", he)
    assert told("application_pre_reviewed") == {bai.email}
    with pytest.raises(MoveRefused):
        applications.application_approve(application_id=row.pk, actor=he)


def test_a_refusal_has_a_reason_and_lets_one_apply_again(expo, he, bai, listing):
    row = make.applied(expo, bai, listing=listing)
    with pytest.raises(Conflict, match="写明理由"):
        applications.application_refuse(application_id=row.pk, actor=he, reason=" ")
    applications.application_refuse(application_id=row.pk, actor=he, reason="展品与主题不符。")
    assert row.exhibits.get().reason == "展品与主题不符。"
    assert told("application_refused") == {bai.email}
    make.applied(expo, bai, listing=listing)


def test_one_exhibit_of_two_is_refused_and_the_other_goes_on(expo, he, bai, listing):
    other = patents.published(bai, province=make.HUNAN, title="第二项")
    row = applications.application_make(expo_id=expo.pk, actor=bai, asked=make.asked(expo, listings=[listing, other]))
    one = row.exhibits.get(listing=other)
    applications.exhibit_refuse(exhibit_id=one.pk, actor=he, reason="资料不全。")
    applications.application_approve(application_id=row.pk, actor=he)
    assert list(row.exhibits.order_by("pk").values_list("state", flat=True)) == ["accepted", "refused"]
    kept = row.exhibits.get(listing=listing)
    with pytest.raises(NotAllowed):
        applications.exhibit_withdraw(exhibit_id=kept.pk, actor=he)
    assert applications.exhibit_withdraw(exhibit_id=kept.pk, actor=bai).state == "withdrawn"


def test_none_that_passes_is_no_approval(expo, he, bai, listing):
    row = make.applied(expo, bai, listing=listing)
    make.event(listing, "terminated")
    with pytest.raises(Conflict, match="没有一项展品"):
        applications.application_approve(application_id=row.pk, actor=he)
    assert BoothApplication.objects.get(pk=row.pk).state == "submitted"


def test_it_is_taken_back_by_its_own_exhibitor(expo, shen, bai, listing):
    row = make.applied(expo, bai, listing=listing)
    with pytest.raises(NotAllowed):
        allotments.application_withdraw(application_id=row.pk, actor=shen)
    allotments.application_withdraw(application_id=row.pk, actor=bai)
    assert (BoothApplication.objects.get(pk=row.pk).state, row.exhibits.get().state) == ("withdrawn", "withdrawn")


def test_the_programme_waits_for_every_application(expo, guo, bai, listing):
    make.applied(expo, bai, listing=listing)
    make.closed(expo, officer=guo)
    with pytest.raises(Conflict, match="还有 1 份参展申请"):
        editions.expo_advance(expo_id=expo.pk, actor=guo, to=ExpoState.PROGRAMME_PUBLISHED)


def test_tasks_find_nothing_where_nothing_is(expo):
    assert (floor_tasks.applications_run(), floor_tasks.exhibits_run(), floor_tasks.allocations_run()) == (0, 0, 0)
    assert not BoothHold.objects.exists() and not Exhibit.objects.exists()
    assert exhibit_queries.complaint_counts(expo) == (0, 0)
