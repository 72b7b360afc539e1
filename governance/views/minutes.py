"""Minutes: read by the group, and by everybody once all have signed; assembled, signed, amended by an annex. Read next: minutes_shown.py."""

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required as require_fresh_proof
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from governance import meeting_rules as rules
from governance import minutes_queries as reads
from governance.actions import minutes as acts
from governance.forms.ballots import AnnexForm, MinutesForm, SignForm
from platform_site.accounts.rules import require
from platform_site.files import store
from platform_site.outbox.once import once
from platform_site.ui.acting import posted

from . import minutes_shown as shown
from .meeting_act import act_page

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@require_safe
def minutes_detail(request: HttpRequest, pk: int) -> HttpResponse:
    meeting, minutes, inside = reads.minutes_for(request.user, pk)
    return render(request, "governance/minutes_detail.html", shown.page(request.user, meeting, minutes, inside))


@login_not_required
@require_safe
def minutes_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF with every signature so far; while the worker is at it, a page that says so."""
    _meeting, minutes, _inside = reads.minutes_for(request.user, pk)
    if minutes is None:
        raise Http404
    signed, annexes = reads.signed_of(minutes), reads.annexes_of(minutes)
    if minutes.paper is not None and reads.paper_is_current(minutes, len(signed.signatures), len(annexes)):
        return store.serve(minutes.paper)
    return render(request, "governance/minutes_paper.html", {"minutes": minutes, "back": _back(pk)}, status=202)


@read_or_post
@once
def minutes_assemble(request: HttpRequest, pk: int) -> HttpResponse:
    meeting, _minutes, _inside = reads.minutes_for(request.user, pk)
    require(rules.office, request.user, meeting, _("会议纪要由领导小组办公室整理。"))
    return act_page(
        meeting, request, MinutesForm(*posted(request)),
        lambda data: acts.minutes_assemble(meeting_id=pk, actor=request.user, **data),
        title=_("整理会议纪要"), submit=_("整理并请各席位签署"),
        done=_("纪要已整理并固定，已请出席的席位签署。"), leads_to=lambda _made: _back(pk),
        note=_("纪要按会议记录生成后固定，在有席位签署之前可以重新整理；签署后只能添加补充记录。"),
    )  # fmt: skip


@read_or_post
@once
def minutes_sign(request: HttpRequest, pk: int) -> HttpResponse:
    meeting, minutes, _inside = reads.minutes_for(request.user, pk)
    shown.require_signer(request.user, meeting)
    if minutes is None:
        raise Http404
    require_fresh_proof(request, app="governance")
    form = SignForm(*posted(request), initial={"digest": minutes.digest})
    return act_page(
        meeting, request, form,
        lambda data: acts.minutes_sign(meeting_id=pk, actor=request.user, digest=data["digest"]),
        title=_("签署会议纪要"), submit=_("签署"), facts=shown.sign_facts(minutes), done=_("已签署。"),
        leads_to=lambda _made: _back(pk),
    )  # fmt: skip


@read_or_post
@once
def annex_add(request: HttpRequest, pk: int) -> HttpResponse:
    meeting, minutes, _inside = reads.minutes_for(request.user, pk)
    require(rules.office, request.user, meeting, _("补充记录由领导小组办公室添加。"))
    if minutes is None:
        raise Http404
    return act_page(
        meeting, request, AnnexForm(*posted(request)),
        lambda data: acts.annex_add(meeting_id=pk, actor=request.user, **data),
        title=_("添加补充记录"), submit=_("添加"), done=_("补充记录已附在纪要之后。"),
        leads_to=lambda _made: _back(pk),
    )  # fmt: skip


def _back(pk: int) -> str:
    return reverse("governance:minutes_detail", args=[pk])
