"""The rotation for other programs: JSON and iCalendar, both with an ETag. The JSON is the contract of the help page on interfaces.

Read next: rotation_page.py.
"""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from patents.exports import json_answer, tagged
from platform_site.regions.facts import BY_CODE

from .rotation_page import AHEAD
from .rotation_queries import Standing

FORMATS = ("json", "ics")


def answer(request: HttpRequest, standing: Standing, year: int | None) -> HttpResponse:
    """One year, or the list from the first year to ten years ahead."""
    if request.GET["format"] == "json":
        return json_answer(
            request, as_data(standing, year) if year else [as_data(standing, one) for one in _years(standing)]
        )
    text = as_ics(standing, [year] if year else _years(standing))
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rotation.ics"'
    return tagged(request, response)


def as_data(standing: Standing, year: int) -> dict[str, Any]:
    """Who is director on 1 July of the year by the rule and its exceptions, and why if not by the rule alone."""
    row = standing.exceptions.get(year)
    return {
        "year": year,
        "province": standing.calendar.province_of(year),
        "exception": {"resolution": row.resolution.document_number, "reason": row.reason} if row else None,
    }


def as_ics(standing: Standing, years: list[int]) -> bytes:
    """A whole-day event for each year; what stamps it is the resolution it rests on, so the same rule gives the same file."""
    calendar = Calendar()
    calendar.add("prodid", "-//Six Central Provinces//Rotation//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("领导小组轮值主任"))
    for year in years:
        calendar.add_component(_event(standing, year))
    text: bytes = calendar.to_ical()
    return text


def _event(standing: Standing, year: int) -> Event:
    fact = BY_CODE[standing.calendar.province_of(year)]
    row = standing.exceptions.get(year)
    rule = next(one for one in reversed(standing.rules) if one.first_year <= year)
    event = Event()
    event.add("uid", f"rotation-{year}@{settings.SITE_ORIGIN.partition('://')[2]}")
    event.add("dtstamp", (row or rule).resolution.adopted_at)
    event.add("dtstart", date(year, 1, 1))
    event.add("dtend", date(year + 1, 1, 1))
    office = fact.office_en if get_language() == "en" else fact.office_zh
    event.add("summary", _("%(year)d 年轮值主任：%(office)s") % {"year": year, "office": office})
    event.add(
        "description", f"{row.resolution.document_number} {row.reason}" if row else rule.resolution.document_number
    )
    event.add("transp", "TRANSPARENT")
    event.add("categories", [fact.code])
    return event


def _years(standing: Standing) -> list[int]:
    return list(range(standing.calendar.first_year, standing.today.year + AHEAD + 1))
