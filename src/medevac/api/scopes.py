"""What a token may be used for: a registry that every room fills.

A scope opens a way, and the policy says which rows lie on it: a token reaches what a member of its
organisation with its role would reach, and of that only what its scopes name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Scope:
    """One scope.

    Parameters
    ----------
    name
        As it stands in the token, such as directory.read.
    action
        The action of the role table that the token's role must include.
    label
        One translated sentence.
    """

    name: str
    action: str
    label: str | _StrPromise


_SCOPES: dict[str, Scope] = {}


def register_scope(scope: Scope) -> None:
    """Add a scope; called in AppConfig.ready()."""
    _SCOPES[scope.name] = scope


def scopes() -> dict[str, Scope]:
    """Every scope by its name."""
    return dict(sorted(_SCOPES.items()))
