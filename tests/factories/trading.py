"""Rooms for tests, opened through the portal's own actions. Read next: patents.py."""

from patents.states import Form
from tests.factories import patents
from trading.actions import rooms

ASKED = "请问该催化剂在四百度以下能否连续运行一千小时？"


def market(owner, **what):
    """A listing on the market that offers two forms."""
    return patents.published(owner, **{"forms": ["ordinary", "exclusive"], **what})


def room(
    owner,
    buyer,
    *,
    listing=None,
    body=ASKED,
    forms=(Form.ORDINARY.value,),
    provinces=("430000",),
    uploads=(),
    use="车载制氢",
):
    """A negotiation of the two about a listing of the owner."""
    listing = listing or market(owner)
    return rooms.enquiry_create(
        listing_id=listing.pk,
        actor=buyer,
        body=body,
        forms=forms,
        provinces=provinces,
        intended_use=use,
        uploads=uploads,
    )


def say(room, author, body="可以，附上试验报告。", **more):
    return rooms.message_send(negotiation_id=room.pk, actor=author, body=body, **more)
