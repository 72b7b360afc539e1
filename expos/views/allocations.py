"""The allocation as its host runs it: start, watch, cancel, read the plan, put it in force; the rule is public. Read next: exhibits.py."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from expos import allocation, allocation_queries, edition_page
from expos import floor_queries as floor
from expos.actions import allocations as actions
from expos.forms.applications import UntilForm
from expos.states import ExpoState, RunState
from platform_site.outbox.once import once
from platform_site.ui.acting import posted
from platform_site.ui.pagination import paged

from .expo_act import act_page
from .gates import run_by

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
TONES = {"queued": "blue", "running": "blue", "done": "ochre", "applied": "jade", "cancelled": "", "failed": "cinn"}


@require_safe
def allocation_list(request: HttpRequest, year: int) -> HttpResponse:
    """Shares of the delegations, the rule, and every reckoning."""
    expo = run_by(request, year)
    used = floor.units_used(expo)
    found, window = paged(request, allocation_queries.runs_of(expo))
    context = {
        **edition_page.shared(request.user, expo, "expos:application_list"), "window": window, "rule": allocation.RULE,
        "shares": [(one.province.name, one.booths, used.get(one.pk, 0)) for one in floor.delegations_of(expo)],
        "runs_made": [(one, TONES[one.state]) for one in found], "may_start": expo.state == ExpoState.ALLOCATING,
        "undecided": floor.undecided(expo),
    }  # fmt: skip
    return render(request, "expos/allocation_list.html", context)


@require_POST
@once
def allocation_start(request: HttpRequest, year: int) -> HttpResponse:
    expo = run_by(request, year)
    return redirect(actions.allocation_start(expo_id=expo.pk, actor=request.user))


@require_safe
def allocation_detail(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """How far it is, while it is at work; then the plan with a sentence for each wish that was not met."""
    expo = run_by(request, year)
    run = allocation_queries.run_of(expo, pk)
    is_read = run.state in (RunState.DONE, RunState.APPLIED)
    lines = allocation_queries.lines_of(run) if is_read else []
    context = {
        **edition_page.shared(request.user, expo, "expos:application_list"), "run": run, "lines": lines,
        "run_tag": (run.get_state_display(), TONES[run.state]), "working": run.state in (RunState.QUEUED, RunState.RUNNING),
        "placed": sum(bool(one.booths) for one in lines), "of": len(lines), "may_apply": run.state == RunState.DONE,
    }  # fmt: skip
    answer = render(request, "expos/allocation_detail.html", context)
    if context["working"]:
        answer["Refresh"] = "5"  # seconds
    return answer


@require_POST
@once
def allocation_cancel(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    run = allocation_queries.run_of(run_by(request, year), pk)
    actions.allocation_cancel(run_id=run.pk, actor=request.user)
    messages.success(request, _("已取消。"))
    return redirect("expos:allocation_list", year)


@read_or_post
@once
def allocation_apply(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    expo = run_by(request, year)
    run = allocation_queries.run_of(expo, pk)
    form = UntilForm(*posted(request)[:1], initial={"until": allocation_queries.confirm_until(expo)})
    return act_page(
        request, form,
        lambda data: actions.allocation_apply(run_id=run.pk, actor=request.user, until=data["until"]),
        expo=expo, title=_("采用排位方案"), submit=_("采用"), done=_("方案已采用，并通知每个参展商。"),
        back=run.get_absolute_url(), note=_("方案中没有展位的申请转入候补；以后还可以逐个调整。"),
    )  # fmt: skip
