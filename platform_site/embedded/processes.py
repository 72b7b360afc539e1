"""Who runs what on this machine: reads /proc, so that a stale pid is never taken for a live server. Linux only."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from platform_site.embedded.errors import ServicesFailed

SERVICE_ACCOUNT = "patent-portal"


def service_account(data: Path) -> pwd.struct_passwd | None:
    """The account the servers run as, None when that is simply ours. Root gives its rights up, as PostgreSQL demands.

    A data directory that exists keeps its owner; a new one gets a system account, made here the first time, or
    `nobody` on a machine where no account can be made.
    """
    if os.geteuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        return pwd.getpwuid(data.stat().st_uid)
    try:
        return pwd.getpwnam(SERVICE_ACCOUNT)
    except KeyError:
        pass
    if shutil.which("useradd"):
        command = [
            "useradd",
            "--system",
            "--no-create-home",
            "--home-dir",
            "/nonexistent",
            "--shell",
            "/usr/sbin/nologin",
        ]
        subprocess.run([*command, SERVICE_ACCOUNT], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    for name in (SERVICE_ACCOUNT, "nobody"):  # looked up again: another start at the same moment may have been quicker
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise ServicesFailed(
        f"PostgreSQL refuses to run as root and this machine has no account for it: add a system user {SERVICE_ACCOUNT}."
    )


def run_options(account: pwd.struct_passwd | None) -> dict[str, Any]:
    """subprocess options of a server: no inherited stdio or descriptors, own session, rights of `account`."""
    identity = {} if account is None else {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    return {
        "cwd": "/",
        "umask": 0o077,
        "env": {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"},
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.DEVNULL,
        "close_fds": True,
        "start_new_session": True,
        **identity,
    }


def may_execute(path: Path, account: pwd.struct_passwd | None) -> bool:
    """Whether `account` can reach and run (or enter) `path`. Asked of the kernel, so that access lists count too."""
    if account is None:
        return os.access(path, os.X_OK)
    options = {**run_options(account), "stderr": subprocess.DEVNULL}
    return subprocess.run(["/bin/sh", "-c", 'test -x "$0"', str(path)], check=False, **options).returncode == 0


def is_alive(pid: int) -> bool:
    """True for a process that still runs; a zombie that nobody has collected does not."""
    return _state(pid) not in ("", "Z", "X")


def start_time(pid: int) -> str:
    """When the process began, in clock ticks since boot; with the pid it names one process for ever. "" if gone."""
    fields = _stat(pid)
    return fields[19] if fields else ""


def members(group: int) -> list[int]:
    """Live processes of a process group."""
    return [pid for pid in _all_pids() if is_alive(pid) and _stat(pid)[2:3] == [str(group)]]


def marked(name: str, value: str) -> list[int]:
    """Live processes, and all that came of them, that were started with this variable in their environment."""
    wanted = f"{name}={value}".encode()
    return [pid for pid in _all_pids() if wanted in _environment(pid) and is_alive(pid)]


def servers_in(directory: Path) -> list[int]:
    """Live processes that have `directory` as their working directory, as both kinds of server do."""
    return [pid for pid in _all_pids() if works_in(pid, directory)]


def works_in(pid: int, directory: Path) -> bool:
    """Whether a process lives and has `directory`, be it deleted by now, as its working directory."""
    try:
        where = os.readlink(f"/proc/{pid}/cwd")
    except OSError:
        return False
    return where.removesuffix(" (deleted)") == str(directory) and is_alive(pid)


def stop_all(pids: list[int], *, first: signal.Signals, patience: float) -> bool:
    """Signal processes, wait `patience` seconds, then kill what is left. True when none is left.

    The same pid is signalled only while it is the same process.
    """
    born = {pid: start_time(pid) for pid in pids}
    for wanted, seconds in ((first, patience), (signal.SIGKILL, 5.0)):
        for pid in _same(born):
            _signal(pid, wanted)
        deadline = time.monotonic() + seconds
        while _same(born):
            if time.monotonic() > deadline:
                break
            time.sleep(0.02)
        else:
            return True
    return False


def _same(born: dict[int, str]) -> list[int]:
    return [pid for pid, began in born.items() if is_alive(pid) and start_time(pid) == began]


def _signal(pid: int, wanted: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, wanted)


def _all_pids() -> Iterator[int]:
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            yield int(entry)


def _stat(pid: int) -> list[str]:
    # the fields after the command name, which may itself hold spaces and brackets: state, ppid, pgrp, ...
    try:
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def _state(pid: int) -> str:
    fields = _stat(pid)
    return fields[0] if fields else ""


def _environment(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return []
