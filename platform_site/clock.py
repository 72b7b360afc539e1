"""The one clock: every "now" and "today" of the portal comes from here, so that tests can stop it. Read next: states.py."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The present instant, aware, UTC."""
    return timezone.now()


def today() -> date:
    """The present day in mainland China, where every deadline of the portal is counted."""
    return timezone.localdate()
