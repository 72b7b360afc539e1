"""A reservation that nobody signed in time stands in nobody's way, swept or not."""

from datetime import timedelta

import pytest
from django.db import transaction

from patents import ledger_queries
from patents.actions import encumbrances, rights
from patents.models import Grant
from platform_site import clock
from tests.factories import ledger as rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def patent(shen):
    return rows.patent_alone(shen)


def reserved(patent, *, hours):
    today = clock.today()
    row = rows.grant(
        patent, "exclusive", signed_on=today, start=today, state="reserved",
        reserved_until=clock.now() + timedelta(hours=hours),
    )  # fmt: skip
    row.save()
    return row


def terms(**changes):
    today = clock.today()
    return rights.Terms(**{"form": "ordinary", "licensee": "某公司", "signed_on": today, "start": today, **changes})


def record(patent, guo):
    evidence = rights.Evidence(source="合同原件", as_of=clock.today())
    return rights.grant_record(patent_id=patent.pk, actor=guo, terms=terms(), evidence=evidence)


def test_a_run_out_reservation_gives_way_to_a_grant(patent, guo):
    stale = reserved(patent, hours=-1)
    assert record(patent, guo).state == "active"
    stale.refresh_from_db()
    assert (stale.state, stale.ended_on) == ("ended", stale.start)


def test_and_to_an_open_licence_declaration(patent, guo):
    reserved(patent, hours=-1)
    encumbrances.encumbrance_record(
        patent_id=patent.pk, actor=guo, kind="open_declaration", start=clock.today(), source="公报", as_of=clock.today()
    )


def test_one_that_runs_holds(patent, guo):
    reserved(patent, hours=1)
    with pytest.raises(rights.Conflict, match="第二十五条"):
        record(patent, guo)
    today = clock.today()
    assert not ledger_queries.availability_of([patent])[patent.pk].provinces["420000"]["ordinary"]
    assert rights.reservations_expire() == 0 and Grant.objects.get().start == today


def test_the_clock_frees_what_ran_out(patent):
    reserved(patent, hours=-1)
    with transaction.atomic():
        assert rights.reservations_expire() == 1
    assert Grant.objects.get().state == "ended"
    assert ledger_queries.availability_of([patent])[patent.pk].provinces["420000"]["exclusive"]
