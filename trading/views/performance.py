"""What an agreement makes due: the page of its parties, and the acts on payments and statements. Read next: ../performance_queries.py."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from platform_site.accounts.rules import require
from platform_site.files import store
from platform_site.outbox.once import once
from platform_site.ui.acting import posted
from platform_site.ui.formats import cny
from platform_site.ui.pagination import paged
from trading import performance_queries as queries
from trading import rules
from trading.actions import performing, statements
from trading.forms.offers import ReasonForm
from trading.forms.performance import ClaimForm, QuestionForm, StatementForm
from trading.models import PaymentMilestone, RoyaltyStatement
from trading.performance_words import what
from trading.states import Side

from . import performance_shown as shown
from .acting import act_page

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def agreement_performance(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = queries.performed_for(request.user, pk)
    side = Side(agreement.my_side)
    context = shown.page(agreement, side, queries.milestones_of(agreement), queries.open_endings(agreement))
    deeds, window = paged(request, queries.deeds_of(agreement))
    context |= {"history": shown.history(deeds), "window": window}
    return render(request, "trading/agreement_performance.html", context)


@require_safe
def performance_file(request: HttpRequest, pk: int, deed_pk: int) -> HttpResponse:
    """The paper of a deed, for the two parties alone."""
    return store.serve(queries.deed_file_for(request.user, pk, deed_pk).file)


@read_or_post
@once
def milestone_claim(request: HttpRequest, pk: int) -> HttpResponse:
    milestone = queries.milestone_for(request.user, pk)
    require(rules.milestone_claim, request.user, milestone, _("款项由需求方支付并声明。"))
    form = ClaimForm(*posted(request), milestone=milestone)
    return act_page(
        milestone.agreement, request, form,
        lambda data: performing.milestone_claim(milestone_id=pk, actor=request.user, **data),
        title=_("声明已履行：%(what)s") % {"what": what(milestone)}, submit=_("提交声明"), facts=_facts(milestone),
        done=_("已提交，等待对方确认。"),
    )  # fmt: skip


@require_POST
@once
def milestone_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    milestone = queries.milestone_for(request.user, pk)
    performing.milestone_confirm(milestone_id=pk, actor=request.user)
    messages.success(request, _("已确认，这一项已了结。"))
    return redirect("trading:agreement_performance", milestone.agreement_id)


@read_or_post
@once
def milestone_dispute(request: HttpRequest, pk: int) -> HttpResponse:
    milestone = queries.milestone_for(request.user, pk)
    require(rules.milestone_dispute, request.user, milestone, _("由收款的一方提出异议。"))
    form = ReasonForm(*posted(request))
    return act_page(
        milestone.agreement, request, form,
        lambda data: performing.milestone_dispute(milestone_id=pk, actor=request.user, **data),
        title=_("提出异议：%(what)s") % {"what": what(milestone)}, submit=_("提出异议"), facts=_facts(milestone),
        done=_("异议已送达对方。"), kind="danger",
    )  # fmt: skip


@read_or_post
@once
def milestone_waive(request: HttpRequest, pk: int) -> HttpResponse:
    milestone = queries.milestone_for(request.user, pk)
    require(rules.milestone_waive, request.user, milestone, _("只有收款的一方可以免除。"))
    form = ReasonForm(*posted(request))
    return act_page(
        milestone.agreement, request, form,
        lambda data: performing.milestone_waive(milestone_id=pk, actor=request.user, **data),
        title=_("免除：%(what)s") % {"what": what(milestone)}, submit=_("免除"), facts=_facts(milestone),
        note=_("免除后对方无需再履行这一项，不能撤回。"), done=_("已免除，对方会收到通知。"), kind="danger",
    )  # fmt: skip


@read_or_post
@once
def statement_make(request: HttpRequest, pk: int) -> HttpResponse:
    statement = queries.statement_for(request.user, pk)
    require(rules.statement_make, request.user, statement, _("提成由需求方申报。"))
    form = StatementForm(*posted(request), statement=statement, base=statement.agreement.royalty_base)
    return act_page(
        statement.agreement, request, form,
        lambda data: statements.statement_make(statement_id=pk, actor=request.user, **data),
        title=_("申报 %(year)s 年提成") % {"year": statement.year}, submit=_("提交申报"), facts=_period(statement),
        note=_("应付金额由平台按合同的比例、每年最低和累计封顶计算；不足一年的，最低提成按天数折算。"),
        done=_("已申报，等待权利人认可。"),
    )  # fmt: skip


@require_POST
@once
def statement_accept(request: HttpRequest, pk: int) -> HttpResponse:
    statement = queries.statement_for(request.user, pk)
    statements.statement_accept(statement_id=pk, actor=request.user)
    messages.success(request, _("已认可，应付金额和日期已定。"))
    return redirect("trading:agreement_performance", statement.agreement_id)


@read_or_post
@once
def statement_question(request: HttpRequest, pk: int) -> HttpResponse:
    statement = queries.statement_for(request.user, pk)
    require(rules.statement_question, request.user, statement, _("提成申报由权利人质询。"))
    form = QuestionForm(*posted(request))
    facts = [*_period(statement), *shown.arithmetic(statement, statement.agreement.royalty_base)]
    return act_page(
        statement.agreement, request, form,
        lambda data: statements.statement_question(statement_id=pk, actor=request.user, **data),
        title=_("质询 %(year)s 年提成申报") % {"year": statement.year}, submit=_("提出质询"), facts=facts,
        done=_("质询已送达对方。"),
    )  # fmt: skip


def _facts(milestone: PaymentMilestone) -> list[tuple[str, Any]]:
    amount = cny(milestone.amount_cny) if milestone.amount_cny is not None else "—"
    return [(_("应付"), amount), (_("到期日"), milestone.due_on.isoformat())]


def _period(statement: RoyaltyStatement) -> list[tuple[str, str]]:
    words = {"start": statement.start.isoformat(), "end": statement.end.isoformat()}
    return [(_("期间"), _("%(start)s 至 %(end)s（不含）") % words), (_("申报期限"), statement.due_on.isoformat())]
