"""What the pages of indicators say. No query here. Read next: views/indicators.py."""

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from platform_site import clock
from platform_site.regions.facts import CODES
from platform_site.regions.names import province_name
from platform_site.ui.formats import cny, date_iso, minute_iso

from .indicator_queries import ALL, FIRST_YEAR, Figures
from .indicator_words import unit_of, written
from .indicators import Indicator
from .models import IndicatorSnapshot

YEARS_SHOWN = 6


def years(year: int, code: str = "") -> dict[str, Any]:
    """Links to the same page for the last years."""
    last = clock.today().year
    shown = sorted({year, *range(max(FIRST_YEAR, last - YEARS_SHOWN + 1), last + 1)}, reverse=True)
    more = f"&province={code}" if code else ""
    return {"year": year, "years": [(str(one), f"?year={one}{more}", one == year) for one in shown]}


def table(indicators: Iterable[Indicator], figures: Figures) -> list[dict[str, Any]]:
    return [
        {
            "slug": one.slug, "name": one.name, "unit": unit_of(one), "definition": one.definition, "version": one.version,
            "href": f"{reverse('governance:indicator_detail', args=[one.slug])}?year={figures.year}",
            "cells": [_cell(one, figures, code) for code in (*CODES, ALL)],
        }
        for one in indicators
    ]  # fmt: skip


def _cell(one: Indicator, figures: Figures, code: str) -> dict[str, str]:
    figure = figures.by_slug[one.slug]
    return {
        "code": code, "name": province_name(code) if code else _("六省合计"),
        "value": written(one, figure.values.get(code), is_few=code in figure.few),
    }  # fmt: skip


def page(one: Indicator, figures: Figures, code: str, kept: list[IndicatorSnapshot]) -> dict[str, Any]:
    return {
        "indicator": one, "unit": unit_of(one), "as_of": figures.as_of, "code": code, "place": province_name(code),
        "cells": [
            {**_cell(one, figures, at), "href": f"?year={figures.year}" + (f"&province={at}" if at else ""), "here": at == code}
            for at in (*CODES, ALL)
        ],
        "kept": [
            {"year": row.plan.year, "version": row.version, "as_of": row.as_of,
             "value": written(one, row.value, is_few=one.is_money and row.value is None)}
            for row in kept
        ],
    }  # fmt: skip


# ---- one record of each kind: title, address, what stands beside it


def record(slug: str, row: Any) -> dict[str, str]:
    title, href, note = _RECORDS[slug](row)
    return {"title": title, "href": href, "note": note}


def _titled(listing: Any) -> str:
    version = listing.public_version
    return f"{listing.number} {version.title}" if version else listing.number


def _review(row: Any) -> tuple[str, str, str]:
    listing, version = row.version.listing, row.version
    return f"{listing.number} {version.title}", listing.get_absolute_url(), _("%(decision)s，%(day)s") % {
        "decision": row.get_decision_display(), "day": date_iso(row.decided_at)}  # fmt: skip


def _listing(row: Any) -> tuple[str, str, str]:
    return _titled(row), row.get_absolute_url(), _("发布于 %(day)s") % {"day": date_iso(row.published_at)}


def _patent(row: Any) -> tuple[str, str, str]:
    return f"{row.patent.shown_number} {row.patent.title}", row.listing.get_absolute_url(), row.listing.number


def _need(row: Any) -> tuple[str, str, str]:
    return (
        f"{row.number} {row.title}",
        row.get_absolute_url(),
        _("发布于 %(day)s") % {"day": date_iso(row.published_at)},
    )


def _talk(row: Any) -> tuple[str, str, str]:
    return _titled(row.listing), row.get_absolute_url(), _("开始于 %(day)s") % {"day": date_iso(row.opened_at)}


def _agreement(row: Any) -> tuple[str, str, str]:
    day = row.recorded_on or row.signed_at
    words = _("备案或登记于 %(day)s") if row.recorded_on else _("签署于 %(day)s")
    return f"{row.number} {_titled(row.listing)}", row.get_absolute_url(), words % {"day": date_iso(day)}


def _declaration(row: Any) -> tuple[str, str, str]:
    href = reverse("trading:open_detail", args=[row.pk])
    return (
        f"{row.patent.shown_number} {row.patent.title}",
        href,
        _("公告于 %(day)s") % {"day": date_iso(row.announced_on)},
    )


def _policy(row: Any) -> tuple[str, str, str]:
    return row.title, row.get_absolute_url(), province_name(row.policy.province_id)


def _support(row: Any) -> tuple[str, str, str]:
    """What was on public notice: the page of all of them, for an application itself is read by few."""
    note = _("%(name)s，批准于 %(day)s") % {"name": row.applicant_name, "day": date_iso(row.decided_at)}
    return f"{row.number} {row.version.title}", reverse("policies:support_notices"), note


def _payment(row: Any) -> tuple[str, str, str]:
    note = _("%(amount)s，付于 %(day)s") % {"amount": cny(row.amount_cny), "day": date_iso(row.paid_on)}
    return f"{row.application.number} {row.application.version.title}", reverse("policies:support_notices"), note


def _place(row: Any) -> tuple[str, str, str]:
    return row.name, row.get_absolute_url(), _("登记于 %(day)s") % {"day": date_iso(row.created_at)}


def _visit(row: Any) -> tuple[str, str, str]:
    return str(row.facility), row.get_absolute_url(), f"{date_iso(row.starts_at)} {row.get_state_display()}"


def _stay(row: Any) -> tuple[str, str, str]:
    title = f"{row.facility} {row.listing.number}"
    return title, row.get_absolute_url(), _("签署于 %(day)s") % {"day": date_iso(row.signed_on)}


def _exhibit(row: Any) -> tuple[str, str, str]:
    return str(row.exhibitor), row.expo.get_absolute_url(), row.listing.number


def _badge(row: Any) -> tuple[str, str, str]:
    return f"{row.name} {row.unit}".strip(), row.get_absolute_url(), str(row.get_kind_display())


def _meeting(row: Any) -> tuple[str, str, str]:
    return str(row.expo), row.get_absolute_url(), _("会面于 %(moment)s") % {"moment": minute_iso(row.starts_at)}


def _result(row: Any) -> tuple[str, str, str]:
    return str(row), row.get_absolute_url(), _("签署于 %(day)s") % {"day": date_iso(row.signed_on)}


_RECORDS: dict[str, Callable[[Any], tuple[str, str, str]]] = {
    "listings_approved": _review, "listings_on_market": _listing, "patents_on_market": _patent,
    "needs_published": _need, "negotiations_opened": _talk, "agreements_signed": _agreement,
    "grants_recorded": _agreement, "contract_amount": _agreement, "cross_province_share": _agreement,
    "review_days": _review, "open_declarations": _declaration, "conversion_output": _agreement,
    "policies_in_force": _policy, "support_granted": _support, "support_paid": _payment, "support_crossing_share": _support,
    "facilities_open": _place, "visits_used": _visit, "stationings_signed": _stay, "visits_from_elsewhere": _visit,
    "expo_exhibitors": _exhibit, "expo_visitors": _badge, "expo_intentions": _result, "expo_converted": _result,
    "expo_meetings": _meeting,
}  # fmt: skip
