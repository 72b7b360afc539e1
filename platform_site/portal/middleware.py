"""The edge of every request: its id, headers, clean input, account state, refusals as pages. Read next: views/refusals.py."""

import inspect
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from allauth.mfa.adapter import get_adapter as mfa_adapter
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware, LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db.utils import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

from platform_site.accounts.held import hold
from platform_site.accounts.rules import acts_for_others
from platform_site.errors import Busy, Refusal
from platform_site.portal.edge import FOREIGN
from platform_site.portal.views import refusals

Answer = Callable[[HttpRequest], HttpResponse]
FILES_AT_ONCE = 6  # of the largest size, in one form
WAITED_TOO_LONG = ("lock timeout", "deadlock detected")


class RequestIdMiddleware:
    """Gives each request an id that the error pages and the log share."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.id = uuid.uuid4().hex[:12]  # type: ignore[attr-defined]
        response = self.get_response(request)
        response["X-Request-Id"] = request.id  # type: ignore[attr-defined]
        return response


class HeadersMiddleware:
    """Headers that no library sets; answers to signed-in people are never kept by a cache."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)  # also where the answer is made further out
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        if request.headers.get("HX-Request"):
            patch_vary_headers(response, ("HX-Request",))
        return response


class CleanInputMiddleware:
    """Text that PostgreSQL or UTF-8 cannot hold is refused here with a sentence, before any form sees it (security.md 2, row 22)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            if self._is_huge(request):
                return refusals.too_large(request)
            unclean = self._address_unclean(request) or (request.method == "POST" and self._body_unclean(request))
        except (RequestDataTooBig, TooManyFieldsSent):
            return refusals.too_large(request)
        except (UnicodeError, ValueError, OSError):
            unclean = True
        return refusals.bad_request(request) if unclean else self.get_response(request)

    def _is_huge(self, request: HttpRequest) -> bool:
        """Django limits the fields of a form, not its files: what says that it is larger than any form of ours is not read."""
        return int(request.META.get("CONTENT_LENGTH") or 0) > FILES_AT_ONCE * settings.MAX_UPLOAD_BYTES

    def _address_unclean(self, request: HttpRequest) -> bool:
        if request.META.get(FOREIGN):  # in another character set these letters mean something else
            return True
        raw = request.META.get("QUERY_STRING", "").replace("+", " ")
        text = request.path_info + unquote_to_bytes(raw).decode("utf-8") + "".join(request.COOKIES.values())
        return "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text)

    def _body_unclean(self, request: HttpRequest) -> bool:
        names = list(request.POST.keys()) + [file.name or "" for file in request.FILES.values()]
        values = (value for name in request.POST for value in request.POST.getlist(name))
        for text in (*names, *values):
            text.encode("utf-8")
            if "\x00" in text:
                return True
        return False


class VisitorMiddleware(AuthenticationMiddleware):
    """Who brings no session is nobody: asking who it is reads no session, so no page for visitors varies by cookie."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            request.user = AnonymousUser()


class LoginWantedMiddleware(LoginRequiredMiddleware):
    """Every page wants a login but those marked public; on these the session is not even read, so that they can be cached."""

    def process_view(
        self, request: HttpRequest, view_func: Answer, view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func: Answer) -> HttpResponse:
        """To the login; from an address that only takes forms back to the page before it, for it cannot be opened itself."""
        if request.method == "POST" and getattr(view_func, "holds_typed", False):
            hold(request)
        if _is_page(view_func):
            return super().handle_no_permission(request, view_func)
        return redirect_to_login(self._page_before(request), resolve_url(self.get_login_url(view_func)))

    def _page_before(self, request: HttpRequest) -> str:
        """The page of ours that held the form, as the browser tells; else the desk."""
        desk, before = reverse("portal:desk"), request.headers.get("Referer", "")
        if not url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure()):
            return desk
        parts = urlsplit(before)
        try:
            view = resolve(parts.path).func
        except Resolver404:
            return desk
        if not parts.scheme or parts.path == reverse(settings.LOGIN_URL) or not _is_page(view):
            return desk
        return parts._replace(scheme="", netloc="", fragment="").geturl()


def _is_page(view: Any) -> bool:
    """Whether a view answers GET: not where `require_POST` or its like wraps it, which keeps its methods to itself."""
    while inspect.isfunction(view):
        if "GET" not in inspect.getclosurevars(view).nonlocals.get("request_method_list", ("GET",)):
            return False
        view = getattr(view, "__wrapped__", None)
    return True


class AccountStateMiddleware:
    """Officers, directors, staff and administrators work only with a second factor; the demonstration's accounts are exempt.

    Only the pages on which one logs in, out, or sets the factor up are open before that, told by the name of the view:
    the office's queue of identity papers and the admin's users also lie below an `accounts/`.
    """

    OPEN_BEFORE = ("account_", "mfa_")

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Answer, args: Any, kwargs: Any) -> HttpResponse | None:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and self._lacks_factor(request):
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        return None

    def _lacks_factor(self, request: HttpRequest) -> bool:
        user, match = request.user, request.resolver_match
        is_open = match is not None and match.view_name is not None and match.view_name.startswith(self.OPEN_BEFORE)
        if is_open or not user.is_authenticated or user.is_demonstration:
            return False
        return acts_for_others(user) and not _has_factor(user)


def _has_factor(user: Any) -> bool:
    """Known of the reader of a page; of somebody who has signed in with this very request it is asked."""
    return user.has_second_factor if hasattr(user, "has_second_factor") else mfa_adapter().is_mfa_enabled(user)


class RefusalMiddleware:
    """Turns a refusal, a lock not had in time or a lost race into a page that says why and what can be done."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refusal):
            return refusals.refusal(request, exception)
        if isinstance(exception, OperationalError) and any(word in str(exception) for word in WAITED_TOO_LONG):
            return refusals.refusal(request, Busy())
        if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
            return refusals.too_large(request)
        return None
