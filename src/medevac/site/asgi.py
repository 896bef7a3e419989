"""The application that an ASGI server runs: `uvicorn medevac.site.asgi:application`."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.asgi import get_asgi_application

from medevac.site.request_size import BoundedRequests

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medevac.site.settings")
application = BoundedRequests(get_asgi_application(), most_bytes=settings.LARGEST_REQUEST_BYTES)
