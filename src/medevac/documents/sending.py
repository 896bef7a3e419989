"""An opened document as an answer to a browser or a program: streamed, never run, never stored."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from medevac.documents.services import Opened

# Whatever the bytes are: no script, no form, no other address, an origin of its own.
NOTHING_RUNS = "sandbox; default-src 'none'"


def sent(request: HttpRequest, opened: Opened) -> StreamingHttpResponse:
    """The answer. Its length is told, so that an answer that breaks off is known to be broken."""
    # Under ASGI Django would read a plain iterator to its end before it sends the first byte.
    content = _later(opened.parts) if isinstance(request, ASGIRequest) else opened.parts
    response = StreamingHttpResponse(content, content_type=opened.content_type)
    response.headers["Content-Length"] = str(opened.document.size)
    response.headers["Content-Disposition"] = f'attachment; filename="{opened.file_name}"'
    close(response)
    return response


def close(response: HttpResponse | StreamingHttpResponse) -> None:
    """Have a browser run nothing of it, guess nothing about it, and keep nothing of it."""
    response.headers["Content-Security-Policy"] = NOTHING_RUNS
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"


async def _later(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    def following() -> bytes | None:
        return next(parts, None)

    step = sync_to_async(following)
    while (part := await step()) is not None:
        yield part
