"""Requests for a meeting, and the meetings themselves: asked, answered, confirmed, called off, marked. Read next: meeting_host.py."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from expos import edition_page
from expos import meeting_queries as queries
from expos import meeting_rules as rules
from expos import meeting_shown as shown
from expos.actions import meeting_requests as actions
from expos.actions import meetings
from expos.forms.meetings import InterestForm, RequestForm, WhyForm
from expos.models import Expo, ExpoMeeting, MeetingProfile
from expos.queries import expo_of
from expos.rules import expo_run
from platform_site.accounts.rules import require
from platform_site.errors import Conflict
from platform_site.outbox.once import once
from platform_site.ui.acting import posted
from platform_site.ui.formats import minute_iso
from platform_site.ui.slots import read_stamp, stamp

from .expo_act import act_page
from .meetings import page, taking_part

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@read_or_post
@once
def meeting_request_make(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """`?slot=` chooses one; a clash names the nearest that both have free, each a link."""
    expo = expo_of(year)
    profile = taking_part(request, expo)
    whom = queries.participant_for(profile, expo, pk)
    slots = queries.free_slots(expo, (profile, whom))
    form = _request_form(request, expo, whom, slots)
    near: list[tuple[str, str]] = []
    status = 200
    if form.is_bound and form.is_valid():
        try:
            _asked(request, profile, whom, form.cleaned_data)
            messages.success(request, _("已发出约见，时段已为双方保留，请等对方答复。"))
            return redirect("expos:meeting_schedule", year)
        except Conflict as refused:
            form.add_error(None, f"{refused.reason}{refused.advice}")
            near = [
                (minute_iso(one.starts_at), f"?slot={stamp(one.starts_at)}") for one in getattr(refused, "slots", ())
            ]
            status = refused.status
    context = {"whom": whom.registration, "person": whom, "form": form, "near": near, "slots": slots}
    shared = edition_page.shared(request.user, expo, "expos:meeting_overview")
    return render(request, "expos/meeting_request_make.html", {**shared, **context}, status=status)


def _request_form(request: HttpRequest, expo: Expo, whom: MeetingProfile, slots: list[Any]) -> RequestForm:
    chosen = read_stamp(request.GET.get("slot", ""))
    return RequestForm(
        *posted(request)[:1], slots=slots, tables=list(expo.meeting_tables.all()), listings=shown.listings_of(whom),
        initial={"starts_at": stamp(chosen) if chosen else ""},
    )  # fmt: skip


def _asked(request: HttpRequest, profile: MeetingProfile, whom: MeetingProfile, data: dict[str, Any]) -> None:
    starts_at: datetime = data["starts_at"]
    actions.meeting_request_make(
        profile_id=profile.pk, actor=request.user, whom_id=whom.pk, starts_at=starts_at, table_id=data["table"],
        message=data["message"], listing_id=data["listing"],
    )  # fmt: skip


@require_POST
@once
def meeting_request_accept(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    asked = queries.request_for(request.user, expo_of(year), pk)
    require(rules.meeting_request_answer, request.user, asked)
    actions.meeting_request_accept(request_id=asked.pk, actor=request.user)
    messages.success(request, _("已接受，会面确定。"))
    return redirect("expos:meeting_schedule", year)


@read_or_post
@once
def meeting_request_decline(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    expo = expo_of(year)
    asked = queries.request_for(request.user, expo, pk)
    require(rules.meeting_request_answer, request.user, asked)
    form = WhyForm(*posted(request)[:1])
    form.fields["reason"].required = False
    return act_page(
        request, form,
        lambda data: actions.meeting_request_decline(request_id=asked.pk, actor=request.user, reason=data["reason"]),
        expo=expo, title=_("谢绝约见"), done=_("已谢绝，时段已放开。"), back=reverse("expos:meeting_schedule", args=[year]), kind="alt",
        facts=[(_("对方"), asked.by.registration.name), (_("时间"), minute_iso(asked.meeting.starts_at))],
    )  # fmt: skip


@require_POST
@once
def meeting_request_withdraw(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    asked = queries.request_for(request.user, expo_of(year), pk)
    require(rules.meeting_request_withdraw, request.user, asked)
    actions.meeting_request_withdraw(request_id=asked.pk, actor=request.user)
    messages.success(request, _("约见已撤回。"))
    return redirect("expos:meeting_schedule", year)


def _own(request: HttpRequest, year: int, pk: int) -> tuple[ExpoMeeting, MeetingProfile]:
    """The gate of the two."""
    expo = expo_of(year)
    meeting = queries.meeting_for(request.user, expo, pk)
    profile = queries.profile_of(request.user, expo)
    if profile is None:
        raise Http404
    return meeting, profile


@require_safe
def meeting_detail(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    meeting, profile = _own(request, year, pk)
    return page(request, meeting.expo, "meeting_detail", shown.meeting_page(profile, meeting), profile)


@require_POST
@once
def meeting_confirm(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    meeting, _profile = _own(request, year, pk)
    meetings.meeting_confirm(meeting_id=meeting.pk, actor=request.user)
    messages.success(request, _("已确认。双方都确认后，会面不再改动。"))
    return redirect("expos:meeting_schedule", year)


@require_POST
@once
def meeting_unconfirm(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    meeting, _profile = _own(request, year, pk)
    meetings.meeting_unconfirm(meeting_id=meeting.pk, actor=request.user)
    messages.success(request, _("已撤回确认。"))
    return redirect(meeting)


@read_or_post
@once
def meeting_cancel(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """By one of the two, or by the host."""
    expo = expo_of(year)
    runs = expo_run(request.user, expo)
    meeting = queries.meeting_at(expo, pk) if runs else queries.meeting_for(request.user, expo, pk)
    back = "meeting_sheet" if runs else "meeting_schedule"
    return act_page(
        request, WhyForm(*posted(request)[:1]),
        lambda data: meetings.meeting_cancel(meeting_id=meeting.pk, actor=request.user, reason=data["reason"]),
        expo=expo, title=_("取消会面"), done=_("会面已取消，双方会收到通知。"), back=reverse(f"expos:{back}", args=[year]), kind="alt",
        facts=[(_("时间"), minute_iso(meeting.starts_at)), (_("洽谈桌"), str(meeting.table.number))],
        note=_("取消之后，统一安排时不会再把双方排在一起。"),
    )  # fmt: skip


@require_POST
@once
def meeting_mark(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """The first press: met or not."""
    meeting, _profile = _own(request, year, pk)
    held = request.POST.get("held") == "1"
    meetings.meeting_mark(meeting_id=meeting.pk, actor=request.user, held=held)
    messages.success(request, _("已登记。"))
    return redirect("expos:meeting_interest" if held else "expos:meeting_detail", year, pk)


@read_or_post
@once
def meeting_interest(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """The second press; about a listing of the other it leads into the room."""
    meeting, profile = _own(request, year, pk)
    _me, other = shown.sides(meeting, profile.pk)
    form = InterestForm(*posted(request)[:1], listings=shown.listings_of(other.profile))
    return act_page(
        request, form,
        lambda data: meetings.meeting_interest(
            meeting_id=meeting.pk, actor=request.user, interested=data["interested"], listing_id=data.get("listing")
        ),
        expo=meeting.expo, title=_("会面意向"), submit=_("登记"), done=_("意向已登记。"), back=meeting.get_absolute_url(),
        facts=[(_("对方"), other.profile.registration.name), (_("时间"), minute_iso(meeting.starts_at))],
        leads_to=lambda room: room.get_absolute_url() if room is not None else meeting.get_absolute_url(),
        note=_("选中对方的一项技术，就向对方发出询盘并进入洽谈室。"),
    )  # fmt: skip
