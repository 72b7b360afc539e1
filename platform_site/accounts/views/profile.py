"""A person's own facts and their organisation. Read next: ../actions.py."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from platform_site.accounts import actions, queries
from platform_site.accounts.forms import OUTSIDE, OrganisationForm, ProfileForm
from platform_site.outbox.once import once


@require_http_methods(["GET", "HEAD", "POST"])
@once
def profile_edit(request: HttpRequest) -> HttpResponse:
    user = request.user
    outside = OUTSIDE if user.office_id and not user.province_id else ""
    initial = {
        "display_name": user.display_name,
        "phone": user.phone,
        "language": user.language,
        "province_code": user.province_id or outside,
        "office_code": user.office_id or "",
    }
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        actions.profile_save(actor=user, **form.cleaned_data)
        messages.success(request, _("个人资料已保存。"))
        return redirect("accounts:profile_edit")
    return render(request, "accounts/profile_edit.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@once
def organisation_edit(request: HttpRequest) -> HttpResponse:
    organisation = queries.organisation_of(request.user)
    form = OrganisationForm(request.POST if request.method == "POST" else None, initial=_initial(organisation))
    if form.is_valid():
        saved = actions.organisation_save(actor=request.user, **form.cleaned_data)
        if saved.name_zh != form.cleaned_data["name_zh"]:
            kept = _("这个代码已登记为“%(name)s”，您已加入。名称由该单位已核验的成员修改。")
            messages.info(request, kept % {"name": saved.name_zh})
        else:
            messages.success(request, _("所在单位已保存。"))
        return redirect("accounts:organisation_edit")
    return render(request, "accounts/organisation_edit.html", {"form": form, "organisation": organisation})


def _initial(organisation: queries.Organisation | None) -> dict[str, str]:
    if organisation is None:
        return {}
    return {
        "credit_code": organisation.credit_code,
        "name_zh": organisation.name_zh,
        "name_en": organisation.name_en,
        "kind": organisation.kind,
        "province_code": organisation.province_id or "",
        "city_code": organisation.city_code,
    }


@require_POST
@once
def organisation_leave(request: HttpRequest) -> HttpResponse:
    actions.organisation_leave(actor=request.user)
    messages.success(request, _("您已不再登记所在单位。"))
    return redirect("accounts:organisation_edit")
