"""Reports: by a unit on its own duty, verified by another one; what the database keeps."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from governance import lights
from governance import progress_queries as queries
from governance.actions import progress as plans
from governance.actions import reports
from governance.models import ProgressReport
from platform_site import clock
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.notices.models import Notice
from platform_site.outbox.queue import drain
from tests.factories import accounts, progress
from tests.factories.progress import HENAN, HUBEI, HUNAN

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return progress.published(tasks=[progress.task(due=-12, lead=HUBEI, support=[HUNAN])])


@pytest.fixture
def task(plan):
    return progress.only_task(plan)


def state_of(task, code=HUBEI):
    return queries.row_of(task).cells[code].light.state


def refused(statement, *values):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_duty_is_done_when_another_unit_has_verified(task, guo, he):
    assert (state_of(task), queries.row_of(task).share) == (lights.YELLOW, 0)
    report = progress.reported(task, guo)
    assert state_of(task) == lights.YELLOW, "handed in is not verified"
    reports.report_accept(report_id=report.pk, actor=he)
    row = queries.row_of(task)
    assert row.cells[HUBEI].light.state == lights.DONE and row.cells[HUNAN].light.state == lights.YELLOW
    assert (row.share, row.is_done) == (0.5, False)
    report.refresh_from_db()
    assert (report.decided_by, report.decided_for_id) == (he, HUNAN)
    verbs = list(AuditEntry.objects.filter(verb__startswith="governance.").values_list("verb", flat=True))
    assert verbs == ["governance.report_make", "governance.report_accept"]
    with pytest.raises(Conflict):
        progress.reported(task, guo)


def test_the_office_is_another_unit_too(task, guo, si):
    report = progress.accepted(task, guo, si)
    assert (report.decided_by, report.decided_for_id) == (si, None)


def test_an_interim_report_is_no_completion(guo, he):
    task = progress.only_task(progress.published(tasks=[progress.task(due=10)]))
    assert state_of(task) == lights.YELLOW
    progress.accepted(task, guo, he, kind="interim")
    assert state_of(task) == lights.GREEN
    progress.accepted(task, guo, he)
    assert state_of(task) == lights.DONE


def test_a_province_reports_on_its_own_duties_alone(task, guo, he, si, ju, ad, mo):
    for actor in (he, si, ju, ad, mo):
        with pytest.raises(NotAllowed):
            progress.reported(task, actor)
    henan = accounts.officer("yu@example.org", province=HENAN)
    with pytest.raises(NotAllowed):
        progress.reported(task, henan, code=HENAN)
    assert not ProgressReport.objects.exists()


def test_nobody_verifies_their_own_report_nor_one_of_their_unit(task, guo, he, si, mo, ju, ad):
    report = progress.reported(task, guo)
    colleague = accounts.officer("wu@example.org", province=HUBEI)
    guo.groups.add(*si.groups.all())  # even somebody who works in the group's office as well
    for actor in (guo, colleague, mo, ju, ad):
        for act in (reports.report_accept, lambda **more: reports.report_return(reason="缺材料。", **more)):
            with pytest.raises(NotAllowed):
                act(report_id=report.pk, actor=actor)
    with pytest.raises(NotAllowed):
        reports.report_withdraw(report_id=report.pk, actor=he)
    reports.report_withdraw(report_id=report.pk, actor=colleague)
    report.refresh_from_db()
    assert report.state == "withdrawn"


def test_returned_with_a_reason_and_reported_anew(task, guo, he):
    report = progress.reported(task, guo)
    with pytest.raises(Conflict):
        progress.reported(task, guo)  # one at a time
    with pytest.raises(Conflict):
        reports.report_return(report_id=report.pk, actor=he, reason="  ")
    reports.report_return(report_id=report.pk, actor=he, reason="缺少印发文件。")
    for act in (reports.report_accept, reports.report_withdraw):
        with pytest.raises(MoveRefused):
            act(report_id=report.pk, actor=he if act == reports.report_accept else guo)
    progress.accepted(task, guo, he)
    assert state_of(task) == lights.DONE


def test_nothing_is_reported_or_verified_once_the_plan_is_closed(guo, he, si):
    plan = progress.published(year=clock.today().year - 1, tasks=[progress.task(due=-400)])
    task = progress.only_task(plan)
    report = progress.reported(task, guo)
    plans.plan_close(plan_id=plan.pk, actor=si)
    with pytest.raises(Conflict):
        progress.reported(task, he, code=HUNAN)
    with pytest.raises(Conflict):
        reports.report_accept(report_id=report.pk, actor=he)
    assert state_of(progress.PlanTask.objects.get(pk=task.pk)) == lights.RED, "as it stood at the close"


def test_the_database_keeps_another_unit_between_report_and_verification(task, guo, he):
    report = progress.reported(task, guo)
    update = "UPDATE governance_progressreport SET state = 'accepted', decided_at = now(), decided_by_id = %s, decided_for_id = %s"
    refused(update, guo.pk, HUNAN)  # its author
    refused(update, he.pk, HUBEI)  # its unit
    refused(update, None, HUNAN)  # nobody
    refused("UPDATE governance_progressreport SET words = 'x'")
    refused("DELETE FROM governance_reportfile")
    refused("DELETE FROM governance_progressreport")
    refused(
        "UPDATE governance_progressreport SET state = 'returned', decided_at = now(), decided_by_id = %s", he.pk
    )  # without a reason
    reports.report_accept(report_id=report.pk, actor=he)
    refused(
        "UPDATE governance_progressreport SET state = 'submitted', decided_by_id = NULL, decided_at = NULL, decided_for_id = NULL"
    )


def test_the_database_keeps_reports_on_ones_own_duty_in_a_plan_in_force(task, guo):
    insert = (
        "INSERT INTO governance_progressreport (task_id, province_id, kind, words, made_by_id, made_at, state, reason)"
        " VALUES (%s, %s, 'interim', 'x', %s, now(), %s, '')"
    )
    refused(insert, task.pk, HENAN, guo.pk, "submitted")  # no duty
    refused(insert, task.pk, HUBEI, guo.pk, "accepted")  # born accepted
    drafted = progress.only_task(progress.draft(year=clock.today().year + 1))
    refused(insert, drafted.pk, HUBEI, guo.pk, "submitted")  # not in force
    with connection.cursor() as cursor:
        cursor.execute(insert, [task.pk, HUBEI, guo.pk, "submitted"])
    refused(insert, task.pk, HUBEI, guo.pk, "submitted")  # two that wait


def test_office_and_lead_are_told_and_then_the_unit(task, guo, he, si):
    report = progress.reported(task, he, code=HUNAN)
    drain()
    told = lambda kind: set(Notice.objects.filter(kind=kind).values_list("recipient__email", flat=True))  # noqa: E731
    assert told("progress_reported") == {si.email, guo.email}
    reports.report_return(report_id=report.pk, actor=guo, reason="缺少印发文件。")
    drain()
    assert told("progress_returned") == {he.email}


def test_a_past_moment_is_told_from_what_was_known_then(plan, task, guo, he):
    before = clock.now()
    progress.accepted(task, guo, he)
    assert queries.board_of(plan, before).counts[lights.DONE] == 0
    assert queries.board_of(plan).counts[lights.DONE] == 1
    assert [row.task_id for row in queries.unfinished_tasks(plan)] == [task.pk]
    assert len(queries.accepted_between(plan, before, clock.now() + timedelta(seconds=1))) == 1
