"""The embedded Valkey: start it over whatever a kill left, ask whether it is ours, stop it."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from platform_site.embedded import ports, processes
from platform_site.embedded.errors import ServicesFailed


def url(*, password: str, port: int) -> str:
    return f"redis://:{password}@127.0.0.1:{port}/0"


def answers(*, data: Path, password: str, port: int) -> bool:
    """Whether our own server serves this port and has read its data: only ours takes this password."""
    if process(data) is None:
        return False
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as session:
            session.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            reply = b""
            while reply.count(b"\r\n") < 2:
                received = session.recv(256)
                if not received:
                    return False
                reply += received
    except OSError:
        return False
    return reply == b"+OK\r\n+PONG\r\n"


def process(data: Path) -> int | None:
    """The pid of the live server of this directory, if there is one."""
    try:
        pid = (data / "server.pid").read_text().strip()
    except OSError:
        return None
    return int(pid) if pid.isdigit() and processes.works_in(int(pid), data) else None


def start(*, data: Path, program: Path, password: str, port: int) -> int:
    """Start the server and return the port that it listens on; the file of appended commands brings the data back."""
    account = processes.service_account(data)
    if port and _comes_round(data, password, port):  # it was only reading its data
        return port
    processes.stop_all(processes.servers_in(data), first=signal.SIGTERM, patience=10)
    data.mkdir(mode=0o700, exist_ok=True)
    if account is not None:
        os.chown(data, account.pw_uid, account.pw_gid)
    for _ in range(5):
        port = ports.choose(keep=port)
        file = data / "valkey.conf"  # the password goes through a file of mode 0600, never through the command line
        file.unlink(missing_ok=True)
        descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w") as opened:
            opened.write(configuration(data=data, port=port, password=password))
        if account is not None:
            os.chown(file, account.pw_uid, account.pw_gid)
        subprocess.run([program, file], check=False, stderr=subprocess.DEVNULL, **processes.run_options(account))
        if _comes_round(data, password, port):
            return port
    raise ServicesFailed(f"The embedded Valkey does not start; {data / 'server.log'} says why.")


def stop(*, data: Path) -> None:
    """Stop the server of this directory, if it runs; it writes its data first."""
    processes.stop_all(processes.servers_in(data), first=signal.SIGTERM, patience=10)


def configuration(*, data: Path, port: int, password: str) -> str:
    """valkey.conf. Appended commands are flushed each second; under memory pressure only what has an expiry may go,
    so the cache gives way and the queue never does."""
    return f"""bind 127.0.0.1
port {port}
requirepass {password}
daemonize yes
dir "{data}"
pidfile "{data}/server.pid"
logfile "{data}/server.log"
appendonly yes
appendfsync everysec
save ""
maxmemory 512mb
maxmemory-policy volatile-lru
"""


def _comes_round(data: Path, password: str, port: int) -> bool:
    """Wait for a live server to answer; False as soon as there is none, or when it stays silent for good."""
    deadline = time.monotonic() + 30
    while processes.servers_in(data) and time.monotonic() < deadline:
        if answers(data=data, password=password, port=port):
            return True
        time.sleep(0.02)
    return False
