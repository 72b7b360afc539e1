"""Visits as they are booked: one, several at once, the waiting list that moves up by itself. Read next: visit_answers.py."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from governance import facility_queries
from governance import resource_rules as rules
from governance import visit_queries as queries
from governance.models import Facility, Visit, VisitBundle
from governance.opening import Slot
from governance.states import VISIT_MOVES, VisitState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict, NotAllowed
from platform_site.outbox.queue import after_commit
from platform_site.states import move
from platform_site.ui.formats import listed, minute_iso

MOST_IN_BUNDLE = 8


class Clash(Conflict):
    """A time that cannot be had; `slots` are the nearest ones that can, `may_wait` whether there is a list to join."""

    def __init__(self, reason: str, slots: Sequence[Slot] = (), *, may_wait: bool = False) -> None:
        words = listed(minute_iso(slot.starts_at) for slot in slots)
        advice = _("最近的空闲时段：%(slots)s。") % {"slots": words} if slots else _("近期没有其他空闲时段。")
        super().__init__(reason, advice)
        self.slots, self.may_wait = list(slots), may_wait


@dataclass(frozen=True)
class Wish:
    """What is asked of every facility alike: for whom, how many people, what for, about which listing."""

    visitor: User
    people: int
    purpose: str
    listing_id: int | None = None


@transaction.atomic
def visit_book(*, facility_id: int, actor: User, wish: Wish, starts_at: datetime, wait: bool = False) -> Visit:
    """Ask for a slot; `wait` stands in its waiting list where it is full.

    Raises: NotAllowed (not for that person); Clash (no such slot, full, or the visitor is elsewhere then).
    """
    facility = facility_queries.lock_facility(facility_id)  # lock
    require(rules.books, actor, None, _("请登录后预约。"))  # may
    _require_for(actor, wish, [facility])
    slot, state = _slot_for(facility, wish, starts_at, wait=wait)  # move
    visit = _write(facility, actor, wish, slot, state)  # write
    record(  # record
        actor=actor, verb="governance.visit_book", target=visit, province_code=facility.province_id,
        facility=facility.slug, people=wish.people, state=str(state),
    )  # fmt: skip
    after_commit("governance.visit_notify", visit_id=visit.pk)  # tell
    return visit


@transaction.atomic
def visit_bundle(*, actor: User, wish: Wish, wanted: Sequence[tuple[int, datetime]]) -> VisitBundle:
    """Ask for several facilities at once: (facility, beginning), all or none.

    Raises: NotAllowed; Conflict naming each that cannot be had. Then nothing is written.
    """
    facilities = facility_queries.lock_facilities(pk for pk, _starts in wanted)  # lock
    require(rules.books, actor, None, _("请登录后预约。"))  # may
    _require_for(actor, wish, facilities.values())
    if not 0 < len(wanted) <= MOST_IN_BUNDLE or len({pk for pk, _starts in wanted}) < len(wanted):
        raise Conflict(_("一次预约一至 %(most)d 个资源，每个资源一个时段。") % {"most": MOST_IN_BUNDLE})
    slots = _slots_for(facilities, wish, wanted)  # move
    bundle = VisitBundle.objects.create(made_by=actor, made_at=clock.now())  # write
    for pk, slot in slots:
        visit = _write(facilities[pk], actor, wish, slot, VisitState.REQUESTED, bundle)
        after_commit("governance.visit_notify", visit_id=visit.pk)  # tell
    record(actor=actor, verb="governance.visit_bundle", target=bundle, visits=len(slots))  # record
    return bundle


def _require_for(actor: User, wish: Wish, facilities: Iterable[Facility]) -> None:
    """For whom the actor may book, and about whose technology."""
    if any(not rules.books_for(actor, (wish.visitor, one)) for one in facilities):
        raise NotAllowed(rules.books_for.reason)  # type: ignore[attr-defined]
    if wish.listing_id and not queries.is_listing_of(wish.listing_id, (actor, wish.visitor)):
        raise NotAllowed(_("只能注明本人或者到访人的技术。"))


def _slots_for(
    facilities: dict[int, Facility], wish: Wish, wanted: Sequence[tuple[int, datetime]]
) -> list[tuple[int, Slot]]:
    """The slot of each; one refusal that names all that fail, two of the bundle that meet included."""
    found: list[tuple[int, Slot]] = []
    said = []
    for pk, starts_at in wanted:
        try:
            slot, _state = _slot_for(facilities[pk], wish, starts_at)
        except Clash as clash:
            said.append(_("%(facility)s：%(reason)s%(advice)s") % {"facility": facilities[pk], "reason": clash.reason, "advice": clash.advice})  # fmt: skip
            continue
        for other, taken in found:
            if taken.starts_at < slot.ends_at and taken.ends_at > slot.starts_at:
                names = {"one": facilities[other], "other": facilities[pk]}
                said.append(_("%(one)s与%(other)s的时段重叠，不能同时到访。") % names)
        found.append((pk, slot))
    if said:
        raise Conflict(" ".join(said), _("全部时段都可用才能一并预约，现在没有预约任何一个。"))
    return found


def _slot_for(facility: Facility, wish: Wish, starts_at: datetime, *, wait: bool = False) -> tuple[Slot, VisitState]:
    """The slot, and whether it is had or waited for; a Clash says what is in the way."""
    if not facility.is_open:
        raise Clash(_("这个资源已停止开放。"))
    if wish.people > facility.visitors:
        raise Clash(_("每次最多接待 %(people)d 人。") % {"people": facility.visitors})
    slot, now = queries.slot_at(facility, starts_at), clock.database_now()
    if slot is None or starts_at <= now or starts_at > now + timedelta(days=queries.BOOKABLE_DAYS):
        near = queries.nearest_free(facility, max(starts_at, now), wish.people, wish.visitor)
        raise Clash(_("%(moment)s 不是可以预约的时段。") % {"moment": minute_iso(starts_at)}, near)
    if busy := queries.elsewhere(wish.visitor, slot.starts_at, slot.ends_at):
        near = queries.nearest_free(facility, starts_at, wish.people, wish.visitor)
        raise Clash(_("到访人这个时间已预约%(place)s。") % {"place": busy[0].facility}, near)
    left = queries.room(facility, slot)
    if left >= wish.people:
        return slot, VisitState.REQUESTED
    if wait:
        return slot, VisitState.WAITING
    near = queries.nearest_free(facility, starts_at, wish.people, wish.visitor)
    reason = _("%(moment)s 还能接待 %(left)d 人，少于所需的 %(people)d 人。") % {"moment": minute_iso(starts_at), "left": left, "people": wish.people}  # fmt: skip
    raise Clash(reason, near, may_wait=True)


def _write(
    facility: Facility, actor: User, wish: Wish, slot: Slot, state: VisitState, bundle: VisitBundle | None = None
) -> Visit:
    """The row. What the checks before could not see, because it was written meanwhile, the database refuses."""
    try:
        with transaction.atomic():
            return Visit.objects.create(
                facility=facility, visitor=wish.visitor, booked_by=actor, bundle=bundle, listing_id=wish.listing_id,
                from_province_id=wish.visitor.province_id, people=wish.people, purpose=wish.purpose.strip(),
                asked_at=slot.starts_at, starts_at=slot.starts_at, ends_at=slot.ends_at, state=state, made_at=clock.now(),
            )  # fmt: skip
    except IntegrityError as error:
        raise Clash(_("这个时间刚刚被预约。")) from error


# ---- the waiting list


def visits_move_up(*, facility: Facility, starts_at: datetime | None = None, ends_at: datetime | None = None) -> int:
    """Let who waits have what has become free, in their public order: the first whose party fits. The facility is locked.

    Part of every act that frees room. A visitor who is elsewhere by then goes on waiting. Answers how many moved up.
    """
    now = clock.database_now()
    begin, end = starts_at or now, ends_at or now + timedelta(days=2 * queries.BOOKABLE_DAYS)
    moved = 0
    for visit in queries.lock_waiting(facility.pk, begin, end):
        slot = Slot(visit.starts_at, visit.ends_at)
        if visit.starts_at <= now or queries.room(facility, slot) < visit.people:
            continue
        if queries.elsewhere(visit.visitor, visit.starts_at, visit.ends_at):
            continue
        moved += _move_up(visit)
    return moved


def _move_up(visit: Visit) -> bool:
    move(visit, VisitState.REQUESTED, VISIT_MOVES)
    visit.moved_up_at, visit.changes = clock.now(), visit.changes + 1
    try:
        with transaction.atomic():
            visit.save(update_fields=["state", "moved_up_at", "changes"])
    except IntegrityError:  # the visitor has just got room elsewhere
        return False
    record(actor=None, verb="governance.visit_move_up", target=visit, facility=visit.facility.slug)
    after_commit("governance.visit_notify", visit_id=visit.pk)
    return True
