"""What a search shows as a workbook: all matches, cells with types, in constant memory. Read next: exports.py (the columns).

The rows go to a file that vanishes when it has been sent: a workbook is a ZIP archive, whose parts end before it begins.
"""

import re
import tempfile
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import IO, Any

from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from . import exports
from .models import Listing
from .search import Query

ROWS = 1_000_000  # of one sheet, the heading left out; the format ends at 1,048,576
LONGEST = 32_000  # signs of one cell; the format ends at 32,767
MONEY, MOMENT = "#,##0.00", "yyyy-mm-dd hh:mm"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # signs that XML cannot hold
WIDE, NARROW = 32, 16  # columns, in signs; titles and addresses are wide
_WIDE_COLUMNS = frozenset({1, 2, 4, 13})

Column = tuple[str, Callable[[Listing], object]]


def as_xlsx(query: Query) -> FileResponse:
    """All matches. Numbers are numbers, moments are mainland time (the format knows no zones), text is never a formula."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed, and gone, with the response
    try:
        _write(file, query)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename="patents.xlsx", content_type=TYPE)


def _write(file: IO[bytes], query: Query) -> None:
    book, columns = _Book(), exports.columns_shown()
    sheet, left = None, 0
    for listing in exports.every_listing(query):
        if not left:
            sheet, left = book.sheet(columns), ROWS
        sheet.append([book.cell(sheet, value(listing)) for _heading, value in columns])
        left -= 1
    if sheet is None:
        book.sheet(columns)
    book.whole.save(file)


class _Book:
    """A workbook that is written from its beginning to its end."""

    def __init__(self) -> None:
        import openpyxl  # noqa: PLC0415 - slow import

        self.openpyxl = openpyxl
        self.whole = openpyxl.Workbook(write_only=True)

    def sheet(self, columns: list[Column]) -> Any:
        """A sheet with its heading: bold, and standing still while the rows are scrolled."""
        number = len(self.whole.worksheets) + 1
        sheet = self.whole.create_sheet(_("技术") if number == 1 else _("技术 %(number)s") % {"number": number})
        sheet.freeze_panes = "A2"
        headings = []
        for place, (heading, _value) in enumerate(columns):
            letter = self.openpyxl.utils.get_column_letter(place + 1)
            sheet.column_dimensions[letter].width = WIDE if place in _WIDE_COLUMNS else NARROW
            written = self.cell(sheet, heading)
            written.font = self.openpyxl.styles.Font(bold=True)
            headings.append(written)
        sheet.append(headings)
        return sheet

    def cell(self, sheet: Any, value: object) -> Any:
        """A cell of the type of its value. Text keeps the apostrophe of the CSV where it could be taken for a formula."""
        plain = self.openpyxl.cell.WriteOnlyCell
        if isinstance(value, datetime):
            written = plain(sheet, timezone.localtime(value).replace(tzinfo=None))
            written.number_format = MOMENT
        elif isinstance(value, int | Decimal):
            written = plain(sheet, value)
            written.number_format = MONEY if isinstance(value, Decimal) else "0"
        else:
            written = plain(sheet, _UNWRITABLE.sub(" ", exports.cell(value))[:LONGEST])
            written.data_type = "s"  # never an error value or a formula, whatever it looks like
        return written
