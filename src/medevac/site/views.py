"""The start page, and what is shown where a page is missing, refused or broken."""

from __future__ import annotations

import functools
from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from medevac.people.cards import cards_of
from medevac.people.signed_in import signed_in
from medevac.people.work_items import work_of


def start(request: HttpRequest) -> HttpResponse:
    """What waits for the user, and the cards of every room that the user may see."""
    user = signed_in(request)
    return render(request, "site/start.html", {"work": work_of(user), "cards": cards_of(user)})


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
    """Say that the browser sent something that cannot be understood."""
    return render(request, "site/400.html", status=400)


@letting_go
def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the page is not for this role, and whom to ask."""
    return render(request, "site/403.html", status=403)


@letting_go
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that nothing is here, and where to go on."""
    return render(request, "site/404.html", status=404)


@letting_go
def broken(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours, with the number that finds it in the log."""
    return render(request, "site/500.html", status=500)
