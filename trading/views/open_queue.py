"""Declarations of open licences at the office: the queue of a province, the announcement entered, one returned. Read next: opens.py."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from platform_site.accounts.rules import require
from platform_site.errors import Conflict
from platform_site.files import store
from platform_site.files.store import serve
from platform_site.outbox.once import once
from platform_site.ui.pagination import paged
from trading import open_queries, rules
from trading.actions import opens
from trading.actions.opens import Announcement
from trading.forms.opens import AnnounceForm, ReturnForm

from . import opens_shown as shown

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def open_queue(request: HttpRequest) -> HttpResponse:
    """What waits in the officer's provinces for its announcement, the longest first."""
    offices = open_queries.offices_of(request.user)
    found, window = paged(request, open_queries.waiting_in(offices))
    rows = [shown.row(one) | {"filed": one.filed_on} for one in found]
    return render(request, "trading/open_queue.html", {"rows": rows, "window": window, "offices": offices})


@read_or_post
@once
def open_declaration_announce(request: HttpRequest, pk: int) -> HttpResponse:
    """Number, day and proof of the national office's announcement; a refusal of the ledger stands at the top of the form."""
    declaration = open_queries.declaration_for(request.user, pk)
    require(rules.open_declaration_announce, request.user, declaration)
    form = AnnounceForm(*((request.POST, request.FILES) if request.method == "POST" else (None, None)))
    status = 200
    if form.is_bound and form.is_valid():
        try:
            _announce(request, pk, form)
            messages.success(request, _("公告已登记，声明自公告日起登入权利台账，任何会员都可以取得。"))
            return redirect(declaration)
        except Conflict as refused:
            form.add_error(None, f"{refused.reason}{refused.advice}")
            status = refused.status
    context = shown.page(declaration, is_office=True) | {"form": form}
    return render(request, "trading/open_declaration_announce.html", context, status=status)


@read_or_post
@once
def open_declaration_return(request: HttpRequest, pk: int) -> HttpResponse:
    declaration = open_queries.declaration_for(request.user, pk)
    require(rules.open_declaration_return, request.user, declaration)
    form = ReturnForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        opens.open_declaration_return(declaration_id=pk, actor=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("声明已退回，权利人会收到原因。"))
        return redirect("trading:open_queue")
    context = shown.page(declaration, is_office=True) | {"form": form}
    return render(request, "trading/open_declaration_return.html", context)


@require_safe
def open_file(request: HttpRequest, pk: int, entry: str) -> HttpResponse:
    """The evaluation report or the proof of the announcement, for the owner and the office."""
    return serve(open_queries.declaration_file(request.user, pk, entry))


def _announce(request: HttpRequest, pk: int, form: AnnounceForm) -> None:
    """The proof is kept with the announcement or not at all."""
    data = form.cleaned_data
    with transaction.atomic():
        proof = store.store(upload=data["proof"], owner=request.user)
        opens.open_declaration_announce(
            declaration_id=pk, actor=request.user,
            announcement=Announcement(data["number"], data["announced_on"], proof),
        )  # fmt: skip
