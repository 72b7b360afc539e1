"""The doors: in and out, undone, sent later by a device that was offline; who keeps them. Read next: ../models/door.py.

A scan answers with a Passage or with a Refused, whose `fate` is a word for programs and whose reason one for a person.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from expos import door_queries as queries
from expos import door_rules as rules
from expos.models import DoorKeeper, Expo, Hall, Passage, Registration, ScanBatch
from expos.queries import share_expo
from expos.states import Direction, ExpoState, RegistrationState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict

UNDO_SECONDS = 60  # the button shows ten; a slow network is forgiven the rest
MOST_IN_BATCH = 500


class Refused(Conflict):
    """A badge that does not pass. `fate`: unknown, cancelled, waiting, inside, outside, full, closed, busy."""

    def __init__(self, fate: str, reason: str, advice: str = "", badge: Registration | None = None) -> None:
        super().__init__(reason, advice)
        self.fate, self.badge = fate, badge


@dataclass(frozen=True)
class Scan:
    """One badge at one door: hall None is the entrance of the venue; `client` names the scan, sent once or twice."""

    code: str
    direction: str
    client: uuid.UUID
    hall: Hall | None = None
    at: datetime | None = None  # None: now

    @property
    def place(self) -> int:
        return self.hall.pk if self.hall else queries.VENUE


@transaction.atomic
def passage_make(*, expo_id: int, actor: User, scan: Scan) -> Passage:
    """Let a badge in or out. Who enters a hall leaves the one before; who leaves the venue leaves the hall too.

    The same `client` again answers the passage it made. Raises: NotAllowed; Refused (nothing is written then).
    """
    expo = Expo.objects.get(pk=expo_id)
    require(rules.passage_make, actor, expo)  # may
    if kept := queries.passage_by_client(scan.client):
        return kept
    at = queries.may_scan_at(scan.at or clock.now())
    _require_day(expo, at, late=scan.at is not None)
    badge = queries.badge(expo_id, scan.code)
    if badge is None:
        raise Refused("unknown", _("没有这个编号的证件。"), _("请核对是不是本届展会的证件。"))
    left = _to_leave(queries.last_passages(badge.pk), scan)
    queries.lock_places(expo_id, [scan.place, *left])  # lock: places in order, then the badge
    badge = queries.lock_registration(badge.pk)
    stands = queries.last_passages(badge.pk)
    if _to_leave(stands, scan) != left:
        raise Refused("busy", _("这张证件刚刚在另一处通过，请再扫一次。"), badge=badge)
    _require_passes(badge, stands.get(scan.place), scan)  # move
    for place in left:  # write
        _write(badge, actor, stands[place], Direction.OUT, at)
    made = _write(badge, actor, stands.get(scan.place), scan.direction, at, scan=scan)
    record(  # record; tell: the door shows it
        actor=actor, verb="expos.passage_make", target=badge, province_code=expo.host_id, place=scan.place,
        direction=str(scan.direction), passage=made.pk,
    )  # fmt: skip
    return made


def _require_day(expo: Expo, at: datetime, *, late: bool) -> None:
    """On a day of the expo; what a device sends later may arrive after the close."""
    states = (ExpoState.RUNNING, ExpoState.CLOSED) if late else (ExpoState.RUNNING,)
    day = clock.day_of(at)
    if expo.state not in states or not (expo.starts_on and expo.last_on and expo.starts_on <= day <= expo.last_on):
        raise Refused("closed", _("现在不是展期，入口没有开放。"))


def _to_leave(stands: Mapping[int, Passage], scan: Scan) -> list[int]:
    """Halls that somebody leaves by this passage, ascending."""
    if (scan.direction == Direction.IN) == (scan.place == queries.VENUE):
        return []
    halls = [place for place, last in stands.items() if place != queries.VENUE and last.direction == Direction.IN]
    return sorted(place for place in halls if place != scan.place)


def _require_passes(badge: Registration, last: Passage | None, scan: Scan) -> None:
    is_inside = last is not None and last.direction == Direction.IN
    if scan.direction == Direction.OUT:
        if not is_inside:
            raise Refused("outside", _("这张证件没有进入的记录。"), badge=badge)
        return
    if badge.state == RegistrationState.CANCELLED:
        raise Refused("cancelled", _("这份登记已经取消。"), badge=badge)
    if badge.confirmed_at is None:
        raise Refused(
            "waiting", _("%(kind)s登记还没有经承办省确认。") % {"kind": badge.get_kind_display()}, badge=badge
        )
    if is_inside:
        raise Refused("inside", _("这张证件已经在场内。"), _("先离开，才能再次进入。"), badge=badge)


def _write(
    badge: Registration, actor: User, last: Passage | None, direction: str, at: datetime, *, scan: Scan | None = None,
    undoes: Passage | None = None,
) -> Passage:  # fmt: skip
    """The next passage of the person at the place of `scan`, or of `last`. What the database refuses is said in words."""
    hall_id = (scan.hall.pk if scan.hall else None) if scan else last.hall_id if last else None
    try:
        with transaction.atomic():
            return Passage.objects.create(
                expo_id=badge.expo_id, hall_id=hall_id, place=hall_id or queries.VENUE, registration=badge,
                direction=direction, nth=(last.nth if last else 0) + 1, at=at, made_at=clock.now(), by=actor,
                client=scan.client if scan else uuid.uuid4(), undoes=undoes,
            )  # fmt: skip
    except IntegrityError as error:
        if "more people" in str(error):
            raise Refused("full", _("展厅已经满员，请稍后再进。"), badge=badge) from error
        raise Refused("inside", _("这张证件已经在场内。"), _("先离开，才能再次进入。"), badge=badge) from error


@transaction.atomic
def passage_undo(*, passage_id: int, actor: User) -> Passage:
    """Take back the last passage of a person at a place within a minute: the opposite passage, which counts as no visit.

    Raises: NotAllowed; Conflict (too late, passed again meanwhile, or undone already).
    """
    row = Passage.objects.select_related("expo", "registration").get(pk=passage_id)
    queries.lock_places(row.expo_id, [row.place])  # lock
    badge = queries.lock_registration(row.registration_id)
    require(rules.passage_undo, actor, row.expo)  # may
    last = queries.last_passages(badge.pk)[row.place]
    if last.pk != row.pk or row.undoes_id is not None:
        raise Conflict(_("这次通过之后又有新的记录，不能再撤销。"))
    if clock.now() - row.made_at > timedelta(seconds=UNDO_SECONDS):
        raise Conflict(_("只能在一分钟之内撤销。"), _("需要更正的，请扫码离开或者进入。"))
    direction = Direction.OUT if row.direction == Direction.IN else Direction.IN  # move
    made = _write(badge, actor, last, direction, clock.now(), undoes=row)  # write
    record(  # record; tell: the door shows it
        actor=actor, verb="expos.passage_undo", target=badge, province_code=row.expo.host_id, passage=row.pk
    )
    return made


def passages_sync(*, expo: Expo, actor: User, hall: Hall | None, scans: Sequence[Scan]) -> ScanBatch:
    """What a device kept while it was offline, each scan a transaction of its own, in the order of the device's clock.

    Raises: NotAllowed; Conflict (none, or too many). A scan that is refused stands in the report with its reason.
    """
    require(rules.passage_make, actor, expo)
    if not 0 < len(scans) <= MOST_IN_BATCH:
        raise Conflict(_("一次上传一至 %(most)d 条扫码记录。") % {"most": MOST_IN_BATCH})
    rows = [_sync_one(expo, actor, scan) for scan in sorted(scans, key=lambda one: one.at or clock.now())]
    return batch_keep(expo_id=expo.pk, actor=actor, hall=hall, rows=rows)


def _sync_one(expo: Expo, actor: User, scan: Scan) -> dict[str, Any]:
    row = {
        "code": queries.clean_code(scan.code)[:10], "direction": str(scan.direction), "client": str(scan.client),
        "at": (scan.at or clock.now()).isoformat(timespec="seconds"), "fate": "ok", "reason": "",
    }  # fmt: skip
    try:
        passage_make(expo_id=expo.pk, actor=actor, scan=scan)
    except Refused as refused:
        row.update(fate=refused.fate, reason=str(refused.reason))
    return row


@transaction.atomic
def batch_keep(*, expo_id: int, actor: User, hall: Hall | None, rows: Iterable[Mapping[str, Any]]) -> ScanBatch:
    """Keep the report of what a device has sent. Raises: NotAllowed."""
    expo = Expo.objects.get(pk=expo_id)  # lock: nothing contended
    require(rules.batch_keep, actor, expo)  # may
    kept = [dict(row) for row in rows]  # move
    made = ScanBatch.objects.create(expo=expo, hall=hall, by=actor, made_at=clock.now(), rows=kept)  # write
    refused = sum(row["fate"] != "ok" for row in kept)
    record(  # record; tell: the page that follows is the report
        actor=actor, verb="expos.batch_keep", target=made, province_code=expo.host_id, scans=len(kept), refused=refused
    )
    return made


@transaction.atomic
def doorkeeper_name(*, expo_id: int, actor: User, user: User, starts_on: date, last_on: date) -> DoorKeeper:
    """Let a helper keep the doors on some days. Raises: NotAllowed; Conflict (days that cannot be, or named already)."""
    expo = share_expo(expo_id)  # lock
    require(rules.doorkeeper_name, actor, expo)  # may
    if starts_on > last_on or not (expo.starts_on and expo.last_on and expo.starts_on <= last_on <= expo.last_on):
        raise Conflict(_("值守日期须到展期之内的某一天为止。"))
    try:
        with transaction.atomic():  # move, write
            made = DoorKeeper.objects.create(
                expo=expo, user=user, starts_on=starts_on, last_on=last_on, made_by=actor, made_at=clock.now()
            )
    except IntegrityError as taken:
        raise Conflict(_("这些日子已经指定过这位工作人员。")) from taken
    record(  # record; tell: the host tells its own people
        actor=actor, verb="expos.doorkeeper_name", target=made, province_code=expo.host_id, user=user.pk
    )
    return made


@transaction.atomic
def doorkeeper_end(*, keeper_id: int, actor: User) -> DoorKeeper:
    """From now on they keep no door. Raises: NotAllowed; Conflict (ended already)."""
    row = queries.lock_keeper(keeper_id)  # lock
    require(rules.doorkeeper_end, actor, row.expo)  # may
    if row.ended_at is not None:
        raise Conflict(_("已经不再值守。"))
    row.ended_at = clock.now()  # move
    row.save(update_fields=["ended_at"])  # write
    record(  # record; tell: the host tells its own people
        actor=actor, verb="expos.doorkeeper_end", target=row, province_code=row.expo.host_id, user=row.user_id
    )
    return row
