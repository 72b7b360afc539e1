"""What trading tells the public in numbers: totals of many contracts, never anything of one. Read next: portal/figures.py.

A cell of fewer than LEAST agreements says only that (k-anonymity, decision 0013). Sums move in steps of LEAST agreements, by the order in
which these came in: the difference of two days' sums is then never the figure of one contract.
Three queries, whatever the number of agreements. Units: CNY yuan.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from platform_site.regions.facts import CODES

LEAST = 5
YEARS_SHOWN = 3
ELSEWHERE = ""

_CONTRACTS = """
    SELECT province_id, count(*), count(*) FILTER (WHERE recorded), sum(amount_cny) FILTER (WHERE place <= total / %(least)s * %(least)s)
    FROM (
        SELECT made.province_id, filed.number <> '' AS recorded, coalesce(terms.amount_cny, (
                SELECT sum(due.amount_cny) FROM trading_paymentmilestone due
                WHERE due.agreement_id = made.id AND due.kind <> 'royalty'
            )) AS amount_cny,
            row_number() OVER (PARTITION BY made.province_id ORDER BY made.signed_at, made.id) AS place,
            count(*) OVER (PARTITION BY made.province_id) AS total
        FROM trading_agreement made LEFT JOIN trading_offer terms ON terms.id = made.offer_id
            LEFT JOIN trading_recordal filed ON filed.agreement_id = made.id
        WHERE made.signed_at IS NOT NULL
    ) signed GROUP BY province_id
"""
_CONVERSIONS = """
    SELECT year, coalesce(province_id, ''), count(*), sum(output_cny) FILTER (WHERE place <= total / %(least)s * %(least)s),
        sum(jobs) FILTER (WHERE place <= total / %(least)s * %(least)s)
    FROM (
        SELECT latest.*,
            row_number() OVER (PARTITION BY year, province_id ORDER BY first_at, agreement_id) AS place,
            count(*) OVER (PARTITION BY year, province_id) AS total
        FROM (
            SELECT DISTINCT ON (agreement_id, year) agreement_id, year, in_production, province_id, output_cny, jobs,
                min(written_at) OVER (PARTITION BY agreement_id, year) AS first_at
            FROM trading_conversionreport ORDER BY agreement_id, year, version DESC
        ) latest WHERE in_production
    ) made GROUP BY year, province_id ORDER BY year DESC
"""
_NEEDS = """
    SELECT province_id, count(*), count(*) FILTER (WHERE state = 'published'), count(*) FILTER (WHERE state = 'met'),
        count(*) FILTER (WHERE EXISTS (
            SELECT 1 FROM trading_needproposal made WHERE made.need_id = need.id AND made.state = 'accepted'
        ))
    FROM trading_technologyneed need WHERE published_at IS NOT NULL GROUP BY province_id
"""


@dataclass(frozen=True)
class Cell:
    """A number that may be told; `is_few`: it is of one to four, and is not told."""

    value: Decimal | int | None
    is_few: bool = False


@dataclass(frozen=True)
class Contracts:
    """Contracts of one province's listings: signed, recorded, and the sum of their prices and entry fees, royalties apart."""

    code: str
    signed: Cell
    recorded: Cell
    amount_cny: Cell


@dataclass(frozen=True)
class Conversions:
    """What was reported for one year and the province in which it is made; ELSEWHERE outside the six."""

    year: int
    code: str
    in_production: Cell
    output_cny: Cell
    jobs: Cell


@dataclass(frozen=True)
class Needs:
    """Technology needs of one province's office. `matched`: a proposal was accepted, which its two sides alone know."""

    code: str
    published: int
    is_open: int
    met: int
    matched: Cell


@dataclass(frozen=True)
class Trade:
    needs: list[Needs]  # the six in code order
    contracts: list[Contracts]  # the six in code order
    conversions: list[Conversions]  # latest year first, then the six and elsewhere


def trade() -> Trade:
    """The tables of the statistics page, in three queries."""
    asked = {row[0]: row[1:] for row in _rows(_NEEDS)}
    signed = {row[0]: row[1:] for row in _rows(_CONTRACTS)}
    reported = {(row[0], row[1]): row[2:] for row in _rows(_CONVERSIONS)}
    years = sorted({year for year, _code in reported}, reverse=True)[:YEARS_SHOWN]
    return Trade(
        needs=[_needs(code, *asked.get(code, (0, 0, 0, 0))) for code in CODES],
        contracts=[_contracts(code, *signed.get(code, (0, 0, None))) for code in CODES],
        conversions=[
            _conversions(year, code, *reported.get((year, code), (0, None, None)))
            for year in years
            for code in (*CODES, ELSEWHERE)
        ],
    )


def _needs(code: str, published: int, is_open: int, met: int, matched: int) -> Needs:
    return Needs(code, published, is_open, met, count(matched))


def _contracts(code: str, signed: int, recorded: int, amount: Decimal | None) -> Contracts:
    return Contracts(code, count(signed), count(recorded), total(signed, amount))


def _conversions(year: int, code: str, made: int, output: Decimal | None, jobs: int | None) -> Conversions:
    return Conversions(year, code, count(made), total(made, output), total(made, jobs))


def count(n: int) -> Cell:
    """A number of agreements, or of accepted proposals; none is told as none."""
    return Cell(None, is_few=True) if 0 < n < LEAST else Cell(n)


def total(n: int, value: Decimal | int | None) -> Cell:
    """A sum over n agreements."""
    if n == 0:
        return Cell(0)
    return Cell(None, is_few=True) if n < LEAST else Cell(value or 0)


def _rows(query: str) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, {"least": LEAST})
        return cursor.fetchall()
