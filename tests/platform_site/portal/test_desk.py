"""My desk: what waits for me in one list by due day, what I wait for, and never anything of somebody else."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from stdnum.cn import ric

from patents import checklist as checklists
from patents.actions import listings, reviews
from patents.models import Review
from platform_site.accounts import actions
from platform_site.accounts.queries import reader as reader_of
from platform_site.portal import desk as desks
from platform_site.regions.models import DayOverride
from tests.factories import accounts as people
from tests.factories import patents, trading

pytestmark = pytest.mark.django_db
URL = "/zh-hans/desk/"


def resident(serial):
    number = f"42010219900307{serial}"
    return number + ric.calc_check_digit(number + "0")


def ask(actor, serial="123", name="莫某"):
    return actions.verification_submit(
        actor=actor, real_name=name, identity_kind="resident", identity_number=resident(serial)
    )


def words(items):
    return [f"{item.verb} {item.title}" for item in items]


def of(user):
    desk = desks.desk_of(type(user).objects.get(pk=user.pk))
    return words(desk.mine), words(desk.waiting)


def test_a_visitor_logs_in_first(client):
    assert client.get(URL)["Location"] == f"/zh-hans/accounts/login/?next={URL}"


# ---- setting up


def test_a_new_member_is_led_through_the_set_up(mo):
    mo.province = mo.office = None
    mo.save()
    assert of(mo)[0] == ["填写 个人资料：所在的省和联系方式", "登记 所在单位", "申请 实名核验"]
    actions.profile_save(actor=mo, display_name="莫", phone="", language="en", province_code="410000", office_code="")
    assert of(mo)[0] == ["登记 所在单位", "申请 实名核验"]
    made = ask(mo)
    mine, waiting = of(mo)
    assert (mine, waiting) == ([], ["核验 我的实名核验申请"])
    item = desks.desk_of(mo).waiting[0]
    assert (item.due, item.note) == (made.due_on, "河南省知识产权局")


def test_after_a_refusal_the_desk_asks_again(mo):
    officer = people.officer("zhao@example.org", province="410000")
    actions.verification_refuse(verification_id=ask(mo).pk, actor=officer, reason="看不清")
    assert "重新申请 实名核验" in of(mo)[0]


def test_nothing_to_do_says_so_with_the_time(client, shen):
    client.force_login(shen)
    page = client.get(URL).content.decode()
    assert "没有等您办理的事项" in page and "没有在等别人办理的事项" in page


# ---- one's own listings


def test_drafts_are_mine_and_submitted_ones_are_waited_for(shen, mo):
    draft = patents.draft(shen)
    submitted = patents.submitted(shen)
    mine, waiting = of(shen)
    assert mine == [f"继续填写 {draft.number} 低温氨分解制氢用钌基催化剂"]
    assert waiting == [f"审核 {submitted.number} 低温氨分解制氢用钌基催化剂"]
    review = Review.objects.get(version__listing=submitted)
    item = desks.desk_of(shen).waiting[0]
    assert (item.due, item.note) == (review.due_on, "湖北省知识产权局")
    assert not [line for line in sum(of(mo), []) if "CN6-" in line]


def test_a_returned_listing_is_mine_again(shen, guo):
    listing = patents.submitted(shen)
    review = Review.objects.get(version__listing=listing)
    reviews.review_take(review_id=review.pk, actor=guo)
    checklist = {item: {"ok": False, "note": "权属证明看不清"} for item in checklists.ITEMS}
    reviews.review_request_changes(review_id=review.pk, actor=guo, checklist=checklist, reason="权属证明看不清")
    mine, waiting = of(shen)
    assert mine[0].startswith(f"修改 {listing.number}")
    assert waiting == []


def test_a_revision_begun_is_mine(shen):
    listing = patents.published(shen)
    assert of(shen) == ([], [])
    listings.listing_revise(listing_id=listing.pk, actor=shen)
    assert of(shen)[0][0].startswith(f"完成修订 {listing.number}")


# ---- rooms


def test_an_enquiry_is_the_owners_until_answered(shen, bai, mo, guo):
    room = trading.room(shen, bai)
    assert of(shen)[0][0].startswith(f"答复询盘 {room.listing.number}")
    assert of(bai)[1][0].startswith(f"答复 {room.listing.number}")
    item = desks.desk_of(shen).mine[0]
    assert item.note == "白经理" and item.due is not None
    trading.say(room, shen)
    assert of(shen)[1][0].startswith(f"答复 {room.listing.number}")
    assert of(bai)[0][0].startswith(f"答复留言 {room.listing.number}")
    for stranger in (mo, guo):
        assert not [line for line in sum(of(stranger), []) if room.listing.number in line]


# ---- offices


def test_an_officer_sees_the_queues_of_the_own_province_by_due_day(client, guo, he, shen, mo):
    mo.province_id = mo.office_id = "420000"
    mo.save()
    listing = patents.submitted(shen)
    asked = ask(mo)
    Review.objects.filter(version__listing=listing).update(due_on="2020-01-02")
    mine, _waiting = of(guo)
    assert mine == [f"审核 {listing.number} 低温氨分解制氢用钌基催化剂", "核验 莫某 的实名核验申请"]
    assert desks.desk_of(guo).mine[0].overdue
    assert of(he) == ([], [])
    client.force_login(guo)
    page = client.get(URL).content.decode()
    assert f"/zh-hans/accounts/verifications/{asked.pk}/" in page and "已超期" in page
    assert resident("123") not in page
    assert "审核队列" in page and "审计日志" not in page


def test_what_a_colleague_took_or_oneself_asked_is_not_mine(guo, shen):
    colleague = people.officer("zhao@example.org", province="420000")
    review = Review.objects.get(version__listing=patents.submitted(shen))
    reviews.review_take(review_id=review.pk, actor=colleague)
    ask(guo)
    assert of(guo) == ([], ["核验 我的实名核验申请"])
    assert len(of(colleague)[0]) == 2


def test_an_unpublished_year_is_told_to_officers_alone(client, guo, mo):
    with time_machine.travel("2030-12-30 02:00+00:00", tick=False):
        asked = ask(mo)
        assert asked.due_on.year == 2031
        client.force_login(guo)
        page = client.get(URL).content.decode()
        assert "2031 年的法定节假日安排尚未公布" in page
        client.force_login(mo)
        assert "法定节假日" not in client.get(URL).content.decode()
        DayOverride.objects.create(day=date(2031, 1, 1), is_working=False)
        assert desks.desk_of(guo).unpublished_years == []


def test_a_published_year_warns_nobody(guo):
    with time_machine.travel("2026-06-01 02:00+00:00", tick=False):
        assert desks.desk_of(guo).unpublished_years == []


# ---- cost


def test_the_desk_costs_the_same_for_one_and_three(guo, shen, bai):
    people.verify(guo)

    def fill(serial):
        member = people.member(f"m{serial}@example.org", province="420000")
        ask(member, serial=serial)
        patents.submitted(shen)
        patents.draft(guo)
        patents.submitted(guo)
        trading.room(guo, bai)

    def cost():
        reader = reader_of(guo.pk)  # as the pages get it
        with CaptureQueriesContext(connection) as queries:
            desk = desks.desk_of(reader)
        return len(queries), len(desk.mine) + len(desk.waiting)

    fill("401")
    first, rows = cost()
    fill("402")
    fill("403")
    second, more = cost()
    assert more > rows
    assert first == second <= 30, (first, second)  # it reads each kind of work once


def test_the_page_costs_the_same_too(client, shen, bai):
    client.force_login(shen)
    patents.draft(shen)
    trading.room(shen, bai)
    client.get(URL)
    with CaptureQueriesContext(connection) as one:
        client.get(URL)
    for _ in range(2):
        patents.draft(shen)
        trading.room(shen, bai)
    with CaptureQueriesContext(connection) as three:
        client.get(URL)
    assert len(one) == len(three)


def test_many_rows_are_bounded(shen):
    for _ in range(desks.SHOWN + 2):
        listings.listing_create(actor=shen)
    assert len(desks.desk_of(shen).mine) == desks.SHOWN


def test_the_page_in_english(client, shen):
    patents.draft(shen)
    client.force_login(shen)
    assert client.get("/en/desk/").status_code == 200
