"""Many requests at once on one room."""

import threading

import pytest
from django.db import connection

from platform_site.audit.models import AuditEntry
from platform_site.errors import Refusal
from platform_site.outbox.models import OutboxMessage
from tests.factories import trading
from trading.actions import rooms
from trading.models import Enquiry, Message, Negotiation, Party

THREADS = 8


def at_once(work):
    """Run `work(i)` in eight threads that start together; return what each gave back or was refused with."""
    barrier, results = threading.Barrier(THREADS), [None] * THREADS

    def run(i):
        try:
            barrier.wait()
            results[i] = work(i)
        except Refusal as refused:
            results[i] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(i,)) for i in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_eight_enquiries_at_once_are_one_room(shen, bai):
    listing = trading.market(shen)
    results = at_once(lambda i: trading.room(shen, bai, listing=listing))
    opened = [result for result in results if isinstance(result, Negotiation)]
    refused = [result for result in results if isinstance(result, rooms.RoomExists)]
    assert (len(opened), len(refused)) == (1, THREADS - 1)
    assert {error.negotiation for error in refused} == set(opened)
    assert [model.objects.count() for model in (Negotiation, Enquiry, Message, Party)] == [1, 1, 1, 2]
    assert AuditEntry.objects.filter(verb="trading.enquiry_create").count() == 1
    assert OutboxMessage.objects.filter(name="trading.enquiry_create_notify").count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_messages_at_once_all_stand_and_the_room_knows_the_last(shen, bai):
    room = trading.room(shen, bai)
    results = at_once(lambda i: trading.say(room, shen if i % 2 else bai, f"第 {i} 条"))
    room.refresh_from_db()
    assert Message.objects.filter(negotiation=room).count() == THREADS + 1
    assert room.last_message_at == max(message.sent_at for message in results)
    assert room.messages.order_by("-id").first().sent_at == room.last_message_at


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_room_is_closed_once(shen, bai):
    room = trading.room(shen, bai)
    results = at_once(lambda i: rooms.negotiation_close(negotiation_id=room.pk, actor=bai))
    assert sum(isinstance(result, Negotiation) for result in results) == 1
    assert AuditEntry.objects.filter(verb="trading.negotiation_close").count() == 1
