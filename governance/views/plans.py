"""Plans as they are read: the list, one of them, its text in any version, what a version changed. Read next: plan_steps.py."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from governance import plan_queries as queries
from governance import plan_readers as readers
from governance import plan_shown as shown
from governance import rules
from governance.actions import plans as actions
from governance.forms.plans import PlanForm
from governance.models import AnnualWorkPlan, PlanVersion
from governance.plan_changes import changes
from governance.states import PlanState
from platform_site import clock
from platform_site.accounts.rules import require
from platform_site.errors import Conflict
from platform_site.outbox.once import once
from platform_site.ui.pagination import paged

from .plan_progress import published


@require_safe
@login_not_required
def plan_list(request: HttpRequest) -> HttpResponse:
    """Published plans by year; those who work on them also see the ones under way."""
    reader = readers.reader_of(request.user)
    rows, window = paged(request, queries.plan_list(reader))
    context = {
        "rows": [(plan, shown.TONES[PlanState(plan.state)]) for plan in rows],
        "window": window, "reader": reader,
    }  # fmt: skip
    return render(request, "governance/plan_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def plan_create(request: HttpRequest) -> HttpResponse:
    require(rules.is_group_staff, request.user, None, _("年度工作计划由领导小组办公室起草。"))
    form = PlanForm(request.POST if request.method == "POST" else None, initial={"year": clock.today().year + 1})
    if form.is_bound and form.is_valid():
        try:
            plan = actions.plan_create(actor=request.user, **form.cleaned_data)
        except Conflict as refused:
            form.add_error("year", f"{refused.reason}{refused.advice}")
        else:
            messages.success(request, _("草案已建立，请逐章填写。"))
            return redirect("governance:plan_edit", plan.year)
    return render(request, "governance/plan_create.html", {"form": form})


@require_safe
@login_not_required
def plan_detail(request: HttpRequest, year: int) -> HttpResponse:
    """The same address from the draft to the closing report."""
    reader = readers.reader_of(request.user)
    plan = queries.plan_for(reader, year)
    return published(request, plan, reader) if plan.state in queries.PUBLIC else under_way(request, plan, reader)


@require_safe
def under_way(request: HttpRequest, plan: AnnualWorkPlan, reader: readers.Reader) -> HttpResponse:
    """A plan that is not published yet, for those who work on it: the text, who acts next, opinions."""
    versions = queries.versions_of(plan, reader)
    version = _chosen(versions, "", queries.current(versions))
    document, comments = queries.document_of(version), list(queries.comments_of(version))
    rows = shown.comment_rows(comments, document, reader)
    unanswered = sum(row["tone"] == "ochre" for row in rows)
    context = {
        "plan": plan, "version": version, "reader": reader, "comments": rows, "unanswered": unanswered,
        "tone": shown.TONES[PlanState(plan.state)], "waiting": shown.waiting_for(plan, version, unanswered),
        "left": shown.days_left(plan), "steps": shown.steps(plan, version, reader),
        "may_comment": bool(reader.voice) and queries.consultation_runs(plan, clock.now()),
    }  # fmt: skip
    context |= shown.text(document, comments) | shown.proof(version, document)
    return render(request, "governance/plan_detail.html", context)


@require_safe
@login_not_required
def plan_text(request: HttpRequest, year: int) -> HttpResponse:
    """One version as a document, to read and to print; the one in force unless `?version=` names another."""
    plan, versions = _readable(request, year)
    version = _chosen(versions, request.GET.get("version", ""), queries.current(versions))
    document = queries.document_of(version)
    context = {"plan": plan, "version": version, "versions": shown.versions(plan, versions)}
    context |= shown.text(document) | shown.proof(version, document)
    return render(request, "governance/plan_text.html", context)


@require_safe
@login_not_required
def plan_changes(request: HttpRequest, year: int) -> HttpResponse:
    """What a version changes in an earlier one, clause by clause."""
    plan, versions = _readable(request, year)
    new = _chosen(versions, request.GET.get("to", ""), versions[-1] if versions else None)
    earlier = [one for one in versions if one.number < new.number]
    old = _chosen(versions, request.GET.get("from", ""), queries.current(earlier) or new)
    before, after = queries.document_of(old), queries.document_of(new)
    context = {
        "plan": plan, "old": old, "new": new, "versions": shown.versions(plan, versions),
        "changes": changes(before, after), "because": shown.text(after)["because"],
    }  # fmt: skip
    return render(request, "governance/plan_changes.html", context)


def _readable(request: HttpRequest, year: int) -> tuple[AnnualWorkPlan, list[PlanVersion]]:
    reader = readers.reader_of(request.user)
    plan = queries.plan_for(reader, year)
    return plan, queries.versions_of(plan, reader)


def _chosen(versions: list[PlanVersion], asked: str, usual: Any) -> PlanVersion:
    """The version that is asked for by its number; 404 for one that is not there, or not theirs to read."""
    if asked:
        usual = next((one for one in versions if str(one.number) == asked), None)
    if usual is None:
        raise Http404
    found: PlanVersion = usual
    return found
