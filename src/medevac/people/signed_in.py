"""The user of a request on a page that only signed-in users reach."""

from __future__ import annotations

from django.http import HttpRequest

from medevac.people.models import User


def signed_in(request: HttpRequest) -> User:
    """The user of the request.

    Raises
    ------
    PermissionError
        Where nobody is signed in: the page's rule should have stopped the request.
    """
    if not isinstance(request.user, User):
        raise PermissionError(
            "Expected a signed-in user, got nobody. "
            "Register the page in people.pages as SIGNED_IN or with an action."
        )
    return request.user
