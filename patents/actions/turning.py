"""A new day: licences and encumbrances begin and end by the calendar, and the market follows. Read next: following.py."""

from datetime import timedelta

from django.db import transaction

from patents import ledger_queries, queries
from patents.actions import following
from patents.models import LedgerTurn
from platform_site import clock
from platform_site.accounts.queries import system_user

FIRST_LOOK_BACK = timedelta(days=31)  # where nothing was followed yet


def ledger_turn(*, most: int = 500) -> int:
    """Bring listings in line with what began or ended since the last day that was followed, at most so many patents.

    Answers how many; 0 when today is done. Each patent in a transaction of its own, by ascending key, so a run that breaks
    off goes on where it was; following a patent twice changes nothing the second time. Days are of China.
    """
    turn = _turn_of_today()
    if turn.done_at is not None:
        return 0
    waiting = [pk for pk in ledger_queries.turning_on(turn.since, turn.day) if pk > turn.reached][:most]
    actor = system_user()
    for pk in waiting:
        with transaction.atomic():
            following.market_follows(queries.lock_patent(pk), actor)
            LedgerTurn.objects.filter(pk=turn.pk).update(reached=pk)
    if len(waiting) < most:
        LedgerTurn.objects.filter(pk=turn.pk).update(done_at=clock.now())
    return len(waiting)


def _turn_of_today() -> LedgerTurn:
    today = clock.today()
    last = LedgerTurn.objects.filter(day__lt=today, done_at__isnull=False).order_by("-day").first()
    since = last.day + timedelta(days=1) if last else today - FIRST_LOOK_BACK
    return LedgerTurn.objects.get_or_create(day=today, defaults={"since": since})[0]
