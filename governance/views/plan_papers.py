"""The quarterly and the closing report of a plan: as a page, PDF, DOCX or workbook, all of the same content. Read next: ../papers.py."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance import indicator_queries, papers, rules
from governance import progress_queries as queries
from governance.closing_paper import closing_paper
from governance.models import AnnualWorkPlan
from governance.paper_docx import docx_bytes
from governance.paper_xlsx import xlsx
from governance.papers import Paper
from governance.quarter_paper import end_of, quarter_paper, quarter_span, quarters
from governance.states import PlanState
from platform_site import clock
from platform_site.accounts.rules import acts_for_others

EARLIER_YEARS = 3


@login_not_required
@require_safe
def plan_report(request: HttpRequest, year: int) -> HttpResponse:
    """One quarter, by default the one that runs or the last of the year; 404 for one that has not begun."""
    plan = queries.plan_for(year)
    can = quarters(plan, clock.today())
    if not can:
        raise Http404
    typed = request.GET.get("quarter", "") or str(can[-1])
    if typed not in [str(one) for one in can]:
        raise Http404
    quarter = int(typed)
    board = queries.board_of(plan, end_of(year, quarter))
    accepted = queries.accepted_between(plan, *quarter_span(year, quarter))
    targets = indicator_queries.targets_of(plan)
    paper = quarter_paper(board, quarter, accepted, indicator_queries.figures(year), targets)
    links = [(one, f"?quarter={one}", one == quarter) for one in can]
    return _answer(request, plan, paper, {"quarters": links, "query": f"quarter={quarter}&"})


@login_not_required
@require_safe
def plan_closing(request: HttpRequest, year: int) -> HttpResponse:
    """The closing report; before the close as it would be today, and said so."""
    plan = queries.plan_for(year)
    board = queries.board_of(plan)
    figures, targets = indicator_queries.figures_of(plan), indicator_queries.targets_of(plan)
    earlier = indicator_queries.earlier_snapshots(list(figures.by_slug), year, EARLIER_YEARS)
    paper = closing_paper(board, figures, targets, earlier, queries.carried(plan))
    running = plan.state == PlanState.PUBLISHED
    may_close = running and acts_for_others(request.user) and rules.plan_close(request.user)
    can_close = may_close and (clock.today().year > year or all(row.is_done for row in board.rows))
    context = {"is_closing": True, "running": running, "may_close": may_close, "can_close": can_close, "query": ""}
    return _answer(request, plan, paper, context)


def _answer(request: HttpRequest, plan: AnnualWorkPlan, paper: Paper, context: dict[str, Any]) -> HttpResponse:
    wanted = request.GET.get("format", "")
    if wanted == "pdf":
        return papers.answer(paper, papers.pdf(paper), wanted)
    if wanted == "docx":
        return papers.answer(paper, docx_bytes(paper, head=request.GET.get("head") != "no"), wanted)
    if wanted == "xlsx":
        return papers.answer(paper, xlsx(paper), wanted)
    files = [(one.upper(), f"?{context['query']}format={one}") for one in papers.FORMATS]
    return render(request, "governance/plan_paper.html", {**context, "plan": plan, "paper": paper, "files": files})
