"""`manage.py run`: prepare everything, then serve until Ctrl-C. Read next: platform_site/embedded/children.py."""

import argparse
import fcntl
import hashlib
import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from platform_site import embedded
from platform_site.accounts.models import User
from platform_site.audit.models import AuditEntry
from platform_site.embedded import children, ports
from platform_site.embedded.children import Child
from platform_site.portal.demonstration.build import DONE

MANAGE = str(settings.BASE_DIR / "manage.py")
PROVINCES = ("shanxi", "henan", "hubei", "hunan", "anhui", "jiangxi")
DEMO_PASSWORD = "central-china-2007"  # noqa: S105 - printed on purpose: the accounts exist in the demonstration alone
OWNER_ONLY = ("DATABASE_OWNER_URL", embedded.NOTE)  # what serves pages never learns the owner's password
LATEST_PAGES = 40.0  # seconds from the command; by then pages answer, even if the demonstration is not complete
WEB_PATIENCE, QUEUE_PATIENCE = 3.0, 4.0  # seconds to end by themselves; with the services it stays below ten


class Command(BaseCommand):
    help = "Serve the portal on this machine: web, worker and beat under one supervisor. HOST, PORT, VAR, DEMO=no."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
        parser.add_argument("--port", default=os.environ.get("PORT") or "8000")

    def handle(self, *args: Any, **options: Any) -> None:
        self.began = time.monotonic()
        self.stopping = threading.Event()
        self.loading: subprocess.Popen[bytes] | None = None
        for wanted in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(wanted, lambda *_: self.stopping.set())
        self.host, self.port = options["host"], _port(options["port"])
        self.address = _address(self.host)
        os.environ["HOST"], os.environ["PORT"] = self.host, str(self.port)
        self.var = Path(os.environ.get("VAR") or settings.BASE_DIR / "var")
        self.log_folder, self.run_folder = self.var / "log", self.var / "run"
        for folder in (self.log_folder, self.run_folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = self._only_supervisor()
        try:
            self._clear_up()
            self._prepare()
            self._serve()
        finally:
            os.close(descriptor)

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _only_supervisor(self) -> int:
        path = self.run_folder / "supervisor.lock"
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            who = path.read_text().strip()
            raise CommandError(
                f"A portal already runs from {self.var} (process {who}). Stop it, or start a second one with VAR= and PORT=."
            ) from None
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        return descriptor

    def _clear_up(self) -> None:
        """What a killed supervisor left goes; then the port must be free, and this run gets a mark of its own."""
        mark_file = self.run_folder / "mark"
        if left := children.clear_remains(mark_file):
            self.say(f"Ended {left} processes that an earlier run left behind.")
        if not ports.is_free(self.port, self.address):
            raise CommandError(
                f"{self.host}:{self.port} cannot be used: another program listens there, or the address is not of this machine. "
                f"Choose another with PORT= (and HOST=), for example: make run PORT={ports.choose()}"
            )
        self.mark = secrets.token_hex(16)
        mark_file.write_text(self.mark)
        metrics = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
        for file in Path(metrics).glob("*.db") if metrics else ():
            file.unlink()

    def _prepare(self) -> None:
        call_command("compile_po", verbosity=0)
        static, static_note = _static_digest(), self.run_folder / "static"
        collecting = None
        if not static_note.exists() or static_note.read_text() != static:
            self.say("Preparing style sheets and pictures ...")
            collecting = self._begin("collectstatic", "--noinput", "--verbosity", "0")  # beside the database's work
        if _migrations_wait():
            self.say("Preparing the database ...")
            self._finish(self._begin("migrate", "--noinput", "--verbosity", "0", PORTAL_DB_ROLE="owner"))
        if self._wants_demonstration():
            self.say("Loading the demonstration region (the first time only) ...")
            self.loading = self._begin("demo")
        if collecting is not None:
            self._finish(collecting)
            static_note.write_text("" if self.stopping.is_set() else static)
        connection.close()

    def _wants_demonstration(self) -> bool:
        if self.stopping.is_set() or os.environ.get("DEMO") == "no":
            return False
        return not _has_demonstration() and not _has_people_of_its_own()

    def _begin(self, *arguments: str, **extra: str) -> subprocess.Popen[bytes]:
        return children.begin(children.python(MANAGE, *arguments), extra={children.MARK: self.mark, **extra})

    def _finish(self, process: subprocess.Popen[bytes]) -> None:
        status = children.finish(process, stopping=self.stopping.is_set)
        if status and not self.stopping.is_set():
            raise CommandError(
                f"`{' '.join(map(str, process.args))}` failed (status {status}); the lines above say why."
            )

    def _serve(self) -> None:
        web, queue = self._web(), [self._worker(), self._beat()]
        started: list[Child] = []
        answered = announced = False
        try:
            while not self.stopping.wait(0.1):
                self._keep_services(started)
                for child in started:
                    child.watch()
                loaded = self._is_loaded()
                if not started and (loaded or time.monotonic() - self.began > LATEST_PAGES):
                    web.start()
                    started.append(web)
                if started and not answered and self._answers():
                    answered = True
                    if not loaded:
                        self.say(f"Pages can be opened already, while more is loaded: {self._url()}")
                if answered and loaded and not announced:
                    announced = True
                    for child in queue:
                        child.start()
                    started += queue
                    self._announce()
        finally:
            self._stop(web, queue)

    def _is_loaded(self) -> bool:
        """Whether the loading of the demonstration, if there was any, has come to an end, good or bad."""
        if self.loading is None:
            return True
        status = self.loading.poll()
        if status is None:
            return False
        self.loading = None
        if status:
            self.say("The demonstration could not be loaded; the lines above say why. `make demo` tries again.")
        return True

    def _stop(self, web: Child, queue: list[Child]) -> None:
        self.say("Stopping ...")
        if self.loading is not None:
            children.finish(self.loading, stopping=lambda: True, patience=2)
        web.stop(WEB_PATIENCE)
        for child in queue:
            child.ask_to_end()
        deadline = time.monotonic() + QUEUE_PATIENCE
        for child in queue:
            child.stop(max(0.1, deadline - time.monotonic()))
        connection.close()
        embedded.release()
        self.say("Stopped; `make run` goes on from here.")

    def _keep_services(self, started: list[Child]) -> None:
        """PostgreSQL and Valkey are started anew when they die; if they had to move, so do those who use them."""
        if embedded.running():
            return
        before = os.environ.get("DATABASE_URL"), os.environ.get("REDIS_URL")
        self.say("PostgreSQL or Valkey ended, starting it again ...")
        try:
            embedded.ensure()
        except embedded.ServicesFailed as error:
            self.say(str(error))
            self.stopping.wait(5)
            return
        self.say("PostgreSQL and Valkey are running.")
        if before != (os.environ.get("DATABASE_URL"), os.environ.get("REDIS_URL")):
            for child in started:
                child.stop(WEB_PATIENCE)

    def _web(self) -> Child:
        options = ["--interface=wsgi", "--no-ws", "--workers=2", "--blocking-threads=4", "--workers-kill-timeout=2"]
        options += ["--respawn-failed-workers", "--respawn-interval=0.1"]
        options += ["--host", self.address, "--port", str(self.port)]
        return self._child("web", "-m", "granian", *options, "platform_site.wsgi:application")

    def _worker(self) -> Child:
        options = ["--concurrency=2", "--loglevel=INFO", "--without-gossip", "--without-mingle"]
        return self._child("worker", "-m", "celery", "-A", "platform_site.celery", "worker", *options)

    def _beat(self) -> Child:
        options = [f"--schedule={self.run_folder / 'beat'}", "--pidfile=", "--loglevel=INFO"]
        return self._child("beat", "-m", "celery", "-A", "platform_site.celery", "beat", *options)

    def _child(self, name: str, *arguments: str) -> Child:
        extra = {children.MARK: self.mark, "PYTHONUNBUFFERED": "1"}
        extra["PYTHONPATH"] = os.pathsep.join(filter(None, [str(settings.BASE_DIR), os.environ.get("PYTHONPATH")]))
        log = self.log_folder / f"{name}.log"
        return Child(name, children.python(*arguments), log, self.say, extra=extra, hidden=OWNER_ONLY)

    def _answers(self) -> bool:
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.address, self.address)
        session = http.client.HTTPConnection(host, self.port, timeout=5)
        try:
            session.request("GET", "/healthz")
            return session.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            session.close()

    def _url(self) -> str:
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}/"

    def _announce(self) -> None:
        lines = ["", "中部地区专利技术展示交易网络平台 / Patent technology platform of the central region"]
        lines += [f"  网址 / address        {self._url()}"]
        if _has_demonstration():
            accounts = [f"{who}.<province>@demo.example" for who in ("patentee", "buyer", "officer", "director")]
            lines += [f"  演示账号 / accounts   {', '.join(accounts)}"]
            lines += [f"                        <province>: {', '.join(PROVINCES)}"]
            lines += ["                        leader@demo.example, staff@demo.example, admin@demo.example"]
            lines += [f"  密码 / password       {DEMO_PASSWORD}"]
        lines += [f"  邮件 / e-mails        {settings.MAIL_DIR}", f"  日志 / logs           {self.log_folder}"]
        lines += [f"  {time.monotonic() - self.began:.1f} s; Ctrl-C 停止 / stops", ""]
        self.say("\n".join(lines))


def _port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise CommandError(f"PORT={text} is not a port number between 1 and 65535.")
    return int(text)


def _address(host: str) -> str:
    """The number behind a name, which is all that the web server understands; an IPv4 one if there is one."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError as error:
        raise CommandError(f"HOST={host} is not a name or address of this machine.") from error
    return str(min(found)[4][0])  # AF_INET comes before AF_INET6


def _migrations_wait() -> bool:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if not waiting:
            User.objects.exists()
    except (
        DatabaseError
    ):  # a migration was cut short before the application was given its rights: the next one gives them
        return True
    return bool(waiting)


def _has_demonstration() -> bool:
    return AuditEntry.objects.filter(verb=DONE).exists()


def _has_people_of_its_own() -> bool:
    return User.objects.filter(is_system=False, is_demonstration=False).exists()


def _static_digest() -> str:
    digest = hashlib.sha256(sys.version.encode())
    for name, size, changed in sorted(_static_files()):
        digest.update(f"{name}\0{size}\0{changed}\n".encode())
    return digest.hexdigest()


def _static_files() -> Iterator[tuple[str, int, int]]:
    for finder in get_finders():
        for name, storage in finder.list(ignore_patterns=None):
            status = os.stat(storage.path(name))
            yield name, status.st_size, status.st_mtime_ns
