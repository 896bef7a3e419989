"""What couples the slots: what there is, what a load takes of it, and what prices take off a pair."""

from __future__ import annotations

import numpy as np
from small_problem import hospital, patient, problem

from medevac.planner.coupling import Coupling
from medevac.planner.fleet import Fleet
from medevac.planner.instance import Instance
from medevac.planner.loads import Load, Seat, Way


def small() -> Instance:
    """Two patients; MID-1 has two places and takes one arrival a day, EAS-1 two places."""
    first = hospital(arrivals_per_day=1)
    return Instance(problem(patient("P1"), patient("P2"), hospitals=(first, hospital("EAS-1", "EAST"))))


def pair_of(instance: Instance, name: str, at: str) -> int:
    """The number of the pair of a patient and a hospital."""
    p, h = instance.patient_index[name], instance.hospital_index[at]
    (pair,) = np.flatnonzero((instance.pair_patient == p) & (instance.pair_hospital == h))
    return int(pair)


def load(instance: Instance, *pairs: int) -> Load:
    """These pairs on the first route of the first slot, all leaving at its first stop."""
    library = next(iter(Fleet(instance).libraries(0)))
    row = int(np.flatnonzero(np.isfinite(library.flying[:, 0]) & (library.depth == 0))[0])
    route = library.orders(library.stops_of(row), base_drop=False)[0]
    return Load(Way(0, 0, route, flown=True), tuple(Seat(pair, 0) for pair in pairs))


def test_a_load_takes_its_patients_places_arrivals_and_one_flight() -> None:
    """Tests that P1 to MID-1 leaves P2, one place of burns and no arrival there on that day."""
    instance = small()
    coupling = Coupling(instance, 0.0)
    supply = coupling.supply()
    assert supply.craft.tolist() == [2.0]
    pair = pair_of(instance, "P1", "MID-1")
    coupling.use(load(instance, pair), supply)
    here = instance.patient_index["P1"]
    assert supply.unit[instance.unit_of].tolist() == [0.0 if p == here else 1.0 for p in range(2)]
    assert supply.craft.tolist() == [1.0]
    place = instance.pair_use[pair, 0]
    assert (instance.capacity[place], supply.resource[place]) == (2.0, 1.0)
    first, second = supply.arrivals[:, instance.hospital_index["MID-1"]]
    assert (first, second) == (0.0, 1.0)
    assert not supply.arrivals[:, instance.hospital_index["EAS-1"]].any()  # no limit, so nothing to price


def test_an_empty_flight_takes_a_flight_only() -> None:
    """Tests a load of nobody."""
    instance = small()
    coupling = Coupling(instance, 0.0)
    supply = coupling.supply()
    coupling.use(load(instance), supply)
    assert supply.craft.tolist() == [1.0]
    assert np.array_equal(supply.unit, coupling.supply().unit)
    assert np.array_equal(supply.resource, coupling.supply().resource)


def test_prices_are_taken_off_what_a_pair_is_worth() -> None:
    """Tests 3 for the patient, 5 for the place and 7 for the arrival on the slot's own date."""
    instance = small()
    coupling = Coupling(instance, 0.0)
    duals = coupling.none()
    pair, other = pair_of(instance, "P1", "MID-1"), pair_of(instance, "P1", "EAS-1")
    duals.unit[instance.unit_of[instance.patient_index["P1"]]] = 3.0
    duals.resource[instance.pair_use[pair, 0]] = 5.0
    duals.arrivals[0, instance.hospital_index["MID-1"]] = 7.0
    off = coupling.weight - coupling.weight_at(0, duals)
    assert np.isclose(off[pair], 3.0 + 5.0 + 7.0)
    assert np.isclose(off[other], 3.0)
    assert np.isclose(coupling.weight_at(1, duals)[pair], coupling.weight[pair] - 8.0)  # the day after
    # One of P1, two places, one arrival on the first day.
    assert np.isclose(coupling.constant(duals), 3.0 + 2 * 5.0 + 7.0)


def test_fixed_patients_are_worth_the_bonus_more() -> None:
    """Tests that nothing else carries the bonus."""
    instance = small()
    assert not instance.fixed
    assert np.array_equal(Coupling(instance, 100.0).weight, instance.pair_value)
