"""Who may do what in trading. A room asks for its party, never for a permission: has_perm says yes to every superuser.

Read next: queries.py.
"""

from patents.models import Listing
from platform_site.accounts.models import User

from .models import Negotiation, Party


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
