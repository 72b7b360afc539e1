"""What the register says of one patent, and of many by a sheet. Read next: ../forms/status.py, ../actions/status.py."""

import csv
import io
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from patents import exports, queries, rules, status_queries
from patents.actions import status as actions
from patents.actions import status_sheets as sheet_actions
from patents.forms.status import SheetForm, StatusForm
from patents.models import Listing, Patent
from patents.states import RowFate, SheetState
from platform_site.errors import Conflict
from platform_site.outbox.once import once
from platform_site.ui.pagination import paged


@once
@require_http_methods(["GET", "POST"])
def patent_status(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Write an event of the gazette, or what the register shows; `?corrects=` names an entry that was wrong."""
    listing = queries.listing_for(request.user, number)
    rules.require(rules.patent_status, request.user, listing)
    patent = next((one for one in queries.patents_of(listing.pk) if one.pk == pk), None)
    if patent is None:
        raise Http404
    wrong = status_queries.event_for(patent, request.GET.get("corrects", ""))
    form = StatusForm(request.POST if request.method == "POST" else None, patent=patent, corrects=wrong)
    if request.method == "POST" and form.is_valid() and _record(request, patent, form):
        return redirect("patents:listing_detail", listing.number)
    return render(request, "patents/status_record.html", _record_page(listing, patent, form))


def _record(request: HttpRequest, patent: Patent, form: StatusForm) -> bool:
    try:
        actions.status_record(patent_id=patent.pk, actor=request.user, entry=form.entry())
    except Conflict as refused:
        form.add_error(None, str(refused.reason))
        return False
    messages.success(request, _("%(number)s 的法律状态已更新。") % {"number": patent.shown_number})
    return True


def _record_page(listing: Listing, patent: Patent, form: StatusForm) -> dict[str, Any]:
    return {"listing": listing, "patent": patent, "form": form, "wrong": form.corrects}


# ---- one sheet for many


@once
@require_http_methods(["GET", "POST"])
def status_import(request: HttpRequest) -> HttpResponse:
    """Bring a sheet: it is judged at once and nothing is written yet."""
    rules.require(rules.status_import, request.user, None)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            sheet = sheet_actions.status_sheet_create(actor=request.user, table=form.cleaned_data["table"])
            return redirect(sheet)
        except Conflict as refused:
            form.add_error("upload", str(refused.reason))
    found, window = paged(request, status_queries.sheets_of(request.user))
    columns = [str(label) for label in sheet_actions.COLUMNS.values()]
    context = {"form": form, "sheets": found, "window": window, "columns": columns}
    return render(request, "patents/status_import.html", context)


@require_GET
def status_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Every row with its fate; while it is being written, how far that is."""
    rules.require(rules.status_import, request.user, None)
    sheet = status_queries.sheet_for(request.user, pk)
    fate = request.GET.get("fate", "")
    rows, window = paged(request, status_queries.sheet_rows(sheet, fate), 50)
    counts = status_queries.fates_of(sheet)
    total = sum(counts.values())
    context = {
        "sheet": sheet, "rows": rows, "window": window, "total": total, "waiting": counts[RowFate.NEW],
        "refused": counts[RowFate.REFUSED], "done": total - counts[RowFate.NEW],
        "fates": [(one.label, f"?fate={one.value}", fate == one.value, counts[one.value]) for one in RowFate],
        "can_apply": sheet.state == SheetState.CHECKED and counts[RowFate.NEW] > 0,
        "running": sheet.state == SheetState.RUNNING, "fate": fate,
    }  # fmt: skip
    return render(request, "patents/status_sheet.html", context)


@once
@require_POST
def status_sheet_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the worker write the good rows."""
    rules.require(rules.status_import, request.user, None)
    sheet = status_queries.sheet_for(request.user, pk)
    sheet_actions.status_sheet_apply(sheet_id=sheet.pk, actor=request.user)
    return redirect(sheet)


@require_GET
def status_sheet_refused(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that cannot be written, as a file of the same columns with the reason in each."""
    rules.require(rules.status_import, request.user, None)
    sheet = status_queries.sheet_for(request.user, pk)
    columns = sheet_actions.COLUMNS
    text = io.StringIO()
    text.write(exports.BOM)
    writer = csv.writer(text)
    writer.writerow([*map(str, columns.values()), _("原因")])
    for row in status_queries.sheet_rows(sheet, RowFate.REFUSED):
        writer.writerow([exports.cell(value) for value in (*(row.cells.get(name, "") for name in columns), row.reason)])
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="status-{sheet.pk}-refused.csv"'
    return response
