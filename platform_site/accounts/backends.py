"""Where a log-in leads to a person: the library's way in, our read of who it is. Read next: queries.py, adapter.py."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from . import queries
from .models import User


class AccountBackend(AuthenticationBackend):
    """Signs people in as the library does; whoever asks for a page is read with what every page wants to know of them."""

    def get_user(self, user_id: Any) -> User | None:
        user = queries.reader(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
