"""The rooms of a member: list, conversation, closing. Every view begins at the gate. Read next: ../queries.py."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from patents.states import PUBLIC, ListingState
from platform_site.errors import Conflict
from platform_site.outbox.once import once
from platform_site.regions.queries import overrides
from platform_site.ui.pagination import paged
from trading import offer_queries, queries
from trading.actions import rooms
from trading.forms.rooms import MessageForm, ReadForm
from trading.models import Negotiation
from trading.states import Side

from . import offers_shown, shown

# A GET of a verb leads back to the room: that is where a new login in between comes out.
read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def negotiation_list(request: HttpRequest) -> HttpResponse:
    side = request.GET.get("side", "")
    found = queries.negotiations_visible_to(request.user)
    if side in Side.values:
        found = found.filter(my_side=side)
    page, window = paged(request, found)
    days = overrides()
    context = {
        "rows": [shown.room_row(room, queries.turn_of(room, days)) for room in page],
        "window": window,
        "sides": shown.side_filter(request.path, side),
        "side": side,
    }
    return render(request, "trading/negotiation_list.html", context)


@require_safe
def negotiation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _room(request, queries.negotiation_for(request.user, pk))


@read_or_post
@once
def message_send(request: HttpRequest, pk: int) -> HttpResponse:
    negotiation = queries.negotiation_for(request.user, pk)
    if request.method != "POST":
        return redirect(negotiation)
    form, status = MessageForm(request.POST, request.FILES), 200
    if form.is_valid():
        try:
            message = rooms.message_send(negotiation_id=pk, actor=request.user, **form.cleaned_data)
            return redirect(f"{negotiation.get_absolute_url()}#message-{message.pk}")
        except Conflict as refused:
            form.add_error(None, f"{refused.reason}{refused.advice}")
            negotiation, status = queries.negotiation_for(request.user, pk), refused.status
        except ValidationError as error:
            form.add_error("uploads", error)
    return _room(request, negotiation, form, status)


@read_or_post
@once
def negotiation_read(request: HttpRequest, pk: int) -> HttpResponse:
    return _press(request, pk, rooms.negotiation_read, form=ReadForm(request.POST))


@read_or_post
@once
def negotiation_close(request: HttpRequest, pk: int) -> HttpResponse:
    say = _("洽谈已结束。往来内容仍可查看，双方都可以重新开启。")
    return _press(request, pk, rooms.negotiation_close, say)


@read_or_post
@once
def negotiation_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    return _press(request, pk, rooms.negotiation_reopen, _("洽谈已重新开启。"))


def _press(
    request: HttpRequest, pk: int, act: Callable[..., Any], say: str = "", form: ReadForm | None = None
) -> HttpResponse:
    """A button of the room: gate, action, back to the room. A form that makes no sense changes nothing."""
    negotiation = queries.negotiation_for(request.user, pk)
    if request.method == "POST" and (form is None or form.is_valid()):
        act(negotiation_id=pk, actor=request.user, **(form.cleaned_data if form else {}))
        if say:
            messages.success(request, say)
    return redirect(negotiation)


def _room(request: HttpRequest, room: Negotiation, form: MessageForm | None = None, status: int = 200) -> HttpResponse:
    before = request.GET.get("before")
    if before is not None and not (before.isascii() and before.isdecimal() and len(before) < 19):
        raise Http404
    talk = queries.conversation(room, request.user, int(before) if before else None)
    listing, turn = room.listing, queries.turn_of(room, overrides())
    context = {
        "room": room,
        "listing": listing,
        "listing_open": listing.state in PUBLIC or listing.owner_id == request.user.pk,
        "on_market": listing.state == ListingState.PUBLISHED,
        "asked": shown.asked(room),
        "parties": shown.parties(room),
        "turn": turn,
        **shown.aside(room, turn),
        "total": queries.ANSWER_WORKING_DAYS,
        "closing": shown.closing(room),
        "talk": talk,
        "said": shown.said(room, talk),
        "table": offers_shown.table(offer_queries.offers_of(room), Side(room.my_side), offer_queries.unsigned_of(room)),
        "form": form or MessageForm(initial={"read_to": talk.newest}),
    }
    return render(request, "trading/negotiation_detail.html", context, status=status)
