"""How long a login lasts: shorter for those who act for others (security.md 1.2, rule 15). Read next: middleware.py."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from platform_site import clock
from platform_site.accounts.rules import acts_for_others

# (idle, absolute)
OFFICE_LIMITS = (timedelta(minutes=30), timedelta(hours=8))
MEMBER_LIMITS = (timedelta(hours=2), timedelta(hours=12))
STARTED, SEEN = "login_started", "login_seen"  # seconds since 1970, kept in the session
GRAIN = 60  # a page view is noted once a minute, so that reading does not write a row for every page


class SessionLimitsMiddleware:
    """Signs out whoever was idle or signed in for too long; the page then goes on as for a visitor.

    The idle time counts from a note that is at most GRAIN seconds older than the last page: never longer than promised.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._is_signed_in(request) and self._is_over(request):
            logout(request)
            messages.info(request, _("为保护账号安全，您已自动退出，请重新登录。"))
        response = self.get_response(request)
        if self._is_signed_in(request):
            self._note(request)
        return response

    def _is_signed_in(self, request: HttpRequest) -> bool:
        # An anonymous reader's session is not touched, so that public pages stay cacheable.
        return bool(request.session.session_key and request.user.is_authenticated)

    def _is_over(self, request: HttpRequest) -> bool:
        moment = clock.now().timestamp()
        idle = moment - request.session.get(SEEN, moment)
        whole = moment - request.session.get(STARTED, moment)
        if self._within(idle, whole, *OFFICE_LIMITS):
            return False
        return acts_for_others(request.user) or not self._within(idle, whole, *MEMBER_LIMITS)

    def _within(self, idle: float, whole: float, most_idle: timedelta, longest: timedelta) -> bool:
        return idle <= most_idle.total_seconds() and whole <= longest.total_seconds()

    def _note(self, request: HttpRequest) -> None:
        moment = clock.now().timestamp()
        if STARTED not in request.session:
            request.session[STARTED] = moment
        if moment - request.session.get(SEEN, 0) >= GRAIN:
            request.session[SEEN] = moment
