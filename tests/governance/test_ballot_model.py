"""Seven seats, their deputies, a door and a clock: ballots against a model of a few dictionaries.

Thirty short runs in `make test`; MODEL_RUNS=2000 MODEL_STEPS=50 for the long one. The model knows no SQL: who came and went
when, who has voted what, when each ballot ends.
"""

import os
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from governance import ballot_queries
from governance.actions import ballots
from governance.models import Ballot, BallotRule, Resolution, Vote
from platform_site import clock
from platform_site.errors import Refusal
from tests.factories import accounts, group
from tests.factories import meetings as make

RUNS, STEPS = int(os.environ.get("MODEL_RUNS", 30)), int(os.environ.get("MODEL_STEPS", 25))
NATIONAL = "000000"
SEATS = (NATIONAL, "140000", "340000", "360000", "410000", "420000", "430000")
seats, picks = st.sampled_from(SEATS), st.integers(0, 2)
choices = st.sampled_from(("for", "for", "against", "abstain"))


class Table(RuleBasedStateMachine):
    """Every act is tried whether or not it is legal; the model says which must succeed."""

    world: dict = {}

    def __init__(self):
        super().__init__()
        self.mark = transaction.savepoint()
        self.now = self.world["begins"] + timedelta(minutes=1)
        self.door = []  # (when, seat, came)
        self.deputised = set()
        self.ballots = []
        self.national = True

    def teardown(self):
        transaction.savepoint_rollback(self.mark)

    # ---- the model

    def there(self, moment):
        inside = set()
        for when, seat, came in self.door:
            if when <= moment:
                (inside.add if came else inside.discard)(seat)
        return inside

    def voting(self, national):
        return set(SEATS) if national else set(SEATS) - {NATIONAL}

    def quorum(self, national):
        return -(-len(self.voting(national)) * 2 // 3)

    def is_open(self, ballot):
        return not ballot["closed"] and self.now < ballot["until"]

    def expected(self, ballot):
        """(took part, for, against, carried)."""
        there = self.there(min(ballot["until"], ballot["closed"] or self.now)) & self.voting(ballot["national"])
        votes = list(ballot["votes"].values())
        took_part = len(there | set(ballot["votes"]))
        yes = votes.count("for")
        carried = took_part >= self.quorum(ballot["national"]) and yes * 2 > len(self.voting(ballot["national"]))
        return took_part, yes, votes.count("against"), carried

    def agree(self, legal, act):
        """Do it; it succeeds if the model says so, and is refused with a sentence if not."""
        done = None
        try:
            with clock.at(self.now), transaction.atomic():
                done = act()
        except Refusal as refused:
            assert not legal and refused.reason, refused
        else:
            assert legal, "the model refuses this"
        return done

    def pick(self, number):
        return self.ballots[number % len(self.ballots)] if self.ballots else None

    # ---- what happens

    @rule(seat=seats)
    def comes(self, seat):
        legal = seat not in self.there(self.now)
        if self.agree(legal, lambda: make.enter(self.world["meeting"], seat, self.world["office"])):
            self.door.append((self.now, seat, True))

    @rule()
    def all_come(self):
        for seat in set(SEATS) - self.there(self.now):
            self.comes(seat=seat)

    @rule(seat=seats)
    def leaves(self, seat):
        legal = seat in self.there(self.now)
        if self.agree(legal, lambda: make.leave(self.world["meeting"], seat, self.world["office"])):
            self.door.append((self.now, seat, False))

    @rule(seat=seats)
    def names_a_deputy(self, seat):
        if seat not in self.deputised:
            with clock.at(self.now):
                group.deputy(self.world["holders"][seat], self.world["deputies"][seat])
            self.deputised.add(seat)

    @rule()
    def the_rule_changes(self):
        self.national = not self.national
        old = BallotRule.objects.order_by("-version").first()
        resolution = Resolution.objects.create(
            year=1999, serial=old.version, kind="rule", title_zh="规则", adopted_at=self.now
        )
        values = {field.attname: getattr(old, field.attname) for field in BallotRule._meta.fields if field.name != "id"}
        values |= {"version": old.version + 1, "national_votes": self.national, "resolution_id": resolution.pk}
        BallotRule.objects.create(**values)

    @rule(minutes=st.integers(1, 30))
    def a_ballot_opens(self, minutes):
        if len(self.ballots) == len(self.world["items"]):
            return
        item, until = self.world["items"][len(self.ballots)], self.now + timedelta(minutes=minutes)
        legal = len(self.there(self.now) & self.voting(self.national)) >= self.quorum(self.national)
        act = lambda: ballots.ballot_open(item_id=item.pk, actor=self.world["office"], closes_at=until)  # noqa: E731
        if made := self.agree(legal, act):
            self.ballots.append({"pk": made.pk, "until": until, "national": self.national, "votes": {}, "closed": None})

    @rule(number=picks, seat=seats, by_deputy=st.booleans(), choice=choices)
    def a_seat_votes(self, number, seat, by_deputy, choice):
        ballot = self.pick(number)
        if ballot is None:
            return
        legal = (
            self.is_open(ballot)
            and seat not in ballot["votes"]
            and seat in self.there(self.now)
            and seat in self.voting(ballot["national"])
            and (not by_deputy or seat in self.deputised)
        )
        user = self.world["deputies" if by_deputy else "holders"][seat]
        if self.agree(legal, lambda: ballots.vote_cast(ballot_id=ballot["pk"], actor=user, choice=choice)):
            ballot["votes"][seat] = choice

    @rule(number=picks)
    def the_office_closes(self, number):
        ballot = self.pick(number)
        if ballot is None:
            return
        everybody = set(ballot["votes"]) == self.voting(ballot["national"])
        legal = not ballot["closed"] and (everybody or not self.is_open(ballot))
        act = lambda: ballots.ballot_close(ballot_id=ballot["pk"], actor=self.world["office"])  # noqa: E731
        if self.agree(legal, act):
            ballot["closed"] = self.now

    @rule(minutes=st.integers(1, 20))
    def time_passes(self, minutes):
        self.now += timedelta(minutes=minutes)

    @rule()
    def the_clock_comes_by(self):
        late = [one for one in self.ballots if not one["closed"] and not self.is_open(one)]
        with clock.at(self.now):
            assert ballots.ballots_close_due() == len(late)
        for one in late:
            one["closed"] = self.now

    # ---- what must hold

    @invariant()
    def ballots_agree(self):
        for one in self.ballots:
            row = Ballot.objects.select_related("item__meeting").get(pk=one["pk"])
            count = ballot_queries.count_of(row, self.now)
            found = (count.took_part, count.votes_for, count.against, count.is_carried)
            assert found == self.expected(one) and (row.state == "closed") == bool(one["closed"])
            cast = dict(Vote.objects.filter(ballot=row).values_list("seat_id", "choice"))
            assert cast == one["votes"]
            carried = bool(one["closed"]) and count.is_carried
            assert Resolution.objects.filter(ballot=row).exists() == carried


@pytest.mark.django_db
def test_ballots_agree_with_a_simple_model():
    begins = clock.now() - timedelta(days=2)
    with clock.at(begins):
        office = group.staff("si@example.org")
        holders = group.all_seated()
        group.directing()
        meeting = make.in_session(office, listed=3)
        deputies = {code: accounts.member(f"deputy-{code}@example.org", name="代理人") for code in SEATS}
    items = list(meeting.items.order_by("number"))
    Table.world = {
        "begins": begins, "office": office, "holders": holders, "deputies": deputies, "meeting": meeting, "items": items,
    }  # fmt: skip
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        Table,
        settings=settings(max_examples=RUNS, stateful_step_count=STEPS, deadline=None, suppress_health_check=quiet, database=None),
    )  # fmt: skip
