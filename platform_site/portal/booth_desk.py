"""What of an expo's floor waits for a person: to review, to confirm, to answer a complaint; and what they wait for. Read next: desk.py."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from expos.floor_waiting import applications_waiting, complaints_waiting
from expos.states import ApplicationState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.ui.languages import han_marked

SHOWN = 50


def booth_items(
    user: User, reviews: Sequence[str], hosts: Sequence[str], calendar: Any, mine: list[Any], waiting: list[Any]
) -> None:
    """Two queries; the codes are the provinces whose delegations and whose expos the user keeps."""
    for row in applications_waiting(user, reviews, SHOWN):
        title, url, own = han_marked(f"{row.expo} {row.fascia}"), row.get_absolute_url(), row.exhibitor_id == user.pk
        if row.state == ApplicationState.SUBMITTED:
            item = calendar.item(gettext_lazy("预审参展申请"), title, url, row.expo.apply_until)
            (waiting if own else mine).append(item)
        else:
            mine.append(calendar.item(gettext_lazy("确认展位"), title, url, row.confirm_by))
    for row in complaints_waiting(user, hosts, SHOWN):
        title, url = han_marked(f"{row.pk} {row.exhibit.listing.number}"), row.get_absolute_url()
        is_desk = user.pk not in (row.complainant_id, row.exhibit.exhibitor_id)
        item = calendar.item(gettext_lazy("处理展品投诉"), title, url, clock.day_of(row.due_at))
        (mine if is_desk else waiting).append(item)
