"""The rotation as its page shows it: the strip of six years, the wheel that is a second picture of it, the list. Read next: rotation_files.py."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from platform_site import clock
from platform_site.regions.facts import BY_CODE
from platform_site.regions.names import province_name

from .models import DirectorTerm, Handover, RotationException, SeatHolder
from .rotation_queries import Standing

SIX = 6
AHEAD = 10  # years that the list looks ahead
MIDDLE, OUTER, INNER, LABEL = 50.0, 48.0, 20.0, 35.0  # of the wheel, in hundredths of its width


@dataclass(frozen=True)
class Year:
    """One year of the calendar: whose turn, why, and what became of it."""

    year: int
    code: str
    now: bool = False
    exception: RotationException | None = None
    term: DirectorTerm | None = None
    director: str = ""

    @property
    def name(self) -> str:
        return province_name(self.code)

    @property
    def short(self) -> str:
        return BY_CODE[self.code].short

    @property
    def resolution_url(self) -> str:
        return self.exception.resolution.get_absolute_url() if self.exception else ""

    @property
    def handover(self) -> Handover | None:
        """By which the term of the year began; the very first has none."""
        return getattr(self.term, "takeover", None) if self.term else None


@dataclass(frozen=True)
class Sector:
    """A sixth of the wheel with its label."""

    of: Year
    path: str
    x: float
    y: float
    y_below: float


def year_of(standing: Standing, year: int) -> Year:
    code = standing.calendar.province_of(year)
    return Year(year, code, year == standing.year, standing.exceptions.get(year))


def strip(standing: Standing, year: int | None = None) -> list[Year]:
    """The six years of a round, the year asked for among them; rounds are counted from the first year of its order."""
    asked = year or standing.year
    calendar = standing.calendar
    first = max(begins for begins, _order in calendar.orders if begins <= asked)
    begins = first + (asked - first) // SIX * SIX
    return [year_of(standing, one) for one in range(begins, begins + SIX) if calendar.knows(one)]


def listed_years(standing: Standing, asked: int | None) -> list[int]:
    """From the first year to ten years ahead; a year beyond that is listed with the years about it."""
    calendar, last = standing.calendar, standing.today.year + AHEAD
    years = range(calendar.first_year, last + 1)
    if asked is None or asked in years:
        return list(years)
    return [year for year in range(asked - 5, asked + 7) if calendar.knows(year)]


def rows(
    standing: Standing,
    years: Iterable[int],
    terms: dict[int, DirectorTerm],
    holders: dict[str, list[SeatHolder]],
) -> list[Year]:
    """The list, each year with its exception, its term and who directed."""
    found = []
    for year in years:
        one = year_of(standing, year)
        term = terms.get(year)
        director = ""
        if term and term.begins_at <= standing.moment:
            day = min(max(date(year, 7, 1), clock.day_of(term.begins_at)), standing.today)
            director = _holder_on(holders.get(one.code, []), day)
        found.append(Year(year, one.code, one.now, one.exception, term, director))
    return found


def _holder_on(holders: list[SeatHolder], day: date) -> str:
    return next((row.name for row in holders if row.starts_on <= day and (not row.ends_on or day < row.ends_on)), "")


def wheel(years: list[Year]) -> list[Sector]:
    """The years of the strip clockwise from the top, each in a sixth."""
    sectors = []
    for place, one in enumerate(years):
        begin, end = (math.radians(60 * place - 90 - 30 + side) for side in (0.8, 59.2))
        middle = math.radians(60 * place - 90)
        corners = [_point(begin, OUTER), _point(end, OUTER), _point(end, INNER), _point(begin, INNER)]
        one_x, one_y = (f"{x:.2f} {y:.2f}" for x, y in corners[:2])
        two_x, two_y = (f"{x:.2f} {y:.2f}" for x, y in corners[2:])
        path = f"M{one_x}A{OUTER:g} {OUTER:g} 0 0 1 {one_y}L{two_x}A{INNER:g} {INNER:g} 0 0 0 {two_y}Z"
        x, y = _point(middle, LABEL)
        sectors.append(Sector(one, path, round(x, 2), round(y, 2), round(y + 6.5, 2)))
    return sectors


def _point(angle: float, radius: float) -> tuple[float, float]:
    return MIDDLE + radius * math.cos(angle), MIDDLE + radius * math.sin(angle)


def wheel_label(years: list[Year]) -> str:
    """The same in words."""
    return _("轮值图：") + "、".join(f"{one.year} {one.name}" for one in years)
