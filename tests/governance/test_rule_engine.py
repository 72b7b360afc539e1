"""The rule engine: agrees with a naive reader on random rules and facts, never raises, says what would make it a yes."""

import os
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance import rule_amounts, rule_checks, rule_words
from governance.rule_amounts import Option, amount, combined
from governance.rule_engine import NO, UNKNOWN, YES, Trace, evaluate, leaf_answer, leaves, needs
from governance.rule_facts import FACTS, OPS, FactKind

RUNS = int(os.environ.get("MODEL_RUNS", 50))
VALUES = {
    FactKind.CHOICE: (["owner"], ["taker"], ["owner", "taker"]),
    FactKind.PLACE: (["420000"], ["420100", "430000"], ["outside"]),
    FactKind.NUMBER: ("100000", "0", 5),
    FactKind.DATE: ("2026-01-01", "2025-06-30"),
    FactKind.YES_NO: (True, False),
    FactKind.CODES: (["H01"], ["A", "B60L"]),
}
GIVEN = {
    FactKind.CHOICE: ("owner", "taker", "other"),
    FactKind.PLACE: ("420100", "420000", "430100", "360000", "outside"),
    FactKind.NUMBER: (Decimal("99999.99"), Decimal(100_000), Decimal(5), 0),
    FactKind.DATE: (date(2026, 1, 1), date(2025, 12, 31), "2025-01-01"),
    FactKind.YES_NO: (True, False),
    FactKind.CODES: (("H01M10/0525",), ("B60L50/60", "C08"), ()),
}


def leaf(name, value, op=None, clause="第一条"):
    return {"fact": name, "op": op or OPS[FACTS[name].kind][0].value, "value": value, "clause": clause}


@st.composite
def leaf_of(draw):
    fact = draw(st.sampled_from(list(FACTS.values())))
    return leaf(fact.name, draw(st.sampled_from(VALUES[fact.kind])), draw(st.sampled_from(OPS[fact.kind])).value)


RULES = st.recursive(
    leaf_of(),
    lambda inner: st.one_of(
        st.builds(lambda some: {"all": some}, st.lists(inner, max_size=4)),
        st.builds(lambda some: {"any": some}, st.lists(inner, max_size=4)),
        st.builds(lambda one: {"not": one}, inner),
    ),
    max_leaves=12,
)
FACTSETS = st.fixed_dictionaries({}, optional={name: st.sampled_from(GIVEN[one.kind]) for name, one in FACTS.items()})
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(list(FACTS)),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["all", "any", "not", "fact", "op", "value", "kind", "of", "steps"]), inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


def naive(rule, facts):
    """The set of answers that are possible, each unknown leaf being either: written another way than the engine."""
    if "fact" in rule:
        return {YES: {True}, NO: {False}, UNKNOWN: {True, False}}[leaf_answer(rule, facts)]
    ((kind, inside),) = rule.items()
    if kind == "not":
        return {not one for one in naive(inside, facts)}
    join = all if kind == "all" else any
    return {join(case) for case in product(*(naive(one, facts) for one in inside))}


def depth(rule):
    if "fact" in rule:
        return 1
    ((kind, inside),) = rule.items()
    return 1 + max(map(depth, [inside] if kind == "not" else inside), default=0)


@settings(max_examples=max(RUNS, 50), deadline=None)
@given(rule=RULES, several=st.lists(FACTSETS, min_size=4, max_size=4))
def test_it_agrees_with_a_naive_reader(rule, several):
    """Each example is one rule under four sets of facts; 10,000 and more by MODEL_RUNS=2500."""
    for facts in several if depth(rule) <= 7 else ():
        possible = naive(rule, facts)
        wanted = UNKNOWN if len(possible) == 2 else YES if True in possible else NO
        assert evaluate(rule, facts).answer == wanted, (rule, facts)


def turned(trace, changes):
    """The answer of the whole if these leaves came out as wanted."""
    if trace.kind == "leaf":
        return changes.get(id(trace.rule), trace.answer)
    parts = [turned(part, changes) for part in trace.parts]
    if trace.kind == "not":
        return {YES: NO, NO: YES, UNKNOWN: UNKNOWN}[parts[0]]
    settled, other = (NO, YES) if trace.kind == "all" else (YES, NO)
    return settled if settled in parts else UNKNOWN if UNKNOWN in parts else other


@settings(max_examples=max(RUNS, 50), deadline=None)
@given(rule=RULES, facts=FACTSETS)
def test_what_would_make_it_a_yes_does(rule, facts):
    trace = evaluate(rule, facts)
    found = needs(trace)
    if found is None:
        assert trace.answer != YES
        return
    assert (found == ()) == (trace.answer == YES)
    assert turned(trace, {id(one.leaf): one.wanted for one in found}) == YES


@settings(max_examples=max(RUNS, 50), deadline=None)
@given(rule=JSON, facts=st.dictionaries(st.sampled_from(list(FACTS)), JSON | st.decimals(), max_size=5), formula=JSON)
def test_nothing_stored_or_given_makes_it_raise(rule, facts, formula):
    trace = evaluate(rule, facts)
    assert trace.answer in (YES, NO, UNKNOWN)
    needs(trace)
    found = amount(formula, facts, rule)
    assert found.value is None or found.value >= 0
    rule_words.sentence(rule)
    rule_words.formula_words(formula, facts.get("paid_cny"))
    rule_words.arithmetic(found)
    if not rule_checks.rule_faults(rule):
        assert all(one.kind != "unreadable" for one in leaves(trace))
    rule_checks.formula_faults(formula)


def test_a_tree_without_end_is_unknown():
    rule = leaf("recorded", True)
    for _step in range(5_000):
        rule = {"not": rule}
    assert evaluate(rule, {"recorded": True}).answer == UNKNOWN
    assert rule_checks.rule_faults(rule)
    assert rule_words.sentence(rule)


def test_unknown_stays_unknown_and_a_no_is_a_no():
    rule = {"all": [leaf("role", ["owner"]), {"any": [leaf("recorded", True), leaf("contract_registered", True)]}]}
    assert evaluate(rule, {"role": "owner"}).answer == UNKNOWN
    assert evaluate(rule, {"role": "taker"}).answer == NO, "whatever the rest is"
    assert evaluate(rule, {"role": "owner", "contract_registered": True, "recorded": False}).answer == YES
    found = needs(evaluate(rule, {"role": "taker", "recorded": False}))
    assert [one.leaf["fact"] for one in found] == ["role", "recorded"]


@pytest.mark.parametrize(
    ("given_place", "asked", "answer"),
    [
        ("420100", ["420000"], YES),
        ("420100", ["420500"], NO),
        ("420000", ["420500"], UNKNOWN),  # somewhere in Hubei: perhaps in Yichang
        ("430000", ["420500", "430000"], YES),
        ("outside", ["420000"], NO),
    ],
)
def test_places_lie_in_one_another(given_place, asked, answer):
    assert evaluate(leaf("applicant_seat", asked), {"applicant_seat": given_place}).answer == answer


def money(formula, cap=None, **facts):
    return amount(formula, {name: Decimal(value) for name, value in facts.items()}, cap)


def test_amounts_with_their_arithmetic():
    rate = {"kind": "rate", "percent": "10", "of": "paid_cny"}
    assert money(rate, paid_cny=333_333).value == Decimal("33333.30")
    assert money(rate, paid_cny="0.05").value == Decimal("0.01"), "half a cent is a cent"
    capped = money(rate, "200000", paid_cny=3_000_000)
    assert (capped.value, capped.cap) == (Decimal("200000.00"), Decimal(200_000))
    assert "上限" in rule_words.arithmetic(capped) and "10%" in rule_words.arithmetic(capped)
    steps = {"kind": "marginal", "of": "paid_cny", "steps": [["0", "10"], ["1000000", "5"]]}
    found = money(steps, paid_cny=1_500_000)
    assert [line.value for line in found.lines] == [Decimal("100000.00"), Decimal("25000.00")]
    assert found.value == Decimal("125000.00")
    brackets = {"kind": "brackets", "of": "output_cny", "steps": [["1000000", "50000"], ["5000000", "200000"]]}
    assert [money(brackets, output_cny=one).value for one in (1, 1_000_000, 9_000_000)] == [0, 50_000, 200_000]
    assert money({"kind": "fixed", "amount": "8000"}).value == 8_000
    lacking = money(rate)
    assert lacking.value is None and "实际支付金额" in rule_words.arithmetic(lacking)


OPTIONS = st.lists(
    st.builds(
        Option, st.integers(), st.sampled_from("abc"), st.sampled_from(["cumulative", "higher", "once"]),
        st.none() | st.decimals(0, 10**6, places=2),
    ),
    max_size=6,
)  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(options=OPTIONS)
def test_what_excludes_one_another_is_never_added_up(options):
    found = combined(options)
    best = Decimal(0)
    for picked in product([False, True], repeat=len(options)):
        some = [one for one, is_in in zip(options, picked, strict=True) if is_in]
        items = [one.item for one in some if one.stacking != rule_amounts.CUMULATIVE]
        if len(items) == len(set(items)):
            best = max(best, sum((one.amount or 0 for one in some), Decimal(0)))
    assert found.total == best
    assert all(len(group.keys) > 1 for group in found.groups)


def test_faults_name_the_place():
    rule = {"all": [leaf("role", ["owner"]), {"any": [leaf("paid_cny", "viel", "at_least"), leaf("role", ["cat"])]}]}
    assert [place for place, _fault in rule_checks.rule_faults(rule)] == ["全部 › 第 2 项 › 任一 › 第 1 项", "全部 › 第 2 项 › 任一 › 第 2 项"]  # fmt: skip
    for bad in ({}, [], {"all": []}, {"all": [], "any": []}, {"not": None}, leaf("role", ["owner"], "from"), leaf("x", [], "in") if "x" in FACTS else {"fact": "x"}, leaf("role", ["owner"], clause=" ")):  # fmt: skip
        assert rule_checks.rule_faults(bad), bad
    assert rule_checks.rule_faults({"all": [leaf("role", ["owner"])] * 41})
    for bad in ({}, {"kind": "fixed", "amount": "-1"}, {"kind": "rate", "of": "role", "percent": "3"}, {"kind": "rate", "of": "paid_cny", "percent": "120"}, {"kind": "marginal", "of": "paid_cny", "steps": [["5", "1"], ["1", "1"]]}):  # fmt: skip
        assert rule_checks.formula_faults(bad), bad
    assert not rule_checks.formula_faults({"kind": "rate", "of": "paid_cny", "percent": "8.5"})


def test_the_sentence_reads_as_an_office_writes():
    rule = {
        "all": [
            leaf("applicant_kind", ["enterprise", "university"]),
            leaf("conversion_place", ["420000"]),
            {"any": [leaf("recorded", True), leaf("paid_cny", "100000", "at_least")]},
            {"not": leaf("form", ["open"])},
        ]
    }
    said = rule_words.in_both(lambda: rule_words.sentence(rule))
    assert said["zh-hans"] == (
        "申请人类型为企业或高等院校，并且转化实施地在湖北，并且（合同已在国家知识产权局备案或登记，或者实际支付金额不低于 10 万元），"
        "并且不符合“转化方式为开放许可”。"
    )
    assert set(said) == {"zh-hans", "en"} and "Hubei" in said["en"]
    assert rule_words.formula_words({"kind": "rate", "percent": "10", "of": "paid_cny"}, "200000") == "按实际支付金额的 10% 计算，最高 20 万元。"  # fmt: skip


def test_a_trace_holds_the_clause_of_each_leaf():
    trace = evaluate({"not": leaf("role", ["owner"], clause="第五条")}, {"role": "owner"})
    assert isinstance(trace, Trace) and trace.answer == NO
    assert [(one.rule["clause"], one.answer) for one in leaves(trace)] == [("第五条", YES)]
