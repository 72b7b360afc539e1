"""Notices of trading, run by the outbox: who wrote and about which listing, never what. Read next: queries.py."""

from celery import shared_task
from django.utils import translation

from patents.models import Listing
from platform_site.accounts.models import User
from platform_site.notices.actions import notice_tell
from platform_site.ui.formats import minute_iso

from . import offer_queries, queries
from . import performance_tasks as performance_tasks  # Celery finds its tasks through this module
from .actions import agreements, offers
from .models import Agreement, Negotiation
from .states import AgreementState, OfferState, Side


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


@shared_task(name="trading.deadlines_run")
def deadlines_run() -> None:
    """The clock's: offers and unsigned agreements whose time is over."""
    offers.offers_expire()
    agreements.agreements_expire()


@shared_task(name="trading.offer_make_notify")
def offer_make_notify(offer_id: int) -> None:
    """The other side has until then to answer."""
    offer = offer_queries.offer_with_room(offer_id)
    for person in _side(offer.negotiation, but_not=offer.side):
        _notice(person, "offer_made", f"offer-{offer.pk}", offer.negotiation, sender=queries.shown_name(offer.made_by),
                version=offer.number, until=minute_iso(offer.valid_until))  # fmt: skip


@shared_task(name="trading.offer_decide_notify")
def offer_decide_notify(offer_id: int) -> None:
    """Whoever waits for the outcome: the side that offered, or both where nobody answered in time."""
    offer = offer_queries.offer_with_room(offer_id)
    told = {
        OfferState.DECLINED: ("offer_declined", _side(offer.negotiation, side=offer.side)),
        OfferState.WITHDRAWN: ("offer_withdrawn", _side(offer.negotiation, but_not=offer.side)),
        OfferState.EXPIRED: ("offer_expired", _side(offer.negotiation)),
    }
    kind, people = told[OfferState(offer.state)]
    if offer.made_impossible_by_id:
        kind, people = "offer_impossible", _side(offer.negotiation)
    for person in people:
        _notice(person, kind, f"offer-{offer.pk}-decided", offer.negotiation, version=offer.number)


@shared_task(name="trading.offer_accept_notify")
def offer_accept_notify(agreement_id: int) -> None:
    """Both sides: there is a contract to sign."""
    _tell_of_agreement(agreement_id, "offer_accepted", "accepted")


@shared_task(name="trading.agreement_sign_notify")
def agreement_sign_notify(agreement_id: int, side: str) -> None:
    """After the first signature the other side, after the second both."""
    agreement = offer_queries.agreement_with_room(agreement_id)
    if agreement.signatures.count() < len(Side) and agreement.state == AgreementState.DRAFTED:
        _tell_of_agreement(agreement_id, "agreement_countersign", f"signed-{side}", but_not=side)
    elif agreement.signed_at is not None:
        _tell_of_agreement(agreement_id, "agreement_signed", "signed")


@shared_task(name="trading.agreement_expire_notify")
def agreement_expire_notify(agreement_id: int) -> None:
    _tell_of_agreement(agreement_id, "agreement_expired", "expired")


def _tell_of_agreement(agreement_id: int, kind: str, word: str, but_not: str = "") -> None:
    agreement: Agreement = offer_queries.agreement_with_room(agreement_id)
    path = f"/trading/agreements/{agreement.pk}/"
    for person in _side(agreement.negotiation, but_not=but_not):
        _notice(person, kind, f"agreement-{agreement.pk}-{word}", agreement.negotiation, path=path,
                agreement=agreement.number, until=minute_iso(agreement.sign_by))  # fmt: skip


def _side(room: Negotiation, *, side: str = "", but_not: str = "") -> list[User]:
    """Who is in the room now, on one side or on both."""
    return offer_queries.people_of(room, side=side, but_not=but_not)


def _notice(person: User, kind: str, key: str, room: Negotiation, path: str = "", **data: object) -> None:
    with translation.override(person.language):
        notice_tell(
            recipients=[person], kind=kind, key=key, path=path or f"/trading/negotiations/{room.pk}/",
            number=room.listing.number, title=_title(room.listing), **data,
        )  # fmt: skip


def _tell(room: Negotiation, *, kind: str, key: str, sender: User) -> None:
    """To whoever is in the room at this moment: a party that has left since the message gets nothing."""
    for person in queries.others_in(room.pk, sender.pk):
        _notice(person, kind, key, room, sender=queries.shown_name(sender))


def _title(listing: Listing) -> str:
    return listing.public_version.title if listing.public_version else listing.number
