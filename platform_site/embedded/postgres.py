"""The embedded PostgreSQL: make the cluster, start it over whatever a kill left, provision roles and database, stop it."""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import time
from contextlib import closing
from pathlib import Path

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import connection as Connection

from platform_site.embedded import ports, processes
from platform_site.embedded.errors import ServicesFailed

SUPERUSER, OWNER, APP, DATABASE = "portal_admin", "portal_owner", "portal_app", "portal"
EXTENSIONS = ("btree_gist", "pg_trgm")
# No ICU in the wheel: the builtin locale knows Chinese letters, sorts by code point, and pg_trgm works under it.
CLUSTER = (
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C.UTF-8",
    "--data-checksums",
)
PROVISIONED = 1  # raise it when `provision` learns a new step: existing installations then run it again
START_SECONDS = 120  # replaying the log after a kill may take a while
LOG_LIMIT = 10 * 1024 * 1024
GIGABYTE = 1024**3


def url(*, role: str, password: str, port: int, database: str = DATABASE) -> str:
    return f"postgresql://{role}:{password}@127.0.0.1:{port}/{database}"


def answers(*, data: Path, password: str, port: int) -> bool:
    """Whether our own cluster serves this port: only it knows the password, and SCRAM proves that both ways."""
    if postmaster(data) is None:
        return False
    try:
        with closing(_connect(password, port, "postgres")):
            return True
    except psycopg2.Error:
        return False


def postmaster(data: Path) -> int | None:
    """The pid of the live postmaster of this data directory, if there is one."""
    try:
        pid = (data / "postmaster.pid").read_text().split("\n", 1)[0].strip()
    except OSError:
        return None
    return int(pid) if pid.isdigit() and processes.works_in(int(pid), data) else None


def start(*, data: Path, programs: Path, password: str, port: int) -> int:
    """Make the cluster if there is none, start it, and return the port that it listens on.

    Nothing of a previous life is lost: PostgreSQL replays its log. A port that somebody else has taken is exchanged.
    """
    account = processes.service_account(data)
    _has_a_name(account)
    for _ in range(10):
        if found := _clear_remains(data):
            return found
        if not (data / "PG_VERSION").exists():
            _make_cluster(data, programs, password, account)
        port = ports.choose(keep=port)
        _write(data / "postgresql.conf", configuration(port=port, memory=machine_memory()), account)
        _write(data / "pg_hba.conf", "host all all 127.0.0.1/32 scram-sha-256\n", account)
        _rotate(data / "server.log")
        if _pg_ctl(programs, data, "start", "-t", str(START_SECONDS), "-l", str(data / "server.log")) == 0:
            return port
        time.sleep(0.5)
    log = data / "server.log"
    raise ServicesFailed(f"The embedded PostgreSQL does not start; the last lines of {log} say why:\n{_tail(log)}")


def stop(*, data: Path, programs: Path) -> None:
    """Stop the cluster of this data directory, if it runs: clients are cut off, what was committed stays."""
    if not processes.servers_in(data):
        return
    _pg_ctl(programs, data, "stop", "-t", "30", "-m", "fast")
    processes.stop_all(processes.servers_in(data), first=signal.SIGQUIT, patience=5)


def provision(*, password: str, port: int, owner_password: str, app_password: str) -> None:
    """Roles, database and extensions; may be run again at any time.

    The owner makes tables and, for tests, databases, which take the extensions over from template1. The application owns
    nothing; migrations give it what it may do.
    """
    with closing(_connect(password, port, "postgres")) as session, session.cursor() as cursor:
        for role, secret, option in ((OWNER, owner_password, "CREATEDB"), (APP, app_password, "NOCREATEDB")):
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            verb = sql.SQL("ALTER" if cursor.fetchone() else "CREATE")
            rights = sql.SQL("LOGIN NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS " + option)
            statement = sql.SQL("{} ROLE {} WITH {} PASSWORD {}")
            cursor.execute(statement.format(verb, sql.Identifier(role), rights, sql.Literal(secret)))
    with closing(_connect(password, port, "template1")) as session:
        _add_extensions(session)
    with closing(_connect(password, port, "postgres")) as session, session.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if not cursor.fetchone():
            cursor.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
            )
    with closing(_connect(password, port, DATABASE)) as session, session.cursor() as cursor:
        _add_extensions(session)
        cursor.execute(sql.SQL("ALTER SCHEMA public OWNER TO {}").format(sql.Identifier(OWNER)))


def configuration(*, port: int, memory: int) -> str:
    """postgresql.conf for a machine with `memory` bytes. ALTER SYSTEM still overrides it."""
    small = memory <= 4 * GIGABYTE
    megabyte = 1024**2
    settings = {
        "listen_addresses": "'127.0.0.1'",
        "port": port,
        "unix_socket_directories": "''",  # a socket's path may be 107 bytes long, a checkout's longer
        "max_connections": 200,
        "password_encryption": "scram-sha-256",
        "shared_buffers": "256MB" if small else f"{min(memory // 6, 4 * GIGABYTE) // megabyte}MB",
        "effective_cache_size": "1GB" if small else f"{memory // 2 // megabyte}MB",
        "work_mem": "16MB" if small else f"{min(memory // 384, 64 * megabyte) // megabyte}MB",
        "maintenance_work_mem": "128MB" if small else f"{min(memory // 24, GIGABYTE) // megabyte}MB",
        "max_wal_size": "1GB" if small else "8GB",
        "checkpoint_timeout": "15min",
        "wal_compression": "pglz",
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "jit": "off",
        "random_page_cost": "1.1",
        "effective_io_concurrency": 200,
        "max_parallel_workers_per_gather": 0,
        "timezone": "'UTC'",
        "log_timezone": "'UTC'",
        # statements and row values stay out of the log: they would carry the words of private negotiations
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
    }
    lines = [f"{name} = {value}" for name, value in settings.items()]
    return "\n".join(
        ["# Written at each start of the embedded services; use ALTER SYSTEM for settings of your own.", *lines, ""]
    )


def machine_memory() -> int:
    """Bytes that we may use: the machine's, or the container's where that is less."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for limit in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        try:
            memory = min(memory, int(Path(limit).read_text()))
        except (OSError, ValueError):
            continue
    return memory


def _pg_ctl(programs: Path, data: Path, verb: str, *options: str) -> int:
    command = [str(programs / "pg_ctl"), verb, "-D", str(data), "-s", "-w", *options]
    how = processes.run_options(processes.service_account(data))
    return subprocess.run(command, check=False, stderr=subprocess.DEVNULL, **how).returncode


def _make_cluster(data: Path, programs: Path, password: str, account: pwd.struct_passwd | None) -> None:
    # made beside its place and moved there whole, so that a killed initdb leaves nothing that looks like a cluster
    # a place of its own each time: the initdb of a killed start may still be busy in the last one
    for remains in data.parent.glob("postgres.new-*"):
        processes.stop_all(processes.servers_in(remains), first=signal.SIGKILL, patience=5)
        shutil.rmtree(remains, ignore_errors=True)
    half, password_file = data.with_name(f"postgres.new-{secrets.token_hex(4)}"), data.with_name("postgres.password")
    if data.exists() and any(data.iterdir()):
        raise ServicesFailed(f"{data} holds files, but no PostgreSQL cluster. Move that folder away and start again.")
    half.mkdir(mode=0o700)
    _write(password_file, password + "\n", account)
    _give(half, account)
    command = [
        str(programs / "initdb"),
        f"--pgdata={half}",
        f"--username={SUPERUSER}",
        f"--pwfile={password_file}",
        *CLUSTER,
    ]
    options = processes.run_options(account)
    try:
        result = subprocess.run(command, check=False, stderr=subprocess.PIPE, text=True, **options)
    finally:
        password_file.unlink(missing_ok=True)
    if result.returncode != 0:
        raise ServicesFailed(f"The PostgreSQL cluster cannot be made: {result.stderr.strip()}")
    if data.exists():
        data.rmdir()
    half.rename(data)


def _clear_remains(data: Path) -> int | None:
    """Get what a killed postmaster left out of the way; the port instead if one lives after all.

    PostgreSQL refuses to start over orphans that still hold its shared memory, and over a pid file whose number now
    belongs to a zombie or to any other process. So the orphans are ended, and the file goes once no process works in
    this directory. A live postmaster is never touched, only waited for: it may be replaying its log.
    """
    pid_file = data / "postmaster.pid"
    deadline = time.monotonic() + START_SECONDS
    while pid := postmaster(data):
        lines = pid_file.read_text().splitlines() if pid_file.exists() else []
        if len(lines) > 7 and lines[7].strip() == "ready":
            return int(lines[3])
        if time.monotonic() > deadline:
            raise ServicesFailed(
                f"PostgreSQL (process {pid}) is not ready yet; see {data / 'server.log'}, try again later."
            )
        time.sleep(0.05)
    if processes.stop_all(processes.servers_in(data), first=signal.SIGQUIT, patience=10):
        pid_file.unlink(missing_ok=True)
    return None


def _add_extensions(session: Connection) -> None:
    with session.cursor() as cursor:
        for extension in EXTENSIONS:
            cursor.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))


def _connect(password: str, port: int, database: str) -> Connection:
    session = psycopg2.connect(
        host="127.0.0.1",
        port=port,
        user=SUPERUSER,
        password=password,
        dbname=database,
        connect_timeout=5,
        sslmode="disable",
    )
    session.autocommit = True
    return session


def _has_a_name(account: pwd.struct_passwd | None) -> None:
    try:
        pwd.getpwuid(os.geteuid() if account is None else account.pw_uid)
    except KeyError as error:
        raise ServicesFailed(
            f"User number {os.geteuid()} has no name on this machine, and PostgreSQL needs one: add a line to /etc/passwd."
        ) from error


def _rotate(log: Path) -> None:
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.rename(log.with_suffix(".log.1"))


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-5:]) if log.exists() else "(no log)"


def _write(path: Path, text: str, account: pwd.struct_passwd | None) -> None:
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    _give(path, account)


def _give(path: Path, account: pwd.struct_passwd | None) -> None:
    if account is not None:
        os.chown(path, account.pw_uid, account.pw_gid)
