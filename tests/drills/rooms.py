"""What the drill does inside the portal that it kills: rooms and offers before, a count of all rows after.

Run by `manage.py shell` with the VAR of that portal; answers with one line of JSON. Read next: test_kill.py.
"""

import json
import sys

from patents.models import Grant
from platform_site.accounts.models import User
from platform_site.audit.models import AuditEntry
from platform_site.notices.models import Notice
from platform_site.outbox.models import OutboxMessage, WriteKey
from tests.factories import accounts, offers, trading
from trading.models import Agreement, AgreementRight, Message, Negotiation, Offer

OWNER, BUYER = "owner.drill@example.org", "buyer.drill@example.org"


def prepare(offers_made):
    """Two verified members, a listing of the one on the market, the room that the other opened about it, and other buyers' offers.

    All of them about one licence of one patent, which the law lets stand together.
    """
    owner = accounts.member(OWNER, name="沈工", province="420000", verified=True)
    buyer = accounts.member(BUYER, name="白经理", province="430000", verified=True)
    room = trading.room(owner, buyer)
    made = [_offer(owner, room.listing, number) for number in range(offers_made)]
    _tell({"room": room.pk, "opening": room.messages.get().pk, "offers": made})


def _offer(owner, listing, number):
    """An offer of a buyer who never signs in, so that no password is to be reckoned."""
    buyer = User.objects.create(
        email=f"buyer{number}.drill@example.org", display_name=f"买方{number}", office_id="430000"
    )
    accounts.verify(buyer)
    return offers.made(trading.room(owner, buyer, listing=listing), buyer).pk


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


def report_deals():
    """Every offer with all that its acceptance writes, and what of that stands by itself."""
    rows = Offer.objects.prefetch_related("agreement__rights__grant").order_by("pk")
    _tell(
        {
            "deals": [_deal(offer) for offer in rows],
            "agreements": Agreement.objects.count(),
            "rights_of_nothing": Grant.objects.filter(agreement_right=None).count(),
        }
    )


def _deal(offer):
    agreements = list(Agreement.objects.filter(offer=offer))
    rights = AgreementRight.objects.filter(agreement__in=agreements)
    audited = AuditEntry.objects.filter(verb="trading.offer_accept", target_id=str(offer.pk))
    told = [Notice.objects.filter(kind="offer_accepted", key=f"agreement-{one.pk}-accepted") for one in agreements]
    return {
        "offer": offer.pk, "state": offer.state, "agreements": [one.pk for one in agreements],
        "rights": list(rights.values_list("grant__state", flat=True)), "audited": audited.count(),
        "told": sum(notices.count() for notices in told),
    }  # fmt: skip


def _tell(facts):
    sys.stdout.write("\n" + json.dumps(facts) + "\n")
