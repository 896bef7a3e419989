"""What couples the slots of a problem: patients, places, arrivals and flights, and prices for them.

At prices for all of these each slot can be asked by itself what its best flight is worth. `columns`,
`relaxation` and `stops_relaxation` look for prices at which the sum of the answers is a small bound.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from medevac.planner.instance import NO_LIMIT, Floats, Instance

NAMES = ("unit", "resource", "arrivals", "craft")


@dataclass(slots=True)
class Duals:
    """Prices of what couples the slots.

    `unit` per unit, `resource` per resource, `arrivals` per slot date and hospital, `craft` per aircraft
    (its number of flights).
    """

    unit: Floats
    resource: Floats
    arrivals: Floats
    craft: Floats


class Coupling:
    """What couples the slots of an instance, as rows: units, resources, arrivals, aircraft."""

    def __init__(self, instance: Instance, bonus: float) -> None:
        self.instance = instance
        fixed = np.array([i in instance.fixed for i in range(len(instance.patients))], dtype=np.bool_)
        self.weight = instance.pair_value + bonus * fixed[instance.pair_patient]
        self.days = sorted({slot.day for slot in instance.slots})
        self.day_number = {day: i for i, day in enumerate(self.days)}
        self.limits = np.array([instance.arrivals_limit(j) for j in range(len(instance.hospitals))])
        self.flights = np.array([a.max_flights for a in instance.problem.aircraft], dtype=np.float64)
        size = instance.unit_size[instance.unit_of].astype(np.float64)
        self.member_share = 1.0 / size

    def none(self) -> Duals:
        """All prices zero."""
        instance = self.instance
        return Duals(
            np.zeros(len(instance.units)),
            np.zeros(len(instance.capacity)),
            np.zeros((len(self.days), len(instance.hospitals))),
            np.zeros(len(self.flights)),
        )

    def supply(self) -> Duals:
        """What there is: one of each unit, the resources, arrivals, flights."""
        instance = self.instance
        arrivals = np.where(self.limits < NO_LIMIT, self.limits, 0.0)
        return Duals(
            np.ones(len(instance.units)),
            instance.capacity.copy(),
            np.tile(arrivals, (len(self.days), 1)),
            self.flights.copy(),
        )

    def constant(self, duals: Duals) -> float:
        """Prices x what there is."""
        supply = self.supply()
        return float(sum((getattr(duals, n) * getattr(supply, n)).sum() for n in NAMES))

    def weight_at(self, slot: int, duals: Duals) -> Floats:
        """What each pair is worth to one slot at these prices."""
        instance = self.instance
        p = instance.pair_patient
        weight = self.weight - (duals.unit[instance.unit_of] * self.member_share)[p]
        use = np.where(instance.pair_use >= 0, instance.pair_use, 0)
        weight -= (duals.resource[use] * instance.pair_amount).sum(axis=1)
        day = self.day_number[instance.slots[slot].day]
        weight -= duals.arrivals[day][instance.pair_hospital]
        return weight
