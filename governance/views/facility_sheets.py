"""A sheet of facilities: judged at once, written when its officer says so. Read next: ../forms/facility_sheets.py."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance import facility_queries as queries
from governance import resource_rules as rules
from governance.actions import facility_sheets as actions
from governance.forms import facility_sheets as forms
from platform_site.errors import NotAllowed
from platform_site.outbox.once import once
from platform_site.ui.acting import posted
from platform_site.ui.pagination import paged


@require_http_methods(["GET", "HEAD", "POST"])
@once
def facility_import(request: HttpRequest) -> HttpResponse:
    """Bring a sheet: every row is judged, nothing is registered yet."""
    codes = queries.keeping_codes(request.user)
    if not codes:
        raise NotAllowed(rules.facility_create.reason)  # type: ignore[attr-defined]
    form = forms.FacilitySheetForm(*posted(request), codes=codes)
    if form.is_bound and form.is_valid():
        table, code = form.cleaned_data["table"], form.cleaned_data["province"]
        rows = forms.judge(table, code)
        sheet = actions.facility_sheet_create(province_code=code, actor=request.user, name=table.name, rows=rows)
        return redirect(sheet)
    found, window = paged(request, queries.sheets_of(request.user))
    columns = [str(label) for label in forms.COLUMNS.values()]
    context = {"form": form, "sheets": found, "window": window, "columns": columns}
    return render(request, "governance/facility_import.html", context)


@require_safe
def facility_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Every row with its fate."""
    sheet = queries.sheet_for(request.user, pk)
    good = [row for row in sheet.rows if not row["reason"]]
    context = {"sheet": sheet, "rows": sheet.rows, "good": len(good), "refused": len(sheet.rows) - len(good)}
    return render(request, "governance/facility_sheet.html", context)


@require_POST
@once
def facility_sheet_write(request: HttpRequest, pk: int) -> HttpResponse:
    """Register the good rows, each read by the form once more."""
    sheet = queries.sheet_for(request.user, pk)
    found = {}
    for row in sheet.rows:
        form = forms.row_form(row["cells"], sheet.province_id)
        if not row["reason"] and form.is_valid():
            found[row["line"]] = form.values()
    actions.facility_sheet_write(sheet_id=sheet.pk, actor=request.user, facilities=found)
    messages.success(request, _("已登记 %(count)d 个资源。") % {"count": len(found)})
    return redirect(sheet)
