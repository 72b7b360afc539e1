"""The plan of meetings: asked for by the host, reckoned in the worker, applied by the host. Read next: ../matching.py."""

import time
from collections import defaultdict
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from expos import match_input, matching, matching_plan, matching_relaxed
from expos import meeting_queries as queries
from expos import meeting_rules as rules
from expos.meeting_slots import Slot
from expos.models import Expo, ExpoMeeting, MatchRun, MeetingPerson, MeetingTable, UnmetWish
from expos.queries import expo_of
from expos.states import MEETING_MOVES, RUN_GOES, RUN_MOVES, MeetingState, RunState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit
from platform_site.states import move

from .meeting_places import require_open

TELLS_EVERY = 1.0  # seconds between two looks at whether somebody has stopped it


@transaction.atomic
def match_run_ask(*, year: int, actor: User) -> MatchRun:
    """Let the plan be reckoned from now on. Raises: NotAllowed; Conflict (one is going on, over, or nothing to plan with)."""
    expo = expo_of(year)
    require(rules.match_run_ask, actor, expo)  # may
    require_open(expo)
    now = clock.now()
    if not any(slot.starts_at > now for slot in queries.slots_of(expo)) or not expo.meeting_tables.exists():
        raise Conflict(_("没有以后的对接时段，或者还没有洽谈桌。"), _("请先安排时段和洽谈桌。"))
    try:
        with transaction.atomic():  # lock, move, write
            run = MatchRun.objects.create(expo=expo, since=now, asked_by=actor, made_at=now)
    except IntegrityError as goes:
        raise Conflict(_("已有一次计算正在进行。"), _("等它算完，或者先停止它。")) from goes
    record(  # record; tell: the page shows it
        actor=actor, verb="expos.match_run_ask", target=run, province_code=expo.host_id
    )
    return run


@transaction.atomic
def match_run_cancel(*, run_id: int, actor: User) -> MatchRun:
    """Stop it, or throw away what it found. The worker sees it within seconds. Raises: NotAllowed; MoveRefused."""
    run = queries.lock_run(run_id)  # lock
    require(rules.match_run_cancel, actor, run.expo)  # may
    move(run, RunState.CANCELLED, RUN_MOVES)  # move
    run.ended_at = clock.now()  # write
    run.save(update_fields=["state", "ended_at"])
    record(  # record; tell: nobody waits for it
        actor=actor, verb="expos.match_run_cancel", target=run, province_code=run.expo.host_id
    )
    return run


# ---- in the worker


def match_run_work(*, run_id: int) -> bool:
    """Reckon one run from beginning to end; whether it came to one. Not one transaction: its progress is seen meanwhile."""
    if not _begun(run_id):
        return False
    run, begun = MatchRun.objects.select_related("expo").get(pk=run_id), time.monotonic()
    try:
        found = match_input.read(run.expo, run.since)
        plan = matching_relaxed.planned(found.problem, tell=_Teller(run_id))
        by_hand = matching_plan.greedy(found.problem)
    except matching.Cancelled:
        return False
    except Exception as error:
        _failed(run_id, type(error).__name__)
        raise
    return _done(run_id, found, plan, by_hand.value, time.monotonic() - begun)


class _Teller:
    """Writes the share done, at most once a second, and says whether somebody has stopped the run."""

    def __init__(self, run_id: int) -> None:
        self.run_id, self.told = run_id, 0.0

    def __call__(self, share: float) -> bool:
        if time.monotonic() - self.told < TELLS_EVERY:
            return False
        self.told = time.monotonic()
        going = MatchRun.objects.filter(pk=self.run_id, state=RunState.RUNNING)
        return not going.update(share=min(max(share, 0.0), 1.0))


@transaction.atomic
def _begun(run_id: int) -> bool:
    run = queries.lock_run(run_id)
    if run.state != RunState.QUEUED:
        return False
    move(run, RunState.RUNNING, RUN_MOVES)
    run.save(update_fields=["state"])
    return True


@transaction.atomic
def _failed(run_id: int, error: str) -> None:
    run = queries.lock_run(run_id)
    if run.state in RUN_GOES:
        move(run, RunState.FAILED, RUN_MOVES)
        run.error, run.ended_at = error[:200], clock.now()
        run.save(update_fields=["state", "error", "ended_at"])


def match_run_fail(*, run_id: int) -> None:
    """The clock's: a run whose worker is gone does not stand in the way of the next."""
    _failed(run_id, "stale")


@transaction.atomic
def _done(run_id: int, found: match_input.Input, plan: matching.Plan, greedy: int, seconds: float) -> bool:
    run = queries.lock_run(run_id)
    if run.state != RunState.RUNNING:
        return False
    move(run, RunState.DONE, RUN_MOVES)
    problem = found.problem
    figures = {
        "share": 1.0, "ended_at": clock.now(), "seconds": round(seconds, 1), "people": len(problem.free), "wishes": len(problem.wishes),
        "met": plan.met, "served": plan.served, "value": plan.value, "greedy": greedy, "bound": plan.bound,
        "placed": match_input.placed(found, plan),
    }  # fmt: skip
    for name, value in figures.items():
        setattr(run, name, value)
    run.save()
    UnmetWish.objects.bulk_create(
        UnmetWish(
            run=run, by_id=one.wish.by, whom_id=one.wish.whom, why=str(one.why), common=one.common.bit_count(),
            by_taken=one.by_taken.bit_count(), whom_taken=one.whom_taken.bit_count(), full=one.full.bit_count(),
        )
        for one in plan.unmet
    )  # fmt: skip
    return True


# ---- applied


@transaction.atomic
def match_run_apply(*, run_id: int, actor: User) -> MatchRun:
    """Propose what the run found: what nobody has confirmed of the plan before gives way, everything else stays.

    Whoever has left since is left out. Raises: NotAllowed; MoveRefused; Conflict (a time was taken since it was reckoned: reckon anew).
    """
    run = queries.lock_run(run_id)  # lock
    require(rules.match_run_apply, actor, run.expo)  # may
    require_open(run.expo)
    move(run, RunState.APPLIED, RUN_MOVES)  # move
    now = clock.now()
    here = queries.lock_participants(run)
    wanted = [
        (one, other, moment) for one, other, text in run.placed
        if (moment := datetime.fromisoformat(text)) > now and {one, other} <= here
    ]  # fmt: skip
    kept = _give_way(run, {(frozenset((one, other)), moment) for one, other, moment in wanted})
    fresh = [row for row in wanted if (frozenset(row[:2]), row[2]) not in kept]
    try:
        with transaction.atomic():
            _propose(run, fresh)  # write
    except IntegrityError as taken:
        raise Conflict(_("计算之后又有人约定了会面，结果已经不能采用。"), _("请重新计算。")) from taken
    run.save(update_fields=["state"])
    record(  # record
        actor=actor, verb="expos.match_run_apply", target=run, province_code=run.expo.host_id, meetings=len(fresh),
        kept=len(kept),
    )  # fmt: skip
    after_commit("expos.match_run_notify", run_id=run.pk)  # tell
    return run


def _give_way(run: MatchRun, wanted: set[tuple[frozenset[int], datetime]]) -> set[tuple[frozenset[int], datetime]]:
    """Cancel what was only proposed and is not in the new plan; what is in it at the same time stays as it is."""
    kept = set()
    for meeting in queries.lock_proposed(run.expo, run.since):
        key = (frozenset(person.profile_id for person in meeting.people.all()), meeting.starts_at)
        if key in wanted:
            kept.add(key)
            continue
        move(meeting, MeetingState.CANCELLED, MEETING_MOVES)
        meeting.replaced_by, meeting.changes = run, meeting.changes + 1
        meeting.save(update_fields=["state", "replaced_by", "changes"])
    return kept


def _propose(run: MatchRun, fresh: list[tuple[int, int, datetime]]) -> None:
    """Each at the free table with the lowest number; two statements for all."""
    slots = {slot.starts_at: slot for slot in queries.slots_of(run.expo)}
    by_slot: dict[datetime, list[tuple[int, int]]] = defaultdict(list)
    for one, other, moment in fresh:
        if moment not in slots:
            raise Conflict(_("对接时段在计算之后改过，结果已经不能采用。"), _("请重新计算。"))
        by_slot[moment].append((one, other))
    made: list[tuple[ExpoMeeting, tuple[int, int]]] = []
    for moment, pairs in sorted(by_slot.items()):
        tables = queries.free_tables(run.expo, slots[moment])
        if len(tables) < len(pairs):
            raise Conflict(_("计算之后又有人约定了会面，结果已经不能采用。"), _("请重新计算。"))
        made += [(_row(run.expo, run, table, slots[moment]), two) for table, two in zip(tables, pairs, strict=False)]
    ExpoMeeting.objects.bulk_create([meeting for meeting, _two in made])
    MeetingPerson.objects.bulk_create(
        MeetingPerson(meeting=meeting, profile_id=pk, starts_at=meeting.starts_at, ends_at=meeting.ends_at)
        for meeting, two in made for pk in two
    )  # fmt: skip


def _row(expo: Expo, run: MatchRun, table: MeetingTable, slot: Slot) -> ExpoMeeting:
    return ExpoMeeting(
        expo=expo, table=table, starts_at=slot.starts_at, ends_at=slot.ends_at, state=MeetingState.PROPOSED, run=run,
        made_at=clock.now(),
    )  # fmt: skip
