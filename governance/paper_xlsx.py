"""A paper as a workbook: a sheet for what it says in words, one for each table; numbers are numbers. Read next: papers.py."""

import io
import re
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.styles import Alignment, Font

from patents.exports import cell as plain

from .papers import Block, Cell, Paper

NARROW, WIDE, NAME = 14, 48, 28  # columns in signs; the longest name of a sheet
_UNNAMEABLE = re.compile(r"[\[\]:*?/\\]")


def xlsx(paper: Paper) -> bytes:
    """The bytes of the workbook. Text is never a formula, whatever it begins with."""
    book = openpyxl.Workbook()
    first = book.active
    first.title = _("说明")
    first.column_dimensions["A"].width = 90
    last = ""
    for words in (paper.title, paper.number, paper.day.isoformat(), paper.banner):
        if words:
            _write(first, [Cell(words)], bold=words == paper.title)
    for block in paper.blocks:
        if block.kind == "table":
            _sheet(book, last, block)
        else:
            _write(first, [Cell(block.text)], bold=block.kind == "heading")
            last = block.text if block.kind == "heading" else last
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(book: Any, name: str, block: Block) -> None:
    names = {sheet.title for sheet in book.worksheets}
    plain_name = _UNNAMEABLE.sub(" ", name)[:NAME] or _("表")
    title = next(one for one in (plain_name, *(f"{plain_name} {n}" for n in range(2, 99))) if one not in names)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    _write(sheet, [Cell(words) for words in block.head], bold=True)
    for row in block.rows:
        _write(sheet, row)
    for place in range(len(block.head)):
        letter = openpyxl.utils.get_column_letter(place + 1)
        sheet.column_dimensions[letter].width = WIDE if place == block.wide else NARROW


def _write(sheet: Any, row: Any, *, bold: bool = False) -> None:
    line = sheet.max_row + 1 if sheet.max_row > 1 or sheet["A1"].value is not None else 1
    for place, one in enumerate(row, 1):
        target = sheet.cell(row=line, column=place)
        if one.value is not None:
            target.value, target.number_format = one.value, "#,##0.##" if one.value % 1 else "#,##0"
        else:
            target.value = plain(one.text)
            target.data_type = "s"
        target.alignment = Alignment(wrap_text=True, vertical="top")
        target.font = Font(bold=bold)
