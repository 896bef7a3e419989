"""What this room keeps: the tokens of organisations and their use."""

from medevac.api.models.token import Token, TokenUse

__all__ = ["Token", "TokenUse"]
