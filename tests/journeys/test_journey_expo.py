"""An edition of the expo in browsers, from planned to reported: host, delegation, exhibitors, visitor, buyer, door keeper.

Booths are drawn, asked for, allotted and confirmed; the programme is released and kept; people meet and are let in; a
badge becomes an enquiry, a complaint is heard, a result is signed, followed up and reported.
"""

import pytest
from playwright.sync_api import expect

from expos import door_tasks, floor_tasks, meeting_tasks
from expos.models import (
    AllocationRun,
    BoothAllotment,
    BoothApplication,
    Complaint,
    Expo,
    ExpoMeeting,
    ExpoResult,
    Lead,
    MatchRun,
    MeetingWish,
    Passage,
    Registration,
)
from tests.journeys.expo_story import YEAR, Story
from tests.journeys.test_journey_trade import fill
from trading.models import Negotiation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAYS = [f"{YEAR}-06-10", f"{YEAR}-06-11"]
COMPLAINT = "展品落入本人专利的保护范围。"


def expo_in(state):
    expo = Expo.objects.get(year=YEAR)
    assert expo.state == state
    return expo


# ---- planned, the call, the booths


def edition_is_planned(story):
    """By the province whose turn the resolution has made it; then the days, the venue, hall and room."""
    story.set_clock(YEAR, 1, 8)
    page = story.windows["strange"]
    page.goto("/zh-hans/expos/new/")
    assert page.locator(f"main option[value='{YEAR}']").count() == 0
    page = story.windows["host"]
    page.goto("/zh-hans/expos/")
    story.follow(page, "/expos/new/")
    fill(page, {"year": YEAR})
    story.submit(page)
    story.says(page, "已开始筹办，请定下日期和场馆。", "还没有定下场馆、日期和报名截止日。")
    assert expo_in("planned").host_id == story.host
    story.follow(page, "/venue/")
    fill(page, {"name_zh": "会展中心", "city_code": f"{story.host[:2]}0100", "address_zh": "会展路 1 号"})
    story.submit(page)
    story.follow(page, f"/{YEAR}/edit/")
    fill(page, {
        "theme_zh": "专利技术走进车间", "theme_en": "Patents into workshops", "about_zh": "六省展品。", "starts_on": DAYS[0],
        "last_on": DAYS[1], "opens": "09:00", "closes": "17:00", "apply_until": f"{YEAR}-03-31",
    })  # fmt: skip
    story.submit(page)
    story.follow(page, "/halls/new/")
    fill(page, {"code": "A", "name_zh": "一号馆", "name_en": "Hall 1", "width_m": 40, "depth_m": 30, "people": 500})
    story.submit(page)
    story.follow(page, "/rooms/new/")
    fill(page, {"name_zh": "路演厅", "name_en": "Stage", "seats": 80})
    story.submit(page)
    story.says(page, "会展中心", "一号馆", "路演厅")


def call_is_opened(story):
    """Booths are drawn in rows; the home delegation says how many it needs; the call goes out."""
    page = story.at("host", "booths/")
    story.follow(page, "/booths/rows/")
    fill(page, {"x": 2, "y": 2, "count": 8, "per_row": 4, "price_cny": "8000"})
    story.submit(page)
    expo = expo_in("planned")
    assert [one.number for one in expo.booths.order_by("number")] == [f"A{n:02d}" for n in range(1, 9)]
    story.says(page, "A08")
    page = story.way("home", f"/delegations/{story.home}/")
    fill(page, {"head": "何团长", "booths": 4, "call_zh": "请于三月底以前报名。"})
    story.submit(page)
    page = story.at("host")
    story.press(page, "/advance/")
    story.says(page, "展会现在是“招展中”。", "请于三月底以前报名。")
    expo_in("applications_open")


def apply(story, name, listing, fascia, **more):
    page = story.way(name, "/apply/")
    fill(page, {"fascia_zh": fascia, "power_kw": 3, "exhibits": str(listing.pk), **more})
    story.submit(page)
    story.says(page, "申请已提交，由代表团预审。", fascia)
    return BoothApplication.objects.latest("pk")


def booths_are_asked_for(story):
    """The exhibitor holds one on the plan; a rival wishes for the same; the office of their own province reviews both."""
    page = story.way("exhibitor", "/floor/", "/floor/A02/")
    story.press(page, "/hold/")
    story.says(page, "已为您暂留 A02 二十分钟。")
    assert "A02" in story.at("rival", "floor/A02/").locator("h1").inner_text()
    mine = apply(story, "exhibitor", story.listing, "沈氏催化")
    theirs = apply(story, "rival", story.other, "陆氏环保", wishes="A02 A03")
    assert story.windows["strange"].goto(f"/zh-hans/expos/{YEAR}/applications/{mine.pk}/").status == 404
    for row in (mine, theirs):
        page = story.way("home", "/applications/", f"/applications/{row.pk}/")
        story.press(page, "/approve/")
        story.says(page, "预审已通过，参加排位。")
        row.refresh_from_db()
        assert row.state == "pre_reviewed"
    return mine, theirs


def booths_are_allotted(story, mine, theirs):
    """The plan is reckoned, says why the rival's first wish is not met, is applied; the exhibitors confirm."""
    story.set_clock(YEAR, 4, 2)
    page = story.at("host")
    story.press(page, "/advance/")
    story.says(page, "展会现在是“排位中”。")
    page = story.at("host", "allocation/")
    story.press(page, "/start/")
    floor_tasks.allocations_run()
    run = AllocationRun.objects.get()
    page = story.at("host", f"allocation/{run.pk}/")
    story.says(page, "2 份申请中，2 份有展位。")
    expect(page.locator("tr", has_text="陆氏环保")).to_contain_text("A02")
    story.follow(page, "/apply/")
    story.submit(page)
    story.says(page, "方案已采用，并通知每个参展商。")
    story.is_told("exhibitor", "已为您分配展位")
    page = story.way("rival", f"/applications/{theirs.pk}/", "/wishes/")
    story.says(page, "A02")
    for name, row, booth in (("exhibitor", mine, "A02"), ("rival", theirs, "A03")):
        page = story.way(name, f"/applications/{row.pk}/")
        story.says(page, booth)
        story.press(page, "/confirm/")
        story.says(page, "展位已确认。")
        row.refresh_from_db()
        assert row.state == "confirmed"
        assert BoothAllotment.objects.get(application=row, released_at=None).booth.number == booth


# ---- the programme, who comes, who meets


def programme_is_released(story):
    """A forum and the signing with a speaker; the first version; the edition is published."""
    page = story.way("host", "/programme/edit/", "/speakers/")
    story.follow(page, "/speakers/new/")
    fill(page, {"name_zh": "陆演示", "unit_zh": "某研究院"})
    story.submit(page)
    for title, kind, start in (("开放许可论坛", "forum", "14:00"), ("签约仪式", "ceremony", "16:00")):
        page = story.way("host", "/programme/edit/", "/sessions/new/")
        fill(page, {
            "kind": kind, "title_zh": title, "title_en": "Open licences", "day": DAYS[0], "start": start, "minutes": 60,
            "speakers": "陆演示" if kind == "forum" else "",
        })  # fmt: skip
        page.select_option("main [name=room]", label="路演厅")
        story.submit(page)
        story.says(page, "已保存到草稿，发布下一版后公开。", title)
    story.follow(page, "/release/")
    fill(page, {"note": "首次公布。"})
    for box in page.locator("main [name=acknowledged]").all():
        box.check()
    story.submit(page)
    story.says(page, "日程已发布。")
    page = story.at("host")
    story.press(page, "/advance/")
    story.says(page, "展会现在是“日程已公布”。")
    expo_in("programme_published")


def visitor_gets_ready(story):
    """On the phone: registered, the programme read and a session kept, the pass opened."""
    page = story.way("visitor", "/register/")
    fill(page, {"unit": "某化工厂", "job": "工程师"})
    story.submit(page)
    story.says(page, "已登记，这是您的证件。", "陶敏")
    badge = Registration.objects.get(user=story.people["visitor"])
    page = story.way("visitor", "/programme/")
    story.says(page, "开放许可论坛")
    page.locator("main form[action$='/favourite/'] button").first.click()
    page.wait_for_load_state()
    story.follow(page, "?mine=1")
    story.says(page, "开放许可论坛")
    page = story.way("visitor", f"/registrations/{badge.code}/", "/pass/")
    expect(page.locator(".pass svg").first).to_be_visible()
    story.says(page, "陶敏", "某化工厂")
    return badge


def takes_part(story, name, **profile):
    """Registered on the phone, the profile for meetings filled in."""
    page = story.way(name, "/register/")
    fill(page, {"kind": "exhibitor" if name == "exhibitor" else "professional"})
    story.submit(page)
    page = story.at(name, "meetings/")
    story.follow(page, "/meetings/profile/")
    fill(page, {"takes_part": "on", **profile})
    story.submit(page)
    return Registration.objects.get(user=story.people[name])


def meetings_are_planned(story):
    """Slots and tables; two take part, the buyer wishes to see the exhibitor; reckoned, applied, confirmed by both."""
    page = story.at("host", "meetings/host/")
    story.follow(page, "/host/slots/")
    fill(page, {f"day_{DAYS[0]}": "10:00-12:00"})
    story.submit(page)
    story.follow(page, "/host/tables/")
    fill(page, {"count": 2})
    story.submit(page)
    story.takes_phone("exhibitor")
    seller = takes_part(story, "exhibitor", offers="氨合成催化剂", seeks="化工企业")
    takes_part(story, "buyer", offers="Pilot plant", seeks="氨合成催化剂 catalyst", languages="English, 中文")
    page = story.at("buyer", "meetings/wishes/")
    story.follow(page, "?show=suggested")
    story.says(page, seller.name, story.listing.public_version.title)
    story.follow(page, "/wish/")
    fill(page, {"weight": "3", "why": "Licence for one plant"})
    story.submit(page)
    assert MeetingWish.objects.get().whom.registration == seller
    page = story.at("host", "meetings/host/")
    story.press(page, "/runs/new/")
    meeting_tasks.match_runs_run()
    page = story.at("host", f"meetings/host/runs/{MatchRun.objects.get().pk}/")
    story.says(page, "所有心愿都安排上了。")
    story.press(page, "/apply/")
    story.says(page, "已采用，新安排的会面已通知双方确认。")
    meeting = ExpoMeeting.objects.get()
    story.is_told("buyer", "proposes", "once both have confirmed")
    for name in ("buyer", "exhibitor"):
        page = story.at(name, "meetings/mine/")
        story.follow(page, f"/meetings/{meeting.pk}/")
        story.press(page, f"/{meeting.pk}/confirm/")
    meeting.refresh_from_db()
    assert meeting.state == "confirmed"
    return meeting


# ---- the day: doors, meetings, badges, complaint, ceremony


def doors_are_open(story, badge):
    """A helper named by the host lets the visitor in by the code on the phone, once."""
    page = story.at("host", "doors/")
    story.follow(page, "/doors/keepers/")
    fill(page, {"user": "keeper@example.org"})
    story.submit(page)
    story.says(page, "已指定，值守当天可以在入口扫码。")
    story.set_clock(YEAR, 6, 10, 9, 5)
    page = story.at("host")
    story.press(page, "/advance/")
    story.says(page, "展会现在是“开展中”。")
    page = story.way("keeper", "/doors/", "/doors/entrance/")
    for tone in ("ok", "warn"):
        page.fill("main [name=code]", badge.code)
        page.locator("main [data-door] form button[type=submit]").first.click()
        expect(page.locator(f".verdict.{tone}")).to_be_visible()
        story.fits(page)
    assert Passage.objects.get().registration == badge
    assert story.windows["keeper"].goto(f"/zh-hans/expos/{YEAR}/registrations/").status == 403


def meeting_is_held(story, meeting):
    """In two presses of the buyer an outcome is an enquiry."""
    story.set_clock(YEAR, 6, 10, 10, 40)
    page = story.at("buyer", "meetings/mine/")
    story.follow(page, f"/meetings/{meeting.pk}/")
    story.press(page, "/held/", "1")
    expect(page.locator("main [name=listing]")).to_contain_text(story.listing.public_version.title)
    story.submit(page)
    meeting.refresh_from_db()
    room = Negotiation.objects.get(buyer=story.people["buyer"])
    assert meeting.state == "held" and room.listing == story.listing
    assert page.url.endswith(room.get_absolute_url().partition("/trading/")[2])


def badge_becomes_an_enquiry(story, badge):
    """The exhibitor at the booth scans the visitor, who agrees: the room is theirs."""
    page = story.at("exhibitor", "leads/")
    story.follow(page, "/leads/scan/")
    fill(page, {"code": badge.code, "note": "对样机有兴趣"})
    story.submit(page)
    story.says(page, "已记下，已请观众答复是否同意联系。")
    assert "某化工厂" not in page.locator("main").inner_text()
    lead = Lead.objects.get()
    page = story.way("visitor", "/leads/", f"/leads/{lead.pk}/")
    assert "对样机有兴趣" not in page.locator("main").inner_text()
    story.press(page, "/agree/")
    story.says(page, "已同意，您可以在洽谈室里与参展商继续。")
    lead.refresh_from_db()
    assert lead.negotiation.buyer == story.people["visitor"]
    story.says(story.at("exhibitor", f"leads/{lead.pk}/"), "某化工厂", "对样机有兴趣")


def complaint_is_heard(story):
    """The rival complains at the desk about an exhibit; the exhibitor answers; the office gets it."""
    story.takes_phone("rival")
    page = story.way("rival", "/floor/", "/floor/A02/")
    story.follow(page, f"/exhibits/{story.listing.exhibits.get().pk}/")
    story.follow(page, "/complain/")
    fill(page, {"basis": "ZL 2020 1 0000001.5", "words": COMPLAINT})
    story.submit(page)
    row = Complaint.objects.get()
    page = story.way("host", "/exhibits/", "/complaints/", f"/complaints/{row.pk}/")
    story.press(page, "/accept/")
    page = story.at("exhibitor", f"complaints/{row.pk}/")
    story.says(page, COMPLAINT)
    story.follow(page, "/state/")
    fill(page, {"reason": "本展品有自己的专利。"})
    story.submit(page)
    page = story.at("host", f"complaints/{row.pk}/")
    story.says(page, "本展品有自己的专利。")
    story.follow(page, "/hand-over/")
    fill(page, {"reason": "请依法处理。"})
    story.submit(page)
    story.says(page, "已移交知识产权局", "已登记，并通知双方。")


def result_is_signed(story):
    """An intention of the two, confirmed by both, called to the stage."""
    story.set_clock(YEAR, 6, 10, 16)
    page = story.way("host", "/results/", "/results/new/")
    fill(page, {
        "rung": "intention", "owner_name": "沈工", "owner": "exhibitor@example.org", "taker_name": "Bai Ning",
        "taker": "buyer@example.org", "listing": story.listing.number, "amount_cny": "420000",
    })  # fmt: skip
    story.submit(page)
    row = ExpoResult.objects.get()
    for name in ("exhibitor", "buyer"):
        page = story.at(name, f"results/{row.pk}/")
        story.press(page, "/confirm/")
    page = story.at("host", f"results/{row.pk}/")
    story.press(page, "/ceremony/")
    story.says(page, "已列入签约仪式，第 1 位。")
    story.press(page, "/move/", "called")
    screen = story.windows[None]
    screen.goto(f"/zh-hans/expos/{YEAR}/results/ceremony/?screen=1")
    expect(screen.locator("body")).to_contain_text("Bai Ning")
    page = story.at("host", "results/ceremony/")
    story.press(page, "/move/", "signed")
    assert row.ceremony.state == "signed"
    return row


# ---- after it


def edition_is_reported(story, row):
    """Closed; at three months the exhibitor answers, at six the buyer tells of a contract; then the report is out."""
    story.set_clock(YEAR, 6, 11, 17, 5)
    page = story.at("host")
    story.press(page, "/advance/")
    story.says(page, "展会现在是“已闭幕”。")
    for month, name, said in (
        (9, "exhibitor", {"word": "talking", "reason": "试样正在检测。"}),
        (12, "buyer", {"word": "climbed", "rung": "contract", "reached_on": f"{YEAR}-12-01", "reason": "Signed."}),
    ):
        story.set_clock(YEAR, month, 12)
        door_tasks.results_remind()
        story.is_told(name, str(YEAR))
        page = story.at(name, f"results/{row.pk}/")
        story.follow(page, "/answer/")
        fill(page, said)
        story.submit(page)
    page = story.way("host", "/report/")
    story.says(page, "合同")
    page = story.at("host")
    story.press(page, "/advance/")
    story.says(page, "展会现在是“已总结”。")
    expo_in("reported")
    page = story.at(None)
    story.says(page, "已总结")
    story.follow(page, "/report/")
    story.says(page, "会展中心", "合同")


def test_an_edition_of_the_expo(browse, live_server, monkeypatch):
    story = Story(browse, live_server, monkeypatch)
    edition_is_planned(story)
    call_is_opened(story)
    mine, theirs = booths_are_asked_for(story)
    booths_are_allotted(story, mine, theirs)
    programme_is_released(story)
    badge = visitor_gets_ready(story)
    meeting = meetings_are_planned(story)
    doors_are_open(story, badge)
    meeting_is_held(story, meeting)
    badge_becomes_an_enquiry(story, badge)
    complaint_is_heard(story)
    edition_is_reported(story, result_is_signed(story))
