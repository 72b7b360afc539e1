"""Stationing: applied for by a patentee, decided and kept by the facility's side. Read next: ../actions/stationings.py."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance import facility_queries
from governance import resource_rules as rules
from governance import stationing_queries as queries
from governance import visit_shown as shown
from governance.actions import stationings as actions
from governance.forms.stationings import OutcomeForm, ReportForm, SignForm, StationingForm
from governance.forms.visits import WhyForm
from governance.models import Stationing
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.errors import Conflict, NotAllowed
from platform_site.outbox.once import once
from platform_site.ui.acting import posted
from platform_site.ui.pagination import paged

from .resource_act import act_page

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@read_or_post
@once
def stationing_apply(request: HttpRequest, slug: str) -> HttpResponse:
    """`?listing=` chooses the technology."""
    facility = facility_queries.facility_for(slug)
    listings, status = queries.own_listings(request.user), 200
    if request.method == "POST" and not listings:
        raise NotAllowed(_("申请入驻需要本人在架的技术。"), _("请先上架要产业化的专利。"))
    chosen = next((str(one.pk) for one in listings if one.number == request.GET.get("listing")), "")
    form = StationingForm(*posted(request)[:1], listings=listings, initial={"listing": chosen})
    if form.is_bound and form.is_valid():
        listing = int(form.cleaned_data["listing"])
        try:
            made = actions.stationing_apply(
                facility_id=facility.pk, listing_id=listing, actor=request.user, wanted=form.wanted()
            )
            messages.success(request, _("已提交入驻申请，结果会通知您。"))
            return redirect(made)
        except Conflict as refused:
            form.add_error(None, f"{refused.reason}{refused.advice}")
            status = refused.status
    context = {"facility": facility, "form": form, "note": shown.apply_note(facility), "listings": listings}
    return render(request, "governance/stationing_apply.html", context, status=status)


@require_safe
def stationing_mine(request: HttpRequest) -> HttpResponse:
    found, window = paged(request, queries.stationings_of(request.user))
    return render(request, "governance/stationing_mine.html", {"rows": shown.stay_rows(found), "window": window})


@require_safe
def stationing_detail(request: HttpRequest, pk: int) -> HttpResponse:
    stay = queries.stationing_for(request.user, pk)
    return render(request, "governance/stationing_detail.html", shown.stay_page(request.user, stay))


def _facts(stay: Stationing) -> list[tuple[str, str]]:
    period, wants = shown.period_words(stay), shown.wants_words(stay)
    return [
        (_("资源"), stay.facility.name),
        (_("申请人"), str(stay.applicant)),
        (_("所需"), wants),
        (_("期间"), period),
    ]


def _decided(user: User, pk: int) -> Stationing:
    """The gate of who decides: hidden is 404, seen but one's own is 403."""
    stay = queries.stationing_for(user, pk)
    require(rules.stationing_decide, user, stay)
    return stay


@read_or_post
@once
def stationing_accept(request: HttpRequest, pk: int) -> HttpResponse:
    stay = _decided(request.user, pk)
    return act_page(
        WhyForm(*posted(request), required=False, label=_("说明")), request,
        lambda data: actions.stationing_accept(stationing_id=stay.pk, actor=request.user, reason=data["reason"]),
        title=_("同意入驻"), done=_("已同意，工位已保留。"), back=stay.get_absolute_url(), way=_("入驻"), facts=_facts(stay),
    )  # fmt: skip


@read_or_post
@once
def stationing_queue(request: HttpRequest, pk: int) -> HttpResponse:
    stay = _decided(request.user, pk)
    return act_page(
        WhyForm(*posted(request), label=_("说明")), request,
        lambda data: actions.stationing_queue(stationing_id=stay.pk, actor=request.user, reason=data["reason"]),
        title=_("列入排队"), done=_("已列入排队，有空位时按次序自动递补。"), back=stay.get_absolute_url(), way=_("入驻"), facts=_facts(stay),
    )  # fmt: skip


@read_or_post
@once
def stationing_decline(request: HttpRequest, pk: int) -> HttpResponse:
    stay = _decided(request.user, pk)
    return act_page(
        WhyForm(*posted(request)), request,
        lambda data: actions.stationing_decline(stationing_id=stay.pk, actor=request.user, reason=data["reason"]),
        title=_("不同意入驻"), done=_("已答复。"), back=stay.get_absolute_url(), way=_("入驻"), facts=_facts(stay), kind="danger",
    )  # fmt: skip


@require_POST
@once
def stationing_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    stay = queries.stationing_for(request.user, pk)
    actions.stationing_withdraw(stationing_id=stay.pk, actor=request.user)
    messages.success(request, _("入驻申请已撤回。"))
    return redirect(stay)


@read_or_post
@once
def stationing_sign(request: HttpRequest, pk: int) -> HttpResponse:
    stay = _decided(request.user, pk)
    return act_page(
        SignForm(*posted(request)), request,
        lambda data: actions.stationing_sign(stationing_id=stay.pk, actor=request.user, **data),
        title=_("登记入驻合同"), done=_("已登记，开始入驻。"), back=stay.get_absolute_url(), way=_("入驻"), facts=_facts(stay),
    )  # fmt: skip


@read_or_post
@once
def stationing_report(request: HttpRequest, pk: int) -> HttpResponse:
    stay = queries.stationing_for(request.user, pk)
    require(rules.stationing_own, request.user, stay)
    return act_page(
        ReportForm(*posted(request)), request,
        lambda data: actions.stationing_report(stationing_id=stay.pk, actor=request.user, words=data["words"]),
        title=_("报告进展"), done=_("已报告。"), back=stay.get_absolute_url(), way=_("入驻"), facts=_facts(stay),
    )  # fmt: skip


@require_POST
@once
def milestone_reach(request: HttpRequest, pk: int) -> HttpResponse:
    milestone = queries.milestone_for(request.user, pk)
    actions.milestone_reach(milestone_id=milestone.pk, actor=request.user)
    messages.success(request, _("里程碑已确认。"))
    return redirect(milestone.stationing)


@read_or_post
@once
def stationing_graduate(request: HttpRequest, pk: int) -> HttpResponse:
    stay = _decided(request.user, pk)
    return act_page(
        OutcomeForm(*posted(request), label=_("产业化结果")), request,
        lambda data: actions.stationing_graduate(stationing_id=stay.pk, actor=request.user, outcome=data["outcome"]),
        title=_("办理毕业"), done=_("已毕业，工位已释放。"), back=stay.get_absolute_url(), way=_("入驻"), facts=_facts(stay),
    )  # fmt: skip


@read_or_post
@once
def stationing_exit(request: HttpRequest, pk: int) -> HttpResponse:
    stay = queries.stationing_for(request.user, pk)
    require(rules.stationing_exit, request.user, stay)
    return act_page(
        OutcomeForm(*posted(request), label=_("退出的原因")), request,
        lambda data: actions.stationing_exit(stationing_id=stay.pk, actor=request.user, outcome=data["outcome"]),
        title=_("办理退出"), done=_("已退出，工位已释放。"), back=stay.get_absolute_url(), way=_("入驻"), facts=_facts(stay), kind="danger",
    )  # fmt: skip
