"""One page for every act on seats and the rotation: what it is about, its form, and where it leads. Read next: seats.py."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from platform_site.errors import Conflict


def posted(sent: HttpRequest) -> tuple[Any, ...]:
    """What a form is bound to: the data of a POST, nothing else."""
    return (sent.POST,) if sent.method == "POST" else ()


def act_page(
    form: Form, request: HttpRequest, act: Callable[[dict[str, Any]], object], *, title: str, done: str, submit: str,
    back: str, way: Sequence[tuple[str, str]], facts: Sequence[Sequence[str]] = (), note: str = "", kind: str = "",
) -> HttpResponse:  # fmt: skip
    """Draw the form, or do `act` with what was typed and go `back`.

    A Conflict stands above the form (409) and nothing typed is lost; other refusals are the middleware's.
    """
    status = 200
    if form.is_bound and form.is_valid():
        try:
            act(form.cleaned_data)
            messages.success(request, done)
            return redirect(back)
        except Conflict as refused:
            form.add_error(None, f"{refused.reason}{refused.advice}")
            status = refused.status
    context = {
        "form": form, "title": title, "submit": submit, "facts": facts, "note": note, "kind": kind, "back": back,
        "way": [part for step in way for part in step],
    }  # fmt: skip
    return render(request, "governance/group_act.html", context, status=status)
