"""The page of a plan that is carried out or closed, and the same for other programs. Read next: ../progress_shown.py."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance import indicator_queries, indicator_words, lights, plan_queries, plan_shown, progress_shown
from governance import progress_queries as queries
from governance import queries as group
from governance.indicator_queries import ALL, Figure, Figures
from governance.indicators import INDICATORS
from governance.models import AnnualWorkPlan, PlanVersion
from governance.plan_readers import Reader
from governance.progress_queries import Board, Row
from governance.states import PlanState
from patents.exports import json_answer
from platform_site import clock
from platform_site.accounts.rules import acts_for_others
from platform_site.regions.facts import CODES
from platform_site.regions.names import province_name


@require_safe
def published(request: HttpRequest, plan: AnnualWorkPlan, reader: Reader) -> HttpResponse:
    """A published or closed plan, for anybody; `?format=json` as the help page on interfaces says. Called by plan_detail."""
    editions = plan_queries.versions_of(plan, reader)
    board = queries.board_of(plan, version=plan_queries.current(editions))
    figures, targets = indicator_queries.figures_of(plan), indicator_queries.targets_of(plan)
    if request.GET.get("format") == "json":
        return json_answer(request, _json(board, figures, targets))
    view = request.GET.get("view", "")
    view = view if view in progress_shown.VIEWS else "province"
    one = progress_shown.charted(request.GET.get("chart", ""), targets)
    context = {
        **_shown(board, view),
        "indicators": progress_shown.indicators(figures, targets, board.today),
        "has_targets": bool(targets),
        "figures_as_of": figures.as_of,
        "chart": _chart(plan, figures, targets, one, board),
        "is_subscribed": queries.is_subscribed(request.user, plan),
        "is_staff": acts_for_others(request.user) and reader.is_office,
        **_editions(plan, editions, reader),
    }
    return render(request, "governance/plan_progress.html", context)


def _shown(board: Board, view: str) -> dict[str, Any]:
    return {
        "plan": board.plan, "version": board.version, "today": board.today,
        "is_closed": board.plan.state == PlanState.CLOSED,
        "strip": progress_shown.strip(board.plan.year, group.calendar()),
        "whole": progress_shown.whole(board), "view": view, "groups": progress_shown.groups(board, view),
        "due": progress_shown.due_list(board), "rule": list(lights.RULE.items()),
        "indicator_rule": indicator_words.RULE, "codes": [(code, province_name(code)) for code in CODES],
        "has_late": any(one.light.is_open and one.light.late for one in board.cells),
    }  # fmt: skip


def _editions(plan: AnnualWorkPlan, rows: list[PlanVersion], reader: Reader) -> dict[str, Any]:
    """Its versions, the amendment under way for those who work on it, and what this reader can do next."""
    amendment = next((one for one in rows if one.state in plan_queries.UNDER_WAY), None)
    return {
        "versions": plan_shown.versions(plan, rows), "amendment": amendment,
        "steps": plan_shown.steps(plan, amendment, reader),
    }  # fmt: skip


def _chart(plan: AnnualWorkPlan, figures: Figures, targets: Any, one: Any, board: Board) -> dict[str, Any] | None:
    """The curve as of today; of a closed plan as it was kept, so that it is drawn to the day of the close."""
    figure = figures.by_slug.get(one.slug)
    if figure is None or (plan.state == PlanState.CLOSED and not figure.months):
        return None
    target = targets.get(one.slug, {}).get(ALL)
    day = min(board.today, clock.day_of(figures.as_of))
    return progress_shown.chart(one, figure, target, plan.year, day)


def _json(board: Board, figures: Figures, targets: Any) -> dict[str, Any]:
    """The contract of design.md 4: days, province codes, numbers; a figure that cannot be told is null."""
    as_of = board.today.isoformat()
    return {
        "year": board.plan.year,
        "state": board.plan.state,
        "version": board.version.number if board.version else None,
        "tasks": [_task(row) for row in board.rows],
        "indicators": [
            _indicator(one.slug, figures.by_slug[one.slug], targets.get(one.slug, {}), as_of)
            for one in INDICATORS
            if one.slug in figures.by_slug
        ],
    }


def _task(row: Row) -> dict[str, Any]:
    text = row.text
    return {
        "number": text.number, "title_zh": text.title_zh, "title_en": text.title_en, "lead": row.lead or None,
        "due": text.due_on.isoformat() if text.due_on else None,
        "lights": {code: row.cells[code].light.state if code in row.cells else lights.GREY for code in CODES},
    }  # fmt: skip


def _indicator(slug: str, figure: Figure, aims: Any, as_of: str) -> dict[str, Any]:
    number = indicator_words.number
    return {
        "slug": slug, "target": number(aims.get(ALL)), "actual": number(figure.total), "as_of": as_of,
        "provinces": {
            code: {"target": number(aims.get(code)), "actual": number(figure.values.get(code))} for code in CODES
        },
    }  # fmt: skip
