"""Gates, locks and reads over offers and agreements. Read next: actions/offers.py, actions/agreements.py.

Lock order: Verification, Patent, Listing, Negotiation, Offer, Agreement; ascending key inside a kind. Whoever writes terms
or accepts them holds the patents first, so rivals for one right wait for each other there (decision 0004).
"""

from collections.abc import Collection

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import Http404

from patents.models import Patent
from patents.queries import lock_listing, lock_patents, lock_patents_listing
from platform_site import clock
from platform_site.accounts.models import User

from .models import Agreement, AgreementRight, Negotiation, Offer, OfferPatent, Party, Signature
from .queries import lock_negotiation
from .rules import side_in
from .states import AgreementState, OfferState, Side

_PATENTS = Prefetch("offer_patents", OfferPatent.objects.select_related("patent").order_by("place", "id"))


def side_of(user: User, negotiation: Negotiation) -> Side | None:
    """On which side this person is in the room now; None for everybody else."""
    side = side_in(user, negotiation.pk)
    return Side(side) if side else None


# ---- what waits in the rooms of a person


def deals_of(user: User) -> QuerySet[Negotiation]:
    """Rooms with an offer on the table or an agreement to sign: one query, with `offer_side`, `offer_until`,
    `agreement_pk`, `agreement_number`, `sign_by` and whether the person's side `has_signed`.
    """
    lying = Offer.objects.filter(negotiation=OuterRef("pk"), state=OfferState.OPEN)
    unsigned = Agreement.objects.filter(negotiation=OuterRef("pk"), state=AgreementState.DRAFTED)
    signed = Signature.objects.filter(
        agreement__negotiation=OuterRef("pk"), agreement__state=AgreementState.DRAFTED, side=OuterRef("my_side")
    )
    rooms = Negotiation.objects.visible_to(user).annotate(
        offer_side=Subquery(lying.values("side")[:1]),
        offer_until=Subquery(lying.values("valid_until")[:1]),
        agreement_pk=Subquery(unsigned.values("pk")[:1]),
        agreement_number=Subquery(unsigned.values("number")[:1]),
        sign_by=Subquery(unsigned.values("sign_by")[:1]),
        has_signed=Exists(signed),
    )
    waiting = rooms.filter(Q(offer_until__isnull=False) | Q(sign_by__isnull=False))
    return waiting.select_related("listing__public_version").order_by("offer_until", "sign_by", "id")


# ---- offers


def offers_of(negotiation: Negotiation) -> list[Offer]:
    """Every version in the room, the first one first, with its patents."""
    rows = Offer.objects.filter(negotiation=negotiation).select_related("made_by", "decided_by", "agreement")
    return list(rows.prefetch_related(_PATENTS).order_by("number"))


def offer_for(user: User, pk: int) -> Offer:
    """An offer in a room of the reader's own; 404 for everybody else's, as if it did not exist."""
    rooms = Negotiation.objects.visible_to(user).values("pk")
    rows = Offer.objects.filter(pk=pk, negotiation__in=rooms)
    offer = rows.select_related("made_by", "negotiation__listing__public_version").prefetch_related(_PATENTS).first()
    if offer is None:
        raise Http404
    return offer


def offer_with_room(pk: int) -> Offer:
    return Offer.objects.select_related("made_by", "negotiation__listing__public_version").get(pk=pk)


def agreement_with_room(pk: int) -> Agreement:
    return Agreement.objects.select_related("listing__public_version", "negotiation", "owner", "buyer").get(pk=pk)


def people_of(room: Negotiation, *, side: str = "", but_not: str = "") -> list[User]:
    """Who is in the room now, on one side or on both."""
    present = Party.objects.filter(negotiation=room, left_at=None).exclude(side=but_not)
    if side:
        present = present.filter(side=side)
    return [party.user for party in present.select_related("user").order_by("id")]


def people_under(agreement: Agreement, *, side: str = "", but_not: str = "") -> list[User]:
    """Who stands on the sides of an agreement now: in its room, or giver and taker of an open licence."""
    if agreement.negotiation is not None:
        return people_of(agreement.negotiation, side=side, but_not=but_not)
    sides = ((Side.OWNER, agreement.owner), (Side.BUYER, agreement.buyer))
    return [person for stands, person in sides if stands != but_not and (not side or stands == side)]


def open_offer_of(negotiation: Negotiation) -> Offer | None:
    """What is on the table; at most one (offer_one_open)."""
    return Offer.objects.filter(negotiation=negotiation, state=OfferState.OPEN).prefetch_related(_PATENTS).first()


def last_offer_of(negotiation: Negotiation) -> Offer | None:
    """The latest version, whatever became of it: what new terms are typed from."""
    return Offer.objects.filter(negotiation=negotiation).prefetch_related(_PATENTS).order_by("-number").first()


def lock_room_with_rights(negotiation_id: int) -> Negotiation:
    """The patents of the room's listing, the listing, then the room."""
    listing_id = Negotiation.objects.values_list("listing_id", flat=True).get(pk=negotiation_id)
    lock_patents(list(Patent.objects.filter(listing_patents__listing=listing_id).values_list("pk", flat=True)))
    listing = lock_listing(listing_id)
    room = lock_negotiation(negotiation_id)
    room.listing = listing
    return room


def lock_offer(pk: int) -> Offer:
    return Offer.objects.select_for_update(of=("self",), no_key=True).prefetch_related(_PATENTS).get(pk=pk)


def lock_open_offer(negotiation: Negotiation) -> Offer | None:
    rows = Offer.objects.select_for_update(of=("self",), no_key=True)
    return rows.filter(negotiation=negotiation, state=OfferState.OPEN).first()


def lock_rivals(offer: Offer, patents: Collection[int]) -> list[Offer]:
    """Open offers of other rooms about one of these patents, which the caller has locked."""
    about = OfferPatent.objects.filter(patent__in=patents).values("offer")
    rivals = Offer.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=about, state=OfferState.OPEN)
    rivals = rivals.exclude(negotiation=offer.negotiation_id).prefetch_related(
        _PATENTS, "negotiation__listing__public_version"
    )
    return list(rivals.order_by("pk"))


def offers_overdue(most: int) -> list[int]:
    """Keys of open offers whose time is over by the clock of the database."""
    rows = Offer.objects.filter(state=OfferState.OPEN, valid_until__lte=clock.database_now()).order_by("valid_until")
    return list(rows.values_list("pk", flat=True)[:most])


# ---- agreements


def agreements_visible_to(user: User) -> QuerySet[Agreement]:
    """Agreements out of rooms that the reader is in now, and open licences that they took or gave; latest first."""
    if not user.is_active:
        return Agreement.objects.none()
    keys = Agreement.objects.order_by().values("pk")
    in_rooms = keys.filter(negotiation__in=Negotiation.objects.visible_to(user).values("pk"))
    takings = keys.filter(Q(owner=user.pk) | Q(buyer=user.pk), declaration__isnull=False)
    # A union and no OR: each part is found by its own index.
    found = Agreement.objects.filter(pk__in=in_rooms.union(takings, all=True))
    return found.select_related("listing__public_version", "owner", "buyer")


def my_side(user: User, path: str = "") -> Coalesce:
    """An expression: the side of the agreement at `path` on which the reader stands now; as rules.side_under, in the query."""
    room = Party.objects.filter(negotiation=OuterRef(f"{path}negotiation"), user=user, left_at=None).values("side")[:1]
    sides = [When(**{f"{path}negotiation": None, f"{path}{side.value}": user}, then=Value(side.value)) for side in Side]
    return Coalesce(Subquery(room), Case(*sides))


def agreement_for(user: User, pk: int) -> Agreement:
    """An agreement of the reader's own; 404 for everybody else's, as if it did not exist."""
    rows = (
        agreements_visible_to(user)
        .filter(pk=pk)
        .select_related("negotiation", "province", "paper", "offer", "recordal__proof", "text")
    )
    rows = rows.select_related("declaration__patent")
    signatures = Prefetch("signatures", Signature.objects.select_related("user").order_by("signed_at"))
    patents = Prefetch("offer__offer_patents", OfferPatent.objects.select_related("patent").order_by("place", "id"))
    rights = Prefetch("rights", AgreementRight.objects.select_related("grant", "encumbrance"))
    agreement = rows.prefetch_related(signatures, patents, rights, "negotiation__parties").first()
    if agreement is None:
        raise Http404
    return agreement


def lock_agreement(pk: int) -> Agreement:
    """The patents and the listing that it is about, the room unless it is a taking, then the agreement."""
    room_id, listing_id = Agreement.objects.values_list("negotiation_id", "listing_id").get(pk=pk)
    room = lock_room_with_rights(room_id) if room_id is not None else None
    if room is None:
        lock_patents_listing(listing_id)
    agreement = Agreement.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    agreement.negotiation = room
    return agreement


def rights_of(agreement: Agreement) -> list[AgreementRight]:
    return list(agreement.rights.select_related("grant__patent", "encumbrance__patent").order_by("id"))


def unsigned_of(negotiation: Negotiation) -> Agreement | None:
    """The agreement of the room that waits for signatures; at most one."""
    return Agreement.objects.filter(negotiation=negotiation, state="drafted").first()


def agreements_overdue(most: int) -> list[int]:
    """Keys of agreements not signed in time by the clock of the database."""
    rows = Agreement.objects.filter(state="drafted", sign_by__lte=clock.database_now()).order_by("sign_by")
    return list(rows.values_list("pk", flat=True)[:most])
