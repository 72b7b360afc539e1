"""The rights ledger as everybody reads it, and the officers' list of it. Read next: right_entries.py, ../rights_page.py."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from patents import exports, queries, rights_page, rights_queries
from patents.forms.rights import DayForm
from patents.numbers import canonical_of
from patents.twin_queries import disclosures
from platform_site import clock
from platform_site.files.store import serve
from platform_site.ui.pagination import paged


@login_not_required
@require_safe
def right_detail(request: HttpRequest, number: str) -> HttpResponse:
    """What is free of a patent today or on a chosen day, and why the rest is not; the same as JSON."""
    canonical = canonical_of(number) or number
    if canonical != number:
        query = request.GET.urlencode()
        address = reverse("patents:right_detail", args=[canonical]) + (f"?{query}" if query else "")
        return redirect(address, permanent=True)
    patent, keeps = rights_queries.patent_to_read(request.user, canonical)
    form = DayForm({"on": request.GET.get("on") or clock.today().isoformat()})
    if request.GET.get("format") == "json":
        if not form.is_valid():
            return exports.refusal({"on": " ".join(str(words) for words in form.errors["on"])})
        return exports.json_answer(request, rights_page.as_data(rights_page.snapshot(patent, form.day)))
    seen = rights_page.snapshot(patent, form.day)
    context = rights_page.context(seen, keeps=keeps)
    context |= {"form": form, "listing": queries.listing_by_patent(canonical), "pairs": disclosures([patent])}
    return render(request, "patents/right_detail.html", context)


@require_safe
def right_list(request: HttpRequest) -> HttpResponse:
    """Patents of the officer's provinces with something in their ledger; a number leads to the patent that bears it."""
    provinces = rights_queries.keeping_provinces(request.user)
    typed = request.GET.get("q", "").strip()[:60]
    found, window = paged(request, rights_queries.patents_kept(provinces, typed))
    if typed and len(found) == 1:
        return redirect("patents:right_detail", found[0].application_number)
    context = {"provinces": provinces, "typed": typed, "patents": found, "window": window}
    return render(request, "patents/right_list.html", context)


@require_safe
def right_proof(request: HttpRequest, entry: str, pk: int) -> HttpResponse:
    """The paper behind an entry, for the officers who keep that ledger."""
    return serve(rights_queries.proof_for(request.user, entry, pk))
