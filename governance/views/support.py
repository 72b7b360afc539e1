"""Applications for support: one's own, the office's queue, the public notices, and every act on one. Read next: ../actions/support.py."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance import policy_rules, support_shown
from governance import support_queries as queries
from governance.actions import support
from governance.forms import support as forms
from governance.views.support_act import Act
from governance.views.support_making import Making
from platform_site.errors import NotAllowed
from platform_site.files import store
from platform_site.outbox.once import once
from platform_site.ui.pagination import paged

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def support_list(request: HttpRequest) -> HttpResponse:
    """One's own applications."""
    found, window = paged(request, queries.own_of(request.user))
    context = {
        "rows": support_shown.rows(found),
        "window": window,
        "title": _("我的申报"),
        "decides": queries.decides_in(request.user),
    }
    return render(request, "governance/support_list.html", context)


@require_safe
def support_queue(request: HttpRequest) -> HttpResponse:
    """What waits for an office, `?all=1` whatever was applied for in its province."""
    codes = queries.decides_in(request.user)
    if not codes:
        raise NotAllowed(_("申报由各省知识产权局的工作人员办理。"))
    everything = request.GET.get("all") == "1"
    found, window = paged(request, queries.all_of(codes) if everything else queries.queue_of(codes))
    context: dict[str, Any] = {
        "rows": support_shown.rows(found, for_office=True),
        "window": window,
        "title": _("本省申报"),
    }
    context |= {"ways": [(_("待办"), "?", not everything), (_("全部"), "?all=1", everything)]}
    return render(request, "governance/support_list.html", context)


@login_not_required
@require_safe
def support_notices(request: HttpRequest) -> HttpResponse:
    """Public notices, and what was granted."""
    found, window = paged(request, queries.notices())
    context = {"rows": support_shown.notice_rows(request.user, found), "window": window}
    return render(request, "governance/support_notices.html", context)


@require_safe
def support_detail(request: HttpRequest, pk: int) -> HttpResponse:
    context = support_shown.page(request.user, queries.application_for(request.user, pk))
    return render(request, "governance/support_detail.html", context)


@require_safe
def support_file(request: HttpRequest, pk: int) -> HttpResponse:
    return store.serve(queries.file_for(request.user, pk).file)


@read_or_post
@once
def support_make(request: HttpRequest, pk: int) -> HttpResponse:
    """`?agreement=` or `?listing=`: for what; other parameters are what was told."""
    making = Making(request, pk)
    made = making.tried() if making.is_valid else None
    if made is not None:
        messages.success(request, _("申报已提交，等待该省受理。"))
        return redirect(made)
    return making.page()


@read_or_post
@once
def support_correct(request: HttpRequest, pk: int) -> HttpResponse:
    act = Act(request, pk, forms.CorrectForm, policy_rules.support_own)
    return act.answer(support.support_correct, _("补正"), _("补正材料已提交。"))


@require_POST
@once
def support_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    application = queries.application_for(request.user, pk)
    support.support_withdraw(application_id=pk, actor=request.user)
    messages.success(request, _("申报已撤回。"))
    return redirect(application)


@require_POST
@once
def support_accept(request: HttpRequest, pk: int) -> HttpResponse:
    application = queries.application_for(request.user, pk)
    support.support_accept(application_id=pk, actor=request.user)
    messages.success(request, _("已受理，请安排初审。"))
    return redirect(application)


@read_or_post
@once
def support_return(request: HttpRequest, pk: int) -> HttpResponse:
    act = Act(request, pk, forms.ReasonForm, policy_rules.support_decide)
    return act.answer(support.support_return, _("要求补正"), _("已通知申请人补正。"))


@read_or_post
@once
def support_review(request: HttpRequest, pk: int) -> HttpResponse:
    act = Act(request, pk, forms.ReviewForm, policy_rules.support_decide)
    act.fill(amount_cny=support_shown.computed(act.application))
    return act.answer(support.support_review, _("初审"), _("初审通过，等待另一名工作人员复审。"))


@read_or_post
@once
def support_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    act = Act(request, pk, forms.WordsForm, policy_rules.support_confirm)
    return act.answer(support.support_confirm, _("复审"), _("复审通过，已开始公示，并在资助台账中预留金额。"))


@read_or_post
@once
def support_approve(request: HttpRequest, pk: int) -> HttpResponse:
    act = Act(request, pk, forms.ApproveForm, policy_rules.support_decide)
    return act.answer(support.support_approve, _("批准"), _("已批准，等待兑现。"))


@read_or_post
@once
def support_decline(request: HttpRequest, pk: int) -> HttpResponse:
    act = Act(request, pk, forms.DeclineForm, policy_rules.support_decide)
    return act.answer(support.support_decline, _("不予支持"), _("已作出不予支持的决定，申请人可以申诉。"))


@read_or_post
@once
def support_pay(request: HttpRequest, pk: int) -> HttpResponse:
    act = Act(request, pk, forms.PayForm, policy_rules.support_decide)
    act.fill(amount_cny=act.application.amount_cny)
    return act.answer(support.support_pay, _("登记兑现"), _("兑现已登记。"))


@read_or_post
@once
def support_recover(request: HttpRequest, pk: int) -> HttpResponse:
    act = Act(request, pk, forms.DeclineForm, policy_rules.support_recover)
    return act.answer(support.support_recover, _("收回支持"), _("已收回，资助台账、预算和名额已释放。"))


@read_or_post
@once
def support_appeal(request: HttpRequest, pk: int) -> HttpResponse:
    act = Act(request, pk, forms.WordsForm, policy_rules.support_own)
    return act.answer(support.support_appeal, _("申诉"), _("申诉已提交，由未参与原决定的人员办理。"))


@read_or_post
@once
def support_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    act = Act(request, pk, forms.WordsForm, policy_rules.support_answer)
    return act.answer(support.support_reopen, _("重新审核"), _("申诉成立，已重新进入初审。"))


@read_or_post
@once
def support_uphold(request: HttpRequest, pk: int) -> HttpResponse:
    act = Act(request, pk, forms.DeclineForm, policy_rules.support_answer)
    return act.answer(support.support_uphold, _("维持原决定"), _("已维持原决定。"))
