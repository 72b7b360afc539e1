"""Where allauth meets our accounts. Read next: forms.py."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from .models import User


class AccountAdapter(DefaultAccountAdapter):
    """People land on their desk; the system account never signs in."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("portal:desk")

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Asked on every way in (password, reset, code): the account of the portal's own clock is nobody's."""
        if user.is_system:
            clear_login(request)
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)
