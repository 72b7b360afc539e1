"""The page of a plan that is carried out: lamps, views, JSON, one press to remind, few queries; the page of a task."""

import json
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from governance.actions import amendments, reports
from governance.actions import progress as plans
from governance.indicators import INDICATORS
from governance.models import AnnualWorkPlan, LiaisonOfficer, ProgressSubscription, RemindedDuty, Reminder
from governance.progress_tasks import progress_digest
from platform_site import clock
from platform_site.accounts.queries import system_user
from platform_site.errors import Conflict, NotAllowed
from platform_site.notices.models import Notice
from platform_site.outbox.queue import drain
from platform_site.regions.facts import CODES
from tests.factories import progress
from tests.factories.progress import HENAN, HUBEI, HUNAN

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


def signed_in(user):
    browser = Client()
    browser.force_login(user)
    browser.get("/zh-hans/help/")  # the log-in is noted here, and not counted below
    return browser


def page(browser, address, status=200):
    response = browser.get(address)
    assert response.status_code == status, response.content[:400]
    return response.content.decode()


def url(plan, rest=""):
    return f"/zh-hans/governance/plans/{plan.year}/{rest}"


@pytest.fixture
def plan():
    return progress.published(
        tasks=[
            progress.task("逾期较久的任务", due=-40, lead=HUBEI, support=[HUNAN]),
            progress.task("刚刚逾期的任务", due=-4, lead=HUNAN, support=[HUBEI]),
            progress.task("还早的任务", due=90, lead=HENAN, support=[], section=2),
        ],
        targets={"listings_approved": dict.fromkeys(CODES, 10)},
    )


def test_anybody_reads_the_plan_and_no_draft(client, plan):
    text = page(client, url(plan))
    assert plan.document_number in text and "第 1 版" in text and "逾期 40 天" in text and "逾期 4 天" in text
    assert text.index("逾期较久的任务") < text.index("还早的任务")
    assert "/ 5 个分项，3 项任务" in text and "无分工" in text
    drafted = progress.draft(year=plan.year + 1)
    for rest in ("", "report/", "closing/"):
        page(client, url(drafted, rest), 404)
    page(client, url(drafted, "?format=json"), 404)
    page(client, f"/zh-hans/governance/tasks/{progress.only_task(drafted).pk}/", 404)
    assert str(plan.year) in page(client, "/zh-hans/governance/plans/")


def test_the_views_sort_and_sift(client, plan):
    late = page(client, url(plan, "?view=late"))
    assert late.count("逾期较久的任务") == 2 and late.count("还早的任务") == 0  # matrix and list of things due
    by_time = page(client, url(plan, "?view=time"))
    matrix = by_time[by_time.index('class="mx"') : by_time.index("</table>")]
    assert matrix.index("逾期较久的任务") < matrix.index("刚刚逾期的任务") < matrix.index("还早的任务")
    assert 'data-p="鄂" class="bad"' in matrix and 'class="light r"' in matrix and "按期" in matrix


def test_the_json_is_the_contract_and_answers_304(client, plan, guo, he):
    task = plan.tasks.order_by("id")[1]
    progress.accepted(task, guo, he)
    response = client.get(url(plan, "?format=json"))
    said = json.loads(response.content)
    assert (said["year"], said["state"], said["version"]) == (plan.year, "published", 1)
    second = said["tasks"][1]
    assert second["number"] == "1.2" and second["lead"] == HUNAN and second["title_zh"] == "刚刚逾期的任务"
    assert date.fromisoformat(second["due"]) == clock.today() - timedelta(days=4)
    assert second["lights"] == {**dict.fromkeys(CODES, "grey"), HUBEI: "done", HUNAN: "yellow"}
    assert set(second) == {"number", "title_zh", "title_en", "lead", "due", "lights"}
    first = said["indicators"][0]
    assert set(first) == {"slug", "target", "actual", "as_of", "provinces"} and len(said["indicators"]) == len(
        INDICATORS
    )
    assert (first["slug"], first["target"], first["actual"]) == ("listings_approved", 60, 0)
    assert first["provinces"][HUBEI] == {"target": 10, "actual": 0} and date.fromisoformat(first["as_of"])
    assert client.get(url(plan, "?format=json"), headers={"if-none-match": response["ETag"]}).status_code == 304


def test_at_most_fifteen_queries_and_as_many_with_ten_years_of_history(guo, he, si, ju):
    plan = progress.large()
    browsers = [Client(), *(signed_in(user) for user in (guo, si, ju))]

    def counted():
        found = []
        for browser in browsers:
            with CaptureQueriesContext(connection) as asked:
                page(browser, url(plan))
            found.append(len(asked))
        return found

    few = counted()
    assert max(few) <= MOST_QUERIES, few
    for year in range(plan.year - 10, plan.year):
        progress.large(year, tasks=2, targets=2)
    for task in plan.tasks.all()[:3]:
        progress.accepted(task, guo, he)
    assert counted() == few


def test_one_task_costs_the_same_for_one_report_and_for_three(plan, guo, he):
    task = plan.tasks.order_by("id").first()
    address, browser = f"/zh-hans/governance/tasks/{task.pk}/", signed_in(he)
    progress.accepted(task, guo, he, kind="interim")
    counts = []
    for _again in range(2):
        with CaptureQueriesContext(connection) as asked:
            page(browser, address)
        counts.append(len(asked))
        for _more in range(2):
            progress.accepted(task, guo, he, kind="interim")
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_words_are_public_once_accepted_and_the_evidence_never(client, plan, guo, he, mo, ju, si):
    task = plan.tasks.order_by("id").first()
    report = progress.reported(task, guo, words="云雀七一四")
    paper = f"/zh-hans/governance/reports/files/{report.files.get().pk}/"
    address = f"/zh-hans/governance/tasks/{task.pk}/"
    assert "云雀七一四" not in page(client, address) and "云雀七一四" not in page(signed_in(mo), address)
    for insider in (guo, he, ju, si):
        text = page(signed_in(insider), address)
        assert "云雀七一四" in text and "佐证.pdf" in text
        assert signed_in(insider).get(paper).status_code == 200
    assert "核验通过</button>" in page(signed_in(he), address) and "核验通过</button>" not in page(
        signed_in(guo), address
    )
    reports.report_accept(report_id=report.pk, actor=si)
    text = page(client, address)
    assert (
        "云雀七一四" in text
        and "佐证.pdf" not in text
        and guo.display_name not in text
        and "核验单位：领导小组办公室" in text
    )
    page(signed_in(mo), paper, 404)
    assert "login" in client.get(paper)["Location"]


def test_a_report_is_typed_with_its_evidence_and_nothing_typed_is_lost(plan, guo, he):
    task = plan.tasks.order_by("id").first()
    address, browser = f"/zh-hans/governance/tasks/{task.pk}/report/{HUBEI}/", signed_in(guo)
    assert "承担本省部分" in page(browser, address)
    wrong = browser.post(address, {"kind": "completion", "words": "已完成印发。"})
    assert wrong.status_code == 200 and "完成报告需要佐证材料" in wrong.content.decode()
    assert "已完成印发。" in wrong.content.decode()
    forged = browser.post(address, {"kind": "accepted", "words": "x", "state": "accepted"})
    assert "kind" in forged.context["form"].errors
    right = {
        "kind": "completion",
        "words": "已完成印发。",
        "uploads": [progress.paper("一.pdf"), progress.paper("二.pdf")],
    }
    assert browser.post(address, right)["Location"] == f"/zh-hans/governance/tasks/{task.pk}/"
    report = task.reports.get()
    assert (report.state, report.files.count(), report.province_id) == ("submitted", 2, HUBEI)
    again = browser.post(address, {**right, "uploads": [progress.paper()]})
    assert again.status_code == 409 and "还在等待核验" in again.content.decode()
    for code, status in ((HUNAN, 403), (HENAN, 403), ("999999", 403)):
        assert browser.post(f"/zh-hans/governance/tasks/{task.pk}/report/{code}/", right).status_code == status
    assert (
        signed_in(he).get(f"/zh-hans/governance/tasks/{plan.tasks.order_by('id')[2].pk}/report/{HUNAN}/").status_code
        == 404
    )
    assert browser.post(f"/zh-hans/governance/reports/{report.pk}/accept/").status_code == 403
    assert browser.get(f"/zh-hans/governance/reports/{report.pk}/return/").status_code == 403
    verifier = signed_in(he)
    back = f"/zh-hans/governance/reports/{report.pk}/return/"
    assert "reason" in verifier.post(back, {"reason": " "}).context["form"].errors
    assert verifier.post(back, {"reason": "缺少印发文件。"}).status_code == 302
    assert "缺少印发文件。" in page(browser, f"/zh-hans/governance/tasks/{task.pk}/")


# ---- the letter


def test_one_press_reminds_whoever_is_late_and_not_again_within_three_days(plan, guo, he, si, bai):
    LiaisonOfficer.objects.create(
        seat_id=HUNAN, user=bai, starts_on=clock.today(), act="函", entered_by=system_user(), entered_at=clock.now()
    )
    browser = signed_in(si)
    response = browser.post(url(plan, "remind/"), {"task": str(plan.tasks.order_by("id").first().pk)})
    reminder = Reminder.objects.get()
    assert response["Location"] == f"/zh-hans/governance/reminders/{reminder.pk}/"
    lights = set(reminder.duties.values_list("province_id", "light"))
    assert lights == {(HUBEI, "red"), (HUNAN, "red")}
    drain()
    told = set(Notice.objects.filter(kind="progress_reminder").values_list("recipient__email", flat=True))
    assert told == {guo.email, he.email, bai.email}
    letter = page(browser, response["Location"])
    assert "领导小组办公室催办〔" in letter and "逾期 40 天" in letter and "刚刚逾期的任务" not in letter
    browser.post(url(plan, "remind/"))  # the rest
    assert RemindedDuty.objects.count() == 4
    with pytest.raises(Conflict):
        plans.reminder_send(plan_id=plan.pk, actor=si)
    with clock.at(clock.now() + timedelta(days=3)):
        assert plans.reminder_send(plan_id=plan.pk, actor=si).duties.count() == 4
    assert page(signed_in(he), response["Location"]) and signed_in(bai).get(response["Location"]).status_code == 404


def test_only_the_office_reminds_and_the_database_keeps_the_three_days(plan, guo, ju, mo, si):
    for actor in (guo, ju, mo):
        with pytest.raises(NotAllowed):
            plans.reminder_send(plan_id=plan.pk, actor=actor)
        assert signed_in(actor).post(url(plan, "remind/")).status_code == 403
    reminder = plans.reminder_send(plan_id=plan.pk, actor=si)
    copy = (
        "INSERT INTO governance_remindedduty (reminder_id, task_id, province_id, due_on, light, told_on, quiet_until)"
        " SELECT reminder_id, task_id, province_id, due_on, light, told_on + 2, quiet_until + 2 FROM governance_remindedduty"
    )
    for statement in (
        copy,
        "DELETE FROM governance_remindedduty",
        f"DELETE FROM governance_reminder WHERE id = {reminder.pk}",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    quiet = progress.published(year=plan.year - 1, tasks=[progress.task(due=100)])
    with pytest.raises(Conflict):
        plans.reminder_send(plan_id=quiet.pk, actor=si)


# ---- the weekly letter


def test_members_subscribe_and_hear_once_a_week_of_what_has_changed(plan, guo, he, mo):
    browser = signed_in(mo)
    for _twice in range(2):
        assert browser.post(url(plan, "subscribe/")).status_code == 302
    assert ProgressSubscription.objects.get().user == mo
    assert "取消订阅" in page(browser, url(plan))

    progress.accepted(plan.tasks.order_by("id").first(), guo, he)
    for _twice in range(2):
        progress_digest()
    notice = Notice.objects.get(kind="progress_digest")
    assert notice.recipient == mo and notice.data["accepted"] == 1 and notice.data["late"] == 2
    with clock.at(clock.now() + timedelta(days=40)):  # nothing new in that week
        progress_digest()
    assert Notice.objects.filter(kind="progress_digest").count() == 1
    assert browser.post(url(plan, "unsubscribe/")).status_code == 302 and not ProgressSubscription.objects.exists()
    assert AnnualWorkPlan.objects.count() == 1


# ---- versions and amendments


def test_the_page_of_progress_shows_the_versions_and_what_the_reader_can_do_next(client, plan, si, ju, guo):
    public, office = page(client, url(plan)), page(signed_in(si), url(plan))
    assert "各版文本" in public and "修订计划" not in public and "修订计划" in office
    assert "修订计划" not in page(signed_in(ju), url(plan))
    amendments.amendment_begin(plan_id=plan.pk, actor=si, because_zh="会期调整。", because_en="New dates.")
    for person in (si, ju, guo):
        assert "第 2 版修订" in page(signed_in(person), url(plan))
    assert "第 2 版修订" not in page(client, url(plan)) and "提请审议修订" in page(signed_in(ju), url(plan))
    assert "编辑文本" in page(signed_in(si), url(plan)) and "编辑文本" not in page(signed_in(guo), url(plan))
