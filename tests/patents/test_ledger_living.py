"""A licence is of a right that lives: PostgreSQL refuses one that outlasts the patent or is of a dead one, and so does the code.

Written through SQL, as a program of somebody else's would; each refusal has its positive twin beside it.
"""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from patents.actions import rights
from patents.annuities import end_of_term
from patents.models import Grant, Patent
from patents.states import OFFERABLE, LegalStatus, PatentKind
from platform_site import clock
from platform_site.errors import Conflict
from tests.factories import ledger as rows
from tests.factories import patents
from tests.factories.ledger import TODAY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
DEAD = sorted(set(LegalStatus) - OFFERABLE)
INSERT = """
INSERT INTO patents_grant (patent_id, title_id, form, provinces, field, licensee, signed_on, start, "end", state,
    sublicensable, co_owners_agree, pledgee_agrees, recordal_number, source, as_of, note, recorded_by_id, recorded_at)
VALUES (%s, %s, %s, '{}', '{}', '某公司', %s, %s, %s, 'active', false, false, false, '', '合同原件', %s, '', %s, now())
"""


def written(patent, *, form="ordinary", signed_on=TODAY, start=TODAY, end=None):
    """Whether PostgreSQL let the row stand; otherwise the word of its refusal."""
    values = [patent.pk, patent.titles.get().pk, form, signed_on, start, end, TODAY, patent.created_by_id]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(INSERT, values)
    except IntegrityError as refused:
        return str(refused).split(":")[1]
    return True


# ---- the last day of protection


@pytest.mark.parametrize(
    ("facts", "first_day_without"),
    [
        ({}, date(2040, 3, 2)),
        ({"term_compensation_days": 100}, date(2040, 6, 10)),
        ({"filing_date": date(2020, 2, 29), "term_compensation_days": 1}, date(2040, 3, 1)),
        ({"kind": "utility_model"}, date(2030, 3, 2)),
        ({"kind": "utility_model", "filing_date": date(2020, 2, 29)}, date(2030, 2, 28)),
        ({"kind": "design", "filing_date": date(2020, 3, 2)}, date(2030, 3, 2)),
        ({"kind": "design", "filing_date": date(2021, 5, 31)}, date(2031, 5, 31)),
        ({"kind": "design", "filing_date": date(2021, 6, 1)}, date(2036, 6, 1)),
    ],
)
def test_a_licence_ends_with_the_patent_at_the_latest(shen, facts, first_day_without):
    dates = {"publication_date": None, "publication_number": "", "grant_date": date(2022, 5, 6)}
    patent = rows.patent_alone(shen, **dates, **facts)
    assert patent.expires_on == first_day_without
    assert written(patent, end=first_day_without + DAY) == "term"
    assert not Grant.objects.exists()
    assert written(patent, end=first_day_without) is True
    assert written(patent) is True  # as long as the patent lives


def test_every_form_ends_with_it(shen):
    for form in ("exclusive", "sole", "ordinary", "compulsory"):
        patent = rows.patent_alone(shen)
        assert written(patent, form=form, end=patent.expires_on + DAY) == "term"
        assert written(patent, form=form, end=patent.expires_on) is True


@pytest.mark.parametrize("kind", list(PatentKind))
def test_postgresql_counts_the_term_as_the_code_does(kind):
    """Over leap days, ends of months, and the day from which designs have fifteen years."""
    filed = [date(2016, 2, 27) + DAY * (7 * week + week % 7) for week in range(400)] + [
        date(2016, 2, 29),
        date(2020, 2, 29),
    ]
    asked = [(day, days) for day in filed for days in (0, 365)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT patents_end_of_term(%s, filed, days) FROM unnest(%s::date[], %s::int[]) WITH ORDINALITY"
            " AS asked (filed, days, place) ORDER BY place",
            [kind.value, [day for day, _days in asked], [days for _day, days in asked]],
        )
        found = [row[0] for row in cursor.fetchall()]
    assert found == [end_of_term(kind, day, days) for day, days in asked]


# ---- a dead patent


@pytest.mark.parametrize("status", DEAD)
def test_nothing_is_granted_of_a_patent_that_is_known_to_be_dead(shen, status):
    patent = rows.patent_alone(shen, status_as_of=TODAY)
    assert written(patent) is True
    Patent.objects.filter(pk=patent.pk).update(legal_status=status)
    assert written(patent) == "not_alive"
    assert written(patent, signed_on=TODAY + DAY, start=TODAY + DAY) == "not_alive"
    assert written(patent, signed_on=TODAY - DAY) is True  # signed while nobody knew of it


@pytest.mark.parametrize("status", sorted(OFFERABLE))
def test_of_a_living_one_it_is(shen, status):
    granted = {"grant_date": None} if status == LegalStatus.PENDING else {}
    assert written(rows.patent_alone(shen, status_as_of=TODAY, legal_status=status, **granted)) is True


def test_what_stands_is_kept_up_after_the_patent_is_dead(shen):
    """Its recordal is noted and it can end: neither is a new licence."""
    patent = rows.patent_alone(shen, status_as_of=TODAY)
    assert written(patent, end=patent.expires_on) is True
    Patent.objects.filter(pk=patent.pk).update(legal_status="invalid", filing_date=date(2010, 3, 2))
    assert Grant.objects.update(recordal_number="X2026990000001", recordal_on=TODAY) == 1
    assert Grant.objects.update(state="ended", ended_on=TODAY) == 1


# ---- the code says the same, with a sentence


def test_an_officer_is_told_what_the_database_would_refuse(shen, guo):
    patent = patents.patent_of(patents.published(shen))
    record = {"patent_id": patent.pk, "actor": guo, "evidence": rows.evidence()}
    with pytest.raises(Conflict, match="存续期限"):
        rights.grant_record(terms=rows.terms(end=patent.expires_on + DAY), **record)
    rights.grant_record(terms=rows.terms(end=patent.expires_on), **record)
    alone = rows.patent_alone(shen, legal_status="invalid")
    patent_dead = {**record, "patent_id": alone.pk}
    with pytest.raises(Conflict, match="没有有效的权利"):
        rights.grant_record(terms=rows.terms(), **patent_dead)
    yesterday = clock.today() - DAY
    assert rights.grant_record(terms=rows.terms(signed_on=yesterday), **patent_dead).pk


def test_without_the_guard_a_licence_outlasts_its_patent(shen):
    patent = rows.patent_alone(shen)
    beyond = patent.expires_on + DAY
    assert written(patent, end=beyond) == "term"
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION patents_grant_of_living(new patents_grant) RETURNS void LANGUAGE sql AS ''"
        )
    assert written(patent, end=beyond) is True
    assert written(patent, form="open") == "no_declaration"  # what else is guarded still is
