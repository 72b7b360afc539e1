"""Badges that an exhibitor has scanned, and what the visitor answers. Read next: ../actions/leads.py."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from expos import door_queries as queries
from expos import door_rules as rules
from expos import edition_page, lead_page
from expos import queries as editions
from expos.actions import leads as actions
from expos.forms.doors import LeadForm
from platform_site.errors import NotAllowed
from platform_site.outbox.once import once
from platform_site.ui.acting import posted
from platform_site.ui.pagination import paged

from .doors import CAMERA
from .expo_act import act_page

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def lead_list(request: HttpRequest, year: int) -> HttpResponse:
    """What the reader has scanned as an exhibitor, and what asks for their own answer as a visitor."""
    expo = editions.expo_of(year)
    found, window = paged(request, queries.leads_of(request.user, expo))
    context = {
        **edition_page.shared(request.user, expo, ""), "rows": lead_page.rows(found), "window": window,
        "asked": lead_page.asked(queries.leads_asked(request.user, expo)[:50]),
        "exhibits": bool(queries.exhibited_by(request.user, expo)),
    }  # fmt: skip
    return render(request, "expos/lead_list.html", context)


@read_or_post
@once
def lead_take(request: HttpRequest, year: int) -> HttpResponse:
    """Scan a badge, write a note; `?code=` fills the box."""
    expo = editions.expo_of(year)
    listings = queries.exhibited_by(request.user, expo)
    if not listings:
        raise NotAllowed(_("只有本届展会准予参展的参展商，可以就自己的展品扫码。"))
    form = LeadForm(*posted(request)[:1], listings=listings, initial={"code": request.GET.get("code", "")[:60]})
    answer = act_page(
        request, form, lambda data: actions.lead_take(expo_id=expo.pk, actor=request.user, **data),
        expo=expo, title=_("扫观众证件"), submit=_("记下并询问观众"), done=_("已记下，已请观众答复是否同意联系。"),
        back=redirect("expos:lead_list", year).url,
        note=_("观众同意之后，会就这项展品向您询盘，建立洽谈室；在此之前，您只看得到观众登记时允许公开的信息。"),
        leads_to=lambda made: made.get_absolute_url(), template="expos/lead_take.html",
    )  # fmt: skip
    answer["Permissions-Policy"] = CAMERA
    return answer


@require_safe
def lead_detail(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """For both sides; the note is the exhibitor's alone."""
    expo = editions.expo_of(year)
    lead = queries.lead_for(request.user, expo, pk)
    context = {
        **edition_page.shared(request.user, expo, ""), "lead": lead, "state": lead_page.tag(lead),
        "own": rules.lead_own(request.user, lead), "facts": lead_page.facts(request.user, lead),
        "may_answer": rules.lead_answer(request.user, lead) and lead.state == "asked",
    }  # fmt: skip
    return render(request, "expos/lead_detail.html", context)


@require_POST
@once
def lead_agree(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    lead = queries.lead_for(request.user, editions.expo_of(year), pk)
    done = actions.lead_agree(lead_id=lead.pk, actor=request.user)
    messages.success(request, _("已同意，您可以在洽谈室里与参展商继续。"))
    return redirect(done.negotiation)


@require_POST
@once
def lead_decline(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    lead = queries.lead_for(request.user, editions.expo_of(year), pk)
    actions.lead_decline(lead_id=lead.pk, actor=request.user)
    messages.success(request, _("已答复，参展商不会知道您是谁。") if not lead.registration.permits else _("已答复。"))
    return redirect(lead)
