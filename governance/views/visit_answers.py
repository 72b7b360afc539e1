"""What both sides do with a visit that was booked: one page or one press each. Read next: ../actions/visit_answers.py."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from governance import resource_rules as rules
from governance import visit_queries as queries
from governance import visit_shown as shown
from governance.actions import visit_answers as actions
from governance.forms.visits import CounterForm, MarkForm, WhyForm
from governance.models import Visit
from platform_site.accounts.rules import require
from platform_site.outbox.once import once
from platform_site.ui.acting import posted

from .resource_act import act_page

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


def _facts(visit: Visit) -> list[tuple[str, str]]:
    return [(_("资源"), visit.facility.name), (_("时间"), shown.time_words(visit)), (_("到访人"), str(visit.visitor))]


@require_POST
@once
def visit_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    visit = actions.visit_confirm(visit_id=queries.visit_for(request.user, pk).pk, actor=request.user)
    messages.success(request, _("预约已确认。"))
    return redirect(visit)


@read_or_post
@once
def visit_decline(request: HttpRequest, pk: int) -> HttpResponse:
    visit = queries.visit_for(request.user, pk)
    require(rules.visit_decide, request.user, visit)
    return act_page(
        WhyForm(*posted(request)), request,
        lambda data: actions.visit_decline(visit_id=visit.pk, actor=request.user, reason=data["reason"]),
        title=_("不接受预约"), done=_("已答复。"), back=visit.get_absolute_url(), way=_("预约"), facts=_facts(visit), kind="danger",
    )  # fmt: skip


@read_or_post
@once
def visit_counter(request: HttpRequest, pk: int) -> HttpResponse:
    visit = queries.visit_for(request.user, pk)
    require(rules.visit_decide, request.user, visit)
    return act_page(
        CounterForm(*posted(request)[:1], slots=shown.counter_slots(visit)), request,
        lambda data: actions.visit_counter(
            visit_id=visit.pk, actor=request.user, starts_at=data["starts_at"], reason=data["reason"]
        ),
        title=_("建议改期"), done=_("已建议改期，名额为到访人保留。"), back=visit.get_absolute_url(), way=_("预约"), facts=_facts(visit),
        note=_("原来的时段随即释放，候补的人按次序递补。"),
    )  # fmt: skip


@require_POST
@once
def visit_agree(request: HttpRequest, pk: int) -> HttpResponse:
    visit = actions.visit_agree(visit_id=queries.visit_for(request.user, pk).pk, actor=request.user)
    messages.success(request, _("已接受改期，预约已确认。"))
    return redirect(visit)


@read_or_post
@once
def visit_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    visit = queries.visit_for(request.user, pk)
    require(rules.visit_cancel, request.user, visit)
    own = rules.visit_own(request.user, visit)
    return act_page(
        WhyForm(*posted(request), required=not own), request,
        lambda data: actions.visit_cancel(visit_id=visit.pk, actor=request.user, reason=data["reason"]),
        title=_("取消预约"), done=_("预约已取消。"), back=visit.get_absolute_url(), way=_("预约"), facts=_facts(visit), kind="danger",
    )  # fmt: skip


@read_or_post
@once
def visit_mark(request: HttpRequest, pk: int) -> HttpResponse:
    visit = queries.visit_for(request.user, pk)
    require(rules.visit_decide, request.user, visit)
    return act_page(
        MarkForm(*posted(request)), request,
        lambda data: actions.visit_mark(visit_id=visit.pk, actor=request.user, used=data["used"]),
        title=_("登记到访"), done=_("已登记。"), back=visit.get_absolute_url(), way=_("预约"), facts=_facts(visit),
    )  # fmt: skip
