"""The stop sets that one slot can fly from one hub, with their bounds. How they are bounded: `set_bounds`."""

from __future__ import annotations

import numpy as np

from medevac.planner.flight.task import Task
from medevac.planner.instance import Instance
from medevac.planner.routes import Library


class HubSets:
    """The sets of one hub: their tree, who may fly from there, and a bound for each set and layout.

    `bound` has the shape (rows of the tree, base is a drop or not, layouts).
    """

    def __init__(self, instance: Instance, task: Task, library: Library) -> None:
        self.library = library
        mine = task.patients[instance.hub_of[task.patients] == library.hub]
        allowed = instance.may_fly(task.slot)
        self.patients = mine[allowed[mine]]
        self.units = np.unique(instance.unit_of[self.patients])
        whole = np.bincount(instance.unit_of[self.patients], minlength=len(instance.units))
        self.units = self.units[whole[self.units] == instance.unit_size[self.units]]
        self.size = instance.unit_size[self.units].astype(np.float64)
        layouts = len(library.aircraft.layouts)
        self.bound = np.full((len(library.depth), 2, layouts), np.inf)
        self.bound[~np.isfinite(library.flying)] = -np.inf
        if not len(self.units):
            self.bound[:] = -np.inf
        widths = np.diff(instance.pair_start)[self.patients]
        reach = np.diff(instance.reach_start)
        of_pair = np.concatenate([[0], np.cumsum(reach[instance.pair_hospital])])
        options = of_pair[instance.pair_start[1:]] - of_pair[instance.pair_start[:-1]]
        self.most_entries = int(options[self.patients].sum()) * 2 + int(widths.sum()) + 1
        self.node_constant = np.zeros(len(library.codes))
        self.shared = np.zeros((len(library.codes), len(library.codes)))
