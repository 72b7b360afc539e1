"""The host draws the floor: rows of booths, one booth, moved, resized, removed; with the plan as a preview. Read next: applications.py."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from expos import edition_page, floor_shown
from expos import floor_queries as floor
from expos.actions import booths as actions
from expos.forms.booths import BoothForm, RowsForm
from expos.states import EXPO_BEFORE
from platform_site.outbox.once import once
from platform_site.ui.acting import posted

from .expo_act import act_page
from .gates import run_by

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def booth_list(request: HttpRequest, year: int) -> HttpResponse:
    """Every booth with its way to be changed, the plan, and what the delegations ask for against what there is."""
    expo = run_by(request, year)
    asked = {name: request.GET.get(name, "") for name in ("hall", "zoom")}
    context = {
        **edition_page.shared(request.user, expo, "expos:floor"), **floor_shown.page(request.user, expo, asked),
        "units": sum(one.units for one in floor.booths_of(expo)), "wanted": floor.asked_booths(expo),
        "halls": list(expo.halls.all()), "may_change": expo.state in EXPO_BEFORE,
    }  # fmt: skip
    return render(request, "expos/booth_list.html", context)


@read_or_post
@once
def booth_rows_add(request: HttpRequest, year: int) -> HttpResponse:
    expo = run_by(request, year)
    form = RowsForm(*posted(request)[:1], expo=expo)
    return act_page(
        request, form,
        lambda data: actions.booth_rows_add(
            expo_id=expo.pk, actor=request.user, hall_id=data["hall"].pk, row=form.row(), values=data
        ),
        expo=expo, title=_("成排添加展位"), submit=_("添加"), done=_("展位已添加。"), back=_back(year),
        note=_("从西北角起向东排，一排满了换下一排。放不下或者重叠的，一个也不添加。"),
    )  # fmt: skip


@read_or_post
@once
def booth_create(request: HttpRequest, year: int) -> HttpResponse:
    expo = run_by(request, year)
    return act_page(
        request, BoothForm(*posted(request)[:1], expo=expo),
        lambda data: actions.booth_save(expo_id=expo.pk, actor=request.user, values=data),
        expo=expo, title=_("添加展位"), submit=_("添加"), done=_("展位已添加。"), back=_back(year),
    )  # fmt: skip


@read_or_post
@once
def booth_save(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    expo = run_by(request, year)
    booth = floor.booth_kept(expo, pk)
    return act_page(
        request, BoothForm(*posted(request)[:1], expo=expo, booth=booth),
        lambda data: actions.booth_save(expo_id=expo.pk, actor=request.user, values=data, booth_id=booth.pk),
        expo=expo, title=_("修改展位 %(booth)s") % {"booth": booth}, submit=_("保存"), done=_("已保存。"), back=_back(year),
    )  # fmt: skip


@require_POST
@once
def booth_remove(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    expo = run_by(request, year)
    actions.booth_remove(expo_id=expo.pk, actor=request.user, booth_id=floor.booth_kept(expo, pk).pk)
    messages.success(request, _("展位已删除。"))
    return redirect("expos:booth_list", year)


def _back(year: int) -> str:
    return reverse("expos:booth_list", args=[year])
