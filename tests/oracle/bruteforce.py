"""The best score of a tiny problem, by trying everything.

Flights first, then who goes where on them.

*Departures.* An aircraft never waits under way, so the length of a flight, its cost and every transit
time do not depend on when it leaves. What depends on it are the airports' hours and the duty bands
(which give a set of allowed minutes for the route), the previous flight's return (not before),
``fit_until`` and the next flight's departure (the earlier the better for both). Moving a flight to the
earliest allowed minute that is not before the previous return therefore keeps a valid plan valid, and
the score as it is. Only that minute is tried. A fixed flight leaves when it is told to.

*The base as a drop.* A route that ends with the base as a drop is tried beside the same legs without it.
If in the end nobody leaves there, the plan is valid without that drop (fewer rules bind, the legs and
times are the same), or the flight carries nobody and leaving it out costs less.

*Dominance.* Two flights that could be made of one aircraft and date after the same return: if one of
them costs no more, is back no later, holds no less on board, and lets each patient leave wherever the
other does for no less score, the other is not needed. Whether a hospital is reached in time and on a
valid date is looked at before. A flight that is not fixed and that no patient can use is not needed at
all.

*Bounds.* A branch is left when the score of all patients, each at its best over the flights decided and
those still possible, less the cost of the flights decided, is no better than what has been found.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations, product

from .document import DAY, EPSILON, family_of, family_rule, filled, suits
from .flying import Route, departures, earliest, fly, route_faults, time_faults
from .plan_document import infeasible_document, plan_document
from .room import count_of, lacking_on_board, places_hold, uses
from .scores import above_fair_share, flight_cost, placement_terms

Slot = tuple[str, int]
SMALLEST_GAIN = 1e-9


@dataclass(frozen=True)
class Seat:
    """One way to place one patient on a flight: where to leave it, for which hospital, for what score."""

    patient: str
    hospital: str
    stop: str
    value: float


@dataclass(frozen=True)
class Option:
    """One way to fly one aircraft on one date."""

    slot: Slot
    layout_id: str
    layout: dict
    route: Route
    leaves: float
    cost: float
    seats: tuple[Seat, ...]

    @property
    def back(self) -> float:
        return self.leaves + self.route.back


def best_score(problem: dict) -> float | None:
    """Return the highest score of any valid plan, None when the problem is infeasible."""
    return _Search(filled(problem)).run()


def best_plan(problem: dict) -> dict:
    """Return a plan document with the highest score, reasons included, or one that says infeasible."""
    doc = filled(problem)
    search = _Search(doc)
    score = search.run()
    if score is None:
        return infeasible_document(doc)
    flights, placed = search.best_plan
    return plan_document(doc, score, flights, placed)


class _Search:
    def __init__(self, doc: dict) -> None:
        self.doc = doc
        self.fixed_flights = {flight["slot"]: flight for flight in doc["fixed_flights"]}
        self.fixed = defaultdict(list)
        for record in doc["fixed"]:
            self.fixed[record["patient"]].append(record)
        self.slots = [
            (aircraft_id, day)
            for aircraft_id, aircraft in doc["aircraft"].items()
            for day in aircraft["days"]
        ]
        self.groups = _groups(doc)
        self.best: float | None = None
        self.best_plan: tuple[list[Option], list[tuple[int, tuple[Seat, ...]]]] = ([], [])
        self.fixed_flights_possible = self._fixed_flights_possible()
        if not self.fixed_flights_possible:
            return
        self.routes = {aircraft_id: _routes(doc, aircraft_id) for aircraft_id in doc["aircraft"]}
        self.possible = [self._best_values(slot) for slot in self.slots]

    def run(self) -> float | None:
        if self.fixed_flights_possible:
            self._choose_flights(0, [], {}, Counter())
        return self.best

    def _fixed_flights_possible(self) -> bool:
        doc = self.doc
        if len(self.fixed_flights) != len(doc["fixed_flights"]):
            return False
        for flight in doc["fixed_flights"]:
            aircraft_id, day = flight["slot"]
            if flight["slot"] not in self.slots or flight["leaves"] // DAY != day:
                return False
            route = fly(doc, aircraft_id, flight["hub"], flight["stops"])
            if route_faults(doc, route) or time_faults(doc, route, flight["leaves"] - day * DAY):
                return False
        return True

    def _choose_flights(
        self, n: int, chosen: list[Option], back: dict[str, float], flown: Counter[str]
    ) -> None:
        """Decide the n-th slot; ``back`` says since when each aircraft stands at its base again."""
        if self.best is not None and self._flights_bound(n, chosen) <= self.best + SMALLEST_GAIN:
            return
        if n == len(self.slots):
            self._place(chosen)
            return
        slot = self.slots[n]
        aircraft_id = slot[0]
        if flown[aircraft_id] < self.doc["aircraft"][aircraft_id]["max_flights"]:
            flown[aircraft_id] += 1
            before = back.get(aircraft_id, 0.0)
            for option in self._options(slot, before):
                self._choose_flights(n + 1, [*chosen, option], {**back, aircraft_id: option.back}, flown)
            flown[aircraft_id] -= 1
        if slot not in self.fixed_flights:
            self._choose_flights(n + 1, chosen, back, flown)

    def _flights_bound(self, n: int, chosen: list[Option]) -> float:
        best: dict[str, float] = {}
        for option in chosen:
            for seat in option.seats:
                best[seat.patient] = max(best.get(seat.patient, seat.value), seat.value)
        for values in self.possible[n:]:
            for patient, value in values.items():
                best[patient] = max(best.get(patient, value), value)
        gain = sum(value if patient in self.fixed else max(0.0, value) for patient, value in best.items())
        return gain - sum(option.cost for option in chosen)

    def _best_values(self, slot: Slot) -> dict[str, float]:
        """Return each patient's best value on any route of a slot, whenever it is flown."""
        best: dict[str, float] = {}
        for route, allowed in self._slot_routes(slot):
            start = earliest(allowed, 0)
            for seat in self._seats(slot, route, slot[1] * DAY + start):
                best[seat.patient] = max(best.get(seat.patient, seat.value), seat.value)
        return best

    def _slot_routes(self, slot: Slot) -> list[tuple[Route, list[tuple[int, int]]]]:
        fixed = self.fixed_flights.get(slot)
        if fixed is None:
            return self.routes[slot[0]]
        minute = fixed["leaves"] - slot[1] * DAY
        return [(fly(self.doc, slot[0], fixed["hub"], fixed["stops"]), [(minute, minute)])]

    def _options(self, slot: Slot, before: float) -> list[Option]:
        """Return the flights of a slot that no other one dominates, the most promising ones first."""
        aircraft = self.doc["aircraft"][slot[0]]
        fixed = self.fixed_flights.get(slot)
        options = []
        for route, allowed in self._slot_routes(slot):
            minute = earliest(allowed, before - slot[1] * DAY)
            if minute is None:
                continue
            leaves = slot[1] * DAY + minute
            seats = tuple(self._seats(slot, route, leaves))
            if fixed is None and not seats:
                continue
            cost = flight_cost(self.doc, aircraft, route.flying_minutes)
            names = [fixed["layout"]] if fixed else list(aircraft["layouts"])
            options += [
                Option(slot, name, aircraft["layouts"][name], route, leaves, cost, seats) for name in names
            ]
        kept: list[Option] = []
        for option in sorted(options, key=_promise, reverse=True):
            if not any(_dominates(other, option) for other in kept):
                kept = [other for other in kept if not _dominates(option, other)] + [option]
        return kept

    def _seats(self, slot: Slot, route: Route, leaves: float) -> Iterator[Seat]:
        aircraft_id, day = slot
        unload = self.doc["aircraft"][aircraft_id]["unload_minutes"]
        fixed_flight = self.fixed_flights.get(slot)
        for patient_id, patient in self.doc["patients"].items():
            if patient["hub"] != route.hub or day < patient["ready"] or self._barred(patient_id, slot):
                continue
            if fixed_flight and fixed_flight["closed"] and not self._fixed_to(patient_id, slot):
                continue
            for hospital_id, hospital in self.doc["hospitals"].items():
                if not suits(self.doc, patient, hospital) or not places_hold(patient, hospital, day):
                    continue
                if any(record["hospital"] != hospital_id for record in self.fixed.get(patient_id, ())):
                    continue
                for stop, to_drop in route.transit_to.items():
                    if stop not in hospital["roads"]:
                        continue
                    transit = to_drop + unload + hospital["roads"][stop]
                    if transit > patient["max_transit_minutes"] + EPSILON:
                        continue
                    if leaves + route.arrives[0] + transit > patient["fit_until"] + EPSILON:
                        continue
                    value = sum(placement_terms(self.doc, patient, hospital, transit).values())
                    yield Seat(patient_id, hospital_id, stop, value)

    def _barred(self, patient_id: str, slot: Slot) -> bool:
        records = self.fixed.get(patient_id, ())
        return any(record["slot"] not in (None, slot) for record in records)

    def _fixed_to(self, patient_id: str, slot: Slot) -> bool:
        return any(record["slot"] == slot for record in self.fixed.get(patient_id, ()))

    def _place(self, flights: list[Option]) -> None:
        """Place families and patients on the chosen flights, whole groups at a time."""
        cost = sum(option.cost for option in flights)
        ways = []
        for members in self.groups:
            group_ways = [
                (n, way, sum(seat.value for seat in way))
                for n, option in enumerate(flights)
                for way in _group_ways(self.doc, members, option)
            ]
            must = any(member in self.fixed for member in members)
            if must and not group_ways:
                return
            ways.append((must, sorted(group_ways, key=lambda way: -way[2])))
        ways.sort(key=lambda item: not item[0])
        bounds = [0.0]
        for must, group_ways in reversed(ways):
            value = group_ways[0][2] if group_ways else 0.0
            bounds.append(bounds[-1] + (value if must else max(0.0, value)))
        bounds.reverse()
        state = _State(self.doc, flights)
        placed: list[tuple[int, tuple[Seat, ...]]] = []

        def descend(depth: int, score: float) -> None:
            if self.best is not None and score + bounds[depth] <= self.best + SMALLEST_GAIN:
                return
            if depth == len(ways):
                self.best, self.best_plan = score, (flights, list(placed))
                return
            must, group_ways = ways[depth]
            for n, way, value in group_ways:
                penalty = state.add(n, way)
                if state.allowed(n, way):
                    placed.append((n, way))
                    descend(depth + 1, score + value - penalty)
                    placed.pop()
                state.remove(n, way)
            if not must:
                descend(depth + 1, score)

        descend(0, -cost)


class _State:
    """What the placed patients use up, kept while patients come and go."""

    def __init__(self, doc: dict, flights: list[Option]) -> None:
        self.doc = doc
        self.flights = flights
        self.used: Counter = Counter()
        self.countries: Counter[str] = Counter()
        self.aboard: list[list[str]] = [[] for _ in flights]

    def add(self, n: int, way: tuple[Seat, ...]) -> float:
        """Place a group and return what that takes from the score by fair shares."""
        before = self._above(way)
        for seat in way:
            self._count(n, seat, 1)
            self.aboard[n].append(seat.patient)
        return self._above(way) - before

    def remove(self, n: int, way: tuple[Seat, ...]) -> None:
        for seat in way:
            self._count(n, seat, -1)
            self.aboard[n].remove(seat.patient)

    def allowed(self, n: int, way: tuple[Seat, ...]) -> bool:
        """Say whether the group that was added last keeps every limit."""
        doc, option = self.doc, self.flights[n]
        if lacking_on_board(option.layout, [doc["patients"][patient] for patient in self.aboard[n]]):
            return False
        for seat in way:
            hospital = doc["hospitals"][seat.hospital]
            limits = [
                (("leaving", n, seat.stop), doc["airports"][seat.stop]["ambulances"]),
                (("arriving", seat.hospital, option.slot[1]), hospital["arrivals_per_day"]),
                (("country", hospital["country"]), doc["countries"][hospital["country"]]["limit"]),
            ]
            limits += [
                ((seat.hospital, resource), count_of(hospital, resource))
                for resource in uses(doc["patients"][seat.patient])
            ]
            if any(limit is not None and self.used[key] > limit for key, limit in limits):
                return False
        return True

    def _count(self, n: int, seat: Seat, sign: int) -> None:
        country = self.doc["hospitals"][seat.hospital]["country"]
        self.used["leaving", n, seat.stop] += sign
        self.used["arriving", seat.hospital, self.flights[n].slot[1]] += sign
        self.used["country", country] += sign
        for resource, amount in uses(self.doc["patients"][seat.patient]).items():
            self.used[seat.hospital, resource] += sign * amount

    def _above(self, way: tuple[Seat, ...]) -> float:
        countries = {self.doc["hospitals"][seat.hospital]["country"] for seat in way}
        return sum(
            above_fair_share(self.doc, country, self.used["country", country]) for country in countries
        )


def _routes(doc: dict, aircraft_id: str) -> list[tuple[Route, list[tuple[int, int]]]]:
    """Return every route that rules 1 to 4 allow at some minute, with those minutes."""
    aircraft = doc["aircraft"][aircraft_id]
    routes = []
    for hub in doc["hubs"]:
        if hub == aircraft["base"]:
            continue
        drops = [code for code in doc["airports"] if code != hub]
        for count in range(1, 1 + min(len(drops), aircraft["max_stops"])):
            for way in permutations(drops, count):
                route = fly(doc, aircraft_id, hub, way)
                allowed = [] if route_faults(doc, route) else departures(doc, route)
                if allowed:
                    routes.append((route, allowed))
    return routes


def _groups(doc: dict) -> list[list[str]]:
    groups = []
    for patient_id in doc["patients"]:
        members = family_of(doc, patient_id)
        if members not in groups:
            groups.append(members)
    return groups


def _group_ways(doc: dict, members: list[str], option: Option) -> Iterator[tuple[Seat, ...]]:
    own = [[seat for seat in option.seats if seat.patient == member] for member in members]
    same_stop = family_rule(doc, members[0]) == "same-stop"
    for way in product(*own):
        if len({seat.stop if same_stop else seat.hospital for seat in way}) == 1:
            yield way


def _promise(option: Option) -> float:
    best: dict[str, float] = {}
    for seat in option.seats:
        best[seat.patient] = max(best.get(seat.patient, 0.0), seat.value)
    return sum(best.values()) - option.cost


def _dominates(one: Option, other: Option) -> bool:
    if one.cost > other.cost or one.back > other.back:
        return False
    for limit in ("seats", "litters", "intensive", "isolation", "care"):
        mine, theirs = one.layout[limit], other.layout[limit]
        if mine is not None and (theirs is None or mine < theirs):
            return False
    values = {(seat.patient, seat.hospital, seat.stop): seat.value for seat in one.seats}
    missing = float("-inf")
    return all(
        values.get((seat.patient, seat.hospital, seat.stop), missing) >= seat.value for seat in other.seats
    )
