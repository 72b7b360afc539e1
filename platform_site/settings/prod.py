"""Behind TLS: secure cookies, HSTS, no default secrets. Read next: base.py and deploy/."""

from django.core.exceptions import ImproperlyConfigured

from . import env
from .base import *  # noqa: F403
from .base import FIELD_KEYS, SECRET_KEY

if len(SECRET_KEY) < 50 or not FIELD_KEYS or not env.text("DATABASE_URL"):
    raise ImproperlyConfigured(
        "SECRET_KEY (50 characters), FIELD_KEYS and DATABASE_URL must be set in the environment."
    )

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
LANGUAGE_COOKIE_SECURE = True
