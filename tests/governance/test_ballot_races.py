"""Ballots under many hands at once: the closing instant, one seat many times, holder against deputy. RACE_ROUNDS for more."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from governance import ballot_queries, ground, queries
from governance.actions import ballots
from governance.models import AgendaItem, Ballot, Resolution, Vote
from platform_site import clock
from platform_site.accounts.roles import ensure
from platform_site.errors import Conflict, Refusal
from tests.factories import accounts, group
from tests.factories import meetings as make
from tests.racing import ROUNDS, WRITERS, Crew

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
HALF = WRITERS // 2


@pytest.fixture
def table(transactional_db):
    """A meeting in session, all seven there, each with a deputy: (meeting, office, holders, deputies)."""
    ensure()
    ground.ensure()
    seats = group.all_seated()
    group.directing()
    office = group.staff("si@example.org")
    deputies = {}
    for code, user in seats.items():
        deputies[code] = accounts.member(f"deputy-{code}@example.org", name="代理人")
        group.deputy(user, deputies[code])
    return make.in_session(office, seats), office, seats, deputies


@pytest.fixture
def crew(table):
    with Crew() as crew:
        yield crew


def put(table, lasts=timedelta(hours=1)):
    """A new item, to be voted on for so long."""
    meeting, office, _seats, _deputies = table
    number = AgendaItem.objects.filter(meeting=meeting).count() + 1
    item = AgendaItem.objects.create(
        meeting=meeting, number=number, title_zh=f"议题{number}", state="listed", proposed_by=office, proposed_at=clock.now()
    )  # fmt: skip
    while True:
        try:
            return ballots.ballot_open(item_id=item.pk, actor=office, closes_at=clock.database_now() + lasts)
        except Conflict:  # on a busy machine it is over before it begins
            lasts *= 2


def cast(ballot, user, choice="for"):
    return lambda: make.vote(ballot, user, choice)


def legal(answers, kind):
    """How many succeeded; whatever else came back is a sentence for a person, or a lock not had in time: no deadlock."""
    rest = [answer for answer in answers if not isinstance(answer, (kind, int))]
    for answer in rest:
        busy = isinstance(answer, OperationalError) and "lock timeout" in str(answer)
        assert isinstance(answer, Refusal) or busy, answers
    return sum(isinstance(answer, kind) for answer in answers)


def closed(ballot):
    """Once the last moment is over and the clock has come by."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(greatest(0, extract(epoch FROM %s - clock_timestamp())))", [ballot.closes_at])
    ballots.ballots_close_due()
    return Ballot.objects.select_related("item__meeting").get(pk=ballot.pk)


def test_thirty_two_votes_at_the_closing_instant(table, crew):
    """Whatever got in before the end is counted, whatever came after is refused, and the decision is of what is on record."""
    _meeting, _office, seats, deputies = table
    people = [*seats.values(), *deputies.values()]
    lasts, counted = timedelta(milliseconds=80), set()
    for _round in range(ROUNDS):
        ballot = put(table, lasts)
        votes = [cast(ballot, people[n % len(people)]) for n in range(WRITERS - 4)]
        answers = crew.together(*votes, *[ballots.ballots_close_due] * 4)
        done = legal(answers, Vote)
        ballot = closed(ballot)
        rows = list(Vote.objects.filter(ballot=ballot))
        count = ballot_queries.count_of(ballot)
        assert ballot.state == "closed" and done == len(rows) == count.voted <= len(seats)
        assert all(ballot.opened_at <= row.cast_at < ballot.closes_at for row in rows)
        assert Resolution.objects.filter(ballot=ballot).exists() == count.is_carried
        with pytest.raises(Conflict):
            make.vote(ballot, people[0])
        counted.add(done)
        lasts *= 1.5 if done < 3 else 0.7 if done == len(seats) else 1  # so that the instant lies among the votes
    assert len(counted) > 1, "the instant was never in the middle of the votes"


def test_one_seat_thirty_two_times(table, crew):
    _meeting, _office, seats, _deputies = table
    for _round in range(ROUNDS):
        ballot = put(table)
        assert legal(crew.together(*[cast(ballot, seats["420000"])] * WRITERS), Vote) == 1
        assert Vote.objects.filter(ballot=ballot).count() == 1


def test_holder_against_deputy(table, crew):
    _meeting, _office, seats, deputies = table
    for _round in range(max(4, ROUNDS // 4)):
        ballot = put(table)
        pair = [cast(ballot, seats["430000"], "for"), cast(ballot, deputies["430000"], "against")] * HALF
        assert legal(crew.together(*pair), Vote) == 1
        assert Vote.objects.filter(ballot=ballot).count() == 1


def test_many_close_at_once_and_no_number_is_left_out(table, crew):
    _meeting, office, seats, _deputies = table
    waiting = []
    for _n in range(4):
        ballot = put(table)
        for user in seats.values():
            make.vote(ballot, user)
        waiting.append(ballot)
    calls = [lambda one=one: ballots.ballot_close(ballot_id=one.pk, actor=office) for one in waiting * (WRITERS // 4)]
    assert legal(crew.together(*calls), Ballot) <= len(waiting)
    for one in waiting:  # whoever waited longer than a lock is waited for comes again
        if Ballot.objects.get(pk=one.pk).state == "open":
            ballots.ballot_close(ballot_id=one.pk, actor=office)
    serials = Resolution.objects.filter(ballot__in=waiting).order_by("serial").values_list("serial", flat=True)
    assert list(serials) == [1, 2, 3, 4]


def test_without_lock_trigger_and_constraint_a_seat_votes_twice(table, crew, monkeypatch):
    """The negative control: without it the tests above would say nothing."""
    _meeting, _office, seats, _deputies = table
    monkeypatch.setattr(
        ballot_queries, "lock_ballot", lambda pk: Ballot.objects.select_related("item__meeting", "rule").get(pk=pk)
    )
    monkeypatch.setattr(ballots.meeting_queries, "lock_presence_of_ballot", lambda pk, seat: object())
    monkeypatch.setattr(ballots, "lock_mandate", queries.mandate_of)
    ballot = put(table)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE governance_vote DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE governance_vote DROP CONSTRAINT vote_one_per_seat")
    try:
        crew.together(*[cast(ballot, seats["420000"])] * WRITERS)
        assert Vote.objects.filter(ballot=ballot, seat="420000").count() > 1
    finally:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE governance_vote CASCADE")
            cursor.execute("ALTER TABLE governance_vote ENABLE TRIGGER USER")
            cursor.execute("ALTER TABLE governance_vote ADD CONSTRAINT vote_one_per_seat UNIQUE (ballot_id, seat_id)")
