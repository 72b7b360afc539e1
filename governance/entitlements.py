"""What can be had: every policy in force read against the facts of one occasion, six provinces side by side. Pure.

Four answers: yes (on record), likely (some of it is told or assumed), no, and not enough information; the clause behind
each, the fewest things that would make it a yes, the amount with its arithmetic. Read next: entitlement_shown.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .entitlement_facts import Facts, Source, Subject
from .models import PolicyVersion
from .policy_queries import Used, is_exhausted, item_of
from .rule_amounts import CUMULATIVE, Amount, Combined, Option, amount, combined
from .rule_engine import NO, YES, Need, Trace, evaluate, needs


class Verdict(StrEnum):
    YES = "yes"
    LIKELY = "likely"
    NO = "no"
    UNKNOWN = "unknown"


class Bar(StrEnum):
    """Why a policy gives nothing although its clauses are met."""

    NONE = ""
    AIDED = "aided"  # the patent has received aid for the same thing
    EXHAUSTED = "exhausted"  # nothing is left of the budget or quota


@dataclass(frozen=True)
class Entitled:
    """One version, read."""

    version: PolicyVersion
    verdict: Verdict
    trace: Trace
    needs: tuple[Need, ...] | None
    amount: Amount
    bar: Bar = Bar.NONE


def entitled(
    subject: Subject, versions: Iterable[PolicyVersion], used: Mapping[int, Used], aided: Iterable[str] = ()
) -> list[Entitled]:
    """Each version against the facts; where it is converted is assumed to be the policy's own province until it is known."""
    taken = set(aided)
    known: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}
    found = []
    for version in versions:
        code = version.policy.province_id
        if code not in known:
            known[code] = facts_in(subject.facts, code)
        bar = Bar.NONE
        if version.stacking != CUMULATIVE and item_of(version, subject.role) in taken:
            bar = Bar.AIDED
        elif is_exhausted(version, used):
            bar = Bar.EXHAUSTED
        found.append(_one(version, *known[code], bar))
    return found


def facts_in(facts: Facts, code: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """(all values, those on record) as a policy of a province reads them."""
    values = {"conversion_place": code, **{name: value for name, (value, _source) in facts.items()}}
    return values, {name: value for name, (value, source) in facts.items() if source == Source.RECORD}


def _one(version: PolicyVersion, values: dict[str, Any], on_record: dict[str, Any], bar: Bar) -> Entitled:
    trace = evaluate(version.criteria, values)
    if trace.answer == YES:
        is_sure = len(on_record) == len(values) or evaluate(version.criteria, on_record).answer == YES
        verdict = Verdict.YES if is_sure else Verdict.LIKELY
    else:
        verdict = Verdict.NO if trace.answer == NO else Verdict.UNKNOWN
    if bar:
        verdict = Verdict.NO
    return Entitled(version, verdict, trace, needs(trace), amount(version.formula, values, version.cap_cny), bar)


def together(found: Sequence[Entitled], role: str) -> Combined:
    """Of what may be had: which exclude one another, and the most that the best choice comes to."""
    return combined(
        [
            Option(one.version.pk, item_of(one.version, role), one.version.stacking, one.amount.value)
            for one in found
            if one.verdict in (Verdict.YES, Verdict.LIKELY)
        ]
    )
