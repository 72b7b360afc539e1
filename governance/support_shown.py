"""Applications for support as their pages show them. Read next: views/support.py."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from platform_site.accounts.models import User
from platform_site.regions.names import province_name
from platform_site.ui.formats import cny, date_iso
from platform_site.ui.languages import han_marked

from . import policy_rules as rules
from . import rule_words, support_queries
from .entitlement_facts import Facts, Source, Subject
from .entitlement_shown import clause_rows, fact_rows, verdict_word
from .entitlements import Entitled, entitled
from .models import AidEntry, PolicyApplication, SupportObjection
from .rule_engine import day, number
from .rule_facts import FACTS, FactKind
from .states import SUPPORT_OVER, PolicyKind, SupportState

S = SupportState
TONES = {
    S.PAID: "jade",
    S.APPROVED: "jade",
    S.NOTICE: "indigo",
    S.DECLINED: "cinn",
    S.UPHELD: "cinn",
    S.RECOVERED: "cinn",
    S.WITHDRAWN: "",
}
# What an officer may do in which state: (view, words, kind of button).
OFFICE_ACTS = {
    S.SUBMITTED: (("support_accept", gettext_lazy("受理"), ""), ("support_return", gettext_lazy("要求补正"), "alt"), ("support_decline", gettext_lazy("不予支持"), "danger")),
    S.ACCEPTED: (("support_review", gettext_lazy("初审"), ""), ("support_decline", gettext_lazy("不予支持"), "danger")),
    S.REVIEWED: (("support_confirm", gettext_lazy("复审"), ""), ("support_decline", gettext_lazy("不予支持"), "danger")),
    S.NOTICE: (("support_approve", gettext_lazy("批准"), ""), ("support_decline", gettext_lazy("不予支持"), "danger")),
    S.APPROVED: (("support_pay", gettext_lazy("登记兑现"), ""), ("support_recover", gettext_lazy("收回支持"), "danger")),
    S.PAID: (("support_recover", gettext_lazy("收回支持"), "danger"),),
    S.APPEALED: (("support_reopen", gettext_lazy("重新审核"), ""), ("support_uphold", gettext_lazy("维持原决定"), "danger")),
}  # fmt: skip
OWN_ACTS = {
    S.CORRECTION: (("support_correct", gettext_lazy("补正"), ""), ("support_withdraw", gettext_lazy("撤回申报"), "alt")),
    S.SUBMITTED: (("support_withdraw", gettext_lazy("撤回申报"), "alt"),),
    S.ACCEPTED: (("support_withdraw", gettext_lazy("撤回申报"), "alt"),),
    S.REVIEWED: (("support_withdraw", gettext_lazy("撤回申报"), "alt"),),
    S.DECLINED: (("support_appeal", gettext_lazy("申诉"), "alt"),),
}  # fmt: skip
PRESSED = frozenset({"support_accept", "support_withdraw"})  # one press, no form


def tag(application: PolicyApplication) -> tuple[str, str]:
    state = SupportState(application.state)
    return str(state.label), TONES.get(state, "ochre")


def rows(found: Iterable[PolicyApplication], *, for_office: bool = False) -> list[dict[str, Any]]:
    return [
        {
            "title": f"{one.number} {one.version.title}", "href": one.get_absolute_url(),
            "tags": [tag(one), (province_name(one.version.policy.province_id), ""), (str(PolicyKind(one.version.policy.kind).label), "indigo")],
            "meta": _meta(one, for_office), "price": cny(one.amount_cny) if one.amount_cny else "",
        }
        for one in found
    ]  # fmt: skip


def _meta(one: PolicyApplication, for_office: bool) -> list[str]:
    found = [one.applicant_name] if for_office else []
    found.append(_("%(day)s 提交") % {"day": date_iso(one.submitted_at)})
    if one.state not in SUPPORT_OVER:
        found.append(_("本环节应于 %(day)s 前办结") % {"day": date_iso(one.due_on)})
    return found


def notice_facts(one: PolicyApplication) -> list[tuple[str, Any]]:
    """What everybody may read of a support, as facts of one page."""
    return [
        (_("编号"), one.number), (_("申请人"), han_marked(one.applicant_name)), (_("政策名称"), han_marked(one.version.title)),
        (_("办理机关"), one.version.policy.province.office), (_("金额"), cny(one.amount_cny)), (_("公示至"), date_iso(one.notice_until)),
    ]  # fmt: skip


def objection_line(objection: SupportObjection) -> list[dict[str, Any]]:
    """The objection and its answer, in order; who made it is told to nobody but the office, by name on its own page."""
    found = [{"when": objection.made_at, "title": _("提出异议"), "text": han_marked(objection.words)}]
    if objection.answered_at:
        found.append({"when": objection.answered_at, "title": _("办理机关答复"), "text": han_marked(objection.answer)})
    return found


def objection_rows(user: User, application: PolicyApplication) -> list[dict[str, Any]]:
    """For the office alone: each objection with the way to it, and whether it waits."""
    if rules.support_own(user, application):
        return []
    return [
        {"url": one.get_absolute_url(), "when": one.made_at, "waits": one.answered_at is None}
        for one in application.objections.all()
    ]


def notice_rows(user: User, found: Iterable[PolicyApplication]) -> list[dict[str, Any]]:
    """What everybody may read of a support: who, for what, how much, until when."""
    return [
        {
            "number": one.number, "name": han_marked(one.applicant_name), "policy": han_marked(one.version.title),
            "href": one.version.get_absolute_url(), "province": province_name(one.version.policy.province_id),
            "amount": cny(one.amount_cny), "until": one.notice_until, "tag": tag(one),
            "office": one.version.policy.province.office, "pk": one.pk,
            "may_object": one.state == S.NOTICE and not (user.is_authenticated and rules.support_own(user, one)),
        }
        for one in found
    ]  # fmt: skip


def page(user: User, application: PolicyApplication) -> dict[str, Any]:
    """One application for its applicant or an officer of that province."""
    read = reading(application)
    patents = support_queries.patents_of(application.agreement, application.listing)
    version = application.version
    payments = list(application.payments.all())
    return {
        "application": application, "title": f"{application.number} {version.title}", "tag": tag(application),
        "facts": facts_shown(application), "verdict": verdict_word(read.verdict), "arithmetic": rule_words.arithmetic(read.amount),
        "clauses": clause_rows(read, values_of(application)), "told": fact_rows_of(application),
        "steps": [
            {"when": one.at, "title": S(one.became).label, "text": han_marked(one.words)}
            for one in application.steps.all()
        ],
        "files": [
            {"name": one.file.name, "url": reverse("policies:support_file", args=[one.pk]), "meta": date_iso(one.added_at)}
            for one in application.files.select_related("file")
        ],
        "payments": [(date_iso(one.paid_on), cny(one.amount_cny), one.reference) for one in payments],
        "ledger": [ledger_row(entry) for entry in support_queries.ledger_of(patents)],
        "acts": acts(user, application), "objections": objection_rows(user, application),
    }  # fmt: skip


def facts_shown(application: PolicyApplication) -> list[tuple[str, Any]]:
    version = application.version
    about = application.agreement or application.listing
    found: list[tuple[str, Any]] = [
        (_("申请人"), han_marked(application.applicant_name)), (_("身份"), rule_words.value_words(FACTS["role"], application.role)),
        (_("就什么申报"), str(about)), (_("政策名称"), f"{version.title}（{_('第 %(n)d 版') % {'n': version.number}}）"),
        (_("办理机关"), version.policy.province.office), (_("提交"), date_iso(application.submitted_at)),
    ]  # fmt: skip
    if application.state not in SUPPORT_OVER:
        found.append((_("本环节期限"), date_iso(application.due_on)))
    if application.amount_cny is not None:
        found.append((_("核定金额"), cny(application.amount_cny)))
    if application.notice_until:
        found.append((_("公示至"), date_iso(application.notice_until)))
    if application.clause:
        found.append((_("决定依据"), han_marked(application.clause)))
    if application.reason:
        found.append((_("理由"), han_marked(application.reason)))
    return found


def ledger_row(entry: AidEntry) -> dict[str, Any]:
    policy = entry.version.policy
    return {
        "patent": entry.patent.shown_number, "province": province_name(policy.province_id),
        "kind": str(PolicyKind(policy.kind).label), "number": entry.application.number, "amount": cny(entry.amount_cny) if entry.amount_cny else "0",
    }  # fmt: skip


def acts(user: User, application: PolicyApplication) -> list[dict[str, Any]]:
    """What this reader may do now."""
    state = SupportState(application.state)
    offered: list[tuple[str, Any, str]] = []
    if rules.support_own(user, application):
        offered += OWN_ACTS.get(state, ())
    else:
        for act in OFFICE_ACTS.get(state, ()):
            asks = {"support_confirm": rules.support_confirm, "support_reopen": rules.support_answer, "support_uphold": rules.support_answer, "support_recover": rules.support_recover}  # fmt: skip
            if asks.get(act[0], rules.support_decide)(user, application):
                offered.append(act)
    return [
        {"url": reverse(f"policies:{name}", args=[application.pk]), "words": words, "kind": kind, "pressed": name in PRESSED}
        for name, words, kind in offered
    ]  # fmt: skip


# ---- the facts as they were handed in


def facts_of(application: PolicyApplication) -> Facts:
    """Back from what was stored: numbers, days and codes as the engine reads them."""
    found: Facts = {}
    for name, pair in application.facts.items():
        if name in FACTS and isinstance(pair, list) and len(pair) == 2:
            found[name] = (_value(FACTS[name].kind, pair[0]), Source(pair[1]))
    return found


def _value(kind: FactKind, value: Any) -> Any:
    if kind == FactKind.NUMBER:
        return number(value)
    if kind == FactKind.DATE:
        return day(value)
    return tuple(value) if isinstance(value, list) else value


def values_of(application: PolicyApplication) -> dict[str, Any]:
    return {name: value for name, (value, _source) in facts_of(application).items()}


def fact_rows_of(application: PolicyApplication) -> list[tuple[str, str, str]]:
    return fact_rows(_subject(application))


def _subject(application: PolicyApplication) -> Subject:
    return Subject(application.facts.get("occasion", [""])[0], facts_of(application), role=application.role)


def reading(application: PolicyApplication) -> Entitled:
    """The version that was applied for, against the facts of that day."""
    return entitled(_subject(application), [application.version], {})[0]


def computed(application: PolicyApplication) -> Decimal | None:
    """What the formula comes to by those facts."""
    return reading(application).amount.value
