"""Reads a plan document (`medevac-plan/1`) against its problem: shapes and names only.

Whether the plan obeys the rules is not judged here: a plan that breaks them can be read.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, get_args

from medevac.planner.faults import FaultList
from medevac.planner.plan import (
    TERM_NAMES,
    Basis,
    Conflict,
    Flight,
    Leg,
    Placement,
    Plan,
    Reason,
    SolverRecord,
    Status,
    Unplaced,
)
from medevac.planner.problem import Position, Problem
from medevac.planner.reading.checks import (
    Check,
    UnfitError,
    amount,
    count,
    day,
    finite,
    instant,
    known,
    one_of,
    prose,
    text,
    whole,
)
from medevac.planner.reading.document import (
    LARGEST_DOCUMENT,
    PLAN_FORMAT,
    Source,
    check_format,
    parse_document,
    read_source,
)
from medevac.planner.reading.entry import Entry, refuse_repeats
from medevac.planner.reading.phrases import nearest, show

PLAN_KEYS = (
    "format",
    "problem",
    "status",
    "score",
    "bound",
    "terms",
    "flights",
    "placements",
    "unplaced",
    "solver",
    "conflicts",
    "pins",
    "standby",
)
PROBLEM_KEYS = ("name", "sha256")
FLIGHT_KEYS = ("id", "aircraft", "layout", "date", "hub", "leaves_base", "legs")
LEG_KEYS = ("from", "to", "departs", "arrives")
PLACEMENT_KEYS = ("patient", "hospital", "flight", "leaves_at", "transit_minutes", "basis")
UNPLACED_KEYS = ("patient", "reason", "explanation", "facts")
CONFLICT_KEYS = ("patients", "rule", "explanation")
PIN_KEYS = ("patient", "cost")
SOLVER_KEYS = ("name", "version", "method", "seconds", "seed")
POSITIONS = get_args(Position)

_NO_DATE = date(2000, 1, 1)
_NO_INSTANT = datetime(2000, 1, 1, tzinfo=UTC)
_status: Check[Status] = one_of(*get_args(Status))
_basis: Check[Basis] = one_of(*get_args(Basis))
_reason: Check[Reason] = one_of(*get_args(Reason))


@dataclass(frozen=True, slots=True)
class _Known:
    """The names that a plan may use."""

    airports: Collection[str]
    hospitals: frozenset[str]
    patients: frozenset[str]
    layouts: dict[str, tuple[str, ...]]


def read_plan(source: Source, problem: Problem, *, largest: int = LARGEST_DOCUMENT) -> Plan:
    """Read a plan for a problem.

    Parameters
    ----------
    source
        A file, its bytes, or an object that was already parsed.
    problem
        The problem that the plan answers; its names are the only ones that may occur.
    largest
        The most bytes that are read.

    Returns
    -------
    Plan
        Instants in it carry the time zone UTC.

    Raises
    ------
    FaultsError
        With every fault of shape or name, up to a hundred. Broken rules are no faults.
    """
    faults = FaultList()
    document = parse_document(read_source(source, faults, largest=largest), faults)
    check_format(document, (PLAN_FORMAT,), faults)
    plan = _plan(Entry(document, "", faults, PLAN_KEYS), _names_of(problem))
    faults.refuse()
    return plan


def _names_of(problem: Problem) -> _Known:
    return _Known(
        airports=problem.airports,
        hospitals=frozenset(hospital.id for hospital in problem.hospitals),
        patients=frozenset(patient.id for patient in problem.patients),
        layouts={one.id: tuple(layout.id for layout in one.layouts) for one in problem.aircraft},
    )


def _plan(root: Entry, names: _Known) -> Plan:
    about = root.inner("problem", PROBLEM_KEYS)
    flights = _flights(root, names)
    listed = frozenset(flight.id for flight in flights)
    return Plan(
        problem_name=about.need("name", text, ""),
        problem_sha256=about.need("sha256", text, ""),
        status=root.need("status", _status, "feasible"),
        score=root.need("score", _finite_or_null, None),
        bound=root.need("bound", _finite_or_null, None),
        terms=_terms(root),
        flights=flights,
        placements=_placements(root, names, listed),
        unplaced=_unplaced(root, names),
        conflicts=_conflicts(root, names),
        pins=_pins(root, names),
        standby=_standby(root, names, listed),
        solver=_solver(root),
    )


def _finite_or_null(value: Any) -> float | None:
    if value is None:
        return None
    try:
        return finite(value)
    except UnfitError as unfit:
        raise UnfitError("a finite number or null", unfit.remedy) from None


def _terms(root: Entry) -> dict[str, float] | None:
    if "terms" in root.data and root.data["terms"] is None:
        return None
    entry = root.inner("terms", TERM_NAMES)
    return {name: entry.need(name, finite, 0.0) for name in TERM_NAMES}


def _flights(root: Entry, names: _Known) -> tuple[Flight, ...]:
    entries = list(root.entries("flights", FLIGHT_KEYS))
    flights = tuple(_flight(entry, names) for entry in entries)
    refuse_repeats(entries, "id", [flight.id for flight in flights])
    return flights


def _flight(entry: Entry, names: _Known) -> Flight:
    airport = known("an airport", names.airports, "airports of the problem")
    aircraft = entry.need("aircraft", known("an aircraft", names.layouts, "aircraft of the problem"), "")
    layouts = names.layouts.get(aircraft)
    return Flight(
        id=entry.need("id", text, ""),
        aircraft=aircraft,
        layout=entry.need("layout", known("a layout", layouts, "layouts of the aircraft"), ""),
        date=entry.need("date", day, _NO_DATE),
        hub=entry.need("hub", airport, ""),
        leaves_base=entry.need("leaves_base", instant, _NO_INSTANT),
        legs=tuple(
            Leg(
                origin=leg.need("from", airport, ""),
                destination=leg.need("to", airport, ""),
                departs=leg.need("departs", instant, _NO_INSTANT),
                arrives=leg.need("arrives", instant, _NO_INSTANT),
            )
            for leg in entry.entries("legs", LEG_KEYS)
        ),
    )


def _placements(root: Entry, names: _Known, flights: frozenset[str]) -> tuple[Placement, ...]:
    patient = known("a patient", names.patients, "patients of the problem")
    hospital = known("a hospital", names.hospitals, "hospitals of the problem")
    airport = known("an airport", names.airports, "airports of the problem")
    flight = known("a flight", flights if root.sound("flights") else None, "flights")
    found = []
    for entry in root.entries("placements", PLACEMENT_KEYS):
        found.append(
            Placement(
                patient=entry.need("patient", patient, ""),
                hospital=entry.need("hospital", hospital, ""),
                flight=entry.need("flight", flight, ""),
                leaves_at=entry.need("leaves_at", airport, ""),
                transit_minutes=entry.need("transit_minutes", count, 0),
                basis=entry.need("basis", _basis, "proposal"),
            )
        )
    return tuple(found)


def _unplaced(root: Entry, names: _Known) -> tuple[Unplaced, ...]:
    patient = known("a patient", names.patients, "patients of the problem")
    return tuple(
        Unplaced(
            patient=entry.need("patient", patient, ""),
            reason=entry.need("reason", _reason_or_null, None),
            explanation=entry.need("explanation", prose, ""),
            facts=entry.may_be("facts", _object),
        )
        for entry in root.entries("unplaced", UNPLACED_KEYS)
    )


def _reason_or_null(value: Any) -> Reason | None:
    return None if value is None else _reason(value)


def _object(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise UnfitError("an object", "Write it as { } with its keys.")


def _conflicts(root: Entry, names: _Known) -> tuple[Conflict, ...]:
    patient = known("a patient", names.patients, "patients of the problem")
    return tuple(
        Conflict(
            patients=entry.need_list("patients", patient),
            rule=entry.need("rule", prose, ""),
            explanation=entry.need("explanation", prose, ""),
        )
        for entry in root.entries("conflicts", CONFLICT_KEYS, optional=True)
    )


def _pins(root: Entry, names: _Known) -> dict[str, float]:
    patient = known("a patient", names.patients, "patients of the problem")
    entries = list(root.entries("pins", PIN_KEYS, optional=True))
    pins = [(entry.need("patient", patient, ""), entry.need("cost", finite, 0.0)) for entry in entries]
    refuse_repeats(entries, "patient", [name for name, _ in pins])
    return dict(pins)


def _standby(root: Entry, names: _Known, flights: frozenset[str]) -> dict[str, dict[str, tuple[str, ...]]]:
    section = root.inner("standby", optional=True)
    patient = known("a patient", names.patients, "patients of the problem")
    standby: dict[str, dict[str, tuple[str, ...]]] = {}
    for flight, entry in section.named(POSITIONS):
        if root.sound("flights") and flight not in flights:
            remedy = nearest(flight, flights) + "Correct the flight, or remove it."
            section.fault(flight, "a flight of this plan", show(flight), remedy)
        lists = {place: entry.may_list(place, patient) for place in entry.data if place in POSITIONS}
        standby[flight] = {place: waiting for place, waiting in lists.items() if waiting is not None}
    return standby


def _solver(root: Entry) -> SolverRecord | None:
    if root.data.get("solver") is None:
        return None
    entry = root.inner("solver", SOLVER_KEYS)
    return SolverRecord(
        name=entry.need("name", text, ""),
        version=entry.need("version", prose, ""),
        method=entry.need("method", prose, ""),
        seconds=entry.need("seconds", amount, 0.0),
        seed=entry.need("seed", whole, 0),
    )
