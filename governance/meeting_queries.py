"""Reads about meetings: who may see them, what is on the agenda, who was there. Lock order: Meeting, Item. Read next: ballot_queries.py."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Count, F, Max, Prefetch, Q, QuerySet, Value
from django.http import Http404

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.roles import STAFF_GROUP

from .models import (
    NATIONAL,
    AgendaItem,
    Ballot,
    BallotRule,
    Deputy,
    ItemPaper,
    LeadingGroup,
    Meeting,
    Presence,
    SeatHolder,
)
from .people_queries import is_inside
from .queries import in_force
from .states import ItemState, MeetingKind, MeetingState
from .tally import quorum_in_seats, seats_that_vote

PUBLIC = (MeetingState.CALLED, MeetingState.IN_SESSION, MeetingState.CLOSED)
ON_AGENDA = (ItemState.LISTED, ItemState.DONE)


# ---- what is seen


def meetings_visible(inside: bool) -> QuerySet[Meeting]:
    """All for the group; for the public what was called, whatever became of it."""
    rows = Meeting.objects.order_by("-starts_at", "-id")
    return rows if inside else rows.filter(called_at__isnull=False)


def meeting_for(user: User, pk: int) -> tuple[Meeting, bool]:
    """The meeting and whether the reader belongs to the group; Http404 for one that is still prepared."""
    inside = is_inside(user)
    rows = meetings_visible(inside).select_related("called_by__seat__province", "term__seat__province", "prepared_by")
    meeting = rows.filter(pk=pk).first()
    if meeting is None:
        raise Http404
    return meeting, inside


def item_for(user: User, pk: int) -> AgendaItem:
    """An item with its meeting; outside the group only what stands on the agenda of a meeting that was called."""
    rows = AgendaItem.objects.select_related("meeting", "seat__province")
    if not is_inside(user):
        rows = rows.filter(meeting__called_at__isnull=False, state__in=ON_AGENDA)
    item = rows.filter(pk=pk).first()
    if item is None:
        raise Http404
    return item


def paper_for(user: User, pk: int) -> ItemPaper:
    """Http404 for everybody outside the group: the public does not learn that there is a paper."""
    paper = ItemPaper.objects.select_related("file", "item").filter(pk=pk).first() if is_inside(user) else None
    if paper is None:
        raise Http404
    return paper


def agenda(meeting: Meeting, inside: bool) -> list[AgendaItem]:
    """The items in order, proposed ones last, with their ballots, and for the group their papers."""
    ballots = Prefetch("ballots", Ballot.objects.select_related("rule", "resolution").order_by("id"))
    rows = (
        AgendaItem.objects.filter(meeting=meeting)
        .select_related("seat__province", "proposed_by")
        .prefetch_related(ballots)
    )
    if inside:
        rows = rows.prefetch_related(Prefetch("papers", ItemPaper.objects.select_related("file")))
    else:
        rows = rows.filter(state__in=ON_AGENDA)
    found = sorted(rows, key=lambda item: (item.number is None, item.number or 0, item.pk))
    for item in found:
        item.meeting = meeting
    return found


def attendance(meeting: Meeting) -> list[Presence]:
    """Every interval, by seat and time."""
    rows = Presence.objects.filter(meeting=meeting)
    return list(rows.select_related("seat__province", "holder", "deputy__user").order_by("seat", "came_at"))


def there_at(rows: Iterable[Presence], moment: datetime) -> set[str]:
    """Codes of the seats in the room at an instant."""
    return {row.seat_id for row in rows if row.came_at <= moment and (row.left_at is None or moment < row.left_at)}


def present_now(meeting: Meeting) -> set[str]:
    return set(Presence.objects.filter(meeting=meeting, left_at=None).values_list("seat_id", flat=True))


def deputies_today() -> Mapping[str, Deputy]:
    """Seat code -> its deputy today."""
    return {row.seat_id: row for row in in_force(Deputy.objects.select_related("user"), clock.today())}


def rule_on(day: date) -> BallotRule:
    """The rules of procedure in force on a day; before the first of them the first."""
    rows = BallotRule.objects.order_by("-version")
    return rows.filter(in_force_from__lte=day).first() or rows.last()  # type: ignore[return-value] # the ground has one


def notice_days(kind: str, rule: BallotRule) -> int:
    """Calendar days between the call and the meeting, or the last day of a written procedure."""
    return rule.notice_days if kind == MeetingKind.REGULAR else rule.notice_days_extraordinary


def item_counts(pks: Sequence[int]) -> dict[int, list[AgendaItem]]:
    """Meeting -> what stands on its agenda, for a list of meetings: one query."""
    found: dict[int, list[AgendaItem]] = {pk: [] for pk in pks}
    for item in AgendaItem.objects.filter(meeting__in=pks, state__in=ON_AGENDA).order_by("number"):
        found[item.meeting_id].append(item)
    return found


# ---- locks


def lock_meeting(pk: int) -> Meeting:
    """The meeting, held until the end of the transaction; Http404 if there is none."""
    rows = Meeting.objects.select_for_update(of=("self",), no_key=True)
    meeting = rows.filter(pk=pk).first()
    if meeting is None:
        raise Http404
    return meeting


def lock_item(pk: int) -> AgendaItem:
    """The item behind its meeting: both are held."""
    found = AgendaItem.objects.filter(pk=pk).values_list("meeting_id", flat=True).first()
    if found is None:
        raise Http404
    meeting = lock_meeting(found)
    item = AgendaItem.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    item.meeting = meeting
    return item


def lock_items(meeting: Meeting) -> list[AgendaItem]:
    return list(AgendaItem.objects.select_for_update(of=("self",), no_key=True).filter(meeting=meeting).order_by("pk"))


def lock_presence(meeting: Meeting, seat: str) -> Presence | None:
    """The open interval of a seat, held: a vote of the seat and its leaving wait for each other."""
    rows = Presence.objects.select_for_update(of=("self",), no_key=True)
    return rows.filter(meeting=meeting, seat_id=seat, left_at=None).first()


def lock_presence_of_ballot(ballot_id: int, seat: str) -> Presence | None:
    """The same for the meeting of a ballot."""
    rows = Presence.objects.select_for_update(of=("self",), no_key=True)
    return rows.filter(meeting__items__ballots=ballot_id, seat_id=seat, left_at=None).first()


def lock_numbers() -> None:
    """Numbers of meetings and resolutions are taken one after the other; always the last lock."""
    LeadingGroup.objects.select_for_update(no_key=True).first()


def next_meeting_number(year: int) -> int:
    return (Meeting.objects.filter(year=year).aggregate(last=Max("number"))["last"] or 0) + 1


def quorum_now(presences: Iterable[Presence], rule: BallotRule) -> tuple[int, int]:
    """(voting seats in the room, how many a ballot would need) by a version of the rule."""
    there = {row.seat_id for row in presences if row.left_at is None} - (set() if rule.national_votes else {NATIONAL})
    seats = seats_that_vote(rule.national_votes)
    return len(there), quorum_in_seats(rule.quorum_numerator, rule.quorum_denominator, seats)


# ---- the desk


def standing_of(user: User) -> tuple[str, bool]:
    """(the seat for which somebody may act today or nothing, whether they work in the group's office), in one query.

    A seat that is held goes before one deputised for.
    """
    seat, today = F("seat_id"), clock.today()
    held = in_force(SeatHolder.objects.filter(user=user), today).values_list(Value(0), seat)
    acting = in_force(Deputy.objects.filter(user=user), today).values_list(Value(1), seat)
    staff = user.groups.filter(name=STAFF_GROUP).values_list(Value(2), F("name"))
    found = sorted(held.order_by().union(acting.order_by(), staff.order_by(), all=True))
    seats = [code for place, code in found if place < 2]
    return (seats[0] if seats else ""), len(seats) < len(found)


def coming() -> QuerySet[Meeting]:
    """Called, or under way in a room; a written procedure shows its ballots instead."""
    rows = Meeting.objects.filter(state__in=[MeetingState.CALLED, MeetingState.IN_SESSION])
    return rows.exclude(kind=MeetingKind.WRITTEN).order_by("starts_at")


def unfinished() -> QuerySet[Meeting]:
    """For the office: meetings with items that nobody has dealt with, and those that are over without minutes. `proposed` counts."""
    proposed = Count("items", filter=Q(items__state=ItemState.PROPOSED), distinct=True)
    rows = Meeting.objects.annotate(proposed=proposed, assembled=Count("minutes", distinct=True))
    open_items = Q(proposed__gt=0) & ~Q(state__in=[MeetingState.CANCELLED, MeetingState.CLOSED])
    return rows.filter(open_items | Q(state=MeetingState.CLOSED, assembled=0)).order_by("starts_at")
