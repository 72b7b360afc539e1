"""Meetings of a participant as one iCalendar file; pure, without a query. Read next: views/meetings.py."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from .models import ExpoMeeting, MeetingProfile
from .states import MeetingState


def calendar_of(profile: MeetingProfile, meetings: Iterable[ExpoMeeting]) -> bytes:
    """Whoever imports it anew gets what has changed: same UID, higher SEQUENCE; what was called off is in it as such."""
    calendar = Calendar()
    calendar.add("prodid", "-//Central China Patent Platform//expo meetings//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for meeting in meetings:
        calendar.add_component(_event(profile, meeting))
    written: bytes = calendar.to_ical()
    return written


def _event(profile: MeetingProfile, meeting: ExpoMeeting) -> Event:
    url = f"{settings.SITE_ORIGIN}{meeting.get_absolute_url()}"
    other = next(one.profile for one in meeting.people.all() if one.profile_id != profile.pk)
    event = Event()
    event.add("uid", f"expo-meeting-{meeting.pk}@{urlsplit(settings.SITE_ORIGIN).hostname}")
    event.add("dtstamp", meeting.decided_at or meeting.made_at)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("sequence", meeting.changes)
    event.add("summary", _("与%(name)s会面") % {"name": other.registration.name})
    event.add("location", _("%(table)d 号洽谈桌") % {"table": meeting.table.number})
    is_sure = meeting.state in (MeetingState.CONFIRMED, MeetingState.HELD, MeetingState.NOT_HELD)
    off = meeting.state == MeetingState.CANCELLED
    event.add("status", "CANCELLED" if off else "CONFIRMED" if is_sure else "TENTATIVE")
    event.add("url", url)
    event.add("description", f"{other.registration.unit} {url}".strip())
    return event
