"""Where allauth meets our accounts. Read next: forms.py."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from .models import User


class AccountAdapter(DefaultAccountAdapter):
    """People land on their desk; the system account never signs in."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("portal:desk")

    def is_login_allowed(self, user: User) -> bool:
        return not user.is_system
