"""Who may do what in trading. A room asks for its party, never for a permission: has_perm says yes to every superuser.

Read next: queries.py.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from patents.models import Listing
from platform_site.accounts.models import User
from platform_site.accounts.rules import is_verified
from platform_site.regions.queries import may_in_province

from .models import Agreement, Negotiation, Offer, OpenDeclaration, Party


def is_party(user: User, negotiation: Negotiation | None) -> bool:
    """In the room now: a row in Party that has not ended, of an account that is in use; nobody is in no room."""
    return (
        user.is_active
        and negotiation is not None
        and Party.objects.filter(negotiation=negotiation, user=user, left_at=None).exists()
    )


def enquiry_create(user: User, listing: Listing) -> bool:
    """Any member, with or without the real-name mark; never the owner of what is asked about."""
    return user.is_active and listing.owner_id != user.pk


def message_send(user: User, negotiation: Negotiation) -> bool:
    return is_party(user, negotiation)


def negotiation_read(user: User, negotiation: Negotiation) -> bool:
    return is_party(user, negotiation)


def negotiation_close(user: User, negotiation: Negotiation) -> bool:
    return is_party(user, negotiation)


def negotiation_reopen(user: User, negotiation: Negotiation) -> bool:
    return is_party(user, negotiation)


def offer_make(user: User, negotiation: Negotiation) -> bool:
    """Either side of the room; that they are verified is a state of theirs, told with what they can do about it."""
    return is_party(user, negotiation)


def offer_accept(user: User, offer: Offer) -> bool:
    """Whoever is on the other side of the table than the offer."""
    return user.is_active and _on_side(user, offer.negotiation_id, but_not=offer.side)


def offer_decline(user: User, offer: Offer) -> bool:
    return offer_accept(user, offer)


def offer_withdraw(user: User, offer: Offer) -> bool:
    """Whoever is on the offer's own side."""
    return user.is_active and _on_side(user, offer.negotiation_id, side=offer.side)


def agreement_sign(user: User, agreement: Agreement) -> bool:
    return is_party(user, agreement.negotiation)


agreement_sign.reason = _("只有双方能签署合同；按开放许可取得的，取得时已签署。")  # type: ignore[attr-defined]


# ---- open licences


def open_declare(user: User, listing: Listing) -> bool:
    """The owner alone, whose title an office has seen when it published the listing."""
    return user.is_active and listing.owner_id == user.pk


open_declare.reason = _("只有这条技术的权利人账号可以提出开放许可声明。")  # type: ignore[attr-defined]


def open_withdraw(user: User, declaration: OpenDeclaration) -> bool:
    """Whoever made the declaration."""
    return user.is_active and declaration.made_by_id == user.pk


open_withdraw.reason = _("只有提出声明的权利人可以撤回它。")  # type: ignore[attr-defined]


def open_office(user: Any, declaration: OpenDeclaration) -> bool:
    """An officer who keeps the ledger of its province, and never of their own declaration."""
    return declaration.made_by_id != user.pk and may_in_province(user, "right_record", declaration.province_id)


open_office.reason = _("只有办理这件专利台账的省知识产权局可以登记声明的公告或退回声明。")  # type: ignore[attr-defined]
open_declaration_announce = open_declaration_return = open_office


def open_take(user: User, declaration: OpenDeclaration) -> bool:
    """Any member with the real-name mark, but nobody their own."""
    return user.is_active and declaration.made_by_id != user.pk and is_verified(user)


open_take.reason = _(
    "开放许可由经实名核验的会员取得，权利人不能取得自己的声明。请在“账户”中向省知识产权局申请实名核验。"
)  # type: ignore[attr-defined]


def open_lapse(user: User, declaration: OpenDeclaration) -> bool:
    """What the end of a patent brings about is written by the portal's own clock alone."""
    return bool(user.is_system)


def _on_side(user: User, negotiation_id: int, *, side: str = "", but_not: str = "") -> bool:
    mine = Party.objects.filter(negotiation=negotiation_id, user=user, left_at=None).values_list("side", flat=True)
    return any((not side or one == side) and one != but_not for one in mine)
