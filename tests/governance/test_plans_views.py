"""The pages of a plan as people see them: list, draft, steps, opinions, text, redline, desk and notices."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from governance import plan_queries, plan_tasks
from governance.actions import amendments, plans
from governance.models import PlanComment, PlanTabling
from governance.states import PlanState
from platform_site import clock
from platform_site.notices.models import Notice
from platform_site.portal.desk import desk_of
from tests.clients import browser
from tests.factories import accounts
from tests.factories import plans as factory

BASE = "/zh-hans/governance/plans/"
MOST_QUERIES = 15
NOT_COUNTED = re.compile(r'(SAVEPOINT|RELEASE|ROLLBACK|INSERT|UPDATE|DELETE)\b|.*[ "]portal_limit', re.DOTALL)


def at(plan, rest=""):
    return f"{BASE}{plan.year}/{rest}"


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


def reads(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len([query for query in asked if not NOT_COUNTED.match(query["sql"])])


def test_the_list_shows_what_is_published_and_to_insiders_what_is_under_way(si, ju, guo, client):
    assert "还没有年度工作计划" in page(client, BASE)
    plan = factory.published(si, ju)
    draft = factory.draft(si, plan.year + 1)
    assert f"{plan.year} 年度" in page(client, BASE) and f"{draft.year} 年度" not in page(client, BASE)
    assert plan.document_number in page(client, BASE) and "第 1 版" in page(client, BASE)
    inside = page(browser(guo), BASE)
    assert 0 < inside.index(f"{draft.year} 年度") < inside.index(f"{plan.year} 年度")  # the latest first
    assert "起草新一年的计划" in page(browser(si), BASE) and "起草新一年的计划" not in page(browser(guo), BASE)
    one = reads(client, BASE), reads(browser(guo), BASE)
    for year in (2010, 2011):
        factory.draft(si, year, tasks=1)
    assert (reads(client, BASE), reads(browser(guo), BASE)) == one and max(one) <= MOST_QUERIES
    page(client, f"{BASE}?page=9", 404)


def test_a_plan_under_way_says_who_acts_next_and_offers_each_their_own_step(si, ju, wei, guo):
    plan = factory.draft(si)
    office, director, officer = browser(si), browser(ju), browser(guo)
    text = page(office, at(plan))
    assert "完成草案" in text and "编辑文本" in text and "年度工作计划（草案）" in text
    assert "编辑文本" not in page(officer, at(plan))
    plans.plan_circulate(plan_id=plan.pk, actor=si, last_day=plans.earliest_last_day())
    assert "以前提出意见" in page(officer, at(plan)) and "剩 5 个工作日" in page(officer, at(plan))
    assert "提请会议审议" not in page(director, at(plan))
    plan = factory.heard(si, plan.year + 1)
    assert "等待：轮值主任提请会议审议" in page(director, at(plan))
    assert "table/" in page(director, at(plan)) and "table/" not in page(browser(wei), at(plan))
    asked = {"meeting": factory.meeting(si, "第三次例会").pk}
    assert "第三次例会" in page(director, at(plan, "table/"))
    assert director.post(at(plan, "table/"), asked).status_code == 302
    plan.refresh_from_db()
    assert plan.state == PlanState.TABLED and "在会议上表决" in page(officer, at(plan))
    plans.version_adopt(version_id=factory.version_of(plan).pk, resolution=factory.resolution())
    assert "sign/" in page(director, at(plan)) and "publish/" not in page(office, at(plan))
    answer = director.get(at(plan, "sign/"))
    assert "/accounts/reauthenticate/" in answer["Location"]
    accounts.confirmed(director, ju)
    digest = factory.version_of(plan).digest
    assert digest in page(director, at(plan, "sign/"))
    assert "请先勾选" in director.post(at(plan, "sign/"), {"digest": digest}).content.decode()
    assert director.post(at(plan, "sign/"), {"digest": digest, "agreed": "on"}).status_code == 302
    assert "编号发布" in page(office, at(plan)) and "publish/" not in page(director, at(plan))
    assert 'value="1"' in page(office, at(plan, "publish/"))
    assert office.post(at(plan, "publish/"), {"serial": "3"}).status_code == 302
    public = page(Client(), at(plan))
    assert f"〔{clock.today().year}〕3号" in public and "草案</p>" not in public and "任务甲1" in public


def test_a_step_that_is_refused_says_why_beside_its_box(si, ju):
    plan = factory.draft(si)
    office = browser(si)
    answer = office.post(at(plan, "circulate/"), {"last_day": clock.today().isoformat()})
    assert answer.status_code == 409 and "至少五个工作日" in answer.content.decode()
    answer = office.post(at(plan, "circulate/"), {"last_day": "昨天"})
    assert answer.status_code == 200 and "昨天" in answer.content.decode()
    assert office.post(at(plan, "publish/"), {"serial": "1"}).status_code == 409
    assert browser(ju).post(at(plan, "table/"), {"meeting": factory.meeting(si).pk}).status_code == 409
    made = office.post(f"{BASE}new/", {"year": plan.year})
    assert made.status_code == 200 and "每年一份" in made.content.decode()
    assert office.post(f"{BASE}new/", {"year": plan.year + 1}).status_code == 302


def test_opinions_are_given_and_answered_on_pages(si, guo, he, mo):
    plan = factory.circulated(si)
    task = factory.lines(plan)[0].task
    officer, office = browser(guo), browser(si)
    assert "以湖北的名义" in page(officer, at(plan, f"comments/new/?task={task}"))
    answer = officer.post(at(plan, "comments/new/"), {"task": task, "body": ""})
    assert answer.status_code == 200 and "请写意见" in answer.content.decode()
    assert officer.post(at(plan, "comments/new/"), {"task": task, "body": "<b>请提前</b>"}).status_code == 302
    comment = PlanComment.objects.get()
    text = page(browser(he), at(plan))
    assert "&lt;b&gt;请提前" in text and "1.1 任务甲1" in text and "待答复" in text
    assert "answer/" not in text and f"comments/{comment.pk}/answer/" in page(office, at(plan))
    address = at(plan, f"comments/{comment.pk}/answer/")
    assert "任务甲1" in page(office, address)
    page(browser(he), address, 403)
    page(browser(mo), address, 404)
    page(office, at(factory.draft(si, plan.year + 1), f"comments/{comment.pk}/answer/"), 404)
    assert "请选择怎样处理" in office.post(address, {"answer": "好"}).content.decode()
    sent = {"state": "partly", "answer": "已写入措施。"}
    assert office.post(address, sent).status_code == 302
    again = office.post(address, sent | {"answer": "又一次的答复"})
    assert again.status_code == 409 and "又一次的答复" in again.content.decode()
    assert "部分采纳" in page(officer, at(plan)) and "已写入措施。" in page(officer, at(plan))
    plans.plan_recall(plan_id=plan.pk, actor=si)  # too late: what was written is still in its box
    late = officer.post(at(plan, "comments/new/"), {"body": "迟到的意见"})
    assert late.status_code == 409 and "迟到的意见" in late.content.decode()
    page(officer, at(plan, "comments/new/"), 409)


def test_the_text_of_every_version_in_force_is_public_and_the_redline_is_server_made(si, ju, client):
    plan = factory.amending(si, ju, tasks=2)
    year = plan.year
    text = page(client, at(plan, "text/"))
    assert "一、展示与交易" in text and "（湖北、湖南负责）" in text and "湖北省知识产权局" in text
    assert f"{year}年11月30日" in text and plan.document_number in text and "与冻结时一致" in text
    assert plan_queries.in_force(plan).digest in text
    page(client, at(plan, "text/?version=2"), 404)
    page(client, at(plan, "changes/?from=1&to=2"), 404)
    assert "编辑中" in page(browser(ju), at(plan, "text/?version=2"))
    amendments.amendment_table(plan_id=plan.pk, actor=ju, meeting_id=factory.meeting(si).pk)
    plans.version_adopt(version_id=factory.version_of(plan).pk, resolution=factory.resolution("amendment"))
    redline = page(client, at(plan, "changes/?from=1&to=2"))
    assert f"<del>{year}年11月30日</del>" in redline and f"<ins>{year}年12月20日</ins>" in redline
    assert "会期调整。" in redline and "任务甲2" not in redline
    assert "第 2 版（现行）" in page(client, at(plan, "text/")) and "已被后来的版本修订" in page(
        client, at(plan, "text/?version=1")
    )
    english = client.get(f"/en/governance/plans/{year}/text/").content.decode()
    assert "Task 1" in english and "Hubei Intellectual Property Office" in english
    page(client, at(plan, "text/?version=x"), 404)
    page(client, at(plan, "text/?version=²"), 404)


def test_the_long_text_and_the_editor_cost_few_queries(si, ju):
    """60 tasks with six duties each: the same queries as two tasks with two."""
    plan = factory.circulated(si)
    version = factory.version_of(plan)
    office, seat = browser(si), browser(ju)
    factory.opinion(plan, ju)
    task = factory.lines(plan)[0].task
    addresses = ["", "text/", "changes/", "edit/", f"edit/tasks/{task}/", "edit/preface/", "edit/carry/"]
    small = [reads(office, at(plan, rest)) for rest in addresses] + [reads(seat, at(plan))]
    factory.large(version)
    for _ in range(2):
        factory.opinion(plan, ju)
    large = [reads(office, at(plan, rest)) for rest in addresses] + [reads(seat, at(plan))]
    assert large == small and max(large) <= MOST_QUERIES, dict(zip(addresses, large, strict=False))


def test_each_desk_shows_what_waits_there(si, ju, guo, mo):
    plan = factory.circulated(si)

    def verbs(user):
        return [str(item.verb) for item in desk_of(user).mine if str(plan.year) in item.title]

    assert "提意见" in verbs(guo) and "提意见" in verbs(ju) and verbs(si) == [] and verbs(mo) == []
    factory.opinion(plan, guo)
    assert verbs(si) == ["答复意见"]
    with clock.at(clock.now() + factory.LONG_AGO):
        assert verbs(ju) == []
        factory.comments.comment_answer(
            comment_id=PlanComment.objects.get().pk,
            actor=si,
            state=factory.comments.CommentState.ACCEPTED,
            answer="好。",
        )
        assert verbs(ju) == ["提请会议审议"] and verbs(guo) == []
        plans.plan_table(plan_id=plan.pk, actor=ju, meeting_id=factory.meeting(si).pk)
    version = factory.version_of(plan)
    plans.version_adopt(version_id=version.pk, resolution=factory.resolution())
    assert verbs(ju) == ["签署计划"] and verbs(si) == []
    plans.plan_sign(plan_id=plan.pk, actor=ju, digest=version.digest)
    assert verbs(ju) == [] and verbs(si) == ["编号发布"]


def test_people_are_told_once_each_in_their_own_words(si, ju, wei, guo, he, mo):
    plan = factory.amending(si, ju)
    plan_tasks.plan_circulate_notify(plan.pk, "2026-05-08")
    plan_tasks.plan_circulate_notify(plan.pk, "2026-05-08")

    def told(kind):
        return {notice.recipient for notice in Notice.objects.filter(kind=kind)}

    everybody = {si, ju, wei, guo, he}
    assert told("plan_circulated") == everybody and Notice.objects.filter(kind="plan_circulated").count() == 5
    plan_tasks.plan_table_notify(PlanTabling.objects.get().pk)
    assert told("plan_tabled") == {si, ju, wei}
    plan_tasks.version_adopt_notify(plan.versions.get(number=1).pk)
    assert told("plan_adopted") == {si, ju, wei}
    plan_tasks.version_adopt_notify(plan.versions.get(number=2).pk)
    assert told("plan_amended") == everybody
    plan_tasks.plan_sign_notify(plan.pk)
    assert told("plan_signed") == {si}
    plan_tasks.plan_publish_notify(plan.pk)
    assert told("plan_published") == everybody
    plan_tasks.plan_recall_notify(plan.pk, "x")
    plan_tasks.version_return_notify(plan.versions.get(number=2).pk, "x")
    assert told("plan_returned") == {si, ju, wei} and told("plan_recalled") == everybody
    asked = factory.circulated(si, plan.year + 1)
    plan_tasks.comment_answer_notify(factory.opinion(asked, guo).pk)
    assert told("plan_comment_answered") == {guo}
    inbox = page(browser(guo), "/zh-hans/desk/inbox/")
    assert plan.document_number in inbox and "mo@" not in inbox
    assert not Notice.objects.filter(recipient=mo).exists()


@pytest.mark.parametrize("rest", ["", "text/", "changes/", "edit/", "table/", "comments/new/"])
def test_a_plan_that_is_not_there_is_not_found(rest, si, db):
    page(browser(si), f"{BASE}2009/{rest}", 404)


def test_the_day_of_the_calendar_is_the_day_of_the_clock(si):
    """A last day is the whole day: an opinion on it is in time."""
    plan = factory.circulated(si)
    last = plan.consultation_ends_on
    assert isinstance(last, date)
    noon = clock.now().replace(year=last.year, month=last.month, day=last.day, hour=4)
    assert plan_queries.consultation_runs(plan, noon)
    assert not plan_queries.consultation_runs(plan, noon.replace(hour=20))  # past midnight in China
