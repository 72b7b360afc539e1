"""Working days and statutory periods, against the published calendar and cases checked by hand."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platform_site.regions.workdays import (
    add_months,
    add_working_days,
    calendar_is_published,
    is_working_day,
    period_end,
    roll_to_working_day,
    working_days_between,
)

CALENDAR = Path(__file__).resolve().parents[4] / "shared" / "data" / "calendar" / "cn_public_holidays_2004_2026.csv"

days = st.dates(date(2004, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2007, 7, 5), True),  # a Thursday: the day of the six provinces' agreement
        (date(2007, 7, 7), False),  # a Saturday
        (date(2026, 2, 14), True),  # a Saturday worked for the spring festival
        (date(2026, 2, 15), False),
        (date(2026, 2, 16), False),  # New Year's eve, a Monday
        (date(2026, 2, 23), False),  # a Monday given in lieu
        (date(2026, 2, 24), True),
        (date(2026, 2, 28), True),  # the second Saturday worked for it
        (date(2026, 9, 20), True),  # a Sunday worked for the national day
        (date(2026, 10, 1), False),
        (date(2026, 10, 8), True),
        (date(2024, 2, 29), True),  # a Thursday
        (date(2020, 1, 31), False),  # the spring festival prolonged in the epidemic
    ],
)
def test_days_checked_by_hand(day, works):
    assert is_working_day(day) is works


def test_a_year_without_a_published_calendar_has_weekends_only():
    assert calendar_is_published(2004)
    assert calendar_is_published(2026)
    assert not calendar_is_published(2003)
    assert not calendar_is_published(2050)
    assert is_working_day(date(2050, 10, 3))  # a Monday in the national holiday, which nobody has published
    assert not is_working_day(date(2050, 10, 1))  # a Saturday
    assert is_working_day(date(1985, 4, 1))


def test_overrides_come_first():
    overrides = {date(2050, 10, 3): False, date(2050, 10, 8): True, date(2026, 2, 14): False, date(2026, 10, 1): True}
    assert not is_working_day(date(2050, 10, 3), overrides)
    assert is_working_day(date(2050, 10, 8), overrides)
    assert not is_working_day(date(2026, 2, 14), overrides)
    assert is_working_day(date(2026, 10, 1), overrides)
    assert roll_to_working_day(date(2050, 10, 1), overrides) == date(2050, 10, 4)
    assert add_working_days(date(2050, 10, 7), 1, overrides) == date(2050, 10, 8)
    assert working_days_between(date(2050, 9, 30), date(2050, 10, 8), overrides) == 5
    assert period_end(date(2050, 9, 1), months=1, overrides=overrides) == date(2050, 10, 4)


def test_a_moment_is_refused_because_its_day_depends_on_the_zone():
    with pytest.raises(TypeError):
        is_working_day(datetime(2026, 2, 14, tzinfo=UTC))


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2026, 7, 3), 0, date(2026, 7, 3)),
        (date(2026, 7, 3), 1, date(2026, 7, 6)),  # Friday to Monday
        (date(2026, 7, 4), 1, date(2026, 7, 6)),  # begun on a Saturday
        (date(2026, 7, 3), 5, date(2026, 7, 10)),
        (date(2026, 2, 13), 1, date(2026, 2, 14)),  # the make-up Saturday
        (date(2026, 2, 13), 2, date(2026, 2, 24)),  # over the nine days of the spring festival
        (date(2026, 2, 13), 6, date(2026, 2, 28)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2050, 9, 30), 1, date(2050, 10, 3)),  # a year that is not published
    ],
)
def test_adding_working_days(start, n, end):
    assert add_working_days(start, n) == end


def test_working_days_are_counted_forward_only():
    with pytest.raises(ValueError, match="forward"):
        add_working_days(date(2026, 7, 3), -1)


@given(start=days, n=st.integers(0, 60))
def test_counting_undoes_adding(start, n):
    end = add_working_days(start, n)
    assert working_days_between(start, end) == n
    assert working_days_between(end, start) == -n
    assert n == 0 or is_working_day(end)


@given(a=days, span=st.integers(0, 400), more=st.integers(0, 400))
def test_counts_add_up(a, span, more):
    b = a + timedelta(days=span)
    c = b + timedelta(days=more)
    assert working_days_between(a, b) + working_days_between(b, c) == working_days_between(a, c)


@given(day=days)
def test_rolling_goes_to_the_next_working_day(day):
    rolled = roll_to_working_day(day)
    assert is_working_day(rolled)
    assert (rolled == day) is is_working_day(day)
    assert not any(is_working_day(day + timedelta(days=step)) for step in range((rolled - day).days))


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2026, 1, 15), 2, date(2026, 3, 15)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 2, 28), 12, date(2026, 2, 28)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2007, 7, 5), 240, date(2027, 7, 5)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 1), -1, date(2025, 12, 1)),
        (date(2026, 7, 5), 0, date(2026, 7, 5)),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_last(day, months, end):
    assert add_months(day, months) == end


@given(day=days, n=st.integers(0, 500), m=st.integers(0, 500))
def test_months_never_skip_a_month(day, n, m):
    end = add_months(day, n)
    assert (end.year - day.year) * 12 + end.month - day.month == n
    assert end.day <= day.day
    assert (end <= add_months(day, m)) is (n <= m)


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        # Restoration: two months from a notice; the 28th of the month is the make-up Saturday.
        (date(2025, 12, 28), {"months": 2}, date(2026, 2, 28)),
        (date(2025, 12, 15), {"months": 2}, date(2026, 2, 24)),  # ends in the spring festival
        (date(2026, 7, 1), {"months": 3}, date(2026, 10, 8)),  # ends on the national day
        (date(2023, 2, 28), {"months": 36}, date(2026, 2, 28)),
        (date(2024, 2, 29), {"months": 12}, date(2025, 2, 28)),
        (date(2026, 7, 1), {"days": 15}, date(2026, 7, 16)),
        (date(2026, 7, 1), {"days": 10}, date(2026, 7, 13)),  # the 11th is a Saturday
    ],
)
def test_statutory_periods(start, period, end):
    assert period_end(start, **period) == end


@pytest.mark.parametrize("period", [{}, {"months": 1, "days": 1}, {"months": -1}, {"days": -1}])
def test_a_period_is_months_or_days(period):
    with pytest.raises(ValueError, match="period"):
        period_end(date(2026, 7, 1), **period)


def test_every_published_day_agrees_with_the_collected_calendar():
    """771 holidays and make-up days of 2004 to 2026; the folder of public data beside the project holds them."""
    if not CALENDAR.is_file():
        pytest.skip("NOT CHECKED: the collected calendar of holidays is absent")
    with CALENDAR.open(encoding="utf-8", newline="") as lines:
        special = {date.fromisoformat(row["date"]): row["kind"] for row in csv.DictReader(lines)}
    day = date(2004, 1, 1)
    while day <= date(2026, 12, 31):
        expected = special[day] == "makeup_workday" if day in special else day.weekday() < 5
        assert is_working_day(day) is expected, day
        day += timedelta(days=1)
