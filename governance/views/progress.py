"""Acts about a plan as a whole: targets, the letter to units that are late, subscriptions, the close. Read next: ../actions/progress.py."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance import indicator_queries, reminder_shown, rules
from governance import progress_queries as queries
from governance.actions import progress
from governance.forms.progress import TargetsForm
from platform_site.accounts.rules import require
from platform_site.errors import Conflict
from platform_site.outbox.once import once
from platform_site.regions.facts import CODES
from platform_site.regions.names import province_name

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@read_or_post
@once
def targets_save(request: HttpRequest, year: int) -> HttpResponse:
    """The targets of a plan that is drafted, for the group's office alone; frozen once it is tabled."""
    require(rules.targets_save, request.user, year, _("指标目标值由领导小组办公室填写。"))
    plan = queries.plan_of_year(year)
    form = TargetsForm(request.POST if request.method == "POST" else None, targets=indicator_queries.targets_of(plan))
    status = 200
    if form.is_bound and form.is_valid():
        try:
            progress.targets_save(plan_id=plan.pk, actor=request.user, targets=form.targets())
            messages.success(request, _("目标值已保存。"))
            return redirect("governance:targets_save", year)
        except Conflict as refused:
            form.add_error(None, f"{refused.reason}{refused.advice}")
            status = refused.status
    places = [(code, province_name(code)) for code in CODES]
    context = {"plan": plan, "form": form, "is_open": plan.state in progress.DRAFTED, "codes": places}
    return render(request, "governance/targets_save.html", context, status=status)


@require_POST
@once
def reminder_send(request: HttpRequest, year: int) -> HttpResponse:
    """One press: all that is late, or what is late of one task (`task`)."""
    plan = queries.plan_for(year)
    typed = request.POST.get("task", "")
    task_id = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None
    reminder = progress.reminder_send(plan_id=plan.pk, actor=request.user, task_id=task_id)
    messages.success(request, _("催办函已发出，可以打印。"))
    return redirect(reminder)


@require_safe
def reminder_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as it was sent, to be printed."""
    reminder = queries.reminder_for(request.user, pk)
    duties = queries.reminded(reminder)
    texts = queries.texts_of({one.task_id for one in duties})
    return render(request, "governance/reminder_detail.html", reminder_shown.letter(reminder, duties, texts))


@require_POST
@once
def progress_subscribe(request: HttpRequest, year: int) -> HttpResponse:
    progress.progress_subscribe(plan_id=queries.plan_for(year).pk, actor=request.user)
    messages.success(request, _("已订阅，每周一发送进展，没有变化的一周不发送。"))
    return redirect("governance:plan_detail", year)


@require_POST
@once
def progress_unsubscribe(request: HttpRequest, year: int) -> HttpResponse:
    progress.progress_unsubscribe(plan_id=queries.plan_for(year).pk, actor=request.user)
    messages.success(request, _("已取消订阅。"))
    return redirect("governance:plan_detail", year)


@require_POST
@once
def plan_close(request: HttpRequest, year: int) -> HttpResponse:
    progress.plan_close(plan_id=queries.plan_for(year).pk, actor=request.user)
    messages.success(request, _("年度计划已总结，指标数值已固定。"))
    return redirect("governance:plan_closing", year)
