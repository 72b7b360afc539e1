"""Offers and agreements for tests, through the portal's own actions. Read next: trading.py."""

from datetime import timedelta
from decimal import Decimal

from platform_site import clock
from tests.factories import trading
from trading.actions import agreements, offers
from trading.terms import Terms


def terms(room, **changes):
    """An ordinary licence for three years in Hunan, paid at once."""
    today = clock.today()
    plain = {
        "form": "ordinary",
        "patents": tuple(
            row.patent.application_number for row in room.listing.listing_patents.select_related("patent")
        ),
        "start": today,
        "end": today + timedelta(days=3 * 365),
        "provinces": ("430000",),
        "consideration": "lump_sum",
        "amount_cny": Decimal("360000.00"),
        "confidentiality_years": 5,
    }
    return Terms(**{**plain, **changes})


def made(room, actor, *, days=10, note="", answers=None, **changes):
    """Terms on the table by one of the two."""
    return offers.offer_make(
        negotiation_id=room.pk, actor=actor, terms=terms(room, **changes), days=days, note=note, answers=answers
    )


def accepted(offer, actor):
    return agreements.offer_accept(offer_id=offer.pk, actor=actor, digest=offer.digest)


def drafted(owner, buyer, *, listing=None, **changes):
    """The agreement of an offer by the buyer that the owner has accepted."""
    room = trading.room(owner, buyer, listing=listing)
    return accepted(made(room, buyer, **changes), owner)


def signed(owner, buyer, *, listing=None, **changes):
    """The same with both signatures."""
    agreement = drafted(owner, buyer, listing=listing, **changes)
    sign(agreement, buyer)
    return sign(agreement, owner)


def sign(agreement, actor):
    return agreements.agreement_sign(agreement_id=agreement.pk, actor=actor, digest=agreement.digest)
