"""What of the meetings waits for one person. Read next: platform_site/portal/expo_meeting_desk.py."""

from datetime import datetime, timedelta

from django.db.models import Q

from platform_site.accounts.models import User

from .models import MeetingPerson, MeetingRequest
from .states import MeetingState, RequestState

UNMARKED = timedelta(days=30)  # so long a meeting that nobody has marked is asked about


def requests_waiting(user: User, most: int) -> list[MeetingRequest]:
    """Requests that wait for the user's answer, or for the answer to the user: one query."""
    mine = Q(by__registration__user=user.pk) | Q(whom__registration__user=user.pk)
    rows = MeetingRequest.objects.filter(mine, state=RequestState.PENDING)
    return list(
        rows.select_related("meeting__expo", "by__registration", "whom__registration").order_by("holds_until")[:most]
    )


def meetings_waiting(user: User, now: datetime, most: int) -> list[MeetingPerson]:
    """Proposals that the user has not confirmed, and confirmed meetings that are over and not marked: one query."""
    proposed = Q(meeting__state__in=[MeetingState.PROPOSED, MeetingState.HALF], confirmed_at=None, starts_at__gt=now)
    over = Q(meeting__state=MeetingState.CONFIRMED, ends_at__lte=now, ends_at__gt=now - UNMARKED)
    rows = MeetingPerson.objects.filter(proposed | over, profile__registration__user=user.pk)
    return list(rows.select_related("meeting__expo").order_by("starts_at")[:most])
