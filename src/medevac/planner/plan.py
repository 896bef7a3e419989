"""What was decided, as plain frozen data: the in-memory form of `medevac-plan/1`.

Shapes and their way to and from a document. Judging a plan is the work of `evaluate`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

Status = Literal["optimal", "feasible", "infeasible"]
Basis = Literal["chosen", "accepted", "proposal"]
Reason = Literal[
    "no-specialty",
    "refused",
    "no-flight",
    "no-capacity",
    "country-limit",
    "flight-full",
    "family",
    "worse-score",
]

TERM_NAMES = ("priority", "suitability", "preference", "transit", "fair_share", "cost")
OPTIMAL_GAP = 1e-4  # FORMAT: optimal when bound - score <= 0.0001 x max(1, |score|)


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg with printed instants (UTC, rounded to the minute)."""

    origin: str
    destination: str
    departs: datetime
    arrives: datetime


@dataclass(frozen=True, slots=True)
class Flight:
    """One flight: base, hub, drops in order, base. `legs` follow from the rest."""

    id: str
    aircraft: str
    layout: str
    date: date
    hub: str
    leaves_base: datetime
    legs: tuple[Leg, ...]


@dataclass(frozen=True, slots=True)
class Placement:
    """Who goes to which hospital, on which flight, leaving at which airport."""

    patient: str
    hospital: str
    flight: str
    leaves_at: str
    transit_minutes: int
    basis: Basis


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Who stays, and why. `facts` are the reason's data, for translation."""

    patient: str
    reason: Reason | None
    explanation: str
    facts: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Which rule stops which fixed patients or flights."""

    patients: tuple[str, ...]
    rule: str
    explanation: str


@dataclass(frozen=True, slots=True)
class SolverRecord:
    """Who made the plan, how, and in how many seconds."""

    name: str
    version: str
    method: str
    seconds: float
    seed: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole plan. `score`, `bound` and `terms` are None when infeasible; `bound` may be None otherwise."""

    problem_name: str
    problem_sha256: str
    status: Status
    score: float | None
    bound: float | None
    terms: Mapping[str, float] | None
    flights: tuple[Flight, ...]
    placements: tuple[Placement, ...]
    unplaced: tuple[Unplaced, ...]
    conflicts: tuple[Conflict, ...] = ()
    pins: Mapping[str, float] = field(default_factory=dict)
    standby: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    solver: SolverRecord | None = None
