"""Reads over mediations: the parties', and the office's, which ends where a party has released nothing. Read next: actions/mediation.py."""

from collections.abc import Iterable, Sequence

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from platform_site.accounts.models import User
from platform_site.accounts.queries import officers_of
from platform_site.errors import NotAllowed
from platform_site.regions.models import Province
from platform_site.regions.queries import provinces_where

from .models import Mediation, MediationNote, MediationRelease, Message, MessageFile, Negotiation, Party
from .states import MEDIATION_OPEN, MediationState

CHOICES_SHOWN = 100  # messages offered for release: the newest of one's own side
MOST_RELEASED = 200  # of one mediation
SEGMENTS = {
    "open": MEDIATION_OPEN,
    "ended": (MediationState.CLOSED, MediationState.DECLINED),
}


def lock_mediation(pk: int) -> Mediation:
    rows = Mediation.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("negotiation__listing", "asked_by").get(pk=pk)


def room_id_of(pk: int) -> int:
    return Mediation.objects.values_list("negotiation_id", flat=True).get(pk=pk)


def open_mediation(negotiation_id: int) -> Mediation | None:
    return Mediation.objects.filter(negotiation=negotiation_id, state__in=MEDIATION_OPEN).first()


# ---- the parties


def _whole(rows: QuerySet[Mediation]) -> QuerySet[Mediation]:
    """With notes, and every released message with its author and attachments: a fixed number of queries."""
    files = Prefetch("message__files", MessageFile.objects.select_related("file").order_by("id"))
    releases = MediationRelease.objects.select_related("message__author", "released_by").prefetch_related(files)
    notes = MediationNote.objects.select_related("author").order_by("id")
    return rows.select_related("province", "asked_by", "officer").prefetch_related(
        Prefetch("releases", releases.order_by("message_id")), Prefetch("notes", notes)
    )


def mediations_of(negotiation: Negotiation) -> QuerySet[Mediation]:
    """Every mediation of a room, latest first, as both parties see it."""
    return _whole(Mediation.objects.filter(negotiation=negotiation)).order_by("-id")


def mediation_of_party(user: User, pk: int) -> Mediation:
    """A mediation of a room that the reader is in; else 404."""
    rooms = Negotiation.objects.visible_to(user).values("pk")
    found = Mediation.objects.filter(pk=pk, negotiation__in=rooms).first()
    if found is None:
        raise Http404
    return found


def latest(negotiation: Negotiation) -> Mediation | None:
    return Mediation.objects.filter(negotiation=negotiation).select_related("province").order_by("-id").first()


def releasable(negotiation: Negotiation, side: str, mediation: Mediation | None = None) -> list[Message]:
    """The newest messages that a side wrote and has not released in this mediation, oldest first."""
    people = Party.objects.filter(negotiation=negotiation, side=side).values("user")
    rows = Message.objects.filter(negotiation=negotiation, author__in=people)
    if mediation is not None:
        rows = rows.exclude(pk__in=MediationRelease.objects.filter(mediation=mediation).values("message"))
    rows = rows.select_related("author").prefetch_related(
        Prefetch("files", MessageFile.objects.select_related("file").order_by("id"))
    )
    return list(rows.order_by("-id")[:CHOICES_SHOWN])[::-1]


def written_for(negotiation: Negotiation, side: str, message_ids: Iterable[int]) -> list[int]:
    """Those of the messages that are of this room and of this side, in order."""
    people = Party.objects.filter(negotiation=negotiation, side=side).values("user")
    rows = Message.objects.filter(negotiation=negotiation, author__in=people, pk__in=list(message_ids))
    return list(rows.order_by("id").values_list("id", flat=True))


def released_ids(mediation: Mediation) -> set[int]:
    return set(MediationRelease.objects.filter(mediation=mediation).values_list("message_id", flat=True))


# ---- the office


def handling_provinces(officer: User) -> list[Province]:
    """Where the reader may mediate; NotAllowed for whoever mediates nowhere."""
    found = provinces_where(officer, "mediation_handle")
    if not found:
        raise NotAllowed(_("只有各省知识产权局的调解人员可以查看调解。"))
    return found


def mediations_for(officer: User) -> QuerySet[Mediation]:
    """What was asked of the officer's provinces and not withdrawn; without rooms that the officer is or was in."""
    return _mediations_in([province.code for province in provinces_where(officer, "mediation_handle")], officer)


def _mediations_in(codes: Sequence[str], officer: User) -> QuerySet[Mediation]:
    own = Party.objects.filter(user=officer).values("negotiation")
    rows = Mediation.objects.filter(province__in=codes).exclude(state=MediationState.WITHDRAWN)
    return rows.exclude(negotiation__in=own)


def queue(officer: User, segment: str) -> QuerySet[Mediation]:
    """One tab of the queue: open ones, longest waiting first; ended ones, latest first."""
    rows = mediations_for(officer).filter(state__in=SEGMENTS[segment])
    rows = rows.select_related("negotiation__listing__public_version", "asked_by", "officer")
    return rows.order_by("asked_at", "id") if segment == "open" else rows.order_by("-ended_at", "-id")


def mediation_for(officer: User, pk: int) -> Mediation:
    """One mediation of the officer's queue; 404 for any other, and from the moment at which it is withdrawn."""
    found = (
        _whole(mediations_for(officer).filter(pk=pk))
        .select_related(
            "negotiation__listing__public_version", "negotiation__enquiry", "province", "asked_by", "officer"
        )
        .first()
    )
    if found is None:
        raise Http404
    return found


def parties_of(mediation: Mediation) -> list[Party]:
    """Everybody who is or was in the room, by side."""
    rows = Party.objects.filter(negotiation=mediation.negotiation_id)
    return list(rows.select_related("user").order_by("side", "id"))


def released_file_for(officer: User, mediation_pk: int, pk: int) -> MessageFile:
    """An attachment, not confidential, of a message that was released in an open mediation of the officer's; else 404."""
    asked = mediations_for(officer).filter(pk=mediation_pk, state__in=MEDIATION_OPEN)
    released = MediationRelease.objects.filter(mediation__in=asked.values("pk"))
    files = MessageFile.objects.filter(pk=pk, is_confidential=False, message__in=released.values("message"))
    found = files.select_related("file").first()
    if found is None:
        raise Http404
    return found


def officers_for(mediation: Mediation) -> list[User]:
    """Who is told that an office is asked: its officers, without those who are or were in the room."""
    involved = set(Party.objects.filter(negotiation=mediation.negotiation_id).values_list("user_id", flat=True))
    return [person for person in officers_of(mediation.province, "mediation_handle") if person.pk not in involved]


def mediation_told(pk: int) -> Mediation:
    return Mediation.objects.select_related(
        "asked_by", "officer", "province", "negotiation__listing__public_version"
    ).get(pk=pk)


def waiting_for(officer: User, codes: Sequence[str], most: int) -> list[Mediation]:
    """For the desk, in these provinces of the officer's: asked or accepted, longest waiting first, but those that a colleague has accepted."""
    rows = _mediations_in(codes, officer).filter(
        Q(state=MediationState.ASKED) | Q(state=MediationState.ACCEPTED, officer=officer)
    )
    rows = rows.select_related("negotiation__listing__public_version", "asked_by")
    return list(rows.order_by("asked_at", "id")[:most])


def released_count(mediation: Mediation) -> int:
    return MediationRelease.objects.filter(mediation=mediation).count()


def person(pk: int) -> User:
    return User.objects.get(pk=pk)
