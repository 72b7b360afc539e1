"""Tables that people bring, CSV or XLSX, read as text and bounded before they are unpacked. Read next: actions/status_sheets.py.

A workbook is a ZIP archive: what its directory declares is added up first, and no part yields more than it declares.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import translation
from django.utils.translation import gettext as _

MOST_ROWS = 5_000
MOST_COLUMNS = 40
MOST_BYTES = 5_000_000
MOST_UNPACKED = 80_000_000  # bytes of all parts of a workbook together
MOST_PARTS = 500
LONGEST_CELL = 500
ENCODINGS = ("utf-8-sig", "gb18030")  # what spreadsheets write here


@dataclass(frozen=True)
class Table:
    """A heading and rows of text; `lines` says in which line of the file each row stands."""

    name: str
    heading: list[str]
    rows: list[list[str]]
    lines: list[int]


def read(upload: UploadedFile) -> Table:
    """The first sheet of a file. Raises ValidationError with a sentence for whatever is no such table, or too large."""
    name = upload.name or ""
    if (upload.size or 0) > MOST_BYTES:
        raise ValidationError(_("表格超过 5 MB，请分成几个文件。"), code="too_large")
    upload.seek(0)
    content = upload.read()
    ending = name.lower().rpartition(".")[2]
    if ending == "xlsx" and content[:4] == b"PK\x03\x04":
        rows = _workbook(content)
    elif ending == "csv" and b"\x00" not in content:
        rows = _comma_separated(content)
    else:
        raise ValidationError(_("请上传 CSV 或 XLSX 表格。"), code="type")
    return _table(name, rows)


def _table(name: str, rows: Iterable[list[str]]) -> Table:
    numbered = ((line, _shortened(row)) for line, row in enumerate(rows, start=1) if any(row))
    first = next(numbered, None)
    if first is None:
        raise ValidationError(_("表格是空的。"), code="empty")
    kept = list(islice(numbered, MOST_ROWS + 1))
    if not kept:
        raise ValidationError(_("表格只有列名，没有内容。"), code="empty")
    if len(kept) > MOST_ROWS:
        raise ValidationError(_("表格超过 %(most)s 行，请分成几个文件。") % {"most": MOST_ROWS}, code="rows")
    return Table(name, first[1], [row for _line, row in kept], [line for line, _row in kept])


def _shortened(row: list[str]) -> list[str]:
    """Without the blank cells at its end, of which a workbook gives as many as it is asked for."""
    filled = max(place for place, cell in enumerate(row, start=1) if cell)
    return row[:filled]


def _comma_separated(content: bytes) -> Iterator[list[str]]:
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise ValidationError(_("文件的编码不能识别，请另存为 UTF-8 的 CSV。"), code="encoding")
    try:
        for row in csv.reader(io.StringIO(text, newline="")):
            yield [_text(cell) for cell in row[:MOST_COLUMNS]]
    except csv.Error as error:
        raise ValidationError(_("这个 CSV 文件读不下去，请检查引号。"), code="csv") from error


def _workbook(content: bytes) -> Iterator[list[str]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - slow import

    _refuse_bomb(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        # A sheet may claim a million rows; blank ones count towards the limit too.
        for row in sheet.iter_rows(max_row=2 * MOST_ROWS, max_col=MOST_COLUMNS, values_only=True):
            yield [_text(cell) for cell in row]
    except ValidationError:
        raise
    except Exception as error:  # a broken archive fails in openpyxl, zipfile or expat, each in its own way
        raise ValidationError(_("这个 XLSX 文件打不开，可能已损坏。"), code="broken") from error


def _refuse_bomb(content: bytes) -> None:
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile as error:
        raise ValidationError(_("这个 XLSX 文件打不开，可能已损坏。"), code="broken") from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise ValidationError(_("这个 XLSX 文件展开后太大，请只保留需要的表。"), code="bomb")


def _text(cell: Any) -> str:
    """A cell as a person reads it: days in ISO 8601, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\x00", "").strip()[:LONGEST_CELL]


def columns_at(heading: Sequence[str], columns: Mapping[str, Any]) -> dict[str, int]:
    """Column -> its place in a heading, by its name or by its label in either language; what is not named is left alone."""
    known: dict[str, str] = {name: name for name in columns}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            known |= {str(label).lower(): name for name, label in columns.items()}
    found: dict[str, int] = {}
    for place, words in enumerate(heading):
        if name := known.get(words.strip().lower()):
            found.setdefault(name, place)
    return found
