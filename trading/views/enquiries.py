"""Asking about a listing: the door of a room. Read next: negotiations.py."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from platform_site.accounts.rules import require
from platform_site.outbox.once import once
from trading import queries, rules
from trading.actions import rooms
from trading.forms.rooms import EnquiryForm
from trading.models import Negotiation


@require_http_methods(["GET", "HEAD", "POST"])
@once
def enquiry_create(request: HttpRequest, number: str) -> HttpResponse:
    listing = queries.listing_for_enquiry(request.user, number)
    require(rules.enquiry_create, request.user, listing, _("这是您自己的技术，不能询盘。"))
    room = queries.room_of(request.user, listing)
    if room is not None:
        return _to_the_room(request, room)
    queries.require_on_market(listing)
    form = EnquiryForm(*_sent(request), offered=queries.forms_offered(listing))
    if form.is_valid():
        try:
            negotiation = rooms.enquiry_create(listing_id=listing.pk, actor=request.user, **form.cleaned_data)
        except rooms.RoomExists as known:
            return _to_the_room(request, known.negotiation)
        except ValidationError as error:
            form.add_error("uploads", error)
        else:
            messages.success(request, _("询盘已送达权利人，洽谈室已建立。对方答复后会通知您。"))
            return redirect(negotiation)
    return render(request, "trading/enquiry_create.html", {"form": form, "listing": listing})


def _sent(request: HttpRequest) -> tuple:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _to_the_room(request: HttpRequest, room: Negotiation) -> HttpResponse:
    messages.info(request, _("您已就这项技术询盘，请在这个洽谈室继续。"))
    return redirect(room)
