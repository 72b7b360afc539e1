"""Agenda items: proposed, put on the agenda or declined, and their papers. Read next: ballots.py."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance import meeting_queries as reads
from governance import meeting_rules as rules
from governance.actions import items as acts
from governance.forms.items import FORMS
from governance.forms.meetings import PaperForm, WhyForm
from governance.queries import mandate_of
from governance.states import ItemKind
from platform_site.accounts.rules import require
from platform_site.errors import Conflict
from platform_site.files import store
from platform_site.outbox.once import once
from platform_site.ui.acting import posted

from .meeting_act import act_page

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@read_or_post
@once
def item_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """One page for each kind (?kind=): a general matter, or what changes the rotation, the order or the rules."""
    meeting, _inside = reads.meeting_for(request.user, pk)
    require(rules.item_propose, request.user, mandate_of(request.user), _("只有领导小组的席位和办公室可以提出议题。"))
    kind = request.GET.get("kind", ItemKind.GENERAL)
    if kind not in FORMS:
        raise Http404
    form, status = FORMS[kind](*posted(request)), 200
    if form.is_bound and form.is_valid():
        try:
            acts.item_propose(meeting_id=pk, actor=request.user, kind=form.kind, **form.values)
            messages.success(request, _("议题已提出，由办公室编入议程。"))
            return redirect(meeting)
        except Conflict as refused:
            form.add_error(None, f"{refused.reason}{refused.advice}")
            status = refused.status
    kinds = [(ItemKind(one).label, f"?kind={one}", one == kind) for one in FORMS]
    context = {"meeting": meeting, "form": form, "kinds": kinds}
    return render(request, "governance/item_propose.html", context, status=status)


@require_POST
@once
def item_list(request: HttpRequest, pk: int) -> HttpResponse:
    item = reads.item_for(request.user, pk)
    item = acts.item_list(item_id=item.pk, actor=request.user)
    messages.success(request, _("已列为第 %(number)s 项议题。") % {"number": item.number})
    return redirect(item.meeting)


@read_or_post
@once
def item_decline(request: HttpRequest, pk: int) -> HttpResponse:
    item = reads.item_for(request.user, pk)
    require(rules.office, request.user, item, _("议程由领导小组办公室编排。"))
    return act_page(
        item.meeting, request, WhyForm(*posted(request)), lambda data: acts.item_decline(item_id=pk, actor=request.user, **data),
        title=_("不列入议程"), submit=_("不列入"), facts=[(_("议题"), str(item))], done=_("已记录。"),
    )  # fmt: skip


@read_or_post
@once
def paper_add(request: HttpRequest, pk: int) -> HttpResponse:
    item = reads.item_for(request.user, pk)
    mandate = mandate_of(request.user)
    own = mandate if mandate is not None and mandate.seat.pk == item.seat_id else None
    require(rules.item_propose, request.user, own, _("材料由提出议题的席位或者办公室添加。"))
    return act_page(
        item.meeting, request, PaperForm(*posted(request)), lambda data: acts.paper_add(item_id=pk, actor=request.user, **data),
        title=_("添加会议材料"), submit=_("上传"), facts=[(_("议题"), str(item))], done=_("材料已添加。"),
    )  # fmt: skip


@require_safe
def paper_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The file, for the group alone."""
    return store.serve(reads.paper_for(request.user, pk).file)
