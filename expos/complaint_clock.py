"""By when the complaint desk answers. One rule, printed on its page. Pure. Read next: actions/complaints.py."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext_lazy

from platform_site import clock
from platform_site.regions import workdays

from .models import Expo

HOURS = timedelta(hours=2)
RULE = gettext_lazy("展期内收到的投诉两小时内答复是否受理；当天闭馆前不足两小时的，次日开馆后两小时内答复。展期以外收到的，下一个工作日内答复。")  # fmt: skip


def _at(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time(0), tzinfo=clock.SHANGHAI) + timedelta(minutes=minutes)


def due_at(expo: Expo, moment: datetime, overrides: Mapping[date, bool]) -> datetime:
    """Two hours on the days of the expo, else the end of the next working day. On the last day the two hours run on."""
    day = clock.day_of(moment)
    if expo.starts_on and expo.last_on and expo.starts_on <= day <= expo.last_on:
        begun = max(moment, _at(day, expo.opens))
        if begun + HOURS <= _at(day, expo.closes) or day == expo.last_on:
            return begun + HOURS
        return _at(day + timedelta(days=1), expo.opens) + HOURS
    following = workdays.add_working_days(day, 1, overrides)
    return _at(following + timedelta(days=1), 0)
