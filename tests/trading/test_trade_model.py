"""Two buyers, one owner, one patent, and a clock: negotiation, ledger and agreement against a model of a few dictionaries.

A dozen short runs in `make test`; MODEL_RUNS=2000 MODEL_STEPS=50 for the long one. The model knows no SQL and no ranges:
what is on each table, which contracts there are, who has signed, and when things run out.
"""

import os
from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from patents.models import Grant
from platform_site import clock
from platform_site.errors import Refusal
from tests.factories import accounts, offers, trading
from trading.actions import agreements
from trading.actions import offers as acts
from trading.models import Agreement, Offer

RUNS, STEPS = int(os.environ.get("MODEL_RUNS", 12)), int(os.environ.get("MODEL_STEPS", 20))
PLACES = ((), ("420000",), ("430000",))
FORMS = ("exclusive", "ordinary")
DAYS = 10  # an offer is open for so long
rooms, forms, places = st.integers(0, 1), st.sampled_from(FORMS), st.sampled_from(PLACES)
sides = st.sampled_from(("owner", "buyer"))


def clash(one, other):
    """Whether two licences cannot stand together: they meet somewhere, and one of them keeps others out."""
    meet = not one["places"] or not other["places"] or bool(set(one["places"]) & set(other["places"]))
    return meet and "exclusive" in (one["form"], other["form"])


class Trade(RuleBasedStateMachine):
    """Every act is tried whether or not it is legal; the model says which must succeed."""

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.now = clock.now() - timedelta(days=400)
        with clock.at(self.now):
            self.owner = accounts.member("owner@example.org", name="权利人", verified=True)
            self.buyers = [accounts.member(f"b{n}@example.org", name=f"买家{n}", verified=True) for n in (0, 1)]
            self.listing = trading.market(self.owner)
            self.rooms = [trading.room(self.owner, buyer, listing=self.listing) for buyer in self.buyers]
        self.table = [None, None]  # the open offer of each room
        self.contracts = []
        self.is_over = False  # nothing is left: the listing is concluded

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    # ---- the model

    def person(self, room, side):
        return self.owner if side == "owner" else self.buyers[room]

    def held(self):
        """Contracts that bind rights now: signed, or reserved and not yet run out."""
        return [one for one in self.contracts if one["state"] == "signed" or self.waits(one)]

    def waits(self, contract):
        return contract["state"] == "drafted" and self.now < contract["until"]

    def unsigned(self, room):
        return [one for one in self.contracts if one["room"] == room and one["state"] == "drafted"]

    def possible(self, wanted):
        return not self.is_over and not any(clash(wanted, one) for one in self.held())

    def agree(self, legal, act):
        """Do it; it succeeds if the model says so, and is refused with a sentence if not."""
        done = None
        try:
            with clock.at(self.now), transaction.atomic():
                done = act()
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        except Refusal as refused:
            assert not legal, f"refused: {refused}"
            assert str(refused.reason)
        else:
            assert legal, "went through"
        return done

    # ---- what people do

    @rule(room=rooms, side=sides, form=forms, places=places)
    def offer(self, room, side, form, places):
        before = self.table[room]
        wanted = {"form": form, "places": places, "side": side, "until": self.now + timedelta(days=DAYS)}
        legal = (before is None or before["side"] != side) and not self.unsigned(room) and self.possible(wanted)
        made = self.agree(legal, lambda: offers.made(
            self.rooms[room], self.person(room, side), days=DAYS, form=form, provinces=places,
            answers=before["row"].pk if before else None,
        ))  # fmt: skip
        if made:
            self.table[room] = {**wanted, "row": made}

    @precondition(lambda self: any(self.table))
    @rule(room=rooms, side=sides)
    def accept(self, room, side):
        lying = self.table[room]
        if lying is None:
            return
        legal = side != lying["side"] and self.now < lying["until"] and self.possible(lying)
        made = self.agree(legal, lambda: offers.accepted(lying["row"], self.person(room, side)))
        if not made:
            return
        self.table[room] = None
        until = self.now + timedelta(days=30)
        self.contracts.append({**lying, "room": room, "state": "drafted", "signed": set(), "until": until, "row": made})
        rival = self.table[1 - room]
        if rival is not None and clash(lying, rival):
            self.table[1 - room] = None

    @rule(room=rooms, side=sides, how=st.sampled_from(("decline", "withdraw")))
    def turn_down(self, room, side, how):
        lying = self.table[room]
        if lying is None:
            return
        legal = (side == lying["side"]) == (how == "withdraw")
        act = {
            "decline": lambda: acts.offer_decline(
                offer_id=lying["row"].pk, actor=self.person(room, side), reason="不合适。"
            ),
            "withdraw": lambda: acts.offer_withdraw(offer_id=lying["row"].pk, actor=self.person(room, side)),
        }[how]
        if self.agree(legal, act):
            self.table[room] = None

    @precondition(lambda self: self.contracts)
    @rule(which=st.integers(0, 5), side=sides)
    def sign(self, which, side):
        contract = self.contracts[which % len(self.contracts)]
        legal = self.waits(contract) and side not in contract["signed"]
        if not self.agree(legal, lambda: offers.sign(contract["row"], self.person(contract["room"], side))):
            return
        contract["signed"].add(side)
        if len(contract["signed"]) == 2:
            contract["state"] = "signed"
            self.is_over = self.is_over or (contract["form"] == "exclusive" and not contract["places"])

    @rule(days=st.sampled_from((1, 6, 15)))
    def time_passes(self, days):
        self.now += timedelta(days=days)

    @rule()
    def the_clock_sweeps(self):
        with clock.at(self.now):
            acts.offers_expire()
            agreements.agreements_expire()
        for room, lying in enumerate(self.table):
            if lying and lying["until"] <= self.now:
                self.table[room] = None
        for contract in self.contracts:
            if contract["state"] == "drafted" and contract["until"] <= self.now:
                contract["state"] = "expired"

    # ---- what must always be so

    @invariant()
    def the_tables_say_the_same(self):
        for room, lying in zip(self.rooms, self.table, strict=True):
            found = list(Offer.objects.filter(negotiation=room, state="open").values_list("pk", flat=True))
            assert found == ([lying["row"].pk] if lying else [])

    @invariant()
    def the_contracts_say_the_same(self):
        found = dict(Agreement.objects.filter(listing=self.listing).values_list("pk", "state"))
        assert found == {one["row"].pk: one["state"] for one in self.contracts}

    @invariant()
    def the_ledger_says_the_same(self):
        rows = Grant.objects.filter(patent__listing_patents__listing=self.listing, traded=True).exclude(state="ended")
        holding = {
            row.agreement_right.agreement_id for row in rows if not row.reserved_until or row.reserved_until > self.now
        }
        assert holding == {one["row"].pk for one in self.held()}
        assert not any(clash(one, other) for one in self.held() for other in self.held() if one is not other)
        self.listing.refresh_from_db()
        assert (self.listing.state == "concluded") == self.is_over


@pytest.mark.django_db
def test_a_random_trade_goes_as_the_model_says():
    run_state_machine_as_test(
        Trade,
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),  # fmt: skip
    )
