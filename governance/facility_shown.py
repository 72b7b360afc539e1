"""Facilities as pages and other programs see them. Read next: views/facilities.py."""

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from patents import exports
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.regions.facts import CODES
from platform_site.regions.names import province_name
from platform_site.ui.formats import grouped, minute_iso, reads_chinese
from platform_site.ui.languages import han_marked
from platform_site.ui.pagination import page_url
from platform_site.ui.slots import stamp

from . import facility_queries as queries
from . import hours_text, stationing_queries, visit_queries
from . import resource_rules as rules
from .facility_kinds import KIND_FACTS
from .forms.facilities import LANGUAGES, SORTS, FacilityFilter
from .models import Facility
from .states import FacilityKind

WEEK = 7
TONES = {"base": "jade", "incubator": "jade", "centre": "indigo", "laboratory": "", "pilot_line": "ochre", "expert": ""}


# ---- the catalogue


def item(one: Facility) -> dict[str, Any]:
    """A row of the list."""
    meta = [f"{one.province.name} {one.city}".strip()]
    if one.visitors:
        meta.append(_("每次接待 %(people)d 人") % {"people": one.visitors})
    if one.places:
        meta.append(_("入驻工位 %(places)d 个") % {"places": one.places})
    if one.area_m2:
        meta.append(f"{grouped(one.area_m2)} m²")
    about = one.about_en if get_language() == "en" and one.about_en else one.about_zh
    return {
        "title": han_marked(one.name), "href": one.get_absolute_url(), "text": han_marked(Truncator(about.partition("\n")[0]).chars(120)), "meta": meta,
        "tags": [(str(FacilityKind(one.kind).label), TONES[one.kind])], "slug": one.slug,
    }  # fmt: skip


def controls(request: HttpRequest, filters: FacilityFilter, found: queries.Facets) -> dict[str, Any]:
    """Facets, orders, the mosaic, and the chips of what is in use, each with the address without it."""
    search = filters.search

    def address(name: str, values: Sequence[str]) -> str:
        query = request.GET.copy()
        query.setlist(name, list(values))
        return f"{request.path}?{query.urlencode()}" if query.urlencode() else request.path

    used = (
        ("province", search.provinces, province_name),
        ("kind", search.kinds, lambda one: FacilityKind(one).label),
        ("stationing", ("1",) if search.stationing else (), lambda one: _("接受入驻")),
        ("equipment", (search.equipment,) if search.equipment else (), str),
    )
    chips = [
        (str(words(one)), address(name, [other for other in values if other != one]))
        for name, values, words in used
        for one in values
    ]
    return {
        "chips": chips, "counts": found.province,
        "provinces": [
            {"value": code, "label": province_name(code), "count": found.province[code], "checked": code in search.provinces}
            for code in CODES
        ],
        "kinds": [
            {"value": kind, "label": label, "count": found.kind[kind], "checked": kind in search.kinds}
            for kind, label in FacilityKind.choices
        ],
        "stays": [{"value": "1", "label": _("接受入驻"), "count": None, "checked": search.stationing}],
        "sorts": [(label, address("sort", [value]), value == search.sort) for value, label in SORTS],
        "keep": [(name, value) for name, values in request.GET.lists() if name != "q" for value in values],
    }  # fmt: skip


def as_json(
    request: HttpRequest, rows: Sequence[Facility], count: int, found: queries.Facets, page: Any
) -> HttpResponse:
    """One page; `next` is a path with the same query."""
    body = {
        "count": count, "page": page.page, "next": page_url(request)(page.page + 1) if page.next_url else None,
        "facets": {"province": found.province, "kind": found.kind}, "results": [result(one) for one in rows],
    }  # fmt: skip
    return exports.json_answer(request, body)


def result(one: Facility) -> dict[str, Any]:
    """One facility as other programs see it; its parts were prefetched."""
    hours = queries.hours_of(one)
    return {
        "slug": one.slug, "url": one.get_absolute_url(), "kind": one.kind, "province": one.province_id, "city": one.city_code,
        "name_zh": one.name_zh, "name_en": one.name_en, "address_zh": one.address_zh, "visitors": one.visitors,
        "places": one.places, "area_m2": _plain(one.area_m2), "power_kw": _plain(one.power_kw), "permits": one.permits,
        "equipment": [{"name_zh": row.name_zh, "name_en": row.name_en, "pieces": row.pieces} for row in one.equipment.all()],
        "languages": one.languages, "facts": one.facts, "slot_minutes": one.slot_minutes,
        "hours": [
            {"weekday": day + 1, "opens": hours_text.clock_words(opens), "closes": hours_text.clock_words(closes)}
            for day in sorted(hours.weekly) for opens, closes in hours.weekly[day]
        ],
    }  # fmt: skip


def _plain(value: Any) -> str | None:
    return None if value is None else f"{value:.2f}"


def as_csv(rows: Sequence[Facility]) -> HttpResponse:
    """All matches; no cell is taken for a formula."""
    text = io.StringIO()
    text.write(exports.BOM)
    writer = csv.writer(text)
    heading = (
        _("编号"), _("类型"), _("省份"), _("城市"), _("名称"), _("英文名称"), _("地址"), _("接待人数"), _("工位"), _("场地"),
        _("用电"), _("设备"), _("许可"), _("开放时间"), _("联系人"), _("电话"),
    )  # fmt: skip
    writer.writerow(heading)
    for one in rows:
        equipment = "; ".join(f"{row.name_zh} ×{row.pieces}" for row in one.equipment.all())
        hours = "; ".join(hours_text.weekly_lines(queries.hours_of(one).weekly))
        cells = (
            one.slug, FacilityKind(one.kind).label, one.province.name, one.city, one.name_zh, one.name_en, one.address_zh,
            one.visitors, one.places, one.area_m2, one.power_kw, equipment, "; ".join(one.permits), hours, one.contact, one.phone,
        )  # fmt: skip
        writer.writerow([exports.cell(value) for value in cells])
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="facilities.csv"'
    return response


# ---- one facility


def page(user: User, one: Facility, week: str) -> dict[str, Any]:
    """Everything on the page of one facility, with the slots of one week."""
    prefetch_related_objects([one], "hours", "exceptions", "equipment", "pictures")
    closes = rules.facility_close(user, one)
    keeps = closes or rules.is_manager(user, one)
    chinese = reads_chinese()
    hours = queries.hours_of(one)
    free = stationing_queries.free_today([one])[one.pk]
    return {
        "facility": one, "keeps": keeps, "closes": closes,
        "tone": TONES[one.kind], "about": one.about_zh if chinese or not one.about_en else one.about_en,
        "services": one.services_zh if chinese or not one.services_en else one.services_en,
        "address": one.address_zh if chinese or not one.address_en else one.address_en,
        "facts": _facts(one, free), "kind_facts": _kind_facts(one), "equipment": one.equipment.all(),
        "hours": hours_text.weekly_lines(hours.weekly),
        "exceptions": [hours_text.special_line(row) for row in one.exceptions.all() if row.day >= clock.today()],
        "pictures": one.pictures.all(), "languages": [label for code, label in LANGUAGES if code in one.languages],
        "line": _line(one), "managers": queries.managers_of(one) if keeps else [], **_week(one, week),
    }  # fmt: skip


def _facts(one: Facility, free: Any) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = [(_("同时接待"), _("%(people)d 人") % {"people": one.visitors})]
    if one.places:
        rows.append((_("入驻工位"), one.places, _("今天空余 %(free)s") % {"free": free.places}))
    if one.area_m2:
        rows.append((_("场地"), f"{grouped(one.area_m2)} m²", _("今天空余 %(free)s") % {"free": grouped(free.area)}))
    if one.power_kw:
        rows.append((_("用电"), f"{grouped(one.power_kw)} kW", _("今天空余 %(free)s") % {"free": grouped(free.power)}))
    return rows


def _kind_facts(one: Facility) -> list[tuple[str, str]]:
    rows = [(fact, one.facts.get(fact.name)) for fact in KIND_FACTS[one.kind]]
    return [
        (str(fact.label), f"{grouped(value)} {fact.unit}" if fact.unit else han_marked(str(value)))
        for fact, value in rows
        if value not in (None, "")
    ]


def _line(one: Facility) -> list[dict[str, Any]]:
    """Who waits for places, in public order: no names."""
    if not one.places:
        return []
    return [
        {
            "place": place, "from": row.from_province.name if row.from_province else _("六省以外"), "places": row.places,
            "since": row.made_at, "starts": row.asked_from, "days": (row.asked_until - row.asked_from).days,
        }
        for place, row in enumerate(stationing_queries.waiting_of(one), start=1)
    ]  # fmt: skip


def _week(one: Facility, asked: str) -> dict[str, Any]:
    """The slots of seven days from the day asked for (today), each free, full with its line, or in the past."""
    today = clock.today()
    last = today + timedelta(days=visit_queries.BOOKABLE_DAYS - WEEK)
    try:
        first = min(max(date.fromisoformat(asked), today), last)
    except ValueError:
        first = today
    rows = visit_queries.slots_with_room(one, first, WEEK) if one.is_open and one.visitors else []
    waiting = visit_queries.waiting_counts(one, [slot for slot, left in rows if not left])
    book = reverse("resources:visit_book", args=[one.slug])
    days: dict[date, list[dict[str, Any]]] = {first + timedelta(days=step): [] for step in range(WEEK)}
    for slot, left in rows:
        time = f"{minute_iso(slot.starts_at)[11:]}–{minute_iso(slot.ends_at)[11:]}"
        days[clock.day_of(slot.starts_at)].append(
            {
                "time": time,
                "left": left,
                "waiting": waiting.get(slot.starts_at, 0),
                "href": f"{book}?slot={stamp(slot.starts_at)}",
            }
        )
    here = one.get_absolute_url()
    return {
        "days": [{"day": day, "name": hours_text.day_words(day.weekday(), day.weekday()), "slots": found} for day, found in days.items()],
        "earlier": f"{here}?week={max(today, first - timedelta(days=WEEK))}#slots" if first > today else "",
        "later": f"{here}?week={first + timedelta(days=WEEK)}#slots" if first < last else "",
    }  # fmt: skip
