"""Payments by year: worked examples by hand, one for each rule. Read next: test_scenarios_spreadsheet.py."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories.terms import assigned, royalty, terms
from trading.scenarios import Figures, Kind, Why, scenario, to_fen, year_of


def figures(*sales, **more):
    return Figures(
        tuple(Decimal(one) for one in sales),
        tuple(Decimal(one) for one in more.pop("profits", ())),
        **{name: Decimal(value) for name, value in more.items()},
    )


def paid(found, kind=Kind.ROYALTY):
    """What each year pays of a kind, from year 0 on, as text."""
    return [str(year.payments.get(kind, 0)) for year in found.years]


def whys(found):
    return [year.why for year in found.years]


def test_a_lump_sum_is_paid_at_signing_whatever_is_sold():
    found = scenario(terms(amount_cny="800000"), figures("1000000", "0", "9"))
    assert paid(found, Kind.LUMP) == ["800000", "0", "0", "0"]
    assert found.totals == {Kind.LUMP: Decimal(800000)}
    assert found.total == 800000
    assert found.shares_cny is found.present_cny is None


@pytest.mark.parametrize(("months", "year"), [(0, 0), (1, 1), (11, 1), (12, 1), (13, 2), (24, 2), (25, 3), (120, 10)])
def test_a_period_of_twelve_months_ends_within_the_first_year(months, year):
    assert year_of(months) == year


def test_instalments_fall_into_their_years_and_are_shown_beyond_the_figures():
    split = (("300000", 0), ("200000", 6), ("100000", 12), ("400000", 30))
    found = scenario(terms(consideration="instalments", instalments=split), figures("1"))
    assert paid(found, Kind.INSTALMENT) == ["300000", "300000", "0", "400000"]
    assert found.total == 1000000


def test_entry_fee_and_royalty():
    found = scenario(royalty(), figures("1000000", "3000000", "0"))
    assert paid(found, Kind.ENTRY) == ["200000", "0", "0", "0"]
    assert paid(found) == ["0", "50000.00", "150000.00", "0"]
    assert found.totals == {Kind.ENTRY: Decimal(200000), Kind.ROYALTY: Decimal(200000)}
    assert [year.reckoned for year in found.years] == [None, 50000, 150000, 0]


def test_a_year_below_the_minimum_pays_the_minimum_and_says_so():
    found = scenario(royalty(minimum_cny="80000"), figures("1000000", "3000000", "0"))
    assert paid(found) == ["0", "80000", "150000.00", "80000"]
    assert whys(found) == [None, Why.MINIMUM, None, Why.MINIMUM]


def test_the_cap_takes_what_is_left_and_then_ends_the_minimum_too():
    agreed = royalty(minimum_cny="60000", cap_cny="200000")
    found = scenario(agreed, figures("2000000", "1000000", "9000000", "9000000"))
    assert paid(found) == ["0", "100000.00", "60000", "40000.00", "0"]
    assert whys(found) == [None, None, Why.MINIMUM, Why.CAP_REACHED, Why.CAP_SPENT]
    assert found.totals[Kind.ROYALTY] == 200000, "the entry fee does not count towards the cap"


def test_a_cap_reached_to_the_fen_is_said_in_that_year():
    found = scenario(royalty(cap_cny="50000"), figures("1000000", "1"))
    assert whys(found) == [None, Why.CAP_REACHED, Why.CAP_SPENT]
    assert paid(found) == ["0", "50000", "0"]


def test_a_minimum_above_the_cap_pays_the_cap():
    found = scenario(royalty(minimum_cny="90000", cap_cny="50000"), figures("0", "0"))
    assert paid(found) == ["0", "50000", "0"]


def test_no_royalty_and_no_minimum_after_the_end_of_the_licence():
    agreed = royalty(start=date(2026, 3, 1), end=date(2028, 3, 1), minimum_cny="70000")
    found = scenario(agreed, figures(*["1000000"] * 3))
    assert paid(found) == ["0", "70000", "70000", "0"]
    assert found.years[3].why == Why.TERM_OVER
    assert found.years[3].reckoned is None


def test_a_year_that_has_begun_counts_in_full():
    agreed = royalty(start=date(2026, 3, 1), end=date(2028, 3, 2))
    assert paid(scenario(agreed, figures(*["1000000"] * 4))) == ["0", "50000.00", "50000.00", "50000.00", "0"]


def test_no_royalty_after_the_last_patent():
    agreed = royalty(start=date(2026, 3, 1), end=None)
    found = scenario(agreed, figures(*["1000000"] * 3), date(2027, 3, 1))
    assert paid(found) == ["0", "50000.00", "0", "0"]
    assert whys(found)[2:] == [Why.PATENT_OVER] * 2


def test_the_leap_day_begins_its_years_on_the_last_day_of_february():
    agreed = royalty(start=date(2028, 2, 29), end=date(2029, 2, 28))
    assert paid(scenario(agreed, figures("1000000", "1000000"))) == ["0", "50000.00", "0"]


def test_profit_stated_counts_before_a_margin():
    agreed = royalty(royalty_base="profit", royalty_percent="20")
    assert paid(scenario(agreed, figures("1000000", margin_percent="30"))) == ["0", "60000.00"]
    both = figures("1000000", "1000000", profits=["500000"], margin_percent="30")
    assert paid(scenario(agreed, both)) == ["0", "100000.00", "0"], "a year without a stated profit has none"


def test_a_loss_pays_nothing_but_the_minimum_and_is_not_carried_forward():
    agreed = royalty(royalty_base="profit", royalty_percent="20")
    found = scenario(agreed, figures("9", "9", profits=["-400000", "100000"]))
    assert paid(found) == ["0", "0", "20000.00"]
    assert whys(found)[1] == Why.LOSS
    least = scenario(royalty(royalty_base="profit", minimum_cny="7000"), figures("9", profits=["-400000"]))
    assert paid(least) == ["0", "7000"]
    assert whys(least)[1] == Why.MINIMUM


def test_a_royalty_on_profit_without_a_profit_says_that_it_is_missing():
    agreed = royalty(royalty_base="profit")
    assert scenario(agreed, figures("1000000")).needs_profit
    assert not scenario(agreed, figures("1000000", margin_percent="0")).needs_profit
    assert not scenario(royalty(), figures("1000000")).needs_profit


def test_output_value_is_the_figure_stated():
    assert paid(scenario(royalty(royalty_base="output_value"), figures("300"))) == ["0", "15.00"]


def test_nothing_until_the_trial_ends():
    agreed = terms(consideration="trial", trial_months=18, amount_cny="900000")
    found = scenario(agreed, figures("1", "1", "1"))
    assert paid(found, Kind.TRIAL) == ["0", "0", "900000", "0"]


def test_shares_are_value_and_no_payment():
    found = scenario(
        assigned(consideration="equity", equity_percent="12", amount_cny="3000000"), figures("1", discount_percent="8")
    )
    assert found.total == 0
    assert found.totals == {}
    assert found.shares_cny == 3000000
    assert found.present_cny == 0


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [("0.005", "0.00"), ("0.015", "0.02"), ("0.025", "0.02"), ("0.0250001", "0.03"), ("1.234", "1.23")],
)
def test_half_to_even(amount, rounded):
    assert to_fen(Decimal(amount)) == Decimal(rounded)


def test_a_royalty_is_rounded_once_from_the_unrounded_base():
    # 33.3 % of 0.10 is 0.0333; half of that is 0.01665: rounding the profit first would give 0.015, hence 0.02 or 0.01.
    agreed = royalty(royalty_base="profit", royalty_percent="50")
    assert paid(scenario(agreed, figures("0.10", margin_percent="33.3"))) == ["0", "0.02"]
    assert paid(scenario(royalty(royalty_percent="50"), figures("0.01", "0.03", "0.05"))) == ["0", "0", "0.02", "0.02"]


def test_present_value_takes_a_year_at_its_end_and_signing_at_par():
    found = scenario(royalty(), figures("1100000", "2420000", discount_percent="10"))
    # 200,000 + 55,000 / 1.1 + 121,000 / 1.21
    assert found.present_cny == Decimal("350000.00")
    assert scenario(royalty(), figures("1", discount_percent="0")).present_cny == Decimal("200000.05")


@pytest.mark.parametrize("count", [0, 21])
def test_one_to_twenty_years_are_stated(count):
    with pytest.raises(ValueError, match="1 to 20"):
        figures(*["1"] * count)


def test_totals_are_the_sum_of_the_years():
    found = scenario(royalty(minimum_cny="10000", cap_cny="95000"), figures(*["700000"] * 5, discount_percent="5"))
    assert found.total == sum(year.total for year in found.years) == sum(found.totals.values()) == 295000
