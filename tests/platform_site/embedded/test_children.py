"""The supervisor's children are restarted whole and never outlive it."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from platform_site.embedded import children, ports, postgres, processes
from platform_site.embedded.children import Child
from tests.platform_site.embedded.services import CHECKOUT, clean_environment, wait_until

FAMILY = "import subprocess, sys, time; subprocess.Popen(['sleep', '300']); time.sleep(300)"


@pytest.fixture
def child(tmp_path):
    said: list[str] = []
    program = Child("family", [sys.executable, "-c", FAMILY], tmp_path / "family.log", said.append)
    program.said = said
    yield program
    program.stop(0.1)


def family(child: Child) -> list[int]:
    return processes.members(child.process.pid)


def test_a_dead_child_takes_its_family_along_and_starts_again(child):
    child.start()
    wait_until(lambda: len(family(child)) == 2)
    old = family(child)
    os.kill(child.process.pid, signal.SIGKILL)
    wait_until(lambda: not processes.is_alive(child.process.pid))
    child.watch()

    assert not any(processes.is_alive(pid) for pid in old)
    wait_until(lambda: len(family(child)) == 2)
    assert "SIGKILL" in child.said[0]


def test_a_child_that_keeps_dying_is_started_ever_later(child):
    child.command = [sys.executable, "-c", "raise SystemExit(3)"]
    pauses = []
    for _ in range(4):
        child.start()
        wait_until(lambda: children._has_died(child.process.pid))
        child.not_before = 0
        began = time.monotonic()
        child.watch()
        pauses.append(round(child.not_before - began))
        if child.process is not None:
            child.stop(1)

    assert pauses == [0, 1, 2, 4]
    assert "status 3" in child.said[0]


def test_lines_that_matter_are_repeated_and_all_are_kept(child):
    child.command = [sys.executable, "-c", "print('INFO all well'); print('ERROR broken', flush=True); input()"]
    child.start()
    wait_until(lambda: "broken" in child.log.read_text())
    child.watch()

    assert "family: ERROR broken" in child.said
    assert "INFO all well" in child.log.read_text()
    assert child.log.stat().st_mode & 0o777 == 0o600


def test_what_is_hidden_from_a_child_it_does_not_learn(child, monkeypatch):
    monkeypatch.setenv("SECRET_OF_OTHERS", "x")
    child.command = [sys.executable, "-c", "import os; print(sorted(os.environ), flush=True); input()"]
    child.hidden, child.extra = ("SECRET_OF_OTHERS",), {"GIVEN": "y"}
    child.start()
    wait_until(lambda: "GIVEN" in child.log.read_text())

    assert "SECRET_OF_OTHERS" not in child.log.read_text()


def test_stop_ends_the_family_of_a_child_that_does_not_listen(child):
    stubborn = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + FAMILY
    child.command = [sys.executable, "-c", stubborn]
    child.start()
    wait_until(lambda: len(family(child)) == 2)
    old = family(child)
    child.stop(0.2)

    assert not any(processes.is_alive(pid) for pid in old)


def test_a_killed_supervisor_leaves_nothing_after_the_next_start(tmp_path):
    mark = tmp_path / "mark"
    mark.write_text("a-mark-of-this-test")
    supervisor = (
        "import sys, time; from pathlib import Path; from platform_site.embedded.children import Child; "
        f"child = Child('family', [sys.executable, '-c', {FAMILY!r}], Path({str(tmp_path)!r}) / 'log', print, "
        "{'PORTAL_RUN': 'a-mark-of-this-test'}); child.start(); print(child.process.pid, flush=True); time.sleep(300)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", supervisor], cwd=CHECKOUT, env=clean_environment(), stdout=subprocess.PIPE, text=True
    )
    with process:
        leader = int(process.stdout.readline())
        wait_until(lambda: len(processes.members(leader)) == 2)
        everyone = processes.members(leader)
        process.kill()

    wait_until(lambda: not processes.is_alive(leader))  # told by the kernel
    assert children.clear_remains(mark) == 1  # what the leader had started is found by its mark
    assert not any(processes.is_alive(pid) for pid in everyone)
    assert children.clear_remains(mark) == 0
    assert children.clear_remains(tmp_path / "none") == 0


def test_a_preparing_command_gives_its_status_or_stops_when_told():
    failing = children.begin([sys.executable, "-c", "raise SystemExit(4)"], extra={})
    assert children.finish(failing, stopping=lambda: False) == 4
    endless = children.begin(["sleep", "300"], extra={})
    assert children.finish(endless, stopping=lambda: True) == 130
    assert endless.returncode == -signal.SIGTERM


def test_a_free_port_is_kept_and_a_taken_one_is_not():
    port = ports.choose()
    assert ports.choose(keep=port) == port
    assert ports.choose(keep=port, avoid=(port,)) != port
    with socket.create_server(("127.0.0.1", port)):
        assert not ports.is_free(port)
        assert ports.choose(keep=port) != port


@pytest.mark.parametrize(
    ("gigabytes", "expected"),
    [
        (2, ["shared_buffers = 256MB", "effective_cache_size = 1GB", "work_mem = 16MB", "max_wal_size = 1GB"]),
        (
            24,
            [
                "shared_buffers = 4096MB",
                "effective_cache_size = 12288MB",
                "work_mem = 64MB",
                "maintenance_work_mem = 1024MB",
            ],
        ),
    ],
)
def test_settings_follow_the_memory_of_the_machine(gigabytes, expected):
    lines = postgres.configuration(port=5432, memory=gigabytes * 1024**3).splitlines()

    assert set(expected) < set(lines)
    assert {"fsync = on", "synchronous_commit = on", "jit = off"} < set(lines)
