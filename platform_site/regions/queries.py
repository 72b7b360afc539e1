"""Reads over provinces, permissions on them and working days. Read next: workdays.py."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from . import workdays
from .models import DayOverride, Province

# Written out, because every action of an office and most of its pages ask it: guardian's own question takes ten times as long.
_HELD = """
    SELECT * FROM regions_province WHERE code IN (
        SELECT given.content_object_id FROM regions_provincegroupobjectpermission AS given
        JOIN accounts_user_groups AS member ON member.group_id = given.group_id AND member.user_id = %(user)s
        WHERE given.permission_id IN ({asked})
        UNION ALL
        SELECT given.content_object_id FROM regions_provinceuserobjectpermission AS given
        WHERE given.user_id = %(user)s AND given.permission_id IN ({asked})
    ) ORDER BY code
""".format(
    asked="""SELECT named.id FROM auth_permission AS named JOIN django_content_type AS kind ON kind.id = named.content_type_id
        WHERE kind.app_label = 'regions' AND kind.model = 'province' AND named.codename = %(token)s"""
)


_HELD_EACH = """
    SELECT DISTINCT named.codename, given.content_object_id FROM auth_permission AS named
    JOIN django_content_type AS kind ON kind.id = named.content_type_id AND kind.app_label = 'regions' AND kind.model = 'province'
    JOIN (
        SELECT held.permission_id, held.content_object_id FROM regions_provincegroupobjectpermission AS held
        JOIN accounts_user_groups AS member ON member.group_id = held.group_id AND member.user_id = %(user)s
        UNION ALL
        SELECT permission_id, content_object_id FROM regions_provinceuserobjectpermission WHERE user_id = %(user)s
    ) AS given ON given.permission_id = named.id
    WHERE named.codename = ANY (%(tokens)s) ORDER BY 1, 2
"""


def provinces() -> list[Province]:
    """The six in code order."""
    return list(Province.objects.all())


def provinces_where(user: Any, token: str) -> list[Province]:
    """Provinces on which `user` holds `token` by a grant on the province itself: neither superuser nor global grants count."""
    if not user.is_authenticated or not user.is_active:
        return []
    return list(Province.objects.raw(_HELD, {"user": user.pk, "token": token}))


def codes_where(user: Any, tokens: Sequence[str]) -> dict[str, list[str]]:
    """Token -> codes of the provinces on which `user` holds it, as provinces_where; one query for any number of tokens."""
    held: dict[str, list[str]] = {token: [] for token in tokens}
    if user.is_authenticated and user.is_active:
        with connection.cursor() as cursor:
            cursor.execute(_HELD_EACH, {"user": user.pk, "tokens": list(tokens)})
            for token, code in cursor.fetchall():
                held[token].append(code)
    return held


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
