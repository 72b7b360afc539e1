"""Writing to the outbox inside a transaction, and its one consumer. Read next: tasks.py."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from threading import Lock
from time import monotonic
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import connection, transaction

from platform_site import clock, events

from .models import OutboxMessage

log = logging.getLogger(__name__)
MAX_ATTEMPTS = 5  # 5, 20, 80 and 320 seconds apart; then an alarm (the gauge portal_outbox_dead)
MOST = 500  # messages of one round
WAKE_EVERY = 1.0  # seconds between two hints to the worker, for each process
_waking, _wakes_at = Lock(), -WAKE_EVERY  # on the clock of monotonic()
CONSUMER_LOCK = 7_040_001  # advisory lock: one consumer at a time, whatever the number of workers
_CLAIM = """
    UPDATE outbox_outboxmessage AS claimed
    SET attempts = attempts + 1, next_try_at = %(now)s + make_interval(secs => 5 * 4 ^ attempts)
    WHERE id = (
        SELECT id FROM outbox_outboxmessage
        WHERE done_at IS NULL AND dead_at IS NULL AND next_try_at <= %(now)s ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
    ) RETURNING claimed.*
"""


def require_transaction(what: str) -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(f"{what} belongs inside the action's transaction")


def after_commit(task: str, **ids: Any) -> None:
    """Run a Celery task of ours once this transaction has committed; nothing happens if it does not."""
    _write(task, ids)


def publish(fact: Any) -> None:
    """Tell the other apps a fact of events.py once this transaction has committed."""
    _write(f"fact:{type(fact).__name__}", asdict(fact))


def _write(name: str, payload: dict[str, Any]) -> None:
    require_transaction("after_commit")
    moment = clock.now()
    OutboxMessage.objects.create(name=name, payload=payload, created_at=moment, next_try_at=moment)
    if getattr(settings, "OUTBOX_WAKE", True):
        transaction.on_commit(_wake, robust=True)


def _wake() -> None:
    """A hint to hurry; beat drains every five seconds anyway, so a broker that is away costs nothing but time.

    One round delivers all that waits, so a process sends at most one hint in WAKE_EVERY: the first at once, the next
    for the end of that time, and what is committed until then needs no other.
    """
    global _wakes_at
    with _waking:
        moment = monotonic()
        if _wakes_at > moment:
            return
        wait = max(0.0, _wakes_at + WAKE_EVERY - moment)
        before, _wakes_at = _wakes_at, moment + wait
    try:
        current_app.send_task("outbox.drain", countdown=wait, retry=False, expires=wait + 30)
    except Exception as error:  # the broker may be away in any of a dozen ways; the row is the guarantee
        _wakes_at = before
        log.warning("broker not reached, the outbox waits for the next sweep: %s", error)


def drain(limit: int = MOST) -> int:
    """Deliver waiting messages in order; return how many. A second consumer returns at once."""
    with _only_consumer() as ours:
        done = 0
        while ours and done < limit and _deliver_one():
            done += 1
        return done


@contextmanager
def _only_consumer() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [CONSUMER_LOCK])
        ours = bool(cursor.fetchone()[0])
        try:
            yield ours
        finally:
            if ours:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [CONSUMER_LOCK])


def _deliver_one() -> bool:
    message = _claim()
    if message is None:
        return False
    if message.attempts > MAX_ATTEMPTS:
        _give_up(message, "every worker that tried ended in the middle of it")
        return True
    try:
        with transaction.atomic():
            _run(message)
            message.done_at = clock.now()
            message.save(update_fields=["done_at"])
    except Exception as error:
        _failed(message, error)
    return True


def _claim() -> OutboxMessage | None:
    """The next message that is due. The attempt is counted before it is made: one that kills its worker ends too."""
    return next(iter(OutboxMessage.objects.raw(_CLAIM, {"now": clock.now()})), None)


def _run(message: OutboxMessage) -> None:
    """The delivery's own rows and the mark `done` commit together: each row of a notice is written exactly once."""
    if message.name.startswith("fact:"):
        kind = events.FACTS[message.name.removeprefix("fact:")]
        for receiver in events.receivers(kind):
            receiver(kind(**message.payload))
    else:
        current_app.tasks[message.name].run(**message.payload)


def _failed(message: OutboxMessage, error: Exception) -> None:
    message.last_error = repr(error)[:2000]
    message.done_at = None
    message.save(update_fields=["last_error"])
    log.warning("outbox message %s failed: %s", message.pk, message.last_error)
    if message.attempts >= MAX_ATTEMPTS:
        _give_up(message, message.last_error)


def _give_up(message: OutboxMessage, why: str) -> None:
    message.dead_at = clock.now()
    message.last_error = message.last_error or why
    message.save(update_fields=["dead_at", "last_error"])
    log.error("outbox message %s given up: %s", message.pk, message.last_error)
