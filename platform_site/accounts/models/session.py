"""Sessions in PostgreSQL, each with the person it belongs to, so that a person can see and end their own.

This module is the session engine of the settings. Read next: ../sessions.py, ../actions.py.
"""

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from platform_site.accounts.sessions import DEVICE, ENDS, NETWORK, SEEN, STARTED


class Session(AbstractBaseSession):
    """The columns beside Django's own repeat what the session itself holds, for lists; a visitor's has none of them."""

    user = models.ForeignKey("accounts.User", null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    begun_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)  # to the minute (sessions.GRAIN)
    ends_at = models.DateTimeField(null=True)  # when nothing more is read; reading on moves it
    device = models.CharField(max_length=40, blank=True)  # "chrome windows", codes of ../sessions.py
    network = models.CharField(max_length=50, blank=True)  # 203.0.113.0/24 or a /48, never the whole address

    class Meta:
        indexes = [models.Index(fields=["user", "-seen_at"], name="session_by_user")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.device} {self.network}"

    @classmethod
    def get_session_store_class(cls) -> type["SessionStore"]:
        return SessionStore


class SessionStore(DatabaseStore):
    """Django's store over the table above."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row: Session = super().create_model_instance(data)
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        if row.user_id is not None:
            row.begun_at, row.seen_at = _moment(data.get(STARTED)), _moment(data.get(SEEN))
            row.ends_at = _moment(data.get(ENDS))
            row.device, row.network = data.get(DEVICE, ""), data.get(NETWORK, "")
        return row


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
