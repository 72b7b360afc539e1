"""When a facility can be visited: slots that follow from opening hours, exceptions and the mainland's holidays; pure. Read next: visit_queries.py.

Everything is half-open and counted in Shanghai: a visit that ends at ten does not meet one that begins at ten. The rule:
an exception says what a day is, whatever else holds; without one, a public holiday is closed where the facility keeps
holidays, a weekend that is worked in place of a holiday follows Monday's hours, and every other day those of its weekday.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from platform_site.clock import SHANGHAI
from platform_site.regions import workdays

MONDAY, SATURDAY = 0, 5
Stretch = tuple[int, int]  # minutes of a day, half-open


@dataclass(frozen=True)
class Hours:
    """What is said of one facility; an exception of None closes the day."""

    weekly: Mapping[int, Sequence[Stretch]]
    exceptions: Mapping[date, Stretch | None] = field(default_factory=dict)
    slot_minutes: int = 120
    keeps_holidays: bool = True


@dataclass(frozen=True, order=True)
class Slot:
    """One visit's time; aware."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Taken:
    """People who are expected, from one instant to another."""

    starts_at: datetime
    ends_at: datetime
    people: int


def stretches(hours: Hours, day: date, overrides: Mapping[date, bool] = workdays.NO_OVERRIDES) -> Sequence[Stretch]:
    """When the facility is open on a day, ascending."""
    if day in hours.exceptions:
        special = hours.exceptions[day]
        return [special] if special else []
    weekday, works = day.weekday(), workdays.is_working_day(day, overrides)
    if hours.keeps_holidays and weekday < SATURDAY and not works:
        return []
    if hours.keeps_holidays and weekday >= SATURDAY and works:
        weekday = MONDAY
    return sorted(hours.weekly.get(weekday, ()))


def slots_on(hours: Hours, day: date, overrides: Mapping[date, bool] = workdays.NO_OVERRIDES) -> list[Slot]:
    """The whole slots of a day; what is left at the end of a stretch is too short for a visit."""
    midnight = datetime.combine(day, time(0), tzinfo=SHANGHAI)
    found = []
    for opens, closes in stretches(hours, day, overrides):
        begin = opens
        while begin + hours.slot_minutes <= closes:
            end = begin + hours.slot_minutes
            found.append(Slot(midnight + timedelta(minutes=begin), midnight + timedelta(minutes=end)))
            begin = end
    return found


def slots(hours: Hours, first: date, days: int, overrides: Mapping[date, bool] = workdays.NO_OVERRIDES) -> list[Slot]:
    """Of so many days from `first` on, ascending."""
    return [slot for step in range(days) for slot in slots_on(hours, first + timedelta(days=step), overrides)]


def most_taken(slot: Slot, taken: Iterable[Taken]) -> int:
    """The most people who are there at one instant of a slot; what only touches it does not count."""
    inside = [one for one in taken if one.starts_at < slot.ends_at and one.ends_at > slot.starts_at]
    edges = {slot.starts_at, *(one.starts_at for one in inside if one.starts_at > slot.starts_at)}
    return max((sum(one.people for one in inside if one.starts_at <= edge < one.ends_at) for edge in edges), default=0)


def room_in(slot: Slot, taken: Iterable[Taken], visitors: int) -> int:
    """For how many more people there is room; never below zero."""
    return max(0, visitors - most_taken(slot, taken))


def nearest(free: Iterable[Slot], wanted: datetime, most: int) -> list[Slot]:
    """Those that begin nearest to an instant, in order of time; of two as near, the earlier one."""
    chosen = sorted(free, key=lambda slot: (abs(slot.starts_at - wanted), slot.starts_at))[:most]
    return sorted(chosen)
