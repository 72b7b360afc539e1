"""Reads about minutes: the acts that they are made of, who must sign and who has. Read next: actions/minutes.py."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import Http404

from platform_site import clock
from platform_site.accounts.models import User
from trading.contract import Two, both

from . import ballot_queries, meeting_queries
from .minutes_text import Acts
from .models import (
    AgendaItem,
    Ballot,
    ItemPaper,
    Meeting,
    Minutes,
    MinutesAnnex,
    MinutesSignature,
    Presence,
    Seat,
    Vote,
)
from .queries import seats
from .states import MeetingKind, MeetingState


def seat_name(seat: Seat) -> Two:
    return Two(seat.province.office_zh, seat.province.office_en) if seat.province else both(lambda: str(seat))


def seat_names() -> dict[str, Two]:
    """Seat code -> its name in both languages."""
    return {seat.pk: seat_name(seat) for seat in seats()}


def acts_of(meeting: Meeting) -> Acts:
    """Everything that was done at a meeting, in a bounded number of queries."""
    all_seats = seats()
    papers = Prefetch("papers", ItemPaper.objects.order_by("id"))
    items = list(AgendaItem.objects.filter(meeting=meeting).prefetch_related(papers).order_by("number", "pk"))
    ballots = list(Ballot.objects.filter(item__meeting=meeting).select_related("rule", "resolution").order_by("pk"))
    presences = meeting_queries.attendance(meeting)
    cast: dict[int, list[Vote]] = {ballot.pk: [] for ballot in ballots}
    rows = Vote.objects.filter(ballot__in=cast).select_related("holder", "deputy__user").order_by("seat")
    for vote in rows:
        cast[vote.ballot_id].append(vote)
    moment = meeting.closed_at or clock.database_now()
    return Acts(
        meeting=meeting,
        seats=[seat.pk for seat in all_seats],
        names={seat.pk: seat_name(seat) for seat in all_seats},
        presences=presences,
        items=items,
        ballots={ballot.item_id: ballot for ballot in ballots},
        votes=cast,
        counts={ballot.pk: ballot_queries.count(ballot, cast[ballot.pk], presences, moment) for ballot in ballots},
        resolutions={ballot.pk: ballot.resolution for ballot in ballots if hasattr(ballot, "resolution")},
    )  # fmt: skip


def signers_of(meeting: Meeting) -> set[str]:
    """Codes of the seats that were there, or have voted in writing: they sign. One query."""
    if meeting.kind == MeetingKind.WRITTEN:
        return set(Vote.objects.filter(ballot__item__meeting=meeting).values_list("seat_id", flat=True))
    return set(Presence.objects.filter(meeting=meeting).values_list("seat_id", flat=True))


@dataclass(frozen=True)
class Signed:
    """Who must sign and who has: the minutes are public once nobody lacks."""

    needed: set[str]
    signatures: list[MinutesSignature]

    @property
    def lacking(self) -> set[str]:
        return self.needed - {one.seat_id for one in self.signatures}

    @property
    def is_complete(self) -> bool:
        return not self.lacking


def minutes_of(meeting: Meeting) -> Minutes | None:
    """The latest version."""
    return Minutes.objects.filter(meeting=meeting).select_related("paper", "assembled_by").order_by("-version").first()


def signed_of(minutes: Minutes) -> Signed:
    rows = MinutesSignature.objects.filter(minutes=minutes).select_related("seat__province", "holder", "deputy__user")
    return Signed(signers_of(minutes.meeting), list(rows.order_by("signed_at", "pk")))


def annexes_of(minutes: Minutes) -> list[MinutesAnnex]:
    return list(MinutesAnnex.objects.filter(minutes=minutes).select_related("added_by").order_by("number"))


def minutes_for(user: User, meeting_pk: int) -> tuple[Meeting, Minutes | None, bool]:
    """A meeting that is over, its minutes, and whether the reader belongs to the group.

    Http404 for the public before every seat that was there has signed.
    """
    meeting, inside = meeting_queries.meeting_for(user, meeting_pk)
    if meeting.state != MeetingState.CLOSED:
        raise Http404
    minutes = minutes_of(meeting)
    if minutes is not None:
        minutes.meeting = meeting
    if not inside and (minutes is None or not signed_of(minutes).is_complete):
        raise Http404
    return meeting, minutes, inside


def paper_is_current(minutes: Minutes, signatures: int, annexes: int) -> bool:
    """Whether the stored paper bears every signature and annex that there is."""
    return minutes.paper is not None and (minutes.paper_signatures, minutes.paper_annexes) == (signatures, annexes)


def minutes_whole(pk: int) -> Minutes:
    """For the worker."""
    return Minutes.objects.select_related("meeting", "paper").get(pk=pk)


def lock_minutes(meeting_pk: int) -> Minutes:
    """The latest version behind its meeting, both held; Http404 where none has been assembled."""
    meeting = meeting_queries.lock_meeting(meeting_pk)
    minutes = (
        Minutes.objects.select_for_update(of=("self",), no_key=True)
        .filter(meeting=meeting)
        .order_by("-version")
        .first()
    )
    if minutes is None:
        raise Http404
    minutes.meeting = meeting
    return minutes


def to_sign(seat: str) -> list[Minutes]:
    """Minutes of meetings at which a seat was and that it has not signed yet: one query."""
    later = Minutes.objects.filter(meeting=OuterRef("meeting"), version__gt=OuterRef("version"))
    there = Presence.objects.filter(seat=seat).values("meeting")
    voted = Vote.objects.filter(seat=seat, ballot__item__meeting__kind=MeetingKind.WRITTEN)
    rows = Minutes.objects.exclude(signatures__seat=seat).exclude(Exists(later))
    rows = rows.filter(Q(meeting__in=there) | Q(meeting__in=voted.values("ballot__item__meeting")))
    return list(rows.select_related("meeting").order_by("assembled_at"))
