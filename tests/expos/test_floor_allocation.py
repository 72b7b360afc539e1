"""The allocation put in force: given, confirmed, declined, expired, waited for, chosen, changed by hand. Read next: test_allocation_solver.py."""

from datetime import timedelta

import pytest

from expos import allocation_queries, floor_queries, floor_tasks
from expos.actions import allocations, allotments, booths
from expos.models import AllocationRun, Booth, BoothApplication
from expos.states import ExpoState
from platform_site import clock
from platform_site.accounts.queries import system_user
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.notices.models import Notice
from platform_site.outbox import queue
from tests import shared
from tests.factories import expo_floor as make
from tests.factories import expos

pytestmark = pytest.mark.django_db
guo, he, shen = shared.once("guo", "he", "shen")


@pytest.fixture(scope="module")
def world(module_db, guo, he, shen):
    """Five exhibitors of Hunan want A02, Hunan has four booths; the call is over."""
    expo = make.floor(officer=guo)
    people = [make.exhibitor(number) for number in range(5)]
    rows = [make.reviewed(expo, one, officer=he, wishes=["A02"]) for one in people]
    return make.closed(expo, officer=guo), rows


@pytest.fixture(scope="module")
def plan(world, guo):
    """The worker's, not yet in force."""
    return make.reckoned(world[0], officer=guo)


@pytest.fixture
def applied(plan, guo):
    return allocations.allocation_apply(run_id=plan.pk, actor=guo)


def states(rows):
    return [BoothApplication.objects.get(pk=row.pk).state for row in rows]


def test_the_worker_proposes_and_nothing_is_given_yet(world, plan):
    expo, rows = world
    assert (plan.state, plan.stage, plan.places.count()) == ("done", 3, 4)
    assert states(rows) == ["pre_reviewed"] * 5 and not floor_queries.given_ids(expo)
    lines = allocation_queries.lines_of(plan)
    assert [one.number for one in lines[0].booths] == ["A02"] and lines[0].said == []
    assert lines[1].said == [f"第 1 志愿 A02 分给了第 {rows[0].pk} 号申请：那是它的第 1 志愿，次序在前。"]
    assert "本代表团的展位数已经用完。" in lines[4].said


def test_the_host_applies_it_and_everybody_is_told(world, applied):
    expo, rows = world
    assert states(rows) == ["allotted"] * 4 + ["waiting"]
    assert make.numbers(rows[0]) == ["A02"] and len(floor_queries.given_ids(expo)) == 4
    while queue.drain():
        continue
    assert Notice.objects.filter(kind="application_allotted").count() == 4
    assert Notice.objects.filter(kind="application_waiting").get().recipient == rows[4].exhibitor
    assert floor_queries.place_in_line(BoothApplication.objects.get(pk=rows[4].pk)) == 1


def test_nobody_else_runs_it(world, plan, he):
    expo = world[0]
    for act in (
        lambda: allocations.allocation_start(expo_id=expo.pk, actor=he),
        lambda: allocations.allocation_cancel(run_id=plan.pk, actor=he),
        lambda: allocations.allocation_apply(run_id=plan.pk, actor=he),
        lambda: allotments.application_allot(application_id=world[1][0].pk, actor=he, booth_ids=[]),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_one_at_work_and_cancelled_before_and_meanwhile(world, guo, monkeypatch):
    expo, _rows = world
    run = allocations.allocation_start(expo_id=expo.pk, actor=guo)
    with pytest.raises(Conflict, match="正在计算"):
        allocations.allocation_start(expo_id=expo.pk, actor=guo)
    allocations.allocation_cancel(run_id=run.pk, actor=guo)
    assert floor_tasks.allocations_run() == 0
    again = allocations.allocation_start(expo_id=expo.pk, actor=guo)
    plain = allocation_queries.task_of
    monkeypatch.setattr(
        allocation_queries,
        "task_of",
        lambda one: (allocations.allocation_cancel(run_id=again.pk, actor=guo), plain(one))[1],
    )
    assert floor_tasks.allocations_run() == 1
    assert AllocationRun.objects.get(pk=again.pk).state == "cancelled" and not again.places.exists()


def test_what_broke_off_is_said_so(world, guo):
    run = allocations.allocation_start(expo_id=world[0].pk, actor=guo)
    with clock.at(clock.now() - timedelta(hours=1)):
        allocations.run_begin(run_id=run.pk)
    AllocationRun.objects.filter(pk=run.pk).update(made_at=clock.now() - timedelta(hours=1))
    floor_tasks.allocations_run()
    found = AllocationRun.objects.get(pk=run.pk)
    assert (found.state, found.reason) == ("failed", "计算中断，请重新开始。")


def test_confirmed_until_the_day_and_not_after(world, applied):
    rows = world[1]
    with pytest.raises(NotAllowed):
        allotments.application_confirm(application_id=rows[0].pk, actor=rows[1].exhibitor)
    allotments.application_confirm(application_id=rows[0].pk, actor=rows[0].exhibitor)
    with clock.at(clock.now() + timedelta(days=8)), pytest.raises(Conflict, match="确认已于"):
        allotments.application_confirm(application_id=rows[1].pk, actor=rows[1].exhibitor)


def test_a_declined_booth_goes_to_who_waits(world, applied):
    rows = world[1]
    allotments.application_decline(application_id=rows[0].pk, actor=rows[0].exhibitor, reason="不来了。")
    assert states(rows) == ["declined", "allotted", "allotted", "allotted", "allotted"]
    assert make.numbers(rows[0]) == [] and make.numbers(rows[4]) == ["A02"]
    assert rows[0].exhibits.get().state == "withdrawn"
    with pytest.raises(MoveRefused):
        allotments.application_decline(application_id=rows[0].pk, actor=rows[0].exhibitor)


def test_what_is_not_confirmed_expires_by_the_clock(world, applied, guo):
    rows = world[1]
    for row in rows[1:4]:
        allotments.application_confirm(application_id=row.pk, actor=row.exhibitor)
    with pytest.raises(NotAllowed):
        allotments.application_expire(application_id=rows[0].pk, actor=guo)
    with pytest.raises(Conflict, match="还没有截止"):
        allotments.application_expire(application_id=rows[0].pk, actor=system_user())
    with clock.at(clock.now() + timedelta(days=8)):
        assert floor_tasks.applications_run() == 1
        assert floor_tasks.applications_run() == 0
    assert states(rows) == ["expired", "confirmed", "confirmed", "confirmed", "allotted"]


def test_by_hand_within_what_fits(world, applied, guo):
    expo, rows = world
    by = {one.number: one.pk for one in Booth.objects.filter(expo=expo)}

    def give(row, *numbers):
        return allotments.application_allot(application_id=row.pk, actor=guo, booth_ids=[by[one] for one in numbers])

    for numbers, said in ((["A01"], "转角"), (["A90"], "类型"), (["A03", "A06"], "1 个连在一起")):
        with pytest.raises(Conflict, match=said):
            give(rows[0], *numbers)
    free = (
        next(one for one in ("A03", "A06", "A07") if by[one] not in floor_queries.given_ids(expo))
        if len(floor_queries.given_ids(expo) & {by["A03"], by["A06"], by["A07"]}) < 3
        else None
    )
    assert free is None, "all four standard booths are given"
    with pytest.raises(booths.Taken):
        give(rows[0], "A03" if make.numbers(rows[0]) != ["A03"] else "A06")
    with pytest.raises(Conflict, match="用完"):
        give(rows[4], "A02")
    give(rows[0])
    assert states(rows)[0] == "waiting" and make.numbers(rows[4]) == ["A02"], "the next in line has it"


def test_who_waits_may_choose_a_free_booth_that_fits(world, applied, guo, he):
    expo, rows = world
    waiting = rows[4]
    with pytest.raises(Conflict, match="没有暂留"):
        allotments.booth_take(application_id=waiting.pk, actor=waiting.exhibitor)
    with pytest.raises(NotAllowed):
        allotments.booth_take(application_id=waiting.pk, actor=he)
    booths.booth_hold(booth_id=Booth.objects.get(expo=expo, number="A05").pk, actor=waiting.exhibitor)
    with pytest.raises(Conflict, match="转角"):
        allotments.booth_take(application_id=waiting.pk, actor=waiting.exhibitor)
    booths.hold_release(expo_id=expo.pk, actor=waiting.exhibitor)
    spare = make.rows(expo, officer=guo, first=30, count=1, y=20, corners=False)[0]
    booths.booth_hold(booth_id=spare.pk, actor=waiting.exhibitor)
    with pytest.raises(Conflict, match="用完"):
        allotments.booth_take(application_id=waiting.pk, actor=waiting.exhibitor)
    expo.delegations.filter(province="430000").update(booths=5)
    taken = allotments.booth_take(application_id=waiting.pk, actor=waiting.exhibitor)
    assert (taken.state, make.numbers(taken)) == ("allotted", ["A30"])


def test_a_day_to_confirm_lies_before_the_opening(world, plan, guo):
    with pytest.raises(Conflict, match="开展之前"):
        allocations.allocation_apply(run_id=plan.pk, actor=guo, until=world[0].starts_on)


def test_a_plan_is_applied_once_and_in_its_state(world, applied, guo):
    with pytest.raises(MoveRefused):
        allocations.allocation_apply(run_id=applied.pk, actor=guo)
    expos.moved(world[0], ExpoState.PROGRAMME_PUBLISHED, officer=guo)
    with pytest.raises(Conflict, match="排位中"):
        allocations.allocation_start(expo_id=world[0].pk, actor=guo)
