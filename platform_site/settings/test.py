"""The tests: real PostgreSQL as the owner role, a queue that the tests drive themselves. Read next: tests/conftest.py."""

import atexit
import shutil
import tempfile
from pathlib import Path

from platform_site import embedded

embedded.ensure()  # before base.py reads the environment

from . import env  # noqa: E402
from .base import *  # noqa: E402, F403
from .base import STORAGES  # noqa: E402

_scratch = Path(tempfile.mkdtemp(prefix="portal-test-"))
atexit.register(shutil.rmtree, _scratch, ignore_errors=True)
DATABASES = {"default": {**env.database(env.text("DATABASE_OWNER_URL")), "CONN_MAX_AGE": 0}}
DATABASES["default"]["TEST"] = {"NAME": env.text("PORTAL_TEST_DB") or None}
SECRET_KEY = env.text("SECRET_KEY", "test-key-" + "x" * 50)
FIELD_KEYS = env.items("FIELD_KEYS") or ["MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = _scratch / "media"
MAIL_DIR = _scratch / "mail"
ANCHOR_DIR = _scratch / "anchors"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
_memory = "django.core.cache.backends.locmem.LocMemCache"  # tests of the limits themselves count in PostgreSQL
CACHES = {name: {"BACKEND": _memory, "LOCATION": name} for name in ("default", "pages")}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
LOGGING_CONFIG = None
COUNT_VIEWS = False  # the tests share one Valkey with whatever runs beside them
OUTBOX_WAKE = False  # nothing leaves the process: tests call outbox.drain() themselves
