"""The export of a search as a workbook, read back with a reader's eyes."""

import io
from datetime import datetime
from decimal import Decimal

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from patents import exports, spreadsheets
from patents.models import Listing
from tests.factories import patents
from tests.factories import search as factory

pytestmark = pytest.mark.django_db
ADDRESS = "/zh-hans/patents/?format=xlsx"


def book(client, query="", address=ADDRESS):
    response = client.get(f"{address}{query}")
    assert response.status_code == 200 and response["Content-Type"] == spreadsheets.TYPE
    assert response["Content-Disposition"] == 'attachment; filename="patents.xlsx"'
    return load_workbook(io.BytesIO(b"".join(response.streaming_content)))


def rows(sheet):
    heading, *rest = sheet.iter_rows(values_only=True)
    return [dict(zip(heading, row, strict=True)) for row in rest]


@pytest.fixture
def hydrogen(shen):
    forms = [patents.form_row("ordinary"), patents.form_row("exclusive", price="1200000.50", basis="lump")]
    return patents.published(
        shen, title="低温氨分解制氢用催化剂", ipc=["B01J23/46"], number="CN202310428711.8", forms=forms
    )


def test_cells_have_the_type_of_what_they_hold(client, hydrogen):
    sheet = book(client).active
    [row] = rows(sheet)
    assert row["挂牌编号"] == hydrogen.number and row["中文名称"] == "低温氨分解制氢用催化剂"
    assert (row["报价（元）"], row["成熟度"]) == (360000, 8)
    published = timezone.localtime(Listing.objects.get(pk=hydrogen.pk).published_at)
    assert row["发布时间"] == published.replace(tzinfo=None, microsecond=0) and isinstance(row["发布时间"], datetime)
    assert row["网址"].endswith(f"/zh-hans/patents/{hydrogen.number}/")


def test_the_heading_is_bold_and_stands_still(client, hydrogen):
    sheet = book(client).active
    assert sheet.title == "技术" and sheet.freeze_panes == "A2"
    assert all(cell.font.bold for cell in sheet[1]) and not any(cell.font.bold for cell in sheet[2])


def test_headings_are_in_the_language_of_the_page(client, hydrogen):
    chinese = [cell.value for cell in book(client).active[1]]
    english = [cell.value for cell in book(client, address="/en/patents/?format=xlsx").active[1]]
    assert "挂牌编号" in chinese and len(chinese) == len(english)


def test_a_negotiable_price_is_an_empty_cell(client, shen):
    patents.published(shen, title="面议的技术", forms=[patents.form_row("assignment", price=None)])
    assert rows(book(client).active)[0]["报价（元）"] is None


def test_all_matches_of_the_search_and_no_others(client, shen, hydrogen):
    factory.grown(45, shen)
    assert len(rows(book(client).active)) == 46
    assert [row["挂牌编号"] for row in rows(book(client, "&q=制氢&ipc=B01J").active)] == [hydrogen.number]
    assert rows(book(client, "&q=没有这样的技术").active) == []


def test_nothing_runs_as_a_formula(client, bai):
    patents.published(bai, province="430000", title="=cmd|' /C calc'!A0")
    patents.published(bai, province="430000", title="#N/A")
    sheet = book(client).active
    assert not {cell.data_type for line in sheet.iter_rows() for cell in line} & {"f", "e"}
    assert {row["中文名称"] for row in rows(sheet)} == {"'=cmd|' /C calc'!A0", "#N/A"}


@pytest.mark.parametrize("value", ["a\x0bb", "\ufffe", "x" * 40_000])
def test_what_the_format_cannot_hold_is_left_out(value):
    book = spreadsheets._Book()
    book.begin([("标题", str)])
    assert len(book.filled(value).value) <= spreadsheets.LONGEST
    assert book.filled(Decimal("12.50")).number_format == "#,##0.00"


def test_a_full_sheet_is_followed_by_another(client, shen, monkeypatch):
    monkeypatch.setattr(spreadsheets, "ROWS", 2)
    factory.grown(5, shen)
    sheets = book(client).worksheets
    assert [sheet.title for sheet in sheets] == ["技术", "技术 2", "技术 3"]
    assert [len(rows(sheet)) for sheet in sheets] == [2, 2, 1] and sheets[2]["A1"].font.bold


def test_the_demonstration_says_so_in_every_row(client, hydrogen, guo):
    assert rows(book(client).active)[0]["数据性质"] == "演示数据：权利人、价格、状态与报价均属虚构。"


def test_a_wrong_filter_is_refused_and_the_page_leads_here(client, hydrogen):
    assert client.get(f"{ADDRESS}&province=999999").status_code == 400
    page = client.get("/zh-hans/patents/?q=制氢").content.decode()
    assert "format=xlsx" in page and ">XLSX</a>" in page


def test_the_same_words_as_the_csv(client, hydrogen):
    sheet = [heading for heading, _value in exports.columns_shown()]
    csv = b"".join(client.get("/zh-hans/patents/?format=csv").streaming_content).decode("utf-8-sig")
    assert csv.splitlines()[0].split(",") == sheet
    assert ",360000.00," in csv and "+00:00" in csv
