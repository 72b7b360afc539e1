"""Confidential attachments: the undertaking, the file with its reader's mark, the log of who opened what. Read next: ../actions/disclosure.py."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from platform_site import clock
from platform_site.errors import Conflict
from platform_site.files import marks, store
from platform_site.outbox.once import once
from platform_site.ui.formats import minute_iso
from platform_site.ui.pagination import paged
from trading import queries, room_queries, rules, undertaking
from trading.actions import disclosure
from trading.forms.disclosure import UndertakingForm
from trading.models import MessageFile

from . import shown


@require_safe
def message_file(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """An attachment. A confidential one leads to the undertaking first, then comes as a marked copy, on record."""
    row = queries.message_file_for(request.user, pk, file_pk)
    if not row.is_confidential:
        return store.serve(row.file)
    if not rules.file_open(request.user, row):
        return redirect(reverse("trading:undertaking_accept", args=[pk]) + f"?file={row.pk}")
    if request.method == "HEAD":
        return store.serve_copy(row.file, b"")
    return _marked(request, pk, row)


def _marked(request: HttpRequest, pk: int, row: MessageFile) -> HttpResponse:
    """Made first, entered in the log second, sent last: what is on record was there to be read."""
    name, organisation = room_queries.reader_marks(request.user)
    at = _("洽谈室 %(number)d · %(minute)s") % {"number": pk, "minute": minute_iso(clock.now())}
    lines = [line for line in (name, organisation, at, _("保密资料 请勿外传")) if line]
    try:
        content = marks.marked(store.content_of(row.file), row.file.content_type, lines)
    except ValidationError as error:
        raise Conflict(error.messages[0]) from error
    disclosure.file_open(file_id=row.pk, actor=request.user)
    return store.serve_copy(row.file, content)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def undertaking_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """The wording in both languages; `?file=` names the attachment that waits for it."""
    negotiation = queries.negotiation_for(request.user, pk)
    form = UndertakingForm(request.POST) if request.method == "POST" else UndertakingForm(initial=_asked(request))
    if form.is_valid():
        version, file = form.cleaned_data["version"], form.cleaned_data["file"]
        disclosure.undertaking_accept(negotiation_id=pk, actor=request.user, version=version)
        messages.success(request, _("您已接受保密承诺，可以打开本室的保密资料。"))
        row = room_queries.confidential_file_in(negotiation, file) if file else None
        return redirect(f"{negotiation.get_absolute_url()}#message-{row.message_id}" if row else negotiation)
    context = {
        "room": negotiation,
        "form": form,
        "clauses": undertaking.CLAUSES,
        "version": undertaking.VERSION,
        "given": room_queries.undertaking_of(request.user, negotiation),
        "file": room_queries.confidential_file_in(negotiation, _number(form["file"].value())),
    }
    return render(request, "trading/undertaking_accept.html", context)


def _asked(request: HttpRequest) -> dict[str, object]:
    return {"version": undertaking.VERSION, "file": _number(request.GET.get("file")) or None}


def _number(text: object) -> int:
    """The number of an attachment; nought, which is none's, for anything else."""
    digits = str(text or "")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 19 else 0


@require_safe
def negotiation_log(request: HttpRequest, pk: int) -> HttpResponse:
    """Both sides see the same log."""
    negotiation = queries.negotiation_for(request.user, pk)
    page, window = paged(request, room_queries.openings(negotiation))
    context = {"room": negotiation, "rows": shown.openings(negotiation, page), "window": window}
    return render(request, "trading/negotiation_log.html", context)
