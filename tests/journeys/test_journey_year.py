"""A year of the Leading Group in a browser: swap, handover, plan, opinions, ballot, publication, reports, amendment, closing.

Each act is done by whoever it belongs to, in a window of their own. The years lie behind us, because the clock of the
database, which no test sets, takes no vote of tomorrow.
"""

import re
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from governance import queries
from governance.actions import items, meetings
from governance.models import (
    NATIONAL,
    AnnualWorkPlan,
    Ballot,
    DirectorTerm,
    Meeting,
    PlanComment,
    ProgressReport,
    Section,
)
from governance.plan_queries import in_force
from platform_site import clock
from platform_site.portal import sessions
from platform_site.regions.facts import BY_CODE, CODES
from tests.browsers import prepare
from tests.factories import accounts, group, progress
from tests.factories import meetings as room
from tests.journeys.test_journey_main import submit
from tests.journeys.test_journey_trade import confirm, fill, seen, upload

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLAN = clock.today().year - 2  # the year of the plan; the story begins in the autumn before
HUBEI, HUNAN = "420000", "430000"
REASON = "印发文件里缺少附件。"


def press(page, suffix):
    """Press the one button of the form that goes to an address with this ending."""
    page.locator(f"main form[action$='{suffix}'] button[type=submit]").first.click()
    page.wait_for_load_state()


class Year:
    """The clock of the story, its people with their windows, and what they do."""

    def __init__(self, browse, live_server, monkeypatch, look):
        self.language, locale, width = look
        self.set_clock(PLAN - 1, 10, 8)
        monkeypatch.setattr(sessions, "clock", SimpleNamespace(now=clock.now))  # logins last by the real one
        for name in ("now", "database_now"):
            monkeypatch.setattr(clock, name, lambda: clock._set_to.get() or timezone.now() + self.ahead)
        self.seats = group.all_seated()
        group.directing()
        self.office = group.staff("si@example.org")
        officers = {code: accounts.officer(f"{code}@example.org", province=code) for code in (HUBEI, HUNAN)}
        people = {"office": self.office, **officers, **{f"seat {code}": user for code, user in self.seats.items()}}
        self.now_in_the_chair, self.next_in_turn, self.after_next = (
            queries.province_of(year) for year in range(PLAN - 1, PLAN + 2)
        )
        self.windows = {None: browse(390, locale)}
        for name in ("office", HUBEI, HUNAN, *(f"seat {code}" for code in {self.now_in_the_chair, self.after_next})):
            page = self.windows[name] = browse(width, locale)
            client = Client()  # one for each: whoever logs in after somebody else ends the other's login
            client.force_login(people[name])
            cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
            page.context.add_cookies([cookie])
            prepare(page.context)
        prepare(self.windows[None].context)

    def set_clock(self, year, month, day):
        """The portal's clock goes on from nine o'clock of that day."""
        self.ahead = datetime(year, month, day, 9, tzinfo=clock.SHANGHAI) - timezone.now()

    def at(self, name, path):
        """The window of somebody (None: a visitor), at an address below governance/."""
        page = self.windows[name]
        page.goto(f"/{self.language}/governance/{path}")
        return page

    def director(self):
        return f"seat {queries.directorship_at().seat.pk}"

    # ---- meetings

    def meeting_is_called(self):
        """Prepared by the office, the swap proposed by the seat that it concerns, called by the director."""
        page = self.at("office", "meetings/create/")
        fill(page, {
            "kind": "regular", "title_zh": "第四季度例会", "title_en": "Meeting of the fourth quarter",
            "starts_at": f"{PLAN - 1}-11-05T09:00", "place_zh": "武汉", "place_en": "Wuhan",
        })  # fmt: skip
        submit(page, "title_zh")
        meeting = Meeting.objects.get()
        page = self.at(f"seat {self.after_next}", f"meetings/{meeting.pk}/propose/?kind=rotation")
        fill(page, {
            "title_zh": "互换轮值年份", "title_en": "Two years change places", "way": "swap", "year": PLAN,
            "other_year": PLAN + 1, "text_zh": "两省商定互换。", "text_en": "Agreed by both.",
        })  # fmt: skip
        submit(page, "title_zh")
        page = self.at("office", f"meetings/{meeting.pk}/")
        press(page, f"/items/{meeting.items.get().pk}/list/")
        page = self.at(self.director(), f"meetings/{meeting.pk}/call/")
        page.check("[name=agreed]")
        submit(page, "agreed")
        return meeting

    def meeting_is_held(self, meeting):
        """Opened by the office; the director comes in alone, the others are entered at the door."""
        press(self.at("office", f"meetings/{meeting.pk}/"), "/open/")
        press(self.at(self.director(), f"meetings/{meeting.pk}/"), "/enter/")
        self.others_enter(meeting)
        self.decide(meeting)
        press(self.at("office", f"meetings/{meeting.pk}/"), "/close/")
        meeting.refresh_from_db()
        assert meeting.state == "closed" and not meeting.presences.filter(left_at=None).exists()

    def others_enter(self, meeting):
        there = set(meeting.presences.values_list("seat", flat=True))
        for code in set(self.seats) - there:
            room.enter(meeting, code, self.office)

    def another_meeting(self, days):
        """Made ready without a browser, to table something at; `held` opens it."""
        return room.prepared(self.office, days=days, listed=0)

    def held(self, meeting):
        """What was tabled is on the agenda, the day is come and everybody is there."""
        items.item_list(item_id=meeting.items.get().pk, actor=self.office)
        meetings.meeting_call(meeting_id=meeting.pk, actor=room.director())
        self.ahead += meeting.starts_at - clock.now()
        meeting = meetings.meeting_open(meeting_id=meeting.pk, actor=self.office)
        self.others_enter(meeting)
        self.decide(meeting)

    def decide(self, meeting):
        """Put to the vote by the office; the director votes on the page, after the password, and the others after that."""
        page = self.at("office", f"items/{meeting.items.get().pk}/ballot/")
        submit(page, "lasts")
        ballot = Ballot.objects.latest("pk")
        chair = self.director()
        page = self.at(chair, f"ballots/{ballot.pk}/vote/")
        confirm(page)
        fill(page, {"choice": "for", "agreed": "on"})
        submit(page, "agreed")
        for code, user in self.seats.items():
            if f"seat {code}" != chair and (code != NATIONAL or ballot.national_votes):
                room.vote(ballot, user)
        page = self.at("office", f"ballots/{ballot.pk}/")
        press(page, "/close/")
        resolution = meeting.items.get().ballots.get().resolution
        expect(page.locator("main")).to_contain_text(resolution.document_number)

    # ---- rotation

    def years_have_changed_places(self):
        page = self.at(None, f"rotation/?year={PLAN}")
        names = [BY_CODE[code] for code in (self.after_next, self.next_in_turn)]
        for year, province in zip((PLAN, PLAN + 1), names, strict=True):
            row = page.locator(f"tr:has(th:text-is('{year}'))")
            expect(row).to_contain_text(province.name_en if self.language == "en" else province.name_zh)

    def powers_are_handed_over(self):
        press(self.at("office", "rotation/"), f"/handovers/{PLAN}/open/")
        for code in (self.now_in_the_chair, self.after_next):
            page = self.at(f"seat {code}", f"handovers/{PLAN}/sign/")
            confirm(page)
            page.check("[name=agreed]")
            submit(page, "agreed")
        terms = DirectorTerm.objects.values_list("year", "seat")
        assert list(terms) == [(PLAN - 1, self.now_in_the_chair), (PLAN, self.after_next)]
        self.set_clock(PLAN, 1, 4)
        assert self.director() == f"seat {self.after_next}"
        late = f"/{self.language}/governance/meetings/{Meeting.objects.get().pk}/call/"
        refused = self.windows[f"seat {self.now_in_the_chair}"].goto(late)
        assert refused.status == 403

    # ---- the plan

    def plan_is_drafted(self):
        page = self.at("office", "plans/new/")
        page.fill("[name=year]", str(PLAN))
        submit(page, "year")
        page = self.at("office", f"plans/{PLAN}/edit/preface/")
        fill(page, {"thought_zh": "推动专利技术转化。", "thought_en": "Patents into products.",
                    "safeguards_zh": "按季通报。", "safeguards_en": "Quarterly reports."})  # fmt: skip
        submit(page, "thought_zh")
        page = self.at("office", f"plans/{PLAN}/edit/sections/new/")
        fill(page, {"title_zh": "许可与交易", "title_en": "Licences and trade"})
        submit(page, "title_zh")
        page = self.at("office", f"plans/{PLAN}/edit/sections/{Section.objects.get().pk}/tasks/new/")
        fill(page, {
            "title_zh": "统一六省许可合同示范文本", "title_en": "One model licence for six provinces",
            "measures_zh": "起草、征求意见、印发。", "measures_en": "Draft, ask, issue.", "due_on": f"{PLAN}-06-30",
            "target_zh": "一份文本", "target_en": "One text", "output_zh": "文件", "output_en": "Document",
            f"role_{HUBEI}": "lead", f"zh_{HUBEI}": "总牵头", f"en_{HUBEI}": "Leads",
            f"role_{HUNAN}": "support", f"zh_{HUNAN}": "提供案例", f"en_{HUNAN}": "Brings cases",
        })  # fmt: skip
        submit(page, "measures_zh")
        page = self.at("office", f"plans/{PLAN}/targets/")
        page.fill(f"[name='listings_approved-{HUBEI}']", "10")
        submit(page, f"listings_approved-{HUBEI}")
        return AnnualWorkPlan.objects.get().tasks.get()

    def opinions_are_heard(self, task):
        """A province gives one, the office answers it; then the last day passes."""
        submit(self.at("office", f"plans/{PLAN}/circulate/"), "last_day")
        page = self.at(HUNAN, f"plans/{PLAN}/comments/new/?task={task.pk}")
        page.fill("[name=body]", "建议年内再印发使用说明。")
        submit(page, "body")
        page = self.at("office", f"plans/{PLAN}/comments/{PlanComment.objects.get().pk}/answer/")
        fill(page, {"state": "accepted", "answer": "采纳，写入措施。"})
        submit(page, "answer")
        expect(page.locator("#comments, main").first).to_contain_text("采纳，写入措施。")
        self.ahead += timedelta(days=20)

    def table(self, step, meeting):
        page = self.at(self.director(), f"plans/{PLAN}/{step}/")
        page.check(f"[name=meeting][value='{meeting.pk}']")
        submit(page, "meeting")
        meeting.refresh_from_db()

    def plan_is_adopted_and_published(self):
        meeting = self.another_meeting(days=20)
        self.table("table", meeting)
        self.held(meeting)
        page = self.at(self.director(), f"plans/{PLAN}/sign/")
        confirm(page)
        page.check("[name=agreed]")
        submit(page, "agreed")
        submit(self.at("office", f"plans/{PLAN}/publish/"), "serial")
        plan = AnnualWorkPlan.objects.get()
        assert plan.state == "published"
        page = self.at(None, f"plans/{PLAN}/")
        expect(page.locator("main")).to_contain_text(plan.document_number)
        seen(page)

    # ---- carried out

    def is_ticked_off(self):
        """Whether the lamp of Hubei on the public page of the plan is a tick."""
        cell = self.at(None, f"plans/{PLAN}/").locator(".mx td").nth(CODES.index(HUBEI))
        expect(cell.locator(".light")).to_be_visible()
        return cell.locator("path[fill=none]").count() == 1

    def report(self, task):
        page = self.at(HUBEI, f"tasks/{task.pk}/report/{HUBEI}/")
        fill(page, {"kind": "completion", "words": "文本已经印发六省。"})
        upload_paper(page)
        submit(page, "words")
        return ProgressReport.objects.latest("pk")

    def task_is_done(self, task):
        """Returned once by the other unit, reported again, verified: the lamp on the public page changes."""
        first = self.report(task)
        page = self.at(HUNAN, f"reports/{first.pk}/return/")
        page.fill("[name=reason]", REASON)
        submit(page, "reason")
        page = self.at(HUBEI, f"tasks/{task.pk}/")
        expect(page.locator("main")).to_contain_text(REASON)
        assert not self.is_ticked_off()
        second = self.report(task)
        press(self.at(HUNAN, f"tasks/{task.pk}/"), f"/reports/{second.pk}/accept/")
        assert self.is_ticked_off()

    def plan_is_amended(self, task):
        page = self.at("office", f"plans/{PLAN}/amend/")
        fill(page, {"because_zh": "印发时间顺延。", "because_en": "Issued later."})
        submit(page, "because_zh")
        page = self.at("office", f"plans/{PLAN}/edit/tasks/{task.pk}/")
        page.fill("[name=due_on]", f"{PLAN}-09-30")
        submit(page, "due_on")
        meeting = self.another_meeting(days=20)
        self.table("amend/table", meeting)
        self.held(meeting)
        plan = AnnualWorkPlan.objects.get()
        assert in_force(plan).number == 2
        page = self.at(None, f"plans/{PLAN}/changes/?from=1&to=2")
        expect(page.locator(".plan-change del").first).to_contain_text(re.compile("6月30日|June"))
        expect(page.locator(".plan-change ins").first).to_contain_text(re.compile("9月30日|September"))
        seen(page)

    def year_is_closed(self, task):
        self.set_clock(PLAN + 1, 1, 10)
        press(self.at("office", f"plans/{PLAN}/closing/"), f"/plans/{PLAN}/close/")
        assert AnnualWorkPlan.objects.get().state == "closed"
        page = self.at(None, f"plans/{PLAN}/closing/")
        expect(page.locator("main")).to_contain_text(
            "统一六省许可合同示范文本" if self.language != "en" else "One model"
        )
        assert page.locator("main .paper a[href*='/indicators/']").count()
        seen(page)


def upload_paper(page):
    paper = progress.paper()
    paper.name = "佐证.pdf"
    upload(page, "uploads", paper)


@pytest.mark.parametrize("look", [("zh-hans", "zh-CN", 1360), ("en", "en-GB", 390)], ids=["zh", "en"])
def test_a_year_of_the_group(browse, live_server, monkeypatch, look):
    year = Year(browse, live_server, monkeypatch, look)
    meeting = year.meeting_is_called()
    year.set_clock(PLAN - 1, 11, 5)
    year.meeting_is_held(meeting)
    year.years_have_changed_places()
    year.powers_are_handed_over()
    task = year.plan_is_drafted()
    year.opinions_are_heard(task)
    year.plan_is_adopted_and_published()
    year.task_is_done(task)
    year.plan_is_amended(task)
    year.year_is_closed(task)
