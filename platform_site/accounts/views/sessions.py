"""Where I am signed in: the list, ending what is not mine, and staying. Read next: ../sessions.py, portal/sessions.py."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from platform_site import clock
from platform_site.accounts import actions, queries
from platform_site.accounts.sessions import ENDS, device_words
from platform_site.outbox.once import once


@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    rows = [
        {
            "device": device_words(row.device),
            "session": row,
            "mark": queries.session_mark(row.session_key),
            "is_current": row.session_key == request.session.session_key,
        }
        for row in queries.sessions_open(request.user)
    ]
    context = {"rows": rows, "others": sum(not row["is_current"] for row in rows)}
    return render(request, "accounts/session_list.html", context)


@require_POST
@once
def session_end(request: HttpRequest) -> HttpResponse:
    mark = request.POST.get("session", "")[:64]
    actions.session_end(actor=request.user, mark=mark, current_key=request.session.session_key or "")
    messages.success(request, _("这处登录已结束。"))
    return redirect("accounts:session_list")


@require_POST
@once
def sessions_end_others(request: HttpRequest) -> HttpResponse:
    count = actions.sessions_end_others(actor=request.user, current_key=request.session.session_key or "")
    words = ngettext("已结束另外 %(count)d 处登录。", "已结束另外 %(count)d 处登录。", count) % {"count": count}
    messages.success(request, words)
    return redirect("accounts:session_list")


@require_safe
def session_stay(request: HttpRequest) -> HttpResponse:
    """Asking for this page, as for any other, keeps the login alive; the answer says for how many seconds."""
    return JsonResponse({"left": int(request.session[ENDS] - clock.now().timestamp())})
