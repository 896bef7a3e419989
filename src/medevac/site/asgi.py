"""The application that an ASGI server runs: `uvicorn medevac.site.asgi:application`."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medevac.site.settings")
application = get_asgi_application()
