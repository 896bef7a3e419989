"""The names that a problem document lists, gathered first so that every reference can be checked.

Gathering is lenient: what is malformed is noted when its section is read. A section that cannot be
read at all gives None, and references into it are not judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Listed = Mapping[str, None] | None


@dataclass(frozen=True, slots=True)
class Names:
    """What is listed in each section, in the order of the document."""

    airports: Listed
    hubs: Listed
    countries: Listed
    hospitals: Listed
    aircraft: Listed
    patients: Listed


def gather_names(document: dict[str, Any]) -> Names:
    """Gather the names of all sections of a problem document."""
    return Names(
        airports=_keys(document.get("airports")),
        hubs=_keys(document.get("hubs")),
        countries=_keys(document.get("countries")),
        hospitals=_ids(document.get("hospitals")),
        aircraft=_ids(document.get("aircraft")),
        patients=_ids(document.get("patients")),
    )


def _keys(section: Any) -> Listed:
    if not isinstance(section, dict):
        return None
    return {key: None for key in section if not key.startswith("x-")}


def _ids(section: Any) -> Listed:
    if not isinstance(section, list):
        return None
    ids = [entry.get("id") for entry in section if isinstance(entry, dict)]
    return {name: None for name in ids if isinstance(name, str)}
