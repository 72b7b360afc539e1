"""Facilities: the catalogue and page that everybody reads, and what their keepers do with them. Read next: visits.py, stationings.py."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance import facility_queries as queries
from governance import facility_shown as shown
from governance import resource_rules as rules
from governance import visit_queries
from governance.actions import facilities as actions
from governance.forms.facilities import FacilityFilter, FacilityForm, ManagerForm, PictureForm
from governance.forms.visits import SureForm, WhyForm
from governance.models import Facility
from platform_site.accounts.rules import require
from platform_site.errors import Conflict, NotAllowed
from platform_site.files.store import serve
from platform_site.outbox.once import once
from platform_site.regions.names import province_name
from platform_site.ui.acting import posted
from platform_site.ui.pagination import paged

from .resource_act import act_page

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
FORMATS = ("json", "csv")


@login_not_required
@require_safe
def facility_list(request: HttpRequest) -> HttpResponse:
    """Open facilities with words, facets and the mosaic; `?format=json|csv`."""
    filters = FacilityFilter.of(request.GET)
    found, kind = queries.facilities_found(filters.search), request.GET.get("format", "")
    if kind in FORMATS:
        found = found.prefetch_related("equipment", "hours", "exceptions")
    if kind == "csv":
        return shown.as_csv(found)
    rows, window = paged(request, found)
    facets = queries.facets(filters.search)
    if kind == "json":
        return shown.as_json(request, rows, found.count(), facets, window)
    context = {
        "filters": filters, "search": filters.search, "rows": [shown.item(one) for one in rows], "window": window,
        "is_filtered": bool(filters.data), "codes": queries.keeping_codes(request.user),
        **shown.controls(request, filters, facets),
    }  # fmt: skip
    return render(request, "governance/facility_list.html", context)


@login_not_required
@require_safe
def facility_detail(request: HttpRequest, slug: str) -> HttpResponse:
    facility = queries.facility_for(slug)
    context = shown.page(request.user, facility, request.GET.get("week", ""))
    return render(request, "governance/facility_detail.html", context)


@login_not_required
@require_safe
def picture_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Public with its facility."""
    return serve(queries.picture_for(pk).file, public=True)


@read_or_post
@once
def facility_create(request: HttpRequest) -> HttpResponse:
    """For an officer, in their own province; `?province=` where they keep several."""
    code = _own_code(request)
    form = FacilityForm(*posted(request)[:1], province_code=code)
    if form.is_bound and form.is_valid():
        facility = actions.facility_create(province_code=code, actor=request.user, values=form.values())
        messages.success(request, _("%(name)s 已登记，可以预约。") % {"name": facility})
        return redirect(facility)
    return render(request, "governance/facility_edit.html", {"form": form, "province": province_name(code)})


def _own_code(request: HttpRequest) -> str:
    codes = queries.keeping_codes(request.user)
    asked = request.GET.get("province", "")
    if not codes:
        raise NotAllowed(rules.facility_create.reason)  # type: ignore[attr-defined]
    return asked if asked in codes else codes[0]


@read_or_post
@once
def facility_save(request: HttpRequest, slug: str) -> HttpResponse:
    facility = queries.facility_kept(request.user, slug)
    form, status = FacilityForm.of(facility, *posted(request)[:1]), 200
    if form.is_bound and form.is_valid():
        try:
            values = form.values(facility.kind)
            saved = actions.facility_save(facility_id=facility.pk, actor=request.user, values=values)
            _saved_message(request, saved)
            return redirect(saved)
        except Conflict as refused:
            form.add_error(None, f"{refused.reason}{refused.advice}")
            status = refused.status
    context = {"form": form, "facility": facility, "province": facility.province.name}
    return render(request, "governance/facility_edit.html", context, status=status)


def _saved_message(request: HttpRequest, facility: Facility) -> None:
    messages.success(request, _("已保存。"))
    if outside := visit_queries.outside_hours(facility):
        said = _("有 %(count)d 个已有的预约不在现在的开放时间内，请逐一建议改期或者取消。")
        messages.warning(request, said % {"count": outside})


@read_or_post
@once
def facility_close(request: HttpRequest, slug: str) -> HttpResponse:
    facility = queries.facility_for(slug)
    require(rules.facility_close, request.user, facility)
    return act_page(
        WhyForm(*posted(request)), request,
        lambda data: actions.facility_close(facility_id=facility.pk, actor=request.user, reason=data["reason"]),
        title=_("停止开放"), done=_("已停止开放。"), back=facility.get_absolute_url(), way=facility.name, kind="danger",
        note=_("停止开放后不再接受预约和入驻，页面作为记录保留，可以恢复。"),
    )  # fmt: skip


@read_or_post
@once
def facility_reopen(request: HttpRequest, slug: str) -> HttpResponse:
    facility = queries.facility_for(slug)
    require(rules.facility_reopen, request.user, facility)
    return act_page(
        SureForm(*posted(request)), request,
        lambda data: actions.facility_reopen(facility_id=facility.pk, actor=request.user),
        title=_("恢复开放"), done=_("已恢复开放。"), back=facility.get_absolute_url(), way=facility.name,
    )  # fmt: skip


@read_or_post
@once
def picture_add(request: HttpRequest, slug: str) -> HttpResponse:
    facility = queries.facility_kept(request.user, slug)
    return act_page(
        PictureForm(*posted(request)), request,
        lambda data: actions.picture_add(facility_id=facility.pk, actor=request.user, upload=data["upload"], title=data["title"]),
        title=_("添加图片"), done=_("图片已添加。"), back=facility.get_absolute_url(), way=facility.name,
    )  # fmt: skip


@require_POST
@once
def picture_remove(request: HttpRequest, pk: int) -> HttpResponse:
    facility = actions.picture_remove(picture_id=queries.picture_for(pk).pk, actor=request.user)
    messages.success(request, _("图片已删去。"))
    return redirect(facility)


@read_or_post
@once
def manager_name(request: HttpRequest, slug: str) -> HttpResponse:
    facility = queries.facility_for(slug)
    require(rules.manager_name, request.user, facility)
    return act_page(
        ManagerForm(*posted(request)), request,
        lambda data: actions.manager_name(facility_id=facility.pk, actor=request.user, user=data["user"]),
        title=_("指定管理员"), done=_("已指定。"), back=facility.get_absolute_url(), way=facility.name,
    )  # fmt: skip


@require_POST
@once
def manager_end(request: HttpRequest, pk: int) -> HttpResponse:
    facility = actions.manager_end(manager_id=queries.manager_for(pk).pk, actor=request.user)
    messages.success(request, _("已撤销指定。"))
    return redirect(facility)
