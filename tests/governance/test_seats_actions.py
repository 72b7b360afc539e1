"""Seats, deputies and liaison officers: who may enter them, what is refused, and that powers follow at once."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from governance import queries
from governance.actions import deputies, seats
from governance.models import Deputy, SeatHolder
from platform_site import clock
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, NotAllowed
from platform_site.notices.models import Notice
from platform_site.outbox.queue import drain
from platform_site.regions.facts import BY_CODE, ROTATION_ORDER
from tests.factories import accounts, group

pytestmark = pytest.mark.django_db
TODAY = clock.today()
DAY = timedelta(days=1)
HERE = ROTATION_ORDER[(TODAY.year + 2 - 2007) % 6]  # neither this year's nor the next year's
GROUP = f"directors-{BY_CODE[HERE].slug}"


def appoint(office, code=HERE, *, user=None, name="新任", starts_on=TODAY, act="任职通知", **more):
    return seats.seat_appoint(
        seat_code=code, actor=office, user=user, name=name, post_zh="局长", post_en="", starts_on=starts_on, act=act, **more
    )  # fmt: skip


def vacate(office, code=HERE, *, ends_on=TODAY, act="离任通知"):
    return seats.seat_vacate(seat_code=code, actor=office, ends_on=ends_on, act=act)


def name_deputy(holder, user, *, code=HERE, starts_on=TODAY, days=10, act="代理函"):
    return deputies.deputy_name(
        seat_code=code, actor=holder, user=user, starts_on=starts_on, ends_on=starts_on + days * DAY, act=act
    )


@pytest.fixture
def holder(db):
    return group.seated("zhang@example.org", HERE, name="张局长")


def test_the_office_appoints_and_the_predecessor_is_out_on_that_day(si, holder, mo):
    name_deputy(holder, accounts.member("fu@example.org", name="傅副局长"))
    new = appoint(si, user=mo, name="莫局长")
    old = SeatHolder.objects.get(user=holder)
    assert (old.ends_on, old.end_act) == (TODAY, "任职通知")
    assert Deputy.objects.get().ends_on == TODAY  # the deputy's power came from the predecessor
    assert queries.mandate_of(mo).holder == new and queries.mandate_of(holder) is None
    assert mo.groups.filter(name=GROUP).exists() and not holder.groups.exists()
    assert AuditEntry.objects.filter(verb="governance.seat_appoint", target_id=str(new.pk)).exists()
    drain()
    told = dict(Notice.objects.values_list("recipient__email", "kind"))
    assert told["mo@example.org"] == "seat_appointed" and told["zhang@example.org"] == "seat_ended"


def test_history_is_entered_by_name_alone(si):
    appoint(si, name="首任", starts_on=date(2007, 7, 5))
    appoint(si, name="次任", starts_on=date(2012, 3, 1))
    rows = SeatHolder.objects.filter(seat=HERE).order_by("starts_on")
    assert [(row.name, row.ends_on) for row in rows] == [("首任", date(2012, 3, 1)), ("次任", None)]


def test_nobody_but_the_office_enters_a_seat(holder, mo, guo, ad):
    for person in (holder, mo, guo, ad):
        for act in (lambda who: appoint(who, name="某"), vacate):
            with pytest.raises(NotAllowed):
                act(person)
        with pytest.raises(NotAllowed):
            deputies.liaison_name(seat_code=HERE, actor=person, user=guo, starts_on=TODAY, act="函")


def test_an_appointment_that_cannot_stand_is_refused_with_its_reason(si, holder, wei, mo):
    code = SeatHolder.objects.get(user=wei).seat_id
    assert code != HERE
    for refused, words in (
        ({"user": wei}, "一人只能"),
        ({"user": si}, "办公室"),
        ({"user": mo, "starts_on": TODAY - DAY}, "仍在任"),
        ({"user": mo, "starts_on": TODAY - 900 * DAY}, "应晚于"),
        ({"user": mo, "act": " "}, "依据"),
    ):
        with pytest.raises(Conflict) as caught:
            appoint(si, **refused)
        assert words in f"{caught.value.reason}{caught.value.advice}"
    assert SeatHolder.objects.count() == 2


def test_a_vacant_seat_passes_the_chair_on(si, ju, wei):
    code = queries.mandate_of(ju).seat.pk
    vacate(si, code)
    directing = queries.directorship_at()
    assert directing.is_acting and directing.seat == queries.mandate_of(wei).seat
    with pytest.raises(NotAllowed), transaction.atomic():
        queries.lock_directorship(ju)
    for ends_on in (TODAY, TODAY + DAY):
        with pytest.raises(Conflict, match="没有人担任"):
            vacate(si, code, ends_on=ends_on)
    drain()
    assert Notice.objects.get(recipient=ju).kind == "seat_ended"


def test_a_seat_is_not_vacated_in_the_past_nor_later_than_entered(si, holder):
    with pytest.raises(Conflict, match="不能早于今天"):
        vacate(si, ends_on=TODAY - DAY)
    with pytest.raises(Conflict, match="依据"):
        vacate(si, act="")
    vacate(si, ends_on=TODAY + 10 * DAY)
    assert queries.mandate_of(holder) is not None  # until that day
    with pytest.raises(Conflict, match="不能改晚"):
        vacate(si, ends_on=TODAY + 20 * DAY)
    assert vacate(si, ends_on=TODAY + 5 * DAY).ends_on == TODAY + 5 * DAY


def test_the_holder_names_a_deputy_and_takes_the_power_back_at_once(holder, mo):
    deputy = name_deputy(holder, mo)
    assert queries.mandate_of(mo).deputy == deputy and mo.groups.filter(name=GROUP).exists()
    with pytest.raises(NotAllowed):
        name_deputy(mo, accounts.member("x@example.org"))  # a deputy names no deputy
    with pytest.raises(NotAllowed):
        deputies.deputy_revoke(deputy_id=deputy.pk, actor=mo)
    deputies.deputy_revoke(deputy_id=deputy.pk, actor=holder)
    assert queries.mandate_of(mo) is None and not mo.groups.exists()
    with pytest.raises(NotAllowed), transaction.atomic():
        queries.lock_mandate(mo)
    with pytest.raises(Conflict, match="已经结束"):
        deputies.deputy_revoke(deputy_id=deputy.pk, actor=holder)
    drain()
    assert list(Notice.objects.filter(recipient=mo).order_by("id").values_list("kind", flat=True)) == [
        "deputy_named",
        "deputy_ended",
    ]


def test_a_deputy_who_cannot_be_one_is_refused(si, holder, wei, mo):
    name_deputy(holder, mo, starts_on=TODAY + 5 * DAY, days=5)
    other = accounts.member("x@example.org", name="某")
    for person, more, words in (
        (other, {"starts_on": TODAY - DAY}, "不能早于今天"),
        (other, {"days": 0}, "至少一天"),
        (other, {"days": 400}, "最长一年"),
        (other, {"days": 6}, "已委托"),
        (other, {"act": " "}, "依据"),
        (holder, {"days": 2}, "自己"),
        (si, {"days": 2}, "办公室"),
        (wei, {"days": 2}, "一人只能"),
    ):
        with pytest.raises(Conflict) as caught:
            name_deputy(holder, person, **more)
        assert words in f"{caught.value.reason}{caught.value.advice}"
    with pytest.raises(NotAllowed):
        name_deputy(wei, other)  # another seat's holder
    assert Deputy.objects.count() == 1


def test_a_deputy_does_not_outlast_the_holder(si, holder, mo):
    vacate(si, ends_on=TODAY + 3 * DAY)
    with pytest.raises(Conflict, match="任期"):
        name_deputy(holder, mo, days=10)
    name_deputy(holder, mo, days=3)
    vacate(si, ends_on=TODAY)
    assert queries.mandate_of(mo) is None and Deputy.objects.get().ends_on == TODAY


def test_liaison_officers_come_and_go_without_any_power(si, guo):
    liaison = deputies.liaison_name(seat_code=HERE, actor=si, user=guo, starts_on=TODAY, act="联络函")
    assert queries.mandate_of(guo) is None
    for code in (HERE, "000000"):
        with pytest.raises(Conflict, match="已是"):
            deputies.liaison_name(seat_code=code, actor=si, user=guo, starts_on=TODAY, act="联络函")
    with pytest.raises(NotAllowed):
        deputies.liaison_end(liaison_id=liaison.pk, actor=guo)
    deputies.liaison_end(liaison_id=liaison.pk, actor=si)
    with pytest.raises(Conflict, match="已经结束"):
        deputies.liaison_end(liaison_id=liaison.pk, actor=si)
    drain()
    assert Notice.objects.get(recipient=guo).kind == "liaison_named"


def test_what_was_entered_of_a_period_is_not_changed_even_by_the_database(holder, mo):
    deputy = group.deputy(holder, mo)
    for statement in (
        "UPDATE governance_deputy SET user_id = user_id + 1",
        "UPDATE governance_seatholder SET act = 'x'",
        "DELETE FROM governance_deputy",
        f"UPDATE governance_deputy SET ends_on = '{deputy.ends_on + DAY}'",  # made longer
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
