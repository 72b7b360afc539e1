"""Stationing: with one's own patent, decided by the facility's own keepers, never above capacity, in public order. Read next: governance/actions/stationings.py."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance import resource_tasks, stationing_queries, stays
from governance.actions import facilities, stationings
from governance.models import Stationing, StationingMilestone
from governance.stays import Amounts, Stay
from platform_site import clock
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.notices.models import Notice
from platform_site.regions.queries import due_date
from tests.factories import accounts, patents
from tests.factories import resources as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(guo):
    return make.facility(make.HUBEI, officer=guo)


@pytest.fixture
def listing(shen):
    return patents.published(shen)


def state(row):
    return Stationing.objects.get(pk=row.pk).state


def refused(sql, *params):
    with pytest.raises(DatabaseError) as said, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
    return str(said.value)


def test_an_application_names_a_patent_of_ones_own(place, shen, bai, listing):
    row = make.applied(place, shen, listing=listing, places=2, area_m2=Decimal(120))
    assert (row.state, row.places, row.from_province_id, row.ends_on - row.starts_on) == (
        "submitted", 2, "420000", timedelta(days=100),
    )  # fmt: skip
    assert row.due_on == due_date(clock.today(), 10)
    with pytest.raises(Conflict):
        make.applied(place, shen, listing=listing)
    with pytest.raises(NotAllowed):
        make.applied(place, bai, listing=listing)
    draft = patents.draft(shen, title="草稿")
    with pytest.raises(NotAllowed):
        make.applied(place, shen, listing=draft)
    insert = "INSERT INTO governance_stationing (facility_id, applicant_id, listing_id, places, area_m2, power_kw, equipment, purpose, asked_from, asked_until, starts_on, ends_on, state, made_at, due_on, reason, contract, outcome) SELECT facility_id, %s, listing_id, places, 0, 0, '', 'x', asked_from, asked_until, starts_on, ends_on, %s, made_at, due_on, '', '', '' FROM governance_stationing"
    assert "patent of the applicant" in refused(insert, bai.pk, "submitted")
    assert "begins with an application" in refused(insert, shen.pk, "accepted")


@pytest.mark.parametrize(
    "what",
    [{"places": 5}, {"area_m2": Decimal(401)}, {"power_kw": Decimal(101)}, {"starts": -1}, {"days": 0}],
    ids=lambda what: next(iter(what)),
)
def test_more_than_there_is_is_refused_at_once(place, shen, listing, what):
    with pytest.raises(Conflict):
        make.applied(place, shen, listing=listing, **what)


def test_decided_by_its_own_keepers_alone(place, guo, he, shen, bai):
    row = make.applied(place, shen)
    calls = (
        lambda who: stationings.stationing_accept(stationing_id=row.pk, actor=who),
        lambda who: stationings.stationing_queue(stationing_id=row.pk, actor=who, reason="x"),
        lambda who: stationings.stationing_decline(stationing_id=row.pk, actor=who, reason="x"),
    )
    for call in calls:
        for who in (he, bai, shen):
            with pytest.raises(NotAllowed):
                call(who)
    with pytest.raises(Conflict):
        stationings.stationing_queue(stationing_id=row.pk, actor=guo, reason="x")
    assert stationings.stationing_accept(stationing_id=row.pk, actor=guo).decided_by == guo
    with pytest.raises(MoveRefused):
        stationings.stationing_accept(stationing_id=row.pk, actor=guo)
    raw = "UPDATE governance_stationing SET decided_by_id = applicant_id WHERE id = %s"
    assert "decided_by_another" in refused(raw, row.pk)


def test_an_acceptance_that_no_contract_follows_is_taken_back_and_who_waits_moves_up(place, guo, shen, bai):
    idle, waits = make.accepted(place, shen, guo, places=4), make.queued(place, bai, guo, places=2)
    declined = stationings.stationing_decline(stationing_id=idle.pk, actor=guo, reason="逾期未签合同。")
    assert declined.state == "declined" and state(waits) == "accepted"


def test_a_managers_own_application_is_decided_by_another(place, guo, shen):
    facilities.manager_name(facility_id=place.pk, actor=guo, user=shen)
    row = make.applied(place, shen)
    with pytest.raises(NotAllowed):
        stationings.stationing_accept(stationing_id=row.pk, actor=shen)
    assert stationings.stationing_decline(stationing_id=row.pk, actor=guo, reason="条件不符。").state == "declined"


def test_never_more_than_the_facility_has_on_any_day(place, guo, shen, bai):
    make.accepted(place, shen, guo, places=3, starts=10, days=10)
    late = make.applied(place, bai, places=2, starts=15, days=50)
    with pytest.raises(Conflict, match="1"):
        stationings.stationing_accept(stationing_id=late.pk, actor=guo)
    raw = "UPDATE governance_stationing SET state = 'accepted', decided_by_id = %s, decided_at = now() WHERE id = %s"
    assert "more than the facility has" in refused(raw, guo.pk, late.pk)
    after = make.accepted(place, bai, guo, places=4, starts=20, days=5)
    assert after.state == "accepted", "half-open: one moves in on the day on which the other is gone"
    with pytest.raises(IntegrityError), transaction.atomic():
        Stationing.objects.filter(pk=after.pk).update(starts_on=after.starts_on - timedelta(days=1))
    wide = make.applied(place, shen, places=1, starts=30, area_m2=Decimal(300))
    stationings.stationing_accept(stationing_id=wide.pk, actor=guo)
    narrow = make.applied(place, bai, places=1, starts=30, area_m2=Decimal(101))
    assert "more than the facility has" in refused(raw, guo.pk, narrow.pk)


def test_the_waiting_list_moves_up_in_order_when_places_come_free(place, guo, shen, bai):
    here = make.stationed(place, shen, guo, places=4)
    first = make.queued(place, bai, guo, places=3)
    second = make.queued(place, shen, guo, places=2)
    third = make.queued(place, bai, guo, places=1)
    assert [stationing_queries.place_in_line(one) for one in (first, second, third)] == [1, 2, 3]
    with pytest.raises(Conflict, match="按次序"):
        stationings.stationing_accept(stationing_id=second.pk, actor=guo)
    stationings.stationing_exit(stationing_id=here.pk, actor=shen, outcome="项目转移。")
    assert [state(one) for one in (first, second, third)] == ["accepted", "waiting_list", "accepted"]
    assert AuditEntry.objects.filter(verb="governance.stationing_move_up", actor=None).count() == 2
    stationings.stationing_withdraw(stationing_id=first.pk, actor=bai)
    assert state(second) == "accepted"


def test_the_clock_moves_up_who_waits_and_keeps_the_length(place, guo, shen, bai):
    make.stationed(place, shen, guo, places=4, days=5)
    row = make.queued(place, bai, guo, places=1, days=30)
    resource_tasks.stationings_run()
    assert state(row) == "waiting_list"
    with clock.at(clock.now() + timedelta(days=6)):
        resource_tasks.stationings_run()
        moved = Stationing.objects.get(pk=row.pk)
        assert (moved.state, moved.starts_on, moved.ends_on) == (
            "accepted", clock.today(), clock.today() + timedelta(days=30),
        )  # fmt: skip
    assert moved.asked_from == clock.today()


def test_signed_reported_and_graduated(place, guo, he, shen):
    row = make.accepted(place, shen, guo)
    due = clock.today() + timedelta(days=20)
    sign = lambda who, when=None, stones=(("中试", due),): stationings.stationing_sign(  # noqa: E731
        stationing_id=row.pk, actor=who, contract="RZ-1", signed_on=when or clock.today(), milestones=stones
    )
    for who in (he, shen):
        with pytest.raises(NotAllowed):
            sign(who)
    for wrong in ({"when": clock.today() + timedelta(days=1)}, {"stones": (("晚", due + timedelta(days=200)),)}):
        with pytest.raises(Conflict):
            sign(guo, **wrong)
    with pytest.raises(Conflict):
        stationings.stationing_report(stationing_id=row.pk, actor=shen, words="早了")
    assert sign(guo).state == "stationed"
    with pytest.raises(NotAllowed):
        stationings.stationing_report(stationing_id=row.pk, actor=guo, words="x")
    report = stationings.stationing_report(stationing_id=row.pk, actor=shen, words="设备到位。")
    resource_tasks.stationing_report_notify(report.pk)
    assert Notice.objects.filter(recipient=guo, kind="stationing_reported").exists()
    graduate = lambda who: stationings.stationing_graduate(  # noqa: E731
        stationing_id=row.pk, actor=who, outcome="年产 100 吨。"
    )
    with pytest.raises(Conflict):
        graduate(guo)
    stone = StationingMilestone.objects.get()
    for who in (he, shen):
        with pytest.raises(NotAllowed):
            stationings.milestone_reach(milestone_id=stone.pk, actor=who)
        with pytest.raises(NotAllowed):
            graduate(who)
    stationings.milestone_reach(milestone_id=stone.pk, actor=guo)
    with pytest.raises(Conflict):
        stationings.milestone_reach(milestone_id=stone.pk, actor=guo)
    done = graduate(guo)
    assert (done.state, done.ends_on) == ("graduated", clock.today())
    with pytest.raises(MoveRefused):
        stationings.stationing_exit(stationing_id=row.pk, actor=shen, outcome="x")
    for sql in (
        "UPDATE governance_stationing SET contract = 'other' WHERE id = %s",
        "UPDATE governance_stationing SET places = 1 + places WHERE id = %s",
        "DELETE FROM governance_stationing WHERE id = %s",
    ):
        assert refused(sql, row.pk)
    assert "reached once" in refused("UPDATE governance_stationingmilestone SET title = 'x'")
    assert refused("DELETE FROM governance_stationingreport")


def test_each_side_is_told(place, guo, shen, bai):
    row = make.applied(place, shen)
    resource_tasks.stationing_notify(row.pk)
    assert Notice.objects.get(recipient=guo).kind == "stationing_submitted"
    stationings.stationing_accept(stationing_id=row.pk, actor=guo)
    resource_tasks.stationing_notify(row.pk)
    assert Notice.objects.get(recipient=shen).kind == "stationing_accepted"


def test_a_stranger_withdraws_and_ends_nothing(place, guo, he, shen, bai):
    row = make.stationed(place, shen, guo)
    for who in (he, bai):
        with pytest.raises(NotAllowed):
            stationings.stationing_exit(stationing_id=row.pk, actor=who, outcome="x")
    asked = make.applied(place, bai)
    for who in (guo, he, shen):
        with pytest.raises(NotAllowed):
            stationings.stationing_withdraw(stationing_id=asked.pk, actor=who)


def test_a_facility_without_places_takes_nobody(guo, shen):
    hall = make.facility(make.HUBEI, officer=guo, name_zh="展厅", places=0)
    with pytest.raises(Conflict):
        make.applied(hall, shen)
    assert not accounts.Verification.objects.filter(user=guo).exists()


# ---- what is free, against a naive count


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 15), st.integers(1, 5)), max_size=10), st.integers(0, 30))
def test_the_most_held_is_that_of_the_fullest_day(rows, begin):
    first = date(2026, 1, 1)

    def day(number):
        return first + timedelta(days=number)

    held = [Stay(day(b), day(b + length), Amounts(n, Decimal(10 * n), Decimal(n))) for b, length, n in rows]
    naive = max(sum(n for b, length, n in rows if b <= number < b + length) for number in range(begin, begin + 7))
    found = stays.most_held(held, day(begin), day(begin + 7))
    assert (found.places, found.area, found.power) == (naive, 10 * naive, naive)
    assert stays.free(Amounts(3, Decimal(30), Decimal(3)), held, day(begin), day(begin + 7)).places == max(0, 3 - naive)
