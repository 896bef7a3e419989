"""The settings of `medevac demo`: those of the service, and the switcher between invented accounts."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from medevac.site.settings import *  # noqa: F403
from medevac.site.settings import ADDRESS, INSTALLED_APPS, MIDDLEWARE, TEMPLATES

if urlsplit(ADDRESS).hostname != "localhost":
    raise ImproperlyConfigured(
        f"The demonstration lets anybody in as anybody, so it answers at localhost only, not at {ADDRESS}. "
        "Start it with `medevac demo`; for a real service use `medevac serve`."
    )

DEMONSTRATION = True
ROOT_URLCONF = "medevac.site.demonstration.urls"
INSTALLED_APPS = [*INSTALLED_APPS, "medevac.site.demonstration"]
MIDDLEWARE = ["medevac.site.demonstration.own.OwnOnlyMiddleware", *MIDDLEWARE]
TEMPLATES[0]["OPTIONS"]["context_processors"].append("medevac.site.demonstration.context.banner")
LOGIN_URL = "demonstration:choose"
SESSION_COOKIE_NAME = "demonstration_session"
CSRF_COOKIE_NAME = "demonstration_csrf"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # nothing leaves the machine
