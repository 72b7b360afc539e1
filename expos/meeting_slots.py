"""Slots of the meetings of an edition, from the windows of its days. Pure. Read next: meeting_queries.py."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from platform_site.clock import SHANGHAI

MOST = 120  # of an edition: what one plan reckons with


@dataclass(frozen=True, order=True)
class Slot:
    """Half-open, aware."""

    starts_at: datetime
    ends_at: datetime

    def meets(self, starts_at: datetime, ends_at: datetime) -> bool:
        return starts_at < self.ends_at and ends_at > self.starts_at


def slots_of(windows: Iterable[tuple[date, int, int]], slot_minutes: int, break_minutes: int) -> list[Slot]:
    """Every whole slot of (day, begins, ends), in order of time; minutes after midnight of Shanghai."""
    found = set()
    for day, begins, ends in windows:
        midnight, minute = datetime.combine(day, time(0), tzinfo=SHANGHAI), begins
        while minute + slot_minutes <= ends:
            starts = midnight + timedelta(minutes=minute)
            found.add(Slot(starts, starts + timedelta(minutes=slot_minutes)))
            minute += slot_minutes + break_minutes
    return sorted(found)[:MOST]


def nearest(free: Sequence[Slot], wanted: datetime, most: int = 3) -> list[Slot]:
    """The free slots nearest to an instant, in order of time."""
    return sorted(sorted(free, key=lambda slot: (abs(slot.starts_at - wanted), slot.starts_at))[:most])
