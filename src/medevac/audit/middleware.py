"""Says who acts during a request, and while its answer is streamed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import Resolver404, resolve

from medevac.audit.context import Acting, acting

Answer = Callable[[HttpRequest], HttpResponse]


class RecordMiddleware:
    """Stands directly after the one that finds the user."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        who = Acting(
            actor=lambda: _user_of(request),  # asked anew, since signing in changes it
            request_id=getattr(request, "number", ""),
            page=_page_of(request),
        )
        _user_of(request)  # loads it now: within a statement the answer would need another one
        with acting(who):
            response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse):
            streamed: Any = response.streaming_content
            response.streaming_content = _async_as(who, streamed) if response.is_async else _as(who, streamed)
        return response


def _user_of(request: HttpRequest) -> UUID | None:
    pk = request.user.pk
    return pk if isinstance(pk, UUID) else None


def _page_of(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""


def _as(who: Acting, content: Iterator[bytes]) -> Iterator[bytes]:
    """Each part is made while the user of the request acts; the server asks for it later, maybe elsewhere."""
    parts = iter(content)
    while True:
        with acting(who):
            try:
                part = next(parts)
            except StopIteration:
                return
        yield part


async def _async_as(who: Acting, content: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    parts = aiter(content)
    while True:
        with acting(who):
            try:
                part = await anext(parts)
            except StopAsyncIteration:
                return
        yield part
