"""One act on an application that asks for words: gate, form, action, answer. Read next: support.py."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from governance import support_queries as queries
from governance import support_shown
from governance.models import PolicyApplication
from platform_site.accounts.rules import Rule, require
from platform_site.errors import Conflict


class Act:
    """Whoever may not read the application gets 404, whoever may not do this 403, before a form is shown."""

    def __init__(self, request: HttpRequest, pk: int, form: type[forms.Form], rule: Rule) -> None:
        self.request = request
        self.application: PolicyApplication = queries.application_for(request.user, pk)
        reason = _("这一步不由您办理。")
        advice = _("初审、复审由该省不同的工作人员办理，申诉由未参与原决定的人办理。")
        require(rule, request.user, self.application, reason, advice)
        is_sent = request.method == "POST"
        self.form = form(request.POST, request.FILES) if is_sent else form()

    def fill(self, **values: Any) -> None:
        """What stands in the boxes before anything is typed."""
        self.form.initial |= values

    def answer(self, do: Callable[..., PolicyApplication], title: str, done: str) -> HttpResponse:
        """A Conflict stands above the form (409) and nothing typed is lost."""
        status = 200
        if self.form.is_bound and self.form.is_valid():
            try:
                do(application_id=self.application.pk, actor=self.request.user, **self.form.cleaned_data)
                messages.success(self.request, done)
                return redirect(self.application)
            except Conflict as refused:
                self.form.add_error(None, f"{refused.reason}{refused.advice}")
                status = refused.status
        shown = {"form": self.form, "title": title, "application": self.application, "submit": title}
        shown["rows"] = support_shown.facts_shown(self.application)
        return render(self.request, "governance/support_act.html", shown, status=status)
