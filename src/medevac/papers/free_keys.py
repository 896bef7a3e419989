"""What papers print from a problem's free keys (`x-name`, `x-oxygen_lpm`, `x-crew`, …).

The planner ignores keys that begin with `x-`; they are read here from the document's own bytes. A value of
another kind than expected is left out, with a warning: a paper has a blank line in its place.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any, TypeVar

Found = TypeVar("Found")

OXYGEN_RESERVE = 2.0  # the field's rule of thumb: carry twice what is needed
LONGEST_TEXT = 2000


@dataclass(frozen=True, slots=True)
class CrewMember:
    """One line of the crew; either part may be empty."""

    role: str
    name: str


@dataclass(frozen=True, slots=True)
class FreeKeys:
    """The free keys that papers know, by the ids of what they belong to."""

    patient_names: Mapping[str, str] = field(default_factory=dict)
    oxygen_lpm: Mapping[str, float] = field(default_factory=dict)
    hospital_names: Mapping[str, str] = field(default_factory=dict)
    crew: tuple[CrewMember, ...] = ()
    aircraft_crew: Mapping[str, tuple[CrewMember, ...]] = field(default_factory=dict)
    oxygen_reserve: float = OXYGEN_RESERVE
    diversion_minutes: float = 0.0
    warnings: tuple[str, ...] = ()

    def crew_of(self, aircraft: str) -> tuple[CrewMember, ...]:
        """The crew of an aircraft; that of the whole document where it has none of its own."""
        return self.aircraft_crew.get(aircraft, self.crew)


def read_free_keys(raw: bytes) -> FreeKeys:
    """Read the free keys of a problem document that `read_problem` has accepted.

    Parameters
    ----------
    raw
        The document's bytes.
    """
    document = json.loads(raw)
    reader = _Reader()
    patients, hospitals = list(_entries(document, "patients")), list(_entries(document, "hospitals"))
    aircraft = list(_entries(document, "aircraft"))
    return FreeKeys(
        patient_names=reader.all_of(patients, "x-name", _text, "a text"),
        oxygen_lpm=reader.all_of(patients, "x-oxygen_lpm", _amount, "litres per minute, 0 or more"),
        hospital_names=reader.all_of(hospitals, "x-name", _text, "a text"),
        crew=reader.one_of(document, "x-crew", _crew, _CREW_FORM, "") or (),
        aircraft_crew=reader.all_of(aircraft, "x-crew", _crew, _CREW_FORM),
        oxygen_reserve=_or(
            reader.one_of(document, "x-oxygen_reserve", _reserve, "1 or more", ""), OXYGEN_RESERVE
        ),
        diversion_minutes=_or(reader.one_of(document, "x-diversion_minutes", _amount, "minutes", ""), 0.0),
        warnings=tuple(reader.warnings),
    )


_CREW_FORM = 'a list of texts such as "Nurse: Kari Nordmann", or of objects with "role" and "name"'


def _or(found: float | None, otherwise: float) -> float:
    return otherwise if found is None else found


def _entries(document: Mapping[str, Any], key: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each object of a list with its id, and where it stands."""
    for entry in document.get(key, ()):
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            yield entry["id"], entry


class _Reader:
    """Reads values and gathers a warning for each that is of another kind."""

    def __init__(self) -> None:
        self.warnings: list[str] = []

    def one_of(
        self, entry: Mapping[str, Any], key: str, read: Callable[[Any], Found], form: str, owner: str
    ) -> Found | None:
        """One value; None where there is none or it is of another kind."""
        if entry.get(key) is None or entry[key] == "":
            return None
        try:
            return read(entry[key])
        except (TypeError, ValueError):
            where = f"{owner}: {key}" if owner else key
            came = json.dumps(entry[key], ensure_ascii=False)[:60]
            self.warnings.append(f"{where}: expected {form}, got {came}. A blank line is printed instead.")
            return None

    def all_of(
        self, entries: list[tuple[str, Mapping[str, Any]]], key: str, read: Callable[[Any], Found], form: str
    ) -> dict[str, Found]:
        """The values of a key by id."""
        found = {owner: self.one_of(entry, key, read, form, owner) for owner, entry in entries}
        return {owner: value for owner, value in found.items() if value is not None}


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TypeError
    return value.strip()[:LONGEST_TEXT]


def _amount(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value) or value < 0:
        raise TypeError
    return float(value)


def _reserve(value: Any) -> float:
    if _amount(value) < 1:
        raise ValueError
    return float(value)


def _crew(value: Any) -> tuple[CrewMember, ...]:
    """Crew lines from a list, or from one text with lines or semicolons."""
    if isinstance(value, str):
        value = [line for line in value.replace("\n", ";").split(";") if line.strip()]
    if not isinstance(value, list):
        raise TypeError
    return tuple(_crew_member(one) for one in value)


def _crew_member(one: Any) -> CrewMember:
    if isinstance(one, dict):
        role, name = one.get("role", ""), one.get("name", "")
        if not isinstance(role, str) or not isinstance(name, str):
            raise TypeError
        return CrewMember(role.strip(), name.strip())
    role, colon, name = _text(one).partition(":")
    return CrewMember(role.strip(), name.strip()) if colon else CrewMember("", role.strip())
