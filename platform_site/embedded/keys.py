"""Passwords and keys of one installation: drawn once, kept in files that only their owner reads."""

import base64
import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path


def read_or_make(folder: Path, name: str, make: Callable[[], str] = lambda: secrets.token_urlsafe(32)) -> str:
    """The secret called `name`, made by `make` the first time. Callers hold the start lock."""
    path = folder / name
    if not path.exists():
        write_durably(path, make())
    return path.read_text().strip()


def signing_key() -> str:
    """A new SECRET_KEY."""
    return secrets.token_urlsafe(64)


def field_key() -> str:
    """A new key for encrypted columns: 32 random bytes as Fernet writes them."""
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


def write_durably(path: Path, text: str) -> None:
    """Write a file of mode 0600 so that a crash leaves the old one or the new one, never half of it."""
    half = path.with_name(path.name + ".new")
    half.unlink(missing_ok=True)
    descriptor = os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    half.rename(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read_state(path: Path) -> dict[str, int]:
    """The ports and the provisioning step reached; empty when the file is missing or was written by a dying disk."""
    try:
        state = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


def write_state(path: Path, state: dict[str, int]) -> None:
    write_durably(path, json.dumps(state, sort_keys=True))
