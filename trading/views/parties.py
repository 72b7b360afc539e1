"""Who is in the room: both sides with their dates, and the colleagues whom one's own side brings in or lets go. Read next: ../actions/parties.py."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from platform_site.errors import Conflict
from platform_site.outbox.once import once
from trading import queries
from trading.actions import parties
from trading.forms.parties import PartyForm

from . import shown

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@read_or_post
@once
def party_add(request: HttpRequest, pk: int) -> HttpResponse:
    negotiation, status = queries.negotiation_for(request.user, pk), 200
    form = PartyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            party = parties.party_add(negotiation_id=pk, actor=request.user, **form.cleaned_data)
        except Conflict as refused:
            form.add_error("email", f"{refused.reason}{refused.advice}")
            status = refused.status
        else:
            messages.success(request, _("%(name)s 已加入本方。") % {"name": queries.shown_name(party.user)})
            return redirect("trading:party_add", pk)
    context = {"room": negotiation, "form": form, "people": shown.people(negotiation, request.user)}
    return render(request, "trading/party_add.html", context, status=status)


@read_or_post
@once
def party_remove(request: HttpRequest, pk: int, party_pk: int) -> HttpResponse:
    queries.negotiation_for(request.user, pk)
    if request.method != "POST":
        return redirect("trading:party_add", pk)
    party = parties.party_remove(negotiation_id=pk, actor=request.user, party_id=party_pk)
    if party.user_id == request.user.pk:
        messages.success(request, _("您已退出这个洽谈室。"))
        return redirect("trading:negotiation_list")
    messages.success(request, _("%(name)s 已移出洽谈室。") % {"name": queries.shown_name(party.user)})
    return redirect("trading:party_add", pk)
