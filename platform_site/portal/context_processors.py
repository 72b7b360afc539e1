"""What pages need from the apps: the demonstration banner and the number of unread notices, each only when shown."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from platform_site.notices.queries import unread_count

from . import queries


def _demonstration() -> bool:
    known = cache.get("demonstration")
    if known is None:
        known = queries.is_demonstration()
        cache.set("demonstration", known, 60)
    return bool(known)


def portal(request: HttpRequest) -> dict[str, Any]:
    def unread() -> int:
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
        return unread_count(request.user) if signed_in else 0

    return {"demonstration": SimpleLazyObject(_demonstration), "unread_notices": SimpleLazyObject(unread)}
