"""A plan in the making: which slots fly what, what room is left, what it is worth."""

from __future__ import annotations

import numpy as np

from medevac.planner.decision import Assignment, Decision, FlightChoice
from medevac.planner.fleet import Fleet
from medevac.planner.instance import Bools, Floats, Instance, Ints
from medevac.planner.model import Load, Room, Seat, Way, flight_cost
from medevac.planner.routes import Route


def hospital_road(instance: Instance, pair: int, airport: int) -> float:
    """Minutes on the road from an airport to the pair's hospital; KeyError if it is out of reach."""
    h = instance.pair_hospital[pair]
    for r in range(instance.reach_start[h], instance.reach_start[h + 1]):
        if instance.reach_airport[r] == airport:
            return float(instance.reach_road[r])
    raise KeyError((pair, airport))


def load_value(instance: Instance, load: Load, weight: Floats) -> float:
    """What a loaded flight is worth at these weights of pairs, fair shares aside."""
    craft = instance.problem.aircraft[instance.slots[load.way.slot].aircraft]
    route = load.way.route
    total = -flight_cost(instance, load.way)
    for seat in load.seats:
        road = hospital_road(instance, seat.pair, route.stops[seat.stop])
        total += float(weight[seat.pair]) - instance.tau * (
            route.elapsed[seat.stop] + craft.unload_minutes + road
        )
    return total


class Standing:
    """Loads by slot, with the room that they leave.

    Parameters
    ----------
    instance
        The arrays of the problem.
    weight
        What each pair is worth before transit, shape (pairs,).
    """

    def __init__(self, instance: Instance, weight: Floats) -> None:
        self.instance = instance
        self.weight = weight
        self.loads: dict[int, Load] = {}
        self.room = Room.whole(instance)
        self.placed: Bools = np.zeros(len(instance.patients), dtype=np.bool_)

    def copy(self) -> Standing:
        """A copy that can be changed on its own."""
        other = Standing.__new__(Standing)
        other.instance, other.weight = self.instance, self.weight
        other.loads = dict(self.loads)
        other.room = self.room.copy()
        other.placed = self.placed.copy()
        return other

    def add(self, load: Load) -> None:
        """Fly a load on a slot that is free."""
        assert load.way.slot not in self.loads
        self.loads[load.way.slot] = load
        self.room.take(self.instance, load)
        self.placed[self.travellers(load)] = True

    def remove(self, slot: int) -> None:
        """Leave a slot on the ground; nothing happens where it is there already."""
        load = self.loads.pop(slot, None)
        if load is not None:
            self.room.take(self.instance, load, -1.0)
            self.placed[self.travellers(load)] = False

    def travellers(self, load: Load) -> Ints:
        """Patients on a load."""
        return self.instance.pair_patient[[s.pair for s in load.seats]]

    def waiting(self) -> Ints:
        """Patients who are not placed."""
        return np.flatnonzero(~self.placed)

    def value(self) -> float:
        """Worth of all loads less what countries receive above their fair shares."""
        total = sum(load_value(self.instance, load, self.weight) for load in self.loads.values())
        free = self.room.free[self.instance.first_share_resource :]
        above = float(np.maximum(0.0, -free).sum())
        return total - self.instance.problem.weights.above_fair_share * above

    def window(self, slot: int) -> tuple[float, float]:
        """Minutes of the slot's date between which its aircraft is free, given the other loads."""
        not_before, back_before = 0.0, np.inf
        craft = self.instance.slots[slot].aircraft
        for other, load in self.loads.items():
            if other == slot or self.instance.slots[other].aircraft != craft:
                continue
            days = self.instance.days_after(slot, other)
            if days < 0:
                not_before = max(not_before, load.way.route.back_at + days * 1440.0)
            else:
                back_before = min(back_before, load.way.route.leaves_base + days * 1440.0)
        return not_before, back_before

    def may_fly(self, slot: int) -> bool:
        """Whether the aircraft has a flight left for this slot."""
        craft = self.instance.slots[slot].aircraft
        flown = sum(self.instance.slots[s].aircraft == craft for s in self.loads if s != slot)
        mandatory = sum(
            self.instance.slots[s].aircraft == craft and s != slot and s not in self.loads
            for s in self.instance.fixed_flight
        )
        return flown + mandatory < self.instance.problem.aircraft[craft].max_flights

    def complete(self) -> bool:
        """Whether every fixed patient is placed and every fixed flight flown."""
        return all(self.placed[i] for i in self.instance.fixed) and all(
            s in self.loads for s in self.instance.fixed_flight
        )

    def decision(self) -> Decision:
        """The decision in the problem's own names; a base where nobody leaves is no drop (rule 1)."""
        instance = self.instance
        flights: list[FlightChoice] = []
        assignments: list[Assignment] = []
        for slot in sorted(self.loads, key=lambda s: (instance.slots[s].day, instance.slots[s].aircraft)):
            load = self.loads[slot]
            if not load.seats and slot not in instance.fixed_flight:
                continue
            flights.append(self._flight(slot, load))
            for seat in load.seats:
                assignments.append(
                    Assignment(
                        patient_id=instance.patients[instance.pair_patient[seat.pair]].id,
                        hospital_id=instance.hospitals[instance.pair_hospital[seat.pair]].id,
                        flight_index=len(flights) - 1,
                        leaves_at=instance.airport_codes[load.way.route.stops[seat.stop]],
                    )
                )
        return Decision(tuple(flights), tuple(assignments))

    def _flight(self, slot: int, load: Load) -> FlightChoice:
        instance, route = self.instance, load.way.route
        craft = instance.problem.aircraft[instance.slots[slot].aircraft]
        stops = [instance.airport_codes[a] for a in route.stops]
        left = {seat.stop for seat in load.seats}
        if slot not in instance.fixed_flight and stops[-1] == craft.base and len(stops) - 1 not in left:
            stops.pop()
        return FlightChoice(
            aircraft_id=craft.id,
            date=instance.slots[slot].day,
            layout_id=craft.layouts[load.way.layout].id,
            hub=instance.hub_codes[route.hub],
            stops=tuple(stops),
            leaves_base=route.leaves_base,
        )


def adopt(instance: Instance, fleet: Fleet, decision: Decision, weight: Floats) -> Standing:
    """The standing that a decision describes (one made by this planner or improved from one)."""
    standing = Standing(instance, weight)
    by_flight: dict[int, list[Assignment]] = {}
    for a in decision.assignments:
        by_flight.setdefault(a.flight_index, []).append(a)
    for number, choice in enumerate(decision.flights):
        way = _way_of(instance, fleet, choice)
        seats = []
        for a in by_flight.get(number, []):
            p, h = instance.patient_index[a.patient_id], instance.hospital_index[a.hospital_id]
            first, last = instance.pair_start[p], instance.pair_start[p + 1]
            pair = first + int(np.searchsorted(instance.pair_hospital[first:last], h))
            seats.append(Seat(int(pair), way.route.stops.index(instance.airport_index[a.leaves_at])))
        standing.add(Load(way, tuple(seats)))
    return standing


def _way_of(instance: Instance, fleet: Fleet, choice: FlightChoice) -> Way:
    slot = instance.slot_index[choice.aircraft_id, choice.date]
    route: Route = fleet.route(slot, choice.hub, choice.stops, choice.leaves_base)
    craft = instance.problem.aircraft[instance.slots[slot].aircraft]
    layout = next(i for i, x in enumerate(craft.layouts) if x.id == choice.layout_id)
    return Way(slot, layout, route, flown=True)
