"""What pages need from the apps: the demonstration banner and the number of unread notices, each only when shown."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from platform_site import clock
from platform_site.accounts.sessions import ENDS, WARNING, ends_by_age
from platform_site.notices.queries import unread_count

from . import queries


def _demonstration() -> bool:
    known = caches["pages"].get("demonstration")
    if known is None:
        known = queries.is_demonstration()
        caches["pages"].set("demonstration", known, 60)
    return bool(known)


def _login_ends(request: HttpRequest) -> dict[str, Any] | None:
    """When the reader's login ends unless they read on; None for a visitor."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return None
    ends = request.session.get(ENDS)
    if ends is None:
        return None
    return {
        "at": datetime.fromtimestamp(ends, UTC),
        "left": max(0, int(ends - clock.now().timestamp())),
        "warning": int(WARNING.total_seconds()),
        "by_age": ends_by_age(request.session),
    }


def portal(request: HttpRequest) -> dict[str, Any]:
    def unread() -> int:
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
        return unread_count(request.user) if signed_in else 0

    return {
        "demonstration": SimpleLazyObject(_demonstration),
        "unread_notices": SimpleLazyObject(unread),
        "login_ends": SimpleLazyObject(lambda: _login_ends(request)),
    }
