"""32 at one signal, the passing of powers among them: no act of a past director stands, and there is always one director."""

import random

import pytest
from django.db import connection, transaction

from governance import ground, queries
from governance.actions import handovers
from governance.models import DirectorTerm, Meeting
from platform_site import clock
from platform_site.accounts.roles import ensure
from platform_site.errors import NotAllowed
from tests.factories import group
from tests.racing import ROUNDS, WRITERS, Crew

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
FIRST = 2007


@pytest.fixture
def six(transactional_db):
    """The six directors by the codes of their seats, and the group's office."""
    ensure()
    ground.ensure()
    return {code: group.seated(f"seat-{code}@example.org", code) for code in queries.orders()[0][1]}


def begin_again():
    """Years that have begun are used up: all terms go, with what hangs on them, and the first year stands anew."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE governance_directorterm CASCADE")
    ground.ensure()
    return group.served(FIRST)


def call_meeting(person, number):
    """An act of the director as the group's actions do it: term and mandate locked, then the deed with its instant."""
    with transaction.atomic():
        term, mandate = queries.lock_directorship(person)
        return Meeting.objects.create(
            year=3000, number=number, title_zh="例会", starts_at=clock.now(), prepared_by=person, state="called",
            term=term, called_by=mandate.holder, called_at=clock.database_now(),
        )  # fmt: skip


def test_no_act_of_a_past_director_stands(six):
    office = group.staff("si@example.org")
    dice, term, number = random.Random(7), begin_again(), 0
    with Crew() as crew:
        for _round in range(ROUNDS):
            if term.year + 1 > clock.today().year:
                term, number = begin_again(), 0
            old, new = six[term.seat_id], six[queries.province_of(term.year + 1)]
            year = handovers.handover_open(year=term.year + 1, actor=office).year
            # Mostly the new director signs last: the old one's own mandate is then not locked by it, the terms alone are.
            first, second = (old, new) if dice.random() < 0.8 else (new, old)
            handovers.handover_sign(year=year, actor=first)
            calls = [lambda year=year, second=second: handovers.handover_sign(year=year, actor=second)]
            for _writer in range(WRITERS - 1):
                number += 1
                who = dice.choice((old, new))
                calls.append(lambda who=who, number=number: call_meeting(who, number))
            dice.shuffle(calls)
            answers = crew.together(*calls)
            refused = [answer for answer in answers if isinstance(answer, Exception)]
            assert all(isinstance(answer, NotAllowed) for answer in refused), refused
            term = DirectorTerm.objects.get(ends_at=None)
            assert term.year == year and queries.directorship_at().term == term
            for meeting in Meeting.objects.select_related("term", "called_by").filter(term__year__gte=year - 1):
                served = meeting.term
                assert served.begins_at <= meeting.called_at and (
                    not served.ends_at or meeting.called_at < served.ends_at
                )
                assert meeting.called_by.seat_id == served.seat_id


def test_one_of_many_openings_wins(six):
    begin_again()
    office = group.staff("si@example.org")
    with Crew(8) as crew:
        answers = crew.together(*[lambda: handovers.handover_open(year=FIRST + 1, actor=office)] * 8)
    assert sum(not isinstance(answer, Exception) for answer in answers) == 1
