"""The demonstration's Leading Group: every seat held since 2007, one director at any time, a swap in past years alone."""

from datetime import timedelta

import pytest

from governance import queries
from governance.models import Deputy, DirectorTerm, Handover, LiaisonOfficer, SeatHolder
from platform_site import clock
from platform_site.portal.demonstration.group import FOUNDED, SEATS, SWAPPED, Group
from platform_site.portal.demonstration.people import Cast

pytestmark = pytest.mark.django_db


def test_the_group_has_a_past_and_the_named_accounts_hold_their_seats():
    today = clock.today()
    with clock.at(clock.now() - timedelta(days=570)):
        cast = Cast().make()
    Group(cast, lambda: None).fill(today)
    held = queries.holders_on(today)
    assert {code: holder.user for code, holder in held.items()} == cast.seated
    assert held["000000"].user.email == "leader@demo.example"
    for code in SEATS:
        rows = list(SeatHolder.objects.filter(seat=code).order_by("starts_on"))
        assert len(rows) == 5 and rows[0].starts_on == clock.day_of(FOUNDED)
        assert all(one.ends_on == other.starts_on for one, other in zip(rows, rows[1:], strict=False))
    terms = list(DirectorTerm.objects.order_by("year"))
    assert [term.year for term in terms] == list(range(2007, today.year + 1))
    assert all(one.ends_at == other.begins_at for one, other in zip(terms, terms[1:], strict=False))
    assert [term.seat_id for term in terms] == [queries.province_of(term.year) for term in terms]
    assert set(queries.exceptions()) == set(SWAPPED) and max(SWAPPED) < today.year
    assert Handover.objects.filter(state="signed").count() == len(terms) - 1
    assert queries.directorship_at().term.year == today.year and not queries.directorship_at().is_acting
    assert Deputy.objects.count() == 4 and Deputy.objects.filter(ends_on__gt=today).count() == 2
    assert LiaisonOfficer.objects.count() == 12 and LiaisonOfficer.objects.filter(ends_on=None).count() == 6
