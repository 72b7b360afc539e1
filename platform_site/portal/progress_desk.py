"""What of the annual work plan waits for an officer or the group's office. Read next: desk.py."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from governance.progress_waiting import Waiting, waiting_for
from platform_site.accounts.models import User
from platform_site.regions.names import province_name
from platform_site.ui.formats import reads_chinese
from platform_site.ui.languages import han_marked

SHOWN = 50
AHEAD = 30  # days: what is due


def progress_items(user: User, codes: Sequence[str], is_staff: bool, calendar: Any) -> list[Any]:
    """Own duties that are due or overdue, for the office whatever is overdue, and reports to verify: one query."""
    if not codes and not is_staff:
        return []
    found = waiting_for(user, None if is_staff else list(codes), calendar.today, 0 if is_staff else AHEAD, SHOWN)
    return [_item(one, is_staff, calendar) for one in found]


def _item(one: Waiting, is_staff: bool, calendar: Any) -> Any:
    name = (one.title_en if not reads_chinese() else "") or one.title_zh or ""
    number = f"{one.section}.{one.place}" if one.section else ""
    title = han_marked(f"{one.year}·{number} {name}")
    if one.report:
        url = f"{reverse('governance:task_detail', args=[one.task])}#report-{one.report}"
        return calendar.item(gettext_lazy("核验"), title, url, note=province_name(one.code))
    if is_staff:
        url = reverse("governance:task_detail", args=[one.task])
        return calendar.item(gettext_lazy("催办"), title, url, one.due, province_name(one.code))
    url = reverse("governance:report_make", args=[one.task, one.code])
    return calendar.item(gettext_lazy("报告进展"), title, url, one.due, province_name(one.code))
