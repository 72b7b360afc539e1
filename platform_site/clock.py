"""The one clock: every "now" and "today" of the portal comes from here, so that it can be set to another day. Read next: states.py."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")  # where every day and deadline of the portal is counted
_set_to: ContextVar[datetime | None] = ContextVar("clock_set_to", default=None)


def now() -> datetime:
    """The present instant, aware, UTC."""
    return _set_to.get() or timezone.now()


def database_now() -> datetime:
    """The instant by the clock of the database, after any lock was waited for: what deadlines and ballots are measured by.

    The demonstration, which sets the portal's clock to have a past, sets this one too.
    """
    if (set_to := _set_to.get()) is not None:
        return set_to
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def day_of(moment: datetime) -> date:
    """The day of an instant in mainland China."""
    return timezone.localdate(moment)


def today() -> date:
    """The present day in mainland China, where every deadline of the portal is counted."""
    return day_of(now())


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the acts in this block happen at `moment` (aware): how the demonstration gets a past. Never used by a view."""
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)
