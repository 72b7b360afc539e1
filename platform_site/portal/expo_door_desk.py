"""What of an expo waits for a person: to answer an exhibitor, to confirm a result, to say how an intention stands. Read next: desk.py."""

from typing import Any

from django.utils.translation import gettext_lazy

from expos import door_queries, door_rules, lead_page, result_queries
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.ui.languages import han_marked

SHOWN = 50


def expo_door_items(user: User, calendar: Any, mine: list[Any], waiting: list[Any]) -> None:
    """Four queries, however many rows: scans, results with their steps and answers."""
    for lead in door_queries.leads_asked(user)[:SHOWN]:
        title = han_marked(lead_page.listing_title(lead.listing))
        mine.append(
            calendar.item(gettext_lazy("答复参展商"), title, lead.get_absolute_url(), None, str(lead.exhibitor))
        )
    today = clock.today()
    for row in result_queries.of_person(user):
        side, title, url = door_rules.side_of(user, row), han_marked(str(row)), row.get_absolute_url()
        if side in row.lacks:
            mine.append(calendar.item(gettext_lazy("确认成果"), title, url, None, str(row.expo)))
        elif row.lacks:
            waiting.append(calendar.item(gettext_lazy("确认成果"), title, url, None, str(row.expo)))
        elif side in result_queries.sides_to_answer(row, today):
            months = result_queries.due_months(row, today)
            due = result_queries.months_after(row.signed_on, months or 0) + result_queries.GRACE
            mine.append(calendar.item(gettext_lazy("答复意向跟踪"), title, url, due, str(row.expo)))
