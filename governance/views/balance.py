"""The sharing balance: who lends and who borrows, published as page, JSON and CSV. Read next: ../balance_queries.py."""

import csv
import io
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance import balance_queries as queries
from patents import exports
from platform_site import clock
from platform_site.regions.facts import CODES
from platform_site.regions.names import province_name

YEARS = 5  # that the page offers


@login_not_required
@require_safe
def balance(request: HttpRequest) -> HttpResponse:
    """`?year=`, this year without it; `?format=json|csv`."""
    today, asked = clock.today().year, request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else today if not asked else 0
    if not queries.FIRST_YEAR <= year <= today:
        raise Http404
    found = queries.balance(year)
    kind = request.GET.get("format", "")
    if kind == "json":
        return exports.json_answer(request, _as_json(found))
    if kind == "csv":
        return _as_csv(found)
    years = [
        (str(one), f"?year={one}", one == year) for one in range(today, max(queries.FIRST_YEAR, today - YEARS) - 1, -1)
    ]
    return render(request, "governance/balance.html", {"balance": found, "year": year, "years": years, **_page(found)})


def _page(found: queries.Balance) -> dict[str, Any]:
    rows = [{"name": province_name(code), **_sums(found, code)} for code in CODES]
    elsewhere, applicants = found.applicants()
    tables = [
        {"title": words, "rows": [_line(cells, code) for code in CODES]}
        for words, cells in ((_("到访人日"), found.visits), (_("入驻工位日"), found.stays))
    ]
    heads = [province_name(code) or _("六省以外") for code in queries.columns()]
    total = {"applicants": applicants, "elsewhere": elsewhere, "share": found.share()}
    return {"rows": rows, "tables": tables, "heads": heads, "total": total}


def _sums(found: queries.Balance, code: str) -> dict[str, Any]:
    elsewhere, applicants = found.applicants(code)
    return {
        "visits_lent": found.lent(found.visits, code), "visits_borrowed": found.borrowed(found.visits, code),
        "stays_lent": found.lent(found.stays, code), "stays_borrowed": found.borrowed(found.stays, code),
        "applicants": applicants, "elsewhere": elsewhere, "share": found.share(code),
    }  # fmt: skip


def _line(cells: Any, code: str) -> dict[str, Any]:
    columns = [{"value": cells.get((code, borrower), 0), "own": code == borrower} for borrower in queries.columns()]
    return {"name": province_name(code), "cells": columns, "total": sum(one["value"] for one in columns)}


def _as_json(found: queries.Balance) -> dict[str, Any]:
    def number(share: Any) -> float | None:
        return None if share is None else round(float(share), 4)

    provinces = {code: {**_sums(found, code), "share": number(found.share(code))} for code in CODES}
    cells = sorted({*found.visits, *found.stays})
    flows = [
        {"lender": lender, "borrower": borrower or None, "visit_days": found.visits.get((lender, borrower), 0), "place_days": found.stays.get((lender, borrower), 0)}
        for lender, borrower in cells
    ]  # fmt: skip
    return {"year": found.year, "as_of": found.as_of.date().isoformat(), "share_from_elsewhere": number(found.share()), "provinces": provinces, "flows": flows}  # fmt: skip


def _as_csv(found: queries.Balance) -> HttpResponse:
    text = io.StringIO()
    text.write(exports.BOM)
    writer = csv.writer(text)
    writer.writerow([_("提供的省份"), _("使用的省份"), _("到访人日"), _("入驻工位日"), _("申请数")])
    for lender, borrower in sorted({*found.visits, *found.stays, *found.asked}):
        cell = lender, borrower
        row = (province_name(lender), province_name(borrower) or _("六省以外"), found.visits.get(cell, 0), found.stays.get(cell, 0), found.asked.get(cell, 0))  # fmt: skip
        writer.writerow([exports.cell(value) for value in row])
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="sharing-balance-{found.year}.csv"'
    return response
