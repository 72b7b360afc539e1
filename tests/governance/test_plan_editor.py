"""Two editors at once lose nothing: by two browsers on one task, and by 32 writers at one signal."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from governance import plan_queries
from governance.actions import plan_texts, plans
from governance.actions.plan_texts import TextMoved
from governance.models import PlanTask, TaskText
from governance.plan_text import digest
from platform_site import clock
from tests.clients import browser
from tests.factories import group, progress
from tests.factories import plans as factory
from tests.racing import WRITERS, Crew

BASE = "/zh-hans/governance/plans/"


def boxes(response):
    """What a browser would send back: the hidden inputs, boxes, texts and chosen options of the page's last form."""
    text = response.content.decode()
    form = next(part for part in re.findall(r"<form.*?</form>", text, re.DOTALL) if 'name="revision"' in part)
    sent = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ('type="radio"' not in tag or " checked" in tag):
            sent[name[1]] = value[1] if value else ""
    for name, value in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL):
        sent[name] = value
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[name] = chosen[1] if chosen else ""
    return sent


def task_page(plan, number=0):
    return f"{BASE}{plan.year}/edit/tasks/{factory.lines(plan)[number].task}/"


def test_the_editor_has_outline_form_and_checks(si):
    plan = factory.draft(si)
    office = browser(si)
    page = office.get(f"{BASE}{plan.year}/edit/").content.decode()
    assert "一、展示与交易" in page and "任务甲2" in page and "没有发现问题" in page
    office.post(task_page(plan), {"revision": "0", "title_zh": "没有牵头的任务"})
    page = office.get(f"{BASE}{plan.year}/edit/").content.decode()
    assert "1.1 没有牵头的任务：没有牵头单位" in page and "须补正" in page
    second = factory.lines(plan)[1].task
    assert office.post(f"{BASE}{plan.year}/edit/tasks/{second}/move/", {"by": "up"}).status_code == 302
    assert [one.title_zh for one in factory.lines(plan)] == ["任务甲2", "没有牵头的任务"]
    made = office.post(f"{BASE}{plan.year}/edit/sections/new/", {"title_zh": "", "title_en": "x"})
    assert made.status_code == 200 and 'value="x"' in made.content.decode()
    assert office.post(f"{BASE}{plan.year}/edit/sections/new/", {"title_zh": "规则与政策"}).status_code == 302
    chapter = plan_queries.document_of(factory.version_of(plan)).chapters[1]
    move = {"section": chapter.section, "place": "1"}
    assert office.post(f"{BASE}{plan.year}/edit/tasks/{second}/move/", move).status_code == 302
    assert {one.task: one.number for one in factory.lines(plan)}[second] == "2.1"
    refused = office.post(f"{BASE}{plan.year}/edit/sections/{chapter.section}/remove/")
    assert refused.status_code == 409 and "还有任务" in refused.content.decode()


def test_a_form_with_errors_keeps_what_was_typed(si):
    plan = factory.draft(si)
    typed = {
        "revision": "0", "title_zh": "办会", "due_on": "十一月", "budget_cny": "很多", "role_420000": "lead",
        "role_430000": "lead", "role_140000": "support", "zh_360000": "没有角色的分工",
    }  # fmt: skip
    answer = browser(si).post(task_page(plan), typed)
    page = answer.content.decode()
    assert answer.status_code == 200 and "牵头单位只能有一个，已经选了湖北" in page and "请写明配合单位的分工" in page
    assert "请选择牵头或配合" in page and "十一月" in page and "很多" in page and "没有角色的分工" in page
    assert factory.lines(plan)[0].title_zh == "任务甲1"


def test_two_editors_of_two_tasks_do_not_meet_and_of_one_task_choose_box_by_box(si):
    """The second sees both texts; what they did not touch is the first one's; nothing is lost on the way."""
    plan = factory.draft(si)
    first, second = browser(si), browser(group.staff("yi@example.org", name="另一位"))
    address = task_page(plan)
    one, two = boxes(first.get(address)), boxes(second.get(address))
    other = boxes(second.get(task_page(plan, 1)))
    assert first.post(address, one | {"title_zh": "先改的题目", "output_zh": "报告"}).status_code == 302
    assert second.post(task_page(plan, 1), other | {"title_zh": "另一项任务"}).status_code == 302
    moved = second.post(
        address, two | {"title_zh": "后改的题目", "measures_zh": "第一行\r\n第二行", "zh_430000": "组团"}
    )
    page = moved.content.decode()
    assert moved.status_code == 409 and "由别人改过并保存" in page
    assert all(words in page for words in ("先改的题目", "后改的题目", "报告", "组团", "第二行"))
    assert factory.lines(plan)[0].title_zh == "先改的题目"
    offered = boxes(moved)
    assert offered["keep-title_zh"] == "mine" and offered["keep-output_zh"] == "theirs" and offered["revision"] == "1"
    assert "keep-target_zh" not in offered
    assert second.post(address, offered | {"keep-title_zh": "theirs"}).status_code == 302
    line = factory.lines(plan)[0]
    assert (line.title_zh, line.output_zh, line.revision) == ("先改的题目", "报告", 2)
    assert line.measures_zh == "第一行\n第二行"
    assert [duty.what_zh for duty in line.supporting] == ["组团"]
    assert factory.lines(plan)[1].title_zh == "另一项任务"


def test_a_third_editor_meets_the_second_on_the_page_of_the_conflict(si):
    plan = factory.draft(si)
    office = browser(si)
    address = f"{BASE}{plan.year}/edit/preface/"
    old = boxes(office.get(address))
    del old["idempotency_key"]
    office.post(address, old | {"thought_zh": "第一人"})
    conflict = boxes(office.post(address, old | {"thought_zh": "第二人"}))
    office.post(address, boxes(office.get(address)) | {"safeguards_zh": "第三人"})
    again = office.post(address, conflict)
    assert again.status_code == 409 and "第二人" in again.content.decode() and "第三人" in again.content.decode()
    assert office.post(address, boxes(again)).status_code == 302
    version = factory.version_of(plan)
    assert (version.thought_zh, version.safeguards_zh) == (
        "第二人",
        "按季通报。",
    )  # on that page both were the second's
    same = office.post(address, old | {"thought_zh": "第二人", "safeguards_zh": "按季通报。"})
    assert same.status_code == 302  # the same text is nobody's conflict


def test_what_can_no_longer_be_saved_is_given_back(si, ju):
    """The task was taken out, or the text was tabled, while somebody was typing."""
    plan = factory.heard(si)
    office, version = browser(si), factory.version_of(plan)
    gone, kept = task_page(plan, 1), task_page(plan)
    typed = boxes(office.get(gone)) | {"title_zh": "来不及保存的"}
    plan_texts.task_remove(version_id=version.pk, task_id=factory.lines(plan)[1].task, actor=si)
    answer = office.post(gone, typed)
    assert answer.status_code == 409 and "来不及保存的" in answer.content.decode()
    assert office.get(gone).status_code == 404
    chapter = f"{BASE}{plan.year}/edit/sections/{version.sections.get().pk}/"
    title = boxes(office.get(chapter)) | {"title_zh": "改了一半的章名"}
    typed = boxes(office.get(kept)) | {"title_zh": "冻结以后的"}
    plans.plan_table(plan_id=plan.pk, actor=ju, meeting_id=factory.meeting(si).pk)
    for address, sent, words in ((kept, typed, "冻结以后的"), (chapter, title, "改了一半的章名")):
        answer = office.post(address, sent)
        assert answer.status_code == 409 and words in answer.content.decode() and "冻结" in answer.content.decode()
    assert office.get(kept).status_code == 409
    assert factory.lines(plan)[0].title_zh == "任务甲1"


def test_what_was_typed_before_the_login_ended_waits(si):
    plan = factory.draft(si)
    office, address = browser(si), task_page(plan)
    typed = boxes(office.get(address)) | {"title_zh": "登录过期前写的"}
    visitor = Client()
    assert "/accounts/login/" in visitor.post(address, typed, HTTP_REFERER=f"http://testserver{address}")["Location"]
    visitor.force_login(si)
    page = visitor.get(address).content.decode()
    assert "登录过期前写的" in page and "已为您保留" in page
    assert "登录过期前写的" not in visitor.get(task_page(plan, 1)).content.decode()


def test_last_years_unfinished_tasks_are_carried_one_by_one_on_a_page(si, ju, guo, he):
    factory.published(si, ju)
    year = clock.today().year + 1
    plan = plans.plan_create(year=year, actor=si, copy_sections=True)
    office, address = browser(si), f"{BASE}{year}/edit/carry/"
    section = factory.version_of(plan).sections.get().pk
    task = factory.lines(plan, plan_queries.last_years(plan))[0].task
    assert "任务甲1" in office.get(address).content.decode()
    empty = office.post(address, {"task": task, "section": section, "because": " "})
    assert empty.status_code == 200 and "请写明结转的原因" in empty.content.decode()
    sent = {"task": task, "section": section, "because": "场馆未建成。"}
    assert office.post(address, sent).status_code == 302
    assert "已结转" in office.get(address).content.decode()
    again = office.post(address, sent)
    assert again.status_code == 409
    assert office.post(address, sent | {"task": "987654"}).status_code == 409
    line = factory.lines(plan)[0]
    assert (line.title_zh, line.due_on) == ("任务甲1", None)
    done = PlanTask.objects.get(pk=factory.lines(plan, plan_queries.last_years(plan))[1].task)
    for code, officer, verifier in (("420000", guo, he), ("430000", he, guo)):
        progress.accepted(done, officer, verifier, code)
    assert "任务甲2" not in office.get(address).content.decode()
    refused = office.post(address, sent | {"task": done.pk})
    assert refused.status_code == 409 and "没有这项未完成的任务" in refused.content.decode()
    assert "结转自" in office.get(f"{BASE}{year}/").content.decode()


# ---- many at once


@pytest.fixture
def race(transactional_db):
    """The ground again, which a transactional test has emptied, a draft and a member of the office for each writer."""
    plan = factory.draft(group.staff("si@example.org"), tasks=2)
    version = factory.version_of(plan)
    factory.large(version, chapters=2, tasks=WRITERS - 2)
    return version, [group.staff(f"w{n}@example.org") for n in range(WRITERS)]


def saving(version, actor, task_id, words, revision=0):
    def call():
        return plan_texts.task_save(
            version_id=version.pk, task_id=task_id, actor=actor, values={"title_zh": words}, duties=(),
            revision=revision,
        )  # fmt: skip

    return call


@pytest.mark.race
def test_32_editors_of_32_tasks_all_save_and_of_one_task_one_does(race):
    version, people = race
    keys = [line.task for line in plan_queries.document_of(version).tasks]
    with Crew() as crew:
        done = crew.together(*(saving(version, who, key, f"改{key}") for who, key in zip(people, keys, strict=True)))
        assert [one for one in done if isinstance(one, Exception)] == []
        assert {text.task_id: text.title_zh for text in TaskText.objects.filter(version=version)} == {
            key: f"改{key}" for key in keys
        }
        done = crew.together(*(saving(version, who, keys[0], who.email, revision=1) for who in people))
    won = [one for one in done if isinstance(one, TaskText)]
    lost = [one for one in done if isinstance(one, TextMoved)]
    assert (len(won), len(lost)) == (1, WRITERS - 1)
    text = TaskText.objects.get(version=version, task=keys[0])
    assert (text.title_zh, text.revision) == (won[0].title_zh, 2)


@pytest.mark.race
def test_32_browsers_on_one_task_one_is_saved_and_each_other_gets_its_text_back(race):
    version, people = race
    address = f"{BASE}{version.plan.year}/edit/tasks/{plan_queries.document_of(version).chapters[0].tasks[0].task}/"
    clients = [browser(who) for who in people]
    sent = boxes(clients[0].get(address))
    del sent["idempotency_key"]

    def sending(client, number):
        return lambda: client.post(address, sent | {"title_zh": f"第{number}人写的题目"})

    with Crew() as crew:
        answers = crew.together(*(sending(client, number) for number, client in enumerate(clients)))
    assert sorted(one.status_code for one in answers) == [302] + [409] * (WRITERS - 1)
    for number, answer in enumerate(answers):
        assert answer.status_code == 302 or f"第{number}人写的题目" in answer.content.decode()


@pytest.mark.race
def test_a_text_is_saved_before_it_is_frozen_or_refused(race):
    """Savers and the tabling at one signal: the digest is of the text that stands there in the end."""
    version, people = race
    director = group.seated("ju@example.org", "140000")
    with clock.at(clock.now() - timedelta(days=60)):
        plans.plan_circulate(plan_id=version.plan_id, actor=people[0], last_day=plans.earliest_last_day())
    group.directing("140000")
    meeting = factory.meeting(people[0])
    keys = [line.task for line in plan_queries.document_of(version).tasks][1:]
    duties = factory.two_duties()
    calls = [
        lambda key=key, who=who: plan_texts.task_save(
            version_id=version.pk, task_id=key, actor=who, values={"title_zh": "抢先改"}, duties=duties, revision=0
        )
        for who, key in zip(people, keys, strict=False)
    ]
    with Crew() as crew:
        done = crew.together(
            *calls, lambda: plans.plan_table(plan_id=version.plan_id, actor=director, meeting_id=meeting.pk)
        )
    tabling = done[-1]
    saved = sum(isinstance(one, TaskText) for one in done[:-1])
    version.refresh_from_db()
    assert version.digest == tabling.digest
    document = plan_queries.document_of(version)
    assert sum(line.title_zh == "抢先改" for line in document.tasks) == saved
    assert digest(document) == version.digest
