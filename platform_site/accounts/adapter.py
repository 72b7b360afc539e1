"""Where allauth meets our accounts. Read next: forms.py."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from .models import User


class AccountAdapter(DefaultAccountAdapter):
    """People land on their desk; the system account never signs in."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("portal:desk")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Tries are counted per account and network: nobody is locked out by guesses made elsewhere (rule 17)."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{ratelimit.get_ip(request)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """And per account over all networks, at a figure that one network alone never reaches."""
        super().pre_authenticate(request, **credentials)
        account = super()._get_login_attempts_cache_key(request, **credentials)
        usage = ratelimit.consume(request, app="allauth.account", action="login_account", key=account)
        if usage is None:
            self._rollback_login_failed_rl_usage()
            raise self.validation_error("too_many_login_attempts")
        self._login_failed_rl_usage.usage += usage.usage  # given back together when the password is right

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Asked on every way in (password, reset, code): the account of the portal's own clock is nobody's."""
        if user.is_system:
            clear_login(request)
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)
