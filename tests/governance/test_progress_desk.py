"""What of the annual plan waits on a desk, and how the six stand on the home page."""

import pytest

from governance.actions import reports
from platform_site.portal import desk as desks
from tests.factories import progress
from tests.factories.progress import HENAN, HUBEI, HUNAN

pytestmark = pytest.mark.django_db


def lines(user):
    desk = desks.desk_of(type(user).objects.get(pk=user.pk))
    return [(str(item.verb), item.title.split("·")[-1], item.overdue) for item in desk.mine]


@pytest.fixture
def plan():
    return progress.published(
        tasks=[
            progress.task("逾期的", due=-3, lead=HUBEI, support=[]), progress.task("将到期的", due=20, lead=HUBEI, support=[HUNAN]),
            progress.task("还早的", due=31, lead=HUBEI, support=[]), progress.task("别省的", due=-3, lead=HENAN, support=[]),
        ]
    )  # fmt: skip


def test_an_officer_sees_own_duties_that_are_due_and_reports_of_others(plan, guo, he, mo):
    assert lines(guo) == [("报告进展", "1.1 逾期的", True), ("报告进展", "1.2 将到期的", False)]
    assert not any(verb in ("报告进展", "核验") for verb, _title, _late in lines(mo))
    report = progress.reported(plan.tasks.order_by("id").first(), guo)
    assert lines(guo) == [("报告进展", "1.2 将到期的", False)], "it waits for somebody else"
    assert lines(he) == [("报告进展", "1.2 将到期的", False), ("核验", "1.1 逾期的", False)]
    reports.report_return(report_id=report.pk, actor=he, reason="缺少印发文件。")
    assert lines(guo)[0] == ("报告进展", "1.1 逾期的", True) and len(lines(he)) == 1


def test_the_office_sees_what_is_overdue_and_every_report_that_waits(plan, guo, si):
    ours = lambda: [line for line in lines(si) if line[0] in ("催办", "核验")]  # noqa: E731
    assert [line[1] for line in ours()] == ["1.1 逾期的", "1.4 别省的"]
    progress.reported(plan.tasks.order_by("id").first(), guo)
    assert ours() == [("催办", "1.4 别省的", True), ("核验", "1.1 逾期的", False)]


def test_the_home_page_shows_how_the_six_stand(client, plan, guo, he):
    progress.accepted(plan.tasks.order_by("id").first(), guo, he)
    text = client.get("/zh-hans/").content.decode()
    assert f"{plan.year} 年度工作计划" in text and "湖北" in text
    assert "1/3" in text and "0/1" in text
