"""The text of a plan: order, checks, digest, what two versions differ in, opinions and amendments."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from governance import plan_checks, plan_queries
from governance.actions import amendments, comments, plan_texts, plans
from governance.models import Duty, PlanComment, PlanTask, PlanVersion, Seat, TaskText
from governance.plan_changes import changes
from governance.plan_text import Assignment, Chapter, Document, TaskLine, canonical, digest
from governance.plan_words import facts_of, responsible
from governance.states import CommentState, EditionState, ItemKind, PlanState
from platform_site import clock
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.outbox.models import OutboxMessage
from tests.factories import accounts
from tests.factories import plans as factory

LEAD = (Assignment("420000", "lead", "牵头"), Assignment("430000", "support", "配合"))


def line(task, number="1.1", **changed):
    values = factory.task_values(2026, title_zh=f"任务{task}", title_en=f"Task {task}") | changed
    return TaskLine(task=task, text=task, number=number, **{"duties": LEAD} | values)


def document(*chapters, **changed):
    """Each chapter is a list of lines."""
    found = tuple(
        Chapter(place, place, f"第{place}章", f"Chapter {place}", tuple(lines))
        for place, lines in enumerate(chapters, start=1)
    )
    return Document(2026, 1, "指导思想", "Thought", "保障", "Safeguards", chapters=found, **changed)


def refused(error, call, **kwargs):
    with pytest.raises(error) as found, transaction.atomic():
        call(**kwargs)
    return str(found.value.reason)


# ---- pure: checks, digest, differences


def test_a_faultless_text_has_no_findings_and_each_fault_has_its_own():
    whole = line(1, duties=(Assignment("420000", "lead", "牵头", "Leads"),))
    assert plan_checks.findings(document([whole])) == []

    def codes(**changed):
        return {one.code for one in plan_checks.findings(document([line(1, **{"duties": whole.duties} | changed)]))}

    assert codes(duties=()) == {"no_lead"}
    assert codes(duties=(*whole.duties, Assignment("430000", "support"))) == {"no_duty"}
    assert codes(measures_zh="", measures_en="") == {"no_measures"}
    assert codes(due_on=None) == {"no_due"}
    assert codes(due_on=date(2027, 1, 1)) == {"due_outside"}
    assert codes(target_zh="", target_en="") == {"no_target"} and codes(output_zh="") == {"no_output"}
    assert codes(title_en="") == {"no_english"}
    assert {one.code for one in plan_checks.stopping(Document(2026, 1))} == {
        "no_chapter", "no_thought", "no_safeguards",
    }  # fmt: skip
    assert [one.code for one in plan_checks.stopping(document([]))] == ["empty_chapter"]


def test_the_digest_is_of_the_text_and_not_of_the_rows_that_hold_it():
    one, other = line(1), TaskLine(**{**vars(line(1)), "text": 99, "revision": 5})
    assert digest(document([one])) == digest(document([other]))
    assert digest(document([one])) != digest(document([line(1, target_zh="另一指标")]))
    assert '"due_on":"2026-11-30"' in canonical(document([one]))


def test_a_task_is_written_as_the_field_writes_it():
    words = dict(facts_of(line(1)))
    assert words["牵头单位"] == "湖北省知识产权局" and words["配合单位与分工"] == "湖南：配合"
    assert words["时限"] == "2026年11月30日" and "经费" not in words
    assert responsible(line(1)) == "（湖北、湖南负责）"


def test_added_dropped_changed_and_moved_tasks_are_told_apart():
    old = document([line(1, "1.1"), line(2, "1.2"), line(3, "1.3")], [line(4, "2.1")])
    new = document([line(9, "1.1"), line(3, "1.2"), line(2, "1.3")], [line(4, "2.1", due_on=date(2026, 12, 1))])
    found = changes(old, new)
    kinds = {one.task: (one.kind, one.moved) for one in found.tasks}
    assert kinds[9] == ("added", False) and kinds[1] == ("dropped", False) and kinds[4] == ("changed", False)
    assert [task for task, (_kind, moved) in kinds.items() if moved] in ([2], [3])
    row = next(one for one in found.tasks if one.task == 4).rows[0]
    assert (row.term, row.old, row.new) == ("时限", "2026年11月30日", "2026年12月1日")
    assert found.preface == () and found.chapters == ()
    crossed = changes(document([line(1)], [line(2)]), document([], [line(1), line(2)]))
    assert [(one.task, one.moved) for one in crossed.tasks] == [(1, True)]
    titled = changes(old, Document(2026, 2, "新的指导思想", "Thought", "保障", "Safeguards", chapters=old.chapters[:1]))
    assert [row.term for row in titled.preface] == ["指导思想和目标"]
    assert [(row.old, row.new) for row in titled.chapters] == [("第2章", ""), ("Chapter 2", "")]


@settings(max_examples=50, deadline=None)
@given(st.permutations(range(6)), st.integers(0, 6), st.integers(0, 6))
def test_a_version_is_the_same_as_itself_and_every_difference_is_named(order, cut, add):
    old = document([line(task) for task in range(6)])
    new = document([line(task) for task in [*order[:cut], *range(10, 10 + add)]])
    assert changes(old, old).is_empty
    found = {one.task: one for one in changes(old, new).tasks}
    kept = list(order[:cut])
    assert {task for task, one in found.items() if one.kind == "dropped"} == set(range(6)) - set(kept)
    assert {task for task, one in found.items() if one.kind == "added"} == set(range(10, 10 + add))
    still = [task for task in kept if task not in found]
    assert still == sorted(still)  # those that are not called moved keep their order


# ---- order


def test_chapters_and_tasks_are_moved_and_numbered_anew(si, ju):
    plan = factory.draft(si, tasks=3)
    version = factory.version_of(plan)
    first = version.sections.get()
    second = plan_texts.section_create(version_id=version.pk, actor=si, values={"title_zh": "规则"})
    a, b, c = (one.task for one in factory.lines(plan))
    move = {"version_id": version.pk, "actor": si}

    def numbers():
        return {one.task: one.number for one in factory.lines(plan)}

    plan_texts.task_move(task_id=c, section_id=first.pk, place=1, **move)
    assert numbers() == {c: "1.1", a: "1.2", b: "1.3"}
    plan_texts.task_move(task_id=a, section_id=second.pk, place=99, **move)
    assert numbers() == {c: "1.1", b: "1.2", a: "2.1"}
    plan_texts.section_move(section_id=second.pk, place=1, **move)
    assert numbers() == {a: "1.1", c: "2.1", b: "2.2"}
    refused(NotAllowed, plan_texts.task_move, task_id=a, section_id=first.pk, place=1, **move | {"actor": ju})
    assert "还有任务" in refused(Conflict, plan_texts.section_remove, section_id=second.pk, **move)
    plan_texts.task_remove(task_id=a, **move)
    assert not PlanTask.objects.filter(pk=a).exists()  # nobody ever spoke of it
    plan_texts.section_remove(section_id=second.pk, **move)
    assert numbers() == {c: "1.1", b: "1.2"}
    refused(plan_texts.TextGone, plan_texts.section_move, section_id=second.pk, place=1, **move)
    refused(NotAllowed, plan_texts.task_remove, task_id=b, **move | {"actor": ju})


def test_saving_counts_edits_and_refuses_an_older_one(si, ju):
    plan = factory.draft(si, tasks=1)
    version, task = factory.version_of(plan), factory.lines(plan)[0]
    factory.saved(si, plan, task, title_zh="先到的")
    refused(plan_texts.TextMoved, factory.saved, staff=si, plan=plan, line=task, title_zh="后到的")
    assert factory.lines(plan)[0].title_zh == "先到的" and factory.lines(plan)[0].revision == 1
    two = [Assignment("420000", "lead"), Assignment("430000", "lead")]
    save = {"version_id": version.pk, "task_id": task.task, "actor": si, "values": {}, "revision": 1}
    assert "只有一个牵头" in refused(Conflict, plan_texts.task_save, duties=two, **save)
    plan_texts.task_save(duties=[Assignment("430000", "lead"), Assignment("420000", "support", "协助")], **save)
    roles = {duty.province_id: duty.role for duty in Duty.objects.filter(text__task=task.task)}
    assert roles == {"430000": "lead", "420000": "support"}
    refused(NotAllowed, plan_texts.preface_save, version_id=version.pk, actor=ju, values={}, revision=1)
    refused(plan_texts.TextMoved, plan_texts.preface_save, version_id=version.pk, actor=si, values={}, revision=0)
    section = version.sections.get()
    title = {"version_id": version.pk, "section_id": section.pk, "actor": si, "values": {"title_zh": "新章名"}}
    plan_texts.section_save(revision=0, **title)
    refused(plan_texts.TextMoved, plan_texts.section_save, revision=0, **title)


# ---- opinions


def test_seats_liaisons_and_officers_give_opinions_and_the_office_answers_each_once(si, ju, guo, mo):
    plan = factory.circulated(si)
    task = factory.lines(plan)[0]
    by_seat = factory.opinion(plan, ju, "请增加中试内容。", task.task)
    by_officer = factory.opinion(plan, guo)
    liaison = accounts.member("lian@example.org", name="联络员")
    factory_liaison = Seat.objects.get(code="430000").liaisons.create(
        user=liaison, starts_on=clock.today(), act="推荐函", entered_by=si, entered_at=clock.now()
    )
    by_liaison = factory.opinion(plan, liaison)
    assert (by_seat.holder.user, by_seat.about) == (ju, "1.1 任务甲1")
    assert (by_officer.seat_id, by_officer.holder) == ("420000", None)
    assert by_liaison.seat == factory_liaison.seat
    for other in (si, mo):
        refused(NotAllowed, factory.opinion, plan=plan, person=other)
    refused(Conflict, factory.opinion, plan=plan, person=guo, task=987654)
    answer = {"comment_id": by_seat.pk, "actor": si, "state": CommentState.PARTLY, "answer": "已增加一句。"}
    refused(NotAllowed, comments.comment_answer, **answer | {"actor": guo})
    refused(Conflict, comments.comment_answer, **answer | {"answer": " "})
    factory.saved(si, plan, task, measures_zh="建中试平台。")
    answered = comments.comment_answer(**answer)
    assert (answered.revision, answered.answered_revision) == (0, 1)
    refused(MoveRefused, comments.comment_answer, **answer)
    assert plan_queries.unanswered(factory.version_of(plan)) == 2
    assert OutboxMessage.objects.filter(name="governance.comment_answer_notify").count() == 1


def test_opinions_end_with_the_last_day_and_stay_when_the_task_goes(si, guo):
    plan = factory.circulated(si)
    task = factory.lines(plan)[0]
    factory.opinion(plan, guo, task=task.task)
    end = clock.now() + factory.LONG_AGO
    with clock.at(end):
        assert "已经结束" in refused(Conflict, factory.opinion, plan=plan, person=guo)
    plan_texts.task_remove(version_id=factory.version_of(plan).pk, task_id=task.task, actor=si)
    comment = PlanComment.objects.get()
    assert comment.task_id == task.task and comment.about == "1.1 任务甲1"
    answered = comments.comment_answer(
        comment_id=comment.pk, actor=si, state=CommentState.ACCEPTED, answer="已删去这项任务。"
    )
    assert answered.answered_revision is None
    plans.plan_recall(plan_id=plan.pk, actor=si)
    assert "没有开始" in refused(Conflict, factory.opinion, plan=plan, person=guo)


# ---- amendments


def test_an_amendment_keeps_the_tasks_and_is_in_force_on_adoption(si, ju, wei):
    plan = factory.published(si, ju)
    first = plan_queries.in_force(plan)
    begin = {"plan_id": plan.pk, "actor": si, "because_zh": "会期调整。"}
    refused(NotAllowed, amendments.amendment_begin, **begin | {"actor": ju})
    refused(Conflict, amendments.amendment_begin, **begin | {"because_zh": " "})
    amendments.amendment_begin(**begin)
    refused(Conflict, amendments.amendment_begin, **begin)
    version = factory.version_of(plan)
    old, new = factory.lines(plan, first), factory.lines(plan)
    assert [one.task for one in old] == [one.task for one in new] and [one.duties for one in old] == [
        one.duties for one in new
    ]
    table = {"plan_id": plan.pk, "actor": ju, "meeting_id": factory.meeting(si).pk}
    assert "相同" in refused(Conflict, amendments.amendment_table, **table)
    factory.saved(si, plan, new[0], due_on=date(plan.year, 12, 20))
    for other in (si, wei):
        refused(NotAllowed, amendments.amendment_table, **table | {"actor": other})
    tabling = amendments.amendment_table(**table)
    assert tabling.item.kind == ItemKind.AMENDMENT and "第2版" in tabling.item.title_zh
    refused(Conflict, amendments.amendment_drop, plan_id=plan.pk, actor=si)
    plans.version_adopt(version_id=version.pk, resolution=factory.resolution("amendment"))
    first.refresh_from_db()
    version.refresh_from_db()
    plan.refresh_from_db()
    assert (first.state, version.state) == (EditionState.SUPERSEDED, EditionState.IN_FORCE)
    assert plan.state == PlanState.PUBLISHED and version.in_force_at is not None
    assert TaskText.objects.filter(task=old[0].task).count() == 2


def test_an_amendment_that_is_not_carried_or_given_up_changes_nothing(si, ju):
    plan = factory.amending(si, ju)
    amendments.amendment_table(plan_id=plan.pk, actor=ju, meeting_id=factory.meeting(si).pk)
    version = factory.version_of(plan)
    plans.version_return(version_id=version.pk)
    version.refresh_from_db()
    plan.refresh_from_db()
    assert version.state == EditionState.DROPPED and plan.state == PlanState.PUBLISHED
    amendments.amendment_begin(plan_id=plan.pk, actor=si, because_zh="再修订。")
    refused(NotAllowed, amendments.amendment_drop, plan_id=plan.pk, actor=ju)
    amendments.amendment_drop(plan_id=plan.pk, actor=si)
    assert plan_queries.in_force(plan).number == 1
    assert PlanVersion.objects.filter(plan=plan, state=EditionState.DROPPED).count() == 2
    assert "没有可以提请审议" in refused(
        Conflict, amendments.amendment_table, plan_id=plan.pk, actor=ju, meeting_id=factory.meeting(si).pk
    )


def test_a_plan_has_a_past_where_the_clock_is_set_back(si, ju):
    """What the demonstration does: a consultation of last month, by the same actions."""
    with clock.at(clock.now() - timedelta(days=60)):
        plan = factory.draft(si)
        assert plan.created_at < clock.now() + timedelta(seconds=1)
        assert clock.day_of(plan.created_at) == clock.today()
