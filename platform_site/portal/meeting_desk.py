"""What of the Leading Group's meetings waits for a person: ballots, minutes, meetings; for its office what is not dealt with.

Read next: desk.py.
"""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance import ballot_queries, meeting_queries, minutes_queries
from governance.states import MeetingState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.ui.languages import han_marked

SHOWN = 20


def of_meetings(user: User, calendar: Any) -> list[Any]:
    """One query for whoever has nothing to do with the group; three more for a seat, two more for the office."""
    seat, is_staff = meeting_queries.standing_of(user)
    found = list(_of_seat(seat, calendar)) if seat else []
    if is_staff:
        found += _of_office(calendar)
    return found


def _of_seat(seat: str, calendar: Any) -> Iterator[Any]:
    for ballot in ballot_queries.waiting_for(seat)[:SHOWN]:
        due, url = clock.day_of(ballot.closes_at), ballot.get_absolute_url()
        yield calendar.item(gettext_lazy("投票"), han_marked(str(ballot.item)), url, due)
    for minutes in minutes_queries.to_sign(seat)[:SHOWN]:
        url = reverse("governance:minutes_detail", args=[minutes.meeting_id])
        yield calendar.item(gettext_lazy("签署纪要"), han_marked(str(minutes.meeting)), url)
    for meeting in meeting_queries.coming()[:SHOWN]:
        due = clock.day_of(meeting.ends_at or meeting.starts_at)
        yield calendar.item(gettext_lazy("参加会议"), han_marked(str(meeting)), meeting.get_absolute_url(), due)


def _of_office(calendar: Any) -> Iterator[Any]:
    for meeting in meeting_queries.unfinished()[:SHOWN]:
        words = _("%(n)s 个议题待列入议程") % {"n": meeting.proposed} if meeting.proposed else ""
        verb = gettext_lazy("整理纪要") if meeting.state == MeetingState.CLOSED else gettext_lazy("编排议程")
        yield calendar.item(verb, han_marked(str(meeting)), meeting.get_absolute_url(), note=words)
    for resolution in ballot_queries.open_too_long()[:SHOWN]:
        title = han_marked(f"{resolution.document_number} {resolution}")
        url = reverse("governance:resolution_close", args=[resolution.pk])
        yield calendar.item(gettext_lazy("办结决议"), title, url, note=_("通过已满三十天"))
