"""Home, statistics, help, and what crawlers read. Read next: ../figures.py."""

import csv

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import select_template
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from governance.progress_waiting import done_by_province
from platform_site import clock
from platform_site.portal import figures, help_pages, trade_figures
from platform_site.regions.facts import BY_CODE
from platform_site.regions.names import province_name


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    overview = figures.overview()
    context = {
        "overview": overview,
        "newest": figures.newest(),
        "host": BY_CODE[overview.host_code],
        "year": clock.today().year,
        "plan": [
            (province_name(code), done, of) for code, (done, of) in sorted(done_by_province(clock.today().year).items())
        ],
    }
    return render(request, "portal/home.html", context)


@login_not_required
@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    found = figures.statistics()
    rows = [(BY_CODE[row.code], row) for row in found.provinces]
    if request.GET.get("format") == "csv":
        return _statistics_csv(rows)
    context = {"rows": rows, "breakdown": found.breakdown, "members": figures.members(), "as_of": clock.now()}
    context["trade"] = trade_figures.shown()
    return render(request, "portal/statistics.html", context)


def _statistics_csv(rows: list) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="statistics-{clock.today():%Y%m%d}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(
        ["province", "on_market", "published_12_months", "verified_members", "enquiries", "reviews", "review_days"]
    )
    for fact, row in rows:
        writer.writerow(
            [
                fact.code,
                row.on_market,
                row.published_12_months,
                row.verified_members,
                row.enquiries,
                row.reviews_decided,
                row.review_days or "",
            ]
        )
    return response


@login_not_required
@require_safe
def help_index(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/help_index.html", {"pages": help_pages.PAGES})


@login_not_required
@require_safe
def help_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A help page in the reader's language; each is written out in both, not translated sentence by sentence."""
    page = help_pages.BY_SLUG.get(slug)
    if page is None:
        raise Http404
    language = "en" if get_language() == "en" else "zh"
    body = select_template([f"portal/help/{slug}.{language}.html"]).template.name
    context = {"page": page, "body": body, "pages": help_pages.PAGES}
    return render(request, "portal/help_page.html", context)


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be crawled; desks, rooms and forms may not."""
    private = (
        "desk",
        "accounts",
        "trading/negotiations",
        "trading/enquiries",
        "patents/review",
        "patents/mine",
        "patents/new",
    )
    lines = ["User-agent: *", *(f"Disallow: /{code}/{path}/" for code, _name in settings.LANGUAGES for path in private)]
    lines += ["Disallow: /admin/", f"Sitemap: {settings.SITE_ORIGIN}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
