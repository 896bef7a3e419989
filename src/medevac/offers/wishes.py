"""What a run of advice is asked: what somebody has decided by hand, and how much and how long it looks."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Parameters:
    """How much a run looks at, and for how long each of its steps may take, in seconds."""

    solving_seconds: float = 20.0
    pricing_seconds: float = 20.0
    trying_seconds: float = 20.0
    places_tried: int = 3
    most_cases: int = 1000

    @property
    def kept(self) -> dict[str, Any]:
        """As a run keeps them."""
        return asdict(self)


@dataclass(frozen=True)
class Wish:
    """What somebody has decided by hand: this case to this hospital, or not there, with the reason's code."""

    case: UUID
    hospital: UUID
    pinned: bool
    why: str = ""

    @property
    def kept(self) -> dict[str, Any]:
        """As a run keeps it."""
        return {
            "case": str(self.case),
            "hospital": str(self.hospital),
            "pinned": self.pinned,
            "why": self.why,
        }

    @classmethod
    def read(cls, kept: dict[str, Any]) -> Wish:
        """From what a run keeps."""
        return cls(UUID(kept["case"]), UUID(kept["hospital"]), kept["pinned"], kept["why"])
