"""What terms make due and when, and a year's royalty: worked examples, without a database."""

from datetime import date
from decimal import Decimal as D

import pytest

from trading import performance, royalties
from trading.performance import Part
from trading.terms import Instalment, Terms

LIVES_UNTIL = date(2040, 1, 1)


def terms(**changes):
    plain = {
        "form": "ordinary", "patents": ("CN201910000000.X",), "start": date(2026, 3, 1), "end": date(2029, 3, 1),
        "consideration": "lump_sum", "amount_cny": D("360000.00"),
    }  # fmt: skip
    return Terms(**{**plain, **changes})


def royalty_terms(**changes):
    plain = {"consideration": "royalty", "amount_cny": D("50000"), "royalty_percent": D(3), "royalty_base": "net_sales"}
    return terms(**{**plain, **changes})


def planned(of, signed_on=date(2026, 1, 31)):
    return [(str(due.kind), due.due_on, due.amount_cny) for due in performance.dues(of, signed_on, LIVES_UNTIL)]


def test_a_lump_sum_is_due_thirty_days_after_signing():
    assert planned(terms()) == [("lump_sum", date(2026, 3, 2), D("360000.00"))]


@pytest.mark.parametrize(
    ("signed", "months", "due"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),  # a leap year
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 5, 31), 4, date(2026, 9, 30)),
        (date(2026, 11, 15), 2, date(2027, 1, 15)),
        (date(2026, 1, 31), 0, date(2026, 3, 2)),  # at once: thirty days
    ],
)
def test_an_instalment_is_due_on_the_corresponding_day_or_the_last_of_the_month(signed, months, due):
    one = terms(consideration="instalments", instalments=(Instalment(D("1.00"), months),))
    assert planned(one, signed) == [("instalment", due, D("1.00"))]


def test_instalments_come_in_the_order_of_their_days():
    parts = (Instalment(D("2.00"), 6), Instalment(D("1.00"), 0))
    assert [amount for _k, _d, amount in planned(terms(consideration="instalments", instalments=parts))] == [
        D("1.00"), D("2.00"),
    ]  # fmt: skip


def test_a_trial_is_paid_when_it_ends_counted_from_the_later_of_signing_and_start():
    trial = {"consideration": "trial", "trial_months": 3}
    assert planned(terms(**trial)) == [("trial_price", date(2026, 6, 1), D("360000.00"))]
    assert planned(terms(**trial), date(2026, 11, 30)) == [("trial_price", date(2027, 2, 28), D("360000.00"))]


def test_shares_are_registered_and_what_is_free_is_not_owed():
    equity = terms(consideration="equity", equity_percent=D(10), equity_company="江城新材料公司")
    assert planned(equity) == [("shares", date(2026, 3, 2), None)]
    assert planned(terms(amount_cny=D(0))) == []


def test_a_royalty_is_stated_for_each_calendar_year_that_the_term_touches():
    parts = performance.royalty_parts(royalty_terms(), LIVES_UNTIL)
    assert [(part.year, part.start, part.end, part.days) for part in parts] == [
        (2026, date(2026, 3, 1), date(2027, 1, 1), 306),
        (2027, date(2027, 1, 1), date(2028, 1, 1), 365),
        (2028, date(2028, 1, 1), date(2029, 1, 1), 366),
        (2029, date(2029, 1, 1), date(2029, 3, 1), 59),
    ]
    assert [part.is_whole for part in parts] == [False, True, True, False]
    dues = planned(royalty_terms())
    assert dues[0] == ("entry_fee", date(2026, 3, 2), D("50000"))
    assert dues[1] == ("royalty", date(2027, 3, 2), None) and len(dues) == 5


def test_a_term_without_an_end_lasts_as_long_as_the_patent_and_none_longer():
    open_end = royalty_terms(end=None)
    assert performance.royalty_parts(open_end, date(2028, 1, 1))[-1].year == 2027
    assert performance.royalty_parts(royalty_terms(), date(2027, 6, 1))[-1].end == date(2027, 6, 1)
    assert performance.royalty_parts(open_end, date(2026, 1, 1)) == []
    assert len(performance.parts(date(2026, 1, 1), date(2099, 1, 1))) == performance.MOST_YEARS


def year(number=2027, start=None, end=None):
    return Part(number, start or date(number, 1, 1), end or date(number + 1, 1, 1))


def test_rate_times_base_rounded_once_half_even():
    found = royalties.reckon(royalty_terms(), year(), D("1234567.89"), D(0))
    assert (found.reckoned_cny, found.amount_cny, found.minimum_cny, found.left_cny) == (
        D("37037.04"), D("37037.04"), None, None,
    )  # fmt: skip
    assert royalties.reckon(royalty_terms(royalty_percent=D("0.5")), year(), D("1"), D(0)).amount_cny == D("0.00")
    assert royalties.reckon(royalty_terms(royalty_percent=D("1.5")), year(), D("1"), D(0)).amount_cny == D("0.02")


@pytest.mark.parametrize(
    ("part", "minimum"),
    [
        (year(), "36500.00"),
        (year(2028), "36500.00"),  # a whole leap year is a year
        (year(2026, start=date(2026, 3, 1)), "30600.00"),  # 306 of 365 days
        (year(2028, start=date(2028, 2, 29)), "30616.12"),  # 307 of 366 days
        (year(2029, end=date(2029, 3, 1)), "5900.00"),
    ],
)
def test_the_minimum_of_a_part_of_a_year_is_that_part(part, minimum):
    found = royalties.reckon(royalty_terms(minimum_cny=D(36500)), part, D(0), D(0))
    assert found.amount_cny == found.minimum_cny == D(minimum) and found.is_minimum and not found.is_capped


def test_sales_above_the_minimum_count_alone():
    found = royalties.reckon(royalty_terms(minimum_cny=D(36500)), year(), D(2_000_000), D(0))
    assert (found.amount_cny, found.is_minimum) == (D("60000.00"), False)


@pytest.mark.parametrize(
    ("earlier", "base", "amount", "capped"),
    [
        ("0", "2000000", "60000.00", False),
        ("160000", "2000000", "40000.00", True),  # only what is left
        ("180000", "100", "20000.00", True),  # the cap ends the minimum
        ("200000", "2000000", "0.00", True),
        ("170000", "1000000", "30000.00", False),  # just what is left
    ],
)
def test_the_cap_counts_over_all_years_and_ends_the_minimum(earlier, base, amount, capped):
    capped_terms = royalty_terms(minimum_cny=D(30000), cap_cny=D(200000))
    found = royalties.reckon(capped_terms, year(), D(base), D(earlier))
    assert (found.amount_cny, found.is_capped) == (D(amount), capped)
    assert found.left_cny == D(200000) - D(earlier) and not (found.is_capped and found.is_minimum)


def test_a_loss_pays_no_royalty_but_the_minimum():
    profit = royalty_terms(royalty_base="profit")
    assert royalties.reckon(profit, year(), D(-500), D(0)).amount_cny == D("0.00")
    with_minimum = royalty_terms(royalty_base="profit", minimum_cny=D(100))
    assert royalties.reckon(with_minimum, year(), D(-500), D(0)).amount_cny == D("100.00")
