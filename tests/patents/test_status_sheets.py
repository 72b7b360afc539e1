"""One sheet for many patents: reading, judging, writing, and the bad rows back."""

import csv
import io
import zipfile
from datetime import date, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from openpyxl import Workbook

from patents import sheets, tasks
from patents.actions import status_sheets
from patents.models import Listing, Patent, StatusEvent, StatusSheet
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.outbox import queue
from tests.factories import patents as make

HEADING = ["专利号", "事务或法律状态", "事务日期", "来源", "查询日期", "年费缴至", "授权公告日"]


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-24 04:00:00+00:00", tick=False):
        yield


def table(*rows, heading=HEADING, name="状态.csv"):
    return sheets.Table(name, list(heading), [list(row) for row in rows], list(range(2, len(rows) + 2)))


def brought(officer, *rows):
    return status_sheets.status_sheet_create(actor=officer, table=table(*rows))


def fates(sheet):
    return [(row.fate, row.reason) for row in sheet.rows.all()]


def written(sheet, officer):
    status_sheets.status_sheet_apply(sheet_id=sheet.pk, actor=officer)
    tasks.status_sheets_run()
    while queue.drain():
        continue
    sheet.refresh_from_db()
    return [row.fate for row in sheet.rows.all()]


def number(listing):
    return make.patent_of(listing).application_number


# ---- judging


def test_each_row_has_its_fate_and_nothing_is_written_yet(shen, bai, guo, he):
    ours, theirs = make.published(shen, status_as_of=date(2026, 11, 1)), make.published(bai, province="430000")
    hidden = make.draft(shen)
    wrong = number(ours)[:-1] + ("1" if number(ours)[-1] != "1" else "2")
    sheet = brought(
        guo,
        [number(ours), "有效", "", "公布公告", "2026/11/20", "2027-03-02", ""],
        [number(ours).replace("CN", "ZL "), "in force", "", "", "20261121", "2027年3月2日", ""],
        [number(theirs), "有效", "", "", "", "", ""],
        [number(hidden), "有效", "", "", "", "", ""],
        [wrong, "有效", "", "", "", "", ""],
        ["WO2020123456", "有效", "", "", "", "", ""],
        ["", "有效", "", "", "", "", ""],
        [number(ours), "胡说", "", "", "", "", ""],
        [number(ours), "权利恢复", "2026-11-22", "", "2026-11-22", "", ""],
        [number(ours), "专利权的保全", "", "", "2026-11-22", "", ""],
        [number(ours), "有效", "", "", "2026-13-40", "", ""],
    )
    found = fates(sheet)
    assert [fate for fate, _reason in found] == ["new", "new", *["refused"] * 9]
    assert "不在本省公开的技术中" in found[2][1] and found[2][1] == found[3][1]
    assert f"“{number(ours)[-1]}”" in found[4][1]  # the expected check digit
    assert all(reason for fate, reason in found[2:])
    assert "不会发生" in found[8][1] and "事务日期" in found[9][1] and "不是日期" in found[10][1]
    assert Patent.objects.get(application_number=number(ours)).status_as_of == date(2026, 11, 1)


def test_rows_of_one_patent_build_on_each_other(shen, guo):
    listing = make.published(shen, status_as_of=date(2026, 1, 5))
    sheet = brought(
        guo,
        [number(listing), "late_fee", "2026-03-03", "公报", "2026-03-10", "", ""],
        [number(listing), "年费及滞纳金缴清", "2026-05-06", "公报", "2026-05-10", "2027-03-02", ""],
        [number(listing), "年费及滞纳金缴清", "2026-05-06", "公报", "2026-05-10", "2027-03-02", ""],
    )
    assert [fate for fate, _reason in fates(sheet)] == ["new", "new", "unchanged"]
    assert written(sheet, guo) == ["written", "written", "unchanged"]
    assert StatusEvent.objects.filter(kind__in=["late_fee", "paid"]).count() == 2


def test_twice_changes_nothing_the_second_time(shen, guo):
    first, second, waiting = (make.published(shen, status_as_of=date(2026, 11, 1)) for _place in range(3))
    pending = make.published(shen, legal_status="pending", grant_date=None, status_as_of=date(2026, 11, 1))
    rows = (
        [number(first), "未缴年费专利权终止", "2026-11-10", "公报", "2026-11-20", "", ""],
        [number(second), "有效", "", "登记簿", "2026-11-20", "2027-03-02", ""],
        [number(waiting), "专利权的保全", "2026-11-10", "公报", "2026-11-20", "", ""],
        [number(pending), "授权公告", "2026-11-17", "公报", "2026-11-20", "", "2026-11-17"],
    )
    assert written(brought(guo, *rows), guo) == ["written"] * 4
    events = StatusEvent.objects.count()
    assert [fate for fate, _reason in fates(brought(guo, *rows))] == ["unchanged"] * 4
    assert StatusEvent.objects.count() == events
    assert Listing.objects.get(pk=first.pk).suspended_by == "status"
    assert Patent.objects.get(application_number=number(second)).annuity_paid_to == date(2027, 3, 2)
    assert Patent.objects.get(application_number=number(pending)).grant_date == date(2026, 11, 17)


def test_a_known_event_with_a_new_payment_is_a_look_up(shen, guo):
    listing = make.published(shen, status_as_of=date(2026, 11, 1))
    row = [number(listing), "专利权的保全", "2026-11-10", "公报", "2026-11-20", "", ""]
    written(brought(guo, row), guo)
    assert written(brought(guo, [*row[:5], "2027-03-02", ""]), guo) == ["written"]
    assert StatusEvent.objects.filter(kind="preserved").count() == 1
    assert Patent.objects.get().annuity_paid_to == date(2027, 3, 2)


def test_what_no_longer_fits_is_refused_while_writing(shen, guo):
    one, two = (make.published(shen, status_as_of=date(2026, 11, 1)) for _place in range(2))
    sheet = brought(
        guo,
        [number(one), "滞纳期", "", "", "2026-11-20", "", ""],
        [number(two), "滞纳期", "", "", "2026-11-20", "", ""],
    )
    make.listings.listing_withdraw(listing_id=one.pk, actor=shen, reason="不再许可")
    assert written(sheet, guo) == ["refused", "written"]
    assert sheet.rows.get(line=2).reason and sheet.state == "done" and sheet.finished_at
    assert guo.notices.filter(kind="status_sheet_done").get().data["refused"] == 1
    with pytest.raises(MoveRefused):
        status_sheets.status_sheet_apply(sheet_id=sheet.pk, actor=guo)
    assert status_sheets.status_row_write(row_id=sheet.rows.get(line=3).pk) == "written"


def test_an_interrupted_sheet_goes_on(shen, guo, monkeypatch):
    listings = [make.published(shen, status_as_of=date(2026, 11, 1)) for _place in range(3)]
    sheet = brought(guo, *([number(one), "有效", "", "", "2026-11-20", "", ""] for one in listings))
    status_sheets.status_sheet_apply(sheet_id=sheet.pk, actor=guo)
    monkeypatch.setattr(tasks, "BATCH", 2)
    tasks.status_sheets_run()
    sheet.refresh_from_db()
    assert sheet.state == "running" and sheet.rows.filter(fate="written").count() == 2
    tasks.status_sheets_run()
    sheet.refresh_from_db()
    assert sheet.state == "done"


def test_judging_reads_as_often_for_one_row_as_for_many(shen, guo, django_assert_num_queries):
    numbers = [number(make.published(shen, status_as_of=date(2026, 11, 1))) for _place in range(4)]
    rows = [{"number": one, "event": "有效", "day": "", "source": "", "as_of": "2026-11-20", "annuity_paid_to": "2027-03-02",
             "grant_date": ""} for one in numbers]  # fmt: skip

    def judge(wanted):
        judging = status_sheets.Judge(guo)
        judging.load([row["number"] for row in wanted])
        return [judging.judge(row).fate for row in wanted]

    judge(rows)
    with django_assert_num_queries(5):
        assert judge(rows[:1]) == ["new"]
    with django_assert_num_queries(5):
        assert judge(rows) == ["new"] * 4


def test_who_may_bring_a_sheet(shen, ad):
    for actor in (shen, ad):
        with pytest.raises(NotAllowed):
            brought(actor, ["x", "有效", "", "", "", "", ""])


def test_a_needed_column_is_missing(guo):
    with pytest.raises(Conflict, match="缺少"):
        status_sheets.status_sheet_create(actor=guo, table=table(["x"], heading=["专利号"]))


def test_an_entry_survives_being_kept():
    entry = status_sheets.Entry("granted", date(2026, 1, 1), date(2026, 1, 2), annuity_paid_to=date(2027, 1, 1))
    assert status_sheets.entry_of(status_sheets.facts_of(entry)) == entry


def test_words_of_both_languages_are_understood():
    names = status_sheets._names()
    assert names["权利恢复"] == ("restored", "") and names["有效"] == ("checked", "in_force")
    with translation.override("en"):
        assert status_sheets._names() == names


# ---- reading


def upload(content, name):
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())


def workbook(*rows):
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_csv_in_the_encodings_of_spreadsheets(encoding):
    read = sheets.read(upload("专利号,状态\r\n\r\n 1 ,有效\r\n".encode(encoding), "a.csv"))
    assert (read.heading, read.rows, read.lines) == (["专利号", "状态"], [["1", "有效"]], [3])


def test_xlsx_gives_text():
    read = sheets.read(
        upload(workbook(["号码", "日期", "数"], ["x", datetime(2026, 3, 2, 8), 20201.0], [None, None, None]), "a.xlsx")
    )
    assert read.rows == [["x", "2026-03-02", "20201"]]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"%PDF-1.4", "a.pdf", "type"),
        (b"\x00\x01", "a.csv", "type"),
        (b"a,b\n1,2\n", "a.xlsx", "type"),
        (b"PK\x03\x04 broken", "a.xlsx", "broken"),
        (b"", "a.csv", "empty"),
        (b"a,b\n", "a.csv", "empty"),
        (b"\xff\xff\xff", "a.csv", "encoding"),
        (b'a,b\n"' + b"x" * 200_000 + b'",1\n', "a.csv", "csv"),
        (b"a\n" + b"1\n" * 5001, "a.csv", "rows"),
        (b"a\n" + b"1234567890" * 500_001, "a.csv", "too_large"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(content, name, code):
    with pytest.raises(ValidationError) as refused:
        sheets.read(upload(content, name))
    assert refused.value.code == code


@pytest.mark.parametrize(
    "parts", [{"xl/worksheets/sheet1.xml": 90_000_000}, {f"{place}.xml": 1 for place in range(501)}]
)
def test_a_workbook_that_unpacks_beyond_measure_is_not_opened(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, size in parts.items():
            archive.writestr(name, b"0" * size)
    with pytest.raises(ValidationError) as refused:
        sheets.read(upload(out.getvalue(), "a.xlsx"))
    assert refused.value.code == "bomb"


# ---- pages


def test_from_upload_to_the_file_of_bad_rows(client, shen, guo, he):
    listing = make.published(shen, status_as_of=date(2026, 11, 1))
    client.force_login(guo)
    there = reverse("patents:status_import")
    assert "还没有上传过表格" in client.get(there).content.decode()
    content = workbook(
        HEADING, [number(listing), "滞纳期", None, "登记簿", date(2026, 11, 20), None, None], ["+1+1", "有效"]
    )
    answer = client.post(there, {"upload": upload(content, "状态.xlsx")})
    sheet = StatusSheet.objects.get()
    assert answer["Location"] == sheet.get_absolute_url()
    page = client.get(sheet.get_absolute_url()).content.decode()
    assert "写入 1 行" in page and "不能写入" in page
    assert client.get(sheet.get_absolute_url(), {"fate": "refused"}).content.decode().count("<tr>") == 2
    client.post(reverse("patents:status_sheet_apply", args=[sheet.pk]))
    assert "正在写入" in client.get(sheet.get_absolute_url()).content.decode()
    tasks.status_sheets_run()
    assert "已写入" in client.get(sheet.get_absolute_url()).content.decode()
    bad = client.get(reverse("patents:status_sheet_refused", args=[sheet.pk])).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(bad)))
    assert rows[0][-1] == "原因" and rows[1][0] == "'+1+1" and rows[1][-1]
    assert sheet.name in client.get(there).content.decode()
    client.force_login(he)
    assert client.get(sheet.get_absolute_url()).status_code == 404


def test_a_file_that_is_no_table_is_answered_on_the_page(client, guo):
    client.force_login(guo)
    there = reverse("patents:status_import")
    assert "请上传 CSV 或 XLSX" in client.post(there, {"upload": upload("x", "a.txt")}).content.decode()
    assert "缺少" in client.post(there, {"upload": upload("甲,乙\n1,2\n", "a.csv")}).content.decode()


def test_the_page_of_a_sheet_costs_the_same_for_any_number_of_rows(client, shen, guo, django_assert_max_num_queries):
    listing = make.published(shen, status_as_of=date(2026, 11, 1))
    client.force_login(guo)
    counts = []
    for size in (1, 30):
        sheet = brought(guo, *([number(listing), "胡说", "", "", "", "", ""] for _place in range(size)))
        client.get(sheet.get_absolute_url())  # what is read once a process is read now
        with django_assert_max_num_queries(15) as captured:
            client.get(sheet.get_absolute_url())
        counts.append(len(captured))
    assert counts[0] == counts[1]
