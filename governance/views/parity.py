"""Equal treatment over the six provinces, on any day, as page and open data. Read next: ../parity.py."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance import parity_queries as queries
from governance import parity_shown, policy_files
from governance.rule_engine import day as read_day
from platform_site import clock

COLUMNS = ("province", "kind", "deals", "alike", "index")


@login_not_required
@require_safe
def parity(request: HttpRequest) -> HttpResponse:
    """`?on=YYYY-MM-DD` another day; `?format=json` and `?format=csv` the same as data."""
    typed = request.GET.get("on", "")
    day = read_day(typed) if typed else clock.today()
    if day is None:
        raise Http404
    wanted = request.GET.get("format", "")
    if wanted == "json":
        return JsonResponse(queries.as_data(day))
    read = queries.read_on(day)
    if wanted == "csv":
        rows = [
            (code, kind, one.deals, one.alike, one.index)
            for code, some in queries.by_province(read).items()
            for kind, one in queries.by_kind(some).items()
        ]
        return policy_files.table("parity.csv", COLUMNS, rows)
    context = parity_shown.page(read, queries.history(clock.today()), day)
    return render(request, "governance/parity.html", context)
