"""What each indicator counts, its figures by province, and the records behind them. Read next: ../indicator_records.py."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance import indicator_queries as queries
from governance import indicator_shown
from governance.indicator_records import records
from governance.indicators import BY_SLUG, INDICATORS
from platform_site import clock
from platform_site.regions.facts import BY_CODE
from platform_site.ui.pagination import paged


@login_not_required
@require_safe
def indicator_list(request: HttpRequest) -> HttpResponse:
    """All indicators with their definitions and the figures of a year."""
    year = _year(request)
    figures = queries.figures(year)
    context = {"rows": indicator_shown.table(INDICATORS, figures), "figures": figures, **indicator_shown.years(year)}
    return render(request, "governance/indicator_list.html", context)


@login_not_required
@require_safe
def indicator_detail(request: HttpRequest, indicator: str) -> HttpResponse:
    """Definition, figures by province, and the records that are counted, as far as the reader may see them."""
    one = BY_SLUG.get(indicator)
    code = request.GET.get("province", "")
    if one is None or (code and code not in BY_CODE):
        raise Http404
    year = _year(request)
    found = records(request.user, one.slug, year, code)
    rows, window = paged(request, found.seen)
    hidden = found.rows.count() - found.seen.count()
    context: dict[str, Any] = {
        **indicator_shown.page(one, queries.figures(year), code, queries.kept_by_year(one.slug)),
        "rows": [indicator_shown.record(one.slug, row) for row in rows], "window": window, "hidden": hidden,
        **indicator_shown.years(year, code),
    }  # fmt: skip
    return render(request, "governance/indicator_detail.html", context)


def _year(request: HttpRequest) -> int:
    """`?year=`, this year where none is named; 404 for what is no year of the plans."""
    typed = request.GET.get("year", "")
    today: date = clock.today()
    if not typed:
        return today.year
    year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else 0
    if not queries.FIRST_YEAR <= year <= today.year:
        raise Http404
    return year
