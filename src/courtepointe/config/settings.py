"""Every setting, read strictly from the environment: a wrong value stops the start.

| variable | meaning | default |
| --- | --- | --- |
| `COURTEPOINTE_DATA` | folder of the database, the secret key and caches | `data` |
| `COURTEPOINTE_PACK` | the pack that the site serves | `<data>/pack` |
| `COURTEPOINTE_DATABASE_URL` | `postgres://…`; SQLite in the data folder where absent | |
| `COURTEPOINTE_HOSTS` | host names served, comma-separated | `localhost,127.0.0.1` |
| `COURTEPOINTE_DEBUG` | `1` shows errors in the page; never on a public machine | `0` |
| `COURTEPOINTE_HTTPS` | `1` where a proxy in front speaks HTTPS | `0` |
| `COURTEPOINTE_NODE_MODULES` | where `npm ci` put the browser libraries | `node_modules` |
| `COURTEPOINTE_SECRET_KEY` | the secret; else one is made and kept in the data folder | |
| `COURTEPOINTE_CONTACT_KEYS` | keys that seal contacts, comma-separated, the newest first; else as above | |
| `COURTEPOINTE_MAIL_URL` | `smtp://user:password@host:587?from=…`; without it nothing is ever sent | |
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[3]


def _switch(name: str) -> bool:
    value = os.environ.get(name, "0")
    if value not in ("0", "1"):
        raise ImproperlyConfigured(f"{name} is {value!r}; expected 0 or 1")
    return value == "1"


def _kept_secret(folder: Path, name: str, drawn: Callable[[], str]) -> str:
    """Read a secret of the environment, else of the data folder, where one is made the first time."""
    given = os.environ.get(f"COURTEPOINTE_{name.upper()}")
    if given:
        return given
    kept = folder / name
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # Two processes that start together must not keep two secrets: only one creates the file.
        mine = folder / f".{name}.{os.getpid()}"
        mine.touch(mode=0o600)
        mine.write_text(drawn(), encoding="utf-8")
        with suppress(FileExistsError):
            os.link(mine, kept)
        mine.unlink()
    return kept.read_text(encoding="utf-8").strip()


DATA = Path(os.environ.get("COURTEPOINTE_DATA", "data")).resolve()
PACK = Path(os.environ.get("COURTEPOINTE_PACK", str(DATA / "pack"))).resolve()
NODE_MODULES = Path(os.environ.get("COURTEPOINTE_NODE_MODULES", str(ROOT / "node_modules")))
SHARED = Path(os.environ.get("COURTEPOINTE_SHARED", str(ROOT.parent / "shared")))

DEBUG = _switch("COURTEPOINTE_DEBUG")
BEHIND_HTTPS = _switch("COURTEPOINTE_HTTPS")
SECRET_KEY = _kept_secret(DATA, "secret_key", lambda: secrets.token_urlsafe(50))
CONTACT_KEYS = [
    key.strip()
    for key in _kept_secret(DATA, "contact_keys", lambda: Fernet.generate_key().decode()).split(",")
]

# Nothing goes out where the operator gave no server.
MAIL = urlsplit(os.environ.get("COURTEPOINTE_MAIL_URL", ""))
SENDS_MAIL = bool(MAIL.hostname)
DEFAULT_FROM_EMAIL = parse_qs(MAIL.query).get("from", [""])[0]
if MAIL.geturl() and (MAIL.scheme not in ("smtp", "smtps") or "@" not in DEFAULT_FROM_EMAIL):
    raise ImproperlyConfigured(
        "COURTEPOINTE_MAIL_URL: expected smtp://user:password@host:port?from=name@host"
    )
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if SENDS_MAIL else 'dummy'}.EmailBackend"
EMAIL_HOST = MAIL.hostname or ""
EMAIL_PORT = MAIL.port or (465 if MAIL.scheme == "smtps" else 587)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(MAIL.username or ""), unquote(MAIL.password or "")
EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL.scheme == "smtps", MAIL.scheme == "smtp"
ALLOWED_HOSTS = [
    host.strip()
    for host in os.environ.get("COURTEPOINTE_HOSTS", "localhost,127.0.0.1").split(",")
    if host.strip()
]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "courtepointe.people",
    "courtepointe.places.assets",
    "courtepointe.engagement",
    "courtepointe.engagement.programme",
    "courtepointe.engagement.partners",
    "courtepointe.places",
    "courtepointe.portraits",
    "courtepointe.portraits.resilience",
    "courtepointe.portraits.evidence",
    "courtepointe.portraits.readings",
    "courtepointe.portraits.surveys",
    "courtepointe.hubs",
    "courtepointe.plans",
    # Before allauth: its pages are drawn by our templates.
    "courtepointe.doors.site",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    # What takes long is done by a process of its own, which `courtepointe site serve` starts.
    "django_tasks_db",
]

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "courtepointe.doors.site.security.ContentSecurityPolicy",
    "django.middleware.gzip.GZipMiddleware",
    "courtepointe.doors.site.security.BodiesWithinLimit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "courtepointe.doors.site.security.ClosedByDefault",
    "courtepointe.doors.site.once.DoneOnce",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "courtepointe.doors.site.errors.AnswerErrors",
]

ROOT_URLCONF = "courtepointe.config.urls"
WSGI_APPLICATION = "courtepointe.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "courtepointe.doors.site.context.every_page",
            ],
            "builtins": ["courtepointe.doors.site.templatetags.courtepointe"],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("COURTEPOINTE_DATABASE_URL", f"sqlite:///{DATA / 'courtepointe.sqlite3'}"),
        conn_max_age=60,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "transaction_mode": "IMMEDIATE",
    }

# How often somebody tried to sign in is counted for all processes together: in the database, which no
# server has to be added to. `site prepare` makes the table.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kept_for_a_while",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Who signs in: a passkey, or a password and a second factor. An account is opened by an invitation.
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "spaces"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "courtepointe.doors.site.accounts.adapter.Doorkeeper"
MFA_ADAPTER = "courtepointe.doors.site.accounts.adapter.Factors"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
# Behind a proxy of ours an address is what it added itself: else all would share its address, and a stranger's
# wrong passwords would close the door to all.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_HTTPS else 0
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Courtepointe"
MFA_TOTP_TOLERANCE = 1
# Browsers give passkeys to https and to localhost alone; plain http elsewhere has the other way.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not BEHIND_HTTPS
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = "Lax"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Montreal"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "courtepointe.doors.site.statics.Statics"},
}
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "courtepointe.doors.site.libraries.BrowserLibraries",
]
WHITENOISE_USE_FINDERS = DEBUG

# A person may send a boundary file, never more than this; the view says so by name.
UPLOAD_LIMIT_BYTES = 10 * 1024 * 1024
# Where a form carries a photo, it may weigh this.
PHOTO_LIMIT_BYTES = 25 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_LIMIT_BYTES
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

CSRF_FAILURE_VIEW = "courtepointe.doors.site.errors.csrf_refused"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = BEHIND_HTTPS
CSRF_COOKIE_SECURE = BEHIND_HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if BEHIND_HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
