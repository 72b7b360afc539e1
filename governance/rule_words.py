"""The sentence that a rule, a leaf or a formula makes, in the language of the page or in both. Read next: rule_checks.py."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from platform_site.regions.cities import city_name
from platform_site.regions.names import province_name
from platform_site.ui.formats import cny, grouped, listed, reads_chinese

from .rule_amounts import CUMULATIVE, HIGHER, ONCE, Amount, Line, steps_of
from .rule_engine import NO, PATHS, Need, day, number
from .rule_facts import FACTS, OUTSIDE, Fact, FactKind, Op

LANGUAGES = ("zh-hans", "en")


def in_both(write: Callable[[], str]) -> dict[str, str]:
    """Language -> what `write` says in it."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = write()
    return found


def sentence(rule: Any) -> str:
    """The whole rule as one sentence."""
    said = _said(rule, top=True, depth=0)
    return f"{said}{'。' if reads_chinese() else '.'}"


def _said(rule: Any, *, top: bool = False, depth: int = 0) -> str:
    if not isinstance(rule, dict) or depth > 20:
        return _("（无法读取的条件）")
    if "fact" in rule:
        return leaf_words(rule)
    ((kind, inside),) = rule.items() if len(rule) == 1 else (("", None),)
    if kind == "not":
        return _("不符合“%(words)s”") % {"words": _said(inside, top=True, depth=depth + 1)}
    if kind not in PATHS or not isinstance(inside, list) or not inside:
        return _("（无法读取的条件）")
    parts = [_said(one, depth=depth + 1) for one in inside]
    if kind == "all":
        joined = pgettext("rule, all of", "，并且").join(parts)
    else:
        joined = pgettext("rule, any of", "，或者").join(parts)
    return joined if top or len(parts) == 1 else f"（{joined}）" if reads_chinese() else f"({joined})"


def leaf_words(leaf: Mapping[str, Any]) -> str:
    """One condition, without its clause."""
    name = leaf.get("fact")
    fact = FACTS.get(name) if isinstance(name, str) else None
    if fact is None:
        return _("（无法读取的条件）")
    return condition(fact, leaf.get("op"), leaf.get("value"))


def condition(fact: Fact, op: Any, value: Any) -> str:
    """What is asked of a fact."""
    words = {"fact": fact.label, "values": value_words(fact, value)}
    if op == Op.IS:
        return str(fact.label) if value is True else _("不属于“%(fact)s”的情形") % words
    templates: dict[str, str] = {
        Op.IN: _("%(fact)s为%(values)s"), Op.STARTS: _("%(fact)s属于 %(values)s"), Op.FROM: _("%(fact)s不早于 %(values)s"),
        Op.BEFORE: _("%(fact)s早于 %(values)s"), Op.AT_LEAST: _("%(fact)s不低于 %(values)s"),
        Op.AT_MOST: _("%(fact)s不超过 %(values)s"),
    }  # fmt: skip
    if fact.kind == FactKind.PLACE:
        templates[Op.IN] = _("%(fact)s在%(values)s")
    return templates[op] % words if isinstance(op, str) and op in templates else _("（无法读取的条件）")


def value_words(fact: Fact, value: Any) -> str:
    """A value of a fact, or several, as a person reads it; a dash for what is not known."""
    if value is None or value == "":
        return "—"
    if fact.kind == FactKind.YES_NO:
        return _("是") if value is True else _("否")
    if fact.kind == FactKind.NUMBER:
        return quantity(fact, value)
    if fact.kind == FactKind.DATE:
        found = day(value)
        return found.isoformat() if found else "—"
    several = value if isinstance(value, list | tuple) else [value]
    names = [word_of(fact, one) for one in several if isinstance(one, str)]
    return listed(names) if isinstance(value, tuple) else pgettext("rule, one of", "或").join(names)


def word_of(fact: Fact, value: str) -> str:
    """A choice or a place by its name."""
    if fact.kind == FactKind.PLACE:
        return place_name(value)
    return str(fact.choices.get(value, value))


def place_name(code: str) -> str:
    """A province, a city of the six with its province, or outside of them."""
    if code == OUTSIDE:
        return _("六省以外")
    if name := province_name(code):
        return name
    city = city_name(code)
    province = province_name(f"{code[:2]}0000")
    return f"{province}{city}" if city and reads_chinese() else f"{city}, {province}" if city else code


def quantity(fact: Fact, value: Any) -> str:
    found = number(value)
    if found is None:
        return "—"
    return cny(found) if fact.name.endswith("_cny") else f"{grouped(found)} {fact.unit}".strip()


def need_words(need: Need) -> str:
    """What would have to be so: the condition itself, or its opposite."""
    words = leaf_words(need.leaf)
    return _("不再“%(words)s”") % {"words": words} if need.wanted == NO else words


# ---- amounts


def formula_words(formula: Any, cap: Any = None) -> str:
    """How much, as one sentence."""
    said = _formula(formula) if isinstance(formula, dict) else ""
    if not said:
        return _("（无法读取的标准）")
    most = number(cap)
    end = "。" if reads_chinese() else "."
    return said + (_("，最高 %(cap)s") % {"cap": cny(most)} if most is not None else "") + end


def _formula(formula: Mapping[str, Any]) -> str:
    kind, of = formula.get("kind"), formula.get("of")
    fact = FACTS.get(of) if isinstance(of, str) else None
    base = str(fact.label) if fact else "—"
    if kind == "fixed":
        return _("定额 %(amount)s") % {"amount": cny(number(formula.get("amount")))}
    if kind == "rate":
        return _("按%(base)s的 %(percent)s%% 计算") % {"base": base, "percent": _plain(formula.get("percent"))}
    steps = steps_of(formula)
    if steps is None:
        return ""
    if kind == "marginal":
        rows = [_("超过 %(start)s 的部分 %(percent)s%%") % {"start": cny(start), "percent": _plain(rate)} for start, rate in steps]  # fmt: skip
        return _("按%(base)s分段计算：%(rows)s") % {"base": base, "rows": listed(rows)}
    if kind == "brackets":
        rows = [_("达到 %(start)s 的给予 %(amount)s") % {"start": quantity(fact, start) if fact else start, "amount": cny(value)} for start, value in steps]  # fmt: skip
        return _("按%(base)s分档：%(rows)s") % {"base": base, "rows": listed(rows)}
    return ""


def _plain(value: Any) -> str:
    found = number(value)
    return "—" if found is None else grouped(found)


def arithmetic(found: Amount) -> str:
    """The reckoning, step by step; what is lacking where it cannot be done."""
    if found.value is None:
        fact = FACTS.get(found.lacks)
        return _("缺少“%(fact)s”，无法计算") % {"fact": fact.label} if fact else _("无法计算")
    sums = [_line(line) for line in found.lines] or [cny(found.value)]
    total = " + ".join(sums)
    if len(sums) > 1:
        total = f"{total} = {cny(sum(line.value for line in found.lines))}"
    if found.cap is not None:
        total = _("%(sum)s，按上限取 %(cap)s") % {"sum": total, "cap": cny(found.cap)}
    return total


def _line(line: Line) -> str:
    if line.percent is None:
        return cny(line.value)
    return f"{cny(line.base)} × {grouped(line.percent)}% = {cny(line.value)}"


def stacking_words(stacking: str) -> str:
    """How a support stands beside others for the same thing."""
    return {
        CUMULATIVE: pgettext("stacking", "可与其他政策叠加享受"),
        HIGHER: pgettext("stacking", "同一事项就高不就低"),
        ONCE: pgettext("stacking", "同一事项不重复享受"),
    }.get(stacking, stacking)
