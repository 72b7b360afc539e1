"""The one clock: every "now" and "today" of the portal comes from here, so that it can be set to another day. Read next: states.py."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_set_to: ContextVar[datetime | None] = ContextVar("clock_set_to", default=None)


def now() -> datetime:
    """The present instant, aware, UTC."""
    return _set_to.get() or timezone.now()


def set_to() -> datetime | None:
    """The moment to which the clock is set, None while it runs: for what is measured by the clock of the database."""
    return _set_to.get()


def today() -> date:
    """The present day in mainland China, where every deadline of the portal is counted."""
    return timezone.localdate(now())


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the acts in this block happen at `moment` (aware): how the demonstration gets a past. Never used by a view."""
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)
