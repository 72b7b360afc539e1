"""Signs out whoever was idle or signed in for too long, and notes for their own list what a login comes from.

Read next: accounts/sessions.py (the limits), middleware.py.
"""

from collections.abc import Callable
from contextlib import suppress

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from platform_site import clock
from platform_site.accounts.rules import acts_for_others
from platform_site.accounts.sessions import (
    DEVICE,
    ENDS,
    GRAIN,
    MEMBER_LIMITS,
    NETWORK,
    OFFICE_LIMITS,
    SEEN,
    STARTED,
    device_of,
    ends_by_idleness_and_age,
    network_of,
)

__all__ = ["MEMBER_LIMITS", "OFFICE_LIMITS", "SessionLimitsMiddleware"]


class SessionLimitsMiddleware:
    """Signs out whoever was idle or signed in for too long; the page then goes on as for a visitor.

    The idle time counts from a note that is at most GRAIN seconds older than the last page: never longer than promised.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._is_signed_in(request):
            if self._is_over(request):
                logout(request)
                messages.info(request, _("为保护账号安全，您已自动退出，请重新登录。"))
            else:
                self._note(request)  # before the page, which says until when the login lasts
        response = self.get_response(request)
        if self._is_signed_in(request):
            self._note(request)  # a login that has just begun
        return response

    def _is_signed_in(self, request: HttpRequest) -> bool:
        # An anonymous reader's session is not touched, so that public pages stay cacheable.
        return bool(request.session.session_key and request.user.is_authenticated)

    def _is_over(self, request: HttpRequest) -> bool:
        session, moment = request.session, clock.now().timestamp()
        noted = {STARTED: session.get(STARTED, moment), SEEN: session.get(SEEN, moment)}
        if moment <= min(ends_by_idleness_and_age(noted, office=True)):
            return False
        return acts_for_others(request.user) or moment > min(ends_by_idleness_and_age(noted, office=False))

    def _note(self, request: HttpRequest) -> None:
        session, moment = request.session, clock.now().timestamp()
        if STARTED not in session:
            session[STARTED] = moment
            session[DEVICE] = device_of(request.headers.get("User-Agent", ""))
            with suppress(PermissionDenied):  # behind proxies that do not say whom they speak for
                session[NETWORK] = network_of(get_adapter().get_client_ip(request))
        if ENDS not in session or moment - session.get(SEEN, 0) >= GRAIN:
            session[SEEN] = moment
            session[ENDS] = min(ends_by_idleness_and_age(session, acts_for_others(request.user)))
