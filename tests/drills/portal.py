"""A portal of a drill's own: started, killed part by part, visited over HTTP. Read next: test_kill.py, rooms.py."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections import Counter
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest

from platform_site.embedded import children, places, ports, postgres, processes, valkey
from tests.factories.accounts import PASSWORD
from tests.platform_site.embedded.services import clean_environment, clear

PATIENCE = 120  # seconds for one thing to come back; the drill shares its two cores with whatever else runs
PACE = 0.2  # seconds between two messages of one writer: work enough for a kill to hit, and cores left to come back
AGAIN = 0.05  # seconds between two tries of the same message
REPEATED = 5  # every fifth message is sent once more after its answer, as by somebody to whom that answer was lost
CSRF = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')
GAUGE = re.compile(rb"^portal_outbox_(\w+) (\S+)$", re.MULTILINE)


class Portal:
    """`manage.py run` over one VAR on one port, as often as it takes."""

    def __init__(self, folder: Path) -> None:
        self.var, self.port, self.output = folder / "var", ports.choose(), folder / "output"
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start a supervisor over whatever the last one left."""
        with self.output.open("a") as output:
            self.process = self._manage("run", stdout=output, stderr=output)

    def command(self, *arguments: str) -> str:
        """The output of a command that must end well."""
        process = self._manage(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        out, err = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, f"{arguments}: {out}\n{err}"
        return out

    def script(self, call: str) -> dict:
        """What a function of rooms.py tells."""
        told = self.command("shell", "-v", "0", "-c", f"from tests.drills import rooms; rooms.{call}")
        return json.loads(told.strip().splitlines()[-1])

    def backends(self) -> set[int]:
        """The servers of PostgreSQL that work for the application."""
        servers = processes.servers_in(self.var / "postgres")
        return {pid for pid in servers if _command(pid).startswith(b"postgres: portal_app")}

    def postmaster(self) -> set[int]:
        return {postgres.postmaster(self.var / "postgres")} - {None}

    def valkey(self) -> set[int]:
        return {valkey.process(self.var / "valkey")} - {None}

    def worker(self) -> set[int]:
        return self._children(self.process.pid, b"worker")

    def beat(self) -> set[int]:
        return self._children(self.process.pid, b"beat")

    def web(self) -> set[int]:
        return self._children(self.process.pid, b"granian")

    def web_workers(self) -> set[int]:
        return {pid for main in self.web() for pid in self._children(main, b"granian")}

    def own(self) -> list[int]:
        """Every process that the supervisor has started, by its mark."""
        note = self.var / "run/mark"
        mark = note.read_text().strip() if note.exists() else ""
        return processes.marked(children.MARK, mark) if mark else []

    def all(self) -> list[int]:
        """Every process of ours, the servers included."""
        return [*self.own(), *(pid for name in ("postgres", "valkey") for pid in processes.servers_in(self.var / name))]

    def eventually(self, what: str, true, seconds: float = PATIENCE) -> float:
        """Ask until it is so; how many seconds that took. Fails with the last words of every log."""
        began = time.monotonic()
        while not true():
            gone = self.process.poll() is not None
            if gone or time.monotonic() - began > seconds:
                why = "the supervisor ended before" if gone else f"not within {seconds} s"
                pytest.fail(f"{why}: {what}\n{self.last_words()}")
            time.sleep(0.05)
        return time.monotonic() - began

    def last_words(self) -> str:
        logs = [self.output, *(self.var / "log").glob("*.log"), *self.var.glob("*/server.log")]
        return "\n".join(f"--- {log.name}\n{log.read_text(errors='replace')[-3000:]}" for log in logs if log.exists())

    def refuse_a_rival(self) -> None:
        """A second supervisor over the same VAR says so and ends, and the first notices nothing."""
        rival = self._manage("run", stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        _out, err = rival.communicate(timeout=PATIENCE)
        assert rival.returncode == 1, err
        assert "already runs" in err

    def stop(self) -> None:
        """Ask the supervisor to end, and see that it takes everything along, within ten seconds."""
        everything, began = self.all(), time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(15) == 0, self.last_words()
        assert time.monotonic() - began < 10, self.last_words()
        assert not [pid for pid in everything if processes.is_alive(pid)]

    def clear(self) -> None:
        """End and remove all of it, whatever became of it."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait(30)
        processes.stop_all(self.all(), first=signal.SIGKILL, patience=5)
        clear(self.var)

    def _manage(self, *arguments: str, **options) -> subprocess.Popen:
        settings = {"DJANGO_SETTINGS_MODULE": "tests.drills.settings", "DEMO": "no", "PYTHONUNBUFFERED": "1"}
        environment = clean_environment(**settings, VAR=self.var, PORT=self.port)
        environment.pop("PORTAL_DB_ROLE", None)
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments], cwd=places.CHECKOUT, env=environment, **options
        )

    def _children(self, parent: int, word: bytes) -> set[int]:
        born = [pid for pid in self.all() if processes._stat(pid)[1:2] == [str(parent)]]
        return {pid for pid in born if word in _command(pid).split(b"\0")}


@dataclass
class Answer:
    """Status 0 stands for no answer: refused, cut off or too late."""

    status: int
    location: str = ""
    body: bytes = b""


class Visitor:
    """A browser with cookies and without JavaScript; it follows no redirect."""

    def __init__(self, portal: Portal) -> None:
        self.root = f"http://127.0.0.1:{portal.port}"
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies, _Stay())

    def ask(self, path: str, form: dict[str, str] | None = None) -> Answer:
        data = None if form is None else urlencode(form).encode()
        try:
            with self.opener.open(self.root + path, data, timeout=15) as answer:
                return Answer(answer.status, "", answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.headers.get("Location", ""), error.read())
        except (OSError, http.client.HTTPException):
            return Answer(0)

    def sign_in(self, email: str) -> None:
        address = "/zh-hans/accounts/login/"
        answer = self.ask(address, {"login": email, "password": PASSWORD, **self.token(address)})
        assert (answer.status, answer.location) == (302, "/zh-hans/desk/"), answer

    def token(self, path: str) -> dict[str, str]:
        """The protection against forged forms, as a form of this page carries it."""
        answer = self.ask(path)
        assert answer.status == 200, answer
        return {"csrfmiddlewaretoken": CSRF.search(answer.body)[1].decode()}

    def outbox(self) -> dict[str, float]:
        """waiting, oldest_seconds, dead; empty while there is no answer."""
        found = GAUGE.findall(self.ask("/metrics").body)
        return {name.decode(): float(value) for name, value in found}


class Journal:
    """What was acknowledged, on the disk before anything else is asked."""

    def __init__(self, path: Path) -> None:
        self.path, self.lock = path, threading.Lock()
        self.descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.latest = 0.0  # when the last request that was acknowledged was begun

    def add(self, *, text: str, pk: int, begun: float) -> None:
        line = json.dumps({"text": text, "pk": pk}, ensure_ascii=False) + "\n"
        with self.lock:
            os.write(self.descriptor, line.encode())
            os.fsync(self.descriptor)
            self.latest = max(self.latest, begun)

    def entries(self) -> list[dict]:
        return [json.loads(line) for line in self.path.read_text().splitlines()]


class Writer:
    """Says one thing after the other in a room; each under a key of its own, again and again until it is acknowledged."""

    def __init__(self, name: str, visitor: Visitor, room: int, journal: Journal, stopping: threading.Event) -> None:
        self.name, self.visitor, self.journal, self.stopping = name, visitor, journal, stopping
        self.room = f"/zh-hans/trading/negotiations/{room}/"
        self.token = visitor.token(self.room)
        self.outcomes: Counter[int] = Counter()  # by status

    def write(self) -> None:
        number = 0
        while not self.stopping.wait(PACE):
            number += 1
            self._say(f"{self.name} 第 {number} 条 {uuid.uuid4()}")

    def _say(self, text: str) -> None:
        form = {**self.token, "body": text, "idempotency_key": str(uuid.uuid4())}
        first = begun = time.monotonic()
        while not (pk := self._acknowledged(self.visitor.ask(f"{self.room}send/", form))):
            assert begun - first < PATIENCE, f"never acknowledged: {text}; {self.outcomes}"
            time.sleep(AGAIN)
            begun = time.monotonic()
        self.journal.add(text=text, pk=pk, begun=begun)
        if pk % REPEATED == 0:
            assert self._acknowledged(self.visitor.ask(f"{self.room}send/", form)) in (0, pk)

    def _acknowledged(self, answer: Answer) -> int:
        self.outcomes[answer.status] += 1
        where, _, mark = answer.location.partition("#message-")
        if answer.status == 302 and where == self.room:
            return int(mark)
        # Busy or broken: it may be tried again. So is 429, said before the view's transaction begins: nothing was written. A
        # killed process leaves the lock of the count behind, and for half a second whoever is counted there waits for it;
        # on two busy cores that may outlast the second that is waited. Any other answer is a fault.
        assert answer.status in (0, 409, 429) or answer.status >= 500, answer
        return 0


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
