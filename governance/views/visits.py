"""Visits: booked one by one or as a bundle, followed by the visitor, answered by who keeps the facility. Read next: visit_answers.py."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from governance import facility_queries, stationing_queries, visit_calendar
from governance import visit_queries as queries
from governance import visit_shown as shown
from governance.actions import visits as actions
from governance.forms.visits import BundleForm, VisitForm
from governance.models import Facility
from platform_site import clock
from platform_site.errors import Conflict
from platform_site.outbox.once import once
from platform_site.ui.acting import posted
from platform_site.ui.formats import minute_iso
from platform_site.ui.pagination import paged
from platform_site.ui.slots import read_stamp, stamp

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
AHEAD = 21  # days whose slots the form offers
BUNDLE_AHEAD = 14


@read_or_post
@once
def visit_book(request: HttpRequest, slug: str) -> HttpResponse:
    """`?slot=` chooses one; a clash names the nearest free ones, each a link, and the waiting list."""
    facility = facility_queries.facility_for(slug)
    form = _visit_form(request, facility)
    clash, status = None, 200
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            visit = actions.visit_book(
                facility_id=facility.pk,
                actor=request.user,
                wish=form.wish(),
                starts_at=data["starts_at"],
                wait=data["wait"],
            )
            messages.success(request, _("已提交预约，答复会通知您。"))
            return redirect(visit)
        except actions.Clash as refused:
            form.add_error(None, f"{refused.reason}{refused.advice}")
            clash, status = refused, refused.status
    context = {"facility": facility, "form": form, "clash": clash, "near": _links(clash)}
    return render(request, "governance/visit_book.html", context, status=status)


def _visit_form(request: HttpRequest, facility: Facility) -> VisitForm:
    slots = queries.slots_with_room(facility, clock.today(), AHEAD)
    chosen = read_stamp(request.GET.get("slot", ""))
    if chosen and all(slot.starts_at != chosen for slot, _left in slots):
        found = queries.slot_at(facility, chosen)
        slots = [(found, queries.room(facility, found)), *slots] if found and chosen > clock.now() else slots
    initial = {"starts_at": stamp(chosen) if chosen else ""}
    listings = stationing_queries.own_listings(request.user)
    return VisitForm(*posted(request)[:1], user=request.user, listings=listings, slots=slots, initial=initial)


def _links(clash: actions.Clash | None) -> list[tuple[str, str]]:
    return [(minute_iso(slot.starts_at), f"?slot={stamp(slot.starts_at)}") for slot in clash.slots] if clash else []


@read_or_post
@once
def visit_bundle(request: HttpRequest) -> HttpResponse:
    """`?facility=` once for each: a slot of every one, all or none."""
    asked = request.GET.getlist("facility") or request.POST.getlist("facility")
    facilities = facility_queries.facilities_by_slug(asked[: actions.MOST_IN_BUNDLE])
    if not facilities:
        return render(request, "governance/visit_bundle.html", {"facilities": []})
    form, status = _bundle_form(request, facilities), 200
    if form.is_bound and form.is_valid():
        try:
            bundle = actions.visit_bundle(actor=request.user, wish=form.wish(), wanted=form.wanted())
            messages.success(request, _("已一并提交 %(count)d 个预约。") % {"count": bundle.visits.count()})
            return redirect("resources:visit_mine")
        except Conflict as refused:
            form.add_error(None, f"{refused.reason}{refused.advice}")
            status = refused.status
    context = {"facilities": facilities, "form": form}
    return render(request, "governance/visit_bundle.html", context, status=status)


def _bundle_form(request: HttpRequest, facilities: list[Facility]) -> BundleForm:
    free = queries.free_of_many(facilities, clock.today(), BUNDLE_AHEAD)
    listings = stationing_queries.own_listings(request.user)
    number = request.GET.get("listing", "")
    chosen = next((str(one.pk) for one in listings if one.number == number), "")
    return BundleForm(
        *posted(request)[:1], user=request.user, listings=listings, free=free, initial={"listing": chosen}
    )


@require_safe
def visit_mine(request: HttpRequest) -> HttpResponse:
    found, window = paged(request, queries.visits_of(request.user))
    return render(request, "governance/visit_mine.html", {"rows": shown.visit_rows(found), "window": window})


@require_safe
def visit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """For both sides; `?format=ics` is the invitation."""
    visit = queries.visit_for(request.user, pk)
    if request.GET.get("format") == "ics":
        answer = HttpResponse(visit_calendar.invitation(visit), content_type="text/calendar; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{visit_calendar.file_name(visit)}"'
        return answer
    return render(request, "governance/visit_detail.html", shown.visit_page(request.user, visit))


@require_safe
def keeping(request: HttpRequest) -> HttpResponse:
    """What waits for whoever keeps facilities: visits and stationings, and the facilities themselves."""
    kind, view = request.GET.get("kind", "visits"), request.GET.get("show", "open")
    sources = {"visits": queries.VIEWS, "stationings": stationing_queries.VIEWS, "facilities": ("open",)}
    if view not in sources.get(kind, ()):
        raise Http404
    if not (kept := facility_queries.facilities_kept(request.user)).exists():
        return render(request, "governance/keeping.html", {"nothing": True})
    if kind == "visits":
        found, window = paged(request, queries.visits_kept(request.user, view))
        rows = shown.visit_rows(found, kept=True)
    elif kind == "stationings":
        found, window = paged(request, stationing_queries.stationings_kept(request.user, view))
        rows = shown.stay_rows(found, kept=True)
    else:
        found, window = paged(request, kept)
        rows = shown.kept_rows(found)
    return render(request, "governance/keeping.html", {"rows": rows, "window": window, **shown.tabs(kind, view)})
