"""The rotation: exceptions and orders by resolution alone, the very first term, and over a hundred years always one director."""

import os
from datetime import date, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from governance import queries
from governance.actions import rotation
from governance.directing import LATEST_YEAR, Calendar, acting_seat
from governance.models import DirectorTerm, RotationException
from platform_site import clock
from platform_site.errors import Conflict, NotAllowed
from platform_site.regions.facts import ROTATION_ORDER
from tests.factories import group

THIS = clock.today().year
EXAMPLES = int(os.environ.get("MODEL_RUNS", 50))
SIX = tuple(ROTATION_ORDER)


def write(changes, kind="rotation"):
    return rotation.exceptions_write(
        resolution=group.resolution(kind), changes=changes, reason_zh="理由", reason_en="Reason"
    )


def test_a_swap_is_both_years_in_one_resolution(ju):
    one, other = THIS + 1, THIS + 2
    before = queries.province_of(one), queries.province_of(other)
    decided = group.swapped(one, other)
    assert (queries.province_of(other), queries.province_of(one)) == before
    assert {row.resolution for row in queries.exceptions().values()} == {decided}
    assert queries.province_of(one + 6) == before[0]  # the next round follows the rule again


def test_the_latest_exception_of_a_year_holds(ju):
    group.swapped(THIS + 2, THIS + 4)
    group.swapped(THIS + 2, THIS + 4)
    calendar = Calendar(queries.orders())
    assert [queries.province_of(year) for year in (THIS + 2, THIS + 4)] == [
        calendar.province_of(year) for year in (THIS + 2, THIS + 4)
    ]
    assert RotationException.objects.count() == 4


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (lambda turn: {}, "至少"),
        (lambda turn: {THIS: turn(THIS + 1)}, "不能调整"),
        (lambda turn: {THIS - 1: turn(THIS + 1)}, "不能调整"),
        (lambda turn: {LATEST_YEAR + 1: turn(THIS)}, "不能调整"),
        (lambda turn: {THIS + 3: "110000"}, "六省之一"),
        (lambda turn: {THIS + 3: turn(THIS + 3)}, "本来就"),
        (lambda turn: {THIS + 3: turn(THIS + 4)}, "连续轮值"),
        (lambda turn: {THIS + 3: turn(THIS + 5), THIS + 1: turn(THIS)}, "连续轮值"),
    ],
)
def test_exceptions_that_cannot_stand_are_refused_whole(ju, changes, words):
    with pytest.raises(Conflict, match=words):
        write(changes(queries.province_of))
    assert not RotationException.objects.exists()


def test_a_year_for_which_somebody_has_signed_is_left_alone(ju, wei, si):
    group.opened(si)
    assert rotation.rotation_refusal({THIS + 1: queries.province_of(THIS + 3)}) == ""
    group.handovers.handover_sign(year=THIS + 1, actor=wei)
    with pytest.raises(Conflict, match="尚无人签署"):
        group.swapped(THIS + 1, THIS + 3)
    group.swapped(THIS + 2, THIS + 4)


def test_a_new_order_takes_over_in_its_first_year(ju):
    first = THIS + 2
    order = [*SIX[3:], *SIX[:3]]
    if order[0] == queries.province_of(first - 1):
        order = order[1:] + order[:1]
    for wrong, year, words in (
        (order[:5], first, "六省"), ([*order[:5], order[0]], first, "六省"), (order, THIS, "尚未开始"),
    ):  # fmt: skip
        with pytest.raises(Conflict, match=words):
            rotation.order_write(resolution=group.resolution("order"), first_year=year, order=wrong)
    before = [queries.province_of(year) for year in range(2007, first)]
    rotation.order_write(resolution=group.resolution("order"), first_year=first, order=order)
    assert [queries.province_of(year) for year in range(first, first + 7)] == [*order, order[0]]
    assert [queries.province_of(year) for year in range(2007, first)] == before
    with pytest.raises(Conflict, match="晚于"):
        rotation.order_write(resolution=group.resolution("order"), first_year=first, order=order)


def test_the_database_keeps_years_that_have_begun(ju):
    decided = group.resolution("rotation")
    for year, refused in ((THIS, True), (THIS - 3, True), (THIS + 1, False)):
        statement = (
            "INSERT INTO governance_rotationexception (year, province_id, resolution_id, reason_zh, reason_en)"
            " VALUES (%s, '140000', %s, 'x', '')"
        )
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, [year, decided.pk])
            assert not refused
        except DatabaseError:
            assert refused
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO governance_rotationrule (first_year, "order", resolution_id) VALUES (%s, %s, %s)',
            [THIS, list(SIX), decided.pk],
        )


def test_the_office_opens_the_very_first_term_and_no_other(si, mo, ad):
    for person in (mo, ad):
        with pytest.raises(NotAllowed):
            rotation.term_begin(actor=person)
    term = rotation.term_begin(actor=si)
    assert (term.year, term.seat_id) == (THIS, queries.province_of(THIS))
    assert term.begins_at == datetime(THIS, 1, 1, tzinfo=clock.SHANGHAI)
    with pytest.raises(Conflict, match="交接产生"):
        rotation.term_begin(actor=si)


def test_the_first_term_of_all_begins_with_the_agreement(si):
    with clock.at(datetime(2007, 7, 9, 9, tzinfo=clock.SHANGHAI)):
        term = rotation.term_begin(actor=si)
    assert clock.day_of(term.begins_at) == date(2007, 7, 5)


# ---- a hundred years

years = st.integers(2008, 2106)
swaps = st.lists(st.tuples(years, years), max_size=12)
orders = st.lists(st.tuples(years, st.permutations(SIX)), max_size=4, unique_by=lambda entry: entry[0])
held_seats = st.lists(st.sets(st.sampled_from(SIX)), min_size=100, max_size=100)


@settings(max_examples=EXAMPLES, deadline=None)
@given(swaps, orders, held_seats)
def test_over_a_hundred_years_there_is_one_director_while_a_seat_is_held(pairs, later, held):
    """Whatever is swapped, replaced or vacant: each year has one turn, and one seat directs unless none is held."""
    calendar = Calendar(sorted([(2007, SIX), *later]))
    for one, other in pairs:
        calendar = calendar.with_exceptions({one: calendar.province_of(other), other: calendar.province_of(one)})
    for year, seats in zip(range(2007, 2107), held, strict=True):
        turn = calendar.province_of(year)
        directs = calendar.director_of(year, seats)
        assert turn in SIX
        assert (directs is None) == (not seats)
        assert directs is None or directs in seats
        if turn in seats:
            assert directs == turn
        elif seats:  # nobody between the one whose turn it is and the one who acts holds a seat
            order = calendar.order_of(year)
            between = (order.index(directs) - order.index(turn)) % 6
            assert all(order[(order.index(turn) + step) % 6] not in seats for step in range(between))


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.permutations(SIX), st.sampled_from(SIX))
def test_without_a_vacancy_nobody_acts_for_another(order, turn):
    assert acting_seat(order, turn, set(SIX)) == turn
    assert acting_seat(order, turn, set()) is None


def test_a_round_of_years_gives_each_of_the_six_one_turn():
    calendar = Calendar([(2007, SIX)])
    for first in range(2007, 2101):
        assert {calendar.province_of(year) for year in range(first, first + 6)} == set(SIX)
    assert not calendar.knows(2006) and not calendar.knows(LATEST_YEAR + 1)
    with pytest.raises(ValueError):
        calendar.province_of(2006)
    assert DirectorTerm._meta.get_field("year").unique
