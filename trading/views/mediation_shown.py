"""Mediations in the words of their pages; pure, on what mediation_queries.py has fetched. Read next: mediations.py."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from platform_site.ui.formats import minute_iso
from trading.models import Mediation, Message, Negotiation, Party
from trading.queries import shown_name
from trading.states import MEDIATION_OPEN, MediationState, Side

from .shown import file_row

TONES = {MediationState.ASKED: "ochre", MediationState.ACCEPTED: "jade"}
EXCERPT = 60  # characters


def choices(messages: Iterable[Message]) -> list[tuple[int, str]]:
    """Messages to release, each by its minute, author and first words, with what would go with it."""
    return [(message.pk, _choice(message)) for message in messages]


def _choice(message: Message) -> str:
    body = Truncator(" ".join(message.body.split())).chars(EXCERPT)
    said = f"{minute_iso(message.sent_at)} {shown_name(message.author)}：{body}"
    open_files = sum(not row.is_confidential for row in message.files.all())
    if not open_files:
        return said
    more = ngettext("（含 %(count)d 个附件）", "（含 %(count)d 个附件）", open_files) % {"count": open_files}
    return said + more


def for_party(mediation: Mediation, room: Negotiation) -> dict[str, Any]:
    """One mediation as both parties read it."""
    parties = list(room.parties.all())
    asked_side = next((party.side for party in parties if party.user_id == mediation.asked_by_id), "")
    is_open = mediation.state in MEDIATION_OPEN
    return {
        "row": mediation,
        "tone": TONES.get(MediationState(mediation.state), ""),
        "facts": _facts(mediation),
        "released": _released(mediation, parties, "trading:message_file", room.pk, room.my_side),
        "notes": _notes(mediation),
        "is_open": is_open,
        "can_withdraw": is_open and asked_side == room.my_side,
    }


def for_office(mediation: Mediation, parties: Sequence[Party]) -> dict[str, Any]:
    """One mediation as the office reads it: released messages alone, and these only while it is open."""
    listing = mediation.negotiation.listing
    is_open = mediation.state in MEDIATION_OPEN
    present = [party for party in parties if party.left_at is None]
    people = [(Side(party.side).label, shown_name(party.user)) for party in present]
    opened = (_("询盘时间"), minute_iso(mediation.negotiation.opened_at))
    address = "trading:mediation_file"
    return {
        "mediation": mediation,
        "listing": listing,
        "tone": TONES.get(MediationState(mediation.state), ""),
        "facts": [*people, opened, *_facts(mediation)],
        "released": _released(mediation, parties, address, mediation.pk) if is_open else [],
        "notes": _notes(mediation),
        "is_open": is_open,
        "is_asked": mediation.state == MediationState.ASKED,
    }


def _facts(mediation: Mediation) -> list[tuple[str, str]]:
    rows = [
        (_("请求人"), shown_name(mediation.asked_by)),
        (_("受理机关"), mediation.province.office),
        (_("请求时间"), minute_iso(mediation.asked_at)),
    ]
    if mediation.accepted_at:
        rows.append((_("受理时间"), minute_iso(mediation.accepted_at)))
    if mediation.ended_at:
        rows.append((_("结束时间"), minute_iso(mediation.ended_at)))
    return rows


def _released(
    mediation: Mediation, parties: Sequence[Party], address: str, pk: int, my_side: str = ""
) -> list[dict[str, Any]]:
    """As the room writes messages; confidential attachments are not among what is released."""
    sides = {party.user_id: Side(party.side) for party in parties}
    rows = []
    for release in mediation.releases.all():
        message = release.message
        side = sides.get(message.author_id)
        files = [row for row in message.files.all() if not row.is_confidential]
        rows.append(
            {
                "row": message,
                "name": shown_name(message.author),
                "side": side.label if side else "",
                "is_mine": bool(my_side) and side == my_side,
                "files": [file_row(row, reverse(address, args=[pk, row.pk])) for row in files],
            }
        )
    return rows


def _notes(mediation: Mediation) -> list[dict[str, Any]]:
    office = mediation.province.office
    return [
        {"row": note, "name": shown_name(note.author), "side": office, "files": []} for note in mediation.notes.all()
    ]


def segments(path: str, segment: str) -> list[tuple[str, str, bool]]:
    return [
        (pgettext("mediation", "待办"), path, segment == "open"),
        (pgettext("mediation", "已结束"), f"{path}?show=ended", segment == "ended"),
    ]


def queue_row(mediation: Mediation) -> dict[str, Any]:
    """One mediation of the office's list, as the component `item` takes it: nothing of what was said."""
    listing = mediation.negotiation.listing
    title = listing.public_version.title if listing.public_version else listing.number
    meta = [
        listing.number,
        _("%(name)s 请求") % {"name": shown_name(mediation.asked_by)},
        minute_iso(mediation.asked_at),
    ]
    if mediation.officer and mediation.state == MediationState.ACCEPTED:
        meta.append(_("%(name)s 受理") % {"name": shown_name(mediation.officer)})
    tone = TONES.get(MediationState(mediation.state), "")
    return {
        "title": title,
        "href": mediation.get_absolute_url(),
        "tags": [(str(mediation.get_state_display()), tone)],
        "meta": meta,
    }
