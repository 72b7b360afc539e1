"""The courtesy clock: the side that must answer is told once for each message; the side that waits is offered help."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client

from platform_site import clock
from platform_site.notices.models import Notice
from tests.factories import trading
from trading import tasks
from trading.actions import rooms

FRIDAY = datetime(2026, 11, 20, 16, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def room(shen, bai):
    with clock.at(FRIDAY - timedelta(days=7)):
        listing = trading.market(shen)
    with clock.at(FRIDAY):
        return trading.room(shen, bai, listing=listing)


def run(days):
    with clock.at(FRIDAY + timedelta(days=days)):
        tasks.answers_overdue.run()


def told():
    return list(Notice.objects.filter(kind="room_answer_overdue").order_by("id").values_list("recipient", flat=True))


def test_the_side_that_must_answer_is_told_once(room, shen):
    for days in (0, 2, 3, 4):
        run(days)
    assert told() == []
    for days in (5, 5, 6, 9):
        run(days)
    assert told() == [shen.pk]
    notice = Notice.objects.get(kind="room_answer_overdue")
    assert notice.path == f"/trading/negotiations/{room.pk}/"
    assert notice.data == {"number": room.listing.number, "title": room.listing.public_version.title, "days": 2}


def test_each_turn_is_told_by_itself(room, shen, bai):
    run(5)
    with clock.at(FRIDAY + timedelta(days=5)):
        trading.say(room, shen)
    run(6)
    assert told() == [shen.pk]
    run(10)
    assert told() == [shen.pk, bai.pk]


def test_a_colleague_of_the_side_is_told_too_and_who_left_is_not(room, shen, bai):
    lin = trading.colleague(shen)
    trading.bring(room, shen, lin)
    trading.leave(room, shen)
    run(5)
    assert set(told()) & {shen.pk, bai.pk} == set()
    assert lin.pk in told()


def test_a_closed_room_and_a_long_forgotten_one_wait_for_nobody(room, shen, bai):
    run(90)
    assert told() == []
    rooms.negotiation_close(negotiation_id=room.pk, actor=bai)
    run(5)
    assert told() == []


def test_the_clock_calls_it():
    assert settings.CELERY_BEAT_SCHEDULE["answers"]["task"] == "trading.answers_overdue"


def test_who_waits_too_long_is_offered_help(room, shen, bai):
    offer = "对方逾期未答复"

    def page(user, days):
        with clock.at(FRIDAY + timedelta(days=days)):
            browser = Client()
            browser.force_login(user)
            return browser.get(room.get_absolute_url()).content.decode()

    assert offer not in page(bai, 4)
    assert offer in page(bai, 5)
    assert offer not in page(shen, 5)
    trading.asked(room, bai)
    assert offer not in page(bai, 5)
