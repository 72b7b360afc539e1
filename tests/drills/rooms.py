"""What the drill does inside the portal that it kills: a room of two members before, a count of all rows after.

Run by `manage.py shell` with the VAR of that portal; answers with one line of JSON. Read next: test_kill.py.
"""

import json
import sys

from platform_site.audit.models import AuditEntry
from platform_site.notices.models import Notice
from platform_site.outbox.models import OutboxMessage, WriteKey
from tests.factories import accounts, trading
from trading.models import Message, Negotiation

OWNER, BUYER = "owner.drill@example.org", "buyer.drill@example.org"


def prepare():
    """Two verified members, a listing of the one on the market, and the room that the other opened about it."""
    owner = accounts.member(OWNER, name="沈工", province="420000", verified=True)
    buyer = accounts.member(BUYER, name="白经理", province="430000", verified=True)
    room = trading.room(owner, buyer)
    _tell({"room": room.pk, "opening": room.messages.get().pk})


def report(room_pk):
    """Every message of the room with whom it was told to, and the rows that must stand beside the messages."""
    parties = set(Negotiation.objects.get(pk=room_pk).parties.values_list("user__email", flat=True))
    told = {}
    for key, email in Notice.objects.filter(kind="message_received").values_list("key", "recipient__email"):
        told.setdefault(key, []).append(email)
    rows = Message.objects.filter(negotiation=room_pk).order_by("pk").values_list("pk", "body", "author__email")
    messages = [
        {"pk": pk, "body": body, "told": told.pop(f"message-{pk}", []), "owed": list(parties - {author})}
        for pk, body, author in rows
    ]
    _tell(
        {
            "messages": messages,
            "told_of_nothing": list(told),
            "audited": AuditEntry.objects.filter(verb="trading.message_send").count(),
            "keys": WriteKey.objects.filter(path__endswith="/send/").count(),
            "keys_without_answer": WriteKey.objects.filter(location="").count(),
            "outbox_dead": OutboxMessage.objects.exclude(dead_at=None).count(),
            "outbox_waiting": OutboxMessage.objects.filter(done_at=None, dead_at=None).count(),
        }
    )


def _tell(facts):
    sys.stdout.write("\n" + json.dumps(facts) + "\n")
