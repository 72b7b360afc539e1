"""Who may do what in trading. A room asks for its party, never for a permission: has_perm says yes to every superuser.

Read next: queries.py.
"""

from patents.models import Listing
from platform_site.accounts.models import User

from .models import Agreement, Ending, Negotiation, Offer, Party, PaymentMilestone, RoyaltyStatement
from .states import Side


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


def milestone_claim(user: User, milestone: PaymentMilestone) -> bool:
    """The side that owes: the buyer's."""
    return user.is_active and _on_side(user, milestone.agreement.negotiation_id, side=Side.BUYER)


def milestone_confirm(user: User, milestone: PaymentMilestone) -> bool:
    """The side that is owed: the owner's."""
    return user.is_active and _on_side(user, milestone.agreement.negotiation_id, side=Side.OWNER)


def milestone_dispute(user: User, milestone: PaymentMilestone) -> bool:
    return milestone_confirm(user, milestone)


def milestone_waive(user: User, milestone: PaymentMilestone) -> bool:
    return milestone_confirm(user, milestone)


def statement_make(user: User, statement: RoyaltyStatement) -> bool:
    """The licensee states."""
    return user.is_active and _on_side(user, statement.agreement.negotiation_id, side=Side.BUYER)


def statement_accept(user: User, statement: RoyaltyStatement) -> bool:
    """The licensor judges."""
    return user.is_active and _on_side(user, statement.agreement.negotiation_id, side=Side.OWNER)


def statement_question(user: User, statement: RoyaltyStatement) -> bool:
    return statement_accept(user, statement)


def agreement_report(user: User, agreement: Agreement) -> bool:
    """Either side may report what became of the technology; the other sees it."""
    return is_party(user, agreement.negotiation)


def agreement_complete(user: User, agreement: Agreement) -> bool:
    return is_party(user, agreement.negotiation)


def agreement_terminate(user: User, agreement: Agreement) -> bool:
    return is_party(user, agreement.negotiation)


def agreement_breach(user: User, agreement: Agreement) -> bool:
    return is_party(user, agreement.negotiation)


def ending_accept(user: User, ending: Ending) -> bool:
    """Whoever did not propose it."""
    return user.is_active and _on_side(user, ending.agreement.negotiation_id, but_not=ending.side)


def ending_decline(user: User, ending: Ending) -> bool:
    return ending_accept(user, ending)


def ending_withdraw(user: User, ending: Ending) -> bool:
    """The side whose proposal or notice it is."""
    return user.is_active and _on_side(user, ending.agreement.negotiation_id, side=ending.side)


def ending_enforce(user: User, ending: Ending) -> bool:
    """The side that gave the notice."""
    return ending_withdraw(user, ending)


def _on_side(user: User, negotiation_id: int, *, side: str = "", but_not: str = "") -> bool:
    mine = Party.objects.filter(negotiation=negotiation_id, user=user, left_at=None).values_list("side", flat=True)
    return any((not side or one == side) and one != but_not for one in mine)
