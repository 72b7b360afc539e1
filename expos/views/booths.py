"""The floor plan and a booth, as everybody sees them; choosing one holds it. Read next: booth_edit.py."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from expos import edition_page, floor_queries, floor_shown, queries
from expos.actions import booths as actions
from expos.states import ExpoState
from platform_site import clock
from platform_site.outbox.once import once

FILTERS = ("hall", "kind", "state", "province", "zoom")


@login_not_required
@require_safe
def floor(request: HttpRequest, year: int) -> HttpResponse:
    """The plan of every hall drawn from the booths, and the same as a list; `?hall=&kind=&state=&province=` choose, `?zoom=` enlarges."""
    expo = queries.expo_of(year)
    asked = {name: request.GET.get(name, "") for name in FILTERS}
    context = {
        **edition_page.shared(request.user, expo, "expos:floor"), **floor_shown.page(request.user, expo, asked),
        **floor_shown.choices(expo), "asked": asked, "zooms": _zooms(request),
        "picks": expo.state in (ExpoState.APPLICATIONS_OPEN, ExpoState.ALLOCATING),
    }  # fmt: skip
    return render(request, "expos/floor.html", context)


def _zooms(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """Enlarging by links, which work without script and with one thumb."""
    found = []
    for zoom in floor_shown.ZOOMS:
        query = request.GET.copy()
        query["zoom"] = zoom
        found.append((f"{zoom}×", f"?{query.urlencode()}", request.GET.get("zoom", "1") == zoom))
    return found


@login_not_required
@require_safe
def booth_detail(request: HttpRequest, year: int, number: str) -> HttpResponse:
    """Facts, who is there, what is shown; and the button that holds it."""
    booth = floor_queries.booth_of(queries.expo_of(year), number)
    expo, moment = booth.expo, clock.database_now()
    (one,) = floor_shown.drawn([booth], floor_queries.given(expo), floor_queries.holds(expo, moment), request.user)
    picks = expo.state in (ExpoState.APPLICATIONS_OPEN, ExpoState.ALLOCATING)
    own = floor_queries.hold_of(expo, request.user, moment)
    context = {
        **edition_page.shared(request.user, expo, "expos:floor"), "one": one, "facts": floor_shown.booth_facts(booth),
        "exhibits": floor_queries.exhibits_at(booth), "hold": floor_shown.hold_words(own, moment), "picks": picks,
        "near": floor_queries.nearest_free(booth, request.user, moment) if picks and one.state in ("held", "given") else [],
        "application": floor_queries.own_application(expo, request.user),
    }  # fmt: skip
    return render(request, "expos/booth_detail.html", context)


@require_POST
@once
def booth_hold(request: HttpRequest, year: int, number: str) -> HttpResponse:
    """Twenty minutes; where somebody was quicker, the nearest three are links."""
    booth = floor_queries.booth_of(queries.expo_of(year), number)
    try:
        actions.booth_hold(booth_id=booth.pk, actor=request.user)
    except actions.Taken as refused:
        context = {
            **edition_page.shared(request.user, booth.expo, "expos:floor"), "booth": booth, "reason": refused.reason,
            "near": refused.near,
        }  # fmt: skip
        return render(request, "expos/booth_taken.html", context, status=refused.status)
    messages.success(request, _("已为您暂留 %(booth)s 二十分钟。") % {"booth": booth})
    return redirect(booth)


@require_POST
@once
def hold_release(request: HttpRequest, year: int) -> HttpResponse:
    expo = queries.expo_of(year)
    if actions.hold_release(expo_id=expo.pk, actor=request.user):
        messages.success(request, _("已放开暂留的展位。"))
    return redirect("expos:floor", year)
