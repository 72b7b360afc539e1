"""What a search shows as a workbook: all matches, cells with types, in constant memory. Read next: exports.py (the columns).

The rows go to a file that vanishes when it has been sent: a workbook is a ZIP archive, whose parts end before it begins.
"""

import re
import tempfile
from collections.abc import Callable, Iterable
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
STYLES = {str: "@", int: "0", Decimal: "#,##0.00", datetime: "yyyy-mm-dd hh:mm"}
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
    book, columns, left = _Book(), exports.columns_shown(), 0
    for listing in exports.every_listing(query):
        if not left:
            book.begin(columns)
            left = ROWS
        book.row(value(listing) for _heading, value in columns)
        left -= 1
    if not book.whole.worksheets:
        book.begin(columns)
    book.whole.save(file)


class _Book:
    """A workbook that is written from its beginning to its end."""

    def __init__(self) -> None:
        import openpyxl  # noqa: PLC0415 - slow import

        self.openpyxl = openpyxl
        self.whole = openpyxl.Workbook(write_only=True)
        self.sheet: Any = None
        self.cells: dict[type, Any] = {}

    def begin(self, columns: list[Column]) -> None:
        """One more sheet with its heading: bold, and standing still while the rows are scrolled."""
        number = len(self.whole.worksheets) + 1
        self.sheet = self.whole.create_sheet(_("技术") if number == 1 else _("技术 %(number)s") % {"number": number})
        self.sheet.freeze_panes = "A2"
        for place in range(len(columns)):
            letter = self.openpyxl.utils.get_column_letter(place + 1)
            self.sheet.column_dimensions[letter].width = WIDE if place in _WIDE_COLUMNS else NARROW
        self.cells = {kind: self._plain(style) for kind, style in STYLES.items()}
        self.cells[str].font = self.openpyxl.styles.Font(bold=True)
        self.row(heading for heading, _value in columns)
        self.cells[str] = self._plain(STYLES[str])

    def _plain(self, style: str) -> Any:
        """A cell to be filled again and again. It has a style, or the library would take it for one of its own."""
        cell = self.openpyxl.cell.WriteOnlyCell(self.sheet)
        cell.number_format = style
        return cell

    def row(self, values: Iterable[object]) -> None:
        """One row. Each cell is written before the next is filled, so that a few serve them all."""
        self.sheet.append(self.filled(value) for value in values)

    def filled(self, value: object) -> Any:
        """A cell of the type of its value. Text keeps the apostrophe of the CSV where it could be taken for a formula."""
        if isinstance(value, int | Decimal | datetime):
            cell = self.cells[type(value)]
            cell.value = timezone.localtime(value).replace(tzinfo=None) if isinstance(value, datetime) else value
            return cell
        cell = self.cells[str]
        cell.value = _UNWRITABLE.sub(" ", exports.cell(value))[:LONGEST]
        cell.data_type = "s"  # never an error value or a formula, whatever it looks like
        return cell
