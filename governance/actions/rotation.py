"""What a resolution does to the rotation, and the very first term. The effects are parts of a ballot's close.

Whoever calls them locks the terms first (queries.lock_terms), before the ballot: nobody signs for a year that changes.
Read next: handovers.py.
"""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from expos import queries as expo_queries
from expos.actions import editions
from governance import queries, rotation_queries, rules
from governance.directing import LATEST_YEAR, Calendar, year_begins
from governance.ground import FOUNDED
from governance.models import DirectorTerm, Resolution, RotationException, RotationRule
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import system_user
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit
from platform_site.regions.facts import BY_CODE, ROTATION_ORDER


def exceptions_write(
    *, resolution: Resolution, changes: Mapping[int, str], reason_zh: str, reason_en: str
) -> list[RotationException]:
    """Part of a ballot's close: from now on these years are directed by these provinces; a swap names both its years.

    Raises Conflict with the reason, and then writes nothing (rotation_refusal asks the same beforehand).
    """
    queries.lock_terms()
    refusal = rotation_refusal(changes)
    if refusal:
        raise Conflict(refusal)
    written = RotationException.objects.bulk_create(
        [
            RotationException(
                year=year, province_id=code, resolution=resolution, reason_zh=reason_zh, reason_en=reason_en
            )
            for year, code in sorted(changes.items())
        ]
    )
    editions.expos_rehost(actor=system_user())
    return written


def order_write(*, resolution: Resolution, first_year: int, order: Sequence[str]) -> RotationRule:
    """Part of a ballot's close: from a year on, the six direct in another order. Raises Conflict as exceptions_write does."""
    queries.lock_terms()
    refusal = order_refusal(first_year, order)
    if refusal:
        raise Conflict(refusal)
    rule = RotationRule.objects.create(resolution=resolution, first_year=first_year, order=list(order))
    editions.expos_rehost(actor=system_user())
    return rule


def rotation_refusal(changes: Mapping[int, str]) -> str:
    """Why these exceptions cannot be written, as a sentence; empty when they can: for who proposes and who decides.

    A year that has begun, or for which somebody has signed the handover, is left alone; an exception changes something;
    nobody directs two years running.
    """
    calendar, settled = queries.calendar(), rotation_queries.settled_until()
    if not changes:
        return _("请至少写明一个年份。")
    for year, code in sorted(changes.items()):
        if not settled < year <= LATEST_YEAR:
            return _("%(year)d 年的轮值不能调整：只能调整尚未开始、交接书尚无人签署的年份。") % {"year": year}
        if code not in BY_CODE:
            return _("%(year)d 年的轮值省份应是中部六省之一。") % {"year": year}
        if calendar.province_of(year) == code:
            return _("%(year)d 年本来就由该省轮值，不需要调整。") % {"year": year}
    changed = calendar.with_exceptions(changes)
    if announced := _announced(changed):
        return announced
    for year in sorted({*changes, *(before + 1 for before in changes)}):
        if year <= LATEST_YEAR and changed.province_of(year - 1) == changed.province_of(year):
            return _("这样调整会使同一省在 %(first)d、%(second)d 年连续轮值。") % {"first": year - 1, "second": year}
    return ""


def order_refusal(first_year: int, order: Sequence[str]) -> str:
    """Why this order cannot take over in this year, as a sentence; empty when it can."""
    calendar, settled = queries.calendar(), rotation_queries.settled_until()
    if sorted(order) != sorted(ROTATION_ORDER):
        return _("轮值顺序应包括中部六省，每省一次。")
    if not max(settled, calendar.orders[-1][0]) < first_year <= LATEST_YEAR:
        return _("新的轮值顺序应从尚未开始、交接书尚无人签署的年份起施行，并晚于已有的各次顺序。")
    changed = calendar.with_order(first_year, order)
    if announced := _announced(changed):
        return announced
    if changed.province_of(first_year - 1) == changed.province_of(first_year):
        return _("这样调整会使同一省在 %(first)d、%(second)d 年连续轮值。") % {
            "first": first_year - 1,
            "second": first_year,
        }
    return ""


def _announced(changed: Calendar) -> str:
    """Why an expo whose call is out keeps the year's host, as a sentence; empty where none would change hands."""
    calendar = queries.calendar()
    for year in expo_queries.announced_years():
        if changed.province_of(year) != calendar.province_of(year):
            return _("%(year)d 年的展会已经开始招展，承办省不能再换，轮值也不能调整。") % {"year": year}
    return ""


@transaction.atomic
def term_begin(*, actor: User) -> DirectorTerm:
    """Open the portal's very first term: of this year's province, from the year's beginning or the founding day.

    Raises: NotAllowed (not the group's office); Conflict (there is a term already: later ones begin by handover).
    """
    group = rotation_queries.lock_group()  # lock
    require(rules.is_group_staff, actor, group, _("首个任期由领导小组办公室登记。"))  # may
    if rotation_queries.has_terms():
        raise Conflict(_("任期已经开始，以后的任期由交接产生。"))
    year = clock.today().year
    founded = year_begins(FOUNDED.year).replace(month=FOUNDED.month, day=FOUNDED.day)
    term = DirectorTerm.objects.create(  # write
        year=year, seat_id=queries.province_of(year), begins_at=max(year_begins(year), founded)
    )
    record(actor=actor, verb="governance.term_begin", target=term, year=year, seat=term.seat_id)  # record
    after_commit("governance.term_begin_notify", term_id=term.pk)  # tell
    return term
