"""When and where meetings of an expo are held: windows, minutes, tables; kept by its host. Read next: match_runs.py."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from expos import meeting_queries as queries
from expos import meeting_rules as rules
from expos.models import Expo, MeetingPlan, MeetingTable, MeetingWindow
from expos.queries import expo_of, lock_hall
from expos.states import EXPO_OVER
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict

MOST_TABLES = 400


def require_open(expo: Expo) -> None:
    """Raise Conflict once an expo is over."""
    if expo.state in EXPO_OVER:
        raise Conflict(_("这届展会已经结束。"))


@transaction.atomic
def meeting_plan_save(*, year: int, actor: User, values: Mapping[str, Any], windows: Sequence[tuple[date, int, int]]) -> MeetingPlan:  # fmt: skip
    """Set the minutes of a slot and of the break, and the windows (day, begins, ends in minutes after midnight).

    What is arranged already stays. Raises: NotAllowed; Conflict (over, outside the days, overlapping).
    """
    expo = expo_of(year)
    require(rules.meeting_plan_save, actor, expo)  # may
    plan = queries.lock_plan(expo)  # lock
    require_open(expo)
    _require_windows(expo, windows)
    for name in ("slot_minutes", "break_minutes"):  # move, write
        setattr(plan, name, values[name])
    plan.save()
    plan.windows.all().delete()
    MeetingWindow.objects.bulk_create(MeetingWindow(plan=plan, day=d, begins=b, ends=e) for d, b, e in windows)
    record(  # record; tell: participants read it on their pages
        actor=actor, verb="expos.meeting_plan_save", target=plan, province_code=expo.host_id, windows=len(windows)
    )
    return plan


def _require_windows(expo: Expo, windows: Sequence[tuple[date, int, int]]) -> None:
    if expo.starts_on is None or expo.last_on is None:
        raise Conflict(_("还没有定下场馆和日期，先定日期再安排对接时段。"))
    rows = sorted(windows)
    if any(not expo.starts_on <= day <= expo.last_on for day, _begins, _ends in rows):
        raise Conflict(_("对接时段须在展期之内。"))
    if any(begins >= ends for _day, begins, ends in rows):
        raise Conflict(_("时段的结束须晚于开始。"))
    if any(one[0] == two[0] and one[2] > two[1] for one, two in zip(rows, rows[1:], strict=False)):
        raise Conflict(_("同一天的两个时段不能重叠。"))


@transaction.atomic
def meeting_tables_add(*, year: int, actor: User, first: int, count: int, hall_id: int | None = None) -> int:
    """Set up tables `first`, `first` + 1 and so on, perhaps in a hall. Raises: NotAllowed; Conflict (over, taken numbers, too many)."""
    expo = expo_of(year)
    require(rules.meeting_tables_add, actor, expo)  # may
    hall = lock_hall(hall_id) if hall_id else None  # lock
    require_open(expo)
    if hall is not None and hall.expo_id != expo.pk:
        raise Conflict(_("展厅不属于这届展会。"))
    if not 0 < count <= MOST_TABLES or expo.meeting_tables.count() + count > MOST_TABLES:
        raise Conflict(_("一届展会最多 %(most)d 张洽谈桌。") % {"most": MOST_TABLES})
    try:
        with transaction.atomic():  # move, write
            MeetingTable.objects.bulk_create(MeetingTable(expo=expo, hall=hall, number=first + n) for n in range(count))
    except IntegrityError as taken:
        raise Conflict(_("其中有已经登记的桌号，或者桌号超过 999。")) from taken
    record(  # record; tell: nobody waits for it
        actor=actor, verb="expos.meeting_tables_add", target=expo, province_code=expo.host_id, first=first, count=count
    )
    return count


@transaction.atomic
def meeting_table_remove(*, table_id: int, actor: User) -> None:
    """Take away a table at which nothing was ever arranged. Raises: NotAllowed; Conflict."""
    table = queries.lock_tables([table_id])[table_id]  # lock
    expo = table.expo
    require(rules.meeting_table_remove, actor, expo)  # may
    record(  # record; tell: nobody waits for it
        actor=actor, verb="expos.meeting_table_remove", target=table, province_code=expo.host_id, number=table.number
    )
    try:
        with transaction.atomic():  # move, write
            table.delete()
    except (ProtectedError, IntegrityError) as refused:
        raise Conflict(_("这张桌子已经安排过会面，不能删除。")) from refused
