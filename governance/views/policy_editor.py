"""The forms of one version on one page: texts, rows of conditions, the rule as data. Works without a script. Read next: policies.py."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from governance import policy_shown
from governance.forms.policies import PolicyForm, VersionForm, initial_of
from governance.forms.rule_rows import ROWS, RuleRows, TreeForm, rows_of, rule_of
from governance.models import PolicyVersion
from governance.rule_checks import rule_faults
from platform_site import clock
from platform_site.errors import Conflict

Write = Callable[[dict[str, Any], dict[str, Any]], PolicyVersion]


class Editor:
    """What was sent or is stored; `page` draws it, with the sentence and the examples once it can be read."""

    def __init__(self, request: HttpRequest, *, version: PolicyVersion | None = None, codes: list[str] | None = None) -> None:  # fmt: skip
        self.request, self.version = request, version
        sent = request.POST if request.method == "POST" else None
        rows, tree = rows_of(version.criteria if version else None)
        first = initial_of(version) if version else {"starts_on": clock.today(), "notice_days": 5}
        filled = rows + [{}] * (ROWS - len(rows))
        self.head = PolicyForm(sent, codes=codes) if codes else None
        self.texts = VersionForm(sent, initial=first)
        self.rows = RuleRows(sent, prefix="rule", initial=filled)
        self.tree = TreeForm(sent, initial={"tree": tree})
        self.status = 200
        self.is_valid = sent is not None and self._is_valid()

    def _is_valid(self) -> bool:
        parts = [one for one in (self.head, self.texts, self.rows, self.tree) if one is not None]
        faulty = [one for one in parts if not one.is_valid()]  # each is asked, so that each shows what is wrong with it
        if faulty:
            return False
        self.rule = rule_of(self.rows, self.tree)
        for place, fault in rule_faults(self.rule):
            self.tree.add_error("tree" if self.tree.cleaned_data.get("tree") else None, _("%(place)s：%(fault)s") % {"place": place, "fault": fault})  # fmt: skip
        return not self.tree.errors

    def is_to_be_saved(self) -> bool:
        """Whether all can be read and it is not just to be looked at."""
        return self.is_valid and "preview" not in self.request.POST

    def tried(self, write: Write) -> PolicyVersion | None:
        """Write it; a Conflict stands above the form, and nothing typed is lost."""
        try:
            values = {**self.texts.values(), "criteria": self.rule}
            return write(values, self.head.cleaned_data if self.head else {})
        except Conflict as refused:
            self.texts.add_error(None, f"{refused.reason}{refused.advice}")
            self.status = refused.status
            return None

    def page(self, title: str) -> HttpResponse:
        forms = [one for one in (self.head, self.texts, *self.rows.forms, self.tree) if one is not None]
        context: dict[str, Any] = {
            "title": title, "head": self.head, "texts": self.texts, "rows": self.rows, "tree": self.tree, "forms": forms,
            "version": self.version, "form": self.texts, "has_faults": any(one.is_bound and one.errors for one in forms),
        }  # fmt: skip
        if self.is_valid and "preview" in self.request.POST:
            code = self.head.cleaned_data["province"] if self.head else self._code()
            data = self.texts.cleaned_data
            context["check"] = policy_shown.check(self.rule, data["formula"], data["cap_cny"], code, data["starts_on"])
        return render(self.request, "governance/policy_edit.html", context, status=self.status)

    def _code(self) -> str:
        return self.version.policy.province_id if self.version else ""
