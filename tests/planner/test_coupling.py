"""What couples the slots: what there is, and what prices take off a pair."""

from __future__ import annotations

import numpy as np
from small_problem import hospital, patient, problem

from medevac.planner.coupling import Coupling
from medevac.planner.instance import Instance


def small() -> Instance:
    """Two patients; MID-1 has two places and takes one arrival a day, EAS-1 two places."""
    first = hospital(arrivals_per_day=1)
    return Instance(problem(patient("P1"), patient("P2"), hospitals=(first, hospital("EAS-1", "EAST"))))


def pair_of(instance: Instance, name: str, at: str) -> int:
    """The number of the pair of a patient and a hospital."""
    p, h = instance.patient_index[name], instance.hospital_index[at]
    (pair,) = np.flatnonzero((instance.pair_patient == p) & (instance.pair_hospital == h))
    return int(pair)


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
