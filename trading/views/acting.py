"""Acts on the performance of an agreement: one page. Read next: performance.py."""

from collections.abc import Callable, Sequence
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from platform_site.ui.acting import acted
from trading.models import Agreement


def act_page(
    agreement: Agreement, request: HttpRequest, form: Form, act: Callable[[dict[str, Any]], object], *, title: str,
    done: str, submit: str, facts: Sequence[Sequence[str]] = (), note: str = "", kind: str = "",
) -> HttpResponse:  # fmt: skip
    """The act, and back to the performance page."""
    back = reverse("trading:agreement_performance", args=[agreement.pk])
    context = {
        "agreement": agreement, "back": back, "title": title, "submit": submit, "facts": facts, "note": note, "kind": kind,
    }  # fmt: skip
    template = "trading/performance_act.html"
    return acted(request, form, act, done=done, leads_to=lambda made: back, template=template, context=context)
