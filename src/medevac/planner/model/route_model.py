"""The model itself: options and rules brought together, solved, and read back as loads and prices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from medevac.planner.instance import BOARD, Bools, Floats, Instance, Ints
from medevac.planner.linear import Solved, maximise
from medevac.planner.loads import Load, Prices, Room, Seat, Way
from medevac.planner.model.options import Options, options_on, sifted
from medevac.planner.model.rule_rows import RuleRows


class RouteModel:
    """A model over some ways.

    Parameters
    ----------
    instance
        The arrays of the problem.
    ways
        The ways that may be flown; at most one per slot is, and a `flown` one is flown for certain.
    room
        What is free for those who are decided here.
    patients
        Numbers of the patients who may be placed here.
    weight
        What each pair is worth before transit, shape (pairs,).
    shares
        Whether patients above a country's fair share cost score here; otherwise shares are left out.
    must
        Whether fixed patients must be placed (else the model may leave them).
    keep_all
        Whether to keep options that are worth less than nothing.
    blocked
        Pairs that cannot be placed, by date, where that is known already.
    flights_left
        Flights left per aircraft; None: all of them.
    sift_to, target
        About how many options to keep where there are more, judged by prices; what a known choice of options
        is worth helps to find those. A model that was sifted proves nothing.
    only
        The pairs to decide between, by way; None: all. Such a model proves nothing either.
    """

    def __init__(
        self,
        instance: Instance,
        ways: Sequence[Way],
        room: Room,
        patients: Ints,
        weight: Floats,
        *,
        shares: bool = True,
        must: bool = False,
        keep_all: bool = False,
        blocked: Mapping[date, Bools] | None = None,
        flights_left: Floats | None = None,
        sift_to: int | None = None,
        target: float = 0.0,
        only: Sequence[Ints] | None = None,
    ) -> None:
        self.instance = instance
        self.ways = list(ways)
        self.room = room
        self.weight = weight
        self.blocked = dict(blocked) if blocked is not None else {}
        options = self._list_options(patients, keep_all, only)
        if sift_to is not None and len(options.pair) > sift_to:
            options = sifted(instance, self.ways, options, room, weight, target=target, keep=sift_to)
        self.pair, self.stop, self.transit = options.pair, options.stop, options.transit
        self.owner, self.patient = options.owner, options.patient
        rules = RuleRows(
            instance, self.ways, options, room, weight, shares=shares, must=must, flights_left=flights_left
        )
        self.x, self.cost, self.columns = rules.x, rules.cost, rules.columns
        self.rows, self.tags = rules.rows, rules.tags
        self.missing_fixed = rules.missing_fixed

    def _list_options(self, patients: Ints, keep_all: bool, only: Sequence[Ints] | None) -> Options:
        instance = self.instance
        pairs, stops, transits, owners = [], [], [], []
        for number, way in enumerate(self.ways):
            k, s, t = self.options(way, patients)
            worth = self.weight[k] - instance.tau * t
            single = instance.unit_size[instance.unit_of[instance.pair_patient[k]]] == 1
            keep = np.ones(len(k), dtype=np.bool_) if keep_all else (worth > 0) | ~single
            if only is not None:
                keep &= np.isin(k, only[number], kind="sort")
            pairs.append(k[keep])
            stops.append(s[keep])
            transits.append(t[keep])
            owners.append(np.full(int(keep.sum()), number, dtype=np.int64))
        pair = np.concatenate(pairs)
        patient = instance.pair_patient[pair]
        return Options(
            pair,
            np.concatenate(stops),
            np.concatenate(transits),
            np.concatenate(owners),
            patient,
            instance.unit_of[patient],
        )

    def options(self, way: Way, patients: Ints) -> tuple[Ints, Ints, Floats]:
        """Pairs, stops and transit minutes that rules 6 and 7 allow on a way."""
        day = self.instance.slots[way.slot].day
        if day not in self.blocked:
            self.blocked[day] = self.instance.blocked_pairs(day, self.room.free)
        return options_on(self.instance, way, patients, self.blocked[day])

    # -- solving ---------------------------------------------------------------------------------------

    def solve(
        self,
        *,
        whole: bool = True,
        seconds: float | None = None,
        gap: float = 1e-6,
        nodes: int | None = None,
        start: Floats | None = None,
        certain: Bools | None = None,
    ) -> Solved:
        """Solve the model; `whole` asks for whole patients, otherwise the linear relaxation with duals.

        Columns that are `certain` are held at one.
        """
        if self.missing_fixed:
            none = np.zeros(0)
            return Solved("infeasible", -np.inf, -np.inf, none, none, none)
        cost = np.concatenate(self.cost)
        upper = np.ones(self.columns)
        shares = self.columns - len(self.cost[-1])
        integer = np.ones(self.columns, dtype=np.bool_)
        if len(self.cost) == 4:
            upper[shares:] = np.inf
            integer[shares:] = False
        lower_row = np.array([i for i, w in enumerate(self.ways) if w.flown], dtype=np.int64)
        if len(lower_row):
            n = len(lower_row)
            self.rows.add(np.arange(n), lower_row, np.ones(n), np.ones(n), np.ones(n))
        return maximise(
            cost,
            upper,
            self.rows,
            integer=integer if whole else None,
            seconds=seconds,
            gap=gap,
            nodes=nodes,
            start=start,
            certain=certain,
        )

    def loads(self, solved: Solved) -> list[Load]:
        """The ways that are flown, with those on board, in the order of the ways."""
        taken = np.flatnonzero(solved.values[self.x] > 0.5)
        result = []
        for i, way in enumerate(self.ways):
            seats = [Seat(int(self.pair[e]), int(self.stop[e])) for e in taken if self.owner[e] == i]
            if seats or way.flown:
                result.append(Load(way, tuple(seats)))
        return result

    def prices(self, solved: Solved) -> Prices:
        """Row duals as prices, never negative."""
        found = Prices()
        for tag, first, keys in self.tags:
            duals = np.maximum(0.0, solved.duals[first : first + len(keys)])
            if tag == "board":
                np.maximum.at(found.board, keys % len(BOARD), duals)
            elif tag in ("resource", "arrivals", "drops"):
                getattr(found, tag).update(zip(keys.tolist(), duals.tolist(), strict=True))
        return found
