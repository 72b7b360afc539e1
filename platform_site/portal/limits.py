"""How often something may be tried, counted in PostgreSQL (security.md 1.2, rule 17). Read next: models.py, middleware.py.

The library of log-ins counts in Django's default cache. So the default cache is this one, over one table: what
was counted outlives a flush of Valkey and a restart, and a code of the second factor stays used. Pages keep what they
may forget in the cache "pages".
"""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection
from django.http import HttpRequest, HttpResponse

from platform_site import clock
from platform_site.portal.views import refusals

LONGEST = timedelta(days=7)  # no limit counts over a longer time
# The library locks a counter for ten seconds around two statements, and waits one second for the lock of another. Where a
# process is killed between, everybody counted there would be refused until the ten are over, though nothing was exceeded.
# So a lock holds for half a second: whoever waits gets through. One that is held longer than that can cost one count.
LOCK, LOCK_SECONDS = ":lock", 0.5
UPLOAD, EXPORT = "upload", "export"  # kinds of request, beside the addresses that RATE_LIMITS names
EXPORTS = ("csv", "xlsx")  # values of ?format= that make a file of everything found
TABLE = "portal_limitcounter"
# What has expired is as if it were not there, so it is overwritten; two at once are put in order by the row.
ADD = f"""INSERT INTO {TABLE} (key, value, expires_at) VALUES (%s, %s, %s)
    ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, expires_at = EXCLUDED.expires_at
    WHERE {TABLE}.expires_at <= %s"""
SET = f"""INSERT INTO {TABLE} (key, value, expires_at) VALUES (%s, %s, %s)
    ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, expires_at = EXCLUDED.expires_at"""


class DatabaseLimits(BaseCache):
    """Django's interface of a cache over the table of counters; values are numbers, words and lists of them (JSON)."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def _key(self, key: str, version: int | None) -> str:
        return hashlib.sha256(self.make_key(key, version).encode()).hexdigest()

    def _until(self, timeout: Any) -> datetime:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        longest = LONGEST.total_seconds()
        return clock.now() + timedelta(seconds=longest if seconds is None else min(seconds, longest))

    def _run(self, query: str, *values: Any) -> int:
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            return int(cursor.rowcount)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT value FROM {TABLE} WHERE key = %s AND expires_at > %s", [self._key(key, version), clock.now()]
            )
            row = cursor.fetchone()
        return json.loads(row[0]) if row else default

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._run(SET, self._key(key, version), json.dumps(value), self._until(timeout))

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """True for the one caller that finds nothing there. What is added as a lock is gone after LOCK_SECONDS at the latest."""
        if key.endswith(LOCK):
            timeout = LOCK_SECONDS if timeout in (DEFAULT_TIMEOUT, None) else min(timeout, LOCK_SECONDS)
        return bool(self._run(ADD, self._key(key, version), json.dumps(value), self._until(timeout), clock.now()))

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        query = f"UPDATE {TABLE} SET expires_at = %s WHERE key = %s AND expires_at > %s"
        return bool(self._run(query, self._until(timeout), self._key(key, version), clock.now()))

    def delete(self, key: str, version: int | None = None) -> bool:
        return bool(self._run(f"DELETE FROM {TABLE} WHERE key = %s", self._key(key, version)))

    def clear(self) -> None:
        self._run(f"DELETE FROM {TABLE}")


def sweep() -> int:
    """Remove the counters whose time is over; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE expires_at <= %s", [clock.now()])
        return int(cursor.rowcount)


def kinds_of(request: HttpRequest) -> list[str]:
    """What this request counts as: the name of its address where that is limited, an upload, an export.

    What visitors send is counted by the library of log-ins; nothing is parsed here that the page would not parse.
    """
    if request.method == "POST" and settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
        name = request.resolver_match.view_name if request.resolver_match else ""
        return [kind for kind, counts in ((name, name in settings.RATE_LIMITS), (UPLOAD, request.FILES)) if counts]
    if request.method in ("GET", "HEAD") and request.resolver_match:
        name = request.resolver_match.view_name
        if name in settings.READ_LIMITS:
            return [name]
    if request.method == "GET" and "format=" in request.META.get("QUERY_STRING", ""):
        return [EXPORT] if request.GET.get("format") in EXPORTS else []
    return []


class RateLimitsMiddleware:
    """Answers 429 to whoever sends too much of what settings.RATE_LIMITS names, before the view's transaction begins."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        config = {**settings.RATE_LIMITS, **settings.READ_LIMITS}
        for kind in kinds_of(request):
            if not ratelimit.consume(request, app="portal", action=kind, config=config, limit_get=True):
                return refusals.too_many(request)
        return None
