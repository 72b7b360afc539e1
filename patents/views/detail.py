"""A listing as everybody reads it, and as its owner and its office do. Read next: ../queries.py."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from patents import (
    checks,
    ledger,
    page_views,
    posting_queries,
    queries,
    rules,
    shown,
    status_queries,
    status_shown,
    turns,
    twin_queries,
    view_queries,
)
from patents.ledger_queries import availability_of
from patents.models import Listing, ListingVersion, Patent, Review
from patents.states import IN_WORK, SHOWN, Form, ListingState, SuspendedBy, VersionState
from platform_site.regions.cities import city_name
from platform_site.regions.queries import overrides

POINTS = ("problem", "solution", "effect", "uses", "support")


@login_not_required
@require_safe
def listing_detail(request: HttpRequest, number: str) -> HttpResponse:
    """The page of a listing; a patent number in its place leads to the listing of that patent."""
    if not number.startswith("CN6-"):
        return _by_patent(number)
    listing, is_office = queries.listing_with_office(request.user, number)
    is_owner = rules.listing_edit(request.user, listing)
    version = _version_shown(listing, is_owner)
    if version is None:
        return redirect("patents:listing_edit", listing.number)
    insider = is_owner or is_office
    if listing.public_version_id is not None:
        page_views.note(request, listing, insider=insider)
    days = overrides()
    judged = queries.judgements_of(listing)
    context = {**_public_part(request, listing, version, insider, days), "is_owner": is_owner, "is_office": is_office}
    context["approval"] = queries.approval_of(version, judged)
    if insider:
        context.update(_inside_part(listing, version, is_owner, days, judged))
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


def _public_part(
    request: HttpRequest, listing: Listing, version: ListingVersion, insider: bool, days: Mapping[date, bool]
) -> dict[str, Any]:
    draft = queries.draft_of(version)
    english = get_language() == "en"
    return {
        "listing": listing,
        "version": version,
        "draft": draft,
        "facts": shown.key_facts(version, draft),
        "points": [shown.point(version, name) for name in POINTS if getattr(version, f"{name}_zh")],
        "chinese_only": english and not version.title_en,
        **_offers(listing, draft),
        **_papers(draft, insider),
        "needs": [shown.need_row(row) for row in draft.requirements],
        "pairs": twin_queries.disclosures(draft.patents),
        "postings": posting_queries.shown_of(listing),
        "histories": _histories(draft.patents, status_shown.day_asked(request.GET.get("on")), days),
        "place": city_name(draft.patents[0].city_code) if draft.patents else "",
        "page_url": request.build_absolute_uri(listing.get_absolute_url()),
        "on_market": listing.state == ListingState.PUBLISHED,
        "tone": turns.tone_of(listing),
    }


def _offers(listing: Listing, draft: checks.Draft) -> dict[str, Any]:
    """What is on offer today, what of the text rests for the legal status, and where it is free."""
    forms = checks.offered_now(draft.forms, draft.patents) if listing.state in SHOWN else draft.forms
    free = list(availability_of(draft.patents).values())
    return {
        "offers": [shown.offer_row(row, free) for row in forms],
        "resting": shown.resting_words(draft.forms, forms),
        "not_offered": [form.label for form in Form if form.value not in {row.form for row in forms}],
        "cells": ledger.strip([(row.form, row.provinces) for row in forms], free),
    }


def _papers(draft: checks.Draft, insider: bool) -> dict[str, Any]:
    open_files = [row for row in draft.attachments if insider or not row.for_office_only]
    return {
        "pictures": [row for row in open_files if row.file.is_image],
        "files": [row for row in open_files if not row.file.is_image],
    }


def _histories(patents: Sequence[Patent], on: date | None, days: Mapping[date, bool]) -> list[tuple[Any, ...]]:
    """Each patent with its history on the day asked for, its annuities and its deadlines: one query for all."""
    events = status_queries.events_of([patent.pk for patent in patents])
    return [
        (
            patent,
            status_shown.status_history(patent, events[patent.pk], on),
            status_shown.annuity_table(patent, events[patent.pk], overrides=days),
            status_shown.deadline_rows(patent, events[patent.pk], days),
        )
        for patent in patents
    ]


def _inside_part(
    listing: Listing, version: ListingVersion, is_owner: bool, days: Mapping[date, bool], judged: Sequence[Review]
) -> dict[str, Any]:
    """What the owner and the office see besides: whose turn it is, what is in work, what the office said."""
    work = version if version.state in IN_WORK else queries.version_in_work(listing)
    review = next((one for one in judged if work is not None and one.version_id == work.pk and not one.decision), None)
    return {
        "work": work,
        "editing": work is not None and work.state == VersionState.EDITING,
        "review": review,
        "returned": queries.returned_review(judged) if is_owner else None,
        "last": next((one for one in judged if one.decision), None) if listing.state == ListingState.REJECTED else None,
        "turn": turns.turn_of(listing, work, review, days),
        "revisable": listing.state in (ListingState.PUBLISHED, ListingState.SUSPENDED),
        "suspendable": listing.state == ListingState.PUBLISHED,
        "resumable": listing.state == ListingState.SUSPENDED
        and listing.suspended_by == (SuspendedBy.OWNER if is_owner else SuspendedBy.OFFICE),
        "status_editable": listing.state in (ListingState.PUBLISHED, ListingState.SUSPENDED),
        "withdrawable": is_owner and not listing.is_over,
        "price_postable": is_owner and rules.posting_create(listing.owner, listing),
        "views": view_queries.views_shown(listing.pk) if is_owner and listing.published_at else None,
    }
