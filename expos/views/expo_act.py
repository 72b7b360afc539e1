"""Acts of an expo: one page each, with the way to the edition they belong to. Read next: editions.py."""

from collections.abc import Callable, Sequence
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse

from expos.models import Expo
from platform_site.ui.acting import acted


def act_page(
    sent: HttpRequest, form: Form, act: Callable[[dict[str, Any]], object], *, expo: Expo, title: str, done: str,
    back: str = "", submit: str = "", facts: Sequence[Sequence[str]] = (), note: str = "", kind: str = "",
    leads_to: Callable[[Any], str] | None = None, template: str = "expos/expo_act.html",
) -> HttpResponse:  # fmt: skip
    """The act; once it is done the reader is where `leads_to` says, else at `back`, else at the edition."""
    back = back or expo.get_absolute_url()
    context = {
        "expo": expo, "title": title, "submit": submit or title, "facts": facts, "note": note, "kind": kind, "back": back,
    }  # fmt: skip
    return acted(
        sent, form, act, done=done, leads_to=leads_to or (lambda _made: back), template=template,
        context=context,
    )  # fmt: skip
