"""What was written with a deed is delivered after it, once, in order, and nothing stops the rest. Read next: test_outbox_once.py."""

import contextlib
import threading
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace

import pytest
from celery import current_app
from django.db import connection, transaction

from platform_site import clock, events
from platform_site.audit.models import AuditEntry
from platform_site.audit.record import record
from platform_site.outbox import queue
from platform_site.outbox.models import OutboxMessage
from platform_site.outbox.queue import MAX_ATTEMPTS, after_commit, drain, publish


class WorkerKilled(BaseException):
    """Stands for a process that ends in the middle of a delivery."""


@pytest.fixture
def task(monkeypatch):
    """Register a function as the task of that name for the length of a test."""

    def register(name, function):
        monkeypatch.setitem(current_app.tasks, name, SimpleNamespace(run=function))

    return register


@pytest.fixture
def clock_moves(monkeypatch):
    """Move the one clock: `clock_moves(seconds)` from now on."""
    ahead = [timedelta(0)]
    plain = clock.now
    monkeypatch.setattr(clock, "now", lambda: plain() + ahead[0])

    def move(seconds):
        ahead[0] += timedelta(seconds=seconds)

    return move


def tell(name="tests.deliver", **ids):
    with transaction.atomic():
        after_commit(name, **ids)


@pytest.mark.django_db(transaction=True)
def test_telling_outside_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        after_commit("tests.deliver", number=1)
    with pytest.raises(transaction.TransactionManagementError):
        publish(events.ListingPublished(1))
    assert not OutboxMessage.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_deed_that_is_rolled_back_tells_nothing(task):
    told = []
    task("tests.deliver", lambda **ids: told.append(ids))
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        after_commit("tests.deliver", number=1)
        1 / 0  # noqa: B018 - the deed fails
    assert drain() == 0
    assert told == []


def test_drain_delivers_each_message_once_and_in_order(db, task):
    told = []
    task("tests.deliver", lambda **ids: told.append(ids["number"]))
    for number in range(5):
        tell(number=number)
    assert drain() == 5
    assert drain() == 0
    assert told == [0, 1, 2, 3, 4]
    assert OutboxMessage.objects.filter(done_at=None).count() == 0


def test_drain_stops_at_its_limit_and_goes_on_later(db, task):
    told = []
    task("tests.deliver", lambda **ids: told.append(ids["number"]))
    for number in range(3):
        tell(number=number)
    assert [drain(limit=2), drain(limit=2)] == [2, 1]
    assert told == [0, 1, 2]


def test_what_a_handler_wrote_goes_when_it_fails(db, task):
    def half(**ids):
        record(actor=None, verb="tests.half")
        raise ValueError("not today")

    task("tests.deliver", half)
    tell()
    drain()
    assert not AuditEntry.objects.exists()
    message = OutboxMessage.objects.get()
    assert (message.attempts, message.done_at, message.dead_at) == (1, None, None)
    assert "not today" in message.last_error


def test_a_handler_that_always_fails_is_given_up_and_delays_nobody(db, task, clock_moves):
    told, tried = [], []

    def poisoned(**ids):
        tried.append(clock.now())
        raise ValueError("never")

    task("tests.poison", poisoned)
    task("tests.deliver", lambda **ids: told.append(ids["number"]))
    tell("tests.poison")
    for round_number in range(40):
        tell(number=round_number)
        drain()
        assert told[-1] == round_number  # delivered in the same round, the poisoned one before it or not
        clock_moves(60)
    message = OutboxMessage.objects.get(name="tests.poison")
    assert len(tried) == message.attempts == MAX_ATTEMPTS
    assert message.dead_at is not None
    assert message.done_at is None
    assert "never" in message.last_error
    pauses = [round((after - before).total_seconds()) for before, after in zip(tried, tried[1:], strict=False)]
    assert pauses == sorted(pauses)


def test_an_unknown_task_and_an_unknown_fact_are_given_up_too(db, clock_moves):
    tell("tests.nobody_knows_this")
    OutboxMessage.objects.create(name="fact:Nothing", payload={}, created_at=clock.now(), next_try_at=clock.now())
    for _round in range(40):
        drain()
        clock_moves(60)
    assert OutboxMessage.objects.exclude(dead_at=None).count() == 2


def test_a_message_that_kills_its_worker_is_given_up(db, task, clock_moves):
    """The attempt is counted before it is made: no message can take down one worker after the other for ever."""
    told, tried = [], []

    def deadly(**ids):
        tried.append(1)
        raise WorkerKilled

    task("tests.deadly", deadly)
    task("tests.deliver", lambda **ids: told.append(ids["number"]))
    tell("tests.deadly")
    tell(number=1)
    for _round in range(40):
        with contextlib.suppress(WorkerKilled):
            drain()
        clock_moves(60)
    assert len(tried) == MAX_ATTEMPTS
    assert told == [1]
    message = OutboxMessage.objects.get(name="tests.deadly")
    assert message.dead_at is not None
    assert message.last_error


def test_a_fact_reaches_every_receiver(db, monkeypatch):
    @dataclass(frozen=True)
    class Happened:
        thing_id: int

    heard = []
    monkeypatch.setitem(events.FACTS, "Happened", Happened)
    monkeypatch.setitem(
        events._receivers,
        Happened,
        [lambda fact: heard.append(("one", fact)), lambda fact: heard.append(("two", fact))],
    )
    with transaction.atomic():
        publish(Happened(7))
    drain()
    assert heard == [("one", Happened(7)), ("two", Happened(7))]


def test_registering_a_receiver_is_importing_it(monkeypatch):
    @dataclass(frozen=True)
    class Happened:
        thing_id: int

    @events.receives(Happened)
    def react(fact):
        return None

    assert events.receivers(Happened) == [react]
    events._receivers.pop(Happened)


def test_a_fact_that_nobody_hears_is_done(db):
    with transaction.atomic():
        publish(events.ListingClosed(1))
    assert drain() == 1
    assert OutboxMessage.objects.exclude(done_at=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_loses_nothing(task, settings, monkeypatch):
    """The commit has happened, the wake-up has not: the next sweep finds the row."""
    told, woken = [], []
    task("tests.deliver", lambda **ids: told.append(ids))
    settings.OUTBOX_WAKE = True

    def away(*args, **kwargs):
        woken.append(args)
        raise ConnectionError("no broker")

    monkeypatch.setattr(queue.current_app, "send_task", away)
    tell(number=1)
    assert woken == [("outbox.drain",)]
    assert told == []
    assert drain() == 1
    assert told == [{"number": 1}]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_consumers_at_once_deliver_once(task):
    told = []
    task("tests.deliver", lambda **ids: told.append(ids["number"]))
    for number in range(40):
        tell(number=number)
    barrier, errors = threading.Barrier(4), []

    def consumer():
        try:
            barrier.wait()
            for _round in range(10):
                drain(limit=5)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=consumer) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    drain()
    assert errors == []
    assert sorted(told) == list(range(40))


@pytest.mark.django_db(transaction=True)
def test_a_consumer_that_died_leaves_no_lock_behind(task):
    told = []
    task("tests.deliver", lambda **ids: told.append(ids))
    tell(number=1)

    def half() -> None:  # takes the consumer's lock and dies with it
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [queue.CONSUMER_LOCK])
        held.set()
        let_go.wait(10)
        connection.close()

    held, let_go = threading.Event(), threading.Event()
    thread = threading.Thread(target=half)
    thread.start()
    held.wait(10)
    assert drain() == 0
    let_go.set()
    thread.join()
    with connection.cursor() as cursor:  # waits until the server has noticed that the other session is gone
        cursor.execute("SELECT pg_advisory_lock(%s)", [queue.CONSUMER_LOCK])
        cursor.execute("SELECT pg_advisory_unlock(%s)", [queue.CONSUMER_LOCK])
    assert drain() == 1
