"""One page for every act on a meeting, a ballot or a resolution that asks for something: its facts, its form, where it leads.

Read next: meetings.py.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from platform_site.errors import Conflict


def posted(sent: HttpRequest) -> tuple[Any, ...]:
    """What a form is bound to: data and files of a POST, nothing else."""
    return (sent.POST, sent.FILES) if sent.method == "POST" else ()


def act_page(
    about: Any, request: HttpRequest, form: Form, act: Callable[[dict[str, Any]], Any], *, title: str, done: str, submit: str,
    facts: Sequence[Sequence[Any]] = (), note: str = "", kind: str = "", leads_to: Callable[[Any], str] | None = None,
) -> HttpResponse:  # fmt: skip
    """Draw the form, or do `act` with what was typed and go to `about`, the record that it is an act on.

    A Conflict stands above the form (409) and nothing typed is lost; other refusals are the middleware's.
    """
    status, back = 200, about.get_absolute_url()
    if form.is_bound and form.is_valid():
        try:
            made = act(form.cleaned_data)
            messages.success(request, done)
            return HttpResponseRedirect(leads_to(made) if leads_to else back)
        except Conflict as refused:
            form.add_error(None, f"{refused.reason}{refused.advice}")
            status = refused.status
    context = {
        "about": about, "back": back, "form": form, "title": title, "submit": submit, "facts": facts, "note": note,
        "kind": kind,
    }  # fmt: skip
    return render(request, "governance/meeting_act.html", context, status=status)
