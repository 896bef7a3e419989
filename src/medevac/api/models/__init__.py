"""What this room keeps: the tokens of organisations."""

from medevac.api.models.token import Token

__all__ = ["Token"]
