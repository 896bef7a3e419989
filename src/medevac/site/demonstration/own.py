"""Answers nothing but the machine itself, and nothing beside a database that is not the demonstration's."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from django.db import connection
from django.http import HttpRequest, HttpResponse

from medevac.site.demonstration.own_database import is_demonstration


class OwnOnlyMiddleware:
    """Refuses requests from other machines, and every request where the database is somebody's real one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.own = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not from_here(request) or not self._beside_its_own():
            return HttpResponse("This demonstration answers on its own machine only.", status=403)
        return self.get_response(request)

    def _beside_its_own(self) -> bool:
        if not self.own:
            with connection.cursor() as cursor:
                self.own = is_demonstration(cursor)
        return self.own


def from_here(request: HttpRequest) -> bool:
    """Whether the request comes from this machine."""
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
