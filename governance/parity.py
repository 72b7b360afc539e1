"""Equal treatment, measured: the same deal read for an applicant seated in each of the six provinces. Pure.

The method, which the page prints: for each version in force, model deals are made of every sort of applicant, side and
form of transfer, with all else as its clauses ask; each is read six times, and only the seat of the applicant (and of
the owner, where the owner applies) differs. A deal counts when at least one of the six would be supported, and is alike
when all six get the same answer and the same sum. Every clause that asks for a seat in some of the six is listed with its
words. Read next: parity_queries.py.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import product
from typing import Any

from patents.states import Form
from platform_site.regions.facts import CODES

from .rule_amounts import amount
from .rule_engine import YES, Rule, day, evaluate, leaf_answer, leaves_of, number
from .rule_facts import FACTS, OUTSIDE, PERSON, SEATS, FactKind, Op

# The seat of each province's government: where an applicant sits when the rule names no city of the province.
CAPITALS = {code: f"{code[:2]}0100" for code in CODES}
APPLICANTS: tuple[Mapping[str, Any], ...] = (
    {"applicant_kind": "enterprise", "is_sme": True},
    {"applicant_kind": "enterprise", "is_sme": False},
    {"applicant_kind": "university", "is_sme": False},
    {"applicant_kind": PERSON, "is_sme": False},
)
FORMS = (Form.ASSIGNMENT.value, Form.EXCLUSIVE.value, Form.ORDINARY.value)
SIDES = ("owner", "taker")
VARIED = frozenset({"applicant_kind", "is_sme", "form", "role", *SEATS})
PLENTY = Decimal(1_000_000)  # of every sum and number that no clause bounds


@dataclass(frozen=True)
class Clause:
    """A condition that asks for a seat in some of the six and not in others."""

    leaf: Mapping[str, Any]
    favoured: tuple[str, ...]  # province codes


@dataclass(frozen=True)
class Reading:
    """What one version does to the model deals."""

    deals: int  # that at least one of the six would be supported in
    alike: int  # in which all six are treated the same
    clauses: tuple[Clause, ...]


def reading(criteria: Rule, formula: Any, cap: Any, code: str, first_day: date) -> Reading:
    """Of a published version, which never changes: reckoned once (`first_day`: of its period, when the deals are made)."""
    texts = [json.dumps(one, sort_keys=True, ensure_ascii=False, default=str) for one in (criteria, formula)]
    return _reading(texts[0], texts[1], None if cap is None else str(cap), code, first_day)


@lru_cache(maxsize=4_000)
def _reading(criteria_text: str, formula_text: str, cap: str | None, code: str, first_day: date) -> Reading:
    criteria, formula = json.loads(criteria_text), json.loads(formula_text)
    counted = alike = 0
    seats = [seat_in(criteria, one) for one in CODES]
    for deal in model_deals(criteria, code, first_day):
        outcomes = [outcome(criteria, formula, cap, _seated_at(deal, seat)) for seat in seats]
        if any(one[0] == YES for one in outcomes):
            counted += 1
            alike += len(set(outcomes)) == 1
    return Reading(counted, alike, tuple(clauses_of(criteria)))


def outcome(criteria: Rule, formula: Any, cap: Any, facts: Mapping[str, Any]) -> tuple[Any, Decimal | None]:
    """(answer, sum where it is a yes)."""
    answer = evaluate(criteria, facts).answer
    return answer, amount(formula, facts, cap).value if answer == YES else None


def clauses_of(criteria: Rule) -> Iterator[Clause]:
    """Conditions on a seat under which the six do not all fare alike, in the order of the text."""
    for leaf in leaves_of(criteria):
        if leaf["fact"] not in SEATS:
            continue
        favoured = tuple(code for code in CODES if leaf_answer(leaf, {leaf["fact"]: seat_in(criteria, code)}) == YES)
        named = [one for one in leaf.get("value") or () if isinstance(one, str) and one != OUTSIDE]
        if len(favoured) < len(CODES) and (favoured or named):
            yield Clause(leaf, favoured)


def seat_in(criteria: Rule, code: str) -> str:
    """Where an applicant of a province sits: in the first city of it that a clause names, else in its capital."""
    for leaf in leaves_of(criteria):
        if leaf["fact"] in SEATS and isinstance(leaf.get("value"), list):
            for place in leaf["value"]:
                if isinstance(place, str) and place[:2] == code[:2] and place != code:
                    return place
    return CAPITALS[code]


def seated(deal: Mapping[str, Any], criteria: Rule, code: str) -> dict[str, Any]:
    """The deal for an applicant of a province; an owner who applies is seated there as an owner too."""
    return _seated_at(deal, seat_in(criteria, code))


def _seated_at(deal: Mapping[str, Any], seat: str) -> dict[str, Any]:
    return {**deal, "applicant_seat": seat, **({"owner_seat": seat} if deal["role"] == "owner" else {})}


def model_deals(criteria: Rule, code: str, first_day: date) -> Iterator[dict[str, Any]]:
    """Every sort of applicant, side and form; converted in the province whose policy it is, all else as the clauses ask."""
    fitting = {"conversion_place": code, "owner_seat": seat_in(criteria, code), **_fitting(criteria, first_day)}
    for applicant, side, form in product(APPLICANTS, SIDES, FORMS):
        yield {**fitting, **applicant, "role": side, "form": form}


def _fitting(criteria: Rule, first_day: date) -> dict[str, Any]:
    facts: dict[str, Any] = {"occasion": "agreement", "patent_kind": "invention", "trl": Decimal(9), "ipc": ("A01",)}
    for name, fact in FACTS.items():
        if fact.kind == FactKind.YES_NO:
            facts[name] = True
        elif fact.kind == FactKind.NUMBER:
            facts.setdefault(name, PLENTY)
        elif fact.kind == FactKind.DATE:
            facts[name] = first_day
    for leaf, wanted in _wanted(criteria, True):
        if leaf["fact"] in FACTS and leaf["fact"] not in VARIED and wanted:
            _fit(facts, leaf)
        elif FACTS.get(leaf["fact"]) and FACTS[leaf["fact"]].kind == FactKind.YES_NO and not wanted:
            facts[leaf["fact"]] = leaf.get("value") is not True
    return facts


def _wanted(rule: Rule, wanted: bool) -> Iterator[tuple[dict[str, Any], bool]]:
    """Each leaf, and whether it is to hold: not below an odd number of `not`."""
    if not isinstance(rule, dict):
        return
    if isinstance(rule.get("fact"), str):
        yield rule, wanted
    elif "not" in rule:
        yield from _wanted(rule["not"], not wanted)
    else:
        for one in next(iter(rule.values()), None) or ():
            yield from _wanted(one, wanted)


def _fit(facts: dict[str, Any], leaf: Mapping[str, Any]) -> None:
    """Make one clause hold, whatever it asks that can be read."""
    name, op, value = leaf["fact"], leaf.get("op"), leaf.get("value")
    if op == Op.IN and isinstance(value, list) and value:
        facts[name] = value[0]
    elif op == Op.STARTS and isinstance(value, list) and value:
        facts[name] = (value[0],)
    elif op == Op.IS:
        facts[name] = value
    elif op in (Op.AT_LEAST, Op.AT_MOST) and (bound := number(value)) is not None:
        choose = max if op == Op.AT_LEAST else min
        facts[name] = choose(facts[name], bound)
    elif op in (Op.FROM, Op.BEFORE) and (found := day(value)) is not None:
        facts[name] = max(facts[name], found) if op == Op.FROM else min(facts[name], found - timedelta(days=1))
