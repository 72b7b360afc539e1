"""The page of a plan that is published: what it says, and where its versions are. Read next: plans.py."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance import plan_queries as queries
from governance import plan_readers as readers
from governance import plan_shown as shown
from governance.models import AnnualWorkPlan
from governance.states import PlanState


@require_safe
def published(request: HttpRequest, plan: AnnualWorkPlan) -> HttpResponse:
    """The document in force, for everybody; whoever works on an amendment finds it here."""
    reader = readers.reader_of(request.user)
    versions = queries.versions_of(plan, reader)
    version = queries.current(versions)
    assert version is not None  # a published plan has a version in force
    waiting = next((one for one in versions if one.state in queries.UNDER_WAY), None)
    document = queries.document_of(version)
    context = {
        "plan": plan, "version": version, "reader": reader, "amendment": waiting,
        "tone": shown.TONES[PlanState(plan.state)], "versions": shown.versions(plan, versions),
        "steps": shown.steps(plan, waiting, reader),
    }  # fmt: skip
    context |= shown.text(document) | shown.proof(version, document)
    return render(request, "governance/plan_published.html", context)
