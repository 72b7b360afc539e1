"""A handover: what is handed over for the two directors and the office, that it took place for everybody. Read next: ../handover_page.py."""

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required as require_fresh_proof
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance import handover_page, rules
from governance.actions import handovers
from governance.forms.rotation import SignForm
from governance.handover_queries import handover_for
from platform_site.accounts.rules import require
from platform_site.outbox.once import once
from platform_site.ui.acting import posted

from .group_acts import act_page


@login_not_required
@require_safe
def handover_detail(request: HttpRequest, year: int) -> HttpResponse:
    context = handover_page.context(handover_for(year), request.user)
    return render(request, "governance/handover_detail.html", context)


@require_POST
@once
def handover_open(request: HttpRequest, year: int) -> HttpResponse:
    handover = handovers.handover_open(year=year, actor=request.user)
    messages.success(request, _("交接已启动，双方会收到通知。"))
    return redirect(handover)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def handover_sign(request: HttpRequest, year: int) -> HttpResponse:
    handover = handover_for(year)
    seen = handover_page.seen_by(handover, request.user)
    require(rules.signs_handover, request.user, seen, _("交接书由现任和下一任轮值主任签署。"))
    require_fresh_proof(request, app="governance")
    return act_page(
        SignForm(*posted(request)), request, lambda data: handovers.handover_sign(year=year, actor=request.user),
        title=_("签署交接书：%(year)d 年轮值主任") % {"year": year}, submit=_("签署"), done=_("已签署。"),
        note=_("双方签署后，交接清单定稿，轮值主任的职权在新年第一刻或后签署的一方签署时转移，以较晚的为准。"),
        back=handover.get_absolute_url(), kind="danger",
        way=[(_("轮值"), reverse("governance:rotation")), (_("%(year)d 年交接") % {"year": year}, handover.get_absolute_url())],
    )  # fmt: skip
