"""Settings shared by every environment; values come from the environment (see .env.example). Read next: urls.py."""

from pathlib import Path

from . import env
from .beat import CELERY_BEAT_SCHEDULE as CELERY_BEAT_SCHEDULE  # noqa: PLC0414 - a setting like the others

BASE_DIR = Path(__file__).resolve().parent.parent.parent

# --- Identity -------------------------------------------------------------------------------------------------------
SECRET_KEY = env.text("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.items("SECRET_KEY_FALLBACKS")
FIELD_KEYS = env.items("FIELD_KEYS")  # Fernet keys for identity numbers; the first one encrypts, all decrypt
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
SITE_ORIGIN = env.text("SITE_ORIGIN", "http://127.0.0.1:8000")  # mail links; never taken from a request
DEBUG = False

# --- Applications ---------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "guardian",
    "django_filters",
    "django_htmx",
    "lucide",
    "pgtrigger",
    "platform_site.outbox",
    "platform_site.ui",
    "platform_site.audit",
    "platform_site.files",
    "platform_site.regions",
    "platform_site.accounts",
    "platform_site.notices",
    "patents",
    "trading",
    "expos",
    "governance",
    "platform_site.portal",
]

MIDDLEWARE = [
    "platform_site.portal.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "platform_site.portal.middleware.HeadersMiddleware",
    "platform_site.ui.middleware.PreferencesMiddleware",
    "csp.middleware.CSPMiddleware",
    "platform_site.portal.middleware.CleanInputMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "platform_site.portal.middleware.VisitorMiddleware",
    "platform_site.portal.middleware.LoginWantedMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "platform_site.portal.sessions.SessionLimitsMiddleware",
    "platform_site.portal.denials.DenialsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "platform_site.portal.middleware.AccountStateMiddleware",
    "platform_site.portal.limits.RateLimitsMiddleware",
    "platform_site.portal.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "platform_site.urls"
WSGI_APPLICATION = "platform_site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "platform_site.ui.renderer.PortalRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "platform_site.ui.context_processors.face",
                "platform_site.portal.context_processors.portal",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "platform_site.ui.templatetags.ui",
            ],
        },
    }
]

# --- Storage --------------------------------------------------------------------------------------------------------
# The application's role owns nothing; migrations and tests run as the owner (decision 0005).
_database_url = env.text("DATABASE_OWNER_URL") if env.text("PORTAL_DB_ROLE") == "owner" else env.text("DATABASE_URL")
DATABASES = {"default": env.database(_database_url or env.text("DATABASE_URL"))}
APP_DATABASE_ROLE = env.text("APP_DATABASE_ROLE", "portal_app")
REDIS_URL = env.text("REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES = {
    "default": {"BACKEND": "platform_site.portal.limits.DatabaseLimits"},  # what the log-in library counts in
    "pages": {
        "BACKEND": "platform_site.portal.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "portal",
        "OPTIONS": {"socket_timeout": 0.2, "socket_connect_timeout": 0.2},
    },
}
SESSION_ENGINE = "platform_site.accounts.models.session"
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(BASE_DIR / "var" / "media")))
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(BASE_DIR / "var" / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_URL = "/static/"
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
ANCHOR_DIR = Path(
    env.text("ANCHOR_DIR", str(BASE_DIR / "var" / "anchors"))
)  # head of the audit chain, outside the database
MAX_UPLOAD_BYTES = 20 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_PERMISSIONS = 0o600

# --- Queue ----------------------------------------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 600
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Without these a worker stays deaf after bytes are lost on an open connection (dependencies.md, trap 2).
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 15,
    "socket_connect_timeout": 5,
    "socket_keepalive": True,
    "health_check_interval": 10,
    "visibility_timeout": 3600,
}
CELERY_TIMEZONE = "Asia/Shanghai"

# --- People ---------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "platform_site.accounts.backends.AccountBackend",
    "guardian.backends.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
]
ANONYMOUS_USER_NAME = None  # guardian's stored anonymous user would be a person nobody is
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_RAISE_403 = False
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "platform_site.accounts.validators.PlatformWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:desk"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {"signup": "platform_site.accounts.forms.SignupForm"}
ACCOUNT_ADAPTER = "platform_site.accounts.adapter.AccountAdapter"
# Limits count failures, so 30 good logins from one office address pass. The key of login_failed is account and network
# (accounts/adapter.py): whoever guesses at an account does not lock its owner out elsewhere.
ACCOUNT_RATE_LIMITS = {
    "login": False,
    "login_failed": "5/15m/key,50/h/ip",
    "login_account": "20/h/key",
    "signup": "40/h/ip",
    "reset_password": "20/h/ip,3/h/key",
}
# The same notation for what a signed-in person sends: by the name of the address, and every upload and CSV export.
RATE_LIMITS = {
    "accounts:verification_submit": "10/h/user",
    "trading:enquiry_create": "30/h/user",
    "trading:message_send": "120/h/user",
    "trading:offer_make": "30/h/user",
    "trading:need_propose": "60/h/user",
    "upload": "120/h/user",
    "export": "60/h/ip",
}
# What anybody may open so often from one address: a code of a contract is not to be tried out.
READ_LIMITS = {"trading:verify_detail": "120/h/ip"}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "中部专利平台"
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "platform_site.portal.views.refusals.csrf_failure"

# --- Languages and time ---------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"  # msgids are Chinese (decision 0003); English lives in locale/en
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- Mail -----------------------------------------------------------------------------------------------------------
EMAIL_BACKEND = env.text("EMAIL_BACKEND", "platform_site.notices.backends.FolderBackend")
MAIL_DIR = Path(env.text("MAIL_DIR", str(BASE_DIR / "var" / "mail")))
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "中部专利平台 <no-reply@platform.example>")

# --- Browser --------------------------------------------------------------------------------------------------------
_SELF = "'self'"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": [_SELF],
        "style-src": [_SELF],
        "img-src": [_SELF, "data:"],
        "font-src": [_SELF],
        "connect-src": [_SELF],
        "form-action": [_SELF],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": [_SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- Product --------------------------------------------------------------------------------------------------------
COUNT_VIEWS = True  # openings of listings, for their owners (patents/page_views.py)
# calendar days for which a public body posts its price before it concludes (S&T Transformation Law art. 18)
POSTING_DAYS = 15
RESERVATION_DAYS = 30  # an accepted offer holds its rights so long for the signatures of both sides
REVIEW_WORKING_DAYS = 5  # an officer answers a submission within this many mainland working days
VERIFICATION_WORKING_DAYS = 3
STATIONING_WORKING_DAYS = 10  # a facility answers an application for stationing within these
ROTATION_FIRST_YEAR = 2007  # domain.md: the agreement was signed on 5 July 2007

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
}
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
