"""Acceptances that are under way when something is killed, and what must stand of them afterwards. Read next: test_kill.py, rooms.py."""

import re
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator

from tests.drills.portal import AGAIN, CSRF, PATIENCE, Journal, Visitor
from tests.factories.accounts import PASSWORD

AT_ONCE = 2  # acceptances that are let go at each kill
PLACE = re.compile(r"/zh-hans/trading/agreements/(\d+)/")
ACCEPTED = "已接受".encode()
DIGEST = re.compile(rb'name="digest" value="([0-9a-f]{64})"')


class Acceptor:
    """Opens one offer after the other and, at a sign, accepts it: under one key, again and again until it is acknowledged."""

    def __init__(self, visitor: Visitor, email: str, offers: Iterator[int], journal: Journal) -> None:
        self.visitor, self.email, self.offers, self.journal = visitor, email, offers, journal
        self.sign, self.stopping = threading.Semaphore(0), threading.Event()
        self.outcomes: Counter[int] = Counter()  # by status

    def go(self) -> None:
        self.sign.release()

    def stop(self) -> None:
        """No further one; what has begun is brought to its end."""
        self.stopping.set()
        self.sign.release()

    def accept(self) -> None:
        for offer in self.offers:
            form = {**self._form(offer), "idempotency_key": str(uuid.uuid4())}
            self.sign.acquire()
            if self.stopping.is_set():
                return
            self._accepted(offer, form)

    def _form(self, offer: int) -> dict[str, str]:
        """What the page of the offer carries, once the password that it asks for is given."""
        begun = time.monotonic()
        while True:
            answer = self.visitor.ask(_address(offer))
            if answer.status == 200:
                found = {"csrfmiddlewaretoken": CSRF, "digest": DIGEST}
                return {"agreed": "on"} | {name: what.search(answer.body)[1].decode() for name, what in found.items()}
            assert time.monotonic() - begun < PATIENCE, f"never opened: {offer}, {answer}"
            if answer.status == 302:
                self._prove(answer.location)
            time.sleep(AGAIN)

    def _prove(self, where: str) -> None:
        """Give the password where it is asked for; what a kill cuts off is asked for again."""
        page = self.visitor.ask(where)
        if page.status == 200:
            token = CSRF.search(page.body)[1].decode()
            self.visitor.ask(where, {"login": self.email, "password": PASSWORD, "csrfmiddlewaretoken": token})

    def _accepted(self, offer: int, form: dict[str, str]) -> None:
        begun = time.monotonic()
        while True:
            answer = self.visitor.ask(_address(offer), form)
            self.outcomes[answer.status] += 1
            if place := PLACE.fullmatch(answer.location):
                self.journal.add(text=str(offer), pk=int(place[1]), begun=begun)
                return
            if answer.status == 302:  # to the password, which was waited with for too long
                form = {**form, **self._form(offer)}
                continue
            # Cut off, busy or broken: the same form again. That it was answered already is not: the key knows it.
            assert answer.status in (0, 409, 429) or answer.status >= 500, answer
            assert ACCEPTED not in answer.body, "an acceptance that stands was refused"
            assert time.monotonic() - begun < PATIENCE, f"never acknowledged: {offer}; {self.outcomes}"
            time.sleep(AGAIN)


def _address(offer: int) -> str:
    return f"/zh-hans/trading/offers/{offer}/accept/"


def check_deals(found: dict, journal: Journal, *, both: int = 2) -> None:
    """Whatever was acknowledged stands; whatever stands is whole, and is there once: offer, agreement, reservation, record."""
    acknowledged = {int(entry["text"]): entry["pk"] for entry in journal.entries()}
    accepted = {deal["offer"]: deal for deal in found["deals"] if deal["state"] == "accepted"}
    assert len(journal.entries()) == len(acknowledged)
    assert {offer: deal["agreements"] for offer, deal in accepted.items()} == {
        offer: [agreement] for offer, agreement in acknowledged.items()
    }
    for deal in found["deals"]:
        whole = deal["offer"] in accepted
        assert deal["rights"] == (["reserved"] if whole else []), deal
        assert (deal["state"], len(deal["agreements"]), deal["audited"]) == (
            ("accepted", 1, 1) if whole else ("open", 0, 0)
        ), deal
        assert deal["told"] == (both if whole else 0), deal
    assert (found["rights_of_nothing"], found["agreements"]) == (0, len(accepted))
