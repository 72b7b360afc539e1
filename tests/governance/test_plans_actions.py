"""A plan from its draft to its publication: who moves it on, what stops it, what is written down."""

from datetime import timedelta

import pytest
from django.db import transaction

from governance import plan_queries, plan_readers
from governance.actions import comments, plan_texts, plans
from governance.models import DirectorTerm, PlanSignature, PlanTabling
from governance.plan_text import digest
from governance.states import CommentState, EditionState, ItemKind, MeetingState, PlanState
from platform_site import clock
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.outbox.models import OutboxMessage
from tests.factories import group
from tests.factories import plans as factory


def told(name):
    return OutboxMessage.objects.filter(name=f"governance.{name}").exists()


def verbs():
    return list(AuditEntry.objects.filter(verb__startswith="governance.").values_list("verb", flat=True))


def refused(error, call, **kwargs):
    with pytest.raises(error) as found, transaction.atomic():
        call(**kwargs)
    return str(found.value.reason)


def test_a_year_has_one_plan_and_the_office_begins_it(si, ju):
    plan = factory.draft(si)
    year = plan.year
    assert plan.state == PlanState.DRAFT and "governance.plan_create" in verbs()
    assert "每年一份" in refused(Conflict, plans.plan_create, year=year, actor=si)
    refused(NotAllowed, plans.plan_create, year=year + 1, actor=ju)
    refused(Conflict, plans.plan_create, year=2006, actor=si)
    refused(Conflict, plans.plan_create, year=year + 2, actor=si)


def test_a_consultation_lasts_five_working_days_at_least(si, ju):
    plan = factory.draft(si)
    first = plans.earliest_last_day()
    refused(NotAllowed, plans.plan_circulate, plan_id=plan.pk, actor=ju, last_day=first)
    short = {"plan_id": plan.pk, "actor": si, "last_day": first - timedelta(days=1)}
    assert "五个工作日" in refused(Conflict, plans.plan_circulate, **short)
    refused(Conflict, plans.plan_circulate, **short | {"last_day": first + timedelta(days=400)})
    plans.plan_circulate(plan_id=plan.pk, actor=si, last_day=first)
    plan.refresh_from_db()
    assert (plan.state, plan.consultation_ends_on) == (PlanState.CONSULTATION, first)
    assert told("plan_circulate_notify")
    refused(MoveRefused, plans.plan_circulate, plan_id=plan.pk, actor=si, last_day=first)
    refused(NotAllowed, plans.plan_recall, plan_id=plan.pk, actor=ju)
    plans.plan_recall(plan_id=plan.pk, actor=si)
    refused(MoveRefused, plans.plan_recall, plan_id=plan.pk, actor=si)
    plan.refresh_from_db()
    assert plan.state == PlanState.DRAFT


def test_an_empty_draft_is_not_circulated(si):
    plan = plans.plan_create(year=clock.today().year, actor=si)
    last_day = plans.earliest_last_day()
    assert "没有任务" in refused(Conflict, plans.plan_circulate, plan_id=plan.pk, actor=si, last_day=last_day)


def test_the_director_alone_tables_and_the_text_is_frozen(si, ju, wei, guo):
    plan, meeting = factory.heard(si), factory.meeting(si)
    for other in (si, wei, guo):
        refused(NotAllowed, plans.plan_table, plan_id=plan.pk, actor=other, meeting_id=meeting.pk)
    tabling = plans.plan_table(plan_id=plan.pk, actor=ju, meeting_id=meeting.pk)
    plan.refresh_from_db()
    version = factory.version_of(plan)
    assert (plan.state, version.state) == (PlanState.TABLED, EditionState.TABLED)
    assert version.digest == tabling.digest == digest(plan_queries.document_of(version)) != ""
    assert (tabling.item.kind, tabling.item.version, tabling.item.meeting) == (ItemKind.PLAN, version, meeting)
    assert tabling.holder.user == ju and tabling.term == DirectorTerm.objects.get()
    assert tabling.item.seat == tabling.holder.seat and told("plan_table_notify")
    refused(MoveRefused, plans.plan_table, plan_id=plan.pk, actor=ju, meeting_id=meeting.pk)
    line = factory.lines(plan)[0]
    with pytest.raises(Conflict, match="不能再改"), transaction.atomic():
        factory.saved(si, plan, line, title_zh="改一改")


def test_a_director_of_last_year_cannot_table_or_sign(si, ju, wei):
    """Powers passed with the handover: wei's term runs now, ju's is over."""
    plan, meeting = factory.heard(si), factory.meeting(si)
    now = clock.now()
    with transaction.atomic():
        DirectorTerm.objects.update(ends_at=now)
        next_year = clock.today().year + 1
        DirectorTerm.objects.create(year=next_year, seat_id=plan_readers.reader_of(wei).seat, begins_at=now)
    refused(NotAllowed, plans.plan_table, plan_id=plan.pk, actor=ju, meeting_id=meeting.pk)
    assert not plan_readers.reader_of(ju).directs and plan_readers.reader_of(wei).directs
    plans.plan_table(plan_id=plan.pk, actor=wei, meeting_id=meeting.pk)
    version = factory.version_of(plan)
    plans.version_adopt(version_id=version.pk, resolution=factory.resolution())
    refused(NotAllowed, plans.plan_sign, plan_id=plan.pk, actor=ju, digest=version.digest)


def test_a_deputy_tables_under_the_holders_mandate(si, ju, mo):
    deputy = group.deputy(ju, mo)
    plan = factory.heard(si)
    tabling = plans.plan_table(plan_id=plan.pk, actor=mo, meeting_id=factory.meeting(si).pk)
    assert (tabling.holder.user, tabling.deputy, tabling.done_by) == (ju, deputy, mo)


def test_what_stops_the_tabling_is_named(si, ju, guo):
    running = factory.circulated(si)
    meeting = factory.meeting(si)
    asked = {"plan_id": running.pk, "actor": ju, "meeting_id": meeting.pk}
    assert "此前不能" in refused(Conflict, plans.plan_table, **asked)
    comment = factory.opinion(running, guo)
    with clock.at(clock.now() + factory.LONG_AGO):  # the consultation is over then
        DirectorTerm.objects.get()
        assert "1 条意见" in refused(Conflict, plans.plan_table, **asked)
        comments.comment_answer(comment_id=comment.pk, actor=si, state=CommentState.DECLINED, answer="会期已定。")
        line = factory.lines(running)[0]
        factory.saved(si, running, line, due_on=None)
        assert "没有写时限" in refused(Conflict, plans.plan_table, **asked)
        factory.saved(si, running, factory.lines(running)[0], due_on=line.due_on)
        meeting.state, meeting.cancelled_because = MeetingState.CANCELLED, "改期"
        meeting.save(update_fields=["state", "cancelled_because"])
        assert "这次会议" in refused(Conflict, plans.plan_table, **asked)
        plans.plan_table(**asked | {"meeting_id": factory.meeting(si).pk})
    running.refresh_from_db()
    assert running.state == PlanState.TABLED and PlanTabling.objects.count() == 1


def test_adopted_signed_published_each_by_its_own_hand(si, ju, wei):
    """The office publishes and does not table or sign; the director tables and signs and does not publish."""
    plan = factory.adopted(si, ju)
    version = factory.version_of(plan)
    assert (plan.state, version.state) == (PlanState.ADOPTED, EditionState.ADOPTED)
    assert version.resolution is not None and told("version_adopt_notify")
    refused(Conflict, plans.plan_publish, plan_id=plan.pk, actor=si, serial=1)  # unsigned
    for other in (si, wei):
        refused(NotAllowed, plans.plan_sign, plan_id=plan.pk, actor=other, digest=version.digest)
    refused(Conflict, plans.plan_sign, plan_id=plan.pk, actor=ju, digest="0" * 64)
    plans.plan_sign(plan_id=plan.pk, actor=ju, digest=version.digest)
    signature = PlanSignature.objects.get()
    assert (signature.holder.user, signature.term.year) == (ju, clock.today().year)
    refused(Conflict, plans.plan_sign, plan_id=plan.pk, actor=ju, digest=version.digest)
    refused(NotAllowed, plans.plan_publish, plan_id=plan.pk, actor=ju, serial=1)
    plans.plan_publish(plan_id=plan.pk, actor=si, serial=7)
    plan.refresh_from_db()
    version.refresh_from_db()
    assert (plan.state, version.state) == (PlanState.PUBLISHED, EditionState.IN_FORCE)
    assert plan.document_number == f"中部六省专利工作〔{clock.today().year}〕7号"
    assert plan.published_at == version.in_force_at and told("plan_publish_notify")
    refused(Conflict, plans.plan_sign, plan_id=plan.pk, actor=ju, digest=version.digest)
    refused(MoveRefused, plans.plan_publish, plan_id=plan.pk, actor=si, serial=8)
    assert {"governance.plan_table", "governance.plan_sign", "governance.plan_publish"} <= set(verbs())


def test_a_document_number_is_given_once(si, ju):
    factory.published(si, ju)
    other = factory.signed(si, ju, clock.today().year + 1, tasks=1)
    assert "已经用过" in refused(Conflict, plans.plan_publish, plan_id=other.pk, actor=si, serial=1)
    assert factory.version_of(other).state == EditionState.ADOPTED
    plans.plan_publish(plan_id=other.pk, actor=si, serial=2)


def test_a_ballot_that_does_not_carry_it_gives_the_draft_back(si, ju):
    plan = factory.tabled(si, ju)
    plans.version_return(version_id=factory.version_of(plan).pk)
    plan.refresh_from_db()
    version = factory.version_of(plan)
    assert (plan.state, version.state, version.digest) == (PlanState.DRAFT, EditionState.WORKING, "")
    assert told("version_return_notify")
    factory.saved(si, plan, factory.lines(plan)[0], title_zh="改过的任务")
    with pytest.raises(MoveRefused), transaction.atomic():
        plans.version_return(version_id=version.pk)


def test_the_skeleton_of_last_year_is_copied_and_its_tasks_are_carried_with_a_reason(si, ju):
    factory.published(si, ju)
    year = clock.today().year
    plan = plans.plan_create(year=year + 1, actor=si, copy_sections=True)
    version = factory.version_of(plan)
    section = version.sections.get()
    assert section.title_zh == "展示与交易" and factory.lines(plan) == []
    source = plan_queries.last_years(plan)
    old = factory.lines(plan, source)[0]
    task = plan_queries.task_of(source, old.task)
    carry = {
        "version_id": version.pk, "section_id": section.pk, "actor": si, "source": task,
        "values": factory.task_values(year + 1), "duties": old.duties,
    }  # fmt: skip
    refused(Conflict, plan_texts.task_carry, because=" ", **carry)
    refused(NotAllowed, plan_texts.task_carry, because="场馆未建成。", **carry | {"actor": ju})
    plan_texts.task_carry(because="场馆未建成。", **carry)
    line = factory.lines(plan)[0]
    assert (line.carried_from, line.carried_because, line.duties) == (year, "场馆未建成。", old.duties)
    assert "已经结转" in refused(Conflict, plan_texts.task_carry, because="再来一次。", **carry)
    plan_texts.task_remove(version_id=version.pk, task_id=line.task, actor=si)
    plan_texts.task_carry(because="还是要办。", **carry)
    own = plan_queries.task_of(version, factory.lines(plan)[0].task)
    assert own.carried_from == task
    assert "上一年度" in refused(Conflict, plan_texts.task_carry, because="不行。", **carry | {"source": own})
