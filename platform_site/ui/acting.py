"""One page for every act that asks for something: its facts, its form, and where it leads. Read next: renderer.py."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from platform_site.errors import Conflict


def posted(sent: HttpRequest) -> tuple[Any, ...]:
    """What a form is bound to: data and files of a POST, nothing else."""
    return (sent.POST, sent.FILES) if sent.method == "POST" else ()


def acted(
    request: HttpRequest, form: Form, act: Callable[[dict[str, Any]], Any], *, done: str, leads_to: Callable[[Any], str],
    template: str, context: dict[str, Any],
) -> HttpResponse:  # fmt: skip
    """Draw the form in a template that extends ui_pages/act.html, or do `act` with what was typed and go where that leads.

    `context`: title, submit, facts, note, kind, back, and what the template's crumbs need. A Conflict stands above the
    form (409) and nothing typed is lost; other refusals are the middleware's.
    """
    status = 200
    if form.is_bound and form.is_valid():
        try:
            made = act(form.cleaned_data)
            messages.success(request, done)
            return HttpResponseRedirect(leads_to(made))
        except Conflict as refused:
            form.add_error(None, f"{refused.reason}{refused.advice}")
            status = refused.status
    return render(request, template, {**context, "form": form}, status=status)
