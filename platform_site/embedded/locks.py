"""Who uses the services: file locks that the kernel drops by itself when a process dies, however it dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def starting(var: Path) -> Iterator[None]:
    """One process at a time starts or stops services; the others wait here."""
    descriptor = _open(var / "start.lock")
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def hold(var: Path) -> int:
    """Join the users of the services until the returned descriptor is closed.

    Descriptors of Python close on exec, so a server never inherits the lock; a fork shares it, and counts as a user.
    """
    descriptor = _open(var / "services.lock")
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def nobody_left(var: Path) -> bool:
    """Whether no process uses the services. Ask while `starting` is held, so that none can join meanwhile."""
    descriptor = _open(var / "services.lock")
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
