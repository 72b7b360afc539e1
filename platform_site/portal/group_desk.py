"""What of the Leading Group waits for a person: a handover to sign, and for the office vacant seats and what it opens. Read next: desk.py."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance import handover_queries, queries, rotation_queries, seat_queries
from governance.directing import year_begins
from governance.handover_tasks import AHEAD
from governance.models import NATIONAL, Handover, SeatHolder
from governance.names import seat_name
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.roles import SEAT_GROUPS, STAFF_GROUP
from platform_site.regions.facts import CODES

DAYS = 22  # working days of about a month: what the face of the handover's clock counts from


def group_items(user: User, calendar: Any, mine: list[Any], waiting: list[Any]) -> None:
    """Sort into both lists of the desk: no query for who has nothing to do with the group, four for who has.

    `calendar` is that of the desk.
    """
    sits, is_office = _parts(user)
    if not sits and not is_office:
        return
    held = queries.holders_on(clock.today())
    under_way = handover_queries.handover_under_way()
    if under_way is not None:
        seat = None if is_office else seat_queries.seat_acted_for(user, held)
        _handover(*under_way, seat, is_office, held, calendar, mine, waiting)
    if is_office:
        mine.extend(_office(calendar, held, under_way is not None))


def _parts(user: User) -> tuple[bool, bool]:
    """Whether somebody acts for a seat, and works in the office; both come with the row of a page's reader."""
    if hasattr(user, "sits"):
        return user.sits, user.prepares
    names = set(user.groups.values_list("name", flat=True))
    return bool(names & set(SEAT_GROUPS)), STAFF_GROUP in names


def _handover(
    handover: Handover, signed: Mapping[str, str], seat: str | None, is_office: bool,
    held: Mapping[str, SeatHolder], calendar: Any, mine: list[Any], waiting: list[Any],
) -> None:  # fmt: skip
    sides = handover_queries.sides_of(handover, signed, queries.calendar(), held)
    missing = [
        code for side, code in (("outgoing", sides.outgoing), ("incoming", sides.incoming)) if side not in signed
    ]
    title, url = _("%(year)d 年轮值主任交接") % {"year": handover.year}, handover.get_absolute_url()
    due = clock.day_of(year_begins(handover.year))
    if seat is not None and seat in missing:
        mine.append(calendar.item(gettext_lazy("签署"), title, url, due, total=DAYS))
    elif is_office or seat in (sides.outgoing, sides.incoming):
        note = "、".join(seat_name(code) for code in missing if code)
        waiting.append(calendar.item(gettext_lazy("签署"), title, url, due, note, DAYS))


def _office(calendar: Any, held: Mapping[str, SeatHolder], is_under_way: bool) -> Iterator[Any]:
    """Seats that nobody holds, the first term, and the handover once its time has come."""
    for code in (NATIONAL, *CODES):
        if code not in held:
            url = reverse("governance:seat_appoint", args=[code])
            yield calendar.item(gettext_lazy("登记任职"), _("席位空缺：%(seat)s") % {"seat": seat_name(code)}, url)
    if is_under_way:
        return
    term, rotation = rotation_queries.last_term(), reverse("governance:rotation")
    if term is None:
        yield calendar.item(gettext_lazy("登记"), _("首个轮值任期"), rotation)
    elif year_begins(term.year) <= clock.now() and clock.now() >= year_begins(term.year + 1) - AHEAD:
        title = _("%(year)d 年轮值主任交接") % {"year": term.year + 1}
        yield calendar.item(gettext_lazy("启动"), title, rotation, clock.day_of(year_begins(term.year + 1)))
