"""The closing report of a plan: target against actual, tasks, earlier years, what is carried over. Read next: papers.py.

The assessment is computed by the printed rule, never written by hand.
"""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from patents.exports import demonstration_sentence
from platform_site.regions.facts import CODES
from platform_site.regions.names import province_name
from platform_site.ui.formats import date_iso, percent

from . import lights, papers
from .indicator_queries import ALL, Figures
from .indicator_words import Judged, judged, time_share, written
from .indicators import BY_SLUG, INDICATORS, Indicator
from .models import PlanTask
from .papers import Block, Cell, Paper
from .progress_queries import Board, Row
from .quarter_paper import name_cell, overall, records_url, rule_sentence, task_cells

Targets = Mapping[str, Mapping[str, Decimal]]
MOST, SOME = Decimal("0.8"), Decimal("0.5")
RULE: str | Promise = gettext_lazy(
    "评价规则：分项完成率和达标指标占比都达到百分之百的为“全面完成”，都不低于百分之八十的为“基本完成”，都不低于百分之五十的为“部分完成”，其余为“未完成”；没有设定目标值的年度只看分项完成率。"
)


def closing_paper(
    board: Board, figures: Figures, targets: Targets, earlier: Mapping[int, Mapping[str, Decimal | None]],
    carried: Mapping[int, PlanTask],
) -> Paper:  # fmt: skip
    plan = board.plan
    return Paper(
        title=_("%(year)s 年度工作计划总结报告") % {"year": plan.year}, number=plan.document_number, day=board.today,
        name=_("%(year)s年度计划总结报告") % {"year": plan.year}, issuer=papers.issuer(), banner=demonstration_sentence(),
        blocks=(
            papers.heading(_("一、总体评价")), papers.text(overall(board)), papers.text(_assessed(board, figures, targets)),
            papers.text(str(RULE)),
            papers.heading(_("二、指标完成情况")), *_indicators(board, figures, targets),
            papers.heading(_("三、任务完成情况")), *_tasks(board),
            papers.heading(_("四、与往年比较")), *_earlier(figures, targets, earlier),
            papers.heading(_("五、未完成事项的结转")), *_carried(board, carried),
        ),
    )  # fmt: skip


# ---- the assessment


def grade(done: Decimal, reached: Decimal | None) -> str:
    """By the rule: the share of duties done, and of the targets reached where there are any."""
    worst = done if reached is None else min(done, reached)
    if worst >= 1:
        return pgettext("assessment", "全面完成")
    if worst >= MOST:
        return pgettext("assessment", "基本完成")
    return pgettext("assessment", "部分完成") if worst >= SOME else pgettext("assessment", "未完成")


def judgements(board: Board, figures: Figures, targets: Targets) -> list[tuple[Indicator, Judged]]:
    share = time_share(board.plan.year, board.today)
    return [
        (one, judged(one, figures.by_slug[one.slug].total, targets[one.slug].get(ALL), share))
        for one in INDICATORS
        if one.slug in targets and one.slug in figures.by_slug
    ]


def _assessed(board: Board, figures: Figures, targets: Targets) -> str:
    found = judgements(board, figures, targets)
    reached = sum(one.state == lights.DONE for _indicator, one in found)
    share = Decimal(reached) / len(found) if found else None
    words = {
        "grade": grade(Decimal(str(board.share)), share), "reached": reached, "of": len(found),
        "share": percent(board.share),
    }  # fmt: skip
    if not found:
        return _("本年度计划评价为“%(grade)s”：分项完成率 %(share)s，没有设定指标目标值。") % words
    return _("本年度计划评价为“%(grade)s”：分项完成率 %(share)s，%(of)d 项指标中 %(reached)d 项达到目标。") % words


# ---- indicators


def _indicators(board: Board, figures: Figures, targets: Targets) -> list[Block]:
    found = judgements(board, figures, targets)
    if not found:
        return [papers.text(_("本年度计划没有设定指标目标值。"))]
    year = figures.year
    head = [_("指标"), _("年度目标"), _("完成"), _("占目标"), _("评价")]
    rows = [
        [
            name_cell(one, year), Cell(written(one, row.target), row.target), _value(one, figures, ALL),
            Cell(percent(row.share)), Cell(row.words),
        ]
        for one, row in found
    ]  # fmt: skip
    places = [_("指标"), *(province_name(code) for code in CODES)]
    by_place = [
        [name_cell(one, year), *(_against(one, figures, targets, code) for code in CODES)] for one, _row in found
    ]
    as_of = _("数值计至 %(day)s；各省一栏为“完成／目标”。") % {"day": date_iso(figures.as_of)}
    return [papers.table(head, rows), papers.text(as_of), papers.table(places, by_place)]


def _value(one: Indicator, figures: Figures, code: str) -> Cell:
    figure = figures.by_slug[one.slug]
    value = figure.values.get(code)
    return Cell(written(one, value, is_few=code in figure.few), value, records_url(one.slug, figures.year, code))


def _against(one: Indicator, figures: Figures, targets: Targets, code: str) -> Cell:
    shown, target = _value(one, figures, code), targets[one.slug].get(code)
    return Cell(f"{shown.text}／{written(one, target)}", href=shown.href)


# ---- tasks


def _tasks(board: Board) -> list[Block]:
    on_time = [row for row in board.rows if row.is_done and not _was_late(row)]
    late = [row for row in board.rows if row.is_done and _was_late(row)]
    left = [row for row in board.rows if not row.is_done]
    words = _("%(all)d 项任务中，按期完成 %(on_time)d 项，逾期完成 %(late)d 项，未完成 %(left)d 项。") % {
        "all": len(board.rows), "on_time": len(on_time), "late": len(late), "left": len(left),
    }  # fmt: skip
    head = [_("编号"), _("任务"), _("牵头"), _("时限"), *(province_name(code) for code in CODES)]
    table = papers.table(head, [task_cells(row, board) for row in board.rows], wide=1)
    return [papers.text(words), table, papers.text(rule_sentence())]


def _was_late(row: Row) -> bool:
    """A duty was done after the due day."""
    return any(cell.facts.done_on and cell.facts.done_on > cell.facts.due_on for cell in row.cells.values())


# ---- earlier years, and the next one


def _earlier(figures: Figures, targets: Targets, earlier: Mapping[int, Mapping[str, Decimal | None]]) -> list[Block]:
    if not earlier:
        return [papers.text(_("没有更早年度的总结可以比较。"))]
    shown = [one for one in INDICATORS if one.slug in (targets or BY_SLUG) and one.slug in figures.by_slug]
    years = list(earlier)
    rows = [
        [
            name_cell(one, figures.year), _value(one, figures, ALL),
            *(
                Cell(_kept(one, earlier[year]), earlier[year].get(one.slug), records_url(one.slug, year))
                for year in years
            ),
        ]
        for one in shown
    ]  # fmt: skip
    return [papers.table([_("指标"), str(figures.year), *(str(year) for year in years)], rows)]


def _kept(one: Indicator, values: Mapping[str, Decimal | None]) -> str:
    if one.slug not in values:
        return "—"
    return written(one, values[one.slug], is_few=one.is_money and values[one.slug] is None)


def _carried(board: Board, carried: Mapping[int, PlanTask]) -> list[Block]:
    left = [row for row in board.rows if not row.is_done]
    if not left:
        return [papers.text(_("全部任务已经完成，没有结转事项。"))]
    rows = []
    for row in left:
        task = carried.get(row.task_id)
        where = _("%(year)s 年度计划") % {"year": task.plan.year} if task else _("尚未结转")
        cells = task_cells(row, board)
        rows.append(
            [*cells[:3], Cell(f"{row.done}/{len(row.cells)}"), Cell(where), Cell(task.carried_because if task else "—")]
        )
    head = [_("编号"), _("任务"), _("牵头"), _("完成分项"), _("结转至"), _("理由")]
    return [papers.table(head, rows, wide=1)]
