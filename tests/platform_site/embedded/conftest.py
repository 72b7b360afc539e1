"""A folder for services of a test's own, and processes that use them. Read next: services.py."""

import contextlib
import os
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.platform_site.embedded.services import Holder, clean_environment, clear, reachable_programs, start, told


@contextlib.contextmanager
def _folder():
    folder = Path(tempfile.mkdtemp(prefix="portal-services-")).resolve()
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        for var in (folder, *folder.iterdir()):
            clear(var)


@pytest.fixture
def open_folder():
    """A folder that every account may enter, as those of pytest are not; what runs or lies in it goes at the end."""
    with _folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def common_var():
    """A VAR that the tests of a module share one after another: to make a cluster takes longer than most of them."""
    with _folder() as folder:
        yield folder / "var"


@pytest.fixture
def join(open_folder, common_var):
    """Start a process that uses the services, and wait until they answer."""
    began: list[subprocess.Popen] = []

    def joined(
        var: Path | None = None, *, user: int = 0, environment: dict[str, str] | None = None, **options
    ) -> Holder:
        environment = {**(clean_environment() if environment is None else environment)}
        environment["VAR"] = str(var or common_var)
        if user:
            Path(environment["VAR"]).mkdir(exist_ok=True)
            os.chown(environment["VAR"], user, user)
            environment |= {"TEST_USER": str(user), **reachable_programs(open_folder)}
        began.append(start(environment=environment, **options))
        return told(began[-1])

    yield joined
    for process in began:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.wait(30)
        process.stdin.close()
        process.stdout.close()
