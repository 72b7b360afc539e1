"""How much a policy gives, as data, with the arithmetic; and which supports exclude one another.

Formulas: `{"kind": "fixed", "amount"}`; `{"kind": "rate", "percent", "of": fact}`; `{"kind": "marginal", "of", "steps":
[[from, percent], ...]}` (each part above a step at its own rate); `{"kind": "brackets", "of", "steps": [[from, amount],
...]}` (the amount of the highest step reached). CNY yuan, rounded half up to two decimals; a cap comes last. Never
raises: what cannot be read is no amount. Pure. Read next: rule_words.py.
"""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from .rule_engine import number

CENT = Decimal("0.01")
HUNDRED = Decimal(100)
KINDS = ("fixed", "rate", "marginal", "brackets")
CUMULATIVE, HIGHER, ONCE = "cumulative", "higher", "once"


class Line(NamedTuple):
    """One step of the arithmetic: `base` x `percent` = `value`; a fixed sum has neither."""

    base: Decimal | None
    percent: Decimal | None
    value: Decimal


class Amount(NamedTuple):
    value: Decimal | None  # None: not known
    lines: tuple[Line, ...] = ()
    cap: Decimal | None = None  # where it has cut the sum
    lacks: str = ""  # the fact that is needed


class Option(NamedTuple):
    """A support that may be had: `key` is the caller's, `item` what it is given for."""

    key: Any
    item: str
    stacking: str
    amount: Decimal | None


class Group(NamedTuple):
    """Supports of which only one can be had; `best` is the highest, None where no amount is known."""

    item: str
    stacking: str
    keys: tuple[Any, ...]
    best: Any


class Combined(NamedTuple):
    groups: tuple[Group, ...]
    total: Decimal  # of the best choice; what is not known counts nothing


def amount(formula: Any, facts: Mapping[str, Any], cap: Any = None) -> Amount:
    """What a formula comes to. Never raises and never negative."""
    kind = formula.get("kind") if isinstance(formula, dict) else None
    read = _READERS.get(kind) if isinstance(kind, str) else None
    if read is None:
        return Amount(None)
    of = formula.get("of")
    base = number(facts.get(of)) if isinstance(of, str) else None
    if read is not _fixed and (base is None or base < 0):
        return Amount(None, lacks=of if isinstance(of, str) else "")
    lines = read(formula, base or Decimal(0))
    if lines is None:
        return Amount(None)
    value = sum((line.value for line in lines), Decimal(0))
    most = number(cap)
    if most is not None and 0 <= most < value:
        return Amount(_cents(most), tuple(lines), most)
    return Amount(_cents(value), tuple(lines))


def combined(options: Sequence[Option]) -> Combined:
    """The best that can be had together: what is cumulative adds up, of the rest one for each item."""
    by_item: dict[str, list[Option]] = {}
    total = Decimal(0)
    for one in options:
        if one.stacking == CUMULATIVE:
            total += one.amount or 0
        else:
            by_item.setdefault(one.item, []).append(one)
    groups = []
    for item, some in by_item.items():
        known = [one for one in some if one.amount is not None]
        best = max(known, key=lambda one: one.amount or 0) if known else None
        total += (best.amount or 0) if best else 0
        if len(some) > 1:
            rule = ONCE if any(one.stacking != HIGHER for one in some) else HIGHER
            groups.append(Group(item, rule, tuple(one.key for one in some), best.key if best else None))
    return Combined(tuple(groups), total)


def steps_of(formula: Any) -> list[tuple[Decimal, Decimal]] | None:
    """Ascending (from, rate or amount), none negative; None where they cannot be read."""
    rows = formula.get("steps") if isinstance(formula, dict) else None
    if not isinstance(rows, list) or not rows:
        return None
    found = []
    for row in rows:
        pair = [number(one) for one in row] if isinstance(row, list) else []
        if len(pair) != 2 or pair[0] is None or pair[1] is None or pair[0] < 0 or pair[1] < 0:
            return None
        found.append((pair[0], pair[1]))
    rising = all(one[0] < other[0] for one, other in zip(found, found[1:], strict=False))
    return found if rising else None


# ---- one reader for each kind of formula


def _cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def _fixed(formula: Any, _base: Decimal) -> list[Line] | None:
    value = number(formula.get("amount"))
    return None if value is None or value < 0 else [Line(None, None, _cents(value))]


def _share(base: Decimal, percent: Decimal | None) -> Line | None:
    if percent is None or not 0 <= percent <= HUNDRED:
        return None
    return Line(base, percent, _cents(base * percent / HUNDRED))


def _rate(formula: Any, base: Decimal) -> list[Line] | None:
    line = _share(base, number(formula.get("percent")))
    return None if line is None else [line]


def _marginal(formula: Any, base: Decimal) -> list[Line] | None:
    steps = steps_of(formula)
    if steps is None:
        return None
    lines = []
    for place, (start, percent) in enumerate(steps):
        end = steps[place + 1][0] if place + 1 < len(steps) else base
        line = _share(max(min(base, end) - start, Decimal(0)), percent)
        if line is None:
            return None
        if line.base:
            lines.append(line)
    return lines


def _brackets(formula: Any, base: Decimal) -> list[Line] | None:
    steps = steps_of(formula)
    if steps is None:
        return None
    reached = [value for start, value in steps if base >= start]
    return [Line(base, None, _cents(reached[-1]))] if reached else []


_READERS = {"fixed": _fixed, "rate": _rate, "marginal": _marginal, "brackets": _brackets}
