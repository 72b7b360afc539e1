"""The quarterly report of a plan, computed from its records as they stood at the end of the quarter. Read next: closing_paper.py."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from patents.exports import demonstration_sentence
from platform_site import clock
from platform_site.regions.facts import CODES
from platform_site.regions.names import province_name
from platform_site.ui.figures import LIGHTS
from platform_site.ui.formats import date_iso, han_num, percent

from . import lights, papers
from .indicator_queries import ALL, Figures
from .indicator_words import judged, time_share, unit_of, written
from .indicators import INDICATORS, Indicator
from .models import AnnualWorkPlan, ProgressReport
from .papers import Block, Cell, Paper
from .progress_queries import Board, Row
from .progress_shown import due_list
from .report_shown import verifier


def quarter_span(year: int, quarter: int) -> tuple[datetime, datetime]:
    """The instants of a quarter in China, half-open."""
    first = date(year, 3 * quarter - 2, 1)
    last = date(year + quarter // 4, 3 * quarter % 12 + 1, 1)
    begin, end = (datetime(day.year, day.month, 1, tzinfo=clock.SHANGHAI) for day in (first, last))
    return begin, end


def quarters(plan: AnnualWorkPlan, today: date) -> list[int]:
    """Those that have begun."""
    if today.year > plan.year:
        return [1, 2, 3, 4]
    return list(range(1, (today.month + 2) // 3 + 1)) if today.year == plan.year else []


def end_of(year: int, quarter: int) -> datetime:
    """Up to when a quarter is told: its last instant, or now while it runs."""
    _begin, end = quarter_span(year, quarter)
    return min(end - timedelta(microseconds=1), clock.now())


def quarter_paper(
    board: Board, quarter: int, accepted: Sequence[ProgressReport], figures: Figures,
    targets: Mapping[str, Mapping[str, Decimal]],
) -> Paper:  # fmt: skip
    plan = board.plan
    words = {"year": plan.year, "quarter": han_num(quarter)}
    return Paper(
        title=_("%(year)s 年度工作计划第%(quarter)s季度执行情况报告") % words,
        number=plan.document_number, day=board.today, name=_("%(year)s年度计划第%(quarter)s季度报告") % words,
        issuer=papers.issuer(), banner=demonstration_sentence(),
        blocks=(
            papers.heading(_("一、总体情况")), papers.text(overall(board)),
            papers.heading(_("二、本季度核验通过的报告")), *_accepted(board, accepted),
            papers.heading(_("三、任务进展")), tasks_table(board), papers.text(rule_sentence()),
            papers.heading(_("四、逾期与三周内到期")), *_due(board),
            papers.heading(_("五、指标进度")), *_indicators(board, quarter, figures, targets),
        ),
    )  # fmt: skip


def overall(board: Board) -> str:
    counts = board.counts
    return _(
        "截至 %(day)s，本计划共 %(tasks)d 项任务、%(duties)d 个分项：完成 %(done)d 个，按期 %(green)d 个，预警 %(yellow)d 个，逾期 %(red)d 个，完成率 %(share)s。"
    ) % {
        "day": board.today.isoformat(), "tasks": len(board.rows), "duties": len(board.cells),
        **{state: counts[state] for state in lights.STATES}, "share": percent(board.share),
    }  # fmt: skip


def rule_sentence() -> str:
    """The printed rule of the lights, in one paragraph."""
    return _("灯号规则：%(rule)s") % {
        "rule": "".join(f"{LIGHTS[state][1]}——{words}" for state, words in lights.RULE.items())
    }


def tasks_table(board: Board) -> Block:
    """Every task with its six lights in words."""
    head = [_("编号"), _("任务"), _("牵头"), _("时限"), *(province_name(code) for code in CODES)]
    return papers.table(head, [task_cells(row, board) for row in board.rows], wide=1)


def task_cells(row: Row, board: Board) -> list[Cell]:
    href = reverse("governance:task_detail", args=[row.task_id])
    due = row.text.due_on or date(board.plan.year, 12, 31)
    return [
        Cell(row.text.number), Cell(str(row.text), href=href), Cell(province_name(row.lead) or "—"),
        Cell(due.isoformat()), *(light_cell(row, code) for code in CODES),
    ]  # fmt: skip


def light_cell(row: Row, code: str) -> Cell:
    cell = row.cells.get(code)
    if cell is None:
        return Cell("—")
    words = lights.word(cell.light) or str(LIGHTS[cell.light.state][1])
    return Cell(words, light=cell.light.state)


def _accepted(board: Board, accepted: Sequence[ProgressReport]) -> list[Block]:
    if not accepted:
        return [papers.text(_("本季度没有核验通过的报告。"))]
    texts = {row.task_id: row.text for row in board.rows}
    head = [_("核验日期"), _("任务"), _("报告单位"), _("报告种类"), _("核验单位"), _("进展情况")]
    rows = [
        [
            Cell(date_iso(one.decided_at)), _task(texts.get(one.task_id), one.task_id), Cell(one.province.name),
            Cell(str(one.get_kind_display())), Cell(verifier(one)), Cell(one.words),
        ]
        for one in accepted
    ]  # fmt: skip
    return [papers.table(head, rows, wide=5)]


def _task(text: Any, pk: int) -> Cell:
    href = reverse("governance:task_detail", args=[pk])
    return Cell(f"{text.number} {text}", href=href) if text else Cell("—")


def _due(board: Board) -> list[Block]:
    found = due_list(board)
    if not found:
        return [papers.text(_("没有逾期或三周内到期的分工。"))]
    rows = [
        [
            Cell(one["day"].isoformat()), Cell(f"{one['number']} {one['title']}", href=one["href"]),
            Cell("；".join(f"{unit['name']}{unit['word'] and ' ' + unit['word']}" for unit in one["open"])),
        ]
        for one in found
    ]  # fmt: skip
    return [papers.table([_("时限"), _("任务"), _("未完成的单位")], rows, wide=1)]


def _indicators(
    board: Board, quarter: int, figures: Figures, targets: Mapping[str, Mapping[str, Decimal]]
) -> list[Block]:
    if not targets:
        return [papers.text(_("本年度计划没有设定指标目标值。"))]
    share = time_share(board.plan.year, board.today)
    rows = []
    for one in INDICATORS:
        if one.slug in targets:
            figure = figures.by_slug[one.slug]
            grows = one.is_flow and not one.is_money
            actual = figure.until(3 * quarter) if grows else figure.total
            found = judged(one, actual, targets[one.slug].get(ALL), share)
            rows.append([
                name_cell(one, figures.year), Cell(written(one, found.target), found.target),
                Cell(written(one, actual, is_few=ALL in figure.few), actual), Cell(percent(found.share)), Cell(found.words),
            ])  # fmt: skip
    head = [_("指标"), _("年度目标"), _("累计完成"), _("占目标"), _("评价")]
    as_of = _("全年累计的指标计至本季度末，其他指标为 %(day)s 的数值。") % {"day": date_iso(figures.as_of)}
    return [papers.table(head, rows), papers.text(as_of)]


def name_cell(one: Indicator, year: int, code: str = "") -> Cell:
    """The name with its unit, leading to definition and records."""
    unit = unit_of(one)
    words = f"{one.name}（{unit}）" if unit else str(one.name)
    return Cell(words, href=records_url(one.slug, year, code))


def records_url(slug: str, year: int, code: str = "") -> str:
    more = f"&province={code}" if code else ""
    return f"{reverse('governance:indicator_detail', args=[slug])}?year={year}{more}"
