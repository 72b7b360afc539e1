"""What an offer would pay year by year: read by both sides, under figures that only the address holds. Read next: scenarios_shown.py."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trading import offer_queries
from trading.forms.scenarios import ScenarioForm

from . import scenarios_shown as shown


@require_safe
def offer_scenario(request: HttpRequest, pk: int) -> HttpResponse:
    """One version by years, beside another one (`against=2`); all versions of the room by totals. Nothing typed is kept."""
    offer = offer_queries.offer_for(request.user, pk)
    versions = offer_queries.offers_of(offer.negotiation)
    asked = request.GET or None
    form = ScenarioForm(asked, offer=offer, versions=versions)
    if asked is None and not form.royalties:
        form = ScenarioForm({}, offer=offer, versions=versions)  # what is agreed as an amount needs no figures
    context = {"offer": offer, "room": offer.negotiation, "listing": offer.negotiation.listing, "form": form}
    if form.is_bound and form.is_valid():
        number = form.cleaned_data.get("against")
        other = next((one for one in versions if one.number == number), None)
        here = next(one for one in versions if one.pk == offer.pk)
        context |= shown.page(here, versions, other, form.figures())
    return render(request, "trading/offer_scenario.html", context)
