"""What asked, chosen, carried and notified mean for a case: filled by the rooms that know, in ready().

This room knows who filed a case and which mission it belongs to. Who is asked for a place, whose offer was
chosen, who carries and who is told of a discharge is known above; until those rooms say so, these reaches
find nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from medevac.people.policy import Grant
from medevac.people.policy.rules import NOTHING
from medevac.people.roles import Reach

Meaning = Callable[[Grant], Q]
_MEANINGS: dict[Reach, dict[str, Meaning]] = {}


def register_reach(reach: Reach, name: str, meaning: Meaning) -> None:
    """Say which cases a reach opens.

    Parameters
    ----------
    reach
        One of asked, chosen, carried and notified.
    name
        The room that says it; each may say it once, and what any of them says counts.
    meaning
        The condition on a case for one membership's grant. Of the grant's action it may ask whether it only
        sees (`cases.policy.SEEING`), and nothing else: actions that are alike in that are asked as one.
    """
    if reach in (Reach.OWN, Reach.MISSION):
        raise ValueError(f'Expected a reach that a room above knows of, got "{reach}".')
    _MEANINGS.setdefault(reach, {})[name] = meaning


def forget_reach(reach: Reach, name: str) -> None:
    """Take a meaning away again, for tests."""
    _MEANINGS.get(reach, {}).pop(name, None)


def meaning_of(reach: Reach) -> Meaning:
    """The condition of a reach over all rooms that have said something of it."""

    def condition(grant: Grant) -> Q:
        found = NOTHING
        for meaning in _MEANINGS.get(reach, {}).values():
            found |= meaning(grant)
        return found

    return condition
