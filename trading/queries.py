"""Gates, locking getters and reads of rooms. Lock order: Listing, then Negotiation, then Mediation. Read next: actions/."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.models import Count, DateTimeField, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from patents.checks import offered_now
from patents.models import Listing
from patents.queries import patents_of
from patents.states import PUBLIC, ListingState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict
from platform_site.regions import workdays

from . import undertaking
from .models import Message, MessageFile, Negotiation, Party, Undertaking
from .querysets import NegotiationQuerySet
from .states import NegotiationState, Side

MESSAGES_SHOWN = 50
ANSWER_WORKING_DAYS = 2  # a courtesy between the parties, not a period of law
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


# ---- enquiries


def listing_for_enquiry(user: User, number: str) -> Listing:
    """A listing that is or once was public, or the reader's own; 404 for every other number.

    One that has left the market is found, so that whoever followed an old link gets a sentence (require_on_market).
    """
    known = Q(state__in=PUBLIC) | Q(published_at__isnull=False) | Q(owner=user)
    listing = Listing.objects.filter(known, number=number).select_related("owner", "public_version").first()
    if listing is None:
        raise Http404
    return listing


def lock_listing(pk: int) -> Listing:
    return Listing.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


def require_on_market(listing: Listing) -> None:
    """Raise Conflict unless the listing is published now."""
    if listing.state != ListingState.PUBLISHED:
        raise Conflict(_("这项技术现在不在架，不能询盘。"), _("您可以检索同类技术，或在恢复展示后再询盘。"))


def forms_offered(listing: Listing) -> list[str]:
    """The forms of transfer that the public text offers today, in its order."""
    if listing.public_version is None:
        return []
    rows = offered_now(listing.public_version.offered_forms.all(), patents_of(listing.pk))
    return [row.form for row in rows]


def room_of(buyer: User, listing: Listing) -> Negotiation | None:
    """The room that this buyer already has about this listing, if they are still in it."""
    return Negotiation.objects.visible_to(buyer).filter(listing=listing, buyer=buyer).first()


# ---- rooms


def lock_negotiation(pk: int) -> Negotiation:
    return Negotiation.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


def lock_party(negotiation: Negotiation, user: User) -> Party:
    return Party.objects.select_for_update(of=("self",), no_key=True).get(
        negotiation=negotiation, user=user, left_at=None
    )


def negotiations_visible_to(user: User) -> NegotiationQuerySet:
    """Rooms of `user`, latest first, each with my_side, my_read_at, last_author_id and unread."""
    said = Message.objects.filter(negotiation=OuterRef("pk"))
    since = Coalesce(OuterRef("my_read_at"), Value(NEVER), output_field=DateTimeField())
    unread = (
        said.exclude(author=user).filter(sent_at__gt=since).order_by().values("negotiation").annotate(n=Count("pk"))
    )
    return (
        Negotiation.objects.visible_to(user)
        .annotate(
            last_author_id=Subquery(said.order_by("-id").values("author_id")[:1]),
            unread=Coalesce(Subquery(unread.values("n"), output_field=IntegerField()), 0),
        )
        .select_related("listing__public_version", "enquiry")
        .prefetch_related(Prefetch("parties", Party.objects.select_related("user").order_by("id")))
    )


def negotiation_for(user: User, pk: int) -> Negotiation:
    """One room of the reader's own, with `undertaken_at`; 404 for everybody else's, as if it did not exist."""
    given = Undertaking.objects.filter(negotiation=OuterRef("pk"), user=user, version=undertaking.VERSION)
    rooms = negotiations_visible_to(user).annotate(undertaken_at=Subquery(given.values("accepted_at")[:1]))
    negotiation = rooms.filter(pk=pk).first()
    if negotiation is None:
        raise Http404
    return negotiation


def message_file_for(user: User, negotiation_pk: int, pk: int) -> MessageFile:
    """An attachment of a room that the reader is in; else 404."""
    rooms = Negotiation.objects.visible_to(user).filter(pk=negotiation_pk).values("pk")
    files = MessageFile.objects.filter(pk=pk, message__negotiation__in=rooms)
    found = files.select_related("file", "message").first()
    if found is None:
        raise Http404
    return found


def shown_name(user: User) -> str:
    """How a party is called before the other: never by the e-mail address, which is a login."""
    return user.display_name or _("未署名会员")


def others_in(negotiation_id: int, person_id: int) -> list[User]:
    """Everybody in the room now but one person: whom a message of theirs is told to."""
    present = Party.objects.filter(negotiation=negotiation_id, left_at=None).exclude(user=person_id)
    return [party.user for party in present.select_related("user").order_by("id")]


def open_rooms_about(patent_id: int) -> QuerySet[Negotiation]:
    """Open rooms of every listing that bundles the patent, each with its parties."""
    rooms = Negotiation.objects.filter(listing__listing_patents__patent=patent_id, state=NegotiationState.OPEN)
    return (
        rooms.select_related("listing")
        .prefetch_related(Prefetch("parties", Party.objects.select_related("user").order_by("id")))
        .order_by("id")
    )


def open_rooms_of(listing_id: int) -> QuerySet[Negotiation]:
    """Open rooms about one listing, each with its parties."""
    rooms = Negotiation.objects.filter(listing=listing_id, state=NegotiationState.OPEN)
    parties = Prefetch("parties", Party.objects.select_related("user").order_by("id"))
    return rooms.select_related("listing__public_version").prefetch_related(parties).order_by("id")


# ---- whose turn it is


@dataclass(frozen=True)
class Turn:
    """Which side has to answer, since when, and how many working days of the courtesy target are left."""

    side: Side
    is_mine: bool
    since: datetime
    waited: int
    left: int


def turn_of(negotiation: Negotiation, overrides: Mapping[date, bool]) -> Turn | None:
    """None in a closed room. Wants a row of negotiations_visible_to; counts mainland working days since the last message."""
    if negotiation.state == NegotiationState.CLOSED:
        return None
    spoke = next(
        (party.side for party in negotiation.parties.all() if party.user_id == negotiation.last_author_id), None
    )
    side = Side.BUYER if spoke == Side.OWNER else Side.OWNER
    since = negotiation.last_message_at
    waited = workdays.working_days_between(timezone.localdate(since), clock.today(), overrides)
    return Turn(side, side == negotiation.my_side, since, waited, ANSWER_WORKING_DAYS - waited)


def counterparts(negotiation: Negotiation) -> list[Party]:
    """Who is on the other side now, from the rows that negotiations_visible_to has fetched."""
    others = (party for party in negotiation.parties.all() if party.side != negotiation.my_side)
    return [party for party in others if party.left_at is None]


def closing_of(negotiation: Negotiation) -> AuditEntry | None:
    """Who closed the room and when, from the record of acts."""
    acts = AuditEntry.objects.filter(
        target_type=negotiation._meta.label_lower, target_id=str(negotiation.pk), verb="trading.negotiation_close"
    )
    return acts.select_related("actor").order_by("-id").first()


# ---- messages


@dataclass(frozen=True)
class Said:
    """One message as a reader sees it."""

    message: Message
    side: Side | None
    is_mine: bool
    is_new: bool


@dataclass(frozen=True)
class Conversation:
    """Up to fifty messages, oldest first. `older` is the id before which there are more, `newest` the last one shown."""

    said: list[Said]
    older: int | None
    newest: int
    is_latest: bool


def conversation(negotiation: Negotiation, user: User, before: int | None = None) -> Conversation:
    """The newest messages of the room, or those before the message `before`; 404 where there are none."""
    rows = _messages_before(negotiation, before)
    found = list(rows[: MESSAGES_SHOWN + 1])
    if before is not None and not found:
        raise Http404
    shown = found[:MESSAGES_SHOWN][::-1]
    sides = {party.user_id: Side(party.side) for party in negotiation.parties.all()}
    read_to = negotiation.my_read_at or NEVER
    said = [
        Said(
            row, sides.get(row.author_id), row.author_id == user.pk, row.author_id != user.pk and row.sent_at > read_to
        )
        for row in shown
    ]
    older = shown[0].pk if len(found) > MESSAGES_SHOWN else None
    return Conversation(said, older, shown[-1].pk if shown else 0, before is None)


def _messages_before(negotiation: Negotiation, before: int | None) -> QuerySet[Message]:
    rows = Message.objects.filter(negotiation=negotiation).order_by("-id")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return rows.select_related("author").prefetch_related(
        Prefetch("files", MessageFile.objects.select_related("file").order_by("id"))
    )


def message_with_room(pk: int) -> Message:
    return Message.objects.select_related("author", "negotiation__listing__public_version").get(pk=pk)


def negotiation_with_listing(pk: int) -> Negotiation:
    return Negotiation.objects.select_related("buyer", "listing__public_version").get(pk=pk)


def read_moment(negotiation: Negotiation, message_id: int | None) -> datetime | None:
    """Up to when a reader has read who saw `message_id` last; now if none is named, None if it is not of this room."""
    if message_id is None:
        return clock.now()
    return Message.objects.filter(negotiation=negotiation, pk=message_id).values_list("sent_at", flat=True).first()
