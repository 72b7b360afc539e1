"""`manage.py run` from nothing to a page, over kills, to the last process gone."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from platform_site.embedded import children, ports, processes
from tests.platform_site.embedded.services import CHECKOUT, clean_environment, wait_until

pytestmark = pytest.mark.drill


class Portal:
    """A portal of the test's own, without the demonstration."""

    def __init__(self, var: Path, port: int) -> None:
        settings = {"DJANGO_SETTINGS_MODULE": "platform_site.settings.dev", "DEMO": "no", "PORT": port, "VAR": var}
        environment = clean_environment(PYTHONUNBUFFERED=1, **settings)
        environment.pop("PORTAL_DB_ROLE", None)
        self.var, self.port, self.output = var, port, var.with_name(f"output-{port}")
        with self.output.open("a") as output:
            command = [sys.executable, "manage.py", "run"]
            self.process = subprocess.Popen(command, cwd=CHECKOUT, env=environment, stdout=output, stderr=output)

    def status(self, path: str = "healthz") -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{path}", timeout=2) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def answers(self, seconds: float) -> None:
        """Wait for a good answer."""
        wait_until(lambda: self.process.poll() is not None or self.status() == 200, seconds)
        assert self.process.poll() is None, self.output.read_text()

    def child(self, word: str) -> int | None:
        for pid in self.all():
            command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            if word.encode() in command and processes._stat(pid)[1] == str(self.process.pid):
                return pid
        return None

    def all(self) -> list[int]:
        return processes.marked(children.MARK, (self.var / "run/mark").read_text())

    def servers(self) -> list[int]:
        return [pid for name in ("postgres", "valkey") for pid in processes.servers_in(self.var / name)]


@pytest.fixture
def portal(open_folder):
    """Start a portal; when the test is over it goes, whatever became of it."""
    port, begun = ports.choose(), []

    def started() -> Portal:
        begun.append(Portal(open_folder / "var", port))
        return begun[-1]

    yield started
    for each in begun:
        each.process.kill()
        each.process.wait(10)
    processes.stop_all(begun[-1].all(), first=signal.SIGKILL, patience=1)


def test_one_command_serves_survives_kills_and_stops_whole(portal):
    first = portal()
    first.answers(90)
    wait_until(lambda: f"http://127.0.0.1:{first.port}/" in first.output.read_text())

    os.kill(first.child("granian"), signal.SIGKILL)
    first.answers(30)
    os.kill(int((first.var / "postgres/postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    wait_until(lambda: first.status("readyz") == 200)
    worker = first.child("worker")
    os.kill(worker, signal.SIGKILL)
    wait_until(lambda: first.child("worker") not in (worker, None))

    orphans = first.all()
    first.process.kill()  # the supervisor itself: what it leaves is cleared away, what was written stays
    first.process.wait()
    second = portal()
    second.answers(30)
    wait_until(lambda: not any(processes.is_alive(pid) for pid in orphans))

    rival = portal()
    assert rival.process.wait(20) == 1
    assert "already runs" in rival.output.read_text()

    wait_until(lambda: len(second.all()) > 4)
    everything = [*second.all(), *second.servers()]
    began = time.monotonic()
    second.process.send_signal(signal.SIGTERM)
    assert second.process.wait(15) == 0
    assert time.monotonic() - began < 10
    assert not any(processes.is_alive(pid) for pid in everything)


def test_a_taken_port_is_said_in_a_sentence(common_var):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = Portal(common_var, port)
        assert refused.process.wait(30) == 1

    assert f"127.0.0.1:{port} cannot be used" in refused.output.read_text()
    assert not refused.servers()
