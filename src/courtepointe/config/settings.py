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
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[3]


def _switch(name: str) -> bool:
    value = os.environ.get(name, "0")
    if value not in ("0", "1"):
        raise ImproperlyConfigured(f"{name} is {value!r}; expected 0 or 1")
    return value == "1"


def _secret_key(folder: Path) -> str:
    given = os.environ.get("COURTEPOINTE_SECRET_KEY")
    if given:
        return given
    kept = folder / "secret_key"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    return kept.read_text(encoding="utf-8").strip()


DATA = Path(os.environ.get("COURTEPOINTE_DATA", "data")).resolve()
PACK = Path(os.environ.get("COURTEPOINTE_PACK", str(DATA / "pack"))).resolve()
NODE_MODULES = Path(os.environ.get("COURTEPOINTE_NODE_MODULES", str(ROOT / "node_modules")))
SHARED = Path(os.environ.get("COURTEPOINTE_SHARED", str(ROOT.parent / "shared")))

DEBUG = _switch("COURTEPOINTE_DEBUG")
BEHIND_HTTPS = _switch("COURTEPOINTE_HTTPS")
SECRET_KEY = _secret_key(DATA)
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
    "courtepointe.portraits",
    "courtepointe.doors.site",
]

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
    "courtepointe.doors.site.security.ClosedByDefault",
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
