"""Reads over a room's confidential files, its people and its overdue answers. Read next: queries.py, mediation_queries.py."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery, Value
from django.http import Http404

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import organisation_of

from . import undertaking
from .models import FileOpening, Message, MessageFile, Negotiation, Party, Undertaking
from .queries import ANSWER_WORKING_DAYS, Turn, shown_name, turn_of
from .states import NegotiationState, Side

OPENINGS_SHOWN = 5
# Nobody is told of a turn that ran out so long ago: longer than the longest holiday and any outage.
LOOK_BACK = timedelta(days=45)


# ---- confidential files


def message_file(pk: int) -> MessageFile:
    return MessageFile.objects.select_related("file", "message__negotiation__listing").get(pk=pk)


def undertaking_of(user: User, negotiation: Negotiation) -> Undertaking | None:
    """The reader's acceptance of today's wording in this room."""
    given = Undertaking.objects.filter(negotiation=negotiation, user=user, version=undertaking.VERSION)
    return given.first()


def openings(negotiation: Negotiation) -> QuerySet[FileOpening]:
    """Who opened which confidential file of the room, latest first."""
    rows = FileOpening.objects.filter(file__message__negotiation=negotiation)
    return rows.select_related("user", "file__file").order_by("-id")


def confidential_file_in(negotiation: Negotiation, pk: int) -> MessageFile | None:
    """A confidential attachment of this room, or None."""
    rows = MessageFile.objects.filter(pk=pk, message__negotiation=negotiation, is_confidential=True)
    return rows.select_related("file").first()


def reader_marks(user: User) -> tuple[str, str]:
    """Name and organisation of a reader as they stand over a confidential file; the second may be empty."""
    organisation = organisation_of(user)
    return shown_name(user), organisation.name_zh if organisation else ""


# ---- people


def lock_party_row(negotiation: Negotiation, pk: int) -> Party:
    """One person's stay in this room, locked; 404 if it is of another one or has ended."""
    rows = Party.objects.select_for_update(of=("self",), no_key=True)
    found = rows.filter(pk=pk, negotiation=negotiation, left_at=None).select_related("negotiation__listing").first()
    if found is None:
        raise Http404
    return found


def present(negotiation_id: int) -> QuerySet[Party]:
    """Everybody who is in the room now."""
    return Party.objects.filter(negotiation=negotiation_id, left_at=None).select_related("user").order_by("id")


def side_before(user: User, negotiation: Negotiation) -> str:
    """The side on which somebody is or once was in the room; empty if never."""
    rows = Party.objects.filter(negotiation=negotiation, user=user)
    return rows.values_list("side", flat=True).first() or ""


def party_with_room(pk: int) -> Party:
    return Party.objects.select_related("user", "negotiation__listing__public_version").get(pk=pk)


# ---- the courtesy clock


def overdue(overrides: Mapping[date, bool]) -> Iterator[tuple[Negotiation, Turn, int]]:
    """Open rooms in which an answer is overdue, with whose turn it is and the message that waits for it."""
    last = Message.objects.filter(negotiation=OuterRef("pk")).order_by("-id")
    asked = Negotiation.objects.filter(
        state=NegotiationState.OPEN,
        last_message_at__gt=clock.now() - LOOK_BACK,
        last_message_at__lt=clock.now() - timedelta(days=ANSWER_WORKING_DAYS),
    )
    rooms = (
        asked.annotate(  # type: ignore[no-redef] # the same names as in the lists of rooms
            last_id=Subquery(last.values("id")[:1]),
            last_author_id=Subquery(last.values("author_id")[:1]),
            my_side=Value(""),
        )
        .select_related("listing__public_version")
        .prefetch_related(Prefetch("parties", Party.objects.select_related("user").order_by("id")))
        .order_by("id")
    )
    for room in rooms.iterator(chunk_size=200):
        turn = turn_of(room, overrides)
        if turn is not None and turn.left < 0:
            yield room, turn, room.last_id


def side_people(room: Negotiation, side: Side) -> list[User]:
    """Who is in the room on that side now, from the rows fetched with it."""
    return [party.user for party in room.parties.all() if party.side == side and party.left_at is None]
