"""The only place of this room that writes: one verb, one transaction."""

from medevac.api.services.tokens import LONGEST_DAYS, make_token, revoke_token, use_token

__all__ = ["LONGEST_DAYS", "make_token", "revoke_token", "use_token"]
