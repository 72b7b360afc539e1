"""The rule engine: criteria as data, read against typed facts; three answers, and never an exception.

A rule is a tree, `{"all": [...]}`, `{"any": [...]}`, `{"not": ...}` over leaves `{"fact", "op", "value", "clause"}`
(rule_facts.py). What is not stated is unknown and stays unknown (Kleene): a rule says no only where it must. Whatever
cannot be read, in a rule or in a fact, is unknown too. Pure: no database, no clock. Read next: rule_amounts.py.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from .rule_facts import FACTS, FactKind, Op

Rule = Any  # JSON, as stored; nothing is taken for granted about it
DEEPEST = 8  # levels of a tree that are read
LARGEST = Decimal(10) ** 15  # of a number, in either direction
_LONGEST = 40  # signs of a number or a day
PATHS = ("all", "any", "not")


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


YES, NO, UNKNOWN = Answer
_new = tuple.__new__
_OPPOSITE = {YES: NO, NO: YES, UNKNOWN: UNKNOWN}


class Trace(NamedTuple):
    """A node of a rule with its answer: `kind` is all, any, not, leaf, or unreadable."""

    kind: str
    answer: Answer
    rule: Rule
    parts: tuple["Trace", ...] = ()


class Need(NamedTuple):
    """A leaf that must come out `wanted` for the whole to be what is asked for."""

    leaf: Mapping[str, Any]
    wanted: Answer
    answer: Answer  # as it is


def evaluate(rule: Rule, facts: Mapping[str, Any]) -> Trace:
    """Read a rule against facts (name -> value; str, Decimal, date, bool, or a tuple of str). Never raises."""
    return _node(rule, facts, 0)


def _node(rule: Rule, facts: Mapping[str, Any], depth: int) -> Trace:
    if not isinstance(rule, dict) or depth >= DEEPEST:
        return Trace("unreadable", UNKNOWN, rule)
    if "fact" in rule:
        return Trace("leaf", leaf_answer(rule, facts), rule)
    if len(rule) != 1:
        return Trace("unreadable", UNKNOWN, rule)
    ((kind, inside),) = rule.items()
    if kind == "not":
        part = _node(inside, facts, depth + 1)
        return Trace("not", _OPPOSITE[part.answer], rule, (part,))
    if kind not in PATHS or not isinstance(inside, list):
        return Trace("unreadable", UNKNOWN, rule)
    settled, answer = (NO, YES) if kind == "all" else (YES, NO)
    is_settled, parts = False, []
    for one in inside:
        if one.__class__ is dict and "fact" in one and depth + 1 < DEEPEST:  # most are: spared a call
            part = _new(Trace, ("leaf", leaf_answer(one, facts), one, ()))
        else:
            part = _node(one, facts, depth + 1)
        parts.append(part)
        if part[1] is settled:
            is_settled = True
        elif part[1] is UNKNOWN:
            answer = UNKNOWN
    return Trace(kind, settled if is_settled else answer, rule, tuple(parts))


def leaf_answer(leaf: Mapping[str, Any], facts: Mapping[str, Any]) -> Answer:
    """One leaf on its own."""
    try:
        test = _TESTS_OF.get((leaf["fact"], leaf["op"]))
    except (KeyError, TypeError):  # none, or nothing that could be a name
        return UNKNOWN
    if test is None:
        return UNKNOWN
    given = facts.get(leaf["fact"])
    found = None if given is None else test(given, leaf.get("value"))
    return UNKNOWN if found is None else YES if found else NO


def leaves(trace: Trace) -> Iterator[Trace]:
    """Every leaf in the order of the text."""
    if trace.kind == "leaf":
        yield trace
    for part in trace.parts:
        yield from leaves(part)


def leaves_of(rule: Rule) -> list[dict[str, Any]]:
    """The leaves of a rule, in the order of the text."""
    return [one.rule for one in leaves(evaluate(rule, {}))]


def needs(trace: Trace, wanted: Answer = YES) -> tuple[Need, ...] | None:
    """The fewest leaves that would have to come out otherwise for the whole to be `wanted`; None where nothing would do."""
    if trace.answer == wanted:
        return ()
    if trace.kind == "leaf":
        return (Need(trace.rule, wanted, trace.answer),)
    if trace.kind == "not":
        return needs(trace.parts[0], _OPPOSITE[wanted])
    found = [needs(part, wanted) for part in trace.parts]
    if (trace.kind == "all") == (wanted == YES):  # each part has to
        return None if None in found else tuple(one for some in found for one in some or ())
    possible = [some for some in found if some is not None]
    return min(possible, key=len) if possible else None


def number(value: Any) -> Decimal | None:
    """A finite number of believable size, or None: of a rule (text or JSON) as of a fact."""
    if isinstance(value, Decimal):
        return value if value.is_finite() and -LARGEST < value < LARGEST else None
    if isinstance(value, str):
        return _number(value) if len(value) <= _LONGEST else None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return _number(str(value)) if -LARGEST < value < LARGEST else None


@lru_cache(maxsize=4_096)
def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() and -LARGEST < found < LARGEST else None


def day(value: Any) -> date | None:
    """An ISO date, or None."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return _day(value) if isinstance(value, str) and len(value) <= _LONGEST else None


@lru_cache(maxsize=4_096)
def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def within(place: str, code: Any) -> bool:
    """Whether a place is the one of `code` or lies in it: 420100 in 420000."""
    return isinstance(code, str) and (
        place == code or code.endswith("0000") and len(code) == 6 and place[:2] == code[:2]
    )


# ---- one test for each kind of fact and comparison: yes, no, or None where either side cannot be read


def _texts(value: Any) -> list[str] | None:
    if not isinstance(value, list) or not value:
        return None
    for one in value:
        if not isinstance(one, str):
            return None
    return value


def _choice(given: Any, value: Any) -> bool | None:
    words = _texts(value)
    return None if words is None or not isinstance(given, str) else given in words


def _place(given: Any, value: Any) -> bool | None:
    codes = _texts(value)
    if codes is None or not isinstance(given, str):
        return None
    if any(within(given, code) for code in codes):
        return True
    # A province alone does not say in which of its cities: where a city is asked for, it stays open.
    return None if given.endswith("0000") and any(code[:2] == given[:2] for code in codes) else False


def _symbols(given: Any, value: Any) -> bool | None:
    starts = _texts(value)
    if starts is None or not isinstance(given, tuple) or not all(isinstance(one, str) for one in given):
        return None
    return any(symbol.startswith(start) for symbol in given for start in starts)


def _at_least(given: Any, value: Any) -> bool | None:
    one, other = number(given), number(value)
    return None if one is None or other is None else one >= other


def _at_most(given: Any, value: Any) -> bool | None:
    one, other = number(given), number(value)
    return None if one is None or other is None else one <= other


def _from(given: Any, value: Any) -> bool | None:
    one, other = day(given), day(value)
    return None if one is None or other is None else one >= other


def _before(given: Any, value: Any) -> bool | None:
    one, other = day(given), day(value)
    return None if one is None or other is None else one < other


def _is(given: Any, value: Any) -> bool | None:
    return given is value if isinstance(given, bool) and isinstance(value, bool) else None


_TESTS: dict[tuple[str, str], Callable[[Any, Any], bool | None]] = {
    (FactKind.CHOICE.value, Op.IN.value): _choice,
    (FactKind.PLACE.value, Op.IN.value): _place,
    (FactKind.NUMBER.value, Op.AT_LEAST.value): _at_least,
    (FactKind.NUMBER.value, Op.AT_MOST.value): _at_most,
    (FactKind.DATE.value, Op.FROM.value): _from,
    (FactKind.DATE.value, Op.BEFORE.value): _before,
    (FactKind.YES_NO.value, Op.IS.value): _is,
    (FactKind.CODES.value, Op.STARTS.value): _symbols,
}
_TESTS_OF = {
    (fact.name, op): test for (kind, op), test in _TESTS.items() for fact in FACTS.values() if fact.kind.value == kind
}
