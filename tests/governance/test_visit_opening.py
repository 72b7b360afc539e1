"""Slots: weekly hours, exceptions, holidays, make-up weekends; half-open, in Shanghai. Read next: governance/opening.py."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance import hours_text
from governance.opening import Hours, Slot, Taken, most_taken, nearest, room_in, slots, slots_on, stretches
from platform_site.clock import SHANGHAI

OFFICE = Hours({day: [(540, 720), (810, 1020)] for day in range(5)}, slot_minutes=90)
TUESDAY, SATURDAY = date(2026, 3, 10), date(2026, 3, 14)
NEW_YEAR = date(2026, 1, 1)  # a Thursday, a public holiday
MADE_UP = {SATURDAY: True}  # worked in place of a holiday, by an override


def at(hour, minute=0, day=TUESDAY):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


def test_slots_fill_each_stretch_and_leave_what_is_too_short():
    found = slots_on(OFFICE, TUESDAY)
    assert [(one.starts_at, one.ends_at) for one in found] == [
        (at(9), at(10, 30)), (at(10, 30), at(12)), (at(13, 30), at(15)), (at(15), at(16, 30))
    ]  # fmt: skip


def test_what_a_day_is_by_the_printed_rule():
    closed = Hours(OFFICE.weekly, {TUESDAY: None, SATURDAY: (600, 660)})
    assert stretches(OFFICE, TUESDAY) == [(540, 720), (810, 1020)] and stretches(OFFICE, SATURDAY) == []
    assert stretches(closed, TUESDAY) == [] and stretches(closed, SATURDAY) == [(600, 660)]
    assert stretches(OFFICE, NEW_YEAR) == []
    open_on_holidays = Hours(OFFICE.weekly, keeps_holidays=False)
    assert stretches(open_on_holidays, NEW_YEAR) == [(540, 720), (810, 1020)]
    assert stretches(OFFICE, SATURDAY, MADE_UP) == [(540, 720), (810, 1020)], "a worked weekend follows Monday"
    assert stretches(open_on_holidays, SATURDAY, MADE_UP) == []
    assert stretches(Hours(OFFICE.weekly, {NEW_YEAR: (600, 720)}), NEW_YEAR) == [(600, 720)], "an exception wins"


def test_the_weeks_slots_are_in_order():
    found = slots(OFFICE, TUESDAY, 7)
    assert found == sorted(found) and len(found) == 20 and found[0].starts_at.tzinfo is SHANGHAI


def test_room_is_counted_at_every_moment_and_touching_is_not_meeting():
    slot = Slot(at(9), at(11))
    taken = [Taken(at(7), at(9), 5), Taken(at(11), at(13), 5), Taken(at(9), at(10), 3), Taken(at(10), at(12), 4)]
    assert most_taken(slot, taken) == 4 and room_in(slot, taken, 10) == 6 and room_in(slot, taken, 3) == 0


def test_the_nearest_are_offered_in_order_of_time():
    free = [Slot(at(hour), at(hour + 1)) for hour in (8, 10, 12, 14, 16)]
    assert [one.starts_at.hour for one in nearest(free, at(13), 3)] == [10, 12, 14]


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 46), st.integers(1, 20), st.integers(1, 9)), max_size=12), st.integers(0, 40))
def test_the_most_taken_is_that_of_the_fullest_minute(visits, begin):
    base = at(0)

    def moment(half_hours):
        return base + timedelta(minutes=30 * half_hours)

    taken = [Taken(moment(b), moment(b + length), people) for b, length, people in visits]
    slot = Slot(moment(begin), moment(begin + 4))
    minutes = [slot.starts_at + timedelta(minutes=15 * step) for step in range(8)]
    naive = max(sum(one.people for one in taken if one.starts_at <= minute < one.ends_at) for minute in minutes)
    assert most_taken(slot, taken) == naive


# ---- as people write them


def test_lines_are_read_and_written_the_same():
    text = "周一至周五 09:00-12:00 13:30-17:00\n周六 09:00-12:00"
    rows = hours_text.weekly(text)
    by_day = {}
    for row in rows:
        by_day.setdefault(row["weekday"], []).append((row["opens"], row["closes"]))
    assert len(rows) == 11 and "\n".join(hours_text.weekly_lines(by_day)) == text
    assert hours_text.weekly("Mon-Fri 9:00–17:00;Sun 10:00-12:00")[-1] == {"weekday": 6, "opens": 600, "closes": 720}
    assert hours_text.special("2026-12-31 休息 盘点\n2027-01-02 09:00-12:00") == [
        {"day": date(2026, 12, 31), "opens": None, "closes": None, "note": "盘点"},
        {"day": date(2027, 1, 2), "opens": 540, "closes": 720, "note": ""},
    ]
    assert hours_text.equipment("反应釜 | Reactor | 2；离心机")[1] == {"name_zh": "离心机", "name_en": "", "pieces": 1}


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (hours_text.weekly, "每天"), (hours_text.weekly, "周一 17:00-09:00"), (hours_text.weekly, "周五至周一 09:00-10:00"),
        (hours_text.weekly, "周一 09:00-12:00 11:00-13:00"), (hours_text.special, "明天 休息"),
        (hours_text.special, "2026-12-31"), (hours_text.special, "2026-12-31 休\n2026-12-31 休"),
        (hours_text.equipment, " | | 3"), (hours_text.equipment, "釜\n釜"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(read, text):
    with pytest.raises(hours_text.Unreadable) as said:
        read(text)
    assert "，" in str(said.value) or "。" in str(said.value)
