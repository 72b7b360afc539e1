"""Two pages of the face itself: the reader's preferences, and the specimen of all components for staff."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from .preferences import PreferencesForm, read_preferences, write_preferences
from .specimen import specimen_context


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Theme and size; a POST sets two cookies and leads back to where the reader came from."""
    if request.method == "POST":
        form = PreferencesForm(request.POST)
        if form.is_valid():
            response = HttpResponseRedirect(_safe_next(request, form.cleaned_data["next"]))
            write_preferences(response, theme=form.cleaned_data["theme"], size=form.cleaned_data["size"])
            return response
    else:
        chosen = read_preferences(request)
        size = request.GET.get("size") if request.GET.get("size") == "large" else chosen.size
        form = PreferencesForm(
            initial={
                "theme": chosen.theme or "system",
                "size": size or "normal",
                "next": request.GET.get("next", "")[:500],
            }
        )
    return render(request, "ui_pages/preferences.html", {"form": form})


def _safe_next(request: HttpRequest, wanted: str) -> str:
    """The page the reader came from when it is one of ours, else the preferences page itself."""
    if wanted and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return reverse("ui:preferences")


@require_safe
def specimen(request: HttpRequest) -> HttpResponse:
    """Every component once, with its props; for staff, a 404 for everyone else."""
    if not request.user.is_staff:
        raise Http404
    return render(request, "ui_pages/specimen.html", specimen_context(request))
