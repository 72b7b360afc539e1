"""The patentee's pages: own listings, the wizard, submission, on and off the market. Read next: steps.py."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from patents import checks, queries, rules, shown, turns, view_queries
from patents.actions import listings as actions
from patents.forms.listing import ReasonForm, SubmitForm
from patents.models import Listing
from patents.states import IN_WORK, ListingState, SuspendedBy, VersionState
from platform_site.outbox.once import once
from platform_site.regions.queries import overrides
from platform_site.ui.pagination import paged


@once
@require_http_methods(["GET", "POST"])
def listing_new(request: HttpRequest) -> HttpResponse:
    """What it takes, and one button that opens the draft."""
    if request.method == "POST":
        listing = actions.listing_create(actor=request.user)
        return redirect("patents:listing_step", listing.number, "patent")
    verified = rules.is_verified(request.user)
    return render(request, "patents/listing_new.html", {"verified": verified, "steps": checks.STEPS.values()})


@require_GET
def listing_mine(request: HttpRequest) -> HttpResponse:
    """The member's own listings, each with its state and whose turn it is."""
    found, window = paged(request, queries.listings_of(request.user))
    corrections = overrides()
    views = view_queries.views_of(listing.pk for listing in found)
    rows = [{**_row(listing, corrections), "views": views[listing.pk]} for listing in found]
    return render(request, "patents/listing_mine.html", {"rows": rows, "window": window})


def _row(listing: Listing, corrections: Any) -> dict[str, Any]:
    versions = list(listing.versions.all())
    work = next((one for one in versions if one.state in IN_WORK), None)
    review = next((one for one in work.reviews.all() if not one.decision), None) if work else None
    bundled = listing.listing_patents.all()
    text = listing.public_version or versions[0]
    title = text.title or (bundled[0].patent.title if bundled else "") or _("未命名的草稿")
    return {
        "listing": listing,
        "title": title,
        "patents": [row.patent.shown_number for row in bundled],
        "turn": turns.turn_of(listing, work, review, corrections),
        "tone": turns.tone_of(listing),
        "editing": work is not None and work.state == VersionState.EDITING,
        "revision": listing.public_version_id is not None and work is not None,
    }


@require_GET
def listing_edit(request: HttpRequest, number: str) -> HttpResponse:
    """The task list of the draft or revision: what is done, what is left, what waits for another step."""
    listing = _own(request, number)
    version = queries.version_in_work(listing)
    if version is None or version.state != VersionState.EDITING:
        return redirect("patents:listing_detail", listing.number)
    draft = queries.draft_to_judge(version)
    problems = checks.problems(draft)
    context = {
        "listing": listing,
        "version": version,
        "rows": _task_rows(listing, draft, problems),
        "problems": problems,
        "returned": queries.returned_review(queries.judgements_of(listing)),
        "verified": rules.is_verified(request.user),
        "turn": turns.turn_of(listing, version, None, {}),
    }
    return render(request, "patents/listing_edit.html", context)


def _task_rows(listing: Listing, draft: checks.Draft, problems: list[checks.Problem]) -> list[dict[str, Any]]:
    from_step: dict[str, str] = {}
    for problem in problems:
        from_step.setdefault(problem.step, problem.words)
    return [checks.task_row(listing.number, step, draft, from_step) for step in checks.STEPS]


@require_GET
def listing_answers(request: HttpRequest, number: str) -> HttpResponse:
    """Everything that was filled in, with a link to change each part, the office and the declaration."""
    listing = _own(request, number)
    version = queries.version_in_work(listing)
    if version is None or version.state != VersionState.EDITING:
        return redirect("patents:listing_detail", listing.number)
    return _answers(request, listing, queries.draft_to_judge(version), _submit_form(request, listing))


@once
@require_POST
def listing_submit(request: HttpRequest, number: str) -> HttpResponse:
    """Send it to the office; the receipt says who answers by when."""
    listing = _own(request, number)
    form = _submit_form(request, listing, request.POST)
    version = queries.version_in_work(listing)
    if version is not None and version.state == VersionState.EDITING and not form.is_valid():
        return _answers(request, listing, queries.draft_to_judge(version), form)
    code = form.cleaned_data["province"] if form.is_valid() else ""
    actions.listing_submit(listing_id=listing.pk, actor=request.user, province_code=code)
    return redirect("patents:listing_receipt", listing.number)


@require_GET
def listing_receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Number, office and due date of what is being reviewed."""
    listing = _own(request, number)
    version = queries.version_in_work(listing)
    review = queries.open_review(version) if version is not None else None
    if review is None:
        return redirect("patents:listing_detail", listing.number)
    turn = turns.turn_of(listing, version, review, overrides())
    return render(
        request,
        "patents/listing_receipt.html",
        {"listing": listing, "version": version, "review": review, "turn": turn},
    )


@once
@require_POST
def listing_revise(request: HttpRequest, number: str) -> HttpResponse:
    """Begin a revision and go to its task list."""
    listing = queries.listing_for(request.user, number)
    actions.listing_revise(listing_id=listing.pk, actor=request.user)
    return redirect("patents:listing_edit", listing.number)


@once
@require_POST
def revision_withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Give the revision up; the public text stays."""
    listing = queries.listing_for(request.user, number)
    actions.revision_withdraw(listing_id=listing.pk, actor=request.user)
    messages.success(request, _("已放弃修改，公开的仍是原文。"))
    return redirect("patents:listing_detail", listing.number)


@once
@require_http_methods(["GET", "POST"])
def listing_withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take it off for good; what was public needs a reason."""
    listing = _own(request, number)
    needs_reason = listing.public_version_id is not None
    form = ReasonForm(_sent(request), required=needs_reason)
    if request.method == "POST" and form.is_valid():
        actions.listing_withdraw(listing_id=listing.pk, actor=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("%(number)s 已下架，专利可以重新上架。") % {"number": listing.number})
        return redirect("patents:listing_mine")
    return _reason_page(request, listing, form, "withdraw")


@once
@require_http_methods(["GET", "POST"])
def listing_suspend(request: HttpRequest, number: str) -> HttpResponse:
    """Out of sight for a while, by the owner or by the office."""
    listing = queries.listing_for(request.user, number)
    rules.require(rules.listing_suspend, request.user, listing)
    form = ReasonForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        actions.listing_suspend(listing_id=listing.pk, actor=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("%(number)s 已暂停展示。") % {"number": listing.number})
        return redirect("patents:listing_detail", listing.number)
    return _reason_page(request, listing, form, "suspend")


@once
@require_http_methods(["GET", "POST"])
def listing_resume(request: HttpRequest, number: str) -> HttpResponse:
    """Back on the market."""
    listing = queries.listing_for(request.user, number)
    rules.require(rules.listing_resume, request.user, listing)
    form = ReasonForm(_sent(request), required=listing.suspended_by == SuspendedBy.OFFICE)
    if request.method == "POST" and form.is_valid():
        actions.listing_resume(listing_id=listing.pk, actor=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("%(number)s 已恢复展示。") % {"number": listing.number})
        return redirect("patents:listing_detail", listing.number)
    return _reason_page(request, listing, form, "resume")


def _own(request: HttpRequest, number: str) -> Listing:
    """The gate of the owner's pages: hidden is 404, seen but somebody else's is 403."""
    listing = queries.listing_for(request.user, number)
    rules.require(rules.listing_edit, request.user, listing)
    return listing


def _sent(request: HttpRequest) -> Any:
    """What a form is bound to: the data of a submit, even an empty one, or nothing."""
    return request.POST if request.method == "POST" else None


def _submit_form(request: HttpRequest, listing: Listing, data: Any = None) -> SubmitForm:
    fixed = listing.province if listing.public_version_id is not None else None
    code = listing.province_id or request.user.office_id or request.user.province_id
    return SubmitForm(data, offices=queries.offices(), fixed=fixed, initial={"province": code})


def _answers(request: HttpRequest, listing: Listing, draft: checks.Draft, form: SubmitForm) -> HttpResponse:
    context = {
        "listing": listing,
        "draft": draft,
        "version": draft.version,
        "offers": [shown.offer_row(row) for row in draft.forms],
        "consents": shown.consents(draft.version),
        "needs": [shown.need_row(row) for row in draft.requirements],
        "problems": checks.problems(draft),
        "verified": rules.is_verified(request.user),
        "review_days": settings.REVIEW_WORKING_DAYS,
        "form": form,
    }
    return render(request, "patents/listing_answers.html", context)


def _reason_page(request: HttpRequest, listing: Listing, form: ReasonForm, verb: str) -> HttpResponse:
    context = {"listing": listing, "form": form, "verb": verb, "is_draft": listing.state == ListingState.DRAFT}
    return render(request, "patents/listing_reason.html", context)
