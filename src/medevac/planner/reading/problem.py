"""Reads a whole problem document (`medevac-problem/1`): all faults at once, and what is odd."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from medevac.planner.faults import Fault, FaultList
from medevac.planner.problem import Problem
from medevac.planner.reading.aircraft import read_aircraft
from medevac.planner.reading.checks import text
from medevac.planner.reading.document import (
    LARGEST_DOCUMENT,
    PROBLEM_FORMAT,
    Source,
    check_format,
    parse_document,
    read_source,
)
from medevac.planner.reading.entry import Entry
from medevac.planner.reading.fixed import read_fixed, read_fixed_flights
from medevac.planner.reading.hospitals import read_hospitals
from medevac.planner.reading.names import gather_names
from medevac.planner.reading.network import (
    read_airports,
    read_countries,
    read_hubs,
    read_weights,
    read_window,
)
from medevac.planner.reading.oddities import note_oddities
from medevac.planner.reading.patients import read_families, read_patients

PROBLEM_KEYS = (
    "format",
    "name",
    "start",
    "days",
    "airports",
    "hubs",
    "countries",
    "hospitals",
    "aircraft",
    "patients",
    "families",
    "fixed",
    "fixed_flights",
    "weights",
)


@dataclass(frozen=True, slots=True)
class ProblemDocument:
    """A problem that was read, what is odd about it, and the bytes it was read from."""

    problem: Problem
    warnings: tuple[Fault, ...]
    raw: bytes

    @property
    def sha256(self) -> str:
        """The checksum of the bytes, which a plan names."""
        return sha256(self.raw).hexdigest()


def read_problem(source: Source, *, largest: int = LARGEST_DOCUMENT) -> ProblemDocument:
    """Read a problem.

    Parameters
    ----------
    source
        A file, its bytes, or an object that was already parsed.
    largest
        The most bytes that are read.

    Returns
    -------
    ProblemDocument
        Instants in it carry the time zone UTC.

    Raises
    ------
    FaultsError
        With every fault of the document, up to a hundred.
    """
    faults = FaultList()
    raw = read_source(source, faults, largest=largest)
    document = parse_document(raw, faults)
    check_format(document, (PROBLEM_FORMAT,), faults)
    root = Entry(document, "", faults, PROBLEM_KEYS)
    problem = _problem(root)
    faults.refuse()
    note_oddities(problem, faults)
    return ProblemDocument(problem, faults.warnings, raw)


def _problem(root: Entry) -> Problem:
    names = gather_names(root.data)
    name = root.need("name", text, "")
    window = read_window(root)
    airports = read_airports(root)
    hubs = read_hubs(root, names)
    countries = read_countries(root)
    hospitals = read_hospitals(root, names)
    aircraft = read_aircraft(root, names, window)
    patients = read_patients(root, names)
    families = read_families(root)
    fleet = {one.id: (entry, one) for entry, one in aircraft}
    return Problem(
        name=name,
        start=window.start,
        days=window.days,
        airports=airports,
        hubs=hubs,
        countries=countries,
        hospitals=hospitals,
        aircraft=tuple(one for _, one in aircraft),
        patients=patients,
        families=families,
        fixed=read_fixed(root, names, fleet, window),
        fixed_flights=read_fixed_flights(root, names, fleet, window),
        weights=read_weights(root),
    )
