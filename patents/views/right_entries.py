"""What officers of the provinces that keep a ledger enter into it, end and correct. Read next: ../actions/rights.py, ../forms/rights.py."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from patents import ledger_words, rights_queries, rules
from patents.actions import encumbrances, rights, titles
from patents.forms.rights import (
    AnnulForm,
    ConsentForm,
    EncumbranceEntryForm,
    EndForm,
    GrantEntryForm,
    SourcedForm,
    TitleEntryForm,
)
from patents.ledger_queries import book_of, offices_of
from patents.models import Encumbrance, Grant, Patent
from patents.numbers import canonical_of
from platform_site.errors import Conflict
from platform_site.files import store
from platform_site.outbox.once import once


@once
@require_http_methods(["GET", "POST"])
def grant_record(request: HttpRequest, number: str) -> HttpResponse:
    """A licence granted elsewhere."""
    patent = _to_keep(request, number)
    form = GrantEntryForm(*_sent(request), book=book_of(patent))

    def enter() -> None:
        evidence = form.evidence(_proof(request, form))
        rights.grant_record(patent_id=patent.pk, actor=request.user, terms=form.terms(), evidence=evidence)

    if _done(form, enter):
        return _back(request, patent, _("许可已登记，检索和地图随之更新。"))
    return _page(request, patent, form, heading=_("登记一项许可"))


@once
@require_http_methods(["GET", "POST"])
def grant_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """The right entry in place of a wrong one."""
    wrong = _grant(request, pk)
    form = GrantEntryForm(*_sent(request), book=book_of(wrong.patent), wrong=wrong)

    def enter() -> None:
        evidence = form.evidence(_proof(request, form) or wrong.proof)
        rights.grant_correct(grant_id=pk, actor=request.user, terms=form.terms(), evidence=evidence)

    if _done(form, enter):
        return _back(request, wrong.patent, _("已更正；原来的记录划去，仍可查看。"))
    return _page(request, wrong.patent, form, heading=_("更正这项许可"), row=wrong)


@once
@require_http_methods(["GET", "POST"])
def grant_end(request: HttpRequest, pk: int) -> HttpResponse:
    """A licence that ended before its time."""
    grant = _grant(request, pk)
    form = EndForm(_sent(request)[0], row=grant)
    if _done(form, lambda: rights.grant_end(grant_id=pk, actor=request.user, **form.cleaned_data)):
        return _back(request, grant.patent, _("许可已终止，权利自该日起重新可用。"))
    return _page(request, grant.patent, form, heading=_("终止这项许可"), row=grant)


@once
@require_http_methods(["GET", "POST"])
def grant_annul(request: HttpRequest, pk: int) -> HttpResponse:
    """An entry that should not be there at all."""
    grant = _grant(request, pk)
    form = AnnulForm(_sent(request)[0])
    if _done(form, lambda: rights.grant_annul(grant_id=pk, actor=request.user, **form.cleaned_data)):
        return _back(request, grant.patent, _("记录已撤销，仍可查看。"))
    return _page(request, grant.patent, form, heading=_("撤销这条记录"), row=grant)


@once
@require_http_methods(["GET", "POST"])
def title_register(request: HttpRequest, number: str) -> HttpResponse:
    """An assignment that the national office has registered."""
    patent = _to_keep(request, number)
    form = TitleEntryForm(*_sent(request), book=book_of(patent))

    def enter() -> None:
        titles.title_register(patent_id=patent.pk, actor=request.user, **form.facts(_proof(request, form)))

    if _done(form, enter):
        return _back(request, patent, _("转让已登记；原权利人的技术随之成交下架。"))
    return _page(request, patent, form, heading=_("登记转让"))


@once
@require_http_methods(["GET", "POST"])
def encumbrance_record(request: HttpRequest, number: str) -> HttpResponse:
    """A pledge, a freeze, a declaration, a signed assignment, an option."""
    patent = _to_keep(request, number)
    form = EncumbranceEntryForm(*_sent(request))

    def enter() -> None:
        facts = form.facts(_proof(request, form))
        encumbrances.encumbrance_record(patent_id=patent.pk, actor=request.user, **facts)

    if _done(form, enter):
        return _back(request, patent, _("已登记，检索和地图随之更新。"))
    return _page(request, patent, form, heading=_("登记质押、保全、声明等"))


@once
@require_http_methods(["GET", "POST"])
def encumbrance_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Released, lifted, withdrawn."""
    row = _encumbrance(request, pk)
    form = EndForm(_sent(request)[0], row=row)
    if _done(form, lambda: encumbrances.encumbrance_end(encumbrance_id=pk, actor=request.user, **form.cleaned_data)):
        return _back(request, row.patent, _("已解除。"))
    return _page(request, row.patent, form, heading=_("解除这一项"), row=row)


@once
@require_http_methods(["GET", "POST"])
def encumbrance_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Which rights the pledgee or holder lets pass in general."""
    row = _encumbrance(request, pk)
    form = ConsentForm(_sent(request)[0], initial={"consents": row.consents})
    if _done(
        form, lambda: encumbrances.encumbrance_consent(encumbrance_id=pk, actor=request.user, **form.cleaned_data)
    ):
        return _back(request, row.patent, _("同意的事项已更新。"))
    return _page(request, row.patent, form, heading=_("登记同意的事项"), row=row)


# ---- what the views share


def _to_keep(request: HttpRequest, number: str) -> Patent:
    """The gate: hidden is 404, seen but another office's is 403."""
    patent = rights_queries.patent_for(request.user, canonical_of(number) or number)
    rules.require(rules.right_record, request.user, offices_of(patent))
    return patent


def _grant(request: HttpRequest, pk: int) -> Grant:
    grant = rights_queries.grant_for(request.user, pk)
    rules.require(rules.right_record, request.user, offices_of(grant.patent))
    return grant


def _encumbrance(request: HttpRequest, pk: int) -> Encumbrance:
    row = rights_queries.encumbrance_for(request.user, pk)
    rules.require(rules.right_record, request.user, offices_of(row.patent))
    return row


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is bound to: the data and files of a submit, or nothing."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _proof(request: HttpRequest, form: SourcedForm) -> Any:
    upload = form.cleaned_data["proof"]
    return store.store(upload=upload, owner=request.user) if upload else None


def _done(form: Form, enter: Callable[[], Any]) -> bool:
    """Enter what was sent; a refusal of the ledger stands at the top of the form, and nothing is kept of it, the proof included."""
    if not form.is_valid():
        return False
    try:
        with transaction.atomic():
            enter()
    except Conflict as refused:
        form.add_error(None, f"{refused.reason}{refused.advice}")
        return False
    return True


def _back(request: HttpRequest, patent: Patent, say: str) -> HttpResponseRedirect:
    messages.success(request, say)
    return redirect("patents:right_detail", patent.application_number)


def _page(request: HttpRequest, patent: Patent, form: Form, *, heading: str, row: Any = None) -> HttpResponse:
    context = {
        "patent": patent,
        "form": form,
        "heading": heading,
        "row_words": ledger_words.described(row) if row is not None else "",
        "wide": isinstance(form, GrantEntryForm),
        "cancel": reverse("patents:right_detail", args=[patent.application_number]),
    }
    return render(request, "patents/right_entry.html", context)
