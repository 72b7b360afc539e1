"""A meeting as an iCalendar file; pure, without a query. Read next: views/meetings.py."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from .models import AgendaItem, Meeting
from .states import MeetingState

LASTS = timedelta(hours=3)  # of a meeting whose end nobody has set
CONTENT_TYPE = "text/calendar; charset=utf-8"


def invitation(meeting: Meeting, items: list[AgendaItem]) -> bytes:
    """The meeting as an event: whoever subscribes or imports it anew gets what was changed (same UID, higher SEQUENCE)."""
    calendar = Calendar()
    calendar.add("prodid", "-//Central China Patent Platform//governance//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if meeting.state == MeetingState.CANCELLED else "PUBLISH")
    url = f"{settings.SITE_ORIGIN}{meeting.get_absolute_url()}"
    event = Event()
    event.add("uid", f"meeting-{meeting.pk}@{urlsplit(settings.SITE_ORIGIN).hostname}")
    event.add("dtstamp", meeting.called_at or meeting.starts_at)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at or meeting.starts_at + LASTS)
    event.add("summary", str(meeting))
    event.add("sequence", meeting.changes)
    event.add("status", _status(meeting))
    event.add("url", url)
    if meeting.place:
        event.add("location", meeting.place)
    agenda = "\n".join(f"{item.number}. {item}" for item in items)
    event.add("description", _("议程：\n%(agenda)s\n%(url)s") % {"agenda": agenda, "url": url})
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def file_name(meeting: Meeting) -> str:
    return f"meeting-{meeting.year}-{meeting.number}.ics"


def _status(meeting: Meeting) -> str:
    if meeting.state == MeetingState.CANCELLED:
        return "CANCELLED"
    return "TENTATIVE" if meeting.called_at is None else "CONFIRMED"
