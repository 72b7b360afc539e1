"""A listing as everybody reads it, and as its owner and its office do. Read next: ../queries.py."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from patents import queries, rules, shown, turns
from patents.models import Listing, ListingVersion
from patents.states import Form, ListingState, VersionState
from platform_site.regions.cities import city_name
from platform_site.regions.queries import overrides

POINTS = ("problem", "solution", "effect", "uses", "support")


@login_not_required
@require_safe
def listing_detail(request: HttpRequest, number: str) -> HttpResponse:
    """The page of a listing; a patent number in its place leads to the listing of that patent."""
    if not number.startswith("CN6-"):
        return _by_patent(number)
    listing = queries.listing_for(request.user, number)
    is_owner = rules.listing_edit(request.user, listing)
    version = _version_shown(listing, is_owner)
    if version is None:
        return redirect("patents:listing_edit", listing.number)
    is_office = not is_owner and listing.province_id in queries.reviewing_codes(request.user)
    insider = is_owner or is_office
    context = {**_public_part(request, listing, version, insider), "is_owner": is_owner, "is_office": is_office}
    if insider:
        context.update(_inside_part(listing, is_owner))
    return render(request, "patents/listing_detail.html", context)


def _by_patent(text: str) -> HttpResponse:
    """301 to the listing of this application number in any spelling; of a listing number in lower case to itself."""
    folded = text.strip().upper()
    if folded.startswith("CN6-") and folded != text:
        return redirect("patents:listing_detail", folded, permanent=True)
    listing = queries.listing_by_patent(text)
    if listing is None:
        raise Http404
    return redirect("patents:listing_detail", listing.number, permanent=True)


def _version_shown(listing: Listing, is_owner: bool) -> ListingVersion | None:
    """The public text; before there is one, what lies with the office. The owner of a draft goes to the task list instead."""
    if listing.public_version is not None:
        return listing.public_version
    latest = queries.latest_version(listing)
    if latest is None or latest.state != VersionState.EDITING:
        return latest
    return None if is_owner else queries.submitted_version(listing)


def _public_part(request: HttpRequest, listing: Listing, version: ListingVersion, insider: bool) -> dict[str, Any]:
    draft = queries.draft_of(version)
    english = get_language() == "en"
    open_files = [row for row in draft.attachments if insider or not row.for_office_only]
    return {
        "listing": listing,
        "version": version,
        "draft": draft,
        "facts": shown.key_facts(version, draft),
        "points": [shown.point(version, name) for name in POINTS if getattr(version, f"{name}_zh")],
        "chinese_only": english and not version.title_en,
        "offers": [shown.offer_row(row) for row in draft.forms],
        "not_offered": [form.label for form in Form if form.value not in {row.form for row in draft.forms}],
        "needs": [shown.need_row(row) for row in draft.requirements],
        "cells": shown.cells(draft.forms),
        "histories": [(patent, shown.history(patent)) for patent in draft.patents],
        "pictures": [row for row in open_files if row.file.is_image],
        "files": [row for row in open_files if not row.file.is_image],
        "place": city_name(draft.patents[0].city_code) if draft.patents else "",
        "approval": queries.approval_of(version),
        "page_url": request.build_absolute_uri(listing.get_absolute_url()),
        "on_market": listing.state == ListingState.PUBLISHED,
        "tone": turns.tone_of(listing),
    }


def _inside_part(listing: Listing, is_owner: bool) -> dict[str, Any]:
    """What the owner and the office see besides: whose turn it is, what is in work, what the office said."""
    work = queries.version_in_work(listing)
    review = queries.open_review(work) if work is not None else None
    return {
        "work": work,
        "editing": work is not None and work.state == VersionState.EDITING,
        "review": review,
        "returned": queries.returned_review(listing) if is_owner else None,
        "last": queries.last_judgement(listing) if listing.state == ListingState.REJECTED else None,
        "turn": turns.turn_of(listing, work, review, overrides()),
        "revisable": listing.state in (ListingState.PUBLISHED, ListingState.SUSPENDED),
        "suspendable": listing.state == ListingState.PUBLISHED,
        "resumable": listing.state == ListingState.SUSPENDED and listing.suspended_by_office != is_owner,
        "status_editable": listing.state in (ListingState.PUBLISHED, ListingState.SUSPENDED),
        "withdrawable": is_owner and not listing.is_over,
    }
