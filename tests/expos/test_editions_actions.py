"""An edition from planned to reported: who may, when, and what the database keeps. Read next: test_editions_views.py."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from expos import edition_tasks, queries
from expos.actions import editions, places, registrations
from expos.models import Expo, Registration
from expos.states import ExpoState
from governance.actions import rotation
from governance.models import Resolution
from platform_site import clock
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.notices.models import Notice
from platform_site.outbox import queue
from platform_site.regions import hosts
from platform_site.regions.facts import CODES
from tests.factories import expos

pytestmark = pytest.mark.django_db


def test_the_host_follows_the_rotation_and_plans_with_six_delegations(guo):
    expo = expos.planned(officer=guo)
    assert expo.host_id == hosts.host_of_year(expo.year) == "420000"
    assert [one.province_id for one in expo.delegations.all()] == sorted(CODES)
    assert [step.reached for step in expo.steps.all()] == ["planned"]
    assert AuditEntry.objects.filter(verb="expos.expo_create", province_code="420000").count() == 1


def test_nobody_plans_another_province_s_year_nor_one_twice(guo, he, shen, ad):
    year = expos.year_of("420000")
    for user in (he, shen, ad):
        with pytest.raises(NotAllowed):
            editions.expo_create(actor=user, year=year)
    expos.planned(officer=guo)
    with pytest.raises(Conflict, match="已经在筹办"):
        editions.expo_create(actor=guo, year=year)


@pytest.mark.parametrize("years", [-1, queries.YEARS_AHEAD + 1])
def test_neither_the_past_nor_the_far_future_is_planned(guo, years):
    with pytest.raises(Conflict, match="只能筹办"):
        editions.expo_create(actor=guo, year=clock.today().year + years)


def test_the_next_edition_takes_halls_and_rooms_and_nothing_else(guo):
    first = expos.prepared(officer=guo)
    with clock.at(expos.noon(date(first.year, 12, 1))):
        following = expos.planned(hosts.host_of_year(first.year + 1), year=first.year + 1)
    assert following.copied_from == first
    assert [(hall.code, hall.width_m) for hall in following.halls.all()] == [("A", 40)]
    assert [room.name_zh for room in following.rooms.all()] == ["路演厅"]
    assert (following.venue, following.starts_on, following.theme_zh) == (None, None, "")


def test_every_step_has_what_it_needs(guo):
    expo = expos.planned(officer=guo)
    with pytest.raises(Conflict, match=r"场馆、日期.*展厅"):
        editions.expo_advance(expo_id=expo.pk, actor=guo, to=ExpoState.APPLICATIONS_OPEN)
    with pytest.raises(MoveRefused):
        editions.expo_advance(expo_id=expo.pk, actor=guo, to=ExpoState.RUNNING)
    assert Expo.objects.get(pk=expo.pk).state == ExpoState.PLANNED


def test_the_steps_are_told_to_the_six_offices(guo, he):
    expos.opened(officer=guo)
    queue.drain()
    assert set(Notice.objects.filter(kind="expo_applications_open").values_list("recipient__email", flat=True)) >= {
        guo.email,
        he.email,
    }


def test_another_province_s_officer_runs_nothing_here(guo, he):
    expo = expos.prepared(officer=guo)
    hall, room = expo.halls.get(), expo.rooms.get()
    for act in (
        lambda: editions.expo_save(expo_id=expo.pk, actor=he, values=expos.values(expo)),
        lambda: editions.expo_advance(expo_id=expo.pk, actor=he, to="applications_open"),
        lambda: editions.venue_create(expo_id=expo.pk, actor=he, values={}),
        lambda: places.hall_save(expo_id=expo.pk, actor=he, values={}, hall_id=hall.pk),
        lambda: places.hall_remove(expo_id=expo.pk, actor=he, hall_id=hall.pk),
        lambda: places.room_save(expo_id=expo.pk, actor=he, values={}, room_id=room.pk),
        lambda: places.room_remove(expo_id=expo.pk, actor=he, room_id=room.pk),
        lambda: editions.delegation_save(delegation_id=expo.delegations.get(province="420000").pk, actor=he, values={}),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_each_province_keeps_its_own_delegation_until_the_allocation(guo, he):
    expo = expos.opened(officer=guo)
    own = expo.delegations.get(province="430000")
    values = {"head": "团长", "contact": "0731", "call_zh": "欢迎报名", "call_en": "", "booths": 8}
    assert editions.delegation_save(delegation_id=own.pk, actor=he, values=values).booths == 8
    with pytest.raises(NotAllowed):
        editions.delegation_save(delegation_id=own.pk, actor=guo, values=values)
    expos.moved(expo, ExpoState.ALLOCATING)
    with pytest.raises(Conflict, match="排位已经开始"):
        editions.delegation_save(delegation_id=own.pk, actor=he, values=values)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"starts_on": None}, "一起填"),
        ({"last_on": date(2031, 1, 1)}, "年之内"),
        ({"apply_until": "later"}, "截止"),
        ({"opens": 1020, "closes": 540}, "闭馆"),
    ],
)
def test_days_that_cannot_be_are_refused_with_a_sentence(guo, changes, said):
    expo = expos.prepared(officer=guo)
    changes = {name: date(expo.year, 6, 10) if value == "later" else value for name, value in changes.items()}
    with pytest.raises(Conflict, match=said):
        editions.expo_save(expo_id=expo.pk, actor=guo, values=expos.values(expo, **changes))


def test_the_calendar_opens_and_closes_the_doors(guo):
    expo = expos.moved(expos.prepared(officer=guo), ExpoState.PROGRAMME_PUBLISHED)
    with clock.at(expos.noon(expo.starts_on)):
        assert (edition_tasks.editions_run(), edition_tasks.editions_run()) == (1, 0)
    assert Expo.objects.get(pk=expo.pk).state == ExpoState.RUNNING
    with clock.at(expos.noon(expo.last_on)):
        assert edition_tasks.editions_run() == 0
    with clock.at(expos.noon(expo.last_on.replace(day=13))):
        assert edition_tasks.editions_run() == 1
    assert Expo.objects.get(pk=expo.pk).state == ExpoState.CLOSED


def test_a_resolution_moves_a_planned_expo_and_no_announced_one(guo, ju):
    expo = expos.prepared(officer=guo)
    following = hosts.host_of_year(expo.year + 1)
    swap = {expo.year: following, expo.year + 1: "420000"}
    assert rotation.rotation_refusal(swap) == ""
    resolution = Resolution.objects.get(year=2007, serial=1)
    with transaction.atomic():
        rotation.exceptions_write(resolution=resolution, changes=swap, reason_zh="互换", reason_en="")
    expo = Expo.objects.get(pk=expo.pk)
    assert (expo.host_id, expo.venue) == (following, None)
    with pytest.raises(NotAllowed):
        editions.expos_rehost(actor=guo)
    with pytest.raises(NotAllowed):
        editions.expo_save(expo_id=expo.pk, actor=guo, values=expos.values(expo))


def test_the_group_leaves_the_year_of_an_announced_expo_alone(guo, ju):
    expo = expos.opened(officer=guo)
    following = hosts.host_of_year(expo.year + 1)
    assert "已经开始招展" in rotation.rotation_refusal({expo.year: following, expo.year + 1: "420000"})
    order = ["430000", *(code for code in CODES if code != "430000")]
    assert "已经开始招展" in rotation.order_refusal(expo.year, order)


def test_one_registers_once_between_the_call_and_the_close(guo, mo):
    expo = expos.prepared(officer=guo)
    with pytest.raises(Conflict, match="还没有公布"):
        expos.registered(expo, mo)
    expo = expos.moved(expo, ExpoState.APPLICATIONS_OPEN)
    made = expos.registered(expo, mo)
    assert len(made.code) == 10
    assert set(made.code) <= set(registrations.CODE_SIGNS)
    with pytest.raises(Conflict, match="已经登记"):
        expos.registered(expo, mo)
    expo = expos.moved(expo, ExpoState.CLOSED)
    with pytest.raises(Conflict, match="已经结束"):
        expos.registered(expo, guo)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE expos_expo SET year = year + 1",
        "UPDATE expos_expo SET host_id = '430000'",
        "UPDATE expos_expo SET state = 'running'",
        "UPDATE expos_expo SET venue_id = NULL",
        "UPDATE expos_expo SET starts_on = starts_on + 400",
        "UPDATE expos_expo SET apply_until = starts_on",
        "DELETE FROM expos_expo",
        "UPDATE expos_expostep SET at = at",
        "DELETE FROM expos_expostep",
        "UPDATE expos_hall SET code = 'a'",
        "UPDATE expos_registration SET code = 'AAAAAAAAAA'",
        "DELETE FROM expos_registration",
        "INSERT INTO expos_delegation (expo_id, province_id, head, contact, call_zh, call_en, booths)"
        " SELECT id, '420000', '', '', '', '', 0 FROM expos_expo",
    ],
)
def test_the_database_keeps_it_without_our_code(guo, mo, statement):
    expos.registered(expos.opened(officer=guo), mo)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Registration.objects.count() == 1
