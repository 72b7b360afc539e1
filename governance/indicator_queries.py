"""The figures of a year in one statement, targets, what was kept at the close, and the records behind a figure. Read next: indicator_words.py.

Units: as each indicator says; money in CNY yuan. Where counting is slow the figures of a year are kept for less than a
minute, with the moment at which they were counted.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.core.cache import caches
from django.db import connection

from platform_site import clock
from platform_site.regions import workdays
from platform_site.regions.facts import CODES

from .indicators import INDICATORS, LEAST, STATEMENT, Indicator, Total
from .models import AnnualWorkPlan, IndicatorSnapshot, IndicatorTarget

FIRST_YEAR = 2007
FRESH_SECONDS = 45  # how long figures that were slow to count are shown again
SLOW_SECONDS = 0.3
CALENDAR_YEARS = 3  # a review that took longer is not counted
ALL = ""  # the six together, beside province codes


@dataclass(frozen=True)
class Figure:
    """One indicator of one year. A value is None where nothing, or too few contracts, can be told."""

    values: Mapping[str, Decimal | None]  # province code or ALL
    months: Mapping[int, Decimal] = field(default_factory=dict)  # of all six, for a flow
    few: frozenset[str] = frozenset()  # where there is something, of fewer than LEAST contracts

    @property
    def total(self) -> Decimal | None:
        return self.values.get(ALL)

    @property
    def by_month(self) -> list[Decimal]:
        """What each month of a flow brought, January first."""
        return [self.months.get(month, Decimal(0)) for month in range(1, 13)]

    def until(self, month: int) -> Decimal:
        """A flow from the beginning of the year to the end of a month."""
        return sum((value for at, value in self.months.items() if at <= month), Decimal(0))


@dataclass(frozen=True)
class Figures:
    year: int
    as_of: datetime
    by_slug: Mapping[str, Figure]


def figures(year: int) -> Figures:
    """All indicators of a year, counted now or less than a minute ago: one statement."""
    kept: Figures | None = caches["pages"].get(key := f"indicators-{year}")
    if kept is not None:
        return kept
    begun = time.monotonic()
    found = counted(year)
    if time.monotonic() - begun > SLOW_SECONDS:
        caches["pages"].set(key, found, FRESH_SECONDS)
    return found


def counted(year: int) -> Figures:
    """The same, counted now."""
    return Figures(year, clock.now(), _figures(_rows(year)))


def span(year: int) -> dict[str, Any]:
    """The parameters of the statement but the calendar: a year in China, half-open."""
    first, last = date(year, 1, 1), date(year + 1, 1, 1)
    begin, end = (datetime(day.year, 1, 1, tzinfo=clock.SHANGHAI) for day in (first, last))
    return {"first": first, "last": last, "begin": begin, "end": end, "year": year}


def _rows(year: int) -> list[tuple[Any, ...]]:
    days, works = _calendar(year)
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, {**span(year), "days": days, "works": works})
        return list(cursor.fetchall())


@lru_cache(maxsize=8)
def _calendar(year: int) -> tuple[list[date], list[bool]]:
    """The days from which reviews of a year are counted, and which of them are working days as published."""
    first = date(year - CALENDAR_YEARS, 1, 1)
    days = [first + timedelta(days=step) for step in range((date(year + 1, 1, 1) - first).days)]
    return days, [workdays.is_working_day(day) for day in days]


def _figures(rows: list[tuple[Any, ...]]) -> dict[str, Figure]:
    by_slug: dict[str, list[tuple[Any, ...]]] = {one.slug: [] for one in INDICATORS}
    for slug, *row in rows:
        by_slug[slug].append(tuple(row))
    return {one.slug: _figure(one, by_slug[one.slug]) for one in INDICATORS}


def _figure(one: Indicator, rows: list[tuple[Any, ...]]) -> Figure:
    if one.is_money:
        return _money(rows)
    if one.total == Total.SHARE:
        return _share(rows)
    if one.total == Total.MEDIAN:
        values = {code or ALL: _rounded(value) for code, _month, value, weight in rows if weight}
        return Figure({ALL: None, **dict.fromkeys(CODES), **values})
    values = dict.fromkeys(CODES, Decimal(0))
    months: dict[int, Decimal] = {}
    for code, month, value, _weight in rows:
        if code in values:
            values[code] += value
            if month is not None:
                months[month] = months.get(month, Decimal(0)) + value
    return Figure({**values, ALL: sum(values.values(), Decimal(0))}, months)


def _money(rows: list[tuple[Any, ...]]) -> Figure:
    values: dict[str, Decimal | None] = dict.fromkeys(CODES, Decimal(0))
    few = set()
    for code, _month, value, weight in rows:
        values[code] = value if weight >= LEAST else None
        if weight < LEAST:
            few.add(code)
    told = [value for value in values.values() if value is not None]
    total = sum(told, Decimal(0)) if told and (any(told) or not few) else None
    return Figure({**values, ALL: total}, few=frozenset({*few, *([ALL] if total is None else [])}))


def _share(rows: list[tuple[Any, ...]]) -> Figure:
    values: dict[str, Decimal | None] = dict.fromkeys(CODES)
    part = whole = Decimal(0)
    for code, _month, value, weight in rows:
        values[code] = _percent(value, weight)
        part, whole = part + value, whole + weight
    return Figure({**values, ALL: _percent(part, whole)})


def _percent(part: Decimal, whole: Decimal) -> Decimal | None:
    return _rounded(100 * part / whole) if whole else None


def _rounded(value: Any) -> Decimal:
    return Decimal(value).quantize(Decimal("0.1"))


# ---- targets, and what was kept


def targets_of(plan: AnnualWorkPlan) -> dict[str, dict[str, Decimal]]:
    """Slug -> province code, or ALL -> target; what is reached by all six is the sum where a total is a sum."""
    found: dict[str, dict[str, Decimal]] = {}
    for row in IndicatorTarget.objects.filter(plan=plan):
        found.setdefault(row.slug, {})[row.province_id or ALL] = row.target
    by_slug = {one.slug: one for one in INDICATORS}
    for slug, values in found.items():
        if slug in by_slug and by_slug[slug].total == Total.SUM:
            values[ALL] = sum((value for code, value in values.items() if code != ALL), Decimal(0))
    return found


def snapshots_of(plan: AnnualWorkPlan) -> Figures:
    """What was counted when the plan was closed."""
    values: dict[str, dict[str, Decimal | None]] = {}
    months: dict[str, dict[int, Decimal]] = {}
    as_of = plan.closed_at or clock.now()
    for row in IndicatorSnapshot.objects.filter(plan=plan):
        values.setdefault(row.slug, {})[row.province_id or ALL] = row.value
        if row.months:
            months[row.slug] = dict(enumerate(row.months, start=1))
    kept = {slug: Figure(found, months.get(slug, {}), _untold(slug, found)) for slug, found in values.items()}
    return Figures(plan.year, as_of, kept)


def _untold(slug: str, found: Mapping[str, Decimal | None]) -> frozenset[str]:
    money = next((one.is_money for one in INDICATORS if one.slug == slug), False)
    return frozenset(code for code, value in found.items() if value is None) if money else frozenset()


def figures_of(plan: AnnualWorkPlan) -> Figures:
    """The figures by which the plan is judged: now while it runs, as they were kept once it is closed."""
    return snapshots_of(plan) if plan.closed_at is not None else figures(plan.year)


def earlier_snapshots(slugs: list[str], before: int, years: int = 3) -> dict[int, dict[str, Decimal | None]]:
    """Year -> slug -> what all six had reached, of the last closed plans before a year: one query."""
    rows = IndicatorSnapshot.objects.filter(slug__in=slugs, province=None, plan__year__lt=before)
    found: dict[int, dict[str, Decimal | None]] = {}
    for year, slug, value in rows.filter(plan__year__gte=before - years).values_list("plan__year", "slug", "value"):
        found.setdefault(year, {})[slug] = value
    return dict(sorted(found.items(), reverse=True))


def kept_by_year(slug: str) -> list[IndicatorSnapshot]:
    """What was kept of one indicator at the close of each plan, latest year first."""
    rows = IndicatorSnapshot.objects.filter(slug=slug, province=None)
    return list(rows.select_related("plan").order_by("-plan__year"))
