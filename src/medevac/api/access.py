"""How a request is let in: the token in its header, and the scope that the operation asks for."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer

from medevac.api.holder import TokenHolder
from medevac.api.scopes import scopes
from medevac.api.services.tokens import TooManyRequestsError, use_token
from medevac.people.policy import may

NO_SCOPE = 'Expected a token with the scope "{scope}", which this one lacks. Ask for a token that has it.'


class TokenAccess(HttpBearer):
    """Lets in who shows a token of an organisation that is open, and that has the scope.

    Parameters
    ----------
    scope
        The scope of the operation.
    """

    openapi_bearerFormat = "mdv_…"  # noqa: N815  # the name is the library's

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The holder of the token; None, which is answered with 401, where it opens nothing."""
        try:
            kept = use_token(token)
        except TooManyRequestsError as error:
            raise HttpError(
                429, "Expected fewer requests in one minute. Wait until the next one, then go on."
            ) from error
        if kept is None:
            return None
        holder = TokenHolder(kept)
        if not holder.has_scope(self.scope) or not may(holder, scopes()[self.scope].action):  # type: ignore[arg-type]
            raise HttpError(403, NO_SCOPE.format(scope=self.scope))
        return holder


def holder_of(request: HttpRequest) -> TokenHolder:
    """Who asks."""
    holder: TokenHolder = request.auth  # type: ignore[attr-defined]
    return holder
