"""The rule engine under load: one deal against so many policies, in CPU time. Read next: benchmark.py.

What is measured is what a page of entitlements does with policies that are read already: evaluate every rule, once more on
records alone where it is met, and reckon the sum. The goal of issue 7 is 50 ms for six provinces with 200 each.
"""

import random
import time
from datetime import date
from decimal import Decimal

from governance.entitlement_facts import Subject, subject
from governance.entitlements import entitled
from governance.models import Policy, PolicyVersion
from governance.rule_facts import FACTS, FactKind
from platform_site.regions.facts import CODES

from .benchmark import Measurement, Reading

EACH = 200  # policies of a province
SEED = 2007
LINEAR = 8.0  # six times as many may take so many times as long
VALUES = {
    FactKind.CHOICE: ("in", ["owner", "agreement", "enterprise", "invention", "ordinary"]), FactKind.PLACE: ("in", ["420000", "430000"]),
    FactKind.NUMBER: ("at_least", "100000"), FactKind.DATE: ("from", "2026-01-01"), FactKind.YES_NO: ("is", True),
    FactKind.CODES: ("starts", ["H01", "B60"]),
}  # fmt: skip
GIVEN = {
    FactKind.CHOICE: "owner", FactKind.PLACE: "420100", FactKind.NUMBER: Decimal(360_000), FactKind.DATE: date(2026, 6, 1),
    FactKind.YES_NO: True, FactKind.CODES: ("H01M10/0525",),
}  # fmt: skip


def rules(rounds: int) -> Measurement:
    """CPU milliseconds for one province and for six, the quickest of so many rounds."""
    deal, policies = deal_make(), policies_make()
    one = [version for version in policies if version.policy.province_id == CODES[0]]
    small, large = (min(_milliseconds(deal, some) for _round in range(max(rounds, 3))) for some in (one, policies))
    what = f"one deal, {len(one)} and {len(policies)} policies"
    return Measurement(Reading(what, "CPU ms", small, LINEAR), Reading(what, "CPU ms", large, LINEAR))


def deal_make() -> Subject:
    """A deal of which every fact is on record."""
    return subject("agreement", {name: GIVEN[fact.kind] for name, fact in FACTS.items() if name != "occasion"}, {})


def policies_make() -> list[PolicyVersion]:
    """As many for each of the six, of eight conditions each, some of them alternatives; never saved."""
    dice = random.Random(SEED)  # noqa: S311 - the same rules each time
    return [_policy(dice, code, nth) for code in CODES for nth in range(EACH)]


def _policy(dice: random.Random, code: str, nth: int) -> PolicyVersion:
    leaves = [
        {
            "fact": name,
            "op": VALUES[FACTS[name].kind][0],
            "value": VALUES[FACTS[name].kind][1],
            "clause": f"第{place}条",
        }
        for place, name in enumerate(dice.sample(list(FACTS), 8), 1)
    ]
    last = leaves[7] if nth % 2 else {"not": leaves[7]}  # all conditions are met by the deal: every second rule is
    rule = {"all": [*leaves[:5], {"any": leaves[5:7]}, last]}
    policy = Policy(province_id=code, kind="deal")
    formula = {"kind": "rate", "percent": "5", "of": "paid_cny"}
    return PolicyVersion(
        pk=nth, policy=policy, number=1, criteria=rule, formula=formula, cap_cny=Decimal(50_000), stacking="once"
    )


def _milliseconds(deal: Subject, policies: list[PolicyVersion]) -> float:
    begun = time.process_time()
    entitled(deal, policies, {})
    return (time.process_time() - begun) * 1000
