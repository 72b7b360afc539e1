"""What rooms do when something below them changes; idempotent. Read next: platform_site/events.py."""

from django.utils import translation

from patents.states import ListingState
from patents.status_queries import event_told
from platform_site.accounts.queries import system_user
from platform_site.events import ListingClosed, PatentStatusChanged, receives
from platform_site.notices.actions import notice_tell

from . import open_queries, queries
from .actions import ending, opens


@receives(PatentStatusChanged)
def rooms_learn_status(fact: PatentStatusChanged) -> None:
    """Both parties of every open room about the patent are told, each once, in their own language."""
    event = event_told(fact.event_id)
    for room in queries.open_rooms_about(fact.patent_id):
        for party in room.parties.all():
            if party.left_at is not None:
                continue
            with translation.override(party.user.language):
                notice_tell(
                    recipients=[party.user],
                    kind="room_status_changed",
                    key=f"room-{room.pk}-status-{event.pk}",
                    path=f"/trading/negotiations/{room.pk}/",
                    number=room.listing.number,
                    patent=event.patent.shown_number,
                    event=str(event.get_kind_display()),
                    status=str(event.patent.get_legal_status_display()),
                )


@receives(PatentStatusChanged)
def declarations_lapse(fact: PatentStatusChanged) -> None:
    """An open-licence declaration ends with the right that it is of; what was taken before stays as it is."""
    for pk in open_queries.alive_declarations(fact.patent_id):
        opens.open_lapse(declaration_id=pk, actor=system_user())


@receives(PatentStatusChanged)
def licences_follow(fact: PatentStatusChanged) -> None:
    """A licence ends with its patent, and both parties are told; one that can be restored keeps its licences meanwhile."""
    ending.licences_die(patent_id=fact.patent_id)


@receives(ListingClosed)
def rooms_learn_conclusion(fact: ListingClosed) -> None:
    """Buyers in open rooms about a listing that was concluded are told once; its owner has a notice of their own."""
    for room in queries.open_rooms_of(fact.listing_id):
        listing = room.listing
        if listing.state != ListingState.CONCLUDED:
            return
        for party in room.parties.all():
            if party.left_at is not None or party.user_id == listing.owner_id:
                continue
            with translation.override(party.user.language):
                notice_tell(
                    recipients=[party.user],
                    kind="room_listing_concluded",
                    key=f"room-{room.pk}-concluded",
                    path=f"/trading/negotiations/{room.pk}/",
                    number=listing.number,
                    title=listing.public_version.title if listing.public_version else listing.number,
                )
