"""Preferential policies: the public list, one policy with its history, and the editor of a province's officers. Read next: ../actions/policies.py."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance import policy_files, policy_rules, policy_shown
from governance import policy_queries as queries
from governance.actions import policies
from governance.forms.policies import EndForm, PolicyFilter
from governance.views.policy_editor import Editor
from platform_site import clock
from platform_site.accounts.rules import require
from platform_site.errors import NotAllowed
from platform_site.outbox.once import once
from platform_site.ui.acting import acted, posted
from platform_site.ui.pagination import paged

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@require_safe
def policy_list(request: HttpRequest) -> HttpResponse:
    """What is in force on a day, in six provinces; as JSON and CSV too."""
    filters = PolicyFilter.of(request.GET)
    search = filters.search
    rows = queries.found(search)
    if request.GET.get("format") == "csv":
        return policy_files.as_csv(rows)
    found, window = paged(request, rows)
    if request.GET.get("format") == "json":
        data = {
            "as_of": search.day.isoformat(),
            "count": rows.count(),
            "page": window.page,
            "next": window.next_url or None,
        }
        return JsonResponse({**data, "results": [policy_files.as_data(one) for one in found]})
    kept = queries.kept_by(request.user)
    context = {
        **policy_shown.list_page(search, queries.facets(search), request.GET), "filters": filters, "window": window,
        "rows": policy_shown.rows(found, search.day), "keeps": bool(kept),
        "drafts": policy_shown.rows(queries.drafts_of(kept), search.day) if kept else [],
    }  # fmt: skip
    return render(request, "governance/policy_list.html", context)


@login_not_required
@require_safe
def policy_detail(request: HttpRequest, pk: int) -> HttpResponse:
    policy, versions = queries.policy_for(request.user, pk)
    typed = request.GET.get("version", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else None
    used = queries.used_of([one.pk for one in versions])
    context = policy_shown.page(policy, versions, number, clock.today(), used)
    keeps = policy_rules.policy_keep(request.user, policy.province_id)
    return render(request, "governance/policy_detail.html", {**context, "keeps": keeps})


@read_or_post
@once
def policy_create(request: HttpRequest) -> HttpResponse:
    """A new policy of a province whose policies one keeps."""
    codes = queries.kept_by(request.user)
    if not codes:
        raise NotAllowed(_("政策由各省知识产权局的工作人员维护。"))
    editor = Editor(request, codes=codes)
    if editor.is_to_be_saved():
        made = editor.tried(
            lambda values, head: policies.policy_create(
                actor=request.user, code=head["province"], kind=head["kind"], values=values
            )
        )
        if made is not None:
            messages.success(request, _("草稿已保存。核对两种文字的语句和示例后公布。"))
            return redirect("policies:policy_publish", made.pk)
    return editor.page(_("起草政策"))


@read_or_post
@once
def version_save(request: HttpRequest, pk: int) -> HttpResponse:
    version = queries.version_for(request.user, pk)
    require(policy_rules.version_save, request.user, version, _("政策由本省知识产权局的工作人员维护。"))
    editor = Editor(request, version=version)
    if editor.is_to_be_saved():
        saved = editor.tried(
            lambda values, _head: policies.version_save(version_id=pk, actor=request.user, values=values)
        )
        if saved is not None:
            messages.success(request, _("草稿已保存。核对两种文字的语句和示例后公布。"))
            return redirect("policies:policy_publish", pk)
    return editor.page(_("修改草稿"))


@require_POST
@once
def version_begin(request: HttpRequest, pk: int) -> HttpResponse:
    policy, _versions = queries.policy_for(request.user, pk)
    version = policies.version_begin(policy_id=policy.pk, actor=request.user)
    messages.success(request, _("已按最近一版起草新版。"))
    return redirect("policies:version_save", version.pk)


@read_or_post
@once
def policy_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """The sentence in both languages and the examples, then the press of the button."""
    version = queries.version_for(request.user, pk)
    require(policy_rules.policy_publish, request.user, version, _("政策由本省知识产权局的工作人员维护。"))
    if request.method == "POST":
        policies.policy_publish(version_id=pk, actor=request.user)
        messages.success(request, _("政策已公布，权益测算和同等待遇随之更新。"))
        return redirect(version.policy)
    code = version.policy.province_id
    context: dict[str, Any] = {
        "version": version,
        "draft": version.state == "draft",
        "kind": version.policy.get_kind_display(),
    }
    context["check"] = policy_shown.check(version.criteria, version.formula, version.cap_cny, code, version.starts_on)
    return render(request, "governance/policy_publish.html", context)


@read_or_post
@once
def policy_end(request: HttpRequest, pk: int) -> HttpResponse:
    version = queries.version_for(request.user, pk)
    require(policy_rules.policy_end, request.user, version, _("政策由本省知识产权局的工作人员维护。"))
    back = version.get_absolute_url()
    return acted(
        request, EndForm(*posted(request)),
        lambda data: policies.policy_end(version_id=pk, actor=request.user, **data),
        done=_("已定终止日期。"), leads_to=lambda _made: back, template="governance/policy_act.html",
        context={
            "title": _("提前终止"), "submit": _("终止"), "back": back, "way": version.title, "kind": "danger",
            "note": _("失效前提出的申报继续办理；文本作为历史保留。"),
        },
    )  # fmt: skip
