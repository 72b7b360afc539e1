"""Notices of trading, run by the outbox: who wrote and about which listing, never what. Read next: queries.py."""

from celery import shared_task
from django.utils import translation

from patents.models import Listing
from platform_site.accounts.models import User
from platform_site.accounts.queries import officers_of
from platform_site.notices.actions import notice_tell
from platform_site.ui.formats import minute_iso

from . import offer_queries, open_queries, open_terms, open_words, queries
from .actions import agreements, offers
from .models import Agreement, Negotiation, OpenDeclaration
from .states import AgreementState, DeclarationState, OfferState, Side


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


# ---- open licences: what is declared is public, so the notices may say it


@shared_task(name="trading.open_declare_notify")
def open_declare_notify(declaration_id: int) -> None:
    """The officers of its province: there is a declaration whose announcement is to be entered."""
    declaration = open_queries.declaration_told(declaration_id)
    officers = [one for one in officers_of(declaration.province, "right_record") if one.pk != declaration.made_by_id]
    _tell_of_declaration(declaration, officers, "open_declared", path=f"/trading/open/{declaration.pk}/")


@shared_task(name="trading.open_decide_notify")
def open_decide_notify(declaration_id: int) -> None:
    """The owner: announced, returned, or lapsed with the patent."""
    declaration = open_queries.declaration_told(declaration_id)
    kinds = {
        DeclarationState.IN_FORCE: "open_announced",
        DeclarationState.RETURNED: "open_returned",
        DeclarationState.LAPSED: "open_lapsed",
    }
    kind = kinds.get(DeclarationState(declaration.state))
    if kind is not None:  # withdrawn since
        _tell_of_declaration(declaration, [declaration.made_by], kind, reason=declaration.reason)


@shared_task(name="trading.open_withdraw_notify")
def open_withdraw_notify(declaration_id: int) -> None:
    """Who has taken before: their licence is as it was."""
    declaration = open_queries.declaration_told(declaration_id)
    for agreement in open_queries.takings_of(declaration):
        _tell_of_declaration(
            declaration, [agreement.buyer], "open_withdrawn", path=f"/trading/agreements/{agreement.pk}/",
            agreement=agreement.number,
        )  # fmt: skip


@shared_task(name="trading.open_take_notify")
def open_take_notify(agreement_id: int) -> None:
    """Both: what is to be paid, and until when."""
    agreement = open_queries.taking_told(agreement_id)
    assert agreement.declaration is not None
    for person, kind in ((agreement.owner, "open_taken"), (agreement.buyer, "open_taking")):
        with translation.override(person.language):
            due = open_words.due(agreement.declaration.declared)
        _tell_of_declaration(
            agreement.declaration, [person], kind, path=f"/trading/open/receipts/{agreement.pk}/", due=due,
            agreement=agreement.number, taker=queries.shown_name(agreement.buyer),
            until=open_terms.pay_until(agreement.signed_at).isoformat(),
        )  # fmt: skip


def _tell_of_declaration(
    declaration: OpenDeclaration, people: list[User], kind: str, path: str = "", **data: object
) -> None:
    for person in people:
        with translation.override(person.language):
            notice_tell(
                recipients=[person], kind=kind, key=f"{kind}-{data.get('agreement', declaration.pk)}",
                path=path or f"/trading/open/{declaration.pk}/", patent=declaration.patent.shown_number,
                title=declaration.patent.title, **data,
            )  # fmt: skip


def _tell_of_agreement(agreement_id: int, kind: str, word: str, but_not: str = "") -> None:
    agreement: Agreement = offer_queries.agreement_with_room(agreement_id)
    assert agreement.negotiation is not None  # an open licence is told by open_take_notify
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
