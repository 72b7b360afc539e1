"""Reads over the meetings of an expo. Locks: Registration, MeetingTable, MeetingRequest, ExpoMeeting. Read next: actions/meetings.py."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from patents.models import Listing
from platform_site import clock
from platform_site.accounts.models import User
from trading.models import TechnologyNeed

from . import meeting_slots
from .meeting_slots import Slot
from .models import (
    Expo,
    ExpoMeeting,
    MatchRun,
    MeetingAbsence,
    MeetingPerson,
    MeetingPlan,
    MeetingProfile,
    MeetingRequest,
    MeetingTable,
    MeetingWish,
    Registration,
    UnmetWish,
)
from .states import MEETING_OPEN, MEETING_PLANNED, RUN_GOES, MeetingState, RegistrationState, RequestState, RunState

REMIND = timedelta(minutes=30)
STALE = timedelta(minutes=10)  # a run that has not ended by then has lost its worker
_WITH = ("registration__from_province", "registration__user")

# ---- people


def profile_of(user: User, expo: Expo) -> MeetingProfile | None:
    if not user.is_authenticated:
        return None
    rows = MeetingProfile.objects.filter(
        registration__expo=expo, registration__user=user.pk, registration__state=RegistrationState.REGISTERED
    )
    return rows.select_related(*_WITH).first()


def participants(expo: Expo) -> QuerySet[MeetingProfile]:
    """Who takes part."""
    rows = MeetingProfile.objects.filter(
        registration__expo=expo, registration__state=RegistrationState.REGISTERED, takes_part=True
    )
    return rows.select_related(*_WITH).order_by("registration__unit", "pk")


def participant_for(profile: MeetingProfile | None, expo: Expo, pk: int) -> MeetingProfile:
    """Somebody who takes part, for somebody who does; Http404 for everybody else and about everybody else."""
    found = participants(expo).filter(pk=pk).first() if profile is not None and profile.takes_part else None
    if found is None or profile is None or found.pk == profile.pk:
        raise Http404
    return found


def participants_said(expo: Expo, profile: MeetingProfile, words: str) -> QuerySet[MeetingProfile]:
    """Others whose name, unit or texts say each of the words."""
    rows = participants(expo).exclude(pk=profile.pk)
    for word in words.split()[:5]:
        rows = rows.filter(
            Q(registration__name__icontains=word) | Q(registration__unit__icontains=word)
            | Q(offers__icontains=word) | Q(seeks__icontains=word)
        )  # fmt: skip
    return rows


def listings_of_people(users: Collection[int]) -> dict[int, list[Listing]]:
    """Public listings by owner: what a participant offers."""
    found: dict[int, list[Listing]] = {}
    for row in Listing.objects.on_market().filter(owner__in=users).select_related("public_version").order_by("pk"):
        found.setdefault(row.owner_id, []).append(row)
    return found


def needs_of_people(users: Collection[int]) -> dict[int, list[TechnologyNeed]]:
    """Needs that are public, by owner: what a participant seeks."""
    found: dict[int, list[TechnologyNeed]] = {}
    rows = TechnologyNeed.objects.filter(owner__in=users, state="published", deadline__gte=clock.today())
    for row in rows.order_by("pk"):
        found.setdefault(row.owner_id, []).append(row)
    return found


def wishes_of(profile: MeetingProfile) -> QuerySet[MeetingWish]:
    return profile.wishes.select_related("whom__registration__from_province")


def wishes_about(profile: MeetingProfile) -> QuerySet[MeetingWish]:
    """Of and for somebody."""
    return MeetingWish.objects.filter(Q(by=profile) | Q(whom=profile))


def wish_for(user: User, expo: Expo, pk: int) -> MeetingWish:
    """One's own; 404 for everybody else."""
    rows = MeetingWish.objects.filter(pk=pk, by__registration__user=user.pk, by__registration__expo=expo)
    found = rows.select_related("by__registration", "whom__registration").first()
    if found is None:
        raise Http404
    return found


# ---- slots and tables


def slots_of(expo: Expo) -> list[Slot]:
    """Every slot of an edition; none before its host has set windows. Two queries."""
    plan = MeetingPlan.objects.filter(expo=expo).first()
    if plan is None:
        return []
    windows = plan.windows.values_list("day", "begins", "ends")
    return meeting_slots.slots_of(windows, plan.slot_minutes, plan.break_minutes)


def absences_of(profile: MeetingProfile) -> set[datetime]:
    return set(MeetingAbsence.objects.filter(profile=profile).values_list("starts_at", flat=True))


def busy_of(profiles: Iterable[MeetingProfile]) -> list[tuple[datetime, datetime]]:
    """When any of them has a meeting, or holds a time for a request."""
    rows = MeetingPerson.objects.filter(profile__in=list(profiles), takes=True)
    return list(rows.order_by().values_list("starts_at", "ends_at"))


def free_slots(expo: Expo, profiles: Collection[MeetingProfile]) -> list[Slot]:
    """Slots to come in which all of them can and a table is free: six queries."""
    now, absent = clock.now(), set()
    for moment in MeetingAbsence.objects.filter(profile__in=profiles).values_list("starts_at", flat=True):
        absent.add(moment)
    busy, tables = busy_of(profiles), expo.meeting_tables.count()
    held = list(_taking(expo).filter(ends_at__gt=now).values_list("starts_at", "ends_at"))
    return [
        slot for slot in slots_of(expo)
        if slot.starts_at > now and slot.starts_at not in absent and not any(slot.meets(*one) for one in busy)
        and sum(slot.meets(*one) for one in held) < tables
    ]  # fmt: skip


def _taking(expo: Expo) -> QuerySet[ExpoMeeting]:
    return ExpoMeeting.objects.filter(expo=expo).exclude(state=MeetingState.CANCELLED).order_by()


def free_tables(expo: Expo, slot: Slot) -> list[MeetingTable]:
    """In order of their numbers."""
    taken = _taking(expo).filter(starts_at__lt=slot.ends_at, ends_at__gt=slot.starts_at).values("table")
    return list(expo.meeting_tables.exclude(pk__in=taken).order_by("number"))


def slot_at(expo: Expo, starts_at: datetime) -> Slot | None:
    return next((slot for slot in slots_of(expo) if slot.starts_at == starts_at), None)


def table_of(expo: Expo, pk: int) -> MeetingTable:
    found = MeetingTable.objects.filter(expo=expo, pk=pk).first()
    if found is None:
        raise Http404
    return found


# ---- meetings and requests


def _meetings() -> QuerySet[ExpoMeeting]:
    return ExpoMeeting.objects.select_related("expo", "table__hall", "request__listing").prefetch_related(
        "people__profile__registration__from_province"
    )


def meetings_of(profile: MeetingProfile) -> QuerySet[ExpoMeeting]:
    """All of a person, in order of time."""
    return _meetings().filter(people__profile=profile).order_by("starts_at")


def meeting_for(user: User, expo: Expo, pk: int) -> ExpoMeeting:
    """For the two; 404 for everybody else."""
    found = _meetings().filter(expo=expo, pk=pk, people__profile__registration__user=user.pk).first()
    if found is None:
        raise Http404
    return found


def meeting_with(pk: int) -> ExpoMeeting:
    """For a task."""
    return _meetings().get(pk=pk)


def meetings_at(expo: Expo) -> QuerySet[ExpoMeeting]:
    """What stands in the plan, slot by slot, for the host."""
    return _meetings().filter(expo=expo).exclude(state=MeetingState.CANCELLED).order_by("starts_at", "table__number")


def request_for(user: User, expo: Expo, pk: int) -> MeetingRequest:
    """For who asked and who was asked; 404 for everybody else."""
    mine = Q(by__registration__user=user.pk) | Q(whom__registration__user=user.pk)
    rows = MeetingRequest.objects.filter(mine, pk=pk, meeting__expo=expo)
    found = rows.select_related("meeting__table__hall", "by__registration", "whom__registration", "listing").first()
    if found is None:
        raise Http404
    return found


def requests_open(profile: MeetingProfile) -> QuerySet[MeetingRequest]:
    """That wait for an answer, either way, the most urgent first."""
    rows = MeetingRequest.objects.filter(Q(by=profile) | Q(whom=profile), state=RequestState.PENDING)
    joined = rows.select_related("meeting__table", "by__registration", "whom__registration", "listing")
    return joined.order_by("holds_until")


def meet_already(one: MeetingProfile, other: MeetingProfile) -> bool:
    """Whether the two have a meeting to come."""
    rows = ExpoMeeting.objects.filter(state__in=MEETING_OPEN, people__profile=one)
    return rows.filter(people__profile=other).exists()


def lapsing(moment: datetime) -> list[int]:
    rows = MeetingRequest.objects.filter(state=RequestState.PENDING, holds_until__lte=moment)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:500])


def to_remind(moment: datetime) -> list[int]:
    """Confirmed, beginning within half an hour, not yet reminded."""
    rows = ExpoMeeting.objects.filter(state=MeetingState.CONFIRMED, reminded_at=None, starts_at__gt=moment)
    return list(rows.filter(starts_at__lte=moment + REMIND).order_by("pk").values_list("pk", flat=True)[:500])


# ---- runs and the host's figures


def run_for(expo: Expo, pk: int) -> MatchRun:
    found = MatchRun.objects.select_related("expo").filter(expo=expo, pk=pk).first()
    if found is None:
        raise Http404
    return found


def run_next() -> int | None:
    """The oldest that waits for the worker."""
    return MatchRun.objects.filter(state=RunState.QUEUED).order_by("made_at").values_list("pk", flat=True).first()


def runs_stale(moment: datetime) -> list[int]:
    rows = MatchRun.objects.filter(state__in=RUN_GOES, made_at__lt=moment - STALE)
    return list(rows.values_list("pk", flat=True))


def unmet_of(run: MatchRun) -> QuerySet[UnmetWish]:
    return run.unmet.select_related("by__registration", "whom__registration")


def unmet_of_person(profile: MeetingProfile) -> list[UnmetWish]:
    """Of the plan that was applied last."""
    run = MatchRun.objects.filter(expo=profile.registration.expo_id, state=RunState.APPLIED).first()
    rows = UnmetWish.objects.filter(run=run, by=profile) if run else UnmetWish.objects.none()
    return list(rows.select_related("whom__registration"))


def counts(expo: Expo) -> dict[str, int]:
    """What everybody may know: three queries."""
    states = dict(ExpoMeeting.objects.filter(expo=expo).order_by().values_list("state").annotate(Count("pk")))
    stand = sum(n for state, n in states.items() if state not in (MeetingState.REQUESTED, MeetingState.CANCELLED))
    return {
        "people": participants(expo).order_by().count(),
        "wishes": MeetingWish.objects.filter(by__registration__expo=expo).count(),
        "planned": stand,
        "confirmed": states.get(MeetingState.CONFIRMED, 0) + states.get(MeetingState.HELD, 0),
        "held": states.get(MeetingState.HELD, 0),
    }


# ---- locks


def lock_registrations(pks: Iterable[int]) -> dict[int, Registration]:
    rows = Registration.objects.select_for_update(of=("self",), no_key=True).select_related("expo__host")
    return {row.pk: row for row in rows.filter(pk__in=list(pks)).order_by("pk")}


def lock_participants(run: MatchRun) -> set[int]:
    """Profiles that a run has placed and who still take part; nobody of them leaves before the transaction ends."""
    profiles = participants(run.expo).filter(pk__in={pk for one, other, _moment in run.placed for pk in (one, other)})
    locked = lock_registrations(profiles.order_by().values_list("registration_id", flat=True))
    here = [pk for pk, row in locked.items() if row.state == RegistrationState.REGISTERED]
    return set(MeetingProfile.objects.filter(registration__in=here).order_by().values_list("pk", flat=True))


def lock_tables(pks: Iterable[int]) -> dict[int, MeetingTable]:
    rows = MeetingTable.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=list(pks)).order_by("pk")
    return {row.pk: row for row in rows}


def lock_request(pk: int) -> MeetingRequest:
    """The request, then its meeting."""
    rows = MeetingRequest.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("by__registration", "whom__registration").get(pk=pk)
    found.meeting = lock_meeting(found.meeting_id)
    return found


def lock_meeting(pk: int) -> ExpoMeeting:
    rows = ExpoMeeting.objects.select_for_update(of=("self",), no_key=True).select_related("expo__host", "table")
    return rows.prefetch_related("people__profile__registration__user").get(pk=pk)


def lock_requests_open(profile: MeetingProfile) -> list[MeetingRequest]:
    """Of somebody, either way; before their meetings."""
    rows = MeetingRequest.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    return list(rows.filter(Q(by=profile) | Q(whom=profile), state=RequestState.PENDING))


def lock_meetings_ahead(profile: MeetingProfile) -> dict[int, ExpoMeeting]:
    """Of somebody: those to come, and those that are only asked for."""
    ahead = Q(state__in=MEETING_PLANNED, starts_at__gt=clock.database_now()) | Q(state=MeetingState.REQUESTED)
    mine = MeetingPerson.objects.filter(profile=profile).values("meeting")
    rows = ExpoMeeting.objects.select_for_update(of=("self",), no_key=True).select_related("expo__host", "table")
    return {row.pk: row for row in rows.filter(ahead, pk__in=mine).order_by("pk")}


def lock_proposed(expo: Expo, since: datetime) -> list[ExpoMeeting]:
    rows = ExpoMeeting.objects.select_for_update(of=("self",), no_key=True).filter(
        expo=expo, state=MeetingState.PROPOSED, starts_at__gte=since
    )
    return list(rows.prefetch_related("people").order_by("pk"))


def lock_run(pk: int) -> MatchRun:
    return MatchRun.objects.select_for_update(of=("self",), no_key=True).select_related("expo__host").get(pk=pk)


def lock_plan(expo: Expo) -> MeetingPlan:
    plan, _is_new = MeetingPlan.objects.get_or_create(expo=expo)
    return MeetingPlan.objects.select_for_update(no_key=True).get(pk=plan.pk)


def lock_table_of(pks: list[int]) -> MeetingTable | None:
    """The first of these that nobody else holds; where all are held, the first once it is had."""
    rows = MeetingTable.objects.filter(pk__in=pks).order_by("number")
    return (
        rows.select_for_update(of=("self",), no_key=True, skip_locked=True).first()
        or rows.select_for_update(of=("self",), no_key=True).first()
    )


def meeting_at(expo: Expo, pk: int) -> ExpoMeeting:
    """Any of an edition, for its host."""
    found = _meetings().filter(expo=expo, pk=pk).first()
    if found is None:
        raise Http404
    return found
