"""What of the Leading Group waits for a person: a handover to sign, and for the office vacant seats and what it opens. Read next: desk.py."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance import handover_page, queries, rotation_queries
from governance.directing import year_begins
from governance.handover_tasks import AHEAD
from platform_site.accounts.models import User
from platform_site.accounts.roles import STAFF_GROUP
from platform_site.clock import day_of

DIRECTORS = ("directors-", "national-leader")  # the groups of those who act for a seat (governance/seat_queries.py)


def group_items(user: User, calendar: Any, mine: list[Any], waiting: list[Any]) -> None:
    """Sort into both lists of the desk. One query for who has nothing to do with the group. `calendar` is that of the desk."""
    names = set(user.groups.values_list("name", flat=True))
    acts, is_office = any(name.startswith(DIRECTORS) for name in names), STAFF_GROUP in names
    if not acts and not is_office:
        return
    handover = rotation_queries.handover_under_way()
    if handover is not None:
        seen = handover_page.seen_by(handover, user)
        title = _("%(year)d 年轮值主任交接") % {"year": handover.year}
        due = day_of(year_begins(handover.year))
        item = calendar.item(gettext_lazy("签署"), title, handover.get_absolute_url(), due, total=22)
        if seen.to_sign:
            mine.append(item)
        elif is_office or seen.is_side:
            missing = [handover_page.name_of(code) for code in _unsigned(seen)]
            note = "、".join(missing)
            waiting.append(calendar.item(gettext_lazy("签署"), title, handover.get_absolute_url(), due, note, 22))
    if is_office:
        mine.extend(_office(calendar, handover is not None))


def _unsigned(seen: handover_page.Seen) -> Iterator[str]:
    for side, code in (("outgoing", seen.sides.outgoing), ("incoming", seen.sides.incoming)):
        if side not in seen.signed and code:
            yield code


def _office(calendar: Any, is_under_way: bool) -> Iterator[Any]:
    """Seats that nobody holds, the first term, and the handover once its time has come."""
    now = rotation_queries.standing()
    for seat in queries.seats():
        if seat.pk not in now.held:
            url = reverse("governance:seat_appoint", args=[seat.pk])
            yield calendar.item(gettext_lazy("登记任职"), _("%(seat)s空缺") % {"seat": seat.title}, url)
    rotation = reverse("governance:rotation")
    if now.term is None:
        yield calendar.item(gettext_lazy("登记"), _("首个轮值任期"), rotation)
    elif not is_under_way and now.term.ends_at is None and now.moment >= year_begins(now.year + 1) - AHEAD:
        title = _("%(year)d 年轮值主任交接") % {"year": now.year + 1}
        yield calendar.item(gettext_lazy("启动"), title, rotation, day_of(year_begins(now.year + 1)))
