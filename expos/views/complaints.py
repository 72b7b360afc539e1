"""The complaint desk: made about an exhibit, seen by both parties and the host alone. Read next: ../actions/complaints.py."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from expos import complaint_clock, edition_page, exhibit_queries, exhibit_shown, floor_rules, queries, rules
from expos.actions import complaints as actions
from expos.forms.applications import ComplaintForm, ReasonForm
from expos.models import Complaint
from expos.states import ComplaintState
from platform_site import clock
from platform_site.accounts.rules import require
from platform_site.outbox.once import once
from platform_site.ui.acting import posted
from platform_site.ui.pagination import paged

from .expo_act import act_page

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@read_or_post
@once
def complaint_make(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    exhibit = exhibit_queries.exhibit_shown(queries.expo_of(year), pk)
    require(floor_rules.complaint_make, request.user, exhibit)
    facts = [(_("展品"), exhibit.listing.public_version.title), (_("编号"), exhibit.listing.number)]
    return act_page(
        request, ComplaintForm(*posted(request)[:1]),
        lambda data: actions.complaint_make(
            exhibit_id=exhibit.pk, actor=request.user, basis=data["basis"], words=data["words"]
        ),
        expo=exhibit.expo, title=_("投诉展品"), submit=_("提交投诉"), done=_("投诉已收到。"), facts=facts,
        note=str(complaint_clock.RULE), back=exhibit.get_absolute_url(), leads_to=lambda made: made.get_absolute_url(),
    )  # fmt: skip


@require_safe
def complaint_list(request: HttpRequest, year: int) -> HttpResponse:
    """All for the host; for everybody else those they made or that are about their exhibits."""
    expo = queries.expo_of(year)
    runs = rules.expo_run(request.user, expo)
    found, window = paged(request, exhibit_queries.complaints_seen(expo, request.user, runs=runs))
    context = {
        **edition_page.shared(request.user, expo, "expos:exhibit_list"), "rows": exhibit_shown.complaint_rows(found),
        "window": window, "rule": complaint_clock.RULE, "counts": exhibit_queries.complaint_counts(expo),
    }  # fmt: skip
    return render(request, "expos/complaint_list.html", context)


def _seen(request: HttpRequest, year: int, pk: int) -> Complaint:
    """The gate of one complaint."""
    expo = queries.expo_of(year)
    return exhibit_queries.complaint_for(expo, pk, request.user, runs=rules.expo_run(request.user, expo))


@require_safe
def complaint_detail(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    row = _seen(request, year, pk)
    decides = floor_rules.complaint_decide(request.user, row)
    is_open = row.state in (ComplaintState.RECEIVED, ComplaintState.ACCEPTED)
    context = {
        **edition_page.shared(request.user, row.exhibit.expo, "expos:exhibit_list"), "row": row,
        "row_tag": (row.get_state_display(), exhibit_shown.COMPLAINT_TONES[row.state]), "rule": complaint_clock.RULE,
        "late": row.state == ComplaintState.RECEIVED and row.due_at < clock.database_now(),
        "can": {
            "take": decides and row.state == ComplaintState.RECEIVED, "end": decides and row.state == ComplaintState.ACCEPTED,
            "withdraw": is_open and floor_rules.complaint_withdraw(request.user, row),
            "state": is_open and not row.statement and floor_rules.complaint_state(request.user, row),
        },
    }  # fmt: skip
    return render(request, "expos/complaint_detail.html", context)


def _deed(
    request: HttpRequest, row: Complaint, act: Callable[[str], Complaint], title: str, label: str
) -> HttpResponse:
    """An act of the desk that writes something down."""
    require(floor_rules.complaint_decide, request.user, row)
    return act_page(
        request, ReasonForm(*posted(request)[:1], label=label), lambda data: act(data["reason"]),
        expo=row.exhibit.expo, title=title, done=_("已登记，并通知双方。"), back=row.get_absolute_url(),
    )  # fmt: skip


@require_POST
@once
def complaint_accept(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    row = _seen(request, year, pk)
    actions.complaint_accept(complaint_id=row.pk, actor=request.user)
    messages.success(request, _("已受理，并通知双方。"))
    return redirect(row)


@read_or_post
@once
def complaint_refuse(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    row = _seen(request, year, pk)

    def act(reason: str) -> Complaint:
        return actions.complaint_refuse(complaint_id=row.pk, actor=request.user, reason=reason)

    return _deed(request, row, act, _("不予受理"), _("理由"))


@read_or_post
@once
def complaint_hand_over(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    row = _seen(request, year, pk)

    def act(reason: str) -> Complaint:
        return actions.complaint_hand_over(complaint_id=row.pk, actor=request.user, reason=reason)

    return _deed(request, row, act, _("移交知识产权局"), _("移交说明"))


@read_or_post
@once
def complaint_settle(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    row = _seen(request, year, pk)

    def act(reason: str) -> Complaint:
        return actions.complaint_settle(complaint_id=row.pk, actor=request.user, reason=reason)

    return _deed(request, row, act, _("登记协商结果"), _("双方达成的结果"))


@require_POST
@once
def complaint_withdraw(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    row = _seen(request, year, pk)
    actions.complaint_withdraw(complaint_id=row.pk, actor=request.user)
    messages.success(request, _("投诉已撤回。"))
    return redirect(row)


@read_or_post
@once
def complaint_state(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """The exhibitor is heard."""
    row = _seen(request, year, pk)
    require(floor_rules.complaint_state, request.user, row)
    return act_page(
        request, ReasonForm(*posted(request)[:1], label=_("陈述")),
        lambda data: actions.complaint_state(complaint_id=row.pk, actor=request.user, words=data["reason"]),
        expo=row.exhibit.expo, title=_("陈述意见"), submit=_("提交"), done=_("陈述已送达。"), back=row.get_absolute_url(),
        note=_("陈述一次，提交后不再修改，由投诉站和投诉人阅读。"),
    )  # fmt: skip
