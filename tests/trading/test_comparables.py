"""Comparable deals: cells that cannot be subtracted, thresholds, months, and what the card says. Read next: decision 0013."""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import translation

from patents.states import Form
from platform_site import clock
from platform_site.accounts.models import Organisation
from tests.factories import accounts, offers, trading
from trading import comparables
from trading.actions import ending, performing
from trading.actions import offers as acts
from trading.comparables import Deal, K, cells_of, is_enough, path_of, two_digits
from trading.comparables_words import card
from trading.models import Agreement

UNTIL = date(2026, 6, 1)


def deal(n=0, *, main_class="H01M10/0525", owner=None, price="100000", **more):
    signed = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=n)
    plain = {"entry": None, "rate": None, "years": None, **more}
    return Deal(
        owner or f"person {n}", path_of(main_class), signed, Decimal(price) if price is not None else None, **plain
    )


def deals(count, **more):
    start = more.pop("start", 0)
    return [deal(start + n, **more) for n in range(count)]


# ---- classes


@pytest.mark.parametrize(
    ("symbol", "path"),
    [
        ("H01M10/0525", ("H01M10/00", "H01M", "H01", "H")),
        ("H01M10/00", ("H01M10/00", "H01M", "H01", "H")),
        ("H01M", ("H01M", "H01", "H")),
        ("H", ("H",)),
        ("02-01", ("02-01", "02")),
        ("02", ("02",)),
        ("", ()),
        ("nonsense", ()),
    ],
)
def test_path_of_a_class(symbol, path):
    assert path_of(symbol) == path


# ---- thresholds


def test_five_deals_of_five_owners_are_enough_and_four_are_not():
    assert set(cells_of(deals(K), UNTIL)) == {"H01M10/00"}
    assert cells_of(deals(K - 1), UNTIL) == {}


def test_five_deals_of_four_owners_are_not_enough():
    rows = [*deals(4), deal(4, owner="person 0")]
    assert not is_enough(rows)
    assert cells_of(rows, UNTIL) == {}


def test_nobody_has_more_than_half():
    rows = deals(K, start=1)
    more = [deal(10 + n, owner="person 1") for n in range(5)]
    assert is_enough([*rows, *more[:4], deal(20)])
    assert not is_enough([*rows, *more])
    assert cells_of([*rows, *more], UNTIL)["H01M10/00"].count == 5, "the batch before is shown on"


def test_too_few_go_to_the_class_around_them():
    rows = [*deals(3, main_class="H01M10/0525"), *deals(2, start=10, main_class="H01M4/58")]
    assert set(cells_of(rows, UNTIL)) == {"H01M"}
    rows = [*deals(3, main_class="H01M10/0525"), *deals(2, start=10, main_class="H02J7/00")]
    assert set(cells_of(rows, UNTIL)) == {"H"}
    rows = [*deals(3, main_class="H01M10/0525"), *deals(2, start=10, main_class="A01B1/00")]
    assert cells_of(rows, UNTIL) == {}, "there is nothing above a section"


def test_a_wide_cell_holds_only_what_no_narrow_one_shows():
    narrow = deals(5, price="1000")
    others = deals(5, start=10, main_class="H01M4/58", price="9000")
    few = deals(4, start=20, main_class="H01M8/10", price="50000")
    cells = cells_of([*narrow, *others, *few], UNTIL)
    assert set(cells) == {"H01M10/00", "H01M4/00"}
    cells = cells_of([*narrow, *others, *few, deal(30, main_class="H01M2/10", price="50000")], UNTIL)
    assert cells["H01M"].price_cny.middle == 50000, "nothing of the two narrow cells is in it"
    assert cells["H01M10/00"].price_cny.middle == 1000


def test_designs_are_classed_by_locarno():
    assert set(cells_of(deals(5, main_class="02-01"), UNTIL)) == {"02-01"}
    mixed = [*deals(3, main_class="02-01"), *deals(2, start=10, main_class="02-04")]
    assert set(cells_of(mixed, UNTIL)) == {"02"}


def test_a_patent_without_a_class_is_in_no_cell():
    assert cells_of(deals(9, main_class=""), UNTIL) == {}


# ---- nothing to subtract


@pytest.mark.parametrize("seed", range(20))
def test_every_deal_is_in_one_cell_at_most_and_every_cell_has_enough(seed, monkeypatch):
    pick = random.Random(seed)
    classes = ["H01M10/0525", "H01M10/42", "H01M4/58", "H01B1/00", "H02J7/00", "A01B1/00", "02-01", "02-04"]
    rows = [
        deal(n, main_class=pick.choice(classes), owner=f"person {pick.randrange(12)}") for n in range(pick.randint(0, 60))
    ]  # fmt: skip
    shown = {}
    plain = comparables._cell
    monkeypatch.setattr(
        comparables, "_cell", lambda symbol, held, until: shown.setdefault(symbol, held) and plain(symbol, held, until)
    )
    cells = cells_of(rows, UNTIL)
    assert set(cells) == set(shown)
    everything = [one for held in shown.values() for one in held]
    assert len(everything) == len(set(everything))
    for symbol, held in shown.items():
        assert is_enough(held)
        assert len(held) % K == 0
        assert all(symbol in one.path for one in held)


def test_a_cell_grows_by_five_or_not_at_all():
    rows = deals(20)
    counts, figures = [], {}
    for size in range(5, 21):
        cell = cells_of(rows[:size], UNTIL)["H01M10/00"]
        counts.append(cell.count)
        figures.setdefault(cell.count, cell)
        assert cell == figures[cell.count], "nothing changes in between"
    assert sorted(set(counts)) == [5, 10, 15, 20]


def test_the_order_of_reading_does_not_matter():
    rows = [deal(n, price=str(1000 * (n + 1))) for n in range(13)]
    assert cells_of(rows, UNTIL) == cells_of(rows[::-1], UNTIL)


# ---- figures


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("0", "0"), ("123456", "120000"), ("125000", "120000"), ("135000", "140000"), ("99.6", "100"), ("5", "5.0"),
     ("0.0625", "0.062"), ("3.05", "3.0"), ("1000000000", "1000000000")],
)  # fmt: skip
def test_two_significant_digits(value, rounded):
    assert two_digits(Decimal(value)) == Decimal(rounded)


def test_quartiles_by_hand():
    rows = [deal(n, price=price) for n, price in enumerate(["100000", "210000", "333333", "470000", "9000000"])]
    spread = cells_of(rows, UNTIL)["H01M10/00"].price_cny
    assert (spread.low, spread.middle, spread.high) == (210000, 330000, 470000)


def test_a_figure_that_too_few_have_is_not_shown():
    rows = [
        *deals(5, price=None, entry=Decimal(200000), rate=Decimal(5), years=Decimal(3)),
        *deals(4, start=10),
        deal(20),
    ]
    cell = cells_of(rows, UNTIL)["H01M10/00"]
    assert cell.price_cny.middle == 100000
    assert cell.entry_cny.middle == 200000
    assert cell.rate_percent.middle == 5
    assert cell.years == 3
    without = cells_of([one._replace(rate=None) if one.owner == "person 0" else one for one in rows], UNTIL)[
        "H01M10/00"
    ]
    assert without.rate_percent is None
    assert without.entry_cny is not None


# ---- from the database


@pytest.fixture
def five(db):
    """Five owners license to one buyer, two months ago."""
    buyer = accounts.member("buyer@example.org", name="买方", province="430000", verified=True)
    with clock.at(_month(-2)):
        return [_signed(n, buyer) for n in range(5)]


def _month(offset):
    """Noon of the fifth of a month, so many months from now."""
    today = clock.today()
    months = today.year * 12 + today.month - 1 + offset
    return datetime(months // 12, months % 12 + 1, 5, 4, tzinfo=UTC)


def _signed(n, buyer, **changes):
    owner = accounts.member(f"owner{n}@example.org", name=f"权利人{n}", verified=True)
    listing = trading.market(owner, ipc="B01J23/46")
    wanted = {"amount_cny": Decimal(100000 * (n + 1)), **changes}
    return offers.signed(owner, buyer, listing=listing, **wanted)


def test_agreements_of_past_months_are_read_with_one_query_and_then_none(five, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = comparables.comparables(Form.ORDINARY, "B01J23/46")
    assert (found.class_symbol, found.count, found.until) == ("B01J23/00", 5, clock.today().replace(day=1))
    assert (found.price_cny.low, found.price_cny.middle, found.price_cny.high) == (200000, 300000, 400000)
    assert found.years == Decimal("3.0")
    assert found.rate_percent is found.entry_cny is None
    with django_assert_num_queries(0):
        assert comparables.comparables(Form.ORDINARY, "B01J23/46") == found
        assert comparables.comparables(Form.ORDINARY, "B01J37/00") is None, "its subclass has none left to show"
    assert comparables.comparables(Form.EXCLUSIVE, "B01J23/46") is None


def test_what_is_signed_this_month_waits_for_the_next(five):
    cache.clear()
    Agreement.objects.filter(pk=five[-1].pk).update(signed_at=clock.now())
    assert comparables.published(Form.ORDINARY) == {}
    cache.clear()
    with clock.at(_month(1)):
        assert set(comparables.published(Form.ORDINARY)) == {"B01J23/00"}


def test_what_is_terminated_leaves_with_the_next_month(five):
    proposal = ending.agreement_terminate(
        agreement_id=five[0].pk, actor=five[0].buyer, reason="不再使用。", on_day=clock.today()
    )
    ending.ending_accept(ending_id=proposal.pk, actor=five[0].owner)
    assert comparables.published(Form.ORDINARY), "as it stood on the first of the month"
    with clock.at(_month(1)):
        assert comparables.published(Form.ORDINARY) == {}


def test_what_is_completed_counts_and_what_is_not_signed_does_not(five):
    with clock.at(_month(-1)):
        for milestone in five[0].milestones.all():
            performing.milestone_waive(milestone_id=milestone.pk, actor=five[0].owner, reason="已线下结清。")
        proposal = ending.agreement_complete(agreement_id=five[0].pk, actor=five[0].owner)
        ending.ending_accept(ending_id=proposal.pk, actor=five[0].buyer)
    assert comparables.published(Form.ORDINARY)["B01J23/00"].count == 5
    cache.clear()
    Agreement.objects.filter(pk=five[0].pk).update(signed_at=None)
    assert comparables.published(Form.ORDINARY) == {}


def test_an_organisation_is_one_owner_whoever_acts_for_it(five):
    firm = Organisation.objects.create(credit_code="91350100M000100Y43", name_zh="某公司", created_at=clock.now())
    for agreement in five[:2]:
        agreement.listing.organisation = firm
        agreement.listing.save(update_fields=["organisation"])
    assert comparables.published(Form.ORDINARY) == {}


def test_offers_that_were_never_accepted_are_no_deals(five):
    room = trading.room(
        accounts.member("other@example.org", verified=True), accounts.member("b2@example.org", verified=True)
    )
    acts.offer_make(negotiation_id=room.pk, actor=room.buyer, terms=offers.terms(room), days=10)
    assert comparables.published(Form.ORDINARY)["B01J23/00"].count == 5


# ---- the card


def test_the_card_names_no_party_and_no_agreement(five):
    found = comparables.comparables(Form.ORDINARY, "B01J23/46")
    page = render_to_string("trading/_offer_comparables.html", {"deals": card(Form.ORDINARY, found)})
    assert "至少 5 项" in page
    assert "30 万元" in page and "一半在 20 万元 与 40 万元 之间" in page
    assert "B01J23/00" in page and "普通许可" in page
    for agreement in five:
        assert agreement.number not in page
        assert agreement.listing.number not in page
        assert agreement.owner.display_name not in page
    assert "10 万元" not in page and "50 万元" not in page, "least and greatest are not shown"


def test_the_card_says_that_there_are_too_few():
    page = render_to_string("trading/_offer_comparables.html", {"deals": card(Form.SOLE, None)})
    assert "同类成交不足 5 项，不显示。" in page


def test_the_card_in_english_has_the_class_in_english():
    cell = cells_of(deals(5, rate=Decimal(5)), UNTIL)["H01M10/00"]
    with translation.override("en"):
        assert cell.class_title and cell.class_title.isascii()
        assert ("CNY 100,000" in str(card(Form.ORDINARY, cell)["rows"])) and "5%" in str(
            card(Form.ORDINARY, cell)["rows"]
        )
