"""Who asks when a program asks: the organisation of its token, in the token's role and within its scopes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from medevac.people.policy import visible
from medevac.people.roles import Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from medevac.api.models import Token


class TokenHolder:
    """Stands in the policy where a user stands. It has no emergency access and is never a person."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, token: Token) -> None:
        self.pk: UUID = token.pk
        self.token = token
        self._standings = [(Role(token.role), token.organisation_id, None)]

    @property
    def name(self) -> str:
        """What the program is called, with its organisation; stands on what it takes away."""
        return f"{self.token.name} ({self.token.organisation.name})"

    def sees(self, rows: QuerySet[Any], action: str | None = None) -> QuerySet[Any]:
        """The rows that are open to the holder."""
        return visible(self, rows, action)  # type: ignore[arg-type]

    def has_scope(self, name: str) -> bool:
        """Whether the token names a scope."""
        return name in self.token.scopes
