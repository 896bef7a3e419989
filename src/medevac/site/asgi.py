"""The application that an ASGI server runs: `uvicorn medevac.site.asgi:application`."""

from __future__ import annotations

import gc
import os

import django
from django.conf import settings
from django.urls import get_resolver

from medevac.site.one_thread import OneThreadHandler
from medevac.site.request_size import BoundedRequests

OBJECTS_UNTIL_LOOKED_THROUGH = 20_000
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medevac.site.settings")
django.setup(set_prefix=False)
application = BoundedRequests(OneThreadHandler(), most_bytes=settings.LARGEST_REQUEST_BYTES)

# What is loaded by now stays: looking through it for garbage took 100 ms in every tenth request.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
# A page makes some ten thousand objects, nearly all of which go by themselves; Python would look after 700.
gc.set_threshold(OBJECTS_UNTIL_LOOKED_THROUGH, 10, 10)
