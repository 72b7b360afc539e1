"""Offers in the words of their pages; pure, on what offer_queries.py has fetched. Read next: offers.py."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from patents.states import Form, PatentKind
from platform_site import clock
from platform_site.ui.diff import DiffRow
from platform_site.ui.formats import minute_iso
from trading import comparables_words
from trading.comparables import comparables
from trading.linter import About, findings
from trading.models import Agreement, Negotiation, Offer
from trading.queries import shown_name
from trading.states import OfferState, Side
from trading.terms_words import clauses, moved, price

from .scenarios_shown import patents_end

TONES = {OfferState.OPEN: "ochre", OfferState.ACCEPTED: "jade", OfferState.DECLINED: "cinn", OfferState.EXPIRED: "cinn"}


def first_terms(room: Negotiation) -> dict[str, Any]:
    """What a first offer begins from: what the enquiry asked for."""
    wanted = [form for form in room.enquiry.forms if form != Form.OPEN]
    return {
        "form": wanted[0] if wanted else None,
        "provinces": room.enquiry.provinces,
        "start": clock.today(),
        "consideration": "lump_sum",
    }


def offer_page(offer: Offer, versions: Sequence[Offer], against: Offer | None, side: Side | None) -> dict[str, Any]:
    """One version with all its clauses, and what differs from another."""
    room = offer.negotiation
    return {
        "offer": offer,
        "room": room,
        "listing": room.listing,
        "head": head(offer, side),
        "clauses": [(clause.name, clause.words) for clause in clauses(offer.terms)],
        "against": against,
        "diff": differences(against, offer) if against else [],
        "others": [one for one in versions if one.pk != offer.pk],
        "findings": findings(offer.terms, about(offer)),
        "deals": comparables_words.card(offer.form, comparables(offer.form, _main_class(offer))),
        "is_open": offer.state == OfferState.OPEN,
        "is_mine": side == offer.side,
    }


def about(offer: Offer) -> About:
    """What the linter has to know of the patents; asks for them unless they are prefetched."""
    patents = [row.patent for row in offer.offer_patents.all()]
    has_design = any(patent.kind == PatentKind.DESIGN for patent in patents)
    return About(has_design=has_design, patents_end=patents_end(offer))


def _main_class(offer: Offer) -> str:
    return next((row.patent.main_class for row in offer.offer_patents.all()), "")


def differences(before: Offer, after: Offer) -> list[DiffRow]:
    return [DiffRow(*row) for row in moved(before.terms, after.terms)]


def head(offer: Offer, side: Side | None = None) -> list[tuple[str, str]]:
    """Who offered, when, until when, and what became of it."""
    mine = _("（本方）") if side == offer.side else ""
    rows = [
        (_("报价方"), f"{Side(offer.side).label} {shown_name(offer.made_by)}{mine}"),
        (_("提出时间"), minute_iso(offer.made_at)),
        (_("有效期至"), minute_iso(offer.valid_until)),
        (_("状态"), str(offer.get_state_display())),
    ]
    if offer.made_impossible_by_id:
        rows.append((_("原因"), _("所要的权利已由另一份合同取得或预留。")))
    elif offer.reason:
        rows.append((_("理由"), offer.reason))
    return rows


def versions_of(offers: Sequence[Offer], side: Side | None) -> list[dict[str, Any]]:
    """The versions of a room, the latest first, each with what it changed from the one before."""
    rows = []
    for before, offer in zip([None, *offers], offers, strict=False):
        rows.append(
            {
                "offer": offer,
                "price": price(offer.terms),
                "who": shown_name(offer.made_by),
                "side": Side(offer.side).label,
                "is_mine": offer.side == side,
                "tag": (offer.get_state_display(), TONES.get(OfferState(offer.state), "")),
                "diff": differences(before, offer) if before else [],
                "why": head(offer)[4:],
            }
        )
    return rows[::-1]


def table(offers: Sequence[Offer], side: Side | None, agreement: Agreement | None) -> dict[str, Any]:
    """What is on the table of the room now: the open offer, whose turn, until when; or the contract to sign."""
    lying = next((offer for offer in offers if offer.state == OfferState.OPEN), None)
    return {
        "lying": lying,
        "is_mine": bool(lying and lying.side == side),
        "price": price(lying.terms) if lying else "",
        "form": lying.get_form_display() if lying else "",
        "agreement": agreement,
        "versions": versions_of(offers, side),
    }
