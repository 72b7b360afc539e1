"""Child processes of the supervisor: started, watched, restarted with backoff, and never left behind.

Three nets hold them: the kernel tells a child when its supervisor dies, a child's whole process group is killed before
it is started again, and a mark in the environment finds what a killed supervisor left, at the next start.
"""

import contextlib
import ctypes
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from platform_site.embedded import processes

MARK = "PORTAL_RUN"
LONGEST_PAUSE = 30.0
STEADY_AFTER = 30.0  # seconds; a child that lived longer starts again at once when it dies
LOG_LIMIT = 20 * 1024 * 1024
IMPORTANT = re.compile(r"\b(ERROR|CRITICAL|FATAL)\b|^[\w.]+(Error|Exception): ")
REPEATED_LINES = 5  # of one program in one round; the rest is in its log
PR_SET_PDEATHSIG = 1

_libc = ctypes.CDLL(None, use_errno=True)


@dataclass
class Child:
    """One supervised program. `log` takes its output; lines that matter are repeated through `say`.

    It gets the environment of the moment with `extra` on top, without the variables that are `hidden` from it.
    """

    name: str
    command: Sequence[str]
    log: Path
    say: Callable[[str], None]
    extra: Mapping[str, str] = field(default_factory=dict)
    hidden: Sequence[str] = ()
    process: subprocess.Popen[bytes] | None = None
    begun: float = 0.0
    deaths: int = 0
    not_before: float = 0.0
    read: int = 0
    asked: bool = False

    def start(self) -> None:
        """Start the program in a session and process group of its own."""
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        descriptor = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.read = os.fstat(descriptor).st_size
        try:
            self.process = subprocess.Popen(
                self.command,
                env={**{name: value for name, value in os.environ.items() if name not in self.hidden}, **self.extra},
                stdin=subprocess.DEVNULL,
                stdout=descriptor,
                stderr=descriptor,
                start_new_session=True,
                preexec_fn=_die_with(os.getpid()),
            )
        finally:
            os.close(descriptor)
        self.begun, self.asked = time.monotonic(), False

    def watch(self) -> None:
        """Repeat new important lines; clear up after a death and start again, later and later if it keeps dying."""
        self._repeat_log()
        if self.process is not None:
            if not _has_died(self.process.pid):
                return
            lived = time.monotonic() - self.begun
            status = self._bury()
            self.deaths = 0 if lived > STEADY_AFTER else self.deaths + 1
            pause = 0.0 if self.deaths <= 1 else min(2.0 ** (self.deaths - 2), LONGEST_PAUSE)
            self.not_before = time.monotonic() + pause
            self.say(f"{self.name} ended ({_reason(status)}), starts again in {pause:.0f} s; see {self.log}")
        if time.monotonic() >= self.not_before:
            self.start()

    def ask_to_end(self) -> None:
        """Send the polite signal, once, and wait for nothing."""
        if self.process is not None and not self.asked:
            self.asked = True
            os.kill(self.process.pid, signal.SIGTERM)  # Popen.terminate would collect a dead leader, see _bury

    def stop(self, patience: float) -> None:
        """Ask the program to end; after `patience` seconds end it and all that it started."""
        if self.process is None:
            return
        self.ask_to_end()
        deadline = time.monotonic() + patience
        while not _has_died(self.process.pid) and time.monotonic() < deadline:
            time.sleep(0.02)
        self._bury()
        self._repeat_log()

    def _bury(self) -> int:
        # the group goes first, while the dead leader still keeps its number from being given to somebody else
        assert self.process is not None
        group = self.process.pid
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)
        status = self.process.wait()
        deadline = time.monotonic() + 2
        while processes.members(group) and time.monotonic() < deadline:
            time.sleep(0.02)
        self.process = None
        return status

    def _repeat_log(self) -> None:
        with contextlib.suppress(OSError), self.log.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size <= self.read:
                return
            file.seek(self.read)
            new = file.read(min(size - self.read, 65536))
            whole = new.rfind(b"\n") + 1 or len(new)
            self.read += whole
            lines = new[:whole].decode(errors="replace").splitlines()
            for line in list(filter(IMPORTANT.search, lines))[:REPEATED_LINES]:
                self.say(f"{self.name}: {line[:300]}")


def begin(command: Sequence[str], *, extra: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a preparing command on our own terminal, in a process group of its own."""
    return subprocess.Popen(
        command,
        env={**os.environ, **extra},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_die_with(os.getpid()),
    )


def finish(process: subprocess.Popen[bytes], *, stopping: Callable[[], bool], patience: float = 3) -> int:
    """Wait for a preparing command; its exit status, or 130 when `stopping` said so meanwhile and it was ended."""
    while process.poll() is None:
        if stopping():
            process.terminate()
            try:
                process.wait(patience)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            return 130
        time.sleep(0.05)
    return process.returncode


def clear_remains(mark_file: Path) -> int:
    """End what a killed supervisor of this VAR left running; how many processes that were."""
    try:
        mark = mark_file.read_text().strip()
    except OSError:
        return 0
    left = processes.marked(MARK, mark) if mark else []
    processes.stop_all(left, first=signal.SIGTERM, patience=3)
    return len(left)


def python(*arguments: str) -> list[str]:
    """A command for the interpreter that runs us, whose environment has the portal's packages."""
    return [sys.executable, *arguments]


def _die_with(supervisor: int) -> Callable[[], None]:
    def prepare() -> None:  # in the child, between fork and exec
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != supervisor:
            os._exit(1)

    return prepare


def _has_died(pid: int) -> bool:
    # asked without collecting the process, see _bury
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _reason(status: int) -> str:
    return f"status {status}" if status >= 0 else signal.Signals(-status).name
