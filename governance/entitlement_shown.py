"""Six rule books side by side, as the page shows them. No query here. Read next: views/entitlements.py."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from expos.models import Exhibit
from platform_site.regions.facts import CODES
from platform_site.regions.names import province_name
from platform_site.ui.formats import cny, date_iso
from platform_site.ui.languages import han_marked

from . import rule_words
from .entitlement_facts import Source, Subject
from .entitlements import Bar, Entitled, Verdict, facts_in, together
from .models import Stationing, Visit
from .policy_shown import answer_word
from .rule_engine import NO, Answer, leaves
from .rule_facts import FACTS, OCCASIONS
from .states import PolicyKind

ORDER = (Verdict.YES, Verdict.LIKELY, Verdict.UNKNOWN, Verdict.NO)
TONES = {Verdict.YES: "jade", Verdict.LIKELY: "ochre", Verdict.UNKNOWN: "indigo", Verdict.NO: ""}


def verdict_word(verdict: Verdict) -> str:
    return {
        Verdict.YES: pgettext("entitlement", "可以享受"), Verdict.LIKELY: pgettext("entitlement", "可能享受"),
        Verdict.UNKNOWN: pgettext("entitlement", "信息不足"), Verdict.NO: pgettext("entitlement", "不能享受"),
    }[verdict]  # fmt: skip


def source_word(source: Source | str) -> str:
    return {
        Source.RECORD: pgettext("source", "平台记录"), Source.TOLD: pgettext("source", "自行填写"),
        Source.ASSUMED: pgettext("source", "假定"),
    }[Source(source)]  # fmt: skip


def page(subject: Subject, found: Sequence[Entitled], told: Mapping[str, Any], *, may_apply: bool) -> dict[str, Any]:
    """Six columns in code order, never by who gives most; and what excludes what."""
    apply = _apply_query(subject, told) if may_apply else ""
    by_code: dict[str, list[Entitled]] = {code: [] for code in CODES}
    for one in found:
        by_code[one.version.policy.province_id].append(one)
    titles = {one.version.pk: one.version.title for one in found}
    places = {one.version.pk: province_name(one.version.policy.province_id) for one in found}
    best = together(found, subject.role)
    return {
        "facts": fact_rows(subject), "columns": [_column(code, some, subject, apply) for code, some in by_code.items()],
        "total": cny(best.total) if best.total else "",
        "groups": [
            {
                "rule": rule_words.stacking_words(group.stacking), "best": han_marked(titles.get(group.best, "")),
                "names": [han_marked(f"{places[key]}：{titles[key]}") for key in group.keys],
            }
            for group in best.groups
        ],
    }  # fmt: skip


def fact_rows(subject: Subject) -> list[tuple[str, str, str]]:
    """What is known: (fact, value, source)."""
    return [
        (str(FACTS[name].label), han_marked(rule_words.value_words(FACTS[name], value)), source_word(source))
        for name, (value, source) in subject.facts.items()
    ]


def _column(code: str, found: Sequence[Entitled], subject: Subject, apply: str) -> dict[str, Any]:
    rows = sorted(found, key=lambda one: (ORDER.index(one.verdict), one.version.policy.kind))
    own = together(found, subject.role)
    counts = {verdict: sum(one.verdict == verdict for one in found) for verdict in ORDER}
    open_to = counts[Verdict.YES] + counts[Verdict.LIKELY]
    return {
        "name": province_name(code), "total": cny(own.total) if own.total else "", "open": open_to,
        "cards": [card(one, subject, apply) for one in rows if one.verdict != Verdict.NO],
        "refused": [card(one, subject, "") for one in rows if one.verdict == Verdict.NO],
    }  # fmt: skip


def card(one: Entitled, subject: Subject, apply: str = "") -> dict[str, Any]:
    """One policy: the answer, the clause behind it, what would make it a yes, the sum."""
    version = one.version
    values, _known = facts_in(subject.facts, version.policy.province_id)
    is_sum = one.verdict != Verdict.NO
    return {
        "title": han_marked(version.title), "href": version.get_absolute_url(), "kind": str(PolicyKind(version.policy.kind).label),
        "word": verdict_word(one.verdict), "tone": TONES[one.verdict], "bar": bar_words(one.bar),
        "sum": cny(one.amount.value) if is_sum and one.amount.value is not None else "",
        "arithmetic": rule_words.arithmetic(one.amount) if is_sum else "",
        "clauses": clause_rows(one, values), "needs": need_rows(one),
        "apply": f"{reverse('policies:support_make', args=[version.pk])}?{apply}" if apply else "",
    }  # fmt: skip


def bar_words(bar: Bar) -> str:
    return {
        Bar.NONE: "", Bar.AIDED: _("所涉专利已就同一事项获得过支持，不重复享受。"),
        Bar.EXHAUSTED: _("本期预算或名额已用完。"),
    }[bar]  # fmt: skip


def clause_rows(one: Entitled, values: Mapping[str, Any]) -> list[dict[str, str]]:
    """Each condition with its clause, how it came out, and what is known of it."""
    return [
        {
            "clause": han_marked(str(leaf.rule.get("clause", ""))), "words": rule_words.leaf_words(leaf.rule),
            "answer": answer_word(leaf.answer), "state": {Answer.YES: "done", Answer.NO: "red"}.get(leaf.answer, "grey"),
            "known": han_marked(rule_words.value_words(FACTS[leaf.rule["fact"]], values.get(leaf.rule["fact"]))) if leaf.rule["fact"] in FACTS else "—",
        }
        for leaf in leaves(one.trace)
    ]  # fmt: skip


def need_rows(one: Entitled) -> list[dict[str, str]]:
    """The fewest things that would make it a yes; whether each is not so, or not known."""
    return [
        {
            "clause": han_marked(str(need.leaf.get("clause", ""))), "words": rule_words.need_words(need),
            "why": pgettext("need", "现不符合") if need.answer == NO or need.wanted == NO else pgettext("need", "尚不清楚"),
        }
        for need in one.needs or ()
    ]  # fmt: skip


def _apply_query(subject: Subject, told: Mapping[str, Any]) -> str:
    """What an application is made for, with what was told."""
    about: dict[str, Any] = {"listing": subject.listing.number if subject.listing else ""}
    for name in ("agreement", "visit", "stationing", "exhibit"):
        if record := getattr(subject, name):
            about = {name: record.pk}
    return urlencode({**about, **{name: value for name, value in told.items() if value}})


def occasions(
    visits: Iterable[Visit], stays: Iterable[Stationing], exhibits: Iterable[Exhibit]
) -> list[dict[str, str]]:
    """The reader's own visits, stays and exhibits, each with the way to its evaluation."""
    found = [
        ("entitlement_visit", one.pk, one.facility.name, OCCASIONS["visit"], date_iso(one.starts_at)) for one in visits
    ]
    found += [
        ("entitlement_stationing", one.pk, one.facility.name, OCCASIONS["stationing"], date_iso(one.starts_on))
        for one in stays
    ]
    found += [
        ("entitlement_exhibit", one.pk, str(one.expo), OCCASIONS["exhibit"], one.listing.number) for one in exhibits
    ]
    return [
        {"url": reverse(f"policies:{name}", args=[pk]), "title": han_marked(title), "kind": str(kind), "note": note}
        for name, pk, title, kind, note in found
    ]
