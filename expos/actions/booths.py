"""The floor plan that the host draws, and holding a booth for twenty minutes. Read next: applications.py."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from expos import floor_queries as floor
from expos import floor_rules as rules
from expos import queries
from expos.floor_plan import Row
from expos.models import Booth, BoothHold, Expo, Hall
from expos.models.booth import HOLD
from expos.queries import share_expo
from expos.states import EXPO_BEFORE, ExpoState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.ui.formats import listed

FIELDS = ("hall", "number", "kind", "x", "y", "width", "depth", "open_sides", "power_kw", "price_cny", "pavilion")
MOST_IN_ROW = 200
_PICKED = (ExpoState.APPLICATIONS_OPEN, ExpoState.ALLOCATING)


class Taken(Conflict):
    """A booth that somebody else was quicker to get; `near` are the nearest free ones."""

    def __init__(self, reason: str, near: Sequence[Booth] = ()) -> None:
        words = listed(f"{one.number}（{one.hall.name}）" for one in near)
        super().__init__(
            reason, _("最近的空展位：%(booths)s。") % {"booths": words} if near else _("同类展位都已选完。")
        )
        self.near = list(near)


@transaction.atomic
def booth_rows_add(*, expo_id: int, actor: User, hall_id: int, row: Row, values: Mapping[str, Any]) -> list[Booth]:
    """Add booths in rows, numbered on from `values["first"]`; all or none.

    Units: metres; `price_cny` yuan for the whole expo. Raises: NotAllowed; Conflict naming the first that cannot stand.
    """
    expo = queries.lock_expo(expo_id)  # lock
    hall = queries.lock_hall(hall_id)
    require(rules.booth_rows_add, actor, expo)  # may
    _require_before(expo)
    if hall.expo_id != expo.pk or not 0 < row.count <= MOST_IN_ROW:
        raise Conflict(_("一次最多添加 %(most)d 个展位。") % {"most": MOST_IN_ROW})
    made = []
    for number, (x, y) in enumerate(row.places(), values["first"]):  # move, write
        ends = (number - values["first"]) % row.per_row in (0, row.per_row - 1)
        kind, sides = ("corner", 2) if values["corners"] and ends else (values["kind"], values["open_sides"])
        made.append(
            Booth(
                expo=expo, hall=hall, number=f"{hall.code}{number:02d}", kind=kind, x=x, y=y, width=row.width,
                depth=row.depth, open_sides=sides, power_kw=values["power_kw"], price_cny=values["price_cny"],
                pavilion=values["pavilion"],
            )
        )  # fmt: skip
    for booth in made:
        _saved(booth, hall)
    record(  # record; tell: nobody waits for it
        actor=actor, verb="expos.booth_rows_add", target=hall, province_code=expo.host_id, booths=len(made)
    )
    return made


@transaction.atomic
def booth_save(*, expo_id: int, actor: User, values: Mapping[str, Any], booth_id: int | None = None) -> Booth:
    """Add a booth, or move, resize, renumber one. Raises: NotAllowed; Conflict (overlap, out of the hall, size, number, given)."""
    expo = queries.lock_expo(expo_id)  # lock
    hall = queries.lock_hall(values["hall"].pk)
    booth = floor.lock_booth(booth_id) if booth_id else Booth(expo=expo)
    require(rules.booth_save, actor, booth.expo)  # may
    _require_before(expo)
    for name in FIELDS:  # move, write
        setattr(booth, name, values[name])
    _saved(booth, hall)
    record(  # record; tell: nobody waits for it
        actor=actor, verb="expos.booth_save", target=booth, province_code=expo.host_id, number=booth.number
    )
    return booth


@transaction.atomic
def booth_remove(*, expo_id: int, actor: User, booth_id: int) -> None:
    """Strike out a booth that was never given. Raises: NotAllowed; Conflict."""
    expo = queries.lock_expo(expo_id)  # lock
    booth = floor.lock_booth(booth_id)
    require(rules.booth_remove, actor, booth.expo)  # may
    _require_before(expo)
    record(  # record; tell: nobody waits for it
        actor=actor, verb="expos.booth_remove", target=booth, province_code=expo.host_id, number=booth.number
    )
    try:
        with transaction.atomic():  # move, write
            booth.delete()
    except (ProtectedError, IntegrityError) as refused:
        raise Conflict(_("展位已经分配过或者正被暂留，不能删除。")) from refused


@transaction.atomic
def booth_hold(*, booth_id: int, actor: User) -> BoothHold:
    """Keep a booth for oneself for twenty minutes by the clock of the database; what one held before is let go.

    Raises: NotAllowed (not verified); Taken (held or given, with the nearest three); Conflict (not the time for it).
    """
    booth = floor.lock_booth(booth_id)  # lock
    require(rules.booth_hold, actor, booth)  # may
    if booth.expo.state not in _PICKED:
        raise Conflict(_("现在不能选展位。"), _("招展期间和排位期间可以选。"))
    moment = clock.database_now()
    own = floor.own_application(booth.expo, actor)
    if own is not None and booth.pavilion_id not in (None, own.delegation_id):
        raise Conflict(_("%(booth)s 在别的代表团的展团内。") % {"booth": booth})
    before = floor.hold_of(booth.expo, actor, moment)
    if before is not None and before.booth_id == booth.pk:
        return before
    if before is not None:  # move
        before.ends_at = moment
        before.save(update_fields=["ends_at"])
    try:
        with transaction.atomic():  # write
            held = BoothHold.objects.create(
                expo=booth.expo, booth=booth, user=actor, held_at=moment, ends_at=moment + HOLD
            )
    except IntegrityError as taken:
        raise Taken(
            _("%(booth)s 刚刚被别人选走。") % {"booth": booth}, floor.nearest_free(booth, actor, moment)
        ) from taken
    record(  # record; tell: the page shows the clock
        actor=actor, verb="expos.booth_hold", target=booth, province_code=booth.expo.host_id, number=booth.number
    )
    return held


@transaction.atomic
def hold_release(*, expo_id: int, actor: User) -> bool:
    """Let go of what one holds; whether there was anything. Raises: NotAllowed."""
    expo = share_expo(expo_id)  # lock
    require(rules.is_member, actor, expo)  # may
    moment = clock.database_now()
    held = floor.hold_of(expo, actor, moment)
    if held is None:
        return False
    held.ends_at = moment  # move, write
    held.save(update_fields=["ends_at"])
    record(  # record; tell: the plan shows it
        actor=actor, verb="expos.hold_release", target=held.booth, province_code=expo.host_id, number=held.booth.number
    )
    return True


def _require_before(expo: Expo) -> None:
    if expo.state not in EXPO_BEFORE:
        raise Conflict(_("展会已经开幕，不再修改。"))


def _saved(booth: Booth, hall: Hall) -> None:
    """The database decides whether it can stand there; the sentence follows from the constraint that refused."""
    booth.price_cny = booth.price_cny if booth.price_cny is not None else Decimal(0)
    try:
        with transaction.atomic():
            booth.save()
    except IntegrityError as refused:
        name = getattr(getattr(refused.__cause__, "diag", None), "constraint_name", "") or ""
        raise Conflict(_why(name, booth, hall)) from refused


def _why(name: str, booth: Booth, hall: Hall) -> str:
    facts = {"booth": booth.number, "hall": hall.name, "code": hall.code, "width": hall.width_m, "depth": hall.depth_m}
    said = {
        "booth_no_overlap": _("%(booth)s 与别的展位重叠。"),
        "booth_inside_hall": _("%(booth)s 超出%(hall)s（%(width)d×%(depth)d 米）。"),
        "booth_number": _("展位号须以展厅编号 %(code)s 开头，后接一至三位数字。"),
        "booth_number_once": _("已有展位号 %(booth)s。"),
        "booth_standard_3_by_3": _("标准展位和转角展位为 3×3 米。"),
        "booth_raw_from_36": _("光地不小于 36 平方米。"),
        "booth_given_stays": _("%(booth)s 已经分配，不再移动或改价。"),
        "booth_open_sides": _("开口面为一至四面，转角展位至少两面。"),
    }
    return said.get(name, _("%(booth)s 不能放在这里。")) % facts
