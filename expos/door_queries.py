"""Reads over registrations, doors and leads, and the getters that lock. Read next: actions/passages.py.

At a door every statement reads a bounded number of rows, however many people are inside.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from patents.models import Listing
from patents.states import ListingState
from platform_site import clock
from platform_site.accounts.models import User
from trading.models import Negotiation
from trading.rules import is_party

from . import door_rules as rules
from .models import DoorKeeper, Exhibit, Expo, Hall, Lead, Passage, Registration, ScanBatch
from .states import Direction, ExhibitState, LeadState, RegistrationState, VisitorKind

VENUE = 0  # the place of the entrances; a hall's place is its key
ENTRANCE = "entrance"  # how the address names it
SIGNS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})  # what is read as another sign (Crockford)
NOBODY = 0  # no key of a user: whoever is not signed in is not everybody who has no account
_LOCK_CLASS = 7_040_008


# ---- registrations


def lock_registration(pk: int) -> Registration:
    locking = Registration.objects.select_for_update(of=("self",), no_key=True)
    return locking.select_related("expo__host").get(pk=pk)


def clean_code(text: str) -> str:
    """A code as it was typed or scanned: capitals, without spaces and hyphens, signs that look alike made one."""
    plain = "".join(sign for sign in text.upper() if sign.isalnum() and sign.isascii())
    return plain.translate(SIGNS)


def printed_code(code: str) -> str:
    """ABCDE FGHJK."""
    return f"{code[:5]} {code[5:]}"


def registration_for(user: User, expo: Expo, code: str) -> Registration:
    """For the person, whoever registered them, and the host; 404 for everybody else."""
    row = (
        Registration.objects.select_related("expo__host", "expo__venue", "user", "made_by", "from_province")
        .filter(expo=expo, code=code)
        .first()
    )
    if row is None or not rules.registration_see(user, row):
        raise Http404
    return row


def registrations_made_by(user: User, expo: Expo) -> QuerySet[Registration]:
    """One's own and those of colleagues."""
    mine = Q(user=user) | Q(made_by=user)
    return Registration.objects.filter(mine, expo=expo).select_related("expo").order_by("-made_at", "-id")


def registrations_of(expo: Expo, *, q: str = "", kind: str = "", show: str = "") -> QuerySet[Registration]:
    """The host's list. `show`: waiting, inside (the venue), cancelled; `q` is part of a name or unit, or a code."""
    rows = Registration.objects.filter(expo=expo).select_related("from_province")
    if q:
        rows = rows.filter(Q(name__icontains=q) | Q(unit__icontains=q) | Q(code=clean_code(q)))
    if kind:
        rows = rows.filter(kind=kind)
    if show == "waiting":
        rows = rows.filter(state=RegistrationState.REGISTERED, confirmed_at=None)
    elif show == "cancelled":
        rows = rows.filter(state=RegistrationState.CANCELLED)
    elif show == "inside":
        last = Passage.objects.filter(registration=OuterRef("pk"), place=VENUE).order_by("-nth").values("direction")[:1]
        rows = rows.annotate(last=Subquery(last)).filter(last=Direction.IN)
    return rows.order_by("-made_at", "-id")


def registration_counts(expo: Expo) -> dict[str, int]:
    """In force, by kind, and how many of them wait for the host (`waiting`) and in all (`all`)."""
    rows = Registration.objects.filter(expo=expo, state=RegistrationState.REGISTERED).order_by()
    found = {row["kind"]: row["n"] for row in rows.values("kind").annotate(n=Count("pk"))}
    waiting = rows.filter(confirmed_at=None).count()
    return {**{kind: found.get(kind, 0) for kind in VisitorKind.values}, "waiting": waiting, "all": sum(found.values())}


def exhibits_here(user: User, expo: Expo) -> bool:
    """Has an accepted exhibit in this edition."""
    return Exhibit.objects.filter(expo=expo, exhibitor=user, state=ExhibitState.ACCEPTED).exists()


def known_people(expo: Expo, actor: User) -> set[tuple[str, str]]:
    """(name, unit) of those whom the actor has registered and not cancelled."""
    rows = Registration.objects.filter(expo=expo, made_by=actor, state=RegistrationState.REGISTERED)
    return set(rows.values_list("name", "unit"))


# ---- doors


def place_of(expo: Expo, name: str) -> Hall | None:
    """The hall that an address names; None for the entrance; 404 for what does not exist."""
    if name == ENTRANCE:
        return None
    hall = Hall.objects.filter(expo=expo, code=name).first()
    if hall is None:
        raise Http404
    return hall


def lock_places(expo_id: int, places: Iterable[int]) -> None:
    """Hold the entrance and halls, in ascending order, until the transaction ends."""
    for place in sorted(set(places)):
        if place == VENUE:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK_CLASS, expo_id])
        else:
            Hall.objects.select_for_update(no_key=True).get(pk=place)


def badge(expo_id: int, code: str) -> Registration | None:
    return Registration.objects.filter(expo=expo_id, code=clean_code(code)).first()


def last_passages(registration_id: int) -> dict[int, Passage]:
    """The last passage of a person at each place."""
    rows = Passage.objects.filter(registration=registration_id).order_by("place", "-nth").distinct("place")
    return {row.place: row for row in rows}


def passage_by_client(client: uuid.UUID) -> Passage | None:
    return Passage.objects.select_related("registration").filter(client=client).first()


def passage_for(expo: Expo, pk: int) -> Passage:
    """One passage of the edition; 404 for any other."""
    row = Passage.objects.select_related("registration", "hall", "expo").filter(expo=expo, pk=pk).first()
    if row is None:
        raise Http404
    return row


def inside(expo: Expo, place: int) -> int:
    """How many are in the place now."""
    last = Passage.objects.filter(expo=expo, place=place).order_by("-place_nth").values_list("inside", flat=True)
    return last.first() or 0


def halls_with_people(expo: Expo) -> list[Hall]:
    """The halls with `.inside`, how many are in each now."""
    last = Passage.objects.filter(expo=OuterRef("expo"), place=OuterRef("pk")).order_by("-place_nth")
    return list(Hall.objects.filter(expo=expo).annotate(inside=Coalesce(Subquery(last.values("inside")[:1]), 0)))


def footfall(expo: Expo) -> dict[str, int]:
    """`visits`: entries at the entrance that were not undone; `persons`: the people who made them."""
    rows = Passage.objects.filter(
        expo=expo, place=VENUE, direction=Direction.IN, undoes=None, undone_by=None
    )  # fmt: skip
    return rows.aggregate(visits=Count("pk"), persons=Count("registration", distinct=True))


def visit_facts(user: User, expo: Expo) -> dict[str, Any]:
    """For the first page: `own` code of the reader's badge, `helps` at the doors today, `inside` the venue: one query."""
    mine = Registration.objects.filter(expo=OuterRef("pk"), user=user.pk or NOBODY, state=RegistrationState.REGISTERED)
    last = Passage.objects.filter(expo=OuterRef("pk"), place=VENUE).order_by("-place_nth")
    rows = Expo.objects.filter(pk=expo.pk).annotate(
        own=Subquery(mine.values("code")[:1]), helps=Exists(rules.keeping_today(user.pk, OuterRef("pk"))),
        inside=Coalesce(Subquery(last.values("inside")[:1]), 0),
    )  # fmt: skip
    return dict(rows.values("own", "helps", "inside").get())


def keepers_of(expo: Expo) -> QuerySet[DoorKeeper]:
    return DoorKeeper.objects.filter(expo=expo, ended_at=None).select_related("user").order_by("starts_on", "id")


def keeper_for(expo: Expo, pk: int) -> DoorKeeper:
    row = keepers_of(expo).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def lock_keeper(pk: int) -> DoorKeeper:
    return DoorKeeper.objects.select_for_update(of=("self",), no_key=True).select_related("expo").get(pk=pk)


def batch_for(user: User, expo: Expo, pk: int) -> ScanBatch:
    """For whoever sent it and for the host."""
    row = ScanBatch.objects.select_related("hall", "by", "expo").filter(expo=expo, pk=pk).first()
    if row is None or not (row.by_id == user.pk or rules.rules.expo_run(user, expo)):
        raise Http404
    return row


def may_scan_at(moment: datetime) -> datetime:
    """When a scan of a device is taken to have been: never in the future."""
    return min(moment, clock.now())


# ---- leads


def exhibited_by(user: User, expo: Expo) -> list[Listing]:
    """What the user may scan badges for: accepted exhibits of theirs; for a confirmed exhibitor their listings on the market."""
    if not user.is_authenticated:
        return []
    rows = Listing.objects.filter(owner=user, state=ListingState.PUBLISHED).select_related("public_version")
    shown = rows.filter(exhibits__expo=expo, exhibits__exhibitor=user, exhibits__state=ExhibitState.ACCEPTED)
    found = list(shown.order_by("id").distinct())
    if found:
        return found
    comes = Registration.objects.filter(
        expo=expo, user=user, kind=VisitorKind.EXHIBITOR, state=RegistrationState.REGISTERED, confirmed_at__isnull=False
    )  # fmt: skip
    return list(rows.order_by("id")) if comes.exists() else []


def leads_of(user: User, expo: Expo) -> QuerySet[Lead]:
    """What an exhibitor has scanned."""
    rows = Lead.objects.filter(expo=expo, exhibitor=user)
    return rows.select_related("expo", "registration", "listing__public_version", "negotiation")


def leads_asked(user: User, expo: Expo | None = None) -> QuerySet[Lead]:
    """What waits for the answer of a visitor, at one edition or at any."""
    rows = Lead.objects.filter(registration__user=user, state=LeadState.ASKED)
    rows = rows if expo is None else rows.filter(expo=expo)
    return rows.select_related("expo", "registration", "listing__public_version", "exhibitor")


def lead_for(user: User, expo: Expo, pk: int) -> Lead:
    """For the exhibitor and the visitor alone."""
    found: dict[str, Any] = {"expo": expo, "pk": pk}
    row = (
        Lead.objects.select_related("expo", "registration", "listing__public_version", "exhibitor", "negotiation")
        .filter(**found)
        .first()
    )
    if row is None or not (rules.lead_own(user, row) or rules.lead_answer(user, row)):
        raise Http404
    return row


def lock_lead(pk: int) -> Lead:
    locking = Lead.objects.select_for_update(of=("self",), no_key=True)
    return locking.select_related("expo", "registration", "listing", "exhibitor").get(pk=pk)


def room_of(buyer: User, listing_id: int) -> Negotiation | None:
    """The room that a buyer has about a listing and has not left."""
    room = Negotiation.objects.filter(listing=listing_id, buyer=buyer).first()
    return room if room is not None and is_party(buyer, room) else None
