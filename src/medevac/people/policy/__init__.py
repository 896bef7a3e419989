"""May this user do this to that, and which rows are visible: one rule per kind of row, asked in both forms.

`may(user, action, thing)` asks the conditions of which `visible` makes its own, one after the other and for
one row, so the two cannot disagree. What a role includes is in `medevac.people.roles`; what a reach means
for a kind of row is said by the room that owns it, with `register_rule`.
"""

from medevac.people.policy.asking import (
    NotAllowedError,
    demand,
    found,
    included,
    may,
    parts_of,
    standings,
    visible,
)
from medevac.people.policy.rules import Grant, Rule, owner_of, register_rule, rule_of

__all__ = [
    "Grant",
    "NotAllowedError",
    "Rule",
    "demand",
    "found",
    "included",
    "may",
    "owner_of",
    "parts_of",
    "register_rule",
    "rule_of",
    "standings",
    "visible",
]
