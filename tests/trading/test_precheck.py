"""Each ground for refusal by itself: passed, then a problem, with its provision and what can be done."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from patents import ledger
from patents.models import Encumbrance, Grant, Patent, Title
from trading import precheck
from trading.precheck import Filing, Matter
from trading.terms import Terms

TODAY = date(2026, 11, 30)
LICENCE = ("dead", "not_owner", "incomplete", "term", "co_owners", "late_fee", "frozen", "duplicate", "pledged", "conflict",
           "overdue", "stale")  # fmt: skip
ASSIGNMENT = ("dead", "not_owner", "incomplete", "co_owners", "frozen", "duplicate", "pledged", "stale")


def patent(**changes):
    facts = {
        "pk": 1, "application_number": "CN202010000001.1", "kind": "invention", "title_zh": "某催化剂", "applicants": "沈工",
        "filing_date": date(2020, 3, 2), "publication_number": "CN111111111A", "grant_date": date(2022, 5, 6),
        "legal_status": "in_force", "status_as_of": TODAY,
    }  # fmt: skip
    return Patent(**{**facts, **changes})


def grant(pk=7, **changes):
    facts = {"form": "exclusive", "provinces": ["430000"], "field": [], "start": TODAY, "end": None, "state": "active"}
    return Grant(pk=pk, **{**facts, **changes})


def lying(kind, **changes):
    return Encumbrance(pk=3, kind=kind, start=date(2026, 1, 1), **changes)


def filing(*, own=None, grants=(), encumbrances=(), co_owned=False, owners="沈工", about=None, terms=None, **changes):
    own = own or grant()
    title = Title(pk=1, owners=owners, start=date(2020, 3, 2))
    book = ledger.Book(titles=[title], grants=[own, *grants], encumbrances=list(encumbrances), co_owned=co_owned)
    facts = {
        "form": "exclusive", "patents": ("CN202010000001.1",), "start": TODAY, "end": date(2029, 11, 30),
        "consideration": "lump_sum", "amount_cny": Decimal(1), "provinces": ("430000",),
    }  # fmt: skip
    return Filing(
        terms=Terms(**{**facts, **(terms or {})}), owner_names=frozenset({"沈工"}), parties_named=True,
        matters=(Matter(about or patent(), book, own),), today=TODAY, **changes,
    )  # fmt: skip


def problems(one):
    return {ground.code: ground for ground in precheck.grounds(one) if not ground.passed}


PROBLEMS = {
    "dead": lambda: filing(about=patent(legal_status="terminated")),
    "not_owner": lambda: filing(owners="别人、他人"),
    "incomplete": lambda: filing(about=patent(publication_number="")),
    "term": lambda: filing(terms={"end": date(2045, 1, 1)}),
    "co_owners": lambda: filing(co_owned=True),
    "late_fee": lambda: filing(about=patent(legal_status="late_fee")),
    "frozen": lambda: filing(encumbrances=[lying("preservation")]),
    "duplicate": lambda: filing(own=grant(recordal_number="X1")),
    "pledged": lambda: filing(encumbrances=[lying("pledge")]),
    "conflict": lambda: filing(grants=[grant(8, form="ordinary", recordal_number="X2")]),
    "overdue": lambda: filing(due=TODAY - timedelta(days=1)),
    "stale": lambda: filing(about=patent(status_as_of=TODAY - timedelta(days=31))),
}


def test_everything_in_order_passes():
    found = precheck.grounds(filing(due=TODAY))
    assert tuple(ground.code for ground in found) == LICENCE
    assert all(ground.passed for ground in found)
    assert precheck.hard_problems(found) == []


@pytest.mark.parametrize("code", PROBLEMS)
def test_each_ground_is_found_alone_with_its_law_and_a_way_out(code):
    found = problems(PROBLEMS[code]())
    assert set(found) == {code}
    ground = found[code]
    assert ground.problem.endswith("。") and str(ground.provision) and str(ground.advice)
    assert ground.is_hard is (code not in ("overdue", "stale"))


def test_every_ground_has_a_case_here():
    assert set(PROBLEMS) == set(precheck.RULES) == set(LICENCE)


def test_the_ten_items_of_the_measures():
    items = [str(rule.provision) for rule in precheck.RULES.values() if "办法" in str(rule.provision)]
    assert [one[-3] for one in items] == list("一二三四五六七八九十")


def test_an_assignment_is_not_asked_about_terms_and_licences():
    own = Encumbrance(pk=7, kind="assignment_signed", start=TODAY)
    late = filing(
        own=None, about=patent(legal_status="late_fee"), terms={"form": "assignment", "provinces": (), "end": None}
    )
    late = replace(late, matters=(Matter(late.matters[0].patent, late.matters[0].book, own),))
    assert tuple(ground.code for ground in precheck.grounds(late)) == ASSIGNMENT
    assert problems(late) == {}


# ---- what does not count


@pytest.mark.parametrize(
    "one",
    [
        filing(owners="别人、沈工"),  # one of the co-owners
        filing(co_owned=True, own=grant(co_owners_agree=True)),
        filing(co_owned=True, terms={"form": "ordinary"}, own=grant(form="ordinary")),  # each may alone
        filing(encumbrances=[lying("pledge", consents=["exclusive"])]),
        filing(encumbrances=[lying("pledge")], own=grant(pledgee_agrees=True)),
        filing(encumbrances=[lying("pledge", end=TODAY)]),  # lifted
        filing(encumbrances=[lying("suspension", end=TODAY)]),
        filing(encumbrances=[lying("option")]),
        filing(grants=[grant(8, recordal_number="")]),  # not recorded
        filing(grants=[grant(8, recordal_number="X2", provinces=["410000"])]),  # elsewhere
        filing(grants=[grant(8, recordal_number="X2", start=date(2020, 1, 1), end=TODAY)]),  # over
        filing(grants=[grant(8, recordal_number="X2", state="ended", ended_on=TODAY)]),
        filing(own=grant(form="ordinary"), grants=[grant(8, form="ordinary", recordal_number="X2")]),
        filing(terms={"end": None}),
        filing(about=patent(legal_status="pending", grant_date=None)),
        filing(terms={"end": date(2040, 3, 2)}),  # the very day of expiry
        filing(due=None),
    ],
)
def test_what_is_no_problem(one):
    assert problems(one) == {}


def test_an_exclusive_one_that_is_recorded_stands_in_the_way_of_an_ordinary_one():
    found = problems(filing(own=grant(form="ordinary"), grants=[grant(8, recordal_number="X2")]))
    assert "X2" in found["conflict"].problem


def test_another_agreement_that_was_recorded_for_the_same_right():
    assert "X9" in problems(filing(numbers=("X9",)))["duplicate"].problem


def test_a_party_without_a_verified_name():
    assert "证件号码" in problems(replace(filing(), parties_named=False))["incomplete"].problem


def test_hard_problems_come_first_and_soft_ones_do_not_count():
    late = filing(about=patent(legal_status="late_fee", status_as_of=TODAY - timedelta(days=99)), due=date(2026, 1, 1))
    assert [ground.code for ground in precheck.hard_problems(precheck.grounds(late))] == ["late_fee"]
