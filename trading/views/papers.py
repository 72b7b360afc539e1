"""The papers of an agreement, for its parties and, once filed, for the office. Read next: ../recordal_queries.py."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from platform_site.files import store
from platform_site.files.models import StoredFile
from trading import archives, offer_queries, recordal_queries
from trading.models import Agreement


@require_safe
def agreement_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The contract with every signature so far; while the worker is at it, a page that says so."""
    agreement = recordal_queries.contract_seen(request.user, pk)
    return _paper(request, agreement, agreement.paper if recordal_queries.paper_is_current(agreement) else None)


@require_safe
def agreement_form(request: HttpRequest, pk: int) -> HttpResponse:
    """The particulars for the national office; there are none before both have signed."""
    agreement, _is_officer = recordal_queries.agreement_seen(request.user, pk)
    if agreement.signed_at is None:
        raise Http404
    return _paper(request, agreement, agreement.form_paper)


@require_safe
def agreement_proof(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper of the national office."""
    agreement, _is_officer = recordal_queries.agreement_seen(request.user, pk)
    proof = recordal_queries.proof_of(agreement)
    if proof is None:
        raise Http404
    return store.serve(proof)


@require_safe
def agreement_archive(request: HttpRequest, pk: int) -> HttpResponse:
    """All of it in one file, the versions of the offer included: for the parties alone."""
    agreement = offer_queries.agreement_for(request.user, pk)
    answer = FileResponse(
        archives.archive(agreement), as_attachment=True, filename=archives.file_name(agreement),
        content_type="application/zip",
    )  # fmt: skip
    answer["Cache-Control"] = "private, no-store"
    return answer


def _paper(request: HttpRequest, agreement: Agreement, paper: StoredFile | None) -> HttpResponse:
    if paper is not None:
        return store.serve(paper)
    return render(request, "trading/agreement_paper.html", {"agreement": agreement}, status=202)
