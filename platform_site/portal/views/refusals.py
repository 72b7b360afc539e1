"""Every refusal as a page: one sentence why, one sentence what can be done, the request's id. Read next: templates/errors/."""

import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from platform_site.errors import Refusal


def _page(request: HttpRequest, name: str, status: int, **context: Any) -> HttpResponse:
    return render(request, f"errors/{name}.html", {"request_id": getattr(request, "id", ""), **context}, status=status)


def refusal(request: HttpRequest, error: Refusal) -> HttpResponse:
    response = _page(request, str(error.status), error.status, reason=error.reason, advice=error.advice)
    if error.status == 503:
        response["Retry-After"] = "3"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "400", 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "403", 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, "403_csrf", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "404", 404)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "429", 429)


def too_large(request: HttpRequest) -> HttpResponse:
    return _page(request, "413", 413)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours; or the database is away for a moment, which is said as such and passes by itself."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = _page(request, "503", 503)
        response["Retry-After"] = "5"
        return response
    return _page(request, "500", 500)
