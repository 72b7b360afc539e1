"""The steps of the wizard, one page each, saved one by one. Read next: ../forms/listing.py."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from patents import checks, queries, rules
from patents.actions import listings as actions
from patents.forms.listing import (
    AttachmentForm,
    DescriptionForm,
    OffersForm,
    OwnershipForm,
    requirement_forms,
    requirement_rows,
)
from patents.forms.patent import PatentForm
from patents.models import Listing, Patent
from patents.states import VersionState
from platform_site.accounts.queries import organisation_of
from platform_site.errors import Conflict
from platform_site.outbox.once import once


@once
@require_http_methods(["GET", "POST"])
def listing_step(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """One step of the draft; a blocked or unknown one is not there."""
    if step not in _PAGES:
        raise Http404
    listing = queries.listing_for(request.user, number)
    rules.require(rules.listing_edit, request.user, listing)
    version = queries.version_in_work(listing)
    if version is None or version.state != VersionState.EDITING:
        return redirect("patents:listing_detail", listing.number)
    draft = queries.draft_of(version)
    before = checks.WAITS_FOR.get(step)
    if before and not checks.is_done(before, draft):
        return redirect("patents:listing_step", listing.number, before)
    return _PAGES[step](request, listing, draft)


@once
@require_POST
def patent_remove(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Take a patent out of the bundle."""
    listing = queries.listing_for(request.user, number)
    actions.patent_detach(listing_id=listing.pk, actor=request.user, patent_id=pk)
    return redirect("patents:listing_step", listing.number, "patent")


def _patent(request: HttpRequest, listing: Listing, draft: checks.Draft) -> HttpResponse:
    asked = request.POST.get("patent") or request.GET.get("patent") or ""
    patent = _patent_asked(request, draft, asked)
    fixed = listing.public_version_id is not None
    form = None
    if not fixed and (asked or not draft.patents):
        form = PatentForm(_sent(request), patent=patent)
    if (
        form is not None
        and request.method == "POST"
        and form.is_valid()
        and _attach(request, listing, form, patent, draft)
    ):
        return redirect("patents:listing_edit", listing.number)
    earlier = [] if fixed or draft.patents else list(queries.own_patents(request.user)[:20])
    extra = {"form": form, "patent": patent, "fixed": fixed, "earlier": earlier, "most": checks.MOST_PATENTS}
    return _page(request, "patent", listing, draft, extra)


def _patent_asked(request: HttpRequest, draft: checks.Draft, asked: str) -> Patent | None:
    """A patent of the bundle, or one of the member's own that is free; None for a new one."""
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        return None
    bundled = next((patent for patent in draft.patents if patent.pk == int(asked)), None)
    return bundled or queries.own_patents(request.user).filter(pk=int(asked)).first()


def _attach(
    request: HttpRequest, listing: Listing, form: PatentForm, patent: Patent | None, draft: checks.Draft
) -> bool:
    """Write; a refusal is shown beside the number, with everything that was typed."""
    bundled = patent is not None and any(one.pk == patent.pk for one in draft.patents)
    try:
        actions.patent_attach(
            listing_id=listing.pk,
            actor=request.user,
            facts=form.cleaned_data["facts"],
            replaces=patent.pk if bundled and patent else None,
        )
    except Conflict as refused:
        form.add_error("number", f"{refused.reason}{refused.advice}")
        return False
    return True


def _ownership(request: HttpRequest, listing: Listing, draft: checks.Draft) -> HttpResponse:
    organisation = organisation_of(request.user)
    initial = {
        "on_behalf": "organisation" if listing.organisation_id and organisation else "self",
        "co_owned": [str(patent.pk) for patent in draft.patents if patent.co_owned],
        "consent_stated": draft.version.consent_stated,
    }
    form = OwnershipForm(
        _sent(request), patents=draft.patents, organisation=organisation, initial=initial,
        fixed=listing.public_version_id is not None,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        return _save(request, listing, "ownership", form.values())
    return _page(request, "ownership", listing, draft, {"form": form})


def _description(request: HttpRequest, listing: Listing, draft: checks.Draft) -> HttpResponse:
    form = DescriptionForm.of(draft.version, draft.patents, _sent(request))
    if request.method == "POST" and form.is_valid():
        return _save(request, listing, "description", form.cleaned_data)
    return _page(request, "description", listing, draft, {"form": form})


def _forms(request: HttpRequest, listing: Listing, draft: checks.Draft) -> HttpResponse:
    offers = OffersForm(draft, _sent(request))
    if request.method == "POST" and offers.is_valid():
        return _save(request, listing, "forms", {"rows": offers.rows})
    return _page(request, "forms", listing, draft, {"form": offers, "offers": offers.forms})


def _requirements(request: HttpRequest, listing: Listing, draft: checks.Draft) -> HttpResponse:
    formset = requirement_forms(draft.requirements, _sent(request))
    if request.method == "POST" and formset.is_valid():
        answer = _save(request, listing, "requirements", {"rows": requirement_rows(formset)})
        return redirect("patents:listing_step", listing.number, "requirements") if "more" in request.POST else answer
    return _page(request, "requirements", listing, draft, {"form": formset, "needs": formset.forms, "formset": formset})


def _files(request: HttpRequest, listing: Listing, draft: checks.Draft) -> HttpResponse:
    if request.method == "POST" and "done" in request.POST:
        return _save(request, listing, "files", {})
    form = AttachmentForm(_sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.attachment_add(listing_id=listing.pk, actor=request.user, **form.cleaned_data)
            return redirect("patents:listing_step", listing.number, "files")
        except (Conflict, ValidationError) as refused:
            form.add_error(
                "upload", getattr(refused, "messages", None) or str(getattr(refused, "reason", _("这个文件不能上传。")))
            )
    return _page(request, "files", listing, draft, {"form": form, "most": checks.MOST_FILES})


def _sent(request: HttpRequest) -> Any:
    """What a form is bound to: the data of a submit, even an empty one, or nothing."""
    return request.POST if request.method == "POST" else None


def _save(request: HttpRequest, listing: Listing, step: str, values: dict[str, Any]) -> HttpResponse:
    actions.version_save(listing_id=listing.pk, actor=request.user, step=step, values=values)
    return redirect("patents:listing_edit", listing.number)


def _page(
    request: HttpRequest, step: str, listing: Listing, draft: checks.Draft, extra: dict[str, Any]
) -> HttpResponse:
    place = list(checks.STEPS).index(step) + 1
    context = {
        "listing": listing, "draft": draft, "version": draft.version, "step": step, "title": checks.STEPS[step],
        "place": place, "places": len(checks.STEPS),
    }  # fmt: skip
    return render(request, f"patents/listing_step_{step}.html", {**context, **extra})


_PAGES = {
    "patent": _patent,
    "ownership": _ownership,
    "description": _description,
    "forms": _forms,
    "requirements": _requirements,
    "files": _files,
}
