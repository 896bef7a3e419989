"""How a request is let in: the token in its header, and the scope that the operation asks for."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer

from medevac.api.holder import TokenHolder
from medevac.api.looks import ACTOR
from medevac.api.scopes import scopes
from medevac.api.services.tokens import TooManyRequestsError, use_token
from medevac.api.services.wrong_tokens import note_wrong_token, seconds_to_wait
from medevac.audit.context import act_as
from medevac.people.policy import may

NO_SCOPE = 'Expected a token with the scope "{scope}", which this one lacks. Ask for a token that has it.'
TOO_MANY = "Expected fewer requests in one minute. Wait until the next one, then go on."
WRONG_TOO_OFTEN = (
    "Expected a token that is open, got too many that are not from this address. Wait as long as Retry-After "
    "says, correct the token, then go on."
)


class TooOftenError(HttpError):
    """Refused for a while.

    Parameters
    ----------
    detail
        The sentence.
    seconds
        How long to wait.
    """

    def __init__(self, detail: str, seconds: int = 60) -> None:
        super().__init__(429, detail)
        self.seconds = seconds


class TokenAccess(HttpBearer):
    """Lets in who shows a token of an organisation that is open, and that has every scope of the operation.

    Parameters
    ----------
    scope, more
        The scopes of the operation.
    """

    openapi_bearerFormat = "mdv_…"  # noqa: N815  # the name is the library's

    def __init__(self, scope: str, *more: str) -> None:
        super().__init__()
        self.scopes = (scope, *more)

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The holder of the token; None, which is answered with 401, where it opens nothing."""
        address = get_adapter(request).get_client_ip(request)
        if wait := seconds_to_wait(address):
            raise TooOftenError(WRONG_TOO_OFTEN, wait)
        try:
            kept = use_token(token)
        except TooManyRequestsError as error:
            raise TooOftenError(TOO_MANY) from error
        if kept is None:
            note_wrong_token(address)
            return None
        holder = TokenHolder(kept)
        for scope in self.scopes:
            if not holder.has_scope(scope) or not may(holder, scopes()[scope].action):  # type: ignore[arg-type]
                raise HttpError(403, NO_SCOPE.format(scope=scope))
        act_as(ACTOR, holder.pk)
        return holder


def holder_of(request: HttpRequest) -> TokenHolder:
    """Who asks."""
    holder: TokenHolder = request.auth  # type: ignore[attr-defined]
    return holder
