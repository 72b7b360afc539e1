"""Acts on a meeting, a ballot or a resolution: one page. Read next: meetings.py."""

from collections.abc import Callable, Sequence
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse

from platform_site.ui.acting import acted


def act_page(
    about: Any, request: HttpRequest, form: Form, act: Callable[[dict[str, Any]], Any], *, title: str, done: str, submit: str,
    facts: Sequence[Sequence[Any]] = (), note: str = "", kind: str = "", leads_to: Callable[[Any], str] | None = None,
) -> HttpResponse:  # fmt: skip
    """The act, and back to `about`, the record that it is an act on, unless it leads elsewhere."""
    back = about.get_absolute_url()
    context = {
        "about": about, "back": back, "title": title, "submit": submit, "facts": facts, "note": note, "kind": kind,
    }  # fmt: skip
    template, onward = "governance/meeting_act.html", leads_to or (lambda made: back)
    return acted(request, form, act, done=done, leads_to=onward, template=template, context=context)
