"""Is this paper genuine? For anybody, without a login. Read next: ../verification.py."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from trading import codes, verification
from trading.forms.recordals import CodeForm, DigestCheckForm


@login_not_required
@require_safe
def verify_form(request: HttpRequest) -> HttpResponse:
    """A box for the code; a code leads to its own page, which is what the QR on the paper names."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("trading:verify_detail", form.cleaned_data["code"])
    return render(request, "trading/verify_form.html", {"form": form})


@login_not_required
@require_safe
def verify_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Genuine or not. Whatever the register does not know gets one and the same answer."""
    known = codes.normalised(code)
    if not codes.is_code(known):
        form = CodeForm({"code": code})
        return render(request, "trading/verify_form.html", {"form": form})
    seal = verification.seal_of(known)
    check = DigestCheckForm(request.GET if seal and "digest" in request.GET else None)
    same = verification.is_same(known, check.cleaned_data["digest"]) if check.is_bound and check.is_valid() else None
    context = {"seal": seal, "code": codes.printed(known), "check": check, "same": same}
    answer = render(request, "trading/verify_detail.html", context)
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer
