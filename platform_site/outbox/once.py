"""One effect per submitted form, however often it is sent. Read next: templates/ui/write_open.html.

Every write form carries `idempotency_key`. The first submit runs the view and keeps where it redirected to, in the
view's own transaction; a second one with the same key waits for the first and is sent to the same place. Failed work
(an error page, a refusal, a form shown again) is not kept, so it can be tried again.
"""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from platform_site import clock

from .models import WriteKey

View = Callable[..., HttpResponse]


def once(view: View) -> View:
    """Decorate a view that writes for a signed-in person."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = _key_of(request)
        if request.method != "POST" or key is None or not request.user.is_authenticated:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            row, is_first = WriteKey.objects.get_or_create(
                user=request.user, key=key, defaults={"path": request.path[:500], "created_at": clock.now()}
            )
            if not is_first:
                return HttpResponseRedirect(row.location or request.path)
            response = view(request, *args, **kwargs)
            if response.status_code in (301, 302, 303):
                WriteKey.objects.filter(pk=row.pk).update(location=response["Location"])
            else:
                WriteKey.objects.filter(pk=row.pk).delete()
            return response

    wrapped.writes_once = True  # type: ignore[attr-defined] # the house test looks for this mark
    return wrapped


def once_in_parts(view: View) -> View:
    """The same for a view whose work is several transactions, each kept whatever becomes of the next.

    The key is kept first, on its own. A second submit does nothing: it is sent to where the first one went, or, while
    that is still at work or has broken off, to the page of the form, which shows what is left to do.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = _key_of(request)
        if request.method != "POST" or key is None or not request.user.is_authenticated:
            return view(request, *args, **kwargs)
        row, is_first = WriteKey.objects.get_or_create(
            user=request.user, key=key, defaults={"path": request.path[:500], "created_at": clock.now()}
        )
        if not is_first:
            return HttpResponseRedirect(row.location or request.path)
        location = ""
        try:
            response = view(request, *args, **kwargs)
            location = response.get("Location", "")
        finally:
            kept = WriteKey.objects.filter(pk=row.pk)
            kept.update(location=location) if location else kept.delete()
        return response

    wrapped.writes_once = True  # type: ignore[attr-defined] # the house test looks for this mark
    return wrapped


def _key_of(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("idempotency_key", ""))
    except ValueError:
        return None
