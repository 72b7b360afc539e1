"""How an agreement ends: proposals, answers, notices of breach. What cannot be taken back asks for the password again.

Every view begins at the gate, and only then asks for a fresh proof: the library's decorator would ask before.
Read next: ../actions/ending.py.
"""

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required as require_fresh_proof
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from platform_site.accounts.rules import require
from platform_site.outbox.once import once
from platform_site.ui.acting import posted
from trading import performance_queries as queries
from trading import rules
from trading.actions import ending as acts
from trading.forms.offers import ReasonForm
from trading.forms.performance import SureForm, TerminateForm
from trading.models import Ending
from trading.performance import CURE_DAYS
from trading.states import EndingKind

from . import performance_shown as shown
from .acting import act_page

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_POST
@once
def agreement_complete(request: HttpRequest, pk: int) -> HttpResponse:
    queries.performed_for(request.user, pk)
    acts.agreement_complete(agreement_id=pk, actor=request.user)
    messages.success(request, _("已提议，等待对方确认。"))
    return redirect("trading:agreement_performance", pk)


@read_or_post
@once
def agreement_terminate(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = queries.performed_for(request.user, pk)
    form = TerminateForm(*posted(request))
    return act_page(
        agreement, request, form,
        lambda data: acts.agreement_terminate(agreement_id=pk, actor=request.user, **data),
        title=_("提议解除合同"), submit=_("提议解除"), kind="danger", done=_("已提议，等待对方答复。"),
        note=_("对方同意后，合同自解除日起不再有效，许可在权利台账上终止；已登记的转让不会自动转回。解除前到期的款项仍应支付。"),
    )  # fmt: skip


@read_or_post
@once
def agreement_breach(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = queries.performed_for(request.user, pk)
    form = ReasonForm(*posted(request))
    return act_page(
        agreement, request, form,
        lambda data: acts.agreement_breach(agreement_id=pk, actor=request.user, **data),
        title=_("发出违约催告"), submit=_("发出催告"), kind="danger", done=_("催告已送达对方。"),
        note=_("对方自催告起有 %(days)d 天纠正。期满仍未纠正的，您可以解除合同（《民法典》第五百六十三条）；已经纠正的，请收回催告。")
        % {"days": CURE_DAYS},
    )  # fmt: skip


@read_or_post
@once
def ending_accept(request: HttpRequest, pk: int) -> HttpResponse:
    ending = queries.ending_for(request.user, pk)
    require(rules.ending_accept, request.user, ending, _("这是本方的提议，须由对方答复。"))
    require_fresh_proof(request, app="trading")
    return act_page(
        ending.agreement, request, SureForm(*posted(request)),
        lambda data: acts.ending_accept(ending_id=pk, actor=request.user),
        title=_("同意：%(kind)s") % {"kind": EndingKind(ending.kind).label}, submit=_("同意"), facts=_facts(ending),
        done=_("已同意。"), kind="danger",
    )  # fmt: skip


@read_or_post
@once
def ending_decline(request: HttpRequest, pk: int) -> HttpResponse:
    ending = queries.ending_for(request.user, pk)
    require(rules.ending_decline, request.user, ending, _("这是本方的提议，可以收回。"))
    return act_page(
        ending.agreement, request, ReasonForm(*posted(request)),
        lambda data: acts.ending_decline(ending_id=pk, actor=request.user, **data),
        title=_("不同意：%(kind)s") % {"kind": EndingKind(ending.kind).label}, submit=_("不同意"), facts=_facts(ending),
        done=_("已答复，对方会收到通知。"),
    )  # fmt: skip


@require_POST
@once
def ending_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    ending = queries.ending_for(request.user, pk)
    acts.ending_withdraw(ending_id=pk, actor=request.user)
    messages.success(request, _("已收回。"))
    return redirect("trading:agreement_performance", ending.agreement_id)


@read_or_post
@once
def ending_enforce(request: HttpRequest, pk: int) -> HttpResponse:
    ending = queries.ending_for(request.user, pk)
    require(rules.ending_enforce, request.user, ending, _("只有发出催告的一方可以据此解除合同。"))
    require_fresh_proof(request, app="trading")
    return act_page(
        ending.agreement, request, SureForm(*posted(request)),
        lambda data: acts.ending_enforce(ending_id=pk, actor=request.user),
        title=_("解除合同"), submit=_("解除合同"), facts=_facts(ending), kind="danger",
        done=_("合同已解除，权利已释放。"),
    )  # fmt: skip


def _facts(ending: Ending) -> list[tuple[str, str]]:
    row = shown.ending_row(ending, ending.side)
    rows = [(_("提议"), row["title"]), (_("理由"), ending.reason), (_("日期"), row["when"])]
    return [(name, words) for name, words in rows if words]
