"""What is wrong with a rule or a formula that somebody has typed: the place in words, and why. Read next: forms/policies.py.

The engine reads anything; only what passes here is stored. Limits keep a page of rules readable and quick.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from platform_site.regions.cities import cities
from platform_site.regions.facts import BY_CODE

from .rule_amounts import KINDS, steps_of
from .rule_engine import DEEPEST, PATHS, day, number
from .rule_facts import AMOUNTS, FACTS, OPS, OUTSIDE, Fact, FactKind

MOST_LEAVES = 40
CLAUSE_LENGTH = 40
Fault = tuple[str, str]  # where, what


def rule_faults(rule: Any) -> list[Fault]:
    """Everything that is wrong, each with its place: 全部 › 第 2 项."""
    found = list(_faults(rule, [], 1))
    if not found and sum(1 for _one in _leaves(rule)) > MOST_LEAVES:
        found.append((_("整条规则"), _("最多 %(most)d 个条件。") % {"most": MOST_LEAVES}))
    return found


def _faults(rule: Any, place: list[str], depth: int) -> Iterator[Fault]:
    where = " › ".join(place) or _("整条规则")
    if depth >= DEEPEST:
        yield where, _("嵌套太深，最多 %(most)d 层。") % {"most": DEEPEST - 1}
    elif not isinstance(rule, dict):
        yield where, _("应是一个条件，或者“全部”“任一”“不符合”。")
    elif "fact" in rule:
        yield from ((where, fault) for fault in leaf_faults(rule))
    elif len(rule) != 1 or next(iter(rule)) not in PATHS:
        yield where, _("应是一个条件，或者“全部”“任一”“不符合”。")
    else:
        yield from _branch(*next(iter(rule.items())), place, where, depth)


def _branch(kind: str, inside: Any, place: list[str], where: str, depth: int) -> Iterator[Fault]:
    if kind == "not":
        yield from _faults(inside, [*place, _("不符合")], depth + 1)
        return
    name = _("全部") if kind == "all" else _("任一")
    if not isinstance(inside, list) or not inside:
        yield where, _("“%(name)s”里至少要有一个条件。") % {"name": name}
        return
    for nth, one in enumerate(inside, 1):
        yield from _faults(one, [*place, name, _("第 %(nth)d 项") % {"nth": nth}], depth + 1)


def _leaves(rule: Any) -> Iterator[Any]:
    if "fact" in rule:
        yield rule
    else:
        ((kind, inside),) = rule.items()
        for one in [inside] if kind == "not" else inside:
            yield from _leaves(one)


def leaf_faults(leaf: dict[str, Any]) -> Iterator[str]:
    """What is wrong with one condition."""
    if set(leaf) - {"fact", "op", "value", "clause"}:
        yield _("条件只能写事实、比较、值和条款。")
        return
    name, clause = leaf["fact"], leaf.get("clause")
    fact = FACTS.get(name) if isinstance(name, str) else None
    if fact is None:
        yield _("没有“%(name)s”这一项事实。") % {"name": str(name)[:40]}
        return
    if leaf.get("op") not in OPS[fact.kind]:
        yield _("“%(fact)s”不能这样比较。") % {"fact": fact.label}
    elif fault := value_fault(fact, leaf.get("value")):
        yield fault
    if not isinstance(clause, str) or not clause.strip() or len(clause) > CLAUSE_LENGTH:
        yield _("请写明条款，例如“第三条第一项”，不超过 %(most)d 个字。") % {"most": CLAUSE_LENGTH}


def value_fault(fact: Fact, value: Any) -> str:
    """Why a value does not fit its fact; empty where it does."""
    if fact.kind == FactKind.NUMBER:
        found = number(value)
        return "" if found is not None and found >= 0 else _("请填写不小于零的数字。")
    if fact.kind == FactKind.DATE:
        return "" if isinstance(value, str) and day(value) else _("请填写日期，例如 2026-01-01。")
    if fact.kind == FactKind.YES_NO:
        return "" if isinstance(value, bool) else _("请填写“是”或“否”。")
    if not isinstance(value, list) or not value or not all(isinstance(one, str) and one for one in value):
        return _("请至少填写一个值。")
    odd = [one for one in value if not _is_known(fact, one)]
    return _("没有“%(value)s”这个值。") % {"value": odd[0][:40]} if odd else ""


def _is_known(fact: Fact, value: str) -> bool:
    if fact.kind == FactKind.PLACE:
        return value == OUTSIDE or value in BY_CODE or value in cities()
    return (
        fact.kind == FactKind.CODES
        and value.isascii()
        and value.isalnum()
        and len(value) <= 20
        or value in fact.choices
    )


def formula_faults(formula: Any) -> list[Fault]:
    """The same of an amount."""
    where = _("支持标准")
    if not isinstance(formula, dict) or formula.get("kind") not in KINDS:
        return [(where, _("请选择计算方式。"))]
    kind = formula["kind"]
    if kind == "fixed":
        found = number(formula.get("amount"))
        return [] if found is not None and found > 0 else [(where, _("请填写大于零的金额。"))]
    if formula.get("of") not in AMOUNTS:
        return [(where, _("请选择按哪一项计算。"))]
    if kind == "rate":
        return [] if _is_percent(formula.get("percent")) else [(where, _("请填写 0 到 100 之间的百分比。"))]
    steps = steps_of(formula)
    if steps is None:
        return [(where, _("请按起点从低到高填写各档，每档一个起点和一个数值。"))]
    if kind == "marginal" and not all(_is_percent(rate) for _start, rate in steps):
        return [(where, _("请填写 0 到 100 之间的百分比。"))]
    return []


def _is_percent(value: Any) -> bool:
    found = number(value)
    return found is not None and 0 < found <= 100
