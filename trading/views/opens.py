"""Open licences for everybody: the list, one declaration, taking it, the receipt; declared and withdrawn by the owner.

Every view begins at the gate, and only then asks for the password again. Read next: open_queue.py, ../open_queries.py.
"""

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required as require_fresh_proof
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from patents.models import Listing, Patent
from platform_site.accounts.rules import require
from platform_site.errors import Conflict
from platform_site.files import store
from platform_site.outbox.once import once
from platform_site.regions.queries import provinces
from platform_site.ui.pagination import paged
from trading import open_queries, rules
from trading.actions import opens
from trading.forms.offers import DigestForm
from trading.forms.opens import DeclareForm, WithdrawForm
from trading.models import OpenDeclaration

from . import opens_shown as shown

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@require_safe
def open_list(request: HttpRequest) -> HttpResponse:
    """Declarations that can be taken now, by words and province; a number leads to the one that bears it."""
    typed = request.GET.get("q", "").strip().replace("\x00", "")[:100]
    named = open_queries.standing_named(typed)
    if named is not None:
        return redirect(named)
    offices = provinces()
    province = next((one.code for one in offices if one.code == request.GET.get("province")), "")
    found, window = paged(request, open_queries.standing_found(typed, province))
    context = {"rows": [shown.row(one) for one in found], "window": window, "typed": typed, "province": province}
    context["keep"] = [("province", province)] if province else []
    context["segments"] = shown.province_filter(request.path, typed, province, offices)
    return render(request, "trading/open_list.html", context)


@login_not_required
@require_safe
def open_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One declaration: public once announced; before that its owner's and its office's."""
    declaration = open_queries.declaration_for(request.user, pk)
    is_owner = declaration.made_by_id == request.user.pk
    is_office = not is_owner and rules.open_declaration_announce(request.user, declaration)
    context = shown.page(declaration, is_owner=is_owner, is_office=is_office)
    context["mine"] = open_queries.taking_of(request.user, declaration)
    return render(request, "trading/open_detail.html", context)


@read_or_post
@once
def open_declare(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The conditions of the law, and the form; where a declaration waits or holds already, its page."""
    listing, patent = open_queries.listing_and_patent(request.user, number, pk)
    require(rules.open_declare, request.user, listing)
    case = open_queries.case_of(request.user, listing, patent)
    checks = shown.checklist(case)
    standing = open_queries.alive_of(patent)
    if standing is not None and request.method != "POST":
        return redirect(standing)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = DeclareForm(*sent, asked=frozenset(one.key for one in checks))
    status = 200
    if form.is_bound and form.is_valid():
        try:
            declaration = _declare(request, listing, patent, form)
            messages.success(request, _("声明已提交省知识产权局，待国家知识产权局公告后生效。"))
            return redirect(declaration)
        except Conflict as refused:
            form.add_error(None, f"{refused.reason}{refused.advice}")
            status = refused.status
    context = {"listing": listing, "patent": patent, "form": form, **shown.conditions(checks)}
    return render(request, "trading/open_declare.html", context, status=status)


@read_or_post
@once
def open_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    declaration = open_queries.declaration_for(request.user, pk)
    require(rules.open_withdraw, request.user, declaration)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        opens.open_withdraw(declaration_id=pk, actor=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("声明已撤回。此前已取得的开放许可不受影响。"))
        return redirect(declaration)
    context = shown.page(declaration, is_owner=True) | {"form": form}
    return render(request, "trading/open_withdraw.html", context)


@read_or_post
@once
def open_take(request: HttpRequest, pk: int) -> HttpResponse:
    """All the terms with the fee and their digest, after a fresh password or second factor; taking binds at once."""
    declaration = open_queries.declaration_for(request.user, pk)
    require(rules.open_take, request.user, declaration)
    require_fresh_proof(request, app="trading")
    terms = shown.terms_today(declaration)
    form = DigestForm(request.POST if request.method == "POST" else None, initial={"digest": terms["digest"]})
    if form.is_bound and form.is_valid():
        agreement = opens.open_take(declaration_id=pk, actor=request.user, digest=form.cleaned_data["digest"])
        messages.success(request, _("已取得开放许可，权利已登入台账。请按凭据支付使用费。"))
        return redirect("trading:open_receipt", agreement.pk)
    context = shown.page(declaration) | terms | {"form": form}
    context["mine"] = open_queries.taking_of(request.user, declaration)
    return render(request, "trading/open_take.html", context)


@require_safe
def open_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """What the taker shows: number, parties, terms, what is to be paid and until when."""
    agreement = open_queries.receipt_for(request.user, pk)
    return render(request, "trading/open_receipt.html", shown.receipt(agreement, request.user))


def _declare(request: HttpRequest, listing: Listing, patent: Patent, form: DeclareForm) -> OpenDeclaration:
    """The report is kept with the declaration or not at all."""
    upload = form.cleaned_data.get("report")
    with transaction.atomic():
        report = store.store(upload=upload, owner=request.user) if upload else None
        return opens.open_declare(
            listing_id=listing.pk, patent_id=patent.pk, actor=request.user, declared=form.declared(),
            brought=form.brought(report),
        )  # fmt: skip
