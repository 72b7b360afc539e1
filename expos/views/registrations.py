"""Who comes: oneself and colleagues, the badge and the phone's pass, the host's list. Read next: doors.py."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from expos import door_page as shown
from expos import door_queries as queries
from expos import door_rules as rules
from expos import edition_page
from expos import queries as editions
from expos.actions import registrations as actions
from expos.forms.doors import ColleagueRows, PasteForm, RegistrationForm, SureForm
from expos.states import VisitorKind
from platform_site.errors import Conflict
from platform_site.outbox.once import once
from platform_site.ui.acting import posted
from platform_site.ui.pagination import paged

from .expo_act import act_page
from .gates import run_by

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
MOST_BADGES = 300


@read_or_post
@once
def registration_make(request: HttpRequest, year: int) -> HttpResponse:
    """Oneself; who is registered already is led to the badge."""
    expo = editions.expo_of(year)
    if request.method != "POST" and (own := editions.registration_of(request.user, expo)):
        return redirect(own)
    return act_page(
        request, RegistrationForm(*posted(request)[:1], user=request.user),
        lambda data: actions.registration_make(expo_id=expo.pk, actor=request.user, values=data),
        expo=expo, title=_("登记参观"), submit=_("登记"), done=_("已登记，这是您的证件。"),
        note=_("每人每届登记一次。专业观众和普通观众登记后即可凭证件入场；媒体、嘉宾和没有准予参展展品的参展商，由承办省确认后入场。"),
        leads_to=lambda made: made.get_absolute_url(),
    )  # fmt: skip


@read_or_post
@once
def registration_group(request: HttpRequest, year: int) -> HttpResponse:
    """Colleagues in rows, pasted, or both; each error stands at its row."""
    expo = editions.expo_of(year)
    rows, paste = ColleagueRows(*posted(request)[:1], prefix="rows"), PasteForm(*posted(request)[:1])
    status = 200
    if request.method == "POST" and rows.is_valid() & paste.is_valid():
        typed = [form for form in rows if form.has_changed()]
        people = [form.cleaned_data for form in typed] + paste.cleaned_data["pasted"]
        try:
            made = actions.registration_group(expo_id=expo.pk, actor=request.user, rows=people)
            messages.success(request, _("已为 %(count)d 人登记，每人一个证件编号。") % {"count": len(made)})
            return redirect("expos:registration_mine", year)
        except Conflict as refused:
            _place_errors(refused, typed, paste)
            status = refused.status
    context = edition_page.shared(request.user, expo, "")
    return render(request, "expos/registration_group.html", {**context, "rows": rows, "paste": paste}, status=status)


def _place_errors(refused: Conflict, typed: list[Any], paste: PasteForm) -> None:
    """Each sentence at its row, those of pasted lines above the box."""
    said = refused.said if isinstance(refused, actions.RowsRefused) else {}
    paste.add_error(None, f"{refused.reason}{refused.advice}")
    for place, words in said.items():
        if place < len(typed):
            typed[place].add_error("name", words)
        else:
            row = _("粘贴的第 %(row)d 人：%(words)s") % {"row": place - len(typed) + 1, "words": words}
            paste.add_error("pasted", row)


@require_safe
def registration_mine(request: HttpRequest, year: int) -> HttpResponse:
    """One's own and those of colleagues; `?format=pdf` is all their badges."""
    expo = editions.expo_of(year)
    rows = queries.registrations_made_by(request.user, expo)
    if request.GET.get("format") == "pdf":
        live = list(rows.filter(state="registered")[:MOST_BADGES])
        if not live:
            raise Http404
        return shown.pdf_answer(shown.badges_pdf(expo, live), f"{expo.year} {_('证件')}.pdf")
    found, window = paged(request, rows)
    context = {"rows": shown.person_rows(found), "window": window}
    return render(
        request, "expos/registration_mine.html", {**edition_page.shared(request.user, expo, ""), **context}
    )  # fmt: skip


@require_safe
def registration_list(request: HttpRequest, year: int) -> HttpResponse:
    """The host's; `?q=&kind=&show=`, `?format=csv`."""
    expo = run_by(request, year)
    asked = {name: request.GET.get(name, "").strip()[:80] for name in ("q", "kind", "show")}
    if asked["kind"] not in ("", *VisitorKind.values) or asked["show"] not in ("", "waiting", "inside", "cancelled"):
        raise Http404
    rows = queries.registrations_of(expo, **asked)
    if request.GET.get("format") == "csv":
        return shown.registrations_csv(expo, rows)
    found, window = paged(request, rows)
    context = {
        **edition_page.shared(request.user, expo, ""), **asked, "rows": shown.person_rows(found), "window": window,
        "counts": queries.registration_counts(expo), "kinds": VisitorKind.choices,
    }  # fmt: skip
    return render(request, "expos/registration_list.html", context)


@require_safe
def registration_detail(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """The badge; `?format=pdf` to print it."""
    expo = editions.expo_of(year)
    row = queries.registration_for(request.user, expo, code)
    if request.GET.get("format") == "pdf":
        return shown.pdf_answer(shown.badges_pdf(expo, [row]), f"{expo.year} {row.name}.pdf")
    own = rules.registration_own(request.user, row)
    context = {
        **edition_page.shared(request.user, expo, ""), "row": row, "facts": shown.badge_facts(row),
        "state": shown.badge_tag(row), "own": own, "live": row.state == "registered",
    }  # fmt: skip
    return render(request, "expos/registration_detail.html", context)


@read_or_post
@once
def registration_cancel(request: HttpRequest, year: int, code: str) -> HttpResponse:
    expo = editions.expo_of(year)
    row = queries.registration_for(request.user, expo, code)
    return act_page(
        request, SureForm(*posted(request)[:1]),
        lambda _data: actions.registration_cancel(registration_id=row.pk, actor=request.user),
        expo=expo, title=_("取消登记"), done=_("已取消登记。"), facts=shown.badge_facts(row)[:4], kind="danger",
        note=_("取消后证件失效，不能恢复；仍要参观的，须重新登记。"), back=row.get_absolute_url(),
    )  # fmt: skip


@require_POST
@once
def registration_confirm(request: HttpRequest, year: int, code: str) -> HttpResponse:
    row = queries.registration_for(request.user, editions.expo_of(year), code)
    actions.registration_confirm(registration_id=row.pk, actor=request.user)
    messages.success(request, _("已确认，凭证件可以入场。"))
    return redirect(row)


@require_POST
@once
def registration_permit(request: HttpRequest, year: int, code: str) -> HttpResponse:
    row = queries.registration_for(request.user, editions.expo_of(year), code)
    permits = request.POST.get("permits") == "on"
    actions.registration_permit(registration_id=row.pk, actor=request.user, permits=permits)
    messages.success(request, _("已保存。"))
    return redirect(row)


@require_safe
def registration_pass(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """The badge for a phone; with script it stays on the phone and opens without a network."""
    expo = editions.expo_of(year)
    row = queries.registration_for(request.user, expo, code)
    context = {"expo": expo, "row": row, "code": queries.printed_code(row.code), "state": shown.badge_tag(row)}
    return render(request, "expos/registration_pass.html", context)


@login_not_required
@require_safe
def pass_worker(request: HttpRequest, year: int) -> HttpResponse:
    """The script that keeps pass pages; served here because a worker reaches no further than it may."""
    text = render_to_string("expos/pass_worker.js", {})
    answer = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    answer["Service-Worker-Allowed"] = reverse("expos:registration_list", args=[editions.expo_of(year).year])
    answer["Cache-Control"] = "no-cache"
    return answer
