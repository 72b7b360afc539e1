"""Stationing (入驻): applied for, decided by the facility's own keepers, waited for, signed, reported on, ended. Read next: ../stays.py."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from governance import facility_queries
from governance import resource_rules as rules
from governance import stationing_queries as queries
from governance.models import Facility, Stationing, StationingMilestone, StationingReport
from governance.states import STATIONING_MOVES, StationingState
from governance.stays import Amounts
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict, NotAllowed
from platform_site.outbox.queue import after_commit
from platform_site.regions.queries import due_date
from platform_site.states import move
from platform_site.ui.formats import grouped


@dataclass(frozen=True)
class Wanted:
    """What is applied for: places, m², kW, from one day to another (half-open), equipment and purpose in words."""

    places: int
    starts_on: date
    ends_on: date
    purpose: str
    area_m2: Decimal = Decimal(0)
    power_kw: Decimal = Decimal(0)
    equipment: str = ""

    @property
    def amounts(self) -> Amounts:
        return Amounts(self.places, self.area_m2, self.power_kw)


@transaction.atomic
def stationing_apply(*, facility_id: int, listing_id: int, actor: User, wanted: Wanted) -> Stationing:
    """Apply with a patent of one's own that is on the market; the keepers answer within the working days of the clock.

    Raises: NotAllowed (not one's own listing); Conflict (closed, more than the facility has at all, applied for already).
    """
    listing = queries.listing_owned(listing_id, actor)  # lock
    facility = facility_queries.lock_facility(facility_id)
    if listing is None:  # may
        raise NotAllowed(_("申请入驻需要本人在架的技术。"), _("请先上架要产业化的专利。"))
    _require_possible(facility, wanted)
    if Stationing.objects.filter(facility=facility, listing=listing, state__in=queries.OPEN).exists():
        raise Conflict(_("这项技术在这里已有未办结的入驻申请。"), _("进展见“我的入驻”。"))
    stationing = Stationing.objects.create(  # move, write
        facility=facility, applicant=actor, listing=listing, from_province_id=actor.province_id, places=wanted.places,
        area_m2=wanted.area_m2, power_kw=wanted.power_kw, equipment=wanted.equipment.strip(), purpose=wanted.purpose.strip(),
        asked_from=wanted.starts_on, asked_until=wanted.ends_on, starts_on=wanted.starts_on, ends_on=wanted.ends_on,
        made_at=clock.now(), due_on=due_date(clock.today(), settings.STATIONING_WORKING_DAYS),
    )  # fmt: skip
    _told(stationing, actor, "governance.stationing_apply")  # record, tell
    return stationing


def _require_possible(facility: Facility, wanted: Wanted) -> None:
    if not facility.is_open or not facility.places:
        raise Conflict(_("这个资源不接受入驻。"))
    if not clock.today() <= wanted.starts_on < wanted.ends_on:
        raise Conflict(_("入驻应从今天或以后开始，并在开始以后结束。"))
    if not queries.amounts_of(facility).holds(wanted.amounts):
        has = queries.amounts_of(facility)
        said = {"places": has.places, "area": grouped(has.area), "power": grouped(has.power)}
        raise Conflict(
            _("所需超过这个资源的全部条件：工位 %(places)d 个，场地 %(area)s m²，用电 %(power)s kW。") % said,
            _("可以减少所需，或者在“哪里可以生产”中另找地方。"),
        )


@transaction.atomic
def stationing_accept(*, stationing_id: int, actor: User, reason: str = "") -> Stationing:
    """Give the places over the whole period. Raises: NotAllowed; Conflict (not enough is free: the waiting list is there); MoveRefused."""
    stationing = queries.lock_stationing(stationing_id)  # lock
    require(rules.stationing_decide, actor, stationing)  # may
    free = queries.free_over(stationing.facility, stationing.starts_on, stationing.ends_on, stationing.pk)
    if stationing.state == StationingState.SUBMITTED and not free.holds(_amounts(stationing)):
        said = {"places": free.places, "area": grouped(free.area), "power": grouped(free.power)}
        raise Conflict(
            _("这段时间只剩工位 %(places)d 个、场地 %(area)s m²、用电 %(power)s kW。") % said,
            _("可以列入排队，有空位时按次序自动递补。"),
        )
    if stationing.state == StationingState.WAITING:
        raise Conflict(_("排队的申请按次序自动递补，不能越过。"))
    move(stationing, StationingState.ACCEPTED, STATIONING_MOVES)  # move
    return _decided(stationing, actor, reason, "governance.stationing_accept")  # write, record, tell


@transaction.atomic
def stationing_queue(*, stationing_id: int, actor: User, reason: str) -> Stationing:
    """Agree, and let it wait for room in the public order. Raises: NotAllowed; Conflict (there is room); MoveRefused."""
    stationing = queries.lock_stationing(stationing_id)  # lock
    require(rules.stationing_decide, actor, stationing)  # may
    free = queries.free_over(stationing.facility, stationing.starts_on, stationing.ends_on, stationing.pk)
    if stationing.state == StationingState.SUBMITTED and free.holds(_amounts(stationing)):
        raise Conflict(_("这段时间有空位，不需要排队。"), _("请同意入驻，或者说明理由不予同意。"))
    move(stationing, StationingState.WAITING, STATIONING_MOVES)  # move
    return _decided(stationing, actor, reason, "governance.stationing_queue")  # write, record, tell


@transaction.atomic
def stationing_decline(*, stationing_id: int, actor: User, reason: str) -> Stationing:
    """Say no, with the reason; after an acceptance that no contract followed, who waits moves up. Raises: NotAllowed, MoveRefused."""
    stationing = queries.lock_stationing(stationing_id)  # lock
    require(rules.stationing_decide, actor, stationing)  # may
    move(stationing, StationingState.DECLINED, STATIONING_MOVES)  # move
    _decided(stationing, actor, reason, "governance.stationing_decline")  # write, record, tell
    stationings_move_up(facility=stationing.facility)
    return stationing


@transaction.atomic
def stationing_withdraw(*, stationing_id: int, actor: User) -> Stationing:
    """Take the application back before the contract; who waits moves up. Raises: NotAllowed, MoveRefused."""
    stationing = queries.lock_stationing(stationing_id)  # lock
    require(rules.stationing_own, actor, stationing)  # may
    move(stationing, StationingState.WITHDRAWN, STATIONING_MOVES)  # move
    stationing.save(update_fields=["state"])  # write
    _told(stationing, actor, "governance.stationing_withdraw")  # record, tell
    stationings_move_up(facility=stationing.facility)
    return stationing


@transaction.atomic
def stationing_sign(
    *, stationing_id: int, actor: User, contract: str, signed_on: date, milestones: Sequence[tuple[str, date]]
) -> Stationing:
    """Enter the contract that both sides have signed, with what is to be reached by when (title, day).

    Raises: NotAllowed; Conflict (a day in the future, a milestone outside the stay); MoveRefused.
    """
    stationing = queries.lock_stationing(stationing_id)  # lock
    require(rules.stationing_decide, actor, stationing)  # may
    if signed_on > clock.today():
        raise Conflict(_("签订日期不能晚于今天。"))
    if any(not stationing.starts_on <= due < stationing.ends_on for _title, due in milestones):
        raise Conflict(_("里程碑的日期应在入驻期间之内。"))
    move(stationing, StationingState.STATIONED, STATIONING_MOVES)  # move
    stationing.contract, stationing.signed_on = contract.strip(), signed_on
    stationing.save(update_fields=["state", "contract", "signed_on"])  # write
    StationingMilestone.objects.bulk_create(
        StationingMilestone(stationing=stationing, title=title, due_on=due) for title, due in milestones
    )
    _told(stationing, actor, "governance.stationing_sign")  # record, tell
    return stationing


@transaction.atomic
def stationing_report(*, stationing_id: int, actor: User, words: str) -> StationingReport:
    """What the resident says of the work. Raises: NotAllowed; Conflict (not there)."""
    stationing = queries.lock_stationing(stationing_id)  # lock
    require(rules.stationing_own, actor, stationing)  # may
    if stationing.state != StationingState.STATIONED:
        raise Conflict(_("只有在驻期间可以报告进展。"))
    row = StationingReport.objects.create(  # move, write
        stationing=stationing, words=words.strip(), made_by=actor, made_at=clock.now()
    )
    record(actor=actor, verb="governance.stationing_report", target=stationing, report=row.pk)  # record
    after_commit("governance.stationing_report_notify", report_id=row.pk)  # tell
    return row


@transaction.atomic
def milestone_reach(*, milestone_id: int, actor: User) -> StationingMilestone:
    """Confirm, once, that a milestone is reached. Raises: NotAllowed; Conflict (not there, reached already)."""
    milestone = queries.lock_milestone(milestone_id)  # lock
    stationing = milestone.stationing
    require(rules.stationing_decide, actor, stationing)  # may
    if stationing.state != StationingState.STATIONED or milestone.done_at is not None:
        raise Conflict(_("里程碑已确认，或者已不在驻。"))
    milestone.done_by, milestone.done_at = actor, clock.now()  # move
    milestone.save(update_fields=["done_by", "done_at"])  # write
    record(actor=actor, verb="governance.milestone_reach", target=stationing, milestone=milestone.pk)  # record
    return milestone  # tell: the applicant's page shows it


@transaction.atomic
def stationing_graduate(*, stationing_id: int, actor: User, outcome: str) -> Stationing:
    """The patent is industrialised: the stay ends with what came of it. Raises: NotAllowed; Conflict (a milestone is open); MoveRefused."""
    stationing = queries.lock_stationing(stationing_id)  # lock
    require(rules.stationing_decide, actor, stationing)  # may
    if stationing.milestones.filter(done_at=None).exists():
        raise Conflict(_("还有里程碑没有确认，不能毕业。"), _("请先确认里程碑；不再继续的，办理退出。"))
    move(stationing, StationingState.GRADUATED, STATIONING_MOVES)  # move
    return _ended(stationing, actor, outcome, "governance.stationing_graduate")  # write, record, tell


@transaction.atomic
def stationing_exit(*, stationing_id: int, actor: User, outcome: str) -> Stationing:
    """The stay ends without graduation, by either side, with the reason. Raises: NotAllowed, MoveRefused."""
    stationing = queries.lock_stationing(stationing_id)  # lock
    require(rules.stationing_exit, actor, stationing)  # may
    move(stationing, StationingState.EXITED, STATIONING_MOVES)  # move
    return _ended(stationing, actor, outcome, "governance.stationing_exit")  # write, record, tell


# ---- the waiting list


def stationings_move_up(*, facility: Facility) -> int:
    """Let who waits have what is free, in the public order: the first that fits. The facility is locked.

    Part of every act that frees room, and the clock's every morning. A wished beginning that has passed becomes today, and
    the stay is as long as it was asked for. Answers how many moved up.
    """
    today, moved = clock.today(), 0
    for stationing in queries.lock_waiting(facility.pk):
        starts_on = max(stationing.asked_from, today)
        ends_on = starts_on + (stationing.asked_until - stationing.asked_from)
        if not queries.free_over(facility, starts_on, ends_on, stationing.pk).holds(_amounts(stationing)):
            continue
        move(stationing, StationingState.ACCEPTED, STATIONING_MOVES)
        stationing.starts_on, stationing.ends_on, stationing.moved_up_at = starts_on, ends_on, clock.now()
        stationing.save(update_fields=["state", "starts_on", "ends_on", "moved_up_at"])
        _told(stationing, None, "governance.stationing_move_up")
        moved += 1
    return moved


@transaction.atomic
def stationing_line_run(*, facility_id: int) -> int:
    """The clock's: one facility after the other, since room comes free as days pass. Answers how many moved up."""
    return stationings_move_up(facility=facility_queries.lock_facility(facility_id))


def _amounts(stationing: Stationing) -> Amounts:
    return Amounts(stationing.places, stationing.area_m2, stationing.power_kw)


def _decided(stationing: Stationing, actor: User, reason: str, verb: str) -> Stationing:
    stationing.decided_by, stationing.decided_at, stationing.reason = actor, clock.now(), reason.strip()
    stationing.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    _told(stationing, actor, verb)
    return stationing


def _ended(stationing: Stationing, actor: User, outcome: str, verb: str) -> Stationing:
    """What was held is free from today on."""
    stationing.ended_at, stationing.outcome = clock.now(), outcome.strip()
    stationing.ends_on = max(stationing.starts_on, min(stationing.ends_on, clock.today()))
    stationing.save(update_fields=["state", "ended_at", "outcome", "ends_on"])
    _told(stationing, actor, verb)
    stationings_move_up(facility=stationing.facility)
    return stationing


def _told(stationing: Stationing, actor: User | None, verb: str) -> None:
    facility = stationing.facility
    record(
        actor=actor, verb=verb, target=stationing, province_code=facility.province_id, facility=facility.slug,
        state=str(stationing.state),
    )  # fmt: skip
    after_commit("governance.stationing_notify", stationing_id=stationing.pk)
