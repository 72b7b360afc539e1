"""The portal's own clock: what has expired goes. Read next: limits.py, accounts/models/session.py."""

from celery import shared_task

from platform_site.accounts import queries
from platform_site.portal import limits


@shared_task(name="portal.expired_sweep")
def expired_sweep() -> None:
    """Counters of limits and sessions that nobody can use any more; both may be removed twice or late."""
    limits.sweep()
    queries.sessions_expired().delete()
