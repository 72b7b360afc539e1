"""Changes of state in trading: an enquiry opens a room, the parties write in it, close it and open it again.

What is said in a room stands in Message alone: never in an audit row, a notice or a mail. Read next: ../tasks.py.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from patents.models import Listing
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.files import store
from platform_site.files.models import StoredFile
from platform_site.outbox.queue import after_commit
from platform_site.regions.facts import CODES
from platform_site.states import move
from trading import offer_queries, queries, rules
from trading.models import Enquiry, Message, MessageFile, Negotiation, Party
from trading.states import NEGOTIATION_MOVES, NegotiationState, Side


class RoomExists(Conflict):
    """The buyer already has a room about this listing; `negotiation` is that room."""

    def __init__(self, negotiation: Negotiation) -> None:
        super().__init__(_("您已就这项技术询盘，请在原洽谈室继续。"))
        self.negotiation = negotiation


@transaction.atomic
def enquiry_create(
    *,
    listing_id: int,
    actor: User,
    body: str,
    forms: Sequence[str],
    provinces: Sequence[str] = (),
    intended_use: str = "",
    uploads: Sequence[UploadedFile] = (),
) -> Negotiation:
    """Open the room of this buyer and this listing; `body` is its first message.

    Units: forms are values of patents.states.Form, provinces codes of GB/T 2260.
    Raises: NotAllowed (own listing), RoomExists, Conflict (not on the market, or the form is not offered),
        ValidationError (an attachment is not acceptable). Then nothing is written.
    Source: design.md 3.3.
    """
    files = _files_store(uploads, actor)
    listing = queries.lock_listing(listing_id)  # lock
    require(rules.enquiry_create, actor, listing, _("这是您自己的技术，不能询盘。"))  # may
    _require_new_room(actor, listing)
    queries.require_on_market(listing)
    _require_offered(listing, forms, provinces)
    moment = clock.now()  # write
    negotiation = Negotiation.objects.create(listing=listing, buyer=actor, opened_at=moment, last_message_at=moment)
    Party.objects.create(negotiation=negotiation, user=actor, side=Side.BUYER, joined_at=moment, read_at=moment)
    Party.objects.create(negotiation=negotiation, user_id=listing.owner_id, side=Side.OWNER, joined_at=moment)
    asked = {"forms": list(forms), "provinces": list(provinces), "intended_use": intended_use}
    Enquiry.objects.create(negotiation=negotiation, created_at=moment, **asked)
    message = _message_write(negotiation, actor, body, files, moment)
    about: dict[str, Any] = {"listing": listing.number, "message": message.pk, "files": len(files)}
    record(actor=actor, verb="trading.enquiry_create", target=negotiation, **about)  # record
    after_commit("trading.enquiry_create_notify", negotiation_id=negotiation.pk)  # tell
    return negotiation


@transaction.atomic
def message_send(
    *,
    negotiation_id: int,
    actor: User,
    body: str,
    uploads: Sequence[UploadedFile] = (),
    confidential: bool = False,
    read_to: int | None = None,
) -> Message:
    """Say something in an open room. Whoever answers has read: up to the message `read_to`, or all if none is named.

    `confidential` is about every attachment of the message: see disclosure.py. Raises: NotAllowed (not a party),
    Conflict (the room is closed), ValidationError (an attachment is not acceptable, or cannot be shown with a mark).
    """
    files = _files_store(uploads, actor, confidential)
    negotiation = queries.lock_negotiation(negotiation_id)  # lock
    require(rules.message_send, actor, negotiation)  # may
    if negotiation.state == NegotiationState.CLOSED:
        raise Conflict(_("洽谈已结束，不能再留言。"), _("任何一方都可以重新开启洽谈，然后继续留言。"))
    _read_up_to(negotiation, actor, read_to)
    moment = clock.now()
    message = _message_write(negotiation, actor, body, files, moment, confidential)  # write
    negotiation.last_message_at = moment
    negotiation.save(update_fields=["last_message_at"])
    about: dict[str, Any] = {"listing": negotiation.listing.number, "message": message.pk, "files": len(files)}
    record(actor=actor, verb="trading.message_send", target=negotiation, **about)  # record
    after_commit("trading.message_send_notify", message_id=message.pk)  # tell
    return message


@transaction.atomic
def negotiation_read(*, negotiation_id: int, actor: User, read_to: int | None = None) -> Party:
    """Mark the room read for the actor, up to the message `read_to`, or all if none is named; a mark never goes back.

    Raises: NotAllowed (not a party).
    """
    negotiation = queries.lock_negotiation(negotiation_id)  # lock
    require(rules.negotiation_read, actor, negotiation)  # may
    party = _read_up_to(negotiation, actor, read_to)  # write
    number = negotiation.listing.number
    record(actor=actor, verb="trading.negotiation_read", target=negotiation, listing=number)  # record
    return party


@transaction.atomic
def negotiation_close(*, negotiation_id: int, actor: User) -> Negotiation:
    """End the talks; the room stays readable for its parties, and either of them can open it again.

    Raises: NotAllowed (not a party), Conflict (an offer waits for an answer), MoveRefused (already closed).
    """
    negotiation = queries.lock_negotiation(negotiation_id)  # lock
    require(rules.negotiation_close, actor, negotiation)  # may
    if offer_queries.open_offer_of(negotiation) is not None:
        raise Conflict(_("桌面上还有待答复的报价。"), _("请先接受、还价、谢绝或撤回它，再结束洽谈。"))
    move(negotiation, NegotiationState.CLOSED, NEGOTIATION_MOVES)  # move
    negotiation.save(update_fields=["state"])  # write
    number = negotiation.listing.number
    record(actor=actor, verb="trading.negotiation_close", target=negotiation, listing=number)  # record
    return negotiation


@transaction.atomic
def negotiation_reopen(*, negotiation_id: int, actor: User) -> Negotiation:
    """Take the talks up again.

    Raises: NotAllowed (not a party), MoveRefused (already open).
    """
    negotiation = queries.lock_negotiation(negotiation_id)  # lock
    require(rules.negotiation_reopen, actor, negotiation)  # may
    move(negotiation, NegotiationState.OPEN, NEGOTIATION_MOVES)  # move
    negotiation.save(update_fields=["state"])  # write
    number = negotiation.listing.number
    record(actor=actor, verb="trading.negotiation_reopen", target=negotiation, listing=number)  # record
    return negotiation


# ---- parts of the above; each works in the caller's transaction, on rows that the caller has locked


def _files_store(uploads: Sequence[UploadedFile], owner: User, confidential: bool = False) -> list[StoredFile]:
    """Before any lock: decoding takes seconds, and a refusal later takes these rows back with everything else."""
    for upload in uploads if confidential else ():
        store.require_markable(upload, store.check(upload))
    return [store.store(upload=upload, owner=owner) for upload in uploads]


def _require_new_room(buyer: User, listing: Listing) -> None:
    """One room for each buyer and listing (a unique constraint keeps it too); who has left theirs gets no second one."""
    room = Negotiation.objects.filter(listing=listing, buyer=buyer).first()
    if room is not None and rules.is_party(buyer, room):
        raise RoomExists(room)
    if room is not None:
        raise Conflict(_("您已退出关于这项技术的洽谈室，不能再次询盘。"))


def _require_offered(listing: Listing, forms: Sequence[str], provinces: Sequence[str]) -> None:
    if not set(forms) <= set(queries.forms_offered(listing)):
        raise Conflict(_("这项技术现在不提供您所选的转让或许可方式。"), _("权利人可能刚刚改过，请刷新页面后重新选择。"))
    if not set(provinces) <= set(CODES):
        raise ValueError(f"not provinces of the platform: {sorted(set(provinces) - set(CODES))}")


def _message_write(
    negotiation: Negotiation,
    author: User,
    body: str,
    files: Sequence[StoredFile],
    moment: datetime,
    confidential: bool = False,
) -> Message:
    message = Message.objects.create(negotiation=negotiation, author=author, body=body, sent_at=moment)
    MessageFile.objects.bulk_create(
        [MessageFile(message=message, file=file, is_confidential=confidential) for file in files]
    )
    return message


def _read_up_to(negotiation: Negotiation, user: User, message_id: int | None) -> Party:
    party = queries.lock_party(negotiation, user)
    reached = queries.read_moment(negotiation, message_id)
    if reached and (party.read_at is None or reached > party.read_at):
        party.read_at = reached
        party.save(update_fields=["read_at"])
    return party
