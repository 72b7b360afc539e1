"""Who may do what in trading. A room asks for its party, never for a permission: has_perm says yes to every superuser.

Read next: queries.py.
"""

from django.utils.translation import gettext_lazy as _

from patents.models import Listing
from platform_site.accounts.models import User
from platform_site.regions.queries import may_in_province

from .models import Agreement, Negotiation, Offer, Party


def is_party(user: User, negotiation: Negotiation) -> bool:
    """In the room now: a row in Party that has not ended, of an account that is in use."""
    return user.is_active and Party.objects.filter(negotiation=negotiation, user=user, left_at=None).exists()


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


def _on_side(user: User, negotiation_id: int, *, side: str = "", but_not: str = "") -> bool:
    mine = Party.objects.filter(negotiation=negotiation_id, user=user, left_at=None).values_list("side", flat=True)
    return any((not side or one == side) and one != but_not for one in mine)


def agreement_paper_keep(user: User, agreement: Agreement) -> bool:
    """The portal's own worker makes the papers."""
    return bool(user.is_system)


def agreement_file(user: User, agreement: Agreement) -> bool:
    """Either side hands the contract in."""
    return is_party(user, agreement.negotiation)


agreement_file.reason = _("只有合同的一方可以提交备案或登记。")  # type: ignore[attr-defined]


def agreement_examine(user: User, agreement: Agreement) -> bool:
    """An officer of the province of the agreement who is no party of it."""
    own = user.pk in (agreement.owner_id, agreement.buyer_id) or is_party(user, agreement.negotiation)
    return not own and may_in_province(user, "agreement_examine", agreement.province_id)


agreement_examine.reason = _("只有合同所在省知识产权局中与合同无利害关系的审核员可以办理。")  # type: ignore[attr-defined]


def agreement_correction_request(user: User, agreement: Agreement) -> bool:
    return agreement_examine(user, agreement)


agreement_correction_request.reason = agreement_examine.reason  # type: ignore[attr-defined]


def agreement_record(user: User, agreement: Agreement) -> bool:
    return agreement_examine(user, agreement)


agreement_record.reason = agreement_examine.reason  # type: ignore[attr-defined]
