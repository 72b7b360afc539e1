"""Conditions as rows of a form, for people who do not write data: every row has to hold, or one row of a group.

A deeper tree, which rows cannot say, is typed as data in a box of its own; both name the place of what is wrong.
Read next: ../rule_checks.py.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from governance.rule_checks import CLAUSE_LENGTH, leaf_faults, rule_faults
from governance.rule_facts import FACTS, OP_WORDS, OPS, OUTSIDE, Fact, FactKind
from governance.rule_words import LANGUAGES, place_name, word_of
from platform_site.regions.cities import cities, city_name
from platform_site.regions.facts import PROVINCES
from platform_site.regions.names import province_name

ROWS = 12
GROUPS = "1234"
_SPLIT = re.compile(r"\s*(?:[、，,;；|]|\bor\b|或)\s*")
_YES, _NO = {"是", "yes", "true", "y"}, {"否", "no", "false", "n"}


def _tests() -> list[tuple[str, Any]]:
    """Fact and comparison in one choice, grouped as the facts stand."""
    found: list[tuple[str, Any]] = [("", "—")]
    for fact in FACTS.values():
        found += [(f"{fact.name}:{op.value}", f"{fact.label}　{OP_WORDS[op]}") for op in OPS[fact.kind]]
    return found


class RuleRow(forms.Form):
    """One condition."""

    group = forms.ChoiceField(
        label=gettext_lazy("关系"), required=False,
        choices=[("", pgettext_lazy("rule", "必须满足")), *((one, lazy(lambda n: _("任选组 %(n)s") % {"n": n}, str)(one)) for one in GROUPS)],
    )  # fmt: skip
    negated = forms.BooleanField(label=gettext_lazy("反过来（不得）"), required=False)
    test = forms.ChoiceField(label=gettext_lazy("条件"), required=False, choices=lazy(_tests, list))
    value = forms.CharField(
        label=gettext_lazy("值"), required=False, max_length=300,
        help_text=gettext_lazy("几个值用顿号分开；是或否填“是”“否”；日期如 2026-01-01。"),
    )  # fmt: skip
    clause = forms.CharField(
        label=gettext_lazy("条款号"), required=False, max_length=CLAUSE_LENGTH,
        help_text=gettext_lazy("例如“第三条第一项”。"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "test" not in data or not data["test"]:
            if data.get("value") or data.get("clause"):
                self.add_error("test", _("请选择条件，或者清空这一行。"))
            return data
        name, _colon, op = data["test"].partition(":")
        leaf = {"fact": name, "op": op, "value": read_value(FACTS[name], data.get("value", "")), "clause": data.get("clause", "").strip()}  # fmt: skip
        for fault in leaf_faults(leaf):
            self.add_error("value" if data.get("clause") else "clause", fault)
        data["leaf"] = {"not": leaf} if data.get("negated") else leaf
        return data


class TreeForm(forms.Form):
    """The whole rule as data, for what rows cannot say."""

    tree = forms.CharField(
        label=gettext_lazy("以数据书写规则"), required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "class": "n"}),
        help_text=gettext_lazy("填写后以此为准，各行条件不再使用。用 all、any、not 组成任意层次，格式见帮助。"),
    )  # fmt: skip

    def clean_tree(self) -> Any:
        typed = self.cleaned_data["tree"].strip()
        if not typed:
            return None
        try:
            rule = json.loads(typed)
        except (ValueError, RecursionError) as wrong:
            place = f" {wrong.lineno}:{wrong.colno}" if isinstance(wrong, json.JSONDecodeError) else ""
            raise forms.ValidationError(_("不是有效的 JSON。") + place, code="json") from wrong
        faults = rule_faults(rule)
        if faults:
            raise forms.ValidationError(
                [_("%(place)s：%(fault)s") % {"place": one, "fault": fault} for one, fault in faults]
            )
        return rule


RuleRows = forms.formset_factory(RuleRow, extra=0, min_num=ROWS, max_num=ROWS, absolute_max=ROWS)


def rule_of(rows: Any, tree: TreeForm) -> Any:
    """The rule that is typed, once both are valid: the data where there is some, else the rows."""
    if (rule := tree.cleaned_data.get("tree")) is not None:
        return rule
    leaves = [one.cleaned_data for one in rows.forms if one.cleaned_data.get("leaf")]
    whole = [one["leaf"] for one in leaves if not one["group"]]
    for group in GROUPS:
        some = [one["leaf"] for one in leaves if one["group"] == group]
        if some:
            whole.append({"any": some})
    return {"all": whole}


def rows_of(rule: Any) -> tuple[list[dict[str, Any]], str]:
    """(what the rows are filled with, the data for the box): the data where rows cannot say it."""
    found = _flat(rule)
    if found is None or len(found) > ROWS:
        return [], json.dumps(rule, ensure_ascii=False, indent=1) if rule else ""
    return found, ""


def _flat(rule: Any) -> list[dict[str, Any]] | None:
    if rule in ({}, None):
        return []
    if not isinstance(rule, dict) or list(rule) != ["all"]:
        return None
    rows, groups = [], iter(GROUPS)
    for one in rule["all"]:
        is_group = list(one) == ["any"]
        name = next(groups, None) if is_group else ""
        for part in one["any"] if is_group else [one]:
            leaf = part.get("not", part)
            if name is None or not isinstance(leaf, dict) or "fact" not in leaf:
                return None
            rows.append(_row(leaf, name, "not" in part))
    return rows


def _row(leaf: Mapping[str, Any], group: str, negated: bool) -> dict[str, Any]:
    fact = FACTS[leaf["fact"]]
    return {
        "group": group, "negated": negated, "test": f"{fact.name}:{leaf['op']}", "clause": leaf.get("clause", ""),
        "value": written(fact, leaf["value"]),
    }  # fmt: skip


def written(fact: Fact, value: Any) -> str:
    """A value as the box shows it: read back by `read_value`."""
    if fact.kind == FactKind.YES_NO:
        return _("是") if value else _("否")
    if fact.kind in (FactKind.NUMBER, FactKind.DATE):
        return str(value)
    return "、".join(_name(fact, one) for one in value)


def _name(fact: Fact, value: str) -> str:
    """One value by its name; by its code where the name has a sign in it that parts values."""
    name = (province_name(value) or city_name(value)) if fact.kind == FactKind.PLACE else word_of(fact, value)
    return name if name and not _SPLIT.search(name) else value


def read_value(fact: Fact, typed: str) -> Any:
    """What is meant: words of either language, or codes; what is not understood stays as it was typed, to be named."""
    typed = typed.strip()
    if fact.kind == FactKind.YES_NO:
        folded = typed.lower()
        return True if folded in _YES else False if folded in _NO else typed
    if fact.kind == FactKind.NUMBER:
        return typed.replace(",", "").replace("\u2009", "")
    if fact.kind == FactKind.DATE:
        return typed
    words = _words(fact)
    return [words.get(one.lower(), one) for one in _SPLIT.split(typed) if one]


def _words(fact: Fact) -> dict[str, str]:
    """Every name of every value, in both languages, to its code."""
    codes = [*(one.code for one in PROVINCES), *cities(), OUTSIDE] if fact.kind == FactKind.PLACE else fact.choices
    found = {}
    for language in LANGUAGES:
        with override(language):
            for code in codes:
                found[word_of(fact, code).lower()] = code
                if fact.kind == FactKind.PLACE and code in cities():
                    found[cities()[code].name_zh] = code
                    found[place_name(code).lower()] = code
    return found
