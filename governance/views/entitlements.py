"""What can I get: a deal, a listing or a profile through six rule books. Nothing here is stored. Read next: ../entitlements.py."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from expos import queries as expo_queries
from governance import entitlement_queries as queries
from governance import entitlement_shown, policy_rules, stationing_queries, support_queries, visit_queries
from governance.forms.entitlements import ListingNumberForm, TellForm
from platform_site.ui.languages import han_marked

MOST = 20  # visits, stays and exhibits of one's own that are offered, the latest


@login_not_required
@require_safe
def entitlement_list(request: HttpRequest) -> HttpResponse:
    """Choose what is to be evaluated: one's own agreements and listings, any number, oneself."""
    form = ListingNumberForm(request.GET if "number" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("policies:entitlement_listing", form.cleaned_data["number"])
    context: dict[str, Any] = {"form": form}
    if request.user.is_authenticated:
        context["agreements"] = support_queries.agreements_of(request.user)
        context["listings"] = stationing_queries.own_listings(request.user)
        context["occasions"] = entitlement_shown.occasions(
            visit_queries.visits_of(request.user).filter(visitor=request.user)[:MOST],
            stationing_queries.stationings_of(request.user)[:MOST],
            expo_queries.exhibits_own(request.user)[:MOST],
        )
    return render(request, "governance/entitlement_list.html", context)


@login_not_required
@require_safe
def entitlement_listing(request: HttpRequest, number: str) -> HttpResponse:
    return _page(request, queries.listing_maker(request.user, number), number)


@require_safe
def entitlement_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, queries.agreement_maker(request.user, pk), "")


@require_safe
def entitlement_visit(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, queries.visit_maker(request.user, pk), _("考察访问"))


@require_safe
def entitlement_stationing(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, queries.stationing_maker(request.user, pk), _("入驻"))


@require_safe
def entitlement_exhibit(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, queries.exhibit_maker(request.user, pk), _("参展"))


@require_safe
def entitlement_profile(request: HttpRequest) -> HttpResponse:
    return _page(request, queries.profile_maker(request.user), _("我的情况"))


def _page(request: HttpRequest, make: queries.Maker, title: str) -> HttpResponse:
    """The six columns for what the records and the reader say."""
    form = TellForm(request.GET, names=make({}).told)
    subject = make(form.told())
    own = policy_rules.support_make(request.user, (subject.agreement, subject.listing, subject.role))
    told = {name: request.GET.get(name, "") for name in form.fields}
    context = entitlement_shown.page(subject, queries.entitled_now(subject), told, may_apply=own)
    title = subject.agreement.number if subject.agreement else title
    place = subject.visit or subject.stationing
    version = subject.listing.public_version if subject.listing else None
    about = han_marked(place.facility.name if place else version.title if version else "")
    return render(
        request, "governance/entitlement_detail.html", {**context, "form": form, "name": title, "about": about}
    )
