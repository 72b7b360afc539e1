"""What the page of a plan in force shows: matrix, counts, indicators, chart, what is due. No query here. Read next: views/plan_progress.py."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from platform_site.regions.facts import BY_CODE, CODES
from platform_site.regions.names import province_name
from platform_site.ui.figures import bar_segments
from platform_site.ui.formats import grouped, han_num

from . import lights
from .directing import Calendar
from .indicator_queries import ALL, Figure, Figures
from .indicator_words import shown, time_share, unit_of
from .indicators import INDICATORS, Indicator
from .progress_queries import Board, Cell, Row

VIEWS = ("province", "time", "late")
SEGMENTS = {lights.DONE: "fd", lights.GREEN: "fg", lights.YELLOW: "fa", lights.RED: "fr", lights.GREY: "fw"}
STRIP_BEFORE = 4


def strip(year: int, calendar: Calendar) -> list[dict[str, Any]]:
    """Whose turn it was, is and will be: six years around the plan's."""
    first = max(calendar.first_year, year - STRIP_BEFORE)
    return [
        {"year": one, "name": province_name(calendar.province_of(one)), "now": one == year}
        for one in range(first, first + 6)
    ]


# ---- the whole


def whole(board: Board) -> dict[str, Any]:
    """The bar over all duties, with its five counts."""
    counts = board.counts
    return {
        "segments": bar_segments([(SEGMENTS[state], n) for state, n in counts.items()]),
        "counts": list(counts.items()), "duties": len(board.cells), "tasks": len(board.rows),
        "share": board.share, "tasks_done": sum(row.is_done for row in board.rows),
    }  # fmt: skip


# ---- the matrix


def groups(board: Board, view: str) -> list[dict[str, Any]]:
    """Rows of the matrix under their headings: by section, or by the month in which they are due."""
    rows = board.rows
    if view == "late":
        rows = [row for row in rows if any(_is_late(cell) for cell in row.cells.values())]
    if view == "time":
        ordered = sorted(rows, key=lambda row: (_due(row, board), row.text.section.place, row.text.place))
        return [
            {"heading": heading, "rows": [matrix_row(row) for row in found]}
            for heading, found in groupby(ordered, lambda row: f"{_due(row, board):%Y-%m}")
        ]
    return [
        {"heading": f"{han_num(section.place)}　{section}", "rows": [matrix_row(row) for row in found]}
        for section, found in groupby(rows, lambda row: row.text.section)
    ]


def _due(row: Row, board: Board) -> date:
    return row.text.due_on or date(board.plan.year, 12, 31)


def _is_late(cell: Cell) -> bool:
    return cell.light.state in (lights.YELLOW, lights.RED)


def matrix_row(row: Row) -> dict[str, Any]:
    text = row.text
    return {
        "number": text.number, "title": str(text), "href": reverse("governance:task_detail", args=[text.task_id]),
        "lead": province_name(row.lead), "due": text.due_on, "done": row.done, "of": len(row.cells),
        "cells": [matrix_cell(code, row.cells.get(code)) for code in CODES],
    }  # fmt: skip


def matrix_cell(code: str, cell: Cell | None) -> dict[str, Any]:
    """A lamp with its word; a unit without a duty has a grey one."""
    place = {"code": code, "short": BY_CODE[code].short, "name": province_name(code)}
    if cell is None:
        return {**place, "state": lights.GREY, "word": pgettext("duty", "无分工"), "bad": False}
    return {
        **place, "state": cell.light.state, "word": lights.word(cell.light), "bad": cell.light.state == lights.RED,
        "lead": cell.is_lead,
    }  # fmt: skip


def due_list(board: Board) -> list[dict[str, Any]]:
    """Duties that are overdue or due within three weeks, by their day: one line for each task."""
    found = []
    for row in board.rows:
        open_cells = [cell for cell in row.cells.values() if lights.is_soon(cell.light)]
        if open_cells:
            found.append({
                **matrix_row(row), "day": open_cells[0].facts.due_on, "late": open_cells[0].light.late > 0,
                "open": [
                    {"name": province_name(cell.code), "state": cell.light.state, "word": lights.word(cell.light)}
                    for cell in open_cells
                ],
            })  # fmt: skip
    return sorted(found, key=lambda one: one["day"])


# ---- indicators


def indicators(
    figures: Figures, targets: Mapping[str, Mapping[str, Decimal]], today: date, code: str = ALL
) -> list[dict[str, Any]]:
    """Those that the plan aims at; all of them, without targets, where it aims at none."""
    share = time_share(figures.year, today)
    wanted = [one for one in INDICATORS if one.slug in targets] or list(INDICATORS)
    return [
        shown(one, figures.by_slug[one.slug], targets.get(one.slug, {}), share, code)
        for one in wanted
        if one.slug in figures.by_slug
    ]


def charted(asked: str, targets: Mapping[str, Any]) -> Indicator:
    """Which indicator the chart shows: the one asked for, else the first that grows over the year and has a target."""
    can = [one for one in INDICATORS if one.is_flow and not one.is_money]
    named = [one for one in can if one.slug == asked] or [one for one in can if one.slug in targets]
    return (named or can)[0]


def chart(one: Indicator, figure: Figure, target: Decimal | None, year: int, today: date) -> dict[str, Any]:
    """The cumulative curve by months up to today, with the line of the target; and the same as a table."""
    last = 12 if today.year > year else today.month if today.year == year else 0
    values = [figure.until(month) for month in range(1, last + 1)]
    top = _round_up(max([*values, target or Decimal(0), Decimal(1)]))
    points = [(34 + 35 * place, _height(value, top)) for place, value in enumerate(values)]
    drawn = " ".join(f"{x},{y}" for x, y in points)
    return {
        "slug": one.slug, "name": one.name, "unit": unit_of(one), "months": [(34 + 35 * at, at + 1) for at in range(12)],
        "ticks": [(_height(top * step / 4, top), grouped(top * step / 4)) for step in range(5)],
        "line": drawn, "area": f"34,190 {drawn} {points[-1][0]},190" if points else "",
        "last": {"x": points[-1][0], "y": points[-1][1], "value": grouped(values[-1])} if points else None,
        "target": {"y": _height(target, top), "value": grouped(target)} if target else None,
        "table": [
            {"month": f"{year}-{month:02d}", "value": grouped(values[month - 1]) if month <= last else "—",
             "due": grouped((target * month / 12).quantize(Decimal("0.1"))) if target else "—"}
            for month in range(1, 13)
        ],
        "label": _("%(name)s累计：%(value)s，目标 %(target)s")
        % {"name": one.name, "value": grouped(values[-1]) if values else "0", "target": grouped(target) if target else "—"},
    }  # fmt: skip


def _height(value: Decimal, top: Decimal) -> float:
    return round(float(190 - 160 * value / top), 1)


def _round_up(value: Decimal) -> Decimal:
    """The next of 4, 8, 20, 40, 80, 200 …: its quarters are whole numbers."""
    step = Decimal(4)
    while True:
        for factor in (1, 2, 5):
            if step * factor >= value:
                return step * factor
        step *= 10
