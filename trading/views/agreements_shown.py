"""Agreements in the words of their pages; pure, on what offer_queries.py has fetched. Read next: agreements.py."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from patents.ledger_words import described
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.ui.formats import minute_iso
from trading import tax, tax_words
from trading.codes import printed
from trading.contract_queries import parties_in
from trading.models import Agreement
from trading.performance_queries import received_in
from trading.queries import shown_name
from trading.states import ENDED, AgreementState, Side
from trading.terms_words import clauses

TONES = {AgreementState.DRAFTED: "ochre", AgreementState.CORRECTION_REQUESTED: "cinn"}


def tag(agreement: Agreement) -> tuple[str, str]:
    state = AgreementState(agreement.state)
    return str(state.label), TONES.get(state, "" if state in ENDED else "jade")


def row(agreement: Agreement, reader: User) -> dict[str, Any]:
    """One agreement of the list, as the component `item` takes it."""
    version = agreement.listing.public_version
    other = agreement.buyer if reader.pk == agreement.owner_id else agreement.owner
    return {
        "title": version.title if version else agreement.listing.number,
        "href": agreement.get_absolute_url(),
        "tags": [tag(agreement)],
        "meta": [agreement.number, _("对方 %(name)s") % {"name": shown_name(other)}, minute_iso(agreement.made_at)],
    }


def state_filter(path: str, state: str) -> list[tuple[str, str, bool]]:
    """All of them, or those in one state of the way to recordal."""
    shown = (AgreementState.DRAFTED, AgreementState.SIGNED, AgreementState.RECORDED)
    return [
        (pgettext("agreement", "全部"), path, state not in shown),
        *((str(one.label), f"{path}?state={one.value}", state == one) for one in shown),
    ]


def page(agreement: Agreement, reader: User) -> dict[str, Any]:
    """Parties, terms, signatures and the rights in the ledger."""
    signed = {signature.side: signature for signature in agreement.signatures.all()}
    side = Side.OWNER if reader.pk == agreement.owner_id else Side.BUYER
    room = agreement.negotiation
    if room is not None:
        side = next((Side(party.side) for party in room.parties.all() if party.user_id == reader.pk), side)
    drafted = agreement.state == AgreementState.DRAFTED
    return {
        "agreement": agreement,
        "listing": agreement.listing,
        "tag": tag(agreement),
        "code": printed(agreement.code),
        "parties": [
            (person_side.label, who.name, _signature(signed.get(person_side), agreement, person_side))
            for person_side, who in zip((Side.OWNER, Side.BUYER), parties_in(agreement), strict=True)
        ],
        "clauses": [(clause.name, clause.words) for clause in clauses(agreement.terms)],
        "rights": [described(right.grant or right.encumbrance) for right in agreement.rights.all()],
        "drafted": drafted,
        "mine_to_sign": drafted and side not in signed,
        "waits_for": Side.BUYER.label if side == Side.OWNER else Side.OWNER.label,
        "is_over": agreement.state in ENDED,
        "tax": _tax(agreement, reader),
    }


def _tax(agreement: Agreement, reader: User) -> dict[str, Any] | None:
    """What it may save or cost in tax: the owner's own matter."""
    if agreement.owner_id != reader.pk:
        return None
    return tax_words.card(tax.meter(agreement, received_in(agreement.owner, clock.today().year)))


def _signature(signature: Any, agreement: Agreement, side: Side) -> str:
    if signature is None and agreement.declaration_id is not None and side == Side.OWNER:
        return _("以公告的开放许可声明作出，不另签署")
    if signature is None:
        return _("未签署")
    return _("%(name)s 于 %(at)s 签署") % {"name": signature.name, "at": minute_iso(signature.signed_at)}
