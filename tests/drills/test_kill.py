"""Everything that can be killed is killed under writers: what was acknowledged stands, once, and was told of once.

KILL_ROUNDS=100 repeats the kills that often. The figures are logged (--log-cli-level=INFO). Read next: portal.py.
"""

import logging
import os
import signal
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from platform_site.embedded import processes
from tests.drills.acceptances import AT_ONCE, Acceptor, check_deals
from tests.drills.portal import Journal, Portal, Visitor, Writer
from tests.drills.rooms import BUYER, OWNER

log = logging.getLogger(__name__)
ROUNDS = int(os.environ.get("KILL_ROUNDS", "1"))
FIRST, LATER = 90, 30  # seconds to the first page of a new installation, and of one that has its data
UNDER_WAY = 0.03  # seconds: an acceptance has begun by then, and has not ended
VICTIMS = ("backends", "postmaster", "valkey", "worker", "beat", "web_workers", "web")
KILLS = len(VICTIMS) + 1  # and the supervisor


@pytest.fixture
def portal():
    """A portal below a folder that the servers' account may enter, as it may not those of pytest."""
    with tempfile.TemporaryDirectory(prefix="portal-drill-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o755)
        portal = Portal(Path(folder).resolve())
        yield portal
        portal.clear()


@pytest.mark.drill
def test_nothing_acknowledged_is_lost_or_doubled(portal):
    portal.start()
    reader = Visitor(portal)
    log.info("pages %.1f s after the first start", portal.eventually("the first page", lambda: is_up(reader), FIRST))
    assert reader.ask("/readyz").status == 200
    portal.eventually("the address", lambda: f"{reader.root}/\n" in portal.output.read_text())
    made = portal.script(f"prepare({AT_ONCE * KILLS * ROUNDS})")
    journal, stopping = Journal(portal.output.with_name("journal")), threading.Event()
    deals, left = Journal(portal.output.with_name("deals")), iter(made["offers"])
    acceptors = [Acceptor(signed_in(portal, OWNER), OWNER, left, deals) for _ in range(AT_ONCE)]
    writers = [
        Writer(f"{email}-{number}", visitor, made["room"], journal, stopping)
        for email in (OWNER, BUYER)
        for visitor in [signed_in(portal, email)]
        for number in (1, 2)
    ]
    with ThreadPoolExecutor(len(writers) + len(acceptors)) as threads:
        running = [threads.submit(writer.write) for writer in writers]
        accepting = [threads.submit(acceptor.accept) for acceptor in acceptors]
        try:
            recovered(portal, "the start", reader, journal, running, time.monotonic())
            for _ in range(ROUNDS):
                for victim in VICTIMS:
                    kill(portal, victim, reader, journal, running, acceptors)
                kill_supervisor(portal, reader, journal, running, acceptors)
        finally:
            stopping.set()
            for acceptor in acceptors:
                acceptor.stop()
    for thread in [*running, *accepting]:
        thread.result()
    drained = portal.eventually("an empty outbox", lambda: reader.outbox().get("waiting") == 0)
    found = portal.script(f"report({made['room']})")
    log.info("outbox empty after %.1f s; answers by status: %s", drained, sum((w.outcomes for w in writers), Counter()))
    check(found, journal, opening=made["opening"])
    check_deals(portal.script("report_deals()"), deals)
    log.info("acceptances by status: %s", sum((one.outcomes for one in acceptors), Counter()))
    log.info(portal.command("verify_audit").strip())
    portal.refuse_a_rival()
    portal.stop()


def lose(found):
    del found["messages"][1]


def change(found):
    found["messages"][1]["body"] = "二"


def double(found):
    found["messages"].append({**found["messages"][1], "pk": 4})


def tell_nobody(found):
    found["messages"][1]["told"] = []


def tell_twice(found):
    found["messages"][2]["told"] *= 2


def tell_the_author(found):
    found["messages"][2]["told"] = [BUYER]


@pytest.mark.parametrize("spoil", [lose, change, double, tell_nobody, tell_twice, tell_the_author])
def test_the_drill_would_notice(tmp_path, spoil):
    journal = Journal(tmp_path / "journal")
    for pk, text in ((2, "甲"), (3, "乙")):
        journal.add(text=text, pk=pk, begun=0)
    said = [(1, "询盘", []), (2, "甲", [OWNER]), (3, "乙", [OWNER])]
    messages = [{"pk": pk, "body": body, "told": list(told), "owed": [OWNER]} for pk, body, told in said]
    nothing = dict.fromkeys(("keys_without_answer", "outbox_dead", "outbox_waiting"), 0)
    found = {"messages": messages, "told_of_nothing": [], "audited": 2, "keys": 2, **nothing}
    check(found, journal, opening=1)

    spoil(found)
    with pytest.raises(AssertionError):
        check(found, journal, opening=1)


@pytest.mark.parametrize(
    "spoil",
    [
        {"deals": {"agreements": [7], "rights": []}},
        {"deals": {"agreements": []}},
        {"deals": {"agreements": [8]}},
        {"deals": {"state": "open"}},
        {"deals": {"told": 1}},
        {"rights_of_nothing": 1},
        {"agreements": 2},
    ],
)
def test_half_an_acceptance_would_be_noticed(tmp_path, spoil):
    journal = Journal(tmp_path / "deals")
    journal.add(text="4", pk=7, begun=0)
    whole = {"offer": 4, "state": "accepted", "agreements": [7], "rights": ["reserved"], "audited": 1, "told": 2}
    waits = {"offer": 5, "state": "open", "agreements": [], "rights": [], "audited": 0, "told": 0}
    found = {"deals": [whole, waits], "rights_of_nothing": 0, "agreements": 1}
    check_deals(found, journal)
    spoiled = {**found, **spoil, "deals": [{**whole, **spoil.get("deals", {})}, waits]}
    with pytest.raises(AssertionError):
        check_deals(spoiled, journal)


def kill(portal, victim, reader, journal, running, acceptors):
    """Kill one process of a kind, while offers are being accepted; it must be replaced, and pages, messages and notices must come back."""
    living = getattr(portal, victim)
    portal.eventually(f"a living process: {victim}", living)
    before = living()
    killed, moment = min(before), time.monotonic()
    let_go(acceptors)
    os.kill(killed, signal.SIGKILL)
    portal.eventually(f"the end of {victim}", lambda: not processes.is_alive(killed))
    portal.eventually(f"another one: {victim}", lambda: living() - before)
    recovered(portal, victim, reader, journal, running, moment)


def let_go(acceptors):
    """Let each acceptor send its offer, and give the requests the moment in which they are under way."""
    for acceptor in acceptors:
        acceptor.go()
    time.sleep(UNDER_WAY)


def kill_supervisor(portal, reader, journal, running, acceptors):
    """The supervisor's own end: the next start goes on from what it left."""
    moment, orphans = time.monotonic(), portal.own()
    let_go(acceptors)
    portal.process.kill()
    portal.process.wait()
    portal.start()
    portal.eventually("pages after another start", lambda: is_up(reader), LATER)
    portal.eventually("the end of the orphans", lambda: not any(processes.is_alive(pid) for pid in orphans))
    recovered(portal, "supervisor", reader, journal, running, moment)


def recovered(portal, victim, reader, journal, running, moment):
    replaced = time.monotonic() - moment
    portal.eventually(f"pages after {victim}", lambda: is_up(reader))
    pages = time.monotonic() - moment
    portal.eventually(f"a message after {victim}", lambda: journal.latest > moment or any_ended(running))
    messages, since = time.monotonic() - moment, time.monotonic()
    portal.eventually(f"a notice after {victim}", lambda: told_since(reader, journal, since))
    log.info(
        "%s: replaced %.1f s, pages %.1f s, messages %.1f s, notices %.1f s after the kill",
        *(victim, replaced, pages, messages, time.monotonic() - moment),
    )


def check(found, journal, *, opening):
    """The journal and the database say the same, and every message stands with what belongs to it."""
    acknowledged = {entry["pk"]: entry["text"] for entry in journal.entries()}
    messages = [message for message in found["messages"] if message["pk"] != opening]
    standing = {message["pk"]: message["body"] for message in messages}
    doubled = [text for text, times in Counter(standing.values()).items() if times > 1]
    lost = [pk for pk, text in acknowledged.items() if standing.get(pk) != text]
    log.info("%d messages acknowledged, %d lost, %d doubled", len(acknowledged), len(lost), len(doubled))

    assert (lost, doubled) == ([], [])
    # each writer ended with a message that was acknowledged
    assert len(journal.entries()) == len(acknowledged) == len(messages)
    assert [message for message in messages if message["told"] != message["owed"]] == []
    assert found["told_of_nothing"] == []
    assert found["audited"] == found["keys"] == len(messages)
    assert (found["keys_without_answer"], found["outbox_dead"], found["outbox_waiting"]) == (0, 0, 0)


def signed_in(portal, email):
    visitor = Visitor(portal)
    visitor.sign_in(email)
    return visitor


def is_up(reader):
    return all(reader.ask(path).status == 200 for path in ("/healthz", "/zh-hans/patents/"))


def told_since(reader, journal, moment):
    """Whether what was begun after `moment` has been written and all that was written up to then has been delivered."""
    outbox = reader.outbox()
    return bool(outbox) and journal.latest > moment and outbox["oldest_seconds"] < time.monotonic() - moment


def any_ended(running):
    """A writer ends before it is told to only by a fault; its own words say more than a deadline would."""
    for writer in running:
        if writer.done():
            writer.result()
    return False
