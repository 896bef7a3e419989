"""A request goes through middleware and view in one thread, in one go, when it is its turn.

Django's own handler goes back to the event loop between the middleware and the view. Where a process has
several requests at once, each of these ways waits until another thread lets Python's lock go.
"""

from __future__ import annotations

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from medevac.site.turns import TURNS


class OneThreadHandler(ASGIHandler):
    """Django's handler for ASGI; an async view runs in the event loop, as with Django's own.

    A turn is the time between the last byte of the request and the first of the answer: neither a slow sender
    nor a stream that stays open holds one.
    """

    def __init__(self) -> None:
        super().__init__()
        self.load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request in the thread that is its own."""
        async with TURNS.turn():
            return await sync_to_async(self.get_response, thread_sensitive=True)(request)
