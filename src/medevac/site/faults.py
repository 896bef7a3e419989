"""What is shown where a page is missing, refused or broken, always with what to do next."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from psycopg_pool import PoolTimeout

from medevac.people.deeds import deed
from medevac.people.models import Membership, User
from medevac.people.pages import Access, access_of
from medevac.people.policy import NotAllowedError, standings
from medevac.people.roles import Role, grants_of
from medevac.site.choices import look_of
from medevac.site.request_id import request_id
from medevac.site.request_size import TOO_LARGE

RETRY_SECONDS = 30


def letting_go(answer: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Close the database connection after an error page.

    Under ASGI Django makes error pages in a thread that no request owns, so nobody else would ever give its
    connection back, and every "not found" would cost the pool one.
    """

    @functools.wraps(answer)
    def made(*args: object, **kwargs: object) -> HttpResponse:
        try:
            return answer(*args, **kwargs)
        finally:
            if not connection.in_atomic_block:
                connection.close()

    return made


@letting_go
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the browser sent something that cannot be understood, or too much of it."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return render(request, "site/400.html", status=400)


def too_large(request: HttpRequest) -> HttpResponse:
    """Say that what was sent is too large, to a person as a page and to a program as it reads faults."""
    if request.path_info.startswith("/api/"):
        detail = "Expected a shorter request. Send less at once."
        answer: HttpResponse = JsonResponse({"detail": detail}, status=413)
    else:
        context = {"look": look_of(request), "request_id": request_id.get()}
        answer = HttpResponse(render_to_string("site/413.html", context), status=413)
    answer.headers["Connection"] = "close"  # the rest of the body must not be waited for
    return answer


class TooLargeMiddleware:
    """Answers a request whose body was left unread, in the reader's language and with every header."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        refused_unread = getattr(request, "scope", {}).get(TOO_LARGE, False)
        return too_large(request) if refused_unread else self.get_response(request)


@letting_go
def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say which right is missing, which roles include it, and who can give one."""
    page = request.resolver_match.view_name if request.resolver_match else ""
    access = access_of(page)
    action = "" if access is None or isinstance(access, Access) else str(access)
    user = request.user
    context = {
        "deed": deed(action),
        "roles": sorted(str(Role(role).label) for role in grants_of(action)) if action else [],
        "own_roles": sorted({str(role.label) for role, _, _ in standings(user)}),
        "givers": _givers(user) if isinstance(user, User) else [],
        "giving_roles": sorted(str(Role(role).label) for role in grants_of("people.invite")),
    }
    return render(request, "site/403.html", context, status=403)


def _givers(user: User) -> list[str]:
    """The names of active people who gave the user a role that counts now."""
    given = Membership.unscoped.current().filter(user=user).values("granted_by")
    return sorted(User.objects.filter(pk__in=given, is_active=True).values_list("name", flat=True))


@letting_go
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was open for too long, or that cookies are switched off."""
    return render(request, "site/csrf.html", status=403)


@letting_go
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that nothing is here, and where to go on."""
    return render(request, "site/404.html", status=404)


@letting_go
def broken(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours, with the number that finds it in the log.

    It asks the database nothing, since that may be what broke: a database that does not answer is told as
    "not available for the moment", which a browser and a load balancer may try again.
    """
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError | PoolTimeout)
    context = {"look": look_of(request), "request_id": request_id.get()}
    if not away:
        return HttpResponse(render_to_string("site/500.html", context), status=500)
    response = HttpResponse(render_to_string("site/503.html", context), status=503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


class RefusalMiddleware:
    """Answers what a service refuses for want of a right as a refusal, not as a fault of ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Show the page of refusals."""
        return refused(request, exception) if isinstance(exception, NotAllowedError) else None
