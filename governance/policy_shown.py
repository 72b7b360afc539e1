"""Policies as their pages show them. No query here. Read next: views/policies.py."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from platform_site.regions.facts import CODES
from platform_site.regions.names import province_name
from platform_site.ui.formats import cny, date_iso, grouped, reads_chinese
from platform_site.ui.languages import han_marked

from . import rule_words
from .models import Policy, PolicyVersion
from .parity import clauses_of, model_deals, outcome, seated
from .policy_queries import PolicySearch, Used
from .rule_engine import YES, Answer, evaluate, leaves, leaves_of, needs
from .states import PolicyKind, PolicyState

TONES = {PolicyState.DRAFT: "ochre", PolicyState.PUBLISHED: "jade", PolicyState.ENDED: ""}


def tags(version: PolicyVersion, day: date) -> list[tuple[str, str]]:
    """Province, kind, whether it is in force that day, and whether it asks for a seat."""
    found = [(province_name(version.policy.province_id), ""), (str(PolicyKind(version.policy.kind).label), "indigo")]
    found.append(standing(version, day))
    if next(clauses_of(version.criteria), None) is not None:
        found.append((pgettext("policy", "有地域限制"), "cinn"))
    return found


def standing(version: PolicyVersion, day: date) -> tuple[str, str]:
    """In one word, by its days: drafted, to come, in force, over."""
    if version.state == PolicyState.DRAFT:
        return str(PolicyState.DRAFT.label), "ochre"
    if version.starts_on > day:
        return pgettext("policy version", "待施行"), "ochre"
    if version.ends_on is not None and version.ends_on <= day:
        return pgettext("policy version", "已失效"), ""
    return pgettext("policy version", "施行中"), "jade"


def period(version: PolicyVersion) -> str:
    if version.ends_on is None:
        return _("%(first)s 起，长期") % {"first": date_iso(version.starts_on)}
    return _("%(first)s 起，至 %(end)s（当日不含）") % {
        "first": date_iso(version.starts_on),
        "end": date_iso(version.ends_on),
    }


def rows(versions: Iterable[PolicyVersion], day: date) -> list[dict[str, Any]]:
    return [
        {
            "title": han_marked(one.title), "href": one.policy.get_absolute_url(), "tags": tags(one, day),
            "text": rule_words.formula_words(one.formula, one.cap_cny), "meta": [period(one)],
            "edit": reverse("policies:version_save", args=[one.pk]),
        }
        for one in versions
    ]  # fmt: skip


def list_page(search: PolicySearch, counts: Mapping[str, Mapping[str, int]], query: QueryDict) -> dict[str, Any]:
    """Facets, chips and links of the list."""
    chips = [(province_name(code), _without(query, "province", code)) for code in search.provinces]
    chips += [(str(PolicyKind(kind).label), _without(query, "kind", kind)) for kind in search.kinds]
    if search.on:
        chips.append((_("施行于 %(day)s") % {"day": date_iso(search.on)}, _without(query, "on", "")))
    plain = query.copy()
    plain.pop("page", None)
    plain["format"] = "csv"
    as_csv = plain.urlencode()
    plain["format"] = "json"
    return {
        "search": search, "chips": chips, "is_filtered": bool(chips or search.words), "day": search.day,
        "provinces": [_option(code, province_name(code), counts["province"], search.provinces) for code in CODES],
        "kinds": [_option(one.value, str(one.label), counts["kind"], search.kinds) for one in PolicyKind],
        "keep": [(name, value) for name in ("province", "kind", "on") for value in query.getlist(name)],
        "csv_url": f"?{as_csv}", "json_url": f"?{plain.urlencode()}",
    }  # fmt: skip


def _option(value: str, label: str, counts: Mapping[str, int], chosen: Sequence[str]) -> dict[str, Any]:
    return {"value": value, "label": label, "count": counts.get(value, 0), "checked": value in chosen}


def _without(query: QueryDict, name: str, value: str) -> str:
    kept = query.copy()
    kept.pop("page", None)
    kept.setlist(name, [one for one in kept.getlist(name) if value and one != value])
    return f"?{kept.urlencode()}" if kept else reverse("policies:policy_list")


# ---- one policy


def page(policy: Policy, versions: Sequence[PolicyVersion], number: int | None, day: date, used: Mapping[int, Used]) -> dict[str, Any]:  # fmt: skip
    """The version asked for, or the one in force, else the latest; and the history."""
    shown = _shown(versions, number, day)
    return {
        "policy": policy, "version": shown, "tags": tags(shown, day), "facts": facts(shown, used.get(shown.pk, Used())),
        "summary": han_marked(shown.in_language("summary")), "basis": han_marked(shown.in_language("basis")),
        "sentence": rule_words.sentence(shown.criteria), "clauses": clause_rows(shown),
        "amount": rule_words.formula_words(shown.formula, shown.cap_cny), "title": han_marked(shown.title),
        "documents": [han_marked(one) for one in shown.documents], "history": [_event(one, shown, day) for one in reversed(versions)],
        "is_open": standing(shown, day)[1] == "jade", "because": han_marked(shown.ended_because),
    }  # fmt: skip


def _shown(versions: Sequence[PolicyVersion], number: int | None, day: date) -> PolicyVersion:
    for one in versions:
        if one.number == number:
            return one
    for one in versions:
        if standing(one, day)[1] == "jade":
            return one
    return versions[0]


def clause_rows(version: PolicyVersion) -> list[dict[str, Any]]:
    """Each condition with its clause; those on a seat are marked."""
    unequal = {id(one.leaf) for one in clauses_of(version.criteria)}
    return [
        {
            "clause": han_marked(str(leaf.get("clause", ""))), "words": rule_words.leaf_words(leaf),
            "is_unequal": id(leaf) in unequal,
        }
        for leaf in leaves_of(version.criteria)
    ]  # fmt: skip


def facts(version: PolicyVersion, used: Used) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = [
        (_("省份"), province_name(version.policy.province_id)), (_("类别"), PolicyKind(version.policy.kind).label),
        (_("施行期限"), period(version)), (_("与其他政策的关系"), rule_words.stacking_words(version.stacking)),
        (_("公示"), _("%(n)s 个工作日") % {"n": version.notice_days}),
    ]  # fmt: skip
    if version.budget_cny is not None:
        left = max(version.budget_cny - used.amount_cny, 0)
        found.append((_("预算"), _("%(whole)s，尚余 %(left)s") % {"whole": cny(version.budget_cny), "left": cny(left) if left else "0"}))  # fmt: skip
    if version.quota is not None:
        found.append(
            (_("名额"), _("%(whole)s 个，已用 %(used)s 个") % {"whole": grouped(version.quota), "used": used.count})
        )
    return found


def _event(version: PolicyVersion, shown: PolicyVersion, day: date) -> dict[str, Any]:
    word, tone = standing(version, day)
    return {
        "when": version.starts_on, "title": _("第 %(n)d 版：%(state)s") % {"n": version.number, "state": word},
        "text": han_marked(version.ended_because), "url": version.get_absolute_url(),
        "state": "now" if tone == "jade" else "next" if tone == "ochre" else "",
    }  # fmt: skip


# ---- what a draft says and does, before it is published


def check(criteria: Any, formula: Any, cap: Any, code: str, day: date) -> dict[str, Any]:
    """The sentence in both languages, the amount, and the model deals as this rule would answer them."""
    examples = []
    for deal in model_deals(criteria, code, day):
        outcomes = {one: outcome(criteria, formula, cap, seated(deal, criteria, one)) for one in CODES}
        own = evaluate(criteria, seated(deal, criteria, code))
        lacking = needs(own) or ()
        examples.append(
            {
                "applicant": _applicant(deal), "role": rule_words.value_words(rule_words.FACTS["role"], deal["role"]),
                "form": rule_words.value_words(rule_words.FACTS["form"], deal["form"]), "answer": own.answer,
                "words": answer_word(own.answer), "is_alike": len(set(outcomes.values())) == 1,
                "amount": cny(outcomes[code][1]) if outcomes[code][1] is not None else "—",
                "lacks": "；".join(f"{one.leaf.get('clause', '')} {rule_words.need_words(one)}" for one in lacking),
            }
        )  # fmt: skip
    sentences = rule_words.in_both(lambda: rule_words.sentence(criteria))
    amounts = rule_words.in_both(lambda: rule_words.formula_words(formula, cap))
    return {
        "said": list(zip(("zh-Hans", "en"), sentences.values(), amounts.values(), strict=True)),
        "examples": examples, "yes": sum(one["answer"] == YES for one in examples),
        "unequal": [{"clause": one.leaf.get("clause", ""), "words": rule_words.leaf_words(one.leaf)} for one in clauses_of(criteria)],
        "readable": all(one.kind == "leaf" for one in leaves(evaluate(criteria, {}))),
    }  # fmt: skip


def _applicant(deal: Mapping[str, Any]) -> str:
    kind = rule_words.value_words(rule_words.FACTS["applicant_kind"], deal["applicant_kind"])
    if deal["applicant_kind"] != "enterprise":
        return kind
    size = _("中小") if deal["is_sme"] else _("大型")
    return f"{size}{kind}" if reads_chinese() else f"{size} {kind}"


def answer_word(answer: Answer) -> str:
    return {
        Answer.YES: pgettext("answer", "符合"), Answer.NO: pgettext("answer", "不符合"), Answer.UNKNOWN: pgettext("answer", "信息不足"),
    }[answer]  # fmt: skip
