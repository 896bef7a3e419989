"""The cheapest bound: forget all routes, keep patients, places and the room of all cabins together.

Its prices are the start for `columns` and the guide for `greedy`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from medevac.planner.columns import Coupling, Duals
from medevac.planner.fleet import Fleet
from medevac.planner.instance import BOARD, NO_LIMIT, Floats, Instance, Ints
from medevac.planner.linear import Rows, maximise
from medevac.planner.model import board_capacity, flight_cost

START_OPTIONS = 12  # options per patient in the first of the sifted models
MOST_ROUNDS = 30


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Bound on the score of any plan, prices of what couples the slots, and prices on board."""

    bound: float
    duals: Duals
    board: Floats


def least_transit(instance: Instance, fleet: Fleet) -> Floats:
    """The least transit minutes of each pair on any slot; inf where no slot can carry it alone."""
    best = np.full(len(instance.pair_patient), np.inf)
    owner = np.repeat(np.arange(len(instance.hospitals)), np.diff(instance.reach_start))
    hub = instance.hub_of[instance.pair_patient]
    seen: set[tuple[object, ...]] = set()
    for slot in range(len(instance.slots)):
        open_pair = instance.may_fly(slot)[instance.pair_patient]
        open_pair &= ~instance.closed_pairs(instance.slots[slot].day)
        craft = instance.problem.aircraft[instance.slots[slot].aircraft]
        for library in fleet.libraries(slot):
            key = (id(library), craft.unload_minutes, open_pair.tobytes())
            if key in seen:
                continue
            seen.add(key)
            node = library.node_of[instance.reach_airport]
            time = np.where(node >= 0, library.direct[node] + craft.unload_minutes, np.inf) + instance.reach_road
            hospital = np.full(len(instance.hospitals), np.inf)
            np.minimum.at(hospital, owner, time)
            time_of_pair = hospital[instance.pair_hospital]
            allowed = open_pair & (hub == library.hub)
            allowed &= time_of_pair <= instance.transit_limit[instance.pair_patient] + 1e-6
            best = np.where(allowed, np.minimum(best, time_of_pair), best)
    for slot, flight in instance.fixed_flight.items():
        way = fleet.fixed_way(slot, flight)
        if way is None:
            continue
        craft = instance.problem.aircraft[instance.slots[slot].aircraft]
        at = {a: e for a, e in zip(way.route.stops, way.route.elapsed, strict=True)}
        drop = np.array([at.get(int(a), np.inf) for a in instance.reach_airport])
        hospital = np.full(len(instance.hospitals), np.inf)
        np.minimum.at(hospital, owner, drop + craft.unload_minutes + instance.reach_road)
        allowed = instance.may_fly(slot)[instance.pair_patient] & (hub == way.route.hub)
        best = np.where(allowed, np.minimum(best, hospital[instance.pair_hospital]), best)
    return best


def cabin_room(instance: Instance) -> Floats:
    """What all cabins hold together, each aircraft in its best layout per kind of room, shape (5,)."""
    total = np.zeros(len(BOARD))
    for craft in instance.problem.aircraft:
        most = np.max([board_capacity(x) for x in craft.layouts], axis=0)
        total += most * min(craft.max_flights, len(craft.days))
    return np.minimum(total, NO_LIMIT)


def relax(instance: Instance, fleet: Fleet, coupling: Coupling) -> Relaxed:
    """Solve the relaxation, sifting the options of each patient.

    Only the best options of each patient are in the first model; options that the prices find attractive are
    added until there are none, so the last bound holds for all of them.
    """
    transit = least_transit(instance, fleet)
    possible = np.flatnonzero(np.isfinite(transit))
    worth = coupling.weight[possible] - instance.tau * transit[possible]
    cabin = cabin_room(instance)
    chosen = _first_options(instance, possible, worth)
    for _ in range(MOST_ROUNDS):
        objective, unit, resource, board = _solve(instance, possible[chosen], worth[chosen], cabin)
        reduced = worth - _charge(instance, possible, unit, resource, board)
        reduced[chosen] = 0.0
        attractive = np.flatnonzero(reduced > 1e-7)
        if not len(attractive):
            break
        most = attractive[np.argsort(-reduced[attractive], kind="stable")[: max(2000, len(chosen) // 2)]]
        chosen = np.union1d(chosen, most)
    missed = np.zeros(len(instance.patients))
    np.maximum.at(missed, instance.pair_patient[possible], np.maximum(0.0, reduced))
    bound = objective + float(missed.sum()) - _certain_cost(instance, fleet)
    duals = coupling.none()
    np.add.at(duals.unit, instance.unit_of, unit)
    duals.resource[:] = resource
    return Relaxed(bound, duals, board)


def _certain_cost(instance: Instance, fleet: Fleet) -> float:
    ways = [fleet.fixed_way(slot, flight) for slot, flight in instance.fixed_flight.items()]
    return sum(flight_cost(instance, way) for way in ways if way is not None)


def _first_options(instance: Instance, possible: Ints, worth: Floats) -> Ints:
    patient = instance.pair_patient[possible]
    order = np.lexsort((-worth, patient))
    rank = np.arange(len(order)) - np.searchsorted(patient[order], patient[order])
    return np.sort(order[rank < START_OPTIONS])


def _charge(instance: Instance, pairs: Ints, unit: Floats, resource: Floats, board: Floats) -> Floats:
    patient = instance.pair_patient[pairs]
    use = instance.pair_use[pairs]
    charge = unit[patient] + (instance.board @ board)[patient]
    return charge + (np.where(use >= 0, resource[use], 0.0) * instance.pair_amount[pairs]).sum(axis=1)


def _solve(
    instance: Instance, pairs: Ints, worth: Floats, cabin: Floats
) -> tuple[float, Floats, Floats, Floats]:
    """One linear model over some pairs: objective, prices of patients, of resources, on board."""
    rows = Rows()
    n = len(pairs)
    patient = instance.pair_patient[pairs]
    count = len(instance.patients)
    columns = np.arange(n)
    rows.add(patient, columns, np.ones(n), np.full(count, -np.inf), np.ones(count))
    entry, kind = np.nonzero(instance.board[patient])
    rows.add(kind, entry, instance.board[patient][entry, kind], np.full(len(BOARD), -np.inf), cabin)
    use, amount = instance.pair_use[pairs], instance.pair_amount[pairs]
    entry, k = np.nonzero(use >= 0)
    shares = np.arange(instance.first_share_resource, len(instance.capacity))
    row = np.concatenate([use[entry, k], shares])
    column = np.concatenate([entry, n + np.arange(len(shares))])
    value = np.concatenate([amount[entry, k], -np.ones(len(shares))])
    size = len(instance.capacity)
    rows.add(row, column, value, np.full(size, -np.inf), instance.capacity)
    cost = np.concatenate([worth, np.full(len(shares), -instance.problem.weights.above_fair_share)])
    upper = np.full(n + len(shares), np.inf)
    solved = maximise(cost, upper, rows)
    duals = np.maximum(0.0, solved.duals)
    board = duals[count : count + len(BOARD)]
    unit = duals[:count]
    return solved.objective, unit, duals[count + len(BOARD) :], board
