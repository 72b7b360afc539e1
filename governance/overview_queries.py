"""What the first page of the group shows of meetings, resolutions and plans. Read next: group_page.py."""

from datetime import datetime

from .models import AnnualWorkPlan, Meeting, Resolution
from .states import MeetingState, PlanState


def latest_resolutions(most: int) -> list[Resolution]:
    return list(Resolution.objects.order_by("-adopted_at", "-id")[:most])


def next_meetings(moment: datetime, most: int) -> list[Meeting]:
    """Those under way, then the next ones called."""
    sitting = Meeting.objects.filter(state=MeetingState.IN_SESSION)
    called = Meeting.objects.filter(state=MeetingState.CALLED, starts_at__gte=moment)
    return list((sitting | called).order_by("starts_at")[:most])


def current_plan(year: int) -> AnnualWorkPlan | None:
    """The year's plan once it is published, or the latest one that was."""
    public = AnnualWorkPlan.objects.filter(state__in=[PlanState.PUBLISHED, PlanState.CLOSED], year__lte=year)
    return public.order_by("-year").first()


def founding_resolution() -> Resolution | None:
    """The one of 5 July 2007, which rests on the agreement and on no ballot."""
    return Resolution.objects.filter(ballot=None).order_by("adopted_at", "id").first()
