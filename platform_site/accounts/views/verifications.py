"""The office's queue of requests for the real-name mark. Read next: ../actions.py."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from platform_site import clock
from platform_site.accounts import actions, queries, rules
from platform_site.accounts.forms import ReasonForm
from platform_site.accounts.models import Verification
from platform_site.accounts.states import VerificationState
from platform_site.errors import NotAllowed
from platform_site.outbox.once import once
from platform_site.regions import workdays
from platform_site.regions.queries import overrides, provinces_where
from platform_site.ui.pagination import paged

# Usual reasons; an officer picks one and edits it. Written in both languages, so that each reader gets their own.
REFUSE_REASONS = (
    gettext_lazy("证明材料看不清，请重新拍照或扫描后上传。"),
    gettext_lazy("填写的姓名与证明材料上的不一致，请按证件填写。"),
    gettext_lazy("证件已过有效期，请上传有效证件。"),
    gettext_lazy("没有收到证明材料，请上传，或带原件到本局窗口核对。"),
)
REVOKE_REASONS = (
    gettext_lazy("经核实，核验时提交的材料不真实。"),
    gettext_lazy("证件信息已变更，请按新的证件重新申请。"),
    gettext_lazy("应本人要求撤销。"),
)
VIEWS = (
    ("waiting", gettext_lazy("待核验")),
    ("verified", gettext_lazy("已核验")),
    ("closed", gettext_lazy("其他")),
)


@require_safe
def verification_queue(request: HttpRequest) -> HttpResponse:
    if not provinces_where(request.user, "member_verify"):
        raise NotAllowed(_("核验队列只对各省知识产权局的核验人员开放。"))
    view = request.GET.get("view") if request.GET.get("view") in dict(VIEWS) else "waiting"
    rows, window = paged(request, queries.verifications_in_view(request.user, view))
    days, today = overrides(), clock.today()
    for row in rows:
        row.left = workdays.working_days_between(today, row.due_on, days)
    tabs = [(label, f"?view={name}", name == view) for name, label in VIEWS]
    context = {"rows": rows, "window": window, "view": view, "tabs": tabs, "now": clock.now()}
    return render(request, "accounts/verification_queue.html", context)


@require_safe
def verification_detail(request: HttpRequest, pk: int) -> HttpResponse:
    verification = queries.verification_for(request.user, pk)
    return render(request, "accounts/verification_detail.html", _context(request, verification))


def _context(request: HttpRequest, verification: Verification) -> dict[str, object]:
    return {
        "verification": verification,
        "left": workdays.working_days_between(clock.today(), verification.due_on, overrides()),
        "earlier": queries.verifications_of(verification.user).exclude(pk=verification.pk)[:10],
        "is_open": verification.state == VerificationState.SUBMITTED,
        "stands": verification.state == VerificationState.VERIFIED,
        "is_own": verification.user_id == request.user.pk,
    }


@require_POST
@once
def verification_approve(request: HttpRequest, pk: int) -> HttpResponse:
    verification = queries.verification_for(request.user, pk)
    actions.verification_approve(verification_id=verification.pk, actor=request.user)
    messages.success(request, _("已核验 %(name)s，并已通知本人。") % {"name": verification.real_name})
    return redirect("accounts:verification_queue")


@require_http_methods(["GET", "HEAD", "POST"])
@once
def verification_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    say = _("已退回 %(name)s 的申请，理由已通知本人。")
    return _decide(request, pk, "refuse", actions.verification_refuse, REFUSE_REASONS, say)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def verification_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    say = _("已撤销 %(name)s 的实名核验，理由已通知本人。")
    return _decide(request, pk, "revoke", actions.verification_revoke, REVOKE_REASONS, say)


def _decide(
    request: HttpRequest,
    pk: int,
    verb: str,
    act: Callable[..., Verification],
    reasons: tuple[str | Promise, ...],
    say: str,
) -> HttpResponse:
    """A no with a reason: gate, form, action, answer. `reasons` are the usual ones of this verb."""
    verification = queries.verification_for(request.user, pk)
    rules.require(rules.verification_decide, request.user, verification)
    form = _reason_form(request, reasons)
    if form.is_valid():
        act(verification_id=verification.pk, actor=request.user, **form.cleaned_data)
        messages.success(request, say % {"name": verification.real_name})
        return redirect("accounts:verification_queue")
    context = {"form": form, "verification": verification, "reasons": list(enumerate(reasons))}
    return render(request, f"accounts/verification_{verb}.html", context)


def _reason_form(request: HttpRequest, reasons: tuple[str | Promise, ...]) -> ReasonForm:
    """Bound on POST; else empty, or filled with the usual reason number `?reason=`, to be edited."""
    number = request.GET.get("reason", "")
    usual = str(reasons[int(number)]) if number in {str(n) for n in range(len(reasons))} else ""
    return ReasonForm(request.POST if request.method == "POST" else None, initial={"reason": usual})
