"""Halls and rooms of an edition, kept by its host. Read next: ../actions/places.py."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from expos import queries
from expos.actions import places as actions
from expos.forms.editions import HallForm, RoomForm
from platform_site.outbox.once import once
from platform_site.ui.acting import posted

from .expo_act import act_page
from .gates import run_by

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@read_or_post
@once
def hall_create(request: HttpRequest, year: int) -> HttpResponse:
    expo = run_by(request, year)
    return act_page(
        request, HallForm(*posted(request)[:1]),
        lambda data: actions.hall_save(expo_id=expo.pk, actor=request.user, values=data),
        expo=expo, title=_("登记展厅"), submit=_("登记"), done=_("展厅已登记。"),
    )  # fmt: skip


@read_or_post
@once
def hall_save(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    expo = run_by(request, year)
    hall = queries.hall_of(expo, pk)
    return act_page(
        request, HallForm(*posted(request)[:1], hall=hall),
        lambda data: actions.hall_save(expo_id=expo.pk, actor=request.user, values=data, hall_id=hall.pk),
        expo=expo, title=_("修改展厅"), submit=_("保存"), done=_("已保存。"),
    )  # fmt: skip


@require_POST
@once
def hall_remove(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    expo = run_by(request, year)
    actions.hall_remove(expo_id=expo.pk, actor=request.user, hall_id=queries.hall_of(expo, pk).pk)
    messages.success(request, _("展厅已删除。"))
    return redirect(expo)


@read_or_post
@once
def room_create(request: HttpRequest, year: int) -> HttpResponse:
    expo = run_by(request, year)
    return act_page(
        request, RoomForm(*posted(request)[:1], expo=expo),
        lambda data: actions.room_save(expo_id=expo.pk, actor=request.user, values=data),
        expo=expo, title=_("登记会场"), submit=_("登记"), done=_("会场已登记。"),
    )  # fmt: skip


@read_or_post
@once
def room_save(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    expo = run_by(request, year)
    room = queries.room_of(expo, pk)
    return act_page(
        request, RoomForm(*posted(request)[:1], expo=expo, room=room),
        lambda data: actions.room_save(expo_id=expo.pk, actor=request.user, values=data, room_id=room.pk),
        expo=expo, title=_("修改会场"), submit=_("保存"), done=_("已保存。"),
    )  # fmt: skip


@require_POST
@once
def room_remove(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    expo = run_by(request, year)
    actions.room_remove(expo_id=expo.pk, actor=request.user, room_id=queries.room_of(expo, pk).pk)
    messages.success(request, _("会场已删除。"))
    return redirect(expo)
