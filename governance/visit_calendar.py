"""A visit as an iCalendar file; pure, without a query. Read next: invitations.py, views/visits.py."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from .models import Visit
from .states import VisitState

_OFF = (VisitState.CANCELLED, VisitState.DECLINED, VisitState.LAPSED)


def invitation(visit: Visit) -> bytes:
    """Whoever imports it anew gets what has changed: same UID, higher SEQUENCE."""
    is_off, facility = visit.state in _OFF, visit.facility
    url = f"{settings.SITE_ORIGIN}{visit.get_absolute_url()}"
    calendar = Calendar()
    calendar.add("prodid", "-//Central China Patent Platform//resources//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_off else "PUBLISH")
    event = Event()
    event.add("uid", f"visit-{visit.pk}@{urlsplit(settings.SITE_ORIGIN).hostname}")
    event.add("dtstamp", visit.decided_at or visit.made_at)
    event.add("dtstart", visit.starts_at)
    event.add("dtend", visit.ends_at)
    event.add("sequence", visit.changes)
    event.add("summary", _("参观%(facility)s") % {"facility": facility.name})
    event.add("status", "CANCELLED" if is_off else "CONFIRMED" if visit.state == VisitState.CONFIRMED else "TENTATIVE")
    event.add("location", facility.address_zh or facility.name)
    event.add("url", url)
    event.add("description", _("%(people)d 人。%(url)s") % {"people": visit.people, "url": url})
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def file_name(visit: Visit) -> str:
    return f"visit-{visit.pk}.ics"
