"""The forms in which a plan is judged: a broken rule, a readable flight, a readable placement."""

from __future__ import annotations

from dataclasses import dataclass

from medevac.planner.plan import Flight, Placement
from medevac.planner.problem import Aircraft, Hospital, Layout, Patient
from medevac.planner.timeline import Timeline

RULES = {
    1: "1 flight",
    2: "2 legs",
    3: "3 timeline",
    4: "4 duty",
    5: "5 on board",
    6: "6 placed patient",
    7: "7 hospital",
    8: "8 family",
    9: "9 country",
    10: "10 fixed",
}
REFERENCE = "reference"
PATIENTS_ONCE = "patients once"
BASIS = "basis"
PRINTED_TIMES = "printed times"
SCORE = "score"
STATUS = "status"


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """One broken rule: its number and name, the ids it concerns, and a whole sentence."""

    rule: str
    where: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class KnownFlight:
    """A flight of the plan whose names are all known; `stops` are its drops."""

    flight: Flight
    aircraft: Aircraft
    layout: Layout
    stops: tuple[str, ...]
    leaves_base: float
    times: Timeline


@dataclass(frozen=True, slots=True)
class KnownPlacement:
    """A placement whose names are all known; `transit` is None where nobody can leave so."""

    placement: Placement
    patient: Patient
    hospital: Hospital
    flown: KnownFlight
    transit: float | None
