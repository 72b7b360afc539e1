"""The yearly conversion reports of an agreement: what became of the technology. Read next: ../actions/conversions.py."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from platform_site import clock
from platform_site.errors import Conflict
from platform_site.outbox.once import once
from platform_site.ui.formats import cny, minute_iso
from trading import performance_queries as queries
from trading.actions import conversions
from trading.forms.performance import ReportForm, report_initial
from trading.models import ConversionReport
from trading.performance import REPORT_DUE, due_on
from trading.queries import shown_name

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@read_or_post
@once
def agreement_report(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = queries.performed_for(request.user, pk)
    reports, years = queries.reports_of(agreement), queries.report_years(agreement, clock.today())
    form, status = _form(request, reports, years), 200
    if form.is_bound and form.is_valid():
        try:
            conversions.agreement_report(
                agreement_id=pk, actor=request.user, year=form.cleaned_data["year"], facts=form.facts()
            )
            messages.success(request, _("已保存，对方可以看到。"))
            return redirect("trading:agreement_report", pk)
        except Conflict as refused:
            form.add_error(None, f"{refused.reason}{refused.advice}")
            status = refused.status
    context = {"agreement": agreement, "form": form, "years": _years(reports, years)}
    return render(request, "trading/agreement_report.html", context, status=status)


def _form(request: HttpRequest, reports: list[ConversionReport], years: list[int]) -> ReportForm:
    """A year named in the address is corrected from its latest version; else the latest year without a report."""
    if request.method == "POST":
        return ReportForm(request.POST, years=years)
    latest = {report.year: report for report in reversed(reports)}
    named = next((year for year in years if str(year) == request.GET.get("year")), None)
    if named in latest:
        return ReportForm(years=years, initial=report_initial(latest[named]))
    missing = next((year for year in years if year not in latest), None)
    return ReportForm(years=years, initial={"year": named or missing})


def _years(reports: list[ConversionReport], years: list[int]) -> list[dict[str, Any]]:
    """Each year, latest first: its report as it stands, and the versions before."""
    versions = {year: list(found) for year, found in groupby(reports, key=lambda report: report.year)}
    return [
        {
            "year": year,
            "due": due_on(year, REPORT_DUE),
            "is_late": due_on(year, REPORT_DUE) < clock.today(),
            "versions": [(_heading(one), _facts(one), one.note) for one in versions.get(year, [])],
        }
        for year in sorted({*years, *versions}, reverse=True)
    ]


def _heading(report: ConversionReport) -> str:
    return _("第 %(n)d 版，%(name)s 于 %(at)s") % {
        "n": report.version, "name": shown_name(report.written_by), "at": minute_iso(report.written_at),
    }  # fmt: skip


def _facts(report: ConversionReport) -> list[tuple[str, str]]:
    if not report.in_production or report.since is None:
        return [(_("是否投产"), _("尚未投产"))]
    return [
        (_("是否投产"), _("%(day)s 起已投产") % {"day": report.since.isoformat()}),
        (_("生产地"), report.province.name if report.province else _("六省以外")),
        (_("当年产值"), cny(report.output_cny)),
        (_("当年就业"), _("%(n)d 人") % {"n": report.jobs}),
        (_("当年税收"), cny(report.tax_cny)),
    ]
