"""What moves a plan on: circulated, recalled, tabled, signed, published, amended. One page and one form each. Read next: plan_editor.py.

Every view begins at the gate: who may not see the plan gets 404, who may not do this 403.
"""

from collections.abc import Callable, Sequence
from typing import Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required as require_fresh_proof
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance import plan_queries as queries
from governance import plan_readers as readers
from governance import plan_shown as shown
from governance import rules
from governance.actions import amendments
from governance.actions import plans as actions
from governance.forms.plans import AmendForm, CirculateForm, MeetingForm, PublishForm, SignForm
from governance.models import AnnualWorkPlan
from governance.plan_words import DOCUMENT_NUMBER
from platform_site import clock
from platform_site.accounts.rules import require
from platform_site.errors import Conflict, NotAllowed
from platform_site.outbox.once import once

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
Words = str | Promise


@read_or_post
@once
def plan_circulate(request: HttpRequest, year: int) -> HttpResponse:
    plan = _for_office(request, year)
    form = CirculateForm(_sent(request), initial={"last_day": actions.earliest_last_day()})
    told = [
        _("各席位、联络员和六省经办人会收到通知，可以对每项任务或整个草案提意见。"),
        _("至少五个工作日；截止日结束以前不能提请审议。"),
    ]
    return _step(
        request, plan, form, _("征求意见"), told, "last_day",
        lambda data: actions.plan_circulate(plan_id=plan.pk, actor=request.user, last_day=data["last_day"]),
    )  # fmt: skip


@read_or_post
@once
def plan_recall(request: HttpRequest, year: int) -> HttpResponse:
    plan = _for_office(request, year)
    told = [_("草案回到起草中，征求意见停止；已经提出的意见保留，仍要逐条答复。"), _("再次征求意见时，期限重新计算。")]
    return _step(
        request, plan, Form(_sent(request)), _("收回草案"), told, "",
        lambda data: actions.plan_recall(plan_id=plan.pk, actor=request.user),
    )  # fmt: skip


@read_or_post
@once
def plan_table(request: HttpRequest, year: int) -> HttpResponse:
    plan = _for_director(request, year)
    form = MeetingForm(_sent(request), meetings=queries.meetings_ahead())
    told = [_("提请以后文本冻结，任何人不能再改；表决未通过的，退回起草。")]
    return _step(
        request, plan, form, _("提请会议审议"), told, "meeting",
        lambda data: actions.plan_table(plan_id=plan.pk, actor=request.user, meeting_id=data["meeting"]),
    )  # fmt: skip


@read_or_post
@once
def plan_sign(request: HttpRequest, year: int) -> HttpResponse:
    """The adopted text and its digest, after a fresh password or second factor."""
    plan = _for_director(request, year)
    require_fresh_proof(request, app="governance")
    version = queries.under_way(plan)
    form = SignForm(_sent(request), initial={"digest": version.digest if version else ""})
    extra = shown.text(queries.document_of(version)) if version else {}
    told = [_("您以轮值主任的名义签署，签署以后由领导小组办公室编号发布。")]
    return _step(
        request, plan, form, _("签署计划"), told, "agreed",
        lambda data: actions.plan_sign(plan_id=plan.pk, actor=request.user, digest=data["digest"]), extra,
    )  # fmt: skip


@read_or_post
@once
def plan_publish(request: HttpRequest, year: int) -> HttpResponse:
    plan = _for_office(request, year)
    before, after = DOCUMENT_NUMBER.format(year=clock.today().year, serial="\n").split("\n")
    form = PublishForm(_sent(request), initial={"serial": queries.next_serial(before, after)})
    told = [
        _("文号：%(before)sN%(after)s。发布以后任何人都可以看到，改动只能通过修订。")
        % {"before": before, "after": after}
    ]
    return _step(
        request, plan, form, _("编号发布"), told, "serial",
        lambda data: actions.plan_publish(plan_id=plan.pk, actor=request.user, serial=data["serial"]),
    )  # fmt: skip


@read_or_post
@once
def amendment_begin(request: HttpRequest, year: int) -> HttpResponse:
    plan = _for_office(request, year)
    told = [_("现行文本会复制为新的一版，在编辑页修改；轮值主任提请会议审议，通过后立即生效。")]
    return _step(
        request, plan, AmendForm(_sent(request)), _("修订计划"), told, "because_zh",
        lambda data: amendments.amendment_begin(plan_id=plan.pk, actor=request.user, **data),
    )  # fmt: skip


@read_or_post
@once
def amendment_table(request: HttpRequest, year: int) -> HttpResponse:
    plan = _for_director(request, year)
    form = MeetingForm(_sent(request), meetings=queries.meetings_ahead())
    told = [_("提请以后修订稿冻结；通过后立即生效，未通过的不采用。")]
    return _step(
        request, plan, form, _("提请审议修订"), told, "meeting",
        lambda data: amendments.amendment_table(plan_id=plan.pk, actor=request.user, meeting_id=data["meeting"]),
    )  # fmt: skip


@read_or_post
@once
def amendment_drop(request: HttpRequest, year: int) -> HttpResponse:
    plan = _for_office(request, year)
    told = [_("修订稿不再使用，作为记录保留；现行文本不变，可以另起一次修订。")]
    return _step(
        request, plan, Form(_sent(request)), _("放弃修订"), told, "",
        lambda data: amendments.amendment_drop(plan_id=plan.pk, actor=request.user),
    )  # fmt: skip


# ---- what the steps share


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _for_office(request: HttpRequest, year: int) -> AnnualWorkPlan:
    plan = queries.plan_for(readers.reader_of(request.user), year)
    require(rules.is_group_staff, request.user, plan, _("这一步由领导小组办公室办理。"))
    return plan


def _for_director(request: HttpRequest, year: int) -> AnnualWorkPlan:
    reader = readers.reader_of(request.user)
    plan = queries.plan_for(reader, year)
    if not reader.directs:
        raise NotAllowed(
            _("只有现任轮值主任可以办理这件事。"), _("轮值主任的职权随交接书双方签署同时转移，已移交的不能再行使。")
        )
    return plan


def _step(
    request: HttpRequest, plan: AnnualWorkPlan, form: Form, title: Words, told: Sequence[Words], box: str,
    act: Callable[[dict[str, Any]], Any], extra: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """Show the form; do what it asks and go back to the plan. A refusal that concerns a box stands beside it."""
    status = 200
    if form.is_bound and form.is_valid():
        try:
            act(form.cleaned_data)
            messages.success(request, _("已办理：%(what)s。") % {"what": title})
            return redirect(plan)
        except Conflict as refused:
            if not box:
                raise
            form.add_error(box, f"{refused.reason}{refused.advice}")
            status = 409
    context = {"plan": plan, "form": form, "title": title, "told": told}
    return render(request, "governance/plan_step.html", context | (extra or {}), status=status)
