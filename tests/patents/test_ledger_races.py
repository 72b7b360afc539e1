"""32 writers on one patent: exactly what the law lets stand, no deadlock; with the constraint off the same right is sold twice."""

import random

import pytest
from django.db import IntegrityError, connection, transaction

from patents import ledger
from patents.actions import rights
from patents.models import Grant
from platform_site.accounts.roles import ensure
from platform_site.errors import Conflict
from tests.factories import accounts
from tests.factories import ledger as rows
from tests.factories.ledger import TODAY
from tests.racing import ROUNDS, WRITERS, Crew

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
FORMS = ("exclusive", "sole", "ordinary")
PLACES = ([], ["420000"], ["430000"], ["420000", "430000"], ["140000"])


@pytest.fixture
def person(transactional_db):
    ensure()
    return accounts.member("shen@example.org", name="沈工", verified=True)


@pytest.fixture
def crew(person):
    with Crew() as crew:
        yield crew


def insert(row):
    with transaction.atomic():
        row.save(force_insert=True)
    return row


def race(crew, wanted):
    answers = crew.together(*(lambda row=row: insert(row) for row in wanted))
    refused = [answer for answer in answers if not isinstance(answer, Grant)]
    assert all(isinstance(answer, IntegrityError) for answer in refused), refused
    return [answer for answer in answers if isinstance(answer, Grant)]


def clash(one, other):
    """Two licences that cannot stand together, in plain words of sets, apart from the ledger's own code."""
    here = not one.provinces or not other.provinces or bool(set(one.provinces) & set(other.provinces))
    return here and {one.form, other.form} != {"ordinary"}


def test_one_exclusive_licence_has_one_winner(person, crew):
    for _round in range(ROUNDS):
        patent = rows.patent_alone(person)
        won = race(crew, [rows.grant(patent, "exclusive") for _writer in range(WRITERS)])
        assert len(won) == 1
        assert Grant.objects.filter(patent=patent).count() == 1


def test_a_mixed_crowd_leaves_what_the_law_lets_stand(person, crew):
    dice = random.Random(20070705)
    for _round in range(ROUNDS):
        patent = rows.patent_alone(person)
        wanted = [
            rows.grant(patent, dice.choices(FORMS, (1, 1, 6))[0], provinces=dice.choice(PLACES))
            for _writer in range(WRITERS)
        ]
        race(crew, wanted)
        stands = list(Grant.objects.filter(patent=patent))
        assert not any(clash(one, other) for one in stands for other in stands if one.pk < other.pk)
        refused = [row for row in wanted if row.pk is None or not any(row.pk == one.pk for one in stands)]
        assert all(any(clash(row, one) for one in stands) for row in refused)


def test_through_the_actions_one_wins_and_the_others_read_why(person, crew):
    officers = [accounts.officer(f"officer{n}@example.org", name=f"审核员{n}") for n in range(WRITERS)]
    evidence = rights.Evidence(source="合同原件", as_of=TODAY)
    terms = rights.Terms(form="exclusive", licensee="某公司", signed_on=TODAY, start=TODAY, provinces=["420000"])
    for _round in range(max(2, ROUNDS // 10)):
        patent = rows.patent_alone(person)
        answers = crew.together(
            *(
                lambda officer=officer, patent=patent: rights.grant_record(
                    patent_id=patent.pk, actor=officer, terms=terms, evidence=evidence
                )
                for officer in officers
            )
        )
        assert sum(isinstance(answer, Grant) for answer in answers) == 1, answers
        refused = [answer for answer in answers if not isinstance(answer, Grant)]
        assert all(isinstance(answer, Conflict) and "第二十五条" in answer.reason for answer in refused), refused


def test_with_the_constraint_off_the_same_right_is_granted_twice(person, crew):
    """The negative control: without it the tests above would say nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'grant_no_conflict'")
        definition = cursor.fetchone()[0]
        cursor.execute("ALTER TABLE patents_grant DROP CONSTRAINT grant_no_conflict")
    try:
        patent = rows.patent_alone(person)
        assert len(race(crew, [rows.grant(patent, "exclusive") for _writer in range(WRITERS)])) > 1
        book = ledger.Book(grants=list(Grant.objects.filter(patent=patent)), titles=list(patent.titles.all()))
        assert list(ledger.grant_refusals(book.grants[0], book))
    finally:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE patents_grant CASCADE")
            cursor.execute(f"ALTER TABLE patents_grant ADD CONSTRAINT grant_no_conflict {definition}")
