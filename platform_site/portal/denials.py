"""Who was refused something by permission leaves one audit row (security.md 1.5, rule 35). Read next: audit_words.py.

A 403 is a refusal. So is a 404 where the record exists, or the page is for administrators alone; a refused move (409)
is not: it was theirs to make. Visitors leave nothing. The row is written after the answer's own transaction, in one of
its own, and never changes the answer.
"""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from platform_site.audit.record import record
from platform_site.portal import queries

log = logging.getLogger(__name__)
SECONDS = 60  # one row for each person and path in this time
A_MINUTE = 60  # and so many for each person: a crawl shows without filling the chain
LONGEST_PATH = 200
FOR_ADMINISTRATORS = {"portal:mail_list", "ui:specimen"}  # pages that others do not find


class DenialsMiddleware:
    """Looks at each answer to a signed-in person; asks the database only about a 403 or 404."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code in (403, 404) and settings.SESSION_COOKIE_NAME in request.COOKIES:
            try:
                _note(request, response.status_code)
            except Exception:  # whatever fails here, the refusal itself stands
                log.exception("a denial is not on record: %s %s", request.method, request.path[:LONGEST_PATH])
        return response


def _note(request: HttpRequest, status: int) -> None:
    user = request.user
    if not user.is_authenticated or not (status == 403 or _is_hidden(request)):
        return
    path = request.path[:LONGEST_PATH]
    with transaction.atomic():
        if _is_first(user.pk, path):
            record(actor=user, verb="portal.denied", method=request.method, path=path, status=status)


def _is_hidden(request: HttpRequest) -> bool:
    match = request.resolver_match
    if match is None:
        return False
    if not match.kwargs:
        return match.view_name in FOR_ADMINISTRATORS and not request.user.is_staff
    return queries.record_exists(match.view_name, match.kwargs)


def _is_first(user_id: int, path: str) -> bool:
    """Whether this person was not noted at this path, and not too often anywhere, in the minute before."""
    if not cache.add(f"denied:{user_id}:{path}", 1, SECONDS):
        return False
    return any(cache.add(f"denied:{user_id}#{place}", 1, SECONDS) for place in range(A_MINUTE))
