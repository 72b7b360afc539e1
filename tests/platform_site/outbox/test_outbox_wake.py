"""The worker is woken at most about once a second, and no message waits two. Read next: platform_site/outbox/queue.py."""

import threading

import pytest

from platform_site.outbox import queue

SPAN = queue.WAKE_EVERY
CLOCK = {"now": 1_000.0}


@pytest.fixture
def sent(monkeypatch):
    """Moments at which the worker begins to drain, as the wake-ups that were sent say."""
    moments = []
    CLOCK["now"] = 1_000.0

    def send(name, countdown=0, **options):
        assert name == "outbox.drain"
        moments.append(CLOCK["now"] + countdown)

    monkeypatch.setattr(queue.current_app, "send_task", send)
    monkeypatch.setattr(queue, "monotonic", lambda: CLOCK["now"])
    monkeypatch.setattr(queue, "_wakes_at", -SPAN)
    return moments


def commits(moments):
    for moment in moments:
        CLOCK["now"] = moment
        queue._wake()


def test_the_first_message_wakes_at_once(sent):
    commits([1_000.0])
    assert sent == [1_000.0]


def test_a_burst_wakes_twice_and_the_second_comes_after_the_last_message(sent):
    burst = [1_000.0 + number / 1_000 for number in range(500)]
    commits(burst)
    assert sent == [1_000.0, 1_000.0 + SPAN]


def test_a_steady_stream_wakes_once_a_second_and_every_message_within_two(sent):
    stream = [1_000.0 + number * 0.03 for number in range(400)]
    commits(stream)
    assert len(sent) <= (stream[-1] - stream[0]) / SPAN + 2
    assert all(after - before >= SPAN - 1e-6 for before, after in zip(sent, sent[1:], strict=False))
    for message in stream:
        assert min(wake - message for wake in sent if wake >= message) <= SPAN + 1e-6


def test_a_message_after_a_pause_wakes_at_once(sent):
    commits([1_000.0, 1_000.1, 1_010.0])
    assert sent == [1_000.0, 1_000.0 + SPAN, 1_010.0]


def test_a_wake_up_that_was_not_sent_is_not_counted(sent, monkeypatch):
    def away(*args, **kwargs):
        raise ConnectionError("no broker")

    with monkeypatch.context() as patch:
        patch.setattr(queue.current_app, "send_task", away)
        commits([1_000.0])
    commits([1_000.2])
    assert sent == [1_000.2]


def test_many_threads_wake_no_more_often(sent):
    threads = [threading.Thread(target=queue._wake) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sent) == 2
