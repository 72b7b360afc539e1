"""Meetings of an expo in the browser: a participant from profile to room, the host from windows to the list of tables. Read next: test_meeting_races.py."""

import re
from datetime import timedelta

import pytest

from expos import meeting_queries, meeting_suggestions, meeting_tasks
from expos.actions import match_runs, meeting_requests
from expos.forms.meetings import stamp
from expos.models import ExpoMeeting, MatchRun, MeetingRequest, MeetingWish
from platform_site import clock
from tests.factories import accounts, expos, needs, patents
from tests.factories import expo_meeting as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def expo(guo):
    return make.arranged(expos.opened(officer=guo), officer=guo)


@pytest.fixture
def two(expo, shen, bai):
    return make.participant(expo, shen), make.participant(
        expo, bai, offers="固态电池中试产线", seeks="电池回收技术许可"
    )


def at(expo, path=""):
    return f"/zh-hans/expos/{expo.year}/meetings/{path}"


def text_of(client, address, status=200):
    answer = client.get(address, follow=True)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return re.sub(r"\s+", " ", answer.content.decode())


def test_everybody_reads_how_it_works_and_the_rule(client, expo, two):
    make.wish(*two)
    text = text_of(client, at(expo))
    for words in ("怎么对接", "第 1 个", "60", "以后每个", "6 个时段", "参加对接"):
        assert words in text
    assert "沈工" not in text and "电池" not in text, "nobody's name or text"


def test_no_slots_yet_is_said(client, guo):
    expo = expos.opened(officer=guo)
    assert "承办省还没有公布对接时段" in text_of(client, at(expo))
    assert "对接洽谈" in text_of(client, expo.get_absolute_url()), "a part of the bar"


def test_from_registration_to_a_confirmed_meeting(client, expo, shen, bai, two):
    client.force_login(shen)
    saved = client.post(at(expo, "profile/"), {"takes_part": "on", "offers": "回收工艺", "seeks": "产线"}, follow=True)
    assert "对接资料已保存" in saved.content.decode()
    text = text_of(client, at(expo, "wishes/?show=all"))
    assert "白经理" in text and "固态电池中试产线" in text and "沈工 ·" not in text
    client.post(at(expo, f"people/{two[1].pk}/wish/"), {"weight": "3", "why": "想看中试线"})
    assert MeetingWish.objects.get().why == "想看中试线"
    assert "想看中试线" in text_of(client, at(expo, "wishes/"))
    slot = meeting_queries.slots_of(expo)[2]
    page = text_of(client, at(expo, f"people/{two[1].pk}/request/"))
    assert "由系统安排一张空桌" in page and "12 小时" in page
    asked = {"starts_at": stamp(slot.starts_at), "table": "", "listing": "", "message": "想谈许可。"}
    client.post(at(expo, f"people/{two[1].pk}/request/"), asked)
    client.force_login(bai)
    mine = text_of(client, at(expo, "mine/"))
    assert "沈工约您" in mine and "想谈许可。" in mine and "想看中试线" not in mine
    request = MeetingRequest.objects.get()
    client.post(at(expo, f"requests/{request.pk}/accept/"))
    assert "双方已确认" in text_of(client, at(expo, "mine/"))
    detail = text_of(client, at(expo, f"{request.meeting_id}/"))
    assert "1 号桌" in detail and "回收工艺" in detail


def test_a_clash_names_three_free_slots_and_keeps_what_was_typed(client, expo, two, mo):
    make.asked(*two)
    third = make.participant(expo, mo)
    client.force_login(mo)
    slots = meeting_queries.slots_of(expo)
    sent = {"starts_at": stamp(slots[0].starts_at), "table": "", "listing": "", "message": "写了很久的话"}
    answer = client.post(at(expo, f"people/{two[1].pk}/request/"), sent)
    text = answer.content.decode()
    assert answer.status_code == 409 and "写了很久的话" in text and "对方这个时段没有空" in text
    assert [f"?slot={stamp(slot.starts_at)}" in text for slot in slots[1:5]] == [True, True, True, False]
    assert not third.requests_made.exists()


def test_forged_forms_are_refused(client, expo, two, mo):
    client.force_login(two[0].registration.user)
    path = at(expo, f"people/{two[1].pk}/request/")
    for sent in ({}, {"starts_at": "gestern"}, {"starts_at": stamp(clock.now()), "table": "999999"}):
        assert client.post(path, sent).status_code == 200, "errors beside the fields"
    assert client.post(path, {"starts_at": stamp(clock.now() + timedelta(days=400))}).status_code == 409
    assert client.post(at(expo, f"people/{two[1].pk}/wish/"), {"weight": "7"}).status_code == 200
    client.post(at(expo, "absences/"), {"slots": ["2001-01-01T09:00"]})
    assert not MeetingRequest.objects.exists() and not MeetingWish.objects.exists() and not two[0].absences.exists()


def test_nobody_looks_in_from_outside(client, expo, two, mo, he):
    make.wish(*two)
    meeting = make.asked(*two).meeting
    for user in (mo, he):
        client.force_login(user)
        for path in ("wishes/", "wishes/?show=all", f"people/{two[0].pk}/wish/", "mine/", "absences/"):
            assert client.get(at(expo, path)).status_code == 403
        assert client.get(at(expo, f"{meeting.pk}/")).status_code == 404
        assert client.get(at(expo, "host/")).status_code == 403
    make.participant(expo, two[1].registration.user, takes_part=False)
    client.force_login(two[0].registration.user)
    assert client.get(at(expo, f"people/{two[1].pk}/request/")).status_code == 404
    assert "白经理" not in text_of(client, at(expo, "wishes/?show=all"))


def test_the_host_plans_sees_why_and_prints(client, expo, two, guo, mo):
    third = make.participant(expo, mo, offers="云雀秘方")
    make.wish(*two, why="云雀私话")
    make.wish(third, two[0])
    make.participant(expo, mo, takes_part=False, offers="云雀秘方")
    client.force_login(guo)
    assert "还没有计算过" in text_of(client, at(expo, "host/"))
    started = client.post(at(expo, "host/runs/new/"), follow=True).content.decode()
    assert "已完成 0%" in started and 'hx-trigger="every 2s"' in started
    assert client.post(at(expo, "host/runs/new/")).status_code == 409
    meeting_tasks.match_runs_run()
    run = MatchRun.objects.get()
    text = text_of(client, at(expo, f"host/runs/{run.pk}/"))
    for words in ("满足的心愿", "100", "一方不参加对接", "采用这个安排", "hx-trigger"):
        assert (words in text) == (words != "hx-trigger")
    client.post(at(expo, f"host/runs/{run.pk}/apply/"))
    sheet = text_of(client, at(expo, "host/sheet/"))
    assert "沈工" in sheet and "白经理" in sheet and "待双方确认" in sheet
    for path in ("host/", f"host/runs/{run.pk}/", "host/sheet/"):
        assert "云雀" not in text_of(client, at(expo, path)), "no texts for the office"
    meeting = ExpoMeeting.objects.get()
    client.post(at(expo, f"{meeting.pk}/cancel/"), {"reason": "大厅检修"})
    client.force_login(two[0].registration.user)
    assert "大厅检修" in text_of(client, at(expo, f"{meeting.pk}/"))


def test_a_run_is_stopped_from_its_page(client, expo, two, guo):
    client.force_login(guo)
    run = match_runs.match_run_ask(year=expo.year, actor=guo)
    assert "已停止" in client.post(at(expo, f"host/runs/{run.pk}/cancel/"), follow=True).content.decode()
    assert client.post(at(expo, f"host/runs/{run.pk}/apply/")).status_code == 409


def test_windows_are_typed_as_lines(client, expo, guo):
    client.force_login(guo)
    day = expo.starts_on.isoformat()
    wrong = client.post(at(expo, "host/slots/"), {"slot_minutes": 20, "break_minutes": 0, f"day_{day}": "九点到十点"})
    assert wrong.status_code == 200 and "九点到十点" in wrong.content.decode() and "请写成" in wrong.content.decode()
    client.post(
        at(expo, "host/slots/"), {"slot_minutes": 20, "break_minutes": 0, f"day_{day}": "9:30-10:30，14:00至15:00"}
    )
    assert len(meeting_queries.slots_of(expo)) == 6
    client.post(at(expo, "host/tables/"), {"first": 10, "count": 3, "hall": ""})
    assert expo.meeting_tables.count() == 5


def test_the_calendar_says_what_is_sure(client, expo, two, bai):
    request = make.asked(*two)
    client.force_login(bai)
    answer = client.get(at(expo, "mine/?format=ics"))
    assert answer["Content-Type"].startswith("text/calendar") and b"STATUS:TENTATIVE" in answer.content
    meeting_requests.meeting_request_accept(request_id=request.pk, actor=bai)
    later = client.get(at(expo, "mine/?format=ics")).content
    assert (
        b"STATUS:CONFIRMED" in later
        and b"SEQUENCE:1" in later
        and f"expo-meeting-{request.meeting_id}@".encode() in later
    )


def test_two_presses_after_a_meeting_open_a_room(client, expo, two, shen, bai):
    listing = patents.published(shen)
    request = make.asked(*two)
    meeting_requests.meeting_request_accept(request_id=request.pk, actor=bai)
    client.force_login(bai)
    with clock.at(request.meeting.ends_at):
        assert "已会面" in text_of(client, at(expo, "mine/"))
        first = client.post(at(expo, f"{request.meeting_id}/held/"), {"held": "1"})
        assert first.headers["Location"] == at(expo, f"{request.meeting_id}/interest/")
        second = client.post(first.headers["Location"], {"interested": "1", "listing": listing.pk})
        assert "/trading/" in second.headers["Location"]
        assert "有意向" not in text_of(client, at(expo, f"{request.meeting_id}/")), (
            "one's own is not repeated as the other's"
        )
    client.force_login(shen)
    assert "有意向" in text_of(client, at(expo, f"{request.meeting_id}/"))


def test_suggestions_have_reasons_both_ways(expo, shen, bai, mo):
    listing = patents.published(shen, title="废旧电池回收方法")
    need = needs.published(bai)
    one, other = make.participant(expo, shen, offers="", seeks=""), make.participant(expo, bai, offers="", seeks="")
    make.participant(expo, mo, offers="", seeks="")
    for_bai = meeting_suggestions.suggested(bai, expo, other)
    for_shen = meeting_suggestions.suggested(shen, expo, one)
    assert {found.profile.pk for found in for_bai} <= {one.pk} and {found.profile.pk for found in for_shen} <= {
        other.pk
    }
    if for_bai:  # the plain listing answers the plain need
        assert str(listing.public_version) in for_bai[0].reasons[0] and str(need) in for_bai[0].reasons[0]
        assert "您的" in for_shen[0].reasons[0]
    make.participant(expo, shen, offers="废旧锂电池回收和再生利用工艺", seeks="")
    other = make.participant(expo, bai, offers="", seeks="锂电池回收工艺")
    words = [said for found in meeting_suggestions.suggested(bai, expo, other) for said in found.reasons]
    assert any("都提到" in said and "电池" in said for said in words)
    make.wish(other, one)
    assert one.pk not in {found.profile.pk for found in meeting_suggestions.suggested(bai, expo, other)}, (
        "wished already"
    )


# ---- the same queries for one row and for three


def people_of(expo, n, start=0):
    made = [accounts.member(f"p{k}@example.org", name=f"人{k}") for k in range(start, start + n)]
    return [make.participant(expo, one) for one in made]


@pytest.mark.parametrize("path", ["wishes/", "wishes/?show=all", "wishes/?show=suggested", "mine/", ""])
def test_lists_ask_the_same_for_one_and_for_three(client, expo, two, django_assert_max_num_queries, path):
    shen = two[0].registration.user
    client.force_login(shen)
    counts = []
    for n, start in ((1, 0), (2, 1)):
        for other in people_of(expo, n, start):
            make.wish(two[0], other)
            make.asked(two[0], other, slot=start + n + other.pk % 5 * 3) if start == 0 else None
        client.get(at(expo, path))
        with django_assert_max_num_queries(15) as found:
            client.get(at(expo, path))
        counts.append(len(found))
    assert counts[0] == counts[1], counts


def test_the_host_s_pages_ask_the_same_for_one_and_for_three(client, expo, two, guo, django_assert_max_num_queries):
    client.force_login(guo)
    counts = []
    for n in (1, 2):
        for k, other in enumerate(people_of(expo, n, n)):
            make.asked(two[0], other, slot=n * 3 + k)
        for path in ("host/sheet/", "host/"):
            client.get(at(expo, path))
            with django_assert_max_num_queries(15) as found:
                client.get(at(expo, path))
            counts.append(len(found))
    assert counts[:2] == counts[2:], counts


def test_the_desk_says_what_waits_for_whom(client, expo, two, shen, bai, guo, mo):
    make.asked(*two)
    make.wish(make.participant(expo, mo), two[1])
    make.planned(expo, guo)
    client.force_login(bai)
    desk = text_of(client, "/zh-hans/desk/")
    assert "答复约见" in desk and "确认会面" in desk
    client.force_login(shen)
    assert "答复约见" in text_of(client, "/zh-hans/desk/"), "waited for"
