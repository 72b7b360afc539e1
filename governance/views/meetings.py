"""Meetings: the public list and page, and what the office and the director do with them. Read next: items.py, ballots.py."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance import invitations, queries
from governance import meeting_queries as reads
from governance import meeting_rules as rules
from governance.actions import meetings as acts
from governance.actions import presence
from governance.forms.meetings import MeetingForm, PresenceForm, SureForm, WhyForm
from governance.people_queries import is_inside
from platform_site import clock
from platform_site.accounts.rules import require
from platform_site.outbox.once import once
from platform_site.ui.acting import posted
from platform_site.ui.pagination import paged

from . import meetings_shown as shown
from .meeting_act import act_page

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    """What was and what will be; those in preparation for the group alone."""
    inside = is_inside(request.user)
    found, window = paged(request, reads.meetings_visible(inside))
    context = {
        "rows": shown.rows(found),
        "window": window,
        "may_create": inside and rules.office(request.user),
    }
    return render(request, "governance/meeting_list.html", context)


@login_not_required
@require_safe
def meeting_detail(request: HttpRequest, pk: int) -> HttpResponse:
    meeting, inside = reads.meeting_for(request.user, pk)
    if request.GET.get("format") == "ics":
        answer = HttpResponse(
            invitations.invitation(meeting, reads.agenda(meeting, inside=False)), content_type=invitations.CONTENT_TYPE
        )
        answer["Content-Disposition"] = f'attachment; filename="{invitations.file_name(meeting)}"'
        return answer
    return render(request, "governance/meeting_detail.html", shown.page(request.user, meeting, inside))


@read_or_post
@once
def meeting_create(request: HttpRequest) -> HttpResponse:
    require(rules.office, request.user, None, _("会议由领导小组办公室筹备。"))
    form = MeetingForm(*posted(request), rule=reads.rule_on(clock.today()))
    if form.is_bound and form.is_valid():
        meeting = acts.meeting_create(actor=request.user, values=form.cleaned_data)
        messages.success(request, _("已开始筹备，可以收集议题。"))
        return redirect(meeting)
    return render(request, "governance/meeting_create.html", {"form": form})


@read_or_post
@once
def meeting_change(request: HttpRequest, pk: int) -> HttpResponse:
    meeting, _inside = reads.meeting_for(request.user, pk)
    require(rules.office, request.user, meeting, _("会议由领导小组办公室筹备。"))
    form = MeetingForm.of(meeting, *posted(request), rule=reads.rule_on(clock.today()))
    return act_page(
        meeting, request, form, lambda data: acts.meeting_change(meeting_id=pk, actor=request.user, values=data),
        title=_("修改会议"), submit=_("保存"), done=_("已保存。"),
        note=_("已经通知的会议，修改后会再次通知全体受邀人。") if meeting.called_at else "",
    )  # fmt: skip


@read_or_post
@once
def meeting_call(request: HttpRequest, pk: int) -> HttpResponse:
    meeting, _inside = reads.meeting_for(request.user, pk)
    shown.require_director(request.user)
    return act_page(
        meeting, request, SureForm(*posted(request)), lambda _data: acts.meeting_call(meeting_id=pk, actor=request.user),
        title=_("通知开会"), submit=_("发出通知"), facts=shown.facts(meeting),
        done=_("通知已发给各席位、代理人和联络员。"), note=shown.notice_note(meeting),
    )  # fmt: skip


@require_POST
@once
def meeting_open(request: HttpRequest, pk: int) -> HttpResponse:
    meeting, _inside = reads.meeting_for(request.user, pk)
    acts.meeting_open(meeting_id=pk, actor=request.user)
    messages.success(request, _("会议开始，请登记到会的席位。"))
    return redirect(meeting)


@require_POST
@once
def meeting_close(request: HttpRequest, pk: int) -> HttpResponse:
    meeting, _inside = reads.meeting_for(request.user, pk)
    acts.meeting_close(meeting_id=pk, actor=request.user)
    messages.success(request, _("会议结束，可以整理纪要。"))
    return redirect(meeting)


@read_or_post
@once
def meeting_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    meeting, _inside = reads.meeting_for(request.user, pk)
    require(rules.office, request.user, meeting, _("会议由领导小组办公室取消，并通知各席位。"))
    return act_page(
        meeting, request, WhyForm(*posted(request)),
        lambda data: acts.meeting_cancel(meeting_id=pk, actor=request.user, **data),
        title=_("取消会议"), submit=_("取消会议"), kind="danger", facts=shown.facts(meeting),
        done=_("会议已取消。"),
    )  # fmt: skip


@require_POST
@once
def presence_enter(request: HttpRequest, pk: int) -> HttpResponse:
    meeting, _inside = reads.meeting_for(request.user, pk)
    form = PresenceForm(request.POST, seats=queries.seats())
    if not form.is_valid():
        return shown.page_again(meeting, request, form)
    presence.presence_enter(meeting_id=pk, actor=request.user, **form.cleaned_data)
    messages.success(request, _("已登记到会。"))
    return redirect(meeting)


@require_POST
@once
def presence_leave(request: HttpRequest, pk: int) -> HttpResponse:
    meeting, _inside = reads.meeting_for(request.user, pk)
    form = PresenceForm(request.POST, seats=queries.seats())
    if not form.is_valid():
        return shown.page_again(meeting, request, form)
    presence.presence_leave(meeting_id=pk, actor=request.user, seat=form.cleaned_data["seat"])
    messages.success(request, _("已登记离会。"))
    return redirect(meeting)
