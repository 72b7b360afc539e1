"""`manage.py run` that cannot run says why. What it survives is the drill's: tests/drills/test_kill.py."""

import socket
import subprocess
import sys

import pytest

from platform_site.embedded import processes
from tests.platform_site.embedded.services import CHECKOUT, clean_environment

pytestmark = pytest.mark.drill


def test_a_taken_port_is_said_in_a_sentence(common_var):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        settings = {"DJANGO_SETTINGS_MODULE": "platform_site.settings.dev", "DEMO": "no", "PORT": port}
        environment = clean_environment(PYTHONUNBUFFERED=1, VAR=common_var, **settings)
        environment.pop("PORTAL_DB_ROLE", None)
        command = [sys.executable, "manage.py", "run"]
        refused = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, timeout=60)

    assert refused.returncode == 1
    assert f"127.0.0.1:{port} cannot be used" in refused.stdout + refused.stderr
    assert not [pid for name in ("postgres", "valkey") for pid in processes.servers_in(common_var / name)]
