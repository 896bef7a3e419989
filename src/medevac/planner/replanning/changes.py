"""What has changed since a plan was made, and the faults in what somebody says of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from medevac.planner.faults import FaultList
from medevac.planner.plan import Plan
from medevac.planner.problem import Problem
from medevac.planner.reading.phrases import item, nearest, show
from medevac.planner.replanning.progress import FlightState


@dataclass(frozen=True, slots=True)
class Changes:
    """What has changed.

    Parameters
    ----------
    without
        Patients who have withdrawn, died or been moved otherwise: they leave the problem, and their places
        are free again.
    hold
        Patients who are unfit to travel today: they stay waiting, and their places abroad are kept for them.
    close
        Airports where no aircraft lands any more to take patients on board or let them leave.
    layouts
        The layout in which a flight of the plan comes, by the flight's id.
    add
        Further airports, hubs, countries, hospitals, aircraft, patients, families, fixed patients and fixed
        flights: a problem document that may leave out everything else.
    now
        The instant of the change; what the plan says of the time before it has happened. None: nothing has.
    """

    without: tuple[str, ...] = ()
    hold: tuple[str, ...] = ()
    close: tuple[str, ...] = ()
    layouts: Mapping[str, str] = field(default_factory=dict)
    add: Mapping[str, Any] | None = None
    now: datetime | None = None

    @property
    def named(self) -> frozenset[str]:
        """The patients who are named by the change itself."""
        return frozenset(self.without) | frozenset(self.hold)


def check_changes(problem: Problem, plan: Plan, states: Sequence[FlightState], changes: Changes) -> None:
    """Refuse changes that name what there is not, or what has happened already.

    Raises
    ------
    FaultsError
        With every fault, at paths such as `without[0]` or `layouts.F1`.
    """
    faults = FaultList()
    if plan.status == "infeasible":
        remedy = "There are no flights to keep: mend the problem and plan anew."
        faults.error("plan.status", '"optimal" or "feasible"', '"infeasible"', remedy)
        faults.refuse()
    patients = {one.id for one in problem.patients}
    for name in ("without", "hold"):
        _check_names(f"{name}", getattr(changes, name), patients, "a patient of the problem", faults)
    _check_names("close", changes.close, problem.airports, "an airport of the problem", faults)
    _check_hold(plan, states, changes, faults)
    _check_layouts(states, changes, faults)
    faults.refuse()


def _check_names(
    key: str, names: Sequence[str], known: Collection[str], kind: str, faults: FaultList
) -> None:
    for number, name in enumerate(names):
        if name not in known:
            faults.error(item(key, number), kind, show(name), nearest(name, known) + "Correct the name.")


def _check_hold(plan: Plan, states: Sequence[FlightState], changes: Changes, faults: FaultList) -> None:
    placed = {one.patient: one for one in plan.placements}
    gone = {state.flight.flight.id: state for state in states if state.has_left_hub}
    for number, name in enumerate(changes.hold):
        path = item("hold", number)
        if name in changes.without:
            remedy = "Hold keeps the place, without frees it: name the patient once."
            faults.error(path, "a patient who is not in without too", show(name), remedy)
        elif name in placed and placed[name].flight in gone:
            flight = gone[placed[name].flight].flight.flight
            got = f"{show(name)}, who left {flight.hub} on board {flight.id}"
            remedy = "Who has left the hub cannot stay waiting: what has happened is kept."
            faults.error(path, "a patient who has not left the hub", got, remedy)
        elif name not in placed and any(one.patient == name for one in plan.unplaced):
            remedy = "There is no place to keep: leave the patient out of hold."
            faults.error(path, "a patient who is placed in the plan", show(name), remedy)


def _check_layouts(states: Sequence[FlightState], changes: Changes, faults: FaultList) -> None:
    flights = {state.flight.flight.id: state for state in states}
    for name, layout in changes.layouts.items():
        path = f"layouts.{name}"
        state = flights.get(name)
        if state is None:
            faults.error(path, "a flight of the plan", show(name), nearest(name, flights) + "Correct the id.")
            continue
        aircraft = state.flight.aircraft
        known = [one.id for one in aircraft.layouts]
        if layout not in known:
            remedy = nearest(layout, known) + f"Known are {', '.join(known)}."
            faults.error(path, f"a layout of {aircraft.id}", show(layout), remedy)
        elif state.has_left_base and layout != state.flight.flight.layout:
            leaves = f"{state.flight.flight.leaves_base:%Y-%m-%dT%H:%MZ}"
            got = f"{show(layout)}, but {name} left its base at {leaves}"
            faults.error(path, "a flight that has not left its base", got, "Its layout cannot change now.")
