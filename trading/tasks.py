"""Notices of trading, run by the outbox: who wrote and about which listing, never what. Read next: queries.py."""

from celery import shared_task
from django.utils import translation

from patents.models import Listing
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import is_demonstration, system_user
from platform_site.notices.actions import notice_tell
from platform_site.regions.queries import overrides
from platform_site.ui.formats import minute_iso

from . import (
    contract_papers,
    contract_queries,
    mediation_queries,
    need_tasks,
    offer_queries,
    open_tasks,
    performance_tasks,
    queries,
    recordal_queries,
    room_queries,
)
from .actions import agreements, offers, papers
from .models import Agreement, Mediation, MediationNote, Negotiation
from .states import AgreementState, MediationState, OfferState, Side

__all__ = ["need_tasks", "open_tasks", "performance_tasks"]  # importing it registers its tasks


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


def _tell_of_agreement(agreement_id: int, kind: str, word: str, but_not: str = "", **data: object) -> None:
    agreement: Agreement = offer_queries.agreement_with_room(agreement_id)
    path = f"/trading/agreements/{agreement.pk}/"
    for person in offer_queries.people_under(agreement, but_not=but_not):
        _notice(person, kind, f"agreement-{agreement.pk}-{word}", agreement, path=path,
                agreement=agreement.number, until=minute_iso(agreement.sign_by), **data)  # fmt: skip


def _side(room: Negotiation, *, side: str = "", but_not: str = "") -> list[User]:
    """Who is in the room now, on one side or on both."""
    return offer_queries.people_of(room, side=side, but_not=but_not)


def _notice(person: User, kind: str, key: str, about: Negotiation | Agreement, path: str = "", **data: object) -> None:
    with translation.override(person.language):
        notice_tell(
            recipients=[person], kind=kind, key=key, path=path or f"/trading/negotiations/{about.pk}/",
            number=about.listing.number, title=_title(about.listing), **data,
        )  # fmt: skip


# ---- who is in the room


@shared_task(name="trading.party_add_notify")
def party_add_notify(party_id: int, sender_id: int) -> None:
    """Tell whoever was brought in, unless they have left again."""
    party = room_queries.party_with_room(party_id)
    if party.left_at is not None:
        return
    room, person = party.negotiation, party.user
    sender = next((one for one in queries.others_in(room.pk, person.pk) if one.pk == sender_id), None)
    with translation.override(person.language):
        name = queries.shown_name(sender) if sender else queries.shown_name(person)
        about = {"number": room.listing.number, "title": _title(room.listing)}
        path, key = _path(room), f"party-{party.pk}"
        notice_tell(recipients=[person], kind="room_party_added", key=key, path=path, sender=name, **about)


# ---- the courtesy clock


@shared_task(name="trading.answers_overdue")
def answers_overdue() -> None:
    """The clock's: the side that has not answered within the courtesy target is told, once for each message that waits."""
    for room, turn, message_id in room_queries.overdue(overrides()):
        for person in room_queries.side_people(room, turn.side):
            with translation.override(person.language):
                notice_tell(
                    recipients=[person],
                    kind="room_answer_overdue",
                    key=f"room-overdue-{message_id}",
                    path=_path(room),
                    number=room.listing.number,
                    title=_title(room.listing),
                    days=queries.ANSWER_WORKING_DAYS,
                )


# ---- mediation: that something was asked, released or written, never what


@shared_task(name="trading.mediation_ask_notify")
def mediation_ask_notify(mediation_id: int) -> None:
    """The other side, and the officers of the province; not once it has been withdrawn."""
    mediation = mediation_queries.mediation_told(mediation_id)
    if mediation.state == MediationState.WITHDRAWN:
        return
    _tell_parties(mediation, "mediation_asked", f"mediation-{mediation.pk}", sender=mediation.asked_by)
    _tell_office(mediation, "mediation_waiting", f"mediation-office-{mediation.pk}")


@shared_task(name="trading.mediation_release_notify")
def mediation_release_notify(mediation_id: int, sender_id: int, released: int) -> None:
    """Everybody else in the room, and the office."""
    mediation = mediation_queries.mediation_told(mediation_id)
    count = mediation_queries.released_count(mediation)
    sender = mediation_queries.person(sender_id)
    _tell_parties(mediation, "mediation_released", f"mediation-{mediation.pk}-released-{count}", sender=sender)
    if mediation.state in (MediationState.ASKED, MediationState.ACCEPTED):
        _tell_office(mediation, "mediation_released_office", f"mediation-office-{mediation.pk}-released-{count}")


@shared_task(name="trading.mediation_withdraw_notify")
def mediation_withdraw_notify(mediation_id: int, sender_id: int) -> None:
    """The other side; the office finds it gone from its queue."""
    mediation = mediation_queries.mediation_told(mediation_id)
    sender = mediation_queries.person(sender_id)
    _tell_parties(mediation, "mediation_withdrawn", f"mediation-{mediation.pk}-withdrawn", sender=sender)


@shared_task(name="trading.mediation_accept_notify")
def mediation_accept_notify(mediation_id: int) -> None:
    """Both sides."""
    mediation = mediation_queries.mediation_told(mediation_id)
    _tell_parties(mediation, "mediation_accepted", f"mediation-{mediation.pk}-accepted")


@shared_task(name="trading.mediation_answer_notify")
def mediation_answer_notify(note_id: int) -> None:
    """Both sides."""
    note = MediationNote.objects.only("mediation_id").get(pk=note_id)
    mediation = mediation_queries.mediation_told(note.mediation_id)
    _tell_parties(mediation, "mediation_answered", f"mediation-note-{note.pk}")


@shared_task(name="trading.mediation_end_notify")
def mediation_end_notify(mediation_id: int) -> None:
    """Both sides: it was closed, or not taken on."""
    mediation = mediation_queries.mediation_told(mediation_id)
    kind = "mediation_declined" if mediation.state == MediationState.DECLINED else "mediation_closed"
    _tell_parties(mediation, kind, f"mediation-{mediation.pk}-ended")


def _tell_parties(mediation: Mediation, kind: str, key: str, sender: User | None = None) -> None:
    room = mediation.negotiation
    for person in queries.others_in(room.pk, sender.pk if sender else 0):
        with translation.override(person.language):
            notice_tell(
                recipients=[person],
                kind=kind,
                key=key,
                path=f"{_path(room)}mediation/",
                sender=queries.shown_name(sender) if sender else "",
                office=mediation.province.office,
                number=room.listing.number,
                title=_title(room.listing),
            )


def _tell_office(mediation: Mediation, kind: str, key: str) -> None:
    """The number of the listing and its public title: nothing of the room."""
    listing = mediation.negotiation.listing
    for person in mediation_queries.officers_for(mediation):
        with translation.override(person.language):
            path, about = f"/trading/mediations/{mediation.pk}/", {"number": listing.number, "title": _title(listing)}
            notice_tell(recipients=[person], kind=kind, key=key, path=path, **about)


# ---- parts of the above


def _tell(room: Negotiation, *, kind: str, key: str, sender: User) -> None:
    """To whoever is in the room at this moment: a party that has left since the message gets nothing."""
    for person in queries.others_in(room.pk, sender.pk):
        _notice(person, kind, key, room, sender=queries.shown_name(sender))
        with translation.override(person.language):
            notice_tell(
                recipients=[person],
                kind=kind,
                key=key,
                path=_path(room),
                sender=queries.shown_name(sender),
                number=room.listing.number,
                title=_title(room.listing),
            )


def _title(listing: Listing) -> str:
    return listing.public_version.title if listing.public_version else listing.number


# ---- papers and recordal


@shared_task(name="trading.agreement_paper_make")
def agreement_paper_make(agreement_id: int) -> None:
    """Typeset the contract as it stands, and once it is signed the form; making it twice keeps one. A taking has the form alone."""
    agreement = contract_queries.agreement_whole(agreement_id)
    signatures = list(agreement.signatures.all())
    shown = {"demonstration": is_demonstration()}
    contract = form = None
    if agreement.offer is not None:
        text = contract_queries.text_of(agreement)
        made = max([agreement.made_at, *(signature.signed_at for signature in signatures)])
        pdf = contract_papers.contract_pdf(text, code=agreement.code, made=made, signatures=signatures, **shown)
        contract = papers.Drawn(text, pdf)
    if agreement.signed_at is not None:
        form = contract_papers.recordal_form_pdf(
            number=agreement.number, digest=agreement.digest, form=agreement.form,
            blocks=contract_queries.form_blocks(agreement), made=agreement.signed_at, **shown,
        )  # fmt: skip
    papers.agreement_paper_keep(
        agreement_id=agreement_id, actor=system_user(), contract=contract, signatures=len(signatures), form=form
    )  # fmt: skip


@shared_task(name="trading.agreement_file_notify")
def agreement_file_notify(agreement_id: int, moment: str) -> None:
    """The office has something to examine; the other side learns that it was handed in."""
    agreement = offer_queries.agreement_with_room(agreement_id)
    key = f"agreement-{agreement.pk}-filed-{moment}"
    for officer in recordal_queries.officers_for(agreement):
        _office_notice(officer, "agreement_to_examine", key, agreement)
    _tell_of_agreement(agreement_id, "agreement_filed", f"filed-{moment}")


@shared_task(name="trading.agreement_examine_notify")
def agreement_examine_notify(agreement_id: int) -> None:
    _tell_of_agreement(agreement_id, "agreement_examined", "examined")


@shared_task(name="trading.agreement_correction_notify")
def agreement_correction_notify(agreement_id: int, moment: str) -> None:
    _tell_of_agreement(agreement_id, "agreement_correction", f"correction-{moment}")


@shared_task(name="trading.agreement_record_notify")
def agreement_record_notify(agreement_id: int) -> None:
    _tell_of_agreement(agreement_id, "agreement_recorded", "recorded")


@shared_task(name="trading.recordals_remind")
def recordals_remind() -> None:
    """Both parties, thirty and seven days before the three months are over; each once, however often this runs."""
    today = clock.today()
    for agreement in recordal_queries.unfiled():
        reminder = recordal_queries.reminder_due(agreement, today)
        if reminder is not None:
            days, due = reminder
            _tell_of_agreement(agreement.pk, "recordal_due", f"recordal-{days}", due=due.isoformat())


def _office_notice(officer: User, kind: str, key: str, agreement: Agreement) -> None:
    """To an officer: the number alone, for nobody's terms stand in a notice."""
    with translation.override(officer.language):
        path = f"/trading/agreements/{agreement.pk}/"
        notice_tell(recipients=[officer], kind=kind, key=key, path=path, agreement=agreement.number)


def _path(room: Negotiation) -> str:
    """The address of a room without its language prefix."""
    return f"/trading/negotiations/{room.pk}/"
