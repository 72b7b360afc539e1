"""What of the shared resources waits for a person: to confirm, to decide, to sign, to agree; and what they wait for. Read next: desk.py."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy

from governance.resource_waiting import stays_waiting, visits_waiting
from governance.states import StationingState, VisitState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.ui.formats import minute_iso
from platform_site.ui.languages import han_marked

SHOWN = 50


def resource_items(user: User, codes: Sequence[str], calendar: Any, mine: list[Any], waiting: list[Any]) -> None:
    """Two queries; `codes` are the provinces whose facilities the user keeps."""
    now = clock.now()
    for visit in visits_waiting(user, codes, now, SHOWN):
        own = user.pk in (visit.visitor_id, visit.booked_by_id)
        title, url = han_marked(str(visit.facility)), visit.get_absolute_url()
        note = f"{minute_iso(visit.starts_at)} {'' if own else visit.visitor}".strip()
        due = clock.day_of(visit.starts_at)
        if own and visit.state == VisitState.COUNTERED:
            mine.append(calendar.item(gettext_lazy("答复改期"), title, url, due, note))
        elif own:
            waiting.append(calendar.item(gettext_lazy("确认预约"), title, url, due, note))
        else:
            verb = gettext_lazy("登记到访") if visit.state == VisitState.CONFIRMED else gettext_lazy("确认预约")
            mine.append(calendar.item(verb, title, url, due, note))
    for row in stays_waiting(user, codes, calendar.today, SHOWN):
        _stay(row, row.applicant_id == user.pk, calendar, mine, waiting)


def _stay(row: Any, own: bool, calendar: Any, mine: list[Any], waiting: list[Any]) -> None:
    title, url = han_marked(f"{row.facility} {row.listing.number}"), row.get_absolute_url()
    if row.state == StationingState.SUBMITTED:
        item = calendar.item(
            gettext_lazy("审批入驻"),
            title,
            url,
            row.due_on,
            "" if own else str(row.applicant),
            settings.STATIONING_WORKING_DAYS,
        )
    elif row.state == StationingState.ACCEPTED:
        item = calendar.item(gettext_lazy("登记入驻合同"), title, url, row.starts_on, "" if own else str(row.applicant))
    else:
        item = calendar.item(
            gettext_lazy("办理毕业或者退出"), title, url, row.ends_on, "" if own else str(row.applicant)
        )
    (waiting if own else mine).append(item)
