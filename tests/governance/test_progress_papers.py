"""Quarterly and closing report: the same numbers on the page, in PDF, DOCX and workbook; the assessment by its rule."""

import io
from datetime import timedelta
from decimal import Decimal

import docx
import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from governance import closing_paper, papers, quarter_paper
from governance.actions import progress as plans
from governance.models import PlanTask
from governance.paper_docx import BODY, TITLE
from platform_site import clock
from tests.factories import progress
from tests.factories.progress import HENAN, HUBEI, HUNAN

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(guo, he):
    """Last year's: one task done, one done in part, one untouched."""
    year = clock.today().year - 1
    plan = progress.published(
        year=year,
        tasks=[
            progress.task("按期完成的任务", due=-300, support=[]), progress.task("完成一半的任务", due=-320),
            progress.task("=2+3 没有动静的任务", due=-330, lead=HENAN, support=[]),
        ],
        targets={"listings_approved": {HUBEI: 100}, "review_days": {"": 5}},
    )  # fmt: skip
    tasks = list(plan.tasks.order_by("id"))
    progress.accepted(tasks[0], guo, he)
    progress.accepted(tasks[1], he, guo, code=HUNAN)
    return plan


def url(plan, rest):
    return f"/zh-hans/governance/plans/{plan.year}/{rest}"


def pages_of(content):
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_the_quarter_is_the_same_on_the_page_and_in_every_file(client, plan):
    address = url(plan, "report/?quarter=4")
    text = client.get(address).content.decode()
    assert "第四季度执行情况报告" in text and "本计划共 3 项任务、4 个分项" in text and "没有动静的任务" in text
    book = openpyxl.load_workbook(io.BytesIO(client.get(address + "&format=xlsx").content))
    assert {"三、任务进展", "五、指标进度"} <= set(book.sheetnames)
    sheet = book["三、任务进展"]
    assert [cell.value for cell in sheet[2]][:3] == ["1.1", "按期完成的任务", "湖北"]
    assert sheet["B4"].value.startswith("'=2+3") and sheet["B4"].data_type == "s", "never a formula"
    assert book["五、指标进度"]["B2"].value == 100
    made = docx.Document(io.BytesIO(client.get(address + "&format=docx").content))
    assert any("本计划共 3 项任务、4 个分项" in one.text for one in made.paragraphs)
    assert made.tables[0].rows[0].cells[1].text == "任务"
    answer = client.get(address + "&format=pdf")
    assert answer["Content-Type"] == "application/pdf" and "pdf" in answer["Content-Disposition"]
    assert "本计划共 3 项任务、4 个分项" in pages_of(answer.content).replace("\n", "")
    assert client.get(address + "&format=pdf").content == answer.content


def test_the_document_has_the_form_of_the_standard(client, plan):
    content = client.get(url(plan, "closing/?format=docx")).content
    made = docx.Document(io.BytesIO(content))
    section = made.sections[0]
    measures = (section.page_width, section.page_height, section.top_margin, section.left_margin, section.right_margin)
    assert [round(one.mm) for one in measures] == [210, 297, 37, 28, 26]
    assert any(one.text.endswith("办公室文件") for one in made.paragraphs[:2])
    title = next(one for one in made.paragraphs if one.text.endswith("工作计划总结报告"))
    family = lambda run: run._r.rPr.rFonts.get(docx.oxml.ns.qn("w:eastAsia"))  # noqa: E731
    assert (family(title.runs[0]), title.runs[0].font.size.pt) == (TITLE, 22)
    text = next(one for one in made.paragraphs if "本计划共" in one.text)
    assert (family(text.runs[0]), text.runs[0].font.size.pt) == (BODY, 16) and round(
        text.paragraph_format.first_line_indent.pt
    ) == 32
    assert "PAGE" in section.footer._element.xml and made.paragraphs[-1].text.endswith("日")
    fonts = next(one for one in made.part.package.iter_parts() if str(one.partname) == "/word/fontTable.xml")
    assert "altName" in fonts.blob.decode()
    plain = docx.Document(io.BytesIO(client.get(url(plan, "closing/?format=docx&head=no")).content))
    assert not any(one.text.endswith("办公室文件") for one in plain.paragraphs)


def test_files_of_the_demonstration_say_so(client, plan):
    sentence = "均属虚构"
    address = url(plan, "closing/?format=")
    assert sentence in pages_of(client.get(address + "pdf").content)
    assert sentence in docx.Document(io.BytesIO(client.get(address + "docx").content)).paragraphs[0].text
    book = openpyxl.load_workbook(io.BytesIO(client.get(address + "xlsx").content))
    assert any(sentence in str(row[0]) for row in book.worksheets[0].iter_rows(values_only=True))


def test_a_quarter_that_has_not_begun_is_not_there(client):
    now = clock.today()
    plan = progress.published(year=now.year)
    latest = (now.month + 2) // 3
    assert client.get(url(plan, "report/")).status_code == 200
    wrong = [0, 5, "x", *range(latest + 1, 5)]
    for quarter in wrong:
        assert client.get(url(plan, f"report/?quarter={quarter}")).status_code == 404
    future = progress.published(year=now.year + 1)
    assert client.get(url(future, "report/")).status_code == 404


def test_quarters_are_half_open_and_in_china():
    begin, end = quarter_paper.quarter_span(2026, 4)
    assert (begin.isoformat(), end.isoformat()) == ("2026-10-01T00:00:00+08:00", "2027-01-01T00:00:00+08:00")
    assert quarter_paper.quarter_span(2026, 1)[1] == quarter_paper.quarter_span(2026, 2)[0]


@pytest.mark.parametrize(
    ("done", "reached", "words"),
    [("1", "1", "全面完成"), ("1", None, "全面完成"), ("1", "0.8", "基本完成"), ("0.79", "1", "部分完成"), ("0.5", "0.5", "部分完成"),
     ("0.49", "1", "未完成"), ("0", None, "未完成")],
)  # fmt: skip
def test_the_assessment_is_computed(done, reached, words):
    assert closing_paper.grade(Decimal(done), Decimal(reached) if reached else None) == words


def test_the_closing_report_shows_what_is_left_where_it_goes_and_earlier_years(client, plan, si):
    next_plan = progress.draft(year=plan.year + 1, tasks=[])
    left = plan.tasks.order_by("id").last()
    PlanTask.objects.create(plan=next_plan, carried_from=left, carried_because="协调尚未完成", created_at=clock.now())
    text = client.get(url(plan, "closing/")).content.decode()
    assert "预览：尚未总结" in text and "协调尚未完成" in text and "尚未结转" in text
    assert "3 项任务中，按期完成 0 项，逾期完成 1 项，未完成 2 项。" in text and "评价为“未完成”" in text
    browser = Client()
    browser.force_login(si)
    assert "总结本年度计划" in browser.get(url(plan, "closing/")).content.decode()
    assert browser.post(url(plan, "close/"))["Location"] == url(plan, "closing/")
    assert browser.post(url(plan, "close/")).status_code == 409
    with clock.at(clock.now() + timedelta(days=1)):
        text = client.get(url(plan, "closing/")).content.decode()
    assert "预览" not in text and f"/governance/indicators/listings_approved/?year={plan.year}" in text
    later = progress.publish(next_plan)
    assert str(plan.year) in client.get(url(later, "closing/")).content.decode()
    assert "没有更早年度" in text


def test_the_reports_of_a_large_plan_cost_few_queries(client, guo, he):
    plan = progress.large(clock.today().year)
    for task in plan.tasks.all()[:2]:
        progress.accepted(task, guo, he)
    for address in ("report/", "closing/", "report/?format=docx"):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url(plan, address)).status_code == 200
        assert len(asked) <= 15, address


def test_who_closes(plan, guo, ju, mo):
    for actor in (guo, ju, mo):
        browser = Client()
        browser.force_login(actor)
        assert browser.post(url(plan, "close/")).status_code == 403
        assert "总结本年度计划" not in browser.get(url(plan, "closing/")).content.decode()


def test_a_paper_is_known_by_its_content(plan):
    one = papers.Paper("题", "号", clock.today(), "名", (papers.heading("一"), papers.text("二")))
    other = papers.Paper("题", "号", clock.today(), "名", (papers.heading("一"), papers.text("三")))
    assert one.digest != other.digest and plans.QUIET.days == 3
