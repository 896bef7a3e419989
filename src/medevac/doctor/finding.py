"""What a check found: how grave it is, what is so, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """How grave a finding is."""

    FAULT = "fault"  # the service does not work, or is not safe
    WARNING = "warning"  # it works, and somebody should know
    WELL = "well"


@dataclass(frozen=True)
class Finding:
    """One thing that a check found.

    Parameters
    ----------
    weight
        How grave it is.
    sentence
        What is so, in a whole sentence.
    remedy
        What to do, in a whole sentence; empty where nothing is to be done.
    """

    weight: Weight
    sentence: str
    remedy: str = ""

    def __post_init__(self) -> None:
        if self.weight is not Weight.WELL and not self.remedy:
            raise ValueError(f"Expected a remedy with a {self.weight}, got none: {self.sentence!r}")

    @classmethod
    def fault(cls, sentence: str, remedy: str) -> Finding:
        """Something that must be mended."""
        return cls(Weight.FAULT, sentence, remedy)

    @classmethod
    def warning(cls, sentence: str, remedy: str) -> Finding:
        """Something that should be looked at."""
        return cls(Weight.WARNING, sentence, remedy)

    @classmethod
    def well(cls, sentence: str) -> Finding:
        """Something that is as it should be."""
        return cls(Weight.WELL, sentence)
