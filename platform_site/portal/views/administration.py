"""The audit log, and the demonstration's outgoing mail; for administrators alone. Read next: ../audit_words.py, ../mailbox.py."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from platform_site.accounts import rules
from platform_site.portal import audit_words, mailbox


@require_safe
def audit_list(request: HttpRequest) -> HttpResponse:
    rules.require(_administrator, request.user, None, _("审计日志只对平台管理员开放。"))
    filters = {name: request.GET.get(name, "").strip()[:100] for name in ("verb", "target")}
    rows, older = audit_words.page(before=request.GET.get("before", ""), **filters)
    kept = {name: value for name, value in filters.items() if value}
    context = {
        "rows": rows,
        "older": "?" + urlencode({**kept, "before": older}) if older else "",
        "newest": "?" + urlencode(kept) if request.GET.get("before") else "",
        "verbs": audit_words.verb_choices(),
        "filtered": bool(kept),
        **filters,
    }
    return render(request, "portal/audit_list.html", context)


def _administrator(user: object, subject: object) -> bool:
    return rules.is_administrator(user)


@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    """The newest mails of a demonstration without a mail server: the codes of sign-up and password reset are in them."""
    if not rules.is_administrator(request.user) or not mailbox.is_readable():
        raise Http404
    return render(request, "portal/mail_list.html", {"mails": mailbox.newest(), "most": mailbox.MOST})
