"""Acts on seats and the rotation: one page, with the way to what it is about. Read next: seats.py."""

from collections.abc import Callable, Sequence
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse

from platform_site.ui.acting import acted


def act_page(
    form: Form, request: HttpRequest, act: Callable[[dict[str, Any]], object], *, title: str, done: str, submit: str,
    back: str, way: Sequence[tuple[str, str]], facts: Sequence[Sequence[str]] = (), note: str = "", kind: str = "",
) -> HttpResponse:  # fmt: skip
    """The act, and `back` once it is done; `way` are the two steps above it."""
    context = {
        "title": title, "submit": submit, "facts": facts, "note": note, "kind": kind, "back": back,
        "way": [part for step in way for part in step],
    }  # fmt: skip
    template = "governance/group_act.html"
    return acted(request, form, act, done=done, leads_to=lambda made: back, template=template, context=context)
