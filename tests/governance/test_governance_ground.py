"""The seven seats, who directs, and what the database keeps of both."""

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from governance import ground, queries
from governance.models import DirectorTerm, Resolution, Seat, SeatHolder
from platform_site import clock
from platform_site.errors import NotAllowed
from platform_site.regions.facts import ROTATION_ORDER
from tests.factories import group


def refused(statement, *values):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_every_database_has_seven_seats_and_the_founding_resolution(db):
    ground.ensure()
    assert [seat.code for seat in queries.seats()] == ["000000", *sorted(ROTATION_ORDER)]
    assert Resolution.objects.get().document_number == "领导小组决议〔2007〕1号"
    assert queries.province_of(2007) == "140000" and queries.province_of(2031) == "140000"


def test_the_director_is_the_holder_of_the_seat_whose_term_runs(ju, wei, mo):
    with transaction.atomic():
        term, mandate = queries.lock_directorship(ju)
    assert term.seat == mandate.seat and mandate.deputy is None
    for other in (wei, mo):
        with pytest.raises(NotAllowed), transaction.atomic():
            queries.lock_directorship(other)


def test_a_vacant_seat_passes_the_chair_to_the_next_seat_that_is_held(ju, wei):
    SeatHolder.objects.filter(user=ju).update(ends_on=clock.today())
    directing = queries.directorship_at()
    assert directing.is_acting and queries.mandate_of(wei).seat == directing.seat
    assert queries.mandate_of(ju) is None


def test_a_deputy_acts_for_the_seat_with_the_holders_mandate(ju, mo):
    group.deputy(ju, mo)
    mandate = queries.mandate_of(mo)
    assert mandate.holder == queries.mandate_of(ju).holder and mandate.deputy.user == mo


def test_a_seat_has_one_holder_at_a_time_and_its_past_is_kept(ju):
    seat = Seat.objects.get(holders__user=ju)
    refused(
        "INSERT INTO governance_seatholder (seat_id, name, post_zh, post_en, starts_on, act, entered_by_id, entered_at)"
        " VALUES (%s, 'x', '', '', %s, 'x', %s, now())",
        seat.pk, date(clock.today().year, 3, 1), ju.pk,
    )  # fmt: skip
    refused("DELETE FROM governance_seatholder")
    refused("UPDATE governance_seatholder SET name = name, starts_on = '2000-01-01'")


def test_there_is_never_a_gap_or_an_overlap_between_directors(ju):
    term = DirectorTerm.objects.get()
    values = (term.year + 1, queries.province_of(term.year + 1))
    insert = "INSERT INTO governance_directorterm (year, seat_id, begins_at) VALUES (%s, %s, %s)"
    later = datetime(term.year + 1, 1, 1, tzinfo=clock.SHANGHAI)
    refused(insert, *values, later)  # two without an end
    refused("UPDATE governance_directorterm SET ends_at = %s", later)  # nobody afterwards
    refused("DELETE FROM governance_directorterm")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE governance_directorterm SET ends_at = %s", [later])
        cursor.execute(insert, [*values, later])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert queries.directorship_at(later - timedelta(microseconds=1)).term == term
    assert queries.directorship_at(later).term.year == term.year + 1
