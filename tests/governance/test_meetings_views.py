"""Meetings, ballots, resolutions and minutes in the browser's eyes: what each page shows to whom, what its forms refuse."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance import ballot_words, meeting_tasks, queries
from governance.actions import items, meetings, resolutions
from governance.models import AgendaItem, Ballot, Meeting, Resolution, Vote
from platform_site import clock
from platform_site.portal import desk as desks
from platform_site.regions.facts import ROTATION_ORDER
from tests.clients import browser, fresh
from tests.factories import accounts, group, patents
from tests.factories import meetings as make

pytestmark = pytest.mark.django_db
AT = "/zh-hans/governance/"


@pytest.fixture
def seats(db):
    found = group.all_seated()
    group.directing()
    return found


def text(response):
    return response.content.decode()


def local(moment):
    return moment.astimezone(clock.SHANGHAI).strftime("%Y-%m-%dT%H:%M")


def typed(**changes):
    values = make.values()
    return {
        "kind": "regular", "title_zh": "第二次例会", "starts_at": local(values["starts_at"]), "place_zh": "武汉", **changes
    }  # fmt: skip


def test_the_office_prepares_a_meeting_and_errors_stand_beside_the_fields(si, ju):
    wrong = browser(si).post(f"{AT}meetings/create/", typed(kind="written", place_zh="", title_zh="书面审议经费"))
    assert "书面审议须有截止时间" in text(wrong) and "书面审议经费" in text(wrong) and not Meeting.objects.exists()
    wrong = browser(si).post(f"{AT}meetings/create/", typed(place_zh=""))
    assert "请填写开会的地点" in text(wrong)
    made = browser(si).post(f"{AT}meetings/create/", typed())
    meeting = Meeting.objects.get()
    assert made["Location"] == f"{AT}meetings/{meeting.pk}/"
    assert browser(ju).post(f"{AT}meetings/create/", typed()).status_code == 403
    page = text(browser(si).post(f"{AT}meetings/{meeting.pk}/change/", typed(title_zh="")))
    assert "第二次例会" in page or "会议名称" in page


def test_the_public_sees_what_was_called_and_nothing_else(si, ju, mo):
    with clock.at(clock.now() - timedelta(days=40)):
        over = make.called(si, title_zh="已开过的例会")
    coming, hidden = make.called(si, listed=1), make.prepared(si, title_zh="还在筹备的会")
    make.item(hidden, si, title_zh="机密的议题")
    item = make.item(coming, si, actor=ju, listed=False, title_zh="还没有列入的议题")
    paper = items.paper_add(item_id=coming.items.get(number=1).pk, actor=si, title="内部说明", upload=patents.picture())
    visitor = browser()
    listed = text(visitor.get(f"{AT}meetings/"))
    assert "已开过的例会" in listed and "议题1" in listed and "还在筹备的会" not in listed
    page = text(visitor.get(coming.get_absolute_url()))
    assert "议题1" in page and "武汉" in page
    for secret in ("内部说明", "还没有列入的议题", make.TEXT["text_zh"], "提出议题"):
        assert secret not in page
    assert visitor.get(hidden.get_absolute_url()).status_code == 404
    for person in (None, mo):
        answer = browser(person).get(f"{AT}papers/{paper.pk}/")
        assert answer.status_code in (302, 404)
    inside = text(browser(ju).get(coming.get_absolute_url()))
    assert (
        "内部说明" in inside
        and "还没有列入的议题" in inside
        and "还在筹备的会" in text(browser(ju).get(f"{AT}meetings/"))
    )
    assert browser(ju).get(f"{AT}papers/{paper.pk}/").status_code == 200
    ics = visitor.get(f"{over.get_absolute_url()}?format=ics")
    assert ics["Content-Type"].startswith("text/calendar") and b"BEGIN:VEVENT" in ics.content
    assert visitor.get(f"{hidden.get_absolute_url()}?format=ics").status_code == 404
    assert item.state == "proposed"


def test_the_director_calls_after_reading_what_it_is(si, ju, wei):
    meeting = make.prepared(si)
    assert "核对并通知开会" in text(browser(ju).get(meeting.get_absolute_url()))
    assert "核对并通知开会" not in text(browser(wei).get(meeting.get_absolute_url()))
    at = f"{meeting.get_absolute_url()}call/"
    assert "须提前 10 天通知" in text(browser(ju).get(at))
    assert browser(wei).get(at).status_code == 403
    assert browser(ju).post(at, {"agreed": "on"}).status_code == 302
    again = browser(ju).post(at, {"agreed": "on"})
    assert again.status_code == 409 and "不能变为" in text(again)


def test_items_of_every_kind_have_a_form_of_their_own(si, ju, mo):
    meeting = make.prepared(si, listed=0)
    at, year = f"{AT}meetings/{meeting.pk}/propose/", clock.today().year
    plain = {"title_zh": "调整轮值", "text_zh": "经两省协商。"}
    assert browser(mo).get(at).status_code == 404
    assert browser(ju).get(f"{at}?kind=plan").status_code == 404
    for changes, words in (
        ({"way": "swap", "year": year}, "不含今年"),
        ({"way": "swap", "year": year + 1}, "请填写与之互换的年份"),
        ({"way": "swap", "year": year + 1, "other_year": year + 7}, "由同一省轮值"),
        ({"way": "single", "year": year + 1}, "请选择改由哪个省轮值"),
        ({"way": "single", "year": year + 1, "province": queries.province_of(year + 1)}, "本来就由"),
    ):
        page = text(browser(ju).post(f"{at}?kind=rotation", {**plain, **changes}))
        assert words in page and "经两省协商。" in page
    assert browser(ju).post(f"{at}?kind=rotation", {**plain, "way": "swap", "year": year + 1, "other_year": year + 2}).status_code == 302  # fmt: skip
    one, other = queries.province_of(year + 1), queries.province_of(year + 2)
    assert AgendaItem.objects.get().change == {str(year + 1): other, str(year + 2): one}
    order = {f"place_{n}": code for n, code in enumerate(ROTATION_ORDER, 1)}
    twice = text(
        browser(ju).post(f"{at}?kind=order", {**plain, **order, "first_year": 2007, "place_6": ROTATION_ORDER[0]})
    )
    assert "已排在第 1 位" in twice and ("大于或等于" in twice or "2008" in twice)
    assert browser(si).post(f"{at}?kind=order", {**plain, **order, "first_year": year + 3}).status_code == 302
    rule = {
        "quorum_numerator": 3, "quorum_denominator": 2, "majority_numerator": 1, "majority_denominator": 1,
        "majority_of": "cast", "notice_days": 5, "notice_days_extraordinary": 9, "in_force_from": "2020-01-01",
    }  # fmt: skip
    page = text(browser(si).post(f"{at}?kind=rule", {**plain, **rule}))
    for words in ("不能超过全部表决席位", "应小于一", "不能长于例会", "不能早于今天"):
        assert words in page
    good = rule | {"quorum_denominator": 4, "majority_denominator": 2, "notice_days": 14, "in_force_from": clock.today().isoformat()}  # fmt: skip
    assert browser(si).post(f"{at}?kind=rule", {**plain, **good}).status_code == 302
    change = AgendaItem.objects.get(kind="rule").change
    assert "表决席位的 3/4 以上" in change["text_zh"] and change["national_votes"] is False
    page = text(browser(ju).get(meeting.get_absolute_url()))
    assert "从 %s 年起的顺序" % (year + 3) in page and "表决席位的 3/4 以上" in page


def test_a_vote_asks_for_the_password_again_and_gives_a_receipt(si, seats, mo):
    ballot = make.opened(make.in_session(si, seats), si)
    at, person = ballot.get_absolute_url(), seats["420000"]
    assert "等您投票" in text(browser(person).get(at))
    vote = {"choice": "against", "reservation": "经费不足。", "agreed": "on"}
    asked = browser(person).post(f"{at}vote/", vote)
    assert asked.status_code == 302 and "reauthenticate" in asked["Location"] and not Vote.objects.exists()
    assert browser(si).get(f"{at}vote/").status_code == 403 and browser(mo).get(f"{at}vote/").status_code == 404
    lacking = fresh(person).post(f"{at}vote/", {"reservation": "经费不足。"})
    assert "经费不足。" in text(lacking) and not Vote.objects.exists()
    client = fresh(person)
    assert client.post(f"{at}vote/", vote).status_code == 302
    receipt = ballot_words.receipt(Vote.objects.get())
    page = text(client.get(at))
    assert receipt in page and "经费不足。" in page and "等您投票" not in page
    assert receipt in text(browser(seats["430000"]).get(at)), "the record is open to the group while it goes on"
    assert browser().get(at).status_code == 404
    late = fresh(person).post(f"{at}vote/", vote)
    assert late.status_code == 409 and "本席位已于" in text(late)


def test_a_closed_ballot_its_resolution_and_what_became_of_it_are_public(si, seats, mo):
    ballot = make.decided(si, seats)
    page = text(browser().get(ballot.get_absolute_url()))
    assert "通过：赞成 7 票" in page and "赞成 7 票，反对 0 票" in page and "议事规则第 1 版" in page
    resolution = Resolution.objects.get(ballot=ballot)
    page = text(browser().get(resolution.get_absolute_url()))
    assert make.TEXT["text_zh"] in page and "等待列入年度工作计划的任务" in page and "办结决议" not in page
    at = f"{resolution.get_absolute_url()}close/"
    assert browser(mo).get(at).status_code == 403
    both = text(browser(si).post(at, {"no_task_because": ""}))
    assert "任务和理由二者填一" in both
    assert browser(si).post(at, {"no_task_because": "自通过之日起施行。"}).status_code == 302
    assert "无须列入任务：自通过之日起施行。" in text(browser().get(resolution.get_absolute_url()))


def test_resolutions_are_listed_by_year_and_state(si, seats):
    make.decided(si, seats)
    visitor, year = browser(), clock.today().year
    listed = text(visitor.get(f"{AT}resolutions/"))
    assert "领导小组决议〔2007〕1号" in listed and f"领导小组决议〔{year}〕1号" in listed
    assert "〔2007〕1号" not in text(visitor.get(f"{AT}resolutions/?year={year}"))
    assert f"〔{year}〕1号" not in text(visitor.get(f"{AT}resolutions/?state=closed"))
    assert "没有符合条件的决议" in text(visitor.get(f"{AT}resolutions/?year=2010"))
    assert "筛选条件有误" in text(visitor.get(f"{AT}resolutions/?year=abc"))
    founding = Resolution.objects.get(year=2007)
    assert "没有另行表决" in text(visitor.get(founding.get_absolute_url()))


def test_minutes_are_signed_one_by_one_and_public_at_the_end(si, seats):
    there = {code: seats[code] for code in list(seats)[:5]}
    meeting = make.over(si, there)
    at = f"{AT}meetings/{meeting.pk}/minutes/"
    assert browser().get(at).status_code == 404 and "纪要还没有整理" in text(browser(there["000000"]).get(at))
    assert browser(si).post(f"{at}assemble/", {"summary_zh": "会议顺利。"}).status_code == 302
    paper = meeting.minutes.get()
    assert browser().get(at).status_code == 404, "not before all have signed"
    assert browser(si).get(f"{at}paper/").status_code == 202
    page = text(browser(there["000000"]).get(at))
    assert "签署纪要" in page and page.count("未签署") == 5 and "会议顺利。" in page
    assert "reauthenticate" in browser(there["000000"]).get(f"{at}sign/")["Location"]
    absent = seats[list(seats)[5]]
    assert fresh(absent).get(f"{at}sign/").status_code == 403
    for user in there.values():
        signed = fresh(user).post(f"{at}sign/", {"digest": paper.digest, "agreed": "on"})
        assert signed.status_code == 302
    page = text(browser().get(at))
    assert "已全部签署" in page and "未签署" not in page and "通过：赞成" in page
    meeting_tasks.minutes_paper_make(paper.pk)
    assert browser().get(f"{at}paper/")["Content-Type"] == "application/pdf"
    assert browser(si).post(f"{at}annex/", {"text_zh": "数字更正为 12。"}).status_code == 302
    assert "数字更正为 12。" in text(browser().get(at))
    with_english = browser().get(f"/en/governance/meetings/{meeting.pk}/minutes/")
    assert with_english.status_code == 200 and "Minutes: Regular meeting" in text(with_english)


def test_a_seat_enters_itself_and_the_office_any_other(si, seats):
    meeting = make.in_session(si)
    at, shan = meeting.get_absolute_url(), seats["140000"]
    assert browser(shan).post(f"{at}enter/", {"seat": "420000"}).status_code == 403
    assert browser(shan).post(f"{at}enter/", {"seat": "140000"}).status_code == 302
    page = text(browser(shan).get(at))
    assert "您的席位在场" in page and "在场 1 个表决席位，法定 5 个，不能表决" in page
    assert browser(si).post(f"{at}enter/", {"seat": "x"}).status_code == 200
    assert browser(si).post(f"{at}leave/", {"seat": "140000"}).status_code == 302


def test_the_desk_of_a_seat_and_of_the_office(si, seats, mo, bai):
    waiting = make.in_session(si, seats, title_zh="正在开的会")
    ballot = make.opened(waiting, si)
    group.deputy(seats["420000"], mo)
    resolution = make.decided(si, seats).resolution
    make.item(make.prepared(si, listed=0, title_zh="下一次例会"), si, listed=False)
    for person in (seats["420000"], mo):
        said = words(person)
        assert "投票：议题1" in said and "参加会议：正在开的会" in said
    assert not [one for one in words(bai) if "会议" in one or "投票" in one]
    assert words(seats["420000"]).count("投票：议题1") == 1
    with clock.at(clock.now() + timedelta(days=31)):
        said = words(si)
        assert f"办结决议：{resolution.document_number} 议题1" in said and "编排议程：下一次例会" in said
        assert "投票：议题1" not in words(mo), "the last moment is over, and so is the deputy's act"
    assert Ballot.objects.filter(pk=ballot.pk, state="open").exists()


def words(person):
    desk = desks.desk_of(type(person).objects.get(pk=person.pk))
    return [f"{item.verb}：{item.title}" for item in desk.mine]


def queries_of(client, url):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_more_rows_cost_no_more_queries(si, seats):
    group.deputy(seats["420000"], accounts.member("deputy@example.org"))
    member, visitor = browser(seats["420000"]), browser()
    meeting = make.in_session(si, list(seats)[:5], listed=3)
    pages = [f"{AT}meetings/", f"{AT}resolutions/", meeting.get_absolute_url()]
    first = make.opened(meeting, si)
    make.vote(first, seats["000000"])
    pages.append(first.get_absolute_url())
    member.get(pages[0])
    before = {page: queries_of(member, page) for page in pages}
    open_before = {page: queries_of(visitor, page) for page in pages[:3]}
    for item in meeting.items.order_by("number")[1:]:
        items.paper_add(item_id=item.pk, actor=si, title="说明", upload=patents.picture())
        make.opened(meeting, si, item_row=item)
    for code in list(seats)[1:5]:
        make.vote(first, seats[code])
    for code in list(seats)[5:]:
        make.enter(meeting, code, si)
    for _n in range(2):
        make.called(si)
    make.close(first, si)
    assert {page: queries_of(member, page) for page in pages} == before
    assert {page: queries_of(visitor, page) for page in pages[:3]} == open_before
    assert max(before.values()) <= 15


def test_there_are_pages_and_empty_lists(si, ju):
    assert "还没有通知过会议" in text(browser().get(f"{AT}meetings/"))
    for _n in range(21):
        meetings.meeting_create(actor=si, values=make.values(title_zh="很多会议"))
    assert text(browser(si).get(f"{AT}meetings/?page=2")).count("很多会议") == 1
    assert browser(si).get(f"{AT}meetings/?page=3").status_code == 404
    resolution = Resolution.objects.get()
    assert browser(si).post(f"{resolution.get_absolute_url()}close/", {"no_task_because": "无"}).status_code == 409
    with pytest.raises(Exception, match="不能变为"):
        resolutions.resolution_close(resolution_id=resolution.pk, actor=si, no_task_because="无")
