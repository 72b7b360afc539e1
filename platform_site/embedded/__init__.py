"""PostgreSQL and Valkey for one machine, started when needed and stopped by the last one out. No Django here.

Read next: `ensure`, then `locks` for who uses the services and `places` for where everything lies.
"""

import atexit
import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2

from platform_site.embedded import keys, locks, places, postgres, processes, valkey
from platform_site.embedded.errors import ServicesFailed
from platform_site.embedded.places import Places

__all__ = ["ServicesFailed", "ensure", "environment", "is_embedded", "release", "running"]

# What was put into the environment here, so that a child process can tell it from what an operator has set.
NOTE = "PORTAL_EMBEDDED"

_hold: tuple[int, int, Places] | None = None  # process id, lock descriptor, places


def ensure(*, keep: bool = False) -> None:
    """Make the embedded services answer and put their addresses and keys into os.environ (what is set there stays).

    Nothing happens when DATABASE_URL names services of somebody else. May be called again at any time, by any number
    of processes: the first starts the servers, the others find them, and what died is started anew. Whoever leaves
    last stops them; with `keep` this process leaves them running. Raises ServicesFailed with a sentence.
    """
    global _hold
    if not is_embedded():
        return
    found = places.find()
    with _alone(found):
        if _hold is None or _hold[0] != os.getpid() or _hold[2] != found:
            _hold = (os.getpid(), locks.hold(found.var), found)
            if not keep:
                atexit.register(release)
        _start(found)
        _tell(found)


def environment() -> None:
    """Put the same variables into os.environ without starting anything: for commands that only need settings."""
    if is_embedded():
        found = places.find()
        with _alone(found):
            _tell(found)


def release() -> None:
    """Leave the users of the services and, when nobody else is left, stop them. A fork never leaves for its parent."""
    global _hold
    if _hold is None or _hold[0] != os.getpid():
        return
    _, descriptor, found = _hold
    os.close(descriptor)
    _hold = None
    if not found.var.is_dir():  # somebody deleted it under running servers: there is nothing left to save
        for data in (found.valkey, found.postgres):
            processes.stop_all(processes.servers_in(data), first=signal.SIGQUIT, patience=2)
        return
    with locks.starting(found.var):
        if locks.nobody_left(found.var):
            valkey.stop(data=found.valkey)
            postgres.stop(data=found.postgres, programs=places.postgres_programs(found))


def running() -> bool:
    """Whether both servers live, at the cost of reading two files; True as well when they are not ours to watch."""
    if _hold is None:
        return True
    found = _hold[2]
    return postgres.postmaster(found.postgres) is not None and valkey.process(found.valkey) is not None


def is_embedded() -> bool:
    """Whether this process is to use embedded services: no DATABASE_URL but one that `ensure` itself has set."""
    return (os.environ.get("DATABASE_URL") or None) in (None, _told().get("DATABASE_URL"))


@contextmanager
def _alone(found: Places) -> Iterator[None]:
    try:
        with locks.starting(found.var):
            yield
    except PermissionError as error:
        raise ServicesFailed(
            f"{error.filename} belongs to another account: run as the account that made {found.var}, or set VAR= to another folder."
        ) from error
    except psycopg2.Error as error:
        raise ServicesFailed(f"The embedded PostgreSQL refuses to be set up: {error}") from error


def _start(found: Places) -> None:
    secret = _secrets(found)
    state_file = found.var / "services.json"
    state = keys.read_state(state_file)
    before = dict(state)
    try:
        port = state.get("postgres_port", 0)
        if not port or not postgres.answers(data=found.postgres, password=secret["superuser"], port=port):
            programs = places.postgres_programs(found)
            port = postgres.start(data=found.postgres, programs=programs, password=secret["superuser"], port=port)
            state["postgres_port"] = port
        if state.get("provisioned") != postgres.PROVISIONED:
            postgres.provision(
                password=secret["superuser"], port=port, owner_password=secret["owner"], app_password=secret["app"]
            )
            state["provisioned"] = postgres.PROVISIONED
        port = state.get("valkey_port", 0)
        if not port or not valkey.answers(data=found.valkey, password=secret["valkey"], port=port):
            program = places.valkey_program(found)
            port = valkey.start(data=found.valkey, program=program, password=secret["valkey"], port=port)
            state["valkey_port"] = port
    finally:
        if state != before:
            keys.write_state(state_file, state)


def _tell(found: Places) -> None:
    for name, value in _told().items():  # told by a parent: of another VAR perhaps, or of a server that has moved since
        if os.environ.get(name) == value:
            del os.environ[name]
    secret, state = _secrets(found), keys.read_state(found.var / "services.json")
    database_port, queue_port = state.get("postgres_port", 0), state.get("valkey_port", 0)
    values = {
        "DATABASE_URL": postgres.url(role=postgres.APP, password=secret["app"], port=database_port),
        "DATABASE_OWNER_URL": postgres.url(role=postgres.OWNER, password=secret["owner"], port=database_port),
        "REDIS_URL": valkey.url(password=secret["valkey"], port=queue_port),
        "SECRET_KEY": keys.read_or_make(found.secrets, "secret_key", keys.signing_key),
        "FIELD_KEYS": keys.read_or_make(found.secrets, "field_keys", keys.field_key),
        "VAR": str(found.var),
        **{name: str(folder) for name, folder in places.own_folders(found).items()},
    }
    told = {name: value for name, value in values.items() if not os.environ.get(name)}
    os.environ.update(told)
    os.environ[NOTE] = json.dumps(told)


def _told() -> dict[str, str]:
    told: dict[str, str] = json.loads(os.environ.get(NOTE, "{}"))
    return told


def _secrets(found: Places) -> dict[str, str]:
    places.own_folders(found)
    if (found.postgres / "PG_VERSION").exists() and not (found.secrets / "database_superuser").exists():
        raise ServicesFailed(
            f"{found.postgres} has data, but its passwords are gone from {found.secrets}: bring that folder back, "
            f"or move {found.var} away to begin anew."
        )
    names = {"superuser": "database_superuser", "owner": "database_owner", "app": "database_app", "valkey": "valkey"}
    return {name: keys.read_or_make(found.secrets, file) for name, file in names.items()}
