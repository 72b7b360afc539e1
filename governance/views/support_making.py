"""A new application: for which agreement or listing, with what is known of it. Read next: support.py."""

from functools import cached_property

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from governance import entitlement_queries, entitlement_shown, policy_queries, policy_rules
from governance.actions import support
from governance.entitlement_facts import Subject, facts_in_record
from governance.entitlements import entitled
from governance.forms.entitlements import TellForm
from governance.forms.support import MakeForm
from governance.models import PolicyApplication
from platform_site.accounts.queries import organisation_of
from platform_site.accounts.rules import require
from platform_site.errors import Conflict
from platform_site.ui.languages import han_marked

_MAKERS = {
    "agreement": entitlement_queries.agreement_maker,
    "exhibit": entitlement_queries.exhibit_maker,
    "stationing": entitlement_queries.stationing_maker,
    "visit": entitlement_queries.visit_maker,
}


class Making:
    """The version, the subject, the form."""

    def __init__(self, request: HttpRequest, pk: int) -> None:
        self.request = request
        self.version = policy_queries.version_for(request.user, pk)
        if self.version.state == "draft":
            raise Http404
        one = self.subject
        about = (one.agreement, one.listing, one.role)
        require(policy_rules.support_make, request.user, about, advice=_("请从测算页面选择自己的合同或技术。"))
        documents = list(self.version.documents)
        is_sent = request.method == "POST"
        self.form = (
            MakeForm(request.POST, request.FILES, documents=documents) if is_sent else MakeForm(documents=documents)
        )
        self.status = 200
        self.is_valid = self.form.is_bound and self.form.is_valid()

    @cached_property
    def subject(self) -> Subject:
        """By `?listing=`, or `?agreement=`, `?exhibit=`, `?stationing=`, `?visit=` and a key; 404 for what is not the reader's to see."""
        query, user = self.request.GET, self.request.user
        name = next((one for one in ("listing", *_MAKERS) if query.get(one)), "")
        typed = query.get(name, "")
        if name == "listing":
            make = entitlement_queries.listing_maker(user, typed)
        elif name and typed.isascii() and typed.isdigit() and len(typed) < 18:
            make = _MAKERS[name](user, int(typed))
        else:
            raise Http404
        return make(TellForm(query, names=make({}).told).told())

    def tried(self) -> PolicyApplication | None:
        subject = self.subject
        try:
            return support.support_make(
                version_id=self.version.pk, actor=self.request.user, role=subject.role, facts=facts_in_record(subject, self.version.policy.province_id),
                organisation=organisation_of(self.request.user), agreement=subject.agreement,
                listing=None if subject.agreement else subject.listing, note=self.form.cleaned_data["note"],
                uploads=self.form.cleaned_data["uploads"],
            )  # fmt: skip
        except Conflict as refused:
            self.form.add_error(None, f"{refused.reason}{refused.advice}")
            self.status = refused.status
            return None

    def page(self) -> HttpResponse:
        found = entitled(self.subject, [self.version], policy_queries.used_of([self.version.pk]))[0]
        context = {
            "form": self.form, "version": self.version, "card": entitlement_shown.card(found, self.subject),
            "facts": entitlement_shown.fact_rows(self.subject), "title": han_marked(self.version.title),
            "documents": [han_marked(one) for one in self.version.documents], "office": self.version.policy.province.office,
        }  # fmt: skip
        return render(self.request, "governance/support_make.html", context, status=self.status)
