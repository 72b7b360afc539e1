"""What of the meetings of an expo waits for a person: requests to answer, proposals to confirm, meetings to mark. Read next: desk.py."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from expos.meeting_waiting import meetings_waiting, requests_waiting
from expos.states import MeetingState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.ui.formats import minute_iso
from platform_site.ui.languages import han_marked

SHOWN = 20


def expo_meeting_items(user: User, calendar: Any, mine: list[Any], waiting: list[Any]) -> None:
    """Two queries."""
    for request in requests_waiting(user, SHOWN):
        meeting = request.meeting
        is_mine = request.by.registration.user_id == user.pk
        other = request.whom if is_mine else request.by
        url = reverse("expos:meeting_schedule", args=[meeting.expo.year])
        item = calendar.item(
            gettext_lazy("答复约见"), han_marked(other.registration.name), url, clock.day_of(request.holds_until), minute_iso(meeting.starts_at)
        )  # fmt: skip
        (waiting if is_mine else mine).append(item)
    for person in meetings_waiting(user, clock.now(), SHOWN):
        meeting = person.meeting
        is_over = meeting.state == MeetingState.CONFIRMED
        verb = gettext_lazy("登记会面情况") if is_over else gettext_lazy("确认会面")
        url, due = meeting.get_absolute_url(), clock.day_of(meeting.starts_at)
        mine.append(calendar.item(verb, han_marked(str(meeting.expo)), url, due, minute_iso(meeting.starts_at)))
