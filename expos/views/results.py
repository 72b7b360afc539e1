"""Results: the public ladder, recording, confirming, climbing, the follow-up, the report of the edition. Read next: ceremony.py."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from expos import door_page, edition_page, report_paper, result_page
from expos import door_rules as rules
from expos import queries as editions
from expos import result_queries as queries
from expos.actions import results as actions
from expos.forms.results import AnswerForm, ClimbForm, DisputeForm, ResultForm
from expos.models import Expo, ExpoResult
from expos.states import EXPO_OVER, ExpoState
from patents.exports import json_answer
from platform_site import clock
from platform_site.accounts.rules import require
from platform_site.errors import NotAllowed
from platform_site.outbox.once import once
from platform_site.ui.acting import posted
from platform_site.ui.pagination import paged

from .expo_act import act_page

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@require_safe
def result_list(request: HttpRequest, year: int) -> HttpResponse:
    """The ladder, the results that count, editions compared; `?format=csv|json` is the comparison."""
    expo = editions.expo_of(year)
    expos = queries.editions_to_compare(expo)
    if request.GET.get("format") == "json":
        return json_answer(request, result_page.as_data(expos))
    if request.GET.get("format") == "csv":
        return result_page.as_csv(expos)
    rows = queries.public_results(expo)
    found, window = paged(request, rows)
    context = {
        **edition_page.shared(request.user, expo, "expos:result_list"), "rows": result_page.rows(found), "window": window,
        "ladder": result_page.ladder_rows(queries.ranks_of(expo)), "compared": result_page.comparison(expos), "rule": result_page.RULE,
        "conversion_rule": result_page.CONVERSION_RULE, "may_record": bool(queries.recording_codes(request.user, expo)),
        "has_report": expo.state == ExpoState.REPORTED,
    }  # fmt: skip
    return render(request, "expos/result_list.html", context)


@require_safe
def result_keeping(request: HttpRequest, year: int) -> HttpResponse:
    """For the offices: what waits for confirmation, what is disputed, whose follow-up is overdue."""
    expo = editions.expo_of(year)
    codes = queries.recording_codes(request.user, expo)
    if not codes:
        raise NotAllowed(rules.result_record.reason)  # type: ignore[attr-defined]
    rows = queries.results_of(expo).filter(province__in=codes)
    found, window = paged(request, rows)
    overdue = [row for row in queries.overdue_of(expo, clock.today()) if row.province_id in codes]
    context = {
        **edition_page.shared(request.user, expo, ""), "rows": result_page.rows(found), "window": window,
        "overdue": result_page.rows(overdue), "follow_rule": result_page.FOLLOW_RULE,
    }  # fmt: skip
    return render(request, "expos/result_keeping.html", context)


@read_or_post
@once
def result_record(request: HttpRequest, year: int) -> HttpResponse:
    expo = editions.expo_of(year)
    codes = queries.recording_codes(request.user, expo)
    if not codes:
        raise NotAllowed(rules.result_record.reason)  # type: ignore[attr-defined]
    return act_page(
        request, ResultForm(*posted(request)[:1], expo=expo, codes=codes),
        lambda data: actions.result_record(expo_id=expo.pk, actor=request.user, values=data),
        expo=expo, title=_("登记成果"), submit=_("登记"), done=_("成果已登记，有账户的当事人会收到确认通知。"),
        back=redirect("expos:result_list", year).url, note=str(result_page.RULE),
        leads_to=lambda made: made.get_absolute_url(),
    )  # fmt: skip


@login_not_required
@require_safe
def result_detail(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    expo = editions.expo_of(year)
    row = queries.result_for(request.user, expo, pk)
    context = {**edition_page.shared(request.user, expo, "expos:result_list"), **result_page.page(request.user, row)}
    return render(request, "expos/result_detail.html", context)


def _act(request: HttpRequest, year: int, pk: int, rule: Any) -> tuple[Expo, ExpoResult]:
    """The gate: who may not see it has a 404, who sees it and may not a 403."""
    expo = editions.expo_of(year)
    row = queries.result_for(request.user, expo, pk)
    require(rule, request.user, row)
    return expo, row


@require_POST
@once
def result_confirm(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    _expo, row = _act(request, year, pk, rules.result_confirm)
    actions.result_confirm(result_id=row.pk, actor=request.user)
    messages.success(request, _("已确认。"))
    return redirect(row)


@read_or_post
@once
def result_dispute(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    expo, row = _act(request, year, pk, rules.result_dispute)
    return act_page(
        request, DisputeForm(*posted(request)[:1]),
        lambda data: actions.result_dispute(result_id=row.pk, actor=request.user, reason=data["reason"]),
        expo=expo, title=_("提出异议"), done=_("已提出异议，这项成果不再计入。"), facts=result_page.facts(row), kind="danger",
        back=row.get_absolute_url(), note=_("异议提出后不能收回；登记有误的，由知识产权局另行登记。"),
    )  # fmt: skip


@read_or_post
@once
def result_climb(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    expo, row = _act(request, year, pk, rules.result_climb)
    return act_page(
        request, ClimbForm(*posted(request)[:1], rungs=result_page.rungs_above(row)),
        lambda data: actions.result_climb(result_id=row.pk, actor=request.user, **data),
        expo=expo, title=_("登记进展"), done=_("进展已登记。"), facts=result_page.facts(row)[:2], back=row.get_absolute_url(),
        note=_("只登记更高的级别，登记后不能更改。"),
    )  # fmt: skip


@read_or_post
@once
def result_answer(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    expo, row = _act(request, year, pk, rules.result_answer)
    return act_page(
        request, AnswerForm(*posted(request)[:1], rungs=result_page.rungs_above(row)),
        lambda data: actions.result_answer(result_id=row.pk, actor=request.user, **data),
        expo=expo, title=_("答复意向跟踪"), submit=_("答复"), done=_("谢谢，答复已登记。"), facts=result_page.facts(row)[:3],
        back=row.get_absolute_url(), note=str(result_page.FOLLOW_RULE),
    )  # fmt: skip


@login_not_required
@require_safe
def edition_report(request: HttpRequest, year: int) -> HttpResponse:
    """Public once published; the host sees the draft from the close on. `?format=pdf`."""
    expo = editions.expo_of(year)
    is_draft = expo.state != ExpoState.REPORTED
    if expo.state not in EXPO_OVER or is_draft and not rules.rules.expo_run(request.user, expo):
        raise Http404
    expos = queries.editions_to_compare(expo)
    if request.GET.get("format") == "pdf":
        return door_page.pdf_answer(report_paper.pdf(expo, expos), report_paper.file_name(expo))
    context = {
        **edition_page.shared(request.user, expo, "expos:edition_report"), "is_draft": is_draft,
        "title": report_paper.title(expo), "blocks": report_paper.blocks(expo, expos),
    }  # fmt: skip
    return render(request, "expos/edition_report.html", context)
