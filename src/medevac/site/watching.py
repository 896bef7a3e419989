"""Counts, times and logs every answer; and answers the machines that watch before anything else is asked."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import resolve

from medevac.operations.metrics import VERBS, count_request

logger = logging.getLogger(__name__)
# A probe knows neither our host name nor a session, and must not wait for the database without need.
FOR_MACHINES = frozenset({"/health/live", "/health/ready", "/metrics"})
QUIET = frozenset(
    {"operations:live", "operations:ready", "operations:metrics"}
)  # they come every few seconds


class WatchMiddleware:
    """Stands directly after the one that numbers requests."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        answer = self._answer(request)
        seconds = time.perf_counter() - began
        page = request.resolver_match.view_name if request.resolver_match else ""
        count_request(page, request.method or "", answer.status_code, seconds)
        level = logging.DEBUG if page in QUIET and answer.status_code < 400 else logging.INFO
        verb = request.method if request.method in VERBS else "other"
        facts = {
            "page": page,
            "verb": verb,
            "status": answer.status_code,
            "milliseconds": round(seconds * 1000),
        }
        logger.log(level, "A request was answered.", extra={"facts": facts})
        return answer

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if request.path_info not in FOR_MACHINES or request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        request.resolver_match = resolve(request.path_info)
        answer: HttpResponse = request.resolver_match.func(request)
        return answer
