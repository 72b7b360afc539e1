"""What is shown, as the public reads it, and the papers for the booths. Read next: complaints.py."""

import csv

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from expos import edition_page, exhibit_queries, exhibit_shown, queries, rules
from expos.actions import applications, exhibits
from expos.forms.applications import ReasonForm
from platform_site.accounts.rules import require
from platform_site.errors import NotAllowed
from platform_site.outbox.once import once
from platform_site.ui.acting import posted
from platform_site.ui.pagination import paged

from .expo_act import act_page
from .gates import run_by

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@require_safe
def exhibit_list(request: HttpRequest, year: int) -> HttpResponse:
    """`?q=` words or a listing's number, `?province=`, `?hall=`."""
    expo = queries.expo_of(year)
    asked = {name: request.GET.get(name, "").strip()[:80] for name in ("q", "province", "hall")}
    rows = exhibit_queries.exhibits_shown(expo, words=asked["q"], province=asked["province"], hall=asked["hall"])
    found, window = paged(request, rows)
    context = {
        **edition_page.shared(request.user, expo, "expos:exhibit_list"), "rows": exhibit_shown.items(found),
        "window": window, "asked": asked, "filtered": any(asked.values()), **exhibit_shown.choices(expo),
        "counts": exhibit_queries.complaint_counts(expo),
    }  # fmt: skip
    return render(request, "expos/exhibit_list.html", context)


@login_not_required
@require_safe
def exhibit_detail(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Where the QR code of the slip leads: whether the patent is in force today, and the way to the listing."""
    exhibit = exhibit_queries.exhibit_for(queries.expo_of(year), pk, request.user)
    return render(request, "expos/exhibit_detail.html", exhibit_shown.page(request.user, exhibit))


@read_or_post
@once
def exhibit_refuse(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    exhibit = exhibit_queries.exhibit_for(queries.expo_of(year), pk, request.user)
    require(rules.delegation_save, request.user, exhibit.delegation)
    back = exhibit.application.get_absolute_url() if exhibit.application else exhibit.get_absolute_url()
    return act_page(
        request, ReasonForm(*posted(request)[:1]),
        lambda data: applications.exhibit_refuse(exhibit_id=exhibit.pk, actor=request.user, reason=data["reason"]),
        expo=exhibit.expo, title=_("这件展品不予参展"), done=_("已登记。"), back=back, kind="danger",
    )  # fmt: skip


@require_POST
@once
def exhibit_withdraw(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    exhibit = exhibit_queries.exhibit_for(queries.expo_of(year), pk, request.user)
    applications.exhibit_withdraw(exhibit_id=exhibit.pk, actor=request.user)
    messages.success(request, _("展品已撤回。"))
    return redirect(exhibit.application or exhibit)


@require_POST
@once
def exhibits_check(request: HttpRequest, year: int) -> HttpResponse:
    """The host's look at the whole floor at set-up."""
    expo = run_by(request, year)
    looked, barred = exhibits.exhibits_check(expo_id=expo.pk, actor=request.user)
    words = {"looked": looked, "barred": barred}
    messages.success(request, _("已核对 %(looked)d 件展品，停止展出 %(barred)d 件。") % words)
    return redirect("expos:exhibit_list", year)


@require_safe
def exhibit_slips(request: HttpRequest, year: int) -> HttpResponse:
    """A sheet to print: one slip an exhibit. All for the host, its own delegation's for an office, one's own for an exhibitor."""
    expo = queries.expo_of(year)
    rows = exhibit_shown.slips_for(request.user, expo)
    root = f"{request.scheme}://{request.get_host()}"
    context = {
        **edition_page.shared(request.user, expo, "expos:exhibit_list"), "slips": [
            {"row": one, "url": f"{root}{one.get_absolute_url()}"} for one in rows
        ],
    }  # fmt: skip
    return render(request, "expos/exhibit_slips.html", context)


@require_safe
def fascia_list(request: HttpRequest, year: int) -> HttpResponse:
    """What is to be written over each booth: to print, or `?format=csv`. For the host and, of its own, a delegation's office."""
    expo = queries.expo_of(year)
    runs, codes = rules.expo_run(request.user, expo), queries.reviewing_codes(request.user)
    if not runs and not codes:
        raise NotAllowed(rules.expo_run.reason)  # type: ignore[attr-defined]
    rows = exhibit_shown.fascias(expo, None if runs else codes)
    if request.GET.get("format") == "csv":
        return _csv(year, rows)
    context = {**edition_page.shared(request.user, expo, "expos:floor"), "rows": rows}
    return render(request, "expos/fascia_list.html", context)


def _csv(year: int, rows: list[exhibit_shown.Fascia]) -> HttpResponse:
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="fascia-{year}.csv"'
    writer = csv.writer(response)
    writer.writerow(
        ["hall", "booths", "size_m", "open_sides", "power_kw", "fascia_zh", "fascia_en", "province", "application"]
    )
    for row in rows:
        writer.writerow(exhibit_shown.safe(cell) for cell in row.cells)
    return response
