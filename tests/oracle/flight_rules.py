"""The flights of a plan against rules 1 to 4, and against the fixed flights of rule 10."""

from dataclasses import dataclass
from itertools import pairwise

from .document import DAY, EPSILON, date_text, day_number, instant_minute, instant_text
from .flying import Route, fly, route_faults, time_faults


@dataclass(frozen=True)
class Flown:
    """A flight of the plan with its times recomputed."""

    id: str
    slot: tuple[str, int]
    layout: str
    leaves: int  # minutes from 00:00 of the first day of the window
    route: Route

    @property
    def day(self) -> int:
        return self.slot[1]

    @property
    def back(self) -> float:
        return self.leaves + self.route.back


def read_flights(doc: dict, plan: dict) -> tuple[dict[str, Flown], list[str]]:
    """Return the flights whose names can be resolved, and what stops the others from being judged."""
    flights: dict[str, Flown] = {}
    faults = []
    for flight in plan["flights"]:
        unknown = _unknown_names(doc, flight)
        if flight["id"] in flights:
            unknown.append(f"Format: two flights are called {flight['id']}.")
        faults += unknown
        if not unknown:
            flights[flight["id"]] = _read_flight(doc, plan, flight)
    return flights, faults


def _unknown_names(doc: dict, flight: dict) -> list[str]:
    name = flight["id"]
    if flight["aircraft"] not in doc["aircraft"]:
        return [f"Format: {name} names an unknown aircraft {flight['aircraft']}."]
    if flight["hub"] not in doc["hubs"]:
        return [f"Rule 1 (flight): {name} goes to {flight['hub']}, which is no hub."]
    visited = [leg[end] for leg in flight["legs"] for end in ("from", "to")]
    faults = [
        f"Format: {name} names an unknown airport {code}." for code in visited if code not in doc["airports"]
    ]
    if flight["layout"] not in doc["aircraft"][flight["aircraft"]]["layouts"]:
        faults.append(f"Rule 1 (flight): {name} uses an unknown layout {flight['layout']}.")
    return faults


def _read_flight(doc: dict, plan: dict, flight: dict) -> Flown:
    slot = (flight["aircraft"], day_number(flight["date"], doc["start"]))
    base = doc["aircraft"][flight["aircraft"]]["base"]
    # Printed legs do not say whether the base is a drop: it is when a patient leaves there or a fixed flight
    # names it.
    drops = tuple(leg["to"] for leg in flight["legs"][1:-1])
    patient_leaves = any(
        placement["flight"] == flight["id"] and placement["leaves_at"] == base
        for placement in plan["placements"]
    )
    fixed_names = any(fixed["slot"] == slot and base in fixed["stops"] for fixed in doc["fixed_flights"])
    if patient_leaves or fixed_names:
        drops += (base,)
    leaves = instant_minute(flight["leaves_base"], doc["start"])
    return Flown(
        flight["id"], slot, flight["layout"], leaves, fly(doc, flight["aircraft"], flight["hub"], drops)
    )


def flight_faults(doc: dict, plan: dict, flights: dict[str, Flown]) -> list[str]:
    """Return every broken rule that concerns flights alone."""
    faults = []
    for printed in plan["flights"]:
        flown = flights.get(printed["id"])
        if flown is None:
            continue
        faults += _printed_faults(doc, printed, flown)
        found = route_faults(doc, flown.route)
        found += time_faults(doc, flown.route, flown.leaves - flown.day * DAY)
        if flown.day not in doc["aircraft"][flown.slot[0]]["days"]:
            found.append(f"Rule 1 (flight): {printed['date']} is none of the days of {flown.slot[0]}.")
        if not 0 <= flown.day < doc["days"]:
            found.append(f"Rule 1 (flight): {printed['date']} lies outside the window.")
        faults += [f"{fault} [{printed['id']}]" for fault in found]
    faults += _fleet_faults(doc, flights)
    faults += _fixed_flight_faults(doc, flights)
    return faults


def _printed_faults(doc: dict, printed: dict, flown: Flown) -> list[str]:
    name, faults = printed["id"], []
    legs = printed["legs"]
    visited = tuple([leg["from"] for leg in legs] + [legs[-1]["to"]])
    if any(leg["to"] != following["from"] for leg, following in pairwise(legs)):
        faults.append(f"Legs: a leg of {name} does not begin where the one before it ends.")
    if visited != flown.route.airports:
        return [*faults, f"Legs: {name} flies {visited}, expected {flown.route.airports}."]
    for leg, departs, arrives in zip(legs, flown.route.departs, flown.route.arrives, strict=True):
        for key, minute in (("departs", departs), ("arrives", arrives)):
            exact = flown.leaves + minute
            if abs(instant_minute(leg[key], doc["start"]) - exact) > 1 + EPSILON:
                text = instant_text(exact, doc["start"])
                faults.append(f"Legs: {name} {leg['from']}-{leg['to']} {key} {leg[key]}, recomputed {text}.")
    return faults


def _fleet_faults(doc: dict, flights: dict[str, Flown]) -> list[str]:
    faults = []
    for aircraft_id, aircraft in doc["aircraft"].items():
        own = sorted(
            (flown for flown in flights.values() if flown.slot[0] == aircraft_id), key=lambda f: f.leaves
        )
        if len(own) > aircraft["max_flights"]:
            faults.append(
                f"Rule 1 (max_flights): {aircraft_id} flies {len(own)} times of {aircraft['max_flights']}."
            )
        for before, after in pairwise(own):
            if before.slot == after.slot:
                faults.append(f"Rule 1 (one a day): {before.id} and {after.id} are on one aircraft and date.")
            if after.leaves < before.back - EPSILON:
                faults.append(f"Rule 1 (chain): {after.id} leaves before {before.id} is back.")
    return faults


def _fixed_flight_faults(doc: dict, flights: dict[str, Flown]) -> list[str]:
    by_slot = {flown.slot: flown for flown in flights.values()}
    faults = []
    for fixed in doc["fixed_flights"]:
        flown = by_slot.get(fixed["slot"])
        what = f"the fixed flight of {fixed['slot'][0]} on {date_text(fixed['slot'][1], doc['start'])}"
        if flown is None:
            faults.append(f"Rule 10 (fixed flight): {what} is not flown.")
            continue
        wanted = (fixed["layout"], fixed["hub"], fixed["stops"], fixed["leaves"])
        got = (flown.layout, flown.route.hub, flown.route.drops, flown.leaves)
        if got != wanted:
            faults.append(f"Rule 10 (fixed flight): {what} is flown as {got}, given as {wanted}.")
    return faults
