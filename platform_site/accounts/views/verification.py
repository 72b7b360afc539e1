"""One's own request for the real-name mark. Read next: verifications.py, the officer's side."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from platform_site import clock
from platform_site.accounts import actions, queries
from platform_site.accounts.forms import VerificationForm
from platform_site.accounts.states import VerificationState
from platform_site.errors import Conflict
from platform_site.files import store
from platform_site.outbox.once import once
from platform_site.regions.queries import working_days_left


@sensitive_post_parameters("identity_number")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def verification_submit(request: HttpRequest) -> HttpResponse:
    """The form for who has no request, else the state of the latest one; `?again=1` shows the form after a refusal."""
    latest = queries.current_verification(request.user)
    is_open = latest is not None and latest.state in actions.OPEN_STATES
    if request.method != "POST" and latest is not None and (is_open or "again" not in request.GET):
        left = working_days_left(clock.today(), latest.due_on) if latest.state == VerificationState.SUBMITTED else None
        return render(request, "accounts/verification_own.html", {"verification": latest, "left": left})
    initial = {"real_name": latest.real_name if latest else request.user.display_name}
    form = VerificationForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _submitted(request, form):
        return redirect("accounts:verification_submit")
    return render(request, "accounts/verification_submit.html", {"form": form, "latest": latest})


def _submitted(request: HttpRequest, form: VerificationForm) -> bool:
    facts = {name: value for name, value in form.cleaned_data.items() if name != "consent"}
    try:
        actions.verification_submit(actor=request.user, **facts)
    except Conflict as refusal:
        form.add_error(None, str(refusal.reason))
        return False
    messages.success(request, _("申请已提交，核验结果会通知您。"))
    return True


@require_POST
@once
def verification_withdraw(request: HttpRequest) -> HttpResponse:
    latest = queries.current_verification(request.user)
    if latest is None:
        raise Http404
    actions.verification_withdraw(verification_id=latest.pk, actor=request.user)
    messages.success(request, _("申请已撤回。"))
    return redirect("accounts:verification_submit")


@require_safe
def verification_proof(request: HttpRequest, pk: int) -> HttpResponse:
    """The uploaded paper, for its owner and for the office that was asked."""
    proof = actions.verification_proof_read(verification_id=pk, actor=request.user)
    if proof is None:
        raise Http404
    return store.serve(proof)
