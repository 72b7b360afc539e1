"""Acts on facilities, visits and stationings: one page each, with the way to what it is about. Read next: visits.py."""

from collections.abc import Callable, Sequence
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse

from platform_site.ui.acting import acted


def act_page(
    form: Form, request: HttpRequest, act: Callable[[dict[str, Any]], object], *, title: str, done: str, back: str,
    way: str, submit: str = "", facts: Sequence[Sequence[str]] = (), note: str = "", kind: str = "", to: str = "",
) -> HttpResponse:  # fmt: skip
    """The act, and `to` (`back`) once it is done; `way` is what the page above is called."""
    context = {
        "title": title, "submit": submit or title, "facts": facts, "note": note, "kind": kind, "back": back, "way": way,
    }  # fmt: skip
    template = "governance/resource_act.html"
    return acted(request, form, act, done=done, leads_to=lambda made: to or back, template=template, context=context)
