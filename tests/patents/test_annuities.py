"""Terms and annual fees: worked examples of domain.md 3, leap years, month ends and holidays included."""

from datetime import date
from decimal import Decimal

import pytest

from patents import annuities
from patents.annuities import Right

INVENTION = Right("invention", date(2020, 3, 2), date(2022, 5, 6), paid_to=date(2027, 3, 2))


@pytest.mark.parametrize(
    ("kind", "bands"),
    [
        ("invention", {1: 900, 3: 900, 4: 1200, 7: 2000, 9: 2000, 10: 4000, 13: 6000, 15: 6000, 16: 8000, 20: 8000}),
        ("utility_model", {1: 600, 3: 600, 4: 900, 5: 900, 6: 1200, 8: 1200, 9: 2000, 10: 2000}),
        ("design", {1: 600, 5: 900, 8: 1200, 10: 2000, 11: 3000, 15: 3000}),
    ],
)
def test_fee_by_kind_and_year(kind, bands):
    assert {year: annuities.full_fee_cny(kind, year) for year in bands} == bands
    with pytest.raises(ValueError):
        annuities.full_fee_cny(kind, 0)


@pytest.mark.parametrize(
    ("kind", "filed", "days", "ends"),
    [
        ("invention", date(2007, 7, 5), 0, date(2027, 7, 5)),
        ("utility_model", date(1999, 9, 6), 0, date(2009, 9, 6)),  # the example of the Examination Guidelines
        ("design", date(2021, 5, 31), 0, date(2031, 5, 31)),  # the day before the term became 15 years
        ("design", date(2021, 6, 1), 0, date(2036, 6, 1)),
        ("invention", date(2020, 2, 29), 0, date(2040, 2, 29)),
        ("utility_model", date(2020, 2, 29), 0, date(2030, 2, 28)),  # no 29th: the last day of the month
        ("invention", date(2015, 1, 31), 100, date(2035, 5, 11)),
    ],
)
def test_end_of_term(kind, filed, days, ends):
    assert annuities.end_of_term(kind, filed, days) == ends


@pytest.mark.parametrize(
    ("filed", "day", "year"),
    [
        (date(2020, 3, 2), date(2020, 3, 2), 1),
        (date(2020, 3, 2), date(2021, 3, 1), 1),
        (date(2020, 3, 2), date(2021, 3, 2), 2),
        (date(2020, 2, 29), date(2021, 2, 27), 1),
        (date(2020, 2, 29), date(2021, 2, 28), 2),
        (date(2020, 2, 29), date(2024, 2, 28), 4),
        (date(2020, 2, 29), date(2024, 2, 29), 5),
    ],
)
def test_year_n_runs_from_anniversary_n_minus_1(filed, day, year):
    assert annuities.year_of(filed, day) == year


def test_there_is_no_year_before_filing():
    with pytest.raises(ValueError):
        annuities.year_of(date(2020, 3, 2), date(2020, 3, 1))


def test_schedule_begins_with_the_year_of_grant_and_ends_with_the_term():
    fees = annuities.schedule(INVENTION)
    assert [one.year for one in fees] == list(range(3, 21))  # granted in the third year
    assert fees[0].due == date(2022, 5, 6) and fees[0].is_paid
    assert [one.year for one in fees if one.is_paid] == [3, 4, 5, 6, 7]
    assert annuities.schedule(Right("invention", date(2020, 3, 2))) == []
    design = Right("design", date(2020, 3, 2), date(2020, 9, 1), paid_to=date(2030, 3, 2))
    assert annuities.last_year(design) == 10 and annuities.next_due(design) is None


def test_next_due_is_rolled_off_days_off():
    """2 March 2027 is a Tuesday; 1 October begins the holidays, and 2026-10-08 is the first working day after them."""
    assert annuities.next_due(INVENTION).due == date(2027, 3, 2)
    october = Right("utility_model", date(2022, 10, 1), date(2023, 3, 1), paid_to=date(2025, 10, 1))
    owed = annuities.next_due(october)
    assert (owed.anniversary, owed.due) == (date(2025, 10, 1), date(2025, 10, 9))
    moved = annuities.next_due(october, {date(2025, 10, 9): False})
    assert moved.due == date(2025, 10, 10)


@pytest.mark.parametrize("paid_to", [date(2027, 3, 2), date(2027, 3, 1), date(2026, 3, 3)])
def test_a_year_is_paid_that_the_payment_reaches_into(paid_to):
    right = Right("invention", date(2020, 3, 2), date(2022, 5, 6), paid_to=paid_to)
    assert annuities.next_due(right).year == 8


def test_unknown_payments_owe_nothing_known():
    assert annuities.next_due(Right("invention", date(2020, 3, 2), date(2022, 5, 6))) is None


@pytest.mark.parametrize(
    ("paid_on", "percent"),
    [
        (date(2027, 3, 2), 0),
        (date(2027, 4, 2), 0),
        (date(2027, 4, 3), 5),
        (date(2027, 6, 2), 10),
        (date(2027, 7, 2), 15),
        (date(2027, 8, 2), 20),
        (date(2027, 9, 2), 25),
    ],
)
def test_surcharge_by_month_of_the_full_fee(paid_on, percent):
    reduced = Right("invention", date(2020, 3, 2), date(2022, 5, 6), reduction=85, paid_to=date(2027, 3, 2))
    owed = annuities.next_due(reduced)
    assert (owed.full_cny, owed.payable_cny) == (2000, Decimal("300.00"))
    assert annuities.surcharge_cny(reduced, owed, paid_on) == 2000 * percent / 100


def test_the_window_closes_after_six_months():
    owed = annuities.next_due(INVENTION)
    assert owed.late_until == date(2027, 9, 2)
    with pytest.raises(ValueError):
        annuities.surcharge_cny(INVENTION, owed, date(2027, 9, 3))


def test_late_months_end_on_month_ends_and_working_days():
    """From 31 August six months run to the 28th of February, a Saturday in 2026: Monday, 2 March."""
    assert annuities.late_end(date(2025, 8, 31)) == date(2026, 2, 28)  # a make-up working Saturday of that year
    assert annuities.late_end(date(2025, 8, 31), {date(2026, 2, 28): False}) == date(2026, 3, 2)


def test_reduction_lasts_ten_years_from_the_year_of_grant():
    right = Right("invention", date(2010, 1, 15), date(2012, 6, 1), reduction=70)
    assert annuities.payable_cny(right, 3) == 270 and annuities.payable_cny(right, 12) == 1200
    assert annuities.payable_cny(right, 13) == 6000


def test_open_licence_reduces_and_the_larger_reduction_holds():
    plain = Right("invention", date(2020, 3, 2), date(2022, 5, 6), open_licensed=True)
    assert annuities.payable_cny(plain, 8) == 1700
    both = Right("invention", date(2020, 3, 2), date(2022, 5, 6), reduction=70, open_licensed=True)
    assert annuities.payable_cny(both, 8) == 600 and annuities.payable_cny(both, 14) == 5100


def test_cost_to_the_end_of_the_term():
    """Years 8 to 20: 2 x 2000 + 3 x 4000 + 3 x 6000 + 5 x 8000."""
    assert annuities.cost_to_end_cny(INVENTION, date(2026, 11, 24)) == 74_000
    unknown = Right("invention", date(2020, 3, 2), date(2022, 5, 6))
    assert annuities.cost_to_end_cny(unknown, date(2026, 11, 24)) == 74_000
    model = Right("utility_model", date(2020, 2, 29), date(2020, 12, 1), paid_to=date(2028, 2, 29))
    assert annuities.cost_to_end_cny(model, date(2027, 1, 1)) == 4_000  # years 9 and 10


def test_compensation_adds_years_and_a_rest_is_free():
    longer = Right("invention", date(2010, 1, 15), date(2018, 6, 1), compensation_days=800, paid_to=date(2030, 1, 15))
    assert annuities.last_year(longer) == 22
    assert annuities.cost_to_end_cny(longer, date(2029, 6, 1)) == 16_000
    short = Right("invention", date(2010, 1, 15), date(2018, 6, 1), compensation_days=200)
    assert annuities.last_year(short) == 20 and short.ends == date(2030, 8, 3)
