"""Who holds which seat since when: public; the office enters it, the holder names a deputy. Read next: ../seat_page.py."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance import rules, seat_page
from governance import seat_queries as queries
from governance.actions import deputies, seats
from governance.forms.seats import AppointForm, DeputyForm, LiaisonForm, VacateForm
from governance.models import Seat
from governance.queries import mandate_of
from platform_site.accounts.rules import require
from platform_site.outbox.once import once
from platform_site.ui.acting import posted
from platform_site.ui.pagination import paged

from .group_acts import act_page

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@require_safe
def seat_list(request: HttpRequest) -> HttpResponse:
    return render(request, "governance/seat_list.html", {"rows": seat_page.rows()})


@login_not_required
@require_safe
def seat_detail(request: HttpRequest, code: str) -> HttpResponse:
    seat = queries.seat_for(code)
    holders, window = paged(request, queries.holders_of(seat))
    context = seat_page.context(seat, request.user, holders)
    return render(request, "governance/seat_detail.html", context | {"window": window})


@read_or_post
@once
def seat_appoint(request: HttpRequest, code: str) -> HttpResponse:
    seat = queries.seat_for(code)
    require(rules.is_group_staff, request.user, seat, _("席位由领导小组办公室登记。"))
    return act_page(
        AppointForm(*posted(request)), request,
        lambda data: seats.seat_appoint(seat_code=code, actor=request.user, **data),
        title=_("登记任职：%(seat)s") % {"seat": seat.title}, submit=_("登记"), done=_("已登记，即时生效。"),
        back=_address(seat), way=_way(seat),
    )  # fmt: skip


@read_or_post
@once
def seat_vacate(request: HttpRequest, code: str) -> HttpResponse:
    seat = queries.seat_for(code)
    require(rules.is_group_staff, request.user, seat, _("席位由领导小组办公室登记。"))
    return act_page(
        VacateForm(*posted(request)), request,
        lambda data: seats.seat_vacate(seat_code=code, actor=request.user, **data),
        title=_("登记离任：%(seat)s") % {"seat": seat.title}, submit=_("登记离任"), done=_("已登记。"), kind="danger",
        note=_("席位空缺期间，轮值主任由轮值顺序中的下一席位代行；代理人的权限同时终止。"),
        back=_address(seat), way=_way(seat),
    )  # fmt: skip


@read_or_post
@once
def deputy_name(request: HttpRequest, code: str) -> HttpResponse:
    seat = queries.seat_for(code)
    mandate = mandate_of(request.user)
    require(rules.names_deputies, request.user, (mandate, seat), _("代理人由席位的现任者本人委托和撤回。"))
    return act_page(
        DeputyForm(*posted(request)), request,
        lambda data: deputies.deputy_name(seat_code=code, actor=request.user, **data),
        title=_("委托代理人：%(seat)s") % {"seat": seat.title}, submit=_("委托"), done=_("已委托，代理人会收到通知。"),
        note=_("代理人以席位名义办理，席位仍只有一票；每件事都会写明由谁代理。"), back=_address(seat), way=_way(seat),
    )  # fmt: skip


@require_POST
@once
def deputy_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    deputy = queries.deputy_for(pk)
    deputies.deputy_revoke(deputy_id=pk, actor=request.user)
    messages.success(request, _("已撤回，代理即时终止。"))
    return redirect(_address(deputy.seat))


@read_or_post
@once
def liaison_name(request: HttpRequest, code: str) -> HttpResponse:
    seat = queries.seat_for(code)
    require(rules.is_group_staff, request.user, seat, _("联络员由领导小组办公室登记。"))
    return act_page(
        LiaisonForm(*posted(request)), request,
        lambda data: deputies.liaison_name(seat_code=code, actor=request.user, **data),
        title=_("登记联络员：%(seat)s") % {"seat": seat.title}, submit=_("登记"), done=_("已登记。"),
        note=_("联络员传送文件，没有表决权。"), back=_address(seat), way=_way(seat),
    )  # fmt: skip


@require_POST
@once
def liaison_end(request: HttpRequest, pk: int) -> HttpResponse:
    liaison = queries.liaison_for(pk)
    deputies.liaison_end(liaison_id=pk, actor=request.user)
    messages.success(request, _("联络员的工作已结束。"))
    return redirect(_address(liaison.seat))


def _address(seat: Seat) -> str:
    return reverse("governance:seat_detail", args=[seat.pk])


def _way(seat: Seat) -> list[tuple[str, str]]:
    return [(_("席位"), reverse("governance:seat_list")), (seat.title, _address(seat))]
