"""What was typed into a form that was sent after the login had ended: it waits in the session until its owner is back.

The session is a visitor's then and goes on as the member's after the log-in. Read next: portal/middleware.py, which
calls `hold`; a view that wants this is marked `@holds_typed`, asks `held_for` and draws `as_typed`.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django.forms import BaseForm
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, QueryDict

KEY = "held_forms"
MOST_FORMS = 4
MOST_SIGNS = 120_000  # of all forms together: a session is read with every page
LEFT_OUT = frozenset({"csrfmiddlewaretoken", "idempotency_key"})

View = Callable[..., HttpResponse]
Typed = dict[str, list[str]]
F = TypeVar("F", bound=BaseForm)


def holds_typed(view: View) -> View:
    """Mark a view whose form is kept when it comes without a login."""
    view.holds_typed = True  # type: ignore[attr-defined]
    return view


def hold(request: HttpRequest) -> None:
    """Keep this form in the session; the oldest give way when there are many or they are long."""
    forms: dict[str, Typed] = dict(request.session.get(KEY, {}))
    place = _place(request)
    forms.pop(place, None)
    forms[place] = {name: request.POST.getlist(name) for name in request.POST if name not in LEFT_OUT}
    while len(forms) > MOST_FORMS or sum(map(_signs, forms.values())) > MOST_SIGNS:
        del forms[next(iter(forms))]
    request.session[KEY] = forms


def held_for(request: HttpRequest) -> Typed | None:
    """What waits for this page, names and values as they were sent."""
    found: Typed | None = request.session.get(KEY, {}).get(_place(request))
    return found


def as_sent(typed: Mapping[str, Iterable[str]]) -> QueryDict:
    """Names and values as a form takes them."""
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, list(values))
    return data


def as_typed(form: F) -> F:
    """The form as it was typed, before anybody asks whether it is right: judged when it is sent, not when it is opened."""
    form.full_clean()  # a form may show a box more once it has looked at what was typed
    form._errors = ErrorDict()  # type: ignore[attr-defined]
    return form


def release(request: HttpRequest) -> None:
    """Forget what waited for this page: it is saved, or not wanted."""
    forms = dict(request.session.get(KEY, {}))
    if forms.pop(_place(request), None) is not None:
        request.session[KEY] = forms


def _place(request: HttpRequest) -> str:
    """The record that the form is about: the same in both languages, and for a page and its autosave."""
    match: Any = request.resolver_match
    return "/".join([match.app_name, *(str(value) for value in match.kwargs.values())])


def _signs(typed: Typed) -> int:
    return sum(len(name) + sum(map(len, values)) for name, values in typed.items())
