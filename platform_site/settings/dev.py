"""`make run`: plain HTTP on this machine, real error pages. Read next: base.py."""

from . import env
from .base import *  # noqa: F403

_host = env.text("HOST", "127.0.0.1")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", _host, *env.items("ALLOWED_HOSTS")]
if _host in {"0.0.0.0", "::"}:  # listening on every address: whichever name reached this machine is its own
    ALLOWED_HOSTS = ["*"]
SITE_ORIGIN = env.text(
    "SITE_ORIGIN", f"http://{_host if _host not in {'0.0.0.0', '::'} else '127.0.0.1'}:{env.text('PORT', '8000')}"
)
# Wheels alone do not bring the check for common passwords up to date; the tests and `check --deploy` use prod.
