"""To which readiness an item of a mission belongs, and which right its name asks for. A pure rule.

That a case lacks a paper of the military packet says that the patient is a soldier, and a screening says
what is feared. So the name of an item is read under the right of its side, wherever it stands.
"""

from __future__ import annotations

from enum import StrEnum

from medevac.directory.models import MissionItem
from medevac.people.roles import Right

MEDICAL_CODES = frozenset({"assessment", "fit-to-fly", "screening"})
MEDICAL_BEGINNING = "medical-"  # a mission's own items, such as medical-history


class Side(StrEnum):
    """To which readiness an item belongs."""

    MEDICAL = "medical"
    BORDER = "border"

    @property
    def right(self) -> Right:
        """Which right opens the names of its items."""
        return Right.CLINICAL if self is Side.MEDICAL else Right.PERSONAL


def side_of(item: MissionItem) -> Side:
    """Medical by its code, everything else for the border."""
    medical = item.code in MEDICAL_CODES or item.code.startswith(MEDICAL_BEGINNING)
    return Side.MEDICAL if medical else Side.BORDER
