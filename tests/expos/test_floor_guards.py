"""What the database refuses of the floor with our code bypassed. Read next: test_floor_races.py."""

import pytest
from django.db import DatabaseError, connection, transaction

from expos.actions import allocations, booths
from expos.models import Booth, BoothApplication, Exhibit
from tests import shared
from tests.factories import expo_floor as make

pytestmark = pytest.mark.django_db
guo, he, shen, bai, mo = shared.once("guo", "he", "shen", "bai", "mo")


@pytest.fixture(scope="module")
def expo(module_db, guo, he, shen, bai, mo):
    """Bai has A02 and a complaint about her exhibit, a second exhibitor is still being reviewed, Shen holds A03."""
    expo = make.floor(officer=guo)
    make.reviewed(expo, bai, officer=he, wishes=["A02"])
    expo = make.closed(expo, officer=guo)
    allocations.allocation_apply(run_id=make.reckoned(expo, officer=guo).pk, actor=guo)
    booths.booth_hold(booth_id=Booth.objects.get(number="A03").pk, actor=shen)
    make.complained(Exhibit.objects.get(), mo)
    return expo


def run(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


STATEMENTS = [
    ("booth_no_overlap", "UPDATE expos_booth SET x = 6 WHERE number = 'A01'"),
    ("stands inside its hall", "UPDATE expos_booth SET x = 38 WHERE number = 'A01'"),
    ("keeps room for its booths", "UPDATE expos_hall SET width_m = 10"),
    ("booth_standard_3_by_3", "UPDATE expos_booth SET width = 4 WHERE number = 'A08'"),
    ("booth_raw_from_36", "UPDATE expos_booth SET width = 5 WHERE number = 'A90'"),
    ("booth_open_sides", "UPDATE expos_booth SET open_sides = 1 WHERE number = 'A01'"),
    ("numbered by its hall", "UPDATE expos_booth SET number = 'B1' WHERE number = 'A01'"),
    ("booth_number_once", "UPDATE expos_booth SET number = 'A03' WHERE number = 'A01'"),
    ("booth_price", "UPDATE expos_booth SET price_cny = -1 WHERE number = 'A01'"),
    ("stays as it was given", "UPDATE expos_booth SET price_cny = 1 WHERE number = 'A02'"),
    ("same expo", "UPDATE expos_booth SET pavilion_id = (SELECT id FROM expos_delegation WHERE expo_id <> expos_booth.expo_id LIMIT 1) WHERE number = 'A01'"),
    ("booth_given_once", "INSERT INTO expos_boothallotment (booth_id, application_id, made_by_id, made_at) SELECT booth_id, application_id, made_by_id, made_at FROM expos_boothallotment"),
    ("on record", "UPDATE expos_boothallotment SET made_at = made_at - interval '1 day'"),
    ("Cannot delete", "DELETE FROM expos_boothallotment"),
    ("has no booth", "UPDATE expos_boothapplication SET state = 'declined'"),
    ("on record", "UPDATE expos_boothapplication SET booths = 2"),
    ("on record", "DELETE FROM expos_boothapplication"),
    ("application_confirmed_until", "UPDATE expos_boothapplication SET confirm_by = NULL"),
    ("hold_twenty_minutes", "INSERT INTO expos_boothhold (booth_id, expo_id, user_id, held_at, ends_at) SELECT id, expo_id, (SELECT id FROM accounts_user WHERE email = 'mo@example.org'), now(), now() + interval '21 minutes' FROM expos_booth WHERE number = 'A08'"),
    ("booth_one_holder", "INSERT INTO expos_boothhold (booth_id, expo_id, user_id, held_at, ends_at) SELECT booth_id, expo_id, (SELECT id FROM accounts_user WHERE email = 'mo@example.org'), held_at, ends_at FROM expos_boothhold"),
    ("holder_one_booth", "INSERT INTO expos_boothhold (booth_id, expo_id, user_id, held_at, ends_at) SELECT (SELECT id FROM expos_booth WHERE number = 'A08'), expo_id, user_id, held_at, ends_at FROM expos_boothhold"),
    ("given is not held", "INSERT INTO expos_boothhold (booth_id, expo_id, user_id, held_at, ends_at) SELECT (SELECT id FROM expos_booth WHERE number = 'A02'), expo_id, user_id, held_at + interval '1 hour', ends_at + interval '1 hour' FROM expos_boothhold"),
    ("only ever shortened", "UPDATE expos_boothhold SET ends_at = ends_at + interval '1 minute'"),
    ("somebody else holds", "INSERT INTO expos_boothallotment (booth_id, application_id, made_by_id, made_at) SELECT (SELECT id FROM expos_booth WHERE number = 'A03'), application_id, made_by_id, clock_timestamp() FROM expos_boothallotment"),
    ("Cannot update or delete", "UPDATE expos_exhibitcheck SET passed = NOT passed"),
    ("Cannot update or delete", "DELETE FROM expos_exhibitcheck"),
    ("on record", "UPDATE expos_complaint SET words = ''"),
    ("on record", "DELETE FROM expos_complaint"),
    ("complaint_handed_over_on_a_day", "UPDATE expos_complaint SET handed_at = now()"),
    ("Invalid transition", "UPDATE expos_complaint SET state = 'settled'"),
    ("Invalid transition", "UPDATE expos_allocationrun SET state = 'running'"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("guard", "statement"), STATEMENTS, ids=[f"{n}-{one[0][:20]}" for n, one in enumerate(STATEMENTS)]
)
def test_the_database_keeps_it_without_our_code(expo, guard, statement):
    if "pavilion_id = (SELECT" in statement:
        other = make.edition(4, officer=make.clerk(make.HUBEI))
        assert other.delegations.exists()
    with pytest.raises(DatabaseError, match=guard):
        run(statement)


@pytest.mark.parametrize("status", ["terminated", "expired", "invalid", "unpublished", "pending"])
def test_an_exhibit_marked_patented_never_stands_without_a_patent_in_force(expo, status):
    exhibit = Exhibit.objects.get()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE expos_exhibit SET state = 'barred', reason = 'dead'")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE patents_patent DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE patents_patent SET legal_status = %s, grant_date = NULL WHERE id IN"
            " (SELECT patent_id FROM patents_listingpatent WHERE listing_id = %s)",
            [status, exhibit.listing_id],
        )
        cursor.execute("ALTER TABLE patents_patent ENABLE TRIGGER USER")
    with pytest.raises(DatabaseError, match="marked patented"):
        run("UPDATE expos_exhibit SET state = 'accepted'")


def test_neither_out_of_its_pavilion_nor_before_its_review(expo, shen):
    booth = Booth.objects.get(number="A04")
    booth.pavilion = expo.delegations.get(province="340000")
    booth.save()
    given = (
        "INSERT INTO expos_boothallotment (booth_id, application_id, made_by_id, made_at) VALUES (%s, %s, %s, now())"
    )
    row = BoothApplication.objects.get()
    with pytest.raises(DatabaseError, match="its pavilion"):
        run(given, booth.pk, row.pk, shen.pk)
    began = "UPDATE expos_boothallotment SET released_at = now()"
    run(began)
    run("UPDATE expos_boothapplication SET state = 'waiting'")
    with pytest.raises(DatabaseError, match="passed its review"):
        run(given, Booth.objects.get(number="A02").pk, row.pk, shen.pk)


def test_an_application_begins_verified_and_submitted(expo, mo):
    copy = (
        "INSERT INTO expos_boothapplication (expo_id, exhibitor_id, delegation_id, fascia_zh, fascia_en, kind, booths, area_m2,"
        " corner, power_kw, note, state, reason, made_at) SELECT expo_id, %s, delegation_id, 'x', '', kind, booths, area_m2,"
        " corner, power_kw, '', %s, '', made_at FROM expos_boothapplication"
    )
    with pytest.raises(DatabaseError, match="verified member"):
        run(copy, mo.pk, "submitted")
    member = make.exhibitor(77)
    with pytest.raises(DatabaseError, match="begins submitted"):
        run(copy, member.pk, "pre_reviewed")
    run(copy, member.pk, "submitted")
