"""The rotation as page, JSON and iCalendar; the office opens the very first term. Read next: ../rotation_page.py."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from governance import rotation_files, rotation_page, rules
from governance import rotation_queries as queries
from governance.actions.rotation import term_begin as begin
from governance.forms.rotation import YearForm
from governance.rotation_queries import Standing
from patents.exports import refusal
from platform_site.outbox.once import once


@login_not_required
@require_safe
def rotation(request: HttpRequest) -> HttpResponse:
    """Whose turn any year is, and why."""
    standing = queries.standing()
    form = YearForm(request.GET, calendar=standing.calendar)
    asked = form.cleaned_data["year"] if form.is_valid() else None
    if request.GET.get("format") in rotation_files.FORMATS:
        if form.has_error("year", "unknown"):
            raise Http404
        if not form.is_valid():
            return refusal({"year": " ".join(str(words) for words in form.errors["year"])})
        return rotation_files.answer(request, standing, asked)
    return render(request, "governance/rotation.html", _context(request, standing, form, asked))


def _context(request: HttpRequest, standing: Standing, form: YearForm, asked: int | None) -> dict[str, Any]:
    years = rotation_page.strip(standing, asked)
    listed = rotation_page.listed_years(standing, asked)
    terms = queries.terms()
    return {
        "form": form, "asked": asked, "now": standing, "years": years, "sectors": rotation_page.wheel(years),
        "wheel_label": rotation_page.wheel_label(years), "rule": standing.rules[-1] if standing.rules else None,
        "rows": rotation_page.rows(standing, listed, terms, queries.holders_ever()), "has_terms": bool(terms),
        "turn": rotation_page.year_of(standing, standing.year), "handover": queries.handover_under_way(),
        "next_year": max(terms, default=standing.year) + 1, "is_office": rules.is_group_staff(request.user),
    }  # fmt: skip


@require_POST
@once
def term_begin(request: HttpRequest) -> HttpResponse:
    term = begin(actor=request.user)
    messages.success(request, _("%(year)d 年轮值任期已登记。") % {"year": term.year})
    return redirect("governance:rotation")
