"""Reads over provinces, permissions on them and working days. Read next: workdays.py."""

from datetime import date
from typing import Any

from guardian.shortcuts import get_objects_for_user

from . import workdays
from .models import DayOverride, Province


def provinces() -> list[Province]:
    """The six in code order."""
    return list(Province.objects.all())


def provinces_where(user: Any, token: str) -> list[Province]:
    """Provinces on which `user` holds `token` by a grant on the province itself: neither superuser nor global grants count."""
    if not user.is_authenticated or not user.is_active:
        return []
    return list(
        get_objects_for_user(
            user, f"regions.{token}", Province, with_superuser=False, accept_global_perms=False
        ).order_by("code")
    )


def may_in_province(user: Any, token: str, code: str) -> bool:
    return any(province.code == code for province in provinces_where(user, token))


def overrides() -> dict[date, bool]:
    return dict(DayOverride.objects.values_list("day", "is_working"))


def due_date(start: date, working_days: int) -> date:
    """The last day of a clock of so many mainland working days; `start` itself is not counted."""
    return workdays.add_working_days(start, working_days, overrides())


def working_days_left(today: date, due: date) -> int:
    """Working days from today (not counted) to `due`; negative once it is overdue."""
    return workdays.working_days_between(today, due, overrides())
