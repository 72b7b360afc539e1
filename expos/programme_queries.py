"""Reads over the programme: the draft for its host, the released version for everybody. Read next: programme_data.py."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, QuerySet
from django.http import Http404

from patents.models import Listing
from platform_site import clock
from platform_site.accounts.models import User

from .models import (
    Exhibit,
    Expo,
    ProgrammePage,
    ProgrammeVersion,
    Room,
    ScheduleImport,
    Session,
    SessionFavourite,
    SessionSpeaker,
    Speaker,
)
from .states import ExhibitState, SessionState

# ---- the draft


def sessions_of(expo: Expo) -> QuerySet[Session]:
    """All of the draft with room, speakers and listing, in a bounded number of queries."""
    rows = Session.objects.filter(expo=expo).select_related("expo", "room", "listing__public_version")
    return rows.prefetch_related("speaker_rows__speaker")


def session_of(expo: Expo, guid: UUID) -> Session:
    found = sessions_of(expo).filter(guid=guid).first()
    if found is None:
        raise Http404
    return found


def lock_session(session_id: int) -> Session:
    return Session.objects.select_for_update(no_key=True).get(pk=session_id)


def rooms_of(expo: Expo) -> list[Room]:
    """From left to right."""
    return list(Room.objects.filter(expo=expo))


def days_of(expo: Expo) -> list[date]:
    """Every day of the expo; none while it has no days."""
    if expo.starts_on is None or expo.last_on is None:
        return []
    return [expo.starts_on + timedelta(days=number) for number in range((expo.last_on - expo.starts_on).days + 1)]


def within_days(expo: Expo, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether a half-open stretch lies within the days of Shanghai of an expo."""
    days = days_of(expo)
    return (
        bool(days)
        and clock.day_of(starts_at) >= days[0]
        and clock.day_of(ends_at - timedelta(microseconds=1)) <= days[-1]
    )


def has_outside(expo: Expo) -> bool:
    """Whether a placed session lies outside the days that `expo` (not yet saved) is to have."""
    placed = Session.objects.filter(expo=expo, room__isnull=False).values_list("starts_at", "ends_at")
    return any(not within_days(expo, begin, end) for begin, end in placed if begin and end)


def in_room(room_id: int, starts_at: datetime, ends_at: datetime, but: int = 0) -> Session | None:
    """What is held in a room at a time already."""
    rows = Session.objects.filter(
        room=room_id, state=SessionState.PLANNED, starts_at__lt=ends_at, ends_at__gt=starts_at
    )
    return rows.exclude(pk=but).first()


def of_speakers(
    speakers: Collection[int], starts_at: datetime, ends_at: datetime, but: int = 0
) -> SessionSpeaker | None:
    """Where one of these people speaks at a time already."""
    rows = SessionSpeaker.objects.filter(speaker__in=speakers, starts_at__lt=ends_at, ends_at__gt=starts_at)
    return rows.exclude(session=but).select_related("speaker", "session__room").first()


def next_number(model: type[Session] | type[Speaker], expo: Expo) -> int:
    """One more than the largest; the caller holds the expo's lock."""
    return int(model.objects.filter(expo=expo).aggregate(most=Max("number"))["most"] or 0) + 1


def speakers_of(expo: Expo) -> QuerySet[Speaker]:
    return Speaker.objects.filter(expo=expo)


def speaker_of(expo: Expo, pk: int) -> Speaker:
    found = Speaker.objects.filter(expo=expo, pk=pk).first()
    if found is None:
        raise Http404
    return found


def lock_speaker(speaker_id: int) -> Speaker:
    return Speaker.objects.select_for_update(no_key=True).get(pk=speaker_id)


def listing_by_number(number: str) -> Listing | None:
    """A listing that is on the market."""
    return Listing.objects.public().filter(number=number).first()


def exhibit_of(expo: Expo, listing: Listing | None) -> Exhibit | None:
    """The exhibit that shows a listing at an expo."""
    if listing is None:
        return None
    return Exhibit.objects.filter(expo=expo, listing=listing, state=ExhibitState.ACCEPTED).first()


# ---- versions


def lock_versions(expo: Expo) -> ProgrammeVersion | None:
    """The latest version; the caller holds the expo's lock, under which the next is numbered."""
    return ProgrammeVersion.objects.filter(expo=expo).order_by("-number").first()


def latest(expo: Expo) -> ProgrammeVersion | None:
    """Without its data, which the pages do not need."""
    return ProgrammeVersion.objects.filter(expo=expo).defer("data").order_by("-number").first()


def latest_with_data(expo: Expo) -> ProgrammeVersion | None:
    return ProgrammeVersion.objects.filter(expo=expo).order_by("-number").first()


def version_of(expo: Expo, number: int) -> ProgrammeVersion:
    found = ProgrammeVersion.objects.filter(expo=expo, number=number).select_related("released_by").first()
    if found is None:
        raise Http404
    return found


def version_before(version: ProgrammeVersion) -> ProgrammeVersion | None:
    return ProgrammeVersion.objects.filter(expo=version.expo_id, number=version.number - 1).first()


def versions_of(expo: Expo) -> QuerySet[ProgrammeVersion]:
    return ProgrammeVersion.objects.filter(expo=expo).defer("data").order_by("-number")


def was_released(session: Session) -> bool:
    """Whether readers have ever seen it."""
    rows = ProgrammeVersion.objects.filter(expo=session.expo_id, data__sessions__has_key=str(session.guid))
    return rows.exists()


def page_of(version: ProgrammeVersion, language: str, day: date) -> str:
    """The drawn day; empty where nothing is held on it."""
    row = (
        ProgrammePage.objects.filter(version=version, language=language, day=day).values_list("html", flat=True).first()
    )
    return row or ""


def released_session(version: ProgrammeVersion, guid: UUID) -> dict[str, Any]:
    """One session of a version as it was frozen; Http404 where it has none of that guid."""
    rows = ProgrammeVersion.objects.filter(pk=version.pk)
    found: dict[str, Any] | None = rows.values_list(f"data__sessions__{guid}", flat=True).first()
    if found is None:
        raise Http404
    return found


def released_rooms(version: ProgrammeVersion) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ProgrammeVersion.objects.filter(pk=version.pk).values_list("data__rooms", flat=True)[
        0
    ]
    return found


def released_days(version: ProgrammeVersion) -> list[date]:
    """Days on which something is held."""
    found = ProgrammeVersion.objects.filter(pk=version.pk).values_list("data__days", flat=True)[0]
    return [date.fromisoformat(day) for day in found]


# ---- favourites


def session_to_mark(expo: Expo, guid: str) -> Session:
    """A session that has been released; Http404 for any other."""
    rows = Session.objects.filter(expo=expo)
    try:
        found = rows.filter(guid=UUID(guid)).first()
    except ValueError:
        raise Http404 from None
    if found is None or not was_released(found):
        raise Http404
    return found


def favourites_of(user: User, expo: Expo) -> set[str]:
    """Guids that a reader has marked."""
    if not user.is_authenticated:
        return set()
    rows = SessionFavourite.objects.filter(user=user, session__expo=expo).values_list("session__guid", flat=True)
    return {str(guid) for guid in rows}


def who_marked(expo_id: int, guids: Iterable[str]) -> dict[str, list[User]]:
    """Those who have marked each session."""
    rows = SessionFavourite.objects.filter(session__expo=expo_id, session__guid__in=list(guids))
    found: dict[str, list[User]] = {}
    for row in rows.select_related("user", "session"):
        found.setdefault(str(row.session.guid), []).append(row.user)
    return found


# ---- files that are read in


def imports_of(expo: Expo) -> QuerySet[ScheduleImport]:
    return ScheduleImport.objects.filter(expo=expo).defer("entries")


def import_of(expo: Expo, pk: int) -> ScheduleImport:
    found = ScheduleImport.objects.filter(expo=expo, pk=pk).first()
    if found is None:
        raise Http404
    return found


def lock_import(import_id: int) -> ScheduleImport:
    return ScheduleImport.objects.select_for_update(no_key=True, of=("self",)).get(pk=import_id)


def listings_by_number(numbers: Collection[str]) -> dict[str, int]:
    """Keys of listings on the market by their numbers."""
    wanted = [number for number in numbers if number]
    return dict(Listing.objects.public().filter(number__in=wanted).values_list("number", "pk")) if wanted else {}


def data_of(version: ProgrammeVersion) -> dict[str, Any]:
    """Everything that was frozen."""
    found: dict[str, Any] = ProgrammeVersion.objects.values_list("data", flat=True).get(pk=version.pk)
    return found


def speakers_counted(expo: Expo) -> QuerySet[Speaker]:
    """With `held`: at how many sessions each speaks."""
    return speakers_of(expo).annotate(held=Count("session_rows")).order_by("name_zh", "pk")
