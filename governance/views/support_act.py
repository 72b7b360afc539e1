"""One act on an application that asks for words: gate, form, action, answer. Read next: support.py."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from governance import support_queries as queries
from governance import support_shown
from governance.models import PolicyApplication
from platform_site.accounts.rules import Rule, require
from platform_site.ui.acting import acted, posted


class Act:
    """Whoever may not read the application gets 404, whoever may not do this 403, before a form is shown."""

    def __init__(self, request: HttpRequest, pk: int, form: type[forms.Form], rule: Rule) -> None:
        self.request = request
        self.application: PolicyApplication = queries.application_for(request.user, pk)
        reason = _("这一步不由您办理。")
        advice = _("初审、复审由该省不同的工作人员办理，申诉、收回由未作原决定的人办理。")
        require(rule, request.user, self.application, reason, advice)
        self.form = form(*posted(request))

    def fill(self, **values: Any) -> None:
        """What stands in the boxes before anything is typed."""
        self.form.initial |= values

    def answer(self, do: Callable[..., PolicyApplication], title: str, done: str) -> HttpResponse:
        """The form, or the act and the application as it is then."""
        own, back = self.application, self.application.get_absolute_url()
        return acted(
            self.request, self.form, lambda data: do(application_id=own.pk, actor=self.request.user, **data),
            done=done, leads_to=lambda _made: back, template="governance/policy_act.html",
            context={
                "title": title, "submit": title, "facts": support_shown.facts_shown(own), "back": back, "way": own.number,
            },
        )  # fmt: skip
