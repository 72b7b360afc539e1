"""Working days of mainland China and the arithmetic of statutory periods; read next: the models that hold overrides.

The State Council publishes each year's holidays and make-up working days late in the year before. Up to the last
published year they come from `chinese_calendar`; `overrides` (day -> is it a working day) is the portal's own table,
always asked first: it corrects the package and stands in for it until a new year is in. Without either, a year has
no holidays but weekends, and `calendar_is_published` lets a page say so.
"""

import calendar
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType

from chinese_calendar import constants

NO_OVERRIDES: Mapping[date, bool] = MappingProxyType({})

_ONE_DAY = timedelta(days=1)
_PUBLISHED_YEARS = frozenset(day.year for day in constants.holidays)
_SATURDAY = 5


def calendar_is_published(year: int) -> bool:
    """Whether the State Council's holidays of that year are known to the portal; else only weekends are counted off."""
    return year in _PUBLISHED_YEARS


def is_working_day(day: date, overrides: Mapping[date, bool] = NO_OVERRIDES) -> bool:
    """Whether offices on the mainland work that day: make-up Saturdays and Sundays count, holidays do not.

    Raises: TypeError for a datetime, whose day depends on the time zone.
    """
    if isinstance(day, datetime):
        raise TypeError("a day in China is needed, not a moment: take its date in Asia/Shanghai first")
    if day in overrides:
        return overrides[day]
    if day in constants.workdays:
        return True
    return day.weekday() < _SATURDAY and day not in constants.holidays


def add_working_days(start: date, n: int, overrides: Mapping[date, bool] = NO_OVERRIDES) -> date:
    """The n-th working day after `start`, which itself is not counted; `start` for n = 0.

    Raises: ValueError for a negative n.
    """
    if n < 0:
        raise ValueError("working days are counted forward")
    day = start
    while n:
        day += _ONE_DAY
        n -= is_working_day(day, overrides)
    return day


def working_days_between(a: date, b: date, overrides: Mapping[date, bool] = NO_OVERRIDES) -> int:
    """Working days after `a` up to and with `b`; negative when `b` lies before `a` (so many days overdue).

    It undoes add_working_days: working_days_between(a, add_working_days(a, n)) == n.
    """
    if b < a:
        return -working_days_between(b, a, overrides)
    return sum(is_working_day(a + _ONE_DAY * step, overrides) for step in range(1, (b - a).days + 1))


def roll_to_working_day(day: date, overrides: Mapping[date, bool] = NO_OVERRIDES) -> date:
    """The day itself, or the first working day after it: where a period ends that would end on a day off."""
    while not is_working_day(day, overrides):
        day += _ONE_DAY
    return day


def add_months(day: date, n: int) -> date:
    """The corresponding day n months later (earlier for a negative n), or that month's last day if it has none.

    A year is 12 months. Source: Implementing Rules of the Patent Law, rule 5; the day is not rolled.
    """
    months = day.year * 12 + day.month - 1 + n
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def period_end(start: date, *, months: int = 0, days: int = 0, overrides: Mapping[date, bool] = NO_OVERRIDES) -> date:
    """The last day of a statutory period that begins with `start`: first day not counted, end rolled off days off.

    Give months or days (of the calendar), not both. Source: Implementing Rules of the Patent Law, rule 5.
    """
    if bool(months) == bool(days) or months < 0 or days < 0:
        raise ValueError("a period is a number of months or a number of days")
    return roll_to_working_day(add_months(start, months) if months else start + timedelta(days=days), overrides)
