"""Needs: the public list and page, and what their owners do with them. Read next: need_matching.py, need_reviews.py, need_proposals.py."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from patents.forms.listing import ReasonForm, requirement_forms, requirement_rows
from platform_site.accounts.rules import is_verified, require
from platform_site.outbox.once import once
from platform_site.regions.queries import overrides, provinces
from platform_site.ui.pagination import paged
from trading import need_queries as queries
from trading import need_rules as rules
from trading import need_shown as shown
from trading.actions import needs as actions
from trading.forms.needs import NeedForm, NeedSubmitForm
from trading.models import TechnologyNeed
from trading.need_filters import SORTS, NeedFilter
from trading.states import NEED_MOVES, NeedState


@login_not_required
@require_safe
def need_list(request: HttpRequest) -> HttpResponse:
    """Open needs, with words and filters; the number of a need leads to it."""
    filters = NeedFilter.of(request.GET)
    named = queries.need_named(filters.search.words)
    if named is not None:
        return redirect(named)
    found, window = paged(request, queries.needs_open(filters.search))
    context = {
        "filters": filters,
        "search": filters.search,
        "rows": [shown.item(need) for need in found],
        "window": window,
        "is_filtered": bool(filters.data),
        **shown.list_controls(request, filters, SORTS),
    }
    return render(request, "trading/need_list.html", context)


@login_not_required
@require_safe
def need_detail(request: HttpRequest, number: str) -> HttpResponse:
    return _detail(request, queries.need_for(request.user, number))


@require_http_methods(["GET", "HEAD", "POST"])
@once
def need_create(request: HttpRequest) -> HttpResponse:
    """One page; what is valid becomes a draft with a number."""
    form, conditions = NeedForm(_sent(request)), requirement_forms([], _sent(request))
    if request.method == "POST" and _both_valid(form, conditions):
        need = actions.need_create(
            actor=request.user, values=form.cleaned_data, conditions=requirement_rows(conditions)
        )
        messages.success(request, _("草稿 %(number)s 已保存，可以提交审核。") % {"number": need.number})
        return redirect(need)
    return _edit_page(request, None, form, conditions)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def need_save(request: HttpRequest, number: str) -> HttpResponse:
    need = _own(request, number)
    form = NeedForm.of(need, _sent(request))
    conditions = requirement_forms(list(need.conditions.all()), _sent(request))
    if request.method == "POST" and _both_valid(form, conditions):
        rows = requirement_rows(conditions)
        actions.need_save(need_id=need.pk, actor=request.user, values=form.cleaned_data, conditions=rows)
        messages.success(request, _("已保存。"))
        return redirect(need)
    if not need.is_editable:
        return redirect(need)
    return _edit_page(request, need, form, conditions)


@require_safe
def need_mine(request: HttpRequest) -> HttpResponse:
    """The member's own needs, each with its state and what is next."""
    found, window = paged(request, queries.needs_of(request.user))
    corrections = overrides()
    rows = [shown.own_row(need, corrections) for need in found]
    return render(request, "trading/need_mine.html", {"rows": rows, "window": window})


@require_POST
@once
def need_submit(request: HttpRequest, number: str) -> HttpResponse:
    need = _own(request, number)
    form = _submit_form(request, need, request.POST)
    if need.is_editable and not form.is_valid():
        return _detail(request, need, form)
    code = form.cleaned_data["province"] if form.is_valid() else ""
    actions.need_submit(need_id=need.pk, actor=request.user, province_code=code or need.province_id or "")
    messages.success(request, _("已提交审核，结果会通知您。"))
    return redirect(need)


@require_POST
@once
def need_copy(request: HttpRequest, number: str) -> HttpResponse:
    need = actions.need_copy(need_id=_own(request, number).pk, actor=request.user)
    messages.success(request, _("已复制为新的草稿 %(number)s。") % {"number": need.number})
    return redirect("trading:need_save", need.number)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def need_withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """For good; what was public needs a reason."""
    need = _own(request, number)
    form = ReasonForm(_sent(request), required=need.state == NeedState.PUBLISHED)
    if request.method == "POST" and form.is_valid():
        actions.need_withdraw(need_id=need.pk, actor=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("%(number)s 已撤回。") % {"number": need.number})
        return redirect("trading:need_mine")
    return render(request, "trading/need_close.html", {"need": need, "form": form, "verb": "withdraw"})


@require_http_methods(["GET", "HEAD", "POST"])
@once
def need_meet(request: HttpRequest, number: str) -> HttpResponse:
    """It was met, here or elsewhere; how is said to whoever proposed, if the owner likes."""
    need = _own(request, number)
    form = ReasonForm(_sent(request), required=False)
    form.fields["reason"].label = _("怎样解决的（可以不填，会公开显示）")
    if request.method == "POST" and form.is_valid():
        actions.need_meet(need_id=need.pk, actor=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("%(number)s 已标为已解决。") % {"number": need.number})
        return redirect(need)
    return render(request, "trading/need_close.html", {"need": need, "form": form, "verb": "meet"})


# ---- what the views share


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _own(request: HttpRequest, number: str) -> TechnologyNeed:
    """The gate of the owner's pages: hidden is 404, seen but somebody else's is 403."""
    need = queries.need_for(request.user, number)
    require(rules.need_edit, request.user, need)
    return need


def _both_valid(form: NeedForm, conditions: Any) -> bool:
    """Both are asked, so that every error of the page is shown at once."""
    return all([form.is_valid(), conditions.is_valid()])


def _edit_page(request: HttpRequest, need: TechnologyNeed | None, form: NeedForm, conditions: Any) -> HttpResponse:
    context = {
        "need": need,
        "form": form,
        "formset": conditions,
        "parts": [form, *conditions.forms],
        "english_open": any(field.value() or field.errors for field in form.english()),
    }
    return render(request, "trading/need_edit.html", context)


def _submit_form(request: HttpRequest, need: TechnologyNeed, data: Any = None) -> NeedSubmitForm:
    code = need.province_id or request.user.office_id or request.user.province_id
    return NeedSubmitForm(data, offices=provinces(), initial={"province": code})


def _detail(request: HttpRequest, need: TechnologyNeed, form: NeedSubmitForm | None = None) -> HttpResponse:
    is_owner = request.user.is_authenticated and need.owner_id == request.user.pk
    context = {**shown.detail(need), "is_owner": is_owner, "is_open": shown.is_open(need)}
    if is_owner:
        context |= {
            "is_over": not NEED_MOVES[NeedState(need.state)],
            "judgement": queries.last_judgement(need),
            "review": queries.open_review(need),
            "review_days": settings.REVIEW_WORKING_DAYS,
            "proposals": queries.proposals_to(need).count(),
        }
    if is_owner and need.is_editable:
        context |= {"form": form or _submit_form(request, need), "verified": is_verified(request.user)}
    return render(request, "trading/need_detail.html", context)
