"""A thousand random term sheets: the calculator and a workbook of formulas, reckoned by a spreadsheet engine, agree to the fen.

The workbook knows nothing of our code: dates by EDATE, months by ROUNDUP, half-even by QUOTIENT and MOD on whole fen, the
cap by a running SUM, the present value by NPV. Read next: test_scenarios.py.
"""

import random
from datetime import date, timedelta
from decimal import Decimal

import formualizer
import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from tests.factories.terms import terms
from trading.scenarios import Figures, Kind, scenario

SHEETS, YEARS, PARTS = 1000, 20, 3
INPUTS = (
    "kind", "amount", "rate", "divisor", "base", "margin", "minimum", "cap", "start", "end", "patents_end", "trial",
    *(f"{name}{n}" for n in range(1, PARTS + 1) for name in ("part", "months")),
    "stated", "discount",
    *(f"sales{n}" for n in range(1, YEARS + 1)),
    *(f"profit{n}" for n in range(1, YEARS + 1)),
)  # fmt: skip
OUTPUTS = (
    *(f"fixed{n}" for n in range(YEARS + 1)),
    *(f"product{n}" for n in range(1, YEARS + 1)),
    *(f"reckoned{n}" for n in range(1, YEARS + 1)),
    *(f"royalty{n}" for n in range(1, YEARS + 1)),
    *(f"year{n}" for n in range(YEARS + 1)),
    "total",
    "present",
)
COLUMNS = {name: get_column_letter(place) for place, name in enumerate((*INPUTS, *OUTPUTS), start=1)}


# ---- the workbook


def formulas():
    """Column -> formula of one row, with {row} for its number and [name] for a column."""
    parts = "+".join(f"IF(ROUNDUP([months{n}]/12,0)=YEAR_,[part{n}],0)" for n in range(1, PARTS + 1))
    for year in range(YEARS + 1):
        signing = "[amount]" if year == 0 else "0"
        fixed = (
            f'=IF([kind]="instalments",{parts},IF([kind]="trial",IF(ROUNDUP([trial]/12,0)=YEAR_,[amount],0),'
            f'IF([kind]="equity",0,{signing})))'
        )
        yield f"fixed{year}", fixed.replace("YEAR_", str(year))
    for year in range(1, YEARS + 1):
        yield f"product{year}", f'=MAX(0,IF([base]="profit",[profit{year}],[sales{year}]))*[margin]*[rate]'
        whole, rest = f"QUOTIENT([product{year}],[divisor])", f"MOD([product{year}],[divisor])"
        even = f"IF(2*{rest}=[divisor],MOD({whole},2),0)"
        yield f"reckoned{year}", f"={whole}+IF(2*{rest}>[divisor],1,{even})"
        begins = f"EDATE([start],{12 * (year - 1)})"
        over = f"OR({year}>[stated],{begins}>=[end],{begins}>=[patents_end])"
        before = f"SUM([royalty1]:[royalty{year - 1}])" if year > 1 else "0"
        due = f"MIN(MAX([reckoned{year}],[minimum]),MAX(0,[cap]-{before}))"
        yield f"royalty{year}", f'=IF([kind]<>"royalty",0,IF({over},0,{due}))'
    for year in range(YEARS + 1):
        yield f"year{year}", f"=[fixed{year}]" + (f"+[royalty{year}]" if year else "")
    yield "total", f"=SUM([year0]:[year{YEARS}])"
    yield "present", f"=[year0]+NPV([discount],[year1]:[year{YEARS}])"


def workbook(cases, path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "scenarios"
    made = [(name, _referring(text)) for name, text in formulas()]
    for row, case in enumerate(cases, start=1):
        for name, value in case.items():
            sheet[f"{COLUMNS[name]}{row}"] = value
        for name, text in made:
            sheet[f"{COLUMNS[name]}{row}"] = text.replace("{row}", str(row))
    book.save(path)


def _referring(text):
    for name in sorted(COLUMNS, key=len, reverse=True):
        text = text.replace(f"[{name}]", f"{COLUMNS[name]}{{row}}")
    return text


# ---- the random term sheets, in whole fen


def draw(pick):
    kind = pick.choice(["lump_sum", "instalments", "royalty", "royalty", "royalty", "royalty", "trial", "equity"])
    start = date(2026, 1, 1) + timedelta(days=pick.randrange(3000))
    stated = pick.randint(1, YEARS)
    by_margin = pick.random() < 0.3
    profit_stated = not by_margin and pick.random() < 0.3
    # Products of whole numbers must stay below 2**53: with a margin the rate is in tenths of a per cent.
    rate = pick.choice([500, 125, pick.randint(1, 1000)]) if by_margin else _thousandths(pick)
    case = {
        "kind": kind,
        "amount": pick.randint(0, 10**11),
        "rate": rate,
        "divisor": 100 * 1000 if by_margin else 100_000,
        "base": "profit" if profit_stated else "sales",
        "margin": pick.randint(0, 100) if by_margin else 1,
        "minimum": pick.choice([0, pick.randint(1, 10**9)]),
        "cap": pick.choice([10**17, pick.randint(1, 10**11)]),
        "start": start,
        "end": _later(pick, start),
        "patents_end": _later(pick, start),
        "trial": pick.randint(1, 60),
        "stated": stated,
        "discount": pick.choice([0, pick.randint(1, 300) / 1000]),
    }
    for n in range(1, PARTS + 1):
        case[f"part{n}"], case[f"months{n}"] = pick.randint(1, 10**10), pick.randint(0, 240)
    for n in range(1, stated + 1):
        case[f"sales{n}"] = pick.choice([0, pick.randint(1, 99), pick.randint(0, 9 * 10**10)])
        case[f"profit{n}"] = pick.randint(-(10**9), 10**10)
    return case | {"by_margin": by_margin, "profit_stated": profit_stated}


def _thousandths(pick):
    """A rate in thousandths of a per cent; the first ones make halves of a fen common."""
    return pick.choice([50_000, 12_500, 2_500, pick.randint(1, 100_000)])


def _later(pick, start):
    """Now and then exactly on an anniversary; a third never ends."""
    never = date(2999, 1, 1)
    years = pick.randint(1, YEARS)
    anniversary = start.replace(year=start.year + years, day=min(start.day, 28))
    return pick.choice([never, anniversary, start + timedelta(days=pick.randint(1, 7000))])


def ours(case):
    yuan = lambda fen: Decimal(fen) / 100  # noqa: E731 - one word for the unit
    is_royalty, never = case["kind"] == "royalty", date(2999, 1, 1)
    step = Decimal(10 if case["by_margin"] else 1000)
    base = "profit" if case["by_margin"] or case["profit_stated"] else "net_sales"
    agreed = terms(
        consideration=case["kind"],
        amount_cny=yuan(case["amount"]),
        start=case["start"],
        end=None if case["end"] == never else case["end"],
        royalty_percent=case["rate"] / step if is_royalty else None,
        royalty_base=base if is_royalty else "",
        minimum_cny=yuan(case["minimum"]) if case["minimum"] else None,
        cap_cny=None if case["cap"] == 10**17 else yuan(case["cap"]),
        trial_months=case["trial"],
        instalments=[(yuan(case[f"part{n}"]), case[f"months{n}"]) for n in range(1, PARTS + 1)],
    )
    stated = range(1, case["stated"] + 1)
    figures = Figures(
        tuple(yuan(case[f"sales{n}"]) for n in stated),
        tuple(yuan(case[f"profit{n}"]) for n in stated) if case["profit_stated"] else (),
        Decimal(case["margin"]) if case["by_margin"] else None,
        Decimal(str(case["discount"])) * 100,
    )
    return scenario(agreed, figures, None if case["patents_end"] == never else case["patents_end"])


@pytest.fixture(scope="module")
def reckoned(tmp_path_factory):
    """(case, row of the engine) of every term sheet."""
    pick = random.Random(20261130)
    cases = [draw(pick) for _n in range(SHEETS)]
    path = tmp_path_factory.mktemp("scenarios") / "scenarios.xlsx"
    workbook([{name: case[name] for name in INPUTS if name in case} for case in cases], path)
    book = formualizer.load_workbook(str(path))
    book.evaluate_all()
    places = {name: place for place, name in enumerate(COLUMNS, start=1) if name in OUTPUTS}
    return [
        (case, {name: book.get_value("scenarios", row, place) for name, place in places.items()})
        for row, case in enumerate(cases, start=1)
    ]


def test_every_year_and_total_agrees_to_the_fen(reckoned):
    for case, row in reckoned:
        found = ours(case)
        mine = [int(year.total * 100) for year in found.years]
        theirs = [round(row[f"year{n}"]) for n in range(YEARS + 1)]
        assert mine + [0] * (YEARS + 1 - len(mine)) == theirs, case
        assert int(found.total * 100) == round(row["total"]), case
        for year in found.years[1 : case["stated"] + 1]:
            if year.reckoned is not None:
                assert int(year.reckoned * 100) == round(row[f"reckoned{year.number}"]), case


def test_every_present_value_agrees_to_the_fen(reckoned):
    for case, row in reckoned:
        assert abs(float(ours(case).present_cny) * 100 - row["present"]) < 0.75, case


def test_the_sheets_try_what_is_easily_wrong(reckoned):
    """Ties, caps, minima, ends and every kind occur: an agreement about nothing would prove nothing."""
    found = [ours(case) for case, _row in reckoned]
    whys = {year.why for one in found for year in one.years}
    assert {str(why) for why in whys if why} == {
        "loss",
        "minimum",
        "cap_reached",
        "cap_spent",
        "term_over",
        "patent_over",
    }
    assert {kind for one in found for kind in one.totals} == set(Kind)
    ties = sum(
        2 * (row[f"product{n}"] % case["divisor"]) == case["divisor"]
        for case, row in reckoned if case["kind"] == "royalty" for n in range(1, case["stated"] + 1)
    )  # fmt: skip
    assert ties > 20
