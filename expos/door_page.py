"""Registrations and doors as their pages show them; badges as data. Read next: views/registrations.py."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import segno
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from patents.exports import BOM, cell, demonstration_sentence
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.files import typeset
from platform_site.regions.names import province_name
from platform_site.ui.formats import date_iso, minute_iso

from . import door_queries as queries
from .edition_page import clock_words
from .models import Expo, Hall, Passage, Registration
from .panel import Panel
from .states import EXPO_OVER, Direction, ExpoState, RegistrationState, VisitorKind

BANDS = {
    VisitorKind.PROFESSIONAL: "#0E6A55", VisitorKind.GENERAL: "#45504A", VisitorKind.MEDIA: "#835300",
    VisitorKind.GUEST: "#B0301D", VisitorKind.EXHIBITOR: "#2D4F7F",
}  # fmt: skip
UNDO_SHOWN_SECONDS = 10
FATES = {"ok": "ok", "inside": "warn", "outside": "warn", "busy": "warn"}  # what is not here is a refusal


def badge_tag(row: Registration) -> tuple[str, str]:
    """State and tone."""
    if row.state == RegistrationState.CANCELLED:
        return str(row.get_state_display()), ""
    return (_("待承办省确认"), "ochre") if row.waits else (_("有效"), "jade")


def badge_facts(row: Registration) -> list[tuple[str, str]]:
    return [
        (_("证件编号"), queries.printed_code(row.code)), (_("类别"), str(row.get_kind_display())), (_("姓名"), row.name),
        (_("单位"), row.unit or "—"), (_("职务"), row.job or "—"), (_("联系邮箱"), row.email or "—"),
        (_("来自"), province_name(row.from_province_id) or _("六省以外")), (_("登记时间"), minute_iso(row.made_at)),
        (_("登记人"), str(row.made_by)),
    ]  # fmt: skip


def person_rows(rows: Iterable[Registration]) -> list[dict[str, Any]]:
    return [{"row": row, "tag": badge_tag(row), "code": queries.printed_code(row.code)} for row in rows]


# ---- badges


def badges_pdf(expo: Expo, rows: Sequence[Registration]) -> bytes:
    """One page of 90 × 130 mm each: name, unit, role band, a drawn (so boundlessly sharp) QR of 44 mm, the code in text."""
    day = clock.today()
    data = {
        "maker": str(expo.host), "made": [day.year, day.month, day.day], "banner": demonstration_sentence(),
        "title": str(expo), "theme": expo.theme, "days": f"{date_iso(expo.starts_on)} — {date_iso(expo.last_on)}",
        "venue": expo.venue.name if expo.venue else "",
        "badges": [
            {
                "name": row.name, "unit": row.unit, "job": row.job, "role": str(row.get_kind_display()),
                "band": BANDS[VisitorKind(row.kind)], "code": queries.printed_code(row.code), "qr": _qr(row.code),
            }
            for row in rows
        ],
    }  # fmt: skip
    return typeset.pdf("badge.typ", data)


def _qr(code: str) -> str:
    out = io.BytesIO()
    segno.make(code, error="m", micro=False).save(out, kind="svg", border=2, xmldecl=False)
    return out.getvalue().decode()


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=typeset.PDF)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["Cache-Control"] = "private, no-store"
    return answer


def registrations_csv(expo: Expo, rows: Iterable[Registration]) -> HttpResponse:
    """The host's list as a spreadsheet reads it."""
    text = io.StringIO()
    text.write(BOM)
    writer = csv.writer(text)
    writer.writerow(
        [_("编号"), _("类别"), _("姓名"), _("单位"), _("职务"), _("邮箱"), _("来自"), _("状态"), _("登记时间")]
    )
    for row in rows:
        cells = (
            row.code, row.get_kind_display(), row.name, row.unit, row.job, row.email, province_name(row.from_province_id),
            badge_tag(row)[0], minute_iso(row.made_at),
        )  # fmt: skip
        writer.writerow([cell(value) for value in cells])
    answer = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="expo-{expo.year}-registrations.csv"'
    return answer


# ---- doors


def verdict(passage: Passage) -> dict[str, Any]:
    """What the door shows of a passage: tone, sign, word, whose badge, and until when it can be undone."""
    went_in = passage.direction == Direction.IN
    word = _("已撤销") if passage.undoes_id else _("可以进入") if went_in else _("已离开")
    row = passage.registration
    age = (clock.now() - passage.made_at).total_seconds()
    return {
        "tone": "ok", "sign": "✓", "word": word, "name": row.name, "detail": f"{row.get_kind_display()} {row.unit}".strip(),
        "pk": passage.pk, "undo": not passage.undoes_id and age < UNDO_SHOWN_SECONDS,
    }  # fmt: skip


def refusal(refused: Any) -> dict[str, Any]:
    """The same of a badge that does not pass."""
    tone = FATES.get(refused.fate, "no")
    badge: Registration | None = refused.badge
    return {
        "tone": tone, "sign": "!" if tone == "warn" else "×", "word": str(refused.reason),
        "name": badge.name if badge else "", "detail": str(refused.advice), "pk": None, "undo": False, "fate": refused.fate,
    }  # fmt: skip


def scan_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A line of an offline device's report: the code as it is printed, the time in minutes of Shanghai."""
    at = minute_iso(datetime.fromisoformat(row["at"]))
    return {**row, "code": queries.printed_code(row["code"]), "way": Direction(row["direction"]).label, "at": at}


def place_name(hall: Hall | None) -> str:
    return f"{hall.code} {hall.name}" if hall else _("场馆入口")


def door_rows(expo: Expo) -> list[dict[str, Any]]:
    """Every place with how many are in it: the venue first."""
    venue = {"name": place_name(None), "url": reverse("expos:door_detail", args=[expo.year, queries.ENTRANCE]),
             "inside": queries.inside(expo, queries.VENUE), "room": None, "share": None}  # fmt: skip
    halls = [
        {
            "name": place_name(hall), "url": reverse("expos:door_detail", args=[expo.year, hall.code]),
            "inside": hall.inside, "room": hall.people, "share": hall.inside / hall.people,  # type: ignore[attr-defined]
        }
        for hall in queries.halls_with_people(expo)
    ]  # fmt: skip
    return [venue, *halls]


def how_full(share: float) -> tuple[str, str]:
    """A word for the public, and its tone: by the share of a hall's capacity."""
    if share >= 1:
        return _("已满"), "cinn"
    if share >= 0.8:
        return _("接近满员"), "ochre"
    return (_("人较多"), "indigo") if share >= 0.5 else (_("不拥挤"), "jade")


# ---- the first page of the edition


def visit_panel(user: User, expo: Expo) -> Panel | None:
    """Register or one's badge; how full it is while it runs."""
    if expo.state == ExpoState.PLANNED or expo.state in EXPO_OVER:
        return None
    context = {**queries.visit_facts(user, expo), "expo": expo, "halls": []}
    if expo.state == ExpoState.RUNNING:
        context["halls"] = [
            (place_name(hall), *how_full(hall.inside / hall.people))  # type: ignore[attr-defined]
            for hall in queries.halls_with_people(expo)
        ]
    context["hours"] = f"{clock_words(expo.opens)} — {clock_words(expo.closes)}"
    return Panel("expos/_door_panel.html", context)
