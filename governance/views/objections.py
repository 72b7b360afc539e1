"""Objections to a support on public notice. Read next: support.py."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from governance import policy_rules, support_shown
from governance import support_queries as queries
from governance.actions import objections as actions
from governance.forms.support import AnswerForm, ObjectionForm
from platform_site.accounts.rules import require
from platform_site.outbox.once import once
from platform_site.ui.acting import acted, posted

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
TEMPLATE = "governance/policy_act.html"


@read_or_post
@once
def objection_make(request: HttpRequest, pk: int) -> HttpResponse:
    """About one row of the public notices."""
    application = queries.on_notice(pk)
    require(policy_rules.objection_make, request.user, application)
    context = {
        "title": _("提出异议"), "submit": _("提交异议"), "facts": support_shown.notice_facts(application),
        "back": application.version.get_absolute_url(), "way": application.number,
    }  # fmt: skip
    return acted(
        request, ObjectionForm(*posted(request)),
        lambda data: actions.objection_make(application_id=pk, actor=request.user, words=data["words"]),
        done=_("异议已提交，答复会通知您。"), leads_to=lambda made: made.get_absolute_url(), template=TEMPLATE, context=context,
    )  # fmt: skip


@require_safe
def objection_detail(request: HttpRequest, pk: int) -> HttpResponse:
    objection = queries.objection_for(request.user, pk)
    answers = policy_rules.objection_answer(request.user, objection) and objection.answered_at is None
    context = {
        "objection": objection, "answers": answers, "facts": support_shown.notice_facts(objection.application),
        "line": support_shown.objection_line(objection),
    }  # fmt: skip
    return render(request, "governance/objection_detail.html", context)


@read_or_post
@once
def objection_answer(request: HttpRequest, pk: int) -> HttpResponse:
    objection = queries.objection_for(request.user, pk)
    require(policy_rules.objection_answer, request.user, objection)
    back = objection.get_absolute_url()
    context = {
        "title": _("答复异议"), "submit": _("答复"), "facts": [(_("异议"), objection.words)], "back": back,
        "way": objection.application.number,
    }  # fmt: skip
    return acted(
        request, AnswerForm(*posted(request)),
        lambda data: actions.objection_answer(objection_id=pk, actor=request.user, words=data["words"]),
        done=_("已答复，提出人会收到通知。"), leads_to=lambda _made: back, template=TEMPLATE, context=context,
    )  # fmt: skip
