"""Registration and doors: who gets a badge, who passes, what the database never lets happen. Read next: test_door_races.py."""

import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from expos import door_queries as queries
from expos.actions import passages, registrations
from expos.models import Passage, Registration, ScanBatch
from expos.states import ExpoState
from platform_site import clock
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.notices.models import Notice
from platform_site.outbox import queue
from tests import shared
from tests.factories import expo_door as make
from tests.factories import expos
from tests.factories.patents import clerk

pytestmark = pytest.mark.django_db
mo, shen = shared.once("mo", "shen")


@pytest.fixture(scope="module")
def expo(mo, shen):
    return make.running()


@pytest.fixture(scope="module")
def host(expo):
    return make.host(expo)


@pytest.fixture(scope="module")
def badges(expo, mo):
    return make.visitors(expo, mo, 4)


@pytest.fixture
def hall(expo):
    return expo.halls.get()


# ---- registration


def test_kinds_that_wait_are_confirmed_by_the_host_alone(expo, host, mo, shen):
    row = expos.registered(expo, mo, kind="media")
    assert row.waits
    with pytest.raises(passages.Refused, match="还没有经承办省确认"):
        make.passed(row, host)
    other = clerk("430000" if expo.host_id != "430000" else "420000")
    for actor in (mo, shen, other):
        with pytest.raises(NotAllowed):
            registrations.registration_confirm(registration_id=row.pk, actor=actor)
    registrations.registration_confirm(registration_id=row.pk, actor=host)
    assert AuditEntry.objects.filter(verb="expos.registration_confirm", province_code=expo.host_id).exists()
    queue.drain()
    assert Notice.objects.filter(recipient=mo, kind="expo_registration_confirmed").count() == 1
    with pytest.raises(Conflict, match="不需要确认"):
        registrations.registration_confirm(registration_id=row.pk, actor=host)
    assert make.passed(Registration.objects.get(pk=row.pk), host).direction == "in"


def test_a_group_is_registered_whole_or_not_at_all(expo, mo):
    before = Registration.objects.count()
    rows = [
        {"kind": "general", "name": name, "unit": "甲厂", "job": "", "email": ""} for name in ("张一", "李二", "张一")
    ]
    with pytest.raises(registrations.RowsRefused) as refused:
        registrations.registration_group(expo_id=expo.pk, actor=mo, rows=rows)
    assert refused.value.said == {2: "与第 1 行重复。"} and Registration.objects.count() == before
    made = registrations.registration_group(expo_id=expo.pk, actor=mo, rows=rows[:2])
    assert len({row.code for row in made}) == 2 and {row.user_id for row in made} == {None}
    with pytest.raises(registrations.RowsRefused):
        registrations.registration_group(expo_id=expo.pk, actor=mo, rows=rows[:1])
    for wrong in ([], rows[:1] * 201):
        with pytest.raises(Conflict, match="一次登记"):
            registrations.registration_group(expo_id=expo.pk, actor=mo, rows=wrong)


def test_a_registration_is_cancelled_by_its_people_until_they_are_inside(expo, host, mo, shen, badges):
    with pytest.raises(NotAllowed):
        registrations.registration_cancel(registration_id=badges[0].pk, actor=shen)
    assert registrations.registration_cancel(registration_id=badges[0].pk, actor=mo).state == "cancelled"
    with pytest.raises(MoveRefused):
        registrations.registration_cancel(registration_id=badges[0].pk, actor=mo)
    with pytest.raises(passages.Refused) as refused:
        make.passed(badges[0], host)
    assert refused.value.fate == "cancelled"
    make.passed(badges[1], host)
    with pytest.raises(Conflict, match="已经入场"):
        registrations.registration_cancel(registration_id=badges[1].pk, actor=host)


def test_only_one_s_own_badge_permits_exhibitors_to_read_it(mo, shen, host, badges):
    for actor in (shen, host):
        with pytest.raises(NotAllowed):
            registrations.registration_permit(registration_id=badges[0].pk, actor=actor, permits=True)
    assert registrations.registration_permit(registration_id=badges[0].pk, actor=mo, permits=True).permits


# ---- doors


def test_in_out_and_in_again_counts_visits_and_persons(expo, host, badges):
    for direction in ("in", "out", "in"):
        make.passed(badges[0], host, direction)
    make.passed(badges[1], host)
    assert queries.footfall(expo) == {"visits": 3, "persons": 2}
    assert queries.inside(expo, queries.VENUE) == 2
    entry = AuditEntry.objects.filter(verb="expos.passage_make").latest("id")
    assert entry.target_id == str(badges[1].pk)


def test_a_badge_is_refused_with_a_word_and_a_sentence(expo, host, badges):
    make.passed(badges[0], host)
    wrong = {
        "inside": make.scan(badges[0]), "outside": make.scan(badges[1], "out"),
        "unknown": passages.Scan("ZZZZZZZZZZ", "in", uuid.uuid4()),
    }  # fmt: skip
    for fate, scan in wrong.items():
        with pytest.raises(passages.Refused) as refused:
            passages.passage_make(expo_id=expo.pk, actor=host, scan=scan)
        assert refused.value.fate == fate and refused.value.reason
    assert Passage.objects.count() == 1


def test_a_code_is_read_as_people_write_it(expo, host, badges):
    code = badges[0].code
    spelt = f" {code[:5].lower()}-{code[5:]} ".replace("0", "o").replace("1", "i")
    made = passages.passage_make(expo_id=expo.pk, actor=host, scan=passages.Scan(spelt, "in", uuid.uuid4()))
    assert made.registration_id == badges[0].pk


def test_the_same_scan_sent_twice_enters_once(expo, host, badges):
    client = uuid.uuid4()
    first, second = (make.passed(badges[0], host, client=client) for _time in range(2))
    assert first.pk == second.pk and Passage.objects.count() == 1


def test_a_full_hall_takes_nobody_until_somebody_leaves(expo, host, hall, badges):
    hall.people = 2
    hall.save()
    for row in badges[:2]:
        make.passed(row, host, hall=hall)
    with pytest.raises(passages.Refused, match="满员"):
        make.passed(badges[2], host, hall=hall)
    make.passed(badges[0], host, "out", hall)
    make.passed(badges[2], host, hall=hall)
    assert queries.inside(expo, hall.pk) == 2 and queries.halls_with_people(expo)[0].inside == 2


def test_who_enters_a_hall_leaves_the_one_before_and_who_leaves_leaves_all(expo, host, hall, badges):
    other = expo.halls.create(code="B", name_zh="二号馆", width_m=30, depth_m=30, people=9)
    make.passed(badges[0], host)
    make.passed(badges[0], host, hall=hall)
    make.passed(badges[0], host, hall=other)
    assert [queries.inside(expo, place) for place in (queries.VENUE, hall.pk, other.pk)] == [1, 0, 1]
    make.passed(badges[0], host, "out")
    assert [queries.inside(expo, place) for place in (queries.VENUE, hall.pk, other.pk)] == [0, 0, 0]
    assert queries.footfall(expo) == {"visits": 1, "persons": 1}


def test_an_error_is_undone_within_a_minute_and_counts_as_no_visit(expo, host, mo, badges):
    made = make.passed(badges[0], host)
    with pytest.raises(NotAllowed):
        passages.passage_undo(passage_id=made.pk, actor=mo)
    back = passages.passage_undo(passage_id=made.pk, actor=host)
    assert (back.direction, back.undoes_id) == ("out", made.pk)
    assert queries.footfall(expo) == {"visits": 0, "persons": 0}
    with pytest.raises(Conflict, match="不能再撤销"):
        passages.passage_undo(passage_id=made.pk, actor=host)
    again = make.passed(badges[0], host)
    with clock.at(again.made_at + timedelta(minutes=2)), pytest.raises(Conflict, match="一分钟"):
        passages.passage_undo(passage_id=again.pk, actor=host)


def test_helpers_keep_the_doors_on_their_days_alone(expo, host, mo, shen, badges):
    with pytest.raises(NotAllowed):
        make.passed(badges[0], mo)
    days = {"starts_on": clock.today(), "last_on": expo.last_on}
    with pytest.raises(NotAllowed):
        passages.doorkeeper_name(expo_id=expo.pk, actor=shen, user=mo, **days)
    keeper = passages.doorkeeper_name(expo_id=expo.pk, actor=host, user=mo, **days)
    with pytest.raises(Conflict, match="已经指定过"):
        passages.doorkeeper_name(expo_id=expo.pk, actor=host, user=mo, **days)
    with pytest.raises(Conflict, match="展期"):
        passages.doorkeeper_name(expo_id=expo.pk, actor=host, user=shen, starts_on=expo.last_on, last_on=expo.starts_on)
    make.passed(badges[0], mo)
    passages.doorkeeper_end(keeper_id=keeper.pk, actor=host)
    with pytest.raises(NotAllowed):
        make.passed(badges[1], mo)
    with pytest.raises(Conflict, match="不再值守"):
        passages.doorkeeper_end(keeper_id=keeper.pk, actor=host)


def test_no_door_opens_outside_the_days(expo, host, badges):
    with clock.at(expos.noon(expo.last_on + timedelta(days=1))), pytest.raises(passages.Refused) as refused:
        make.passed(badges[0], host)
    assert refused.value.fate == "closed"


def test_what_a_device_kept_offline_comes_in_its_order_with_a_report(expo, host, hall, badges, mo):
    registrations.registration_cancel(registration_id=badges[3].pk, actor=mo)
    make.passed(badges[1], host)
    now = clock.now()
    scans = [
        make.scan(badges[0], "out", at=now - timedelta(minutes=1)), make.scan(badges[0], at=now - timedelta(minutes=9)),
        make.scan(badges[1], at=now - timedelta(minutes=3)), make.scan(badges[3], at=now),
        passages.Scan("NOSUCHC0DE", "in", uuid.uuid4(), at=now + timedelta(days=400)),
    ]  # fmt: skip
    batch = passages.passages_sync(expo=expo, actor=host, hall=None, scans=scans)
    assert [row["fate"] for row in batch.rows] == ["ok", "inside", "ok", "cancelled", "unknown"]
    assert ScanBatch.objects.get().rows[1]["reason"] == "这张证件已经在场内。"
    again = passages.passages_sync(expo=expo, actor=host, hall=None, scans=scans[:2])
    assert {row["fate"] for row in again.rows} == {"ok"} and Passage.objects.count() == 3
    with pytest.raises(Conflict, match="一次上传"):
        passages.passages_sync(expo=expo, actor=host, hall=None, scans=[])
    with pytest.raises(NotAllowed):
        passages.passages_sync(expo=expo, actor=mo, hall=None, scans=scans)
    with pytest.raises(NotAllowed):
        passages.batch_keep(expo_id=expo.pk, actor=mo, hall=None, rows=[])


def test_an_entry_costs_the_same_for_the_first_and_for_the_fiftieth(
    expo, host, mo, django_assert_max_num_queries, badges
):
    def cost(badge):
        scan = make.scan(badge)
        with django_assert_max_num_queries(15) as asked:
            passages.passage_make(expo_id=expo.pk, actor=host, scan=scan)
        return len(asked)

    make.passed(badges[0], host)
    make.passed(badges[0], host, "out")
    first = cost(badges[1])
    for row in make.visitors(expo, mo, 50):
        make.passed(row, host)
    assert cost(badges[2]) == first


_ENTRY = (
    "INSERT INTO expos_passage (expo_id, hall_id, place, registration_id, direction, nth, place_nth, inside, at, made_at,"
    " by_id, client) SELECT expo_id, {hall}, {place}, id, '{direction}', {nth}, 0, 0, now(), now(), made_by_id,"
    " gen_random_uuid() FROM expos_registration WHERE code = %s"
)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"nth": 1}, "passage_inside_once"),
        ({"nth": 2}, "passage_in_turn"),
        ({"nth": 3}, "follows the one before"),
        ({"nth": 4, "direction": "out"}, "follows the one before"),
        ({"nth": 1, "place": 77}, "passage_place"),
    ],
)
def test_the_database_lets_nobody_in_twice_or_out_of_turn(host, badges, entry, said):
    make.passed(badges[0], host)
    words = _ENTRY.format(**{"hall": "NULL", "place": 0, "direction": "in", **entry})
    with pytest.raises(DatabaseError, match=said), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(words, [badges[0].code])


def test_the_database_fills_no_hall_and_lets_no_cancelled_badge_in(host, hall, badges):
    hall.people = 1
    hall.save()
    make.passed(badges[0], host, hall=hall)
    Registration.objects.filter(pk=badges[2].pk).update(state="cancelled")
    entry = _ENTRY.format(hall=hall.pk, place=hall.pk, direction="in", nth=1)
    for badge, said in ((badges[1], "more people"), (badges[2], "does not let in")):
        with pytest.raises(DatabaseError, match=said), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(entry, [badge.code])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE expos_passage SET inside = 0",
        "DELETE FROM expos_passage",
        "UPDATE expos_scanbatch SET rows = '[]'",
        "DELETE FROM expos_doorkeeper",
        "UPDATE expos_doorkeeper SET last_on = last_on + 1",
        "INSERT INTO expos_doorkeeper (expo_id, user_id, starts_on, last_on, made_by_id, made_at)"
        " SELECT expo_id, user_id, last_on, last_on, made_by_id, now() FROM expos_doorkeeper",
    ],
)
def test_the_database_keeps_what_happened_at_the_doors(expo, host, mo, badges, statement):
    passages.doorkeeper_name(
        expo_id=expo.pk, actor=host, user=mo, starts_on=expo.starts_on, last_on=expo.last_on
    )  # fmt: skip
    passages.passages_sync(expo=expo, actor=host, hall=None, scans=[make.scan(badges[0], at=clock.now())])
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_nobody_registers_before_the_call_or_after_the_close(mo, expo, host):
    expos.moved(expo, ExpoState.CLOSED)
    with pytest.raises(Conflict, match="已经结束"):
        make.visitors(expo, mo)
