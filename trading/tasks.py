"""Notices of trading, run by the outbox: who wrote and about which listing, never what. Read next: queries.py."""

from celery import shared_task
from django.utils import translation

from patents.models import Listing
from platform_site.accounts.models import User
from platform_site.notices.actions import notice_tell

from . import need_tasks, queries
from .models import Negotiation

__all__ = ["enquiry_create_notify", "message_send_notify", "need_tasks"]  # importing it registers its tasks


@shared_task(name="trading.enquiry_create_notify")
def enquiry_create_notify(negotiation_id: int) -> None:
    """Tell the owner that somebody enquires."""
    room = queries.negotiation_with_listing(negotiation_id)
    _tell(room, kind="enquiry_received", key=f"enquiry-{room.pk}", sender=room.buyer)


@shared_task(name="trading.message_send_notify")
def message_send_notify(message_id: int) -> None:
    """Tell the other side that there is a new message."""
    message = queries.message_with_room(message_id)
    _tell(message.negotiation, kind="message_received", key=f"message-{message.pk}", sender=message.author)


def _tell(room: Negotiation, *, kind: str, key: str, sender: User) -> None:
    """To whoever is in the room at this moment: a party that has left since the message gets nothing."""
    for person in queries.others_in(room.pk, sender.pk):
        with translation.override(person.language):
            notice_tell(
                recipients=[person],
                kind=kind,
                key=key,
                path=f"/trading/negotiations/{room.pk}/",
                sender=queries.shown_name(sender),
                number=room.listing.number,
                title=_title(room.listing),
            )


def _title(listing: Listing) -> str:
    return listing.public_version.title if listing.public_version else listing.number
