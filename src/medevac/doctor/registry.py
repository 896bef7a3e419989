"""The list of checks. Rooms add to it; nobody takes away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from medevac.database import Addresses
from medevac.doctor.finding import Finding


@dataclass(frozen=True)
class Installation:
    """What is examined.

    Parameters
    ----------
    environment
        The variables that set up the service.
    addresses
        How to reach the database; None where it cannot be reached.
    folder
        Where the service keeps its data on this machine.
    """

    environment: Mapping[str, str]
    addresses: Addresses | None
    folder: Path


Check = Callable[[Installation], Iterable[Finding]]
_CHECKS: dict[str, Check] = {}


def register(name: str) -> Callable[[Check], Check]:
    """Add a check under a name that stands before its findings; each name is used once."""

    def add(check: Check) -> Check:
        if _CHECKS.get(name, check) is not check:
            raise ValueError(f"Expected a check of its own name, got {name!r} a second time.")
        _CHECKS[name] = check
        return check

    return add


def registered() -> dict[str, Check]:
    """Every check by its name, in the order in which they were added."""
    return dict(_CHECKS)
