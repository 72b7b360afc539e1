"""Visits and stationings as their pages show them. Read next: views/visits.py."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.regions.names import province_name
from platform_site.ui.formats import date_iso, grouped, minute_iso
from platform_site.ui.languages import han_marked

from . import resource_rules as rules
from . import stationing_queries, visit_queries
from .models import Facility, Stationing, Visit
from .states import STATIONING_MOVES, VISIT_MOVES, StationingState, VisitState

TONES = {
    "waiting": "ochre", "requested": "indigo", "countered": "ochre", "confirmed": "jade", "declined": "cinn", "used": "jade",
    "submitted": "indigo", "waiting_list": "ochre", "accepted": "jade", "stationed": "jade", "graduated": "jade",
}  # fmt: skip


def tag(row: Visit | Stationing) -> tuple[str, str]:
    return str(row.get_state_display()), TONES.get(row.state, "")


def time_words(visit: Visit) -> str:
    """2026-11-24 09:00–11:00."""
    return f"{minute_iso(visit.starts_at)}–{minute_iso(visit.ends_at)[-5:]}"


def from_words(row: Visit | Stationing) -> str:
    return province_name(row.from_province_id) or _("六省以外")


def visit_rows(visits: Iterable[Visit], *, kept: bool = False) -> list[dict[str, Any]]:
    return [
        {
            "title": han_marked(str(one.facility)), "href": one.get_absolute_url(), "tags": [tag(one)],
            "meta": [time_words(one), _("%(people)d 人") % {"people": one.people}, *([str(one.visitor)] if kept else [])],
        }
        for one in visits
    ]  # fmt: skip


def visit_page(user: User, visit: Visit) -> dict[str, Any]:
    """One visit with what this reader may do about it now."""
    state, ahead = VisitState(visit.state), visit.starts_at > clock.now()
    own, decides = rules.visit_own(user, visit), rules.visit_decide(user, visit)
    live = bool(VISIT_MOVES[state])
    rows: list[tuple[Any, ...]] = [
        (_("资源"), visit.facility.name), (_("时间"), time_words(visit)), (_("人数"), visit.people),
        (_("到访人"), str(visit.visitor), from_words(visit)), (_("目的"), visit.purpose),
    ]  # fmt: skip
    if visit.booked_by_id != visit.visitor_id:
        rows.append((_("代为预约"), str(visit.booked_by)))
    if visit.asked_at != visit.starts_at:
        rows.append((_("原定时间"), minute_iso(visit.asked_at)))
    if visit.listing_id and visit.listing and visit.listing.public_version:
        rows.append((_("有关的技术"), f"{visit.listing.number} {visit.listing.public_version.title}"))
    if visit.reason:
        rows.append((_("说明"), visit.reason))
    return {
        "visit": visit, "rows": rows, "tag": tag(visit), "bundled": visit_rows(visit_queries.bundled(visit)),
        "line": visit_queries.place_in_line(visit) if state == VisitState.WAITING else 0,
        "can": {
            "confirm": decides and ahead and state == VisitState.REQUESTED,
            "decline": decides and state == VisitState.REQUESTED, "counter": decides and ahead and state == VisitState.REQUESTED,
            "agree": own and ahead and state == VisitState.COUNTERED,
            "cancel": ahead and live and rules.visit_cancel(user, visit),
            "mark": decides and not ahead and state == VisitState.CONFIRMED,
        },
        "is_live": live,
    }  # fmt: skip


def counter_slots(visit: Visit) -> list[tuple[Any, int]]:
    """What can be proposed: free for the party, another time, and the visitor is nowhere else."""
    today = clock.today()
    busy = visit_queries.elsewhere(
        visit.visitor, visit_queries.midnight(today),
        visit_queries.midnight(today + timedelta(days=visit_queries.BOOKABLE_DAYS)), visit.pk,
    )  # fmt: skip
    free = visit_queries.free_slots(visit.facility, today, 30, visit.people, visit.pk)
    return [
        (slot, left)
        for slot, left in free
        if slot.starts_at != visit.starts_at
        and not any(one.starts_at < slot.ends_at and one.ends_at > slot.starts_at for one in busy)
    ]


# ---- stationing


def period_words(row: Stationing) -> str:
    """The last day as people say it."""
    return f"{date_iso(row.starts_on)} — {date_iso(row.ends_on - timedelta(days=1))}"


def wants_words(row: Stationing) -> str:
    parts = [_("%(places)d 个工位") % {"places": row.places}]
    parts += [f"{grouped(row.area_m2)} m²"] if row.area_m2 else []
    parts += [f"{grouped(row.power_kw)} kW"] if row.power_kw else []
    return "，".join(parts)


def stay_rows(rows: Iterable[Stationing], *, kept: bool = False) -> list[dict[str, Any]]:
    return [
        {
            "title": han_marked(f"{row.facility} · {row.listing.number}"), "href": row.get_absolute_url(), "tags": [tag(row)],
            "meta": [period_words(row), wants_words(row), *([str(row.applicant)] if kept else [])],
        }
        for row in rows
    ]  # fmt: skip


def stay_page(user: User, row: Stationing) -> dict[str, Any]:
    """One stationing with what this reader may do about it now."""
    state = StationingState(row.state)
    own, decides = rules.stationing_own(user, row), rules.stationing_decide(user, row)
    version = row.listing.public_version
    rows: list[tuple[Any, ...]] = [
        (_("资源"), row.facility.name), (_("申请人"), str(row.applicant), from_words(row)),
        (_("专利技术"), f"{row.listing.number} {version.title if version else ''}"), (_("所需"), wants_words(row), row.equipment),
        (_("期间"), period_words(row)), (_("产业化计划"), row.purpose),
    ]  # fmt: skip
    if row.reason:
        rows.append((_("答复说明"), row.reason))
    if row.contract:
        rows.append((_("入驻合同"), row.contract, date_iso(row.signed_on)))
    if row.outcome:
        rows.append((_("结果"), row.outcome))
    free = None
    if decides and state == StationingState.SUBMITTED:
        left = stationing_queries.free_over(row.facility, row.starts_on, row.ends_on, row.pk)
        free = f"{left.places} · {grouped(left.area)} m² · {grouped(left.power)} kW"
    here = state == StationingState.STATIONED
    return {
        "stay": row, "rows": rows, "tag": tag(row), "free": free,
        "milestones": row.milestones.all(), "reports": row.reports.select_related("made_by"),
        "line": stationing_queries.place_in_line(row) if state == StationingState.WAITING else 0,
        "can": {
            "decide": decides and state == StationingState.SUBMITTED,
            "decline": decides and StationingState.DECLINED in STATIONING_MOVES[state],
            "withdraw": own and StationingState.WITHDRAWN in STATIONING_MOVES[state],
            "sign": decides and state == StationingState.ACCEPTED, "report": own and here, "reach": decides and here,
            "graduate": decides and here, "exit": here and (own or decides),
        },
    }  # fmt: skip


def apply_note(facility: Facility) -> str:
    """What is left today, and what happens when it is not enough."""
    free = stationing_queries.free_today([facility])[facility.pk]
    said = {"places": free.places, "area": grouped(free.area), "power": grouped(free.power)}
    words = _(
        "今天空余工位 %(places)d 个、场地 %(area)s m²、用电 %(power)s kW。申请期间不够的，可以排队，有空位时按次序自动递补。"
    )
    return words % said


# ---- the list of who keeps


def kept_rows(rows: Iterable[Facility]) -> list[dict[str, Any]]:
    return [
        {
            "title": han_marked(one.name), "href": one.get_absolute_url(),
            "tags": [(str(one.get_state_display()), "jade" if one.is_open else "")], "meta": [one.province.name, one.city],
        }
        for one in rows
    ]  # fmt: skip


def tabs(kind: str, view: str) -> dict[str, Any]:
    """The two rows of segments: what, and which of it."""
    kinds = (("visits", _("预约")), ("stationings", _("入驻")), ("facilities", _("资源")))
    views = {
        "visits": (("open", _("待办")), ("ahead", _("将到访")), ("past", _("已结束"))),
        "stationings": (("open", _("待办")), ("here", _("在驻与排队")), ("past", _("已结束"))),
        "facilities": (),
    }  # fmt: skip
    return {
        "kinds": [(words, f"?kind={name}", name == kind) for name, words in kinds],
        "views": [(words, f"?kind={kind}&show={name}", name == view) for name, words in views[kind]],
    }
