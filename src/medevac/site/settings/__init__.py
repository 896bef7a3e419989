"""Django's settings, made from the environment; what can be set, and how it is checked: `environment`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from medevac.site.log_lines import log_settings
from medevac.site.settings.environment import LOCAL_HOSTS, read_settings
from medevac.site.settings.sign_in import sign_in_settings

SITE_FOLDER = Path(__file__).resolve().parent.parent
ENVIRONMENT = read_settings(os.environ)

ADDRESS: str = ENVIRONMENT["MEDEVAC_ADDRESS"]
ENCRYPTED = ADDRESS.startswith("https://")
_HOST = urlsplit(ADDRESS).hostname or ""

DEBUG = False
SECRET_KEY = ENVIRONMENT["MEDEVAC_SECRET_KEY"]
MEDEVAC_IDENTIFIER_KEY = ENVIRONMENT["MEDEVAC_IDENTIFIER_KEY"]
MEDEVAC_IDENTIFIER_OTHER_KEYS = ENVIRONMENT["MEDEVAC_IDENTIFIER_OTHER_KEYS"]
ALLOWED_HOSTS = [*LOCAL_HOSTS] if _HOST in ("localhost", "127.0.0.1", "::1") else [_HOST]
CSRF_TRUSTED_ORIGINS = [ADDRESS]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "medevac.site.apps.FlashConfig",  # django.contrib.messages, labelled so that our own room keeps its name
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",  # its templates, which the shell's own stand before
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "django_htmx",
    "medevac.audit",
    "medevac.people",
    "medevac.operations",
    "medevac.api",
    "medevac.messages",
    "medevac.directory",
    "medevac.documents",
    "medevac.cases",
    "medevac.offers",
    "medevac.site",
]

MIDDLEWARE = [
    "medevac.site.request_id.RequestIdMiddleware",
    "medevac.site.watching.WatchMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "medevac.site.static_files.StaticFilesMiddleware",
    "medevac.site.headers.SecureHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "medevac.site.faults.TooLargeMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "medevac.audit.middleware.RecordMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "medevac.people.middleware.SessionEndMiddleware",
    "medevac.people.middleware.OwnLanguageMiddleware",
    "medevac.site.choices.PageLanguageMiddleware",
    "medevac.site.faults.RefusalMiddleware",
    "medevac.people.middleware.ReadingMiddleware",
    "medevac.people.middleware.SecondFactorMiddleware",
    "medevac.people.middleware.PageMiddleware",
]

LARGEST_REQUEST_BYTES = ENVIRONMENT["MEDEVAC_LARGEST_REQUEST_MB"] * 1_000_000
PROCRASTINATE_ON_APP_READY = "medevac.audit.jobs.say_who_acts"
# Several at once, so that a long job, such as many letters in a row, holds back neither rescue nor watch.
PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": 4}

METRICS_FROM = ENVIRONMENT["MEDEVAC_METRICS_FROM"]
METRICS_TOKEN = ENVIRONMENT["MEDEVAC_METRICS_TOKEN"]
LOGGING_CONFIG = "medevac.site.log_lines.configure"
LOGGING = log_settings(ENVIRONMENT["MEDEVAC_LOG_LEVEL"])

ROOT_URLCONF = "medevac.site.urls"
ASGI_APPLICATION = "medevac.site.asgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE_FOLDER / "templates"],  # before every app, so that allauth's layouts become ours
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.template.context_processors.tz",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "medevac.site.context.shell",
            ],
        },
    },
]


def database(parts: dict[str, Any]) -> dict[str, Any]:
    """Django's description of a database from the parts of its address."""
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    described: dict[str, Any] = {ours: parts[theirs] for theirs, ours in known.items() if theirs in parts}
    options = {name: value for name, value in parts.items() if name not in known}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **described,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**options, "pool": {"min_size": 1, "max_size": 10, "timeout": 10}},
    }


FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CSRF_FAILURE_VIEW = "medevac.site.faults.stale_form"

DATABASES = {"default": database(ENVIRONMENT["DATABASE_URL"])}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Names to choose from, for a minute; nothing that decides who may see what.
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "process"},
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("nb", "Norsk bokmål"), ("uk", "Українська")]
LOCALE_PATHS = [SITE_FOLDER / "locale"]
LANGUAGE_COOKIE_SECURE = ENCRYPTED
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
FORMAT_MODULE_PATH = ["medevac.site.formats"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # nothing to collect before the first start

if ENCRYPTED:  # a browser takes these names from this host alone, so that no neighbour can plant a session
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
SESSION_COOKIE_AGE = ENVIRONMENT["MEDEVAC_SESSION_HOURS"] * 3600
SESSION_IDLE_SECONDS = ENVIRONMENT["MEDEVAC_SESSION_IDLE_MINUTES"] * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = ENCRYPTED
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = ENCRYPTED
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if ENCRYPTED else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENCRYPTED
SECURE_SSL_REDIRECT = False  # the reverse proxy redirects; health checks come over plain http from within
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT["MEDEVAC_TRUSTED_PROXIES"] else None
)

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = ENVIRONMENT["MEDEVAC_MAIL_HOST"]
EMAIL_PORT = ENVIRONMENT["MEDEVAC_MAIL_PORT"]
EMAIL_HOST_USER = ENVIRONMENT["MEDEVAC_MAIL_USER"]
EMAIL_HOST_PASSWORD = ENVIRONMENT["MEDEVAC_MAIL_PASSWORD"]
EMAIL_USE_TLS = ENVIRONMENT["MEDEVAC_MAIL_TLS"]
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = ENVIRONMENT["MEDEVAC_MAIL_FROM"]

PUSH_KEY = ENVIRONMENT["MEDEVAC_PUSH_KEY"]
PUSH_CONTACT = ENVIRONMENT["MEDEVAC_PUSH_CONTACT"]
PUSH_HOSTS = ENVIRONMENT["MEDEVAC_PUSH_HOSTS"]
GATEWAY_URL = ENVIRONMENT["MEDEVAC_GATEWAY_URL"]
GATEWAY_SECRET = ENVIRONMENT["MEDEVAC_GATEWAY_SECRET"]

INVITATION_DAYS = ENVIRONMENT["MEDEVAC_INVITATION_DAYS"]
EMERGENCY_MINUTES = ENVIRONMENT["MEDEVAC_EMERGENCY_MINUTES"]
REVIEW_DAYS = ENVIRONMENT["MEDEVAC_REVIEW_DAYS"]
REVIEW_GRACE_DAYS = ENVIRONMENT["MEDEVAC_REVIEW_GRACE_DAYS"]
API_REQUESTS_PER_MINUTE = ENVIRONMENT["MEDEVAC_API_REQUESTS_PER_MINUTE"]
API_WRONG_TOKENS_PER_MINUTE = ENVIRONMENT["MEDEVAC_API_WRONG_TOKENS_PER_MINUTE"]

DOCUMENT_KEYS_FILE = ENVIRONMENT["MEDEVAC_DOCUMENT_KEYS_FILE"]
DOCUMENT_LARGEST_BYTES = ENVIRONMENT["MEDEVAC_DOCUMENT_LARGEST_MIB"] * 1024 * 1024
DOCUMENT_TYPES = ENVIRONMENT["MEDEVAC_DOCUMENT_TYPES"]
DOCUMENT_SCANNER = ENVIRONMENT["MEDEVAC_DOCUMENT_SCANNER"]
MEDEVAC_PRIORITY_HOURS = ENVIRONMENT["MEDEVAC_PRIORITY_HOURS"]
MEDEVAC_REQUIRED_SCREENING = ENVIRONMENT["MEDEVAC_REQUIRED_SCREENING"]
MEDEVAC_ITEM_DAYS = ENVIRONMENT["MEDEVAC_ITEM_DAYS"]
MEDEVAC_CHASE_HOURS = ENVIRONMENT["MEDEVAC_CHASE_HOURS"]
MEDEVAC_TIME_ZONE = ENVIRONMENT["MEDEVAC_TIME_ZONE"]
MEDEVAC_OFFERS_STAY_DAYS = ENVIRONMENT["MEDEVAC_OFFERS_STAY_DAYS"]
MEDEVAC_OFFERS_HOLD_HOURS = ENVIRONMENT["MEDEVAC_OFFERS_HOLD_HOURS"]
MEDEVAC_OFFERS_STALE_HOURS = ENVIRONMENT["MEDEVAC_OFFERS_STALE_HOURS"]
MEDEVAC_OFFERS_REMIND_HOURS = ENVIRONMENT["MEDEVAC_OFFERS_REMIND_HOURS"]
MEDEVAC_OFFERS_TAKEN_DAYS = ENVIRONMENT["MEDEVAC_OFFERS_TAKEN_DAYS"]
MEDEVAC_OFFERS_AIRCRAFT = ENVIRONMENT["MEDEVAC_OFFERS_AIRCRAFT"]

globals().update(sign_in_settings(ENVIRONMENT))
