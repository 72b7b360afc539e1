"""The queue's door to the outbox. Read next: queue.py."""

from celery import shared_task

from . import queue


@shared_task(name="outbox.drain")
def drain() -> None:
    queue.drain()
