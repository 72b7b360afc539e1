"""How a reader wants pages drawn: theme and size, kept in two cookies of their own, so that no account or session is needed."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

YEAR_SECONDS = 365 * 24 * 3600
THEMES = (("system", _("跟随系统")), ("light", _("浅色")), ("dark", _("深色")))
SIZES = (("normal", _("标准")), ("large", _("长者版：大字、单栏")))


def cookie_name(kind: str) -> str:
    """`theme` or `size`, with the prefix that binds a cookie to this host wherever the session has it."""
    return f"__Host-{kind}" if settings.SESSION_COOKIE_NAME.startswith("__Host-") else kind


@dataclass(frozen=True)
class Preferences:
    """What the cookies say; anything unknown counts as not said."""

    theme: str
    size: str
    present: bool


def read_preferences(request: HttpRequest) -> Preferences:
    """The reader's choice: theme light, dark or empty (the system's), size large or empty."""
    theme = request.COOKIES.get(cookie_name("theme"), "")
    size = request.COOKIES.get(cookie_name("size"), "")
    return Preferences(
        theme=theme if theme in {"light", "dark"} else "",
        size=size if size == "large" else "",
        present=bool(theme or size),
    )


def write_preferences(response: HttpResponse, *, theme: str, size: str) -> None:
    """Set or delete the two cookies on this response; the defaults need no cookie."""
    for kind, value, default in (("theme", theme, "system"), ("size", size, "normal")):
        if value == default:
            response.delete_cookie(cookie_name(kind), samesite="Lax")
            continue
        response.set_cookie(
            cookie_name(kind), value, max_age=YEAR_SECONDS, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
        )  # fmt: skip


class PreferencesForm(forms.Form):
    """Theme and size; `next` is checked by the view, never trusted."""

    theme = forms.ChoiceField(label=_("颜色"), choices=THEMES, widget=forms.RadioSelect)
    size = forms.ChoiceField(label=_("字号与版式"), choices=SIZES, widget=forms.RadioSelect)
    next = forms.CharField(required=False, widget=forms.HiddenInput, max_length=500)
