"""Whether the reason given for each unplaced patient is the first true one of the format's table.

Readings chosen where the table leaves room. Where two readings are fair both are accepted, see `Reading`.

- *no-flight* asks for one flight on one date that carries the patient and, if any, all of the family, and
  obeys rules 1 to 6 for each of them. Under same-hospital the others go to the same hospital, over any
  airport of its reach; under same-stop they leave at the same airport, for a hospital of their own. Stops
  where nobody leaves are allowed, and any layout, date, hub minute and order of stops.
- *no-capacity* counts what the placed patients use, plus this patient alone, not the family.
- *country-limit* and *flight-full* look only at the hospitals that the earlier rows leave. A flight of
  this plan brings the patient "to one with room, in time" when its hub, date, stops and times fit rules 6
  and 7 as it is flown, and the hospital is not full on its date.
- *family*: "could join" asks for room on board, ambulances, counts, arrivals and dates of the hospital, and
  the limit of the country, with everybody else staying where they are.
- *worse-score* is whatever remains; that it would not help is proved by the bound, not here.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from .document import DAY, EPSILON, accepts, family_of, family_rule, filled, offers, suits, within
from .flight_rules import Flown, read_flights
from .room import count_of, lacking_on_board, places_hold, uses
from .solo import Travellers, can_fly


@dataclass(frozen=True)
class Reading:
    """One way to read the three phrases of the table that can be read in two.

    members_suited
        *no-flight*: the others of a family need hospitals that rule 7 leaves them (specialty, ``refuses``,
        ``hospitals``, ``chosen``), not just any that rules 1 to 6 let them reach.
    joint_dates
        *no-capacity*: dates of all needs and a free arrival must come together on one date of such a
        flight, not each on some date.
    base_joins
        *flight-full*: a flight of this plan that ends at a base where nobody leaves yet would bring a
        patient there, if rules 1 and 3 allow the base as one more drop.
    """

    members_suited: bool = False
    joint_dates: bool = False
    base_joins: bool = True


READINGS = tuple(Reading(*flags) for flags in product((False, True), (False, True), (True, False)))


def check_reasons(problem: dict, plan: dict) -> list[str]:
    """Return a sentence for each unplaced patient whose reason is not the first true one.

    The plan is taken to be valid; an infeasible plan has no reasons.
    """
    if plan["status"] == "infeasible":
        return []
    judge = Judge(filled(problem), plan)
    faults = []
    for record in plan["unplaced"]:
        true = list(judge.accepted(record["patient"], record["reason"]))
        if record["reason"] not in true:
            names = " or ".join(dict.fromkeys(true))
            faults.append(
                f"Reasons: {record['patient']} has {record['reason']}, the first true one is {names}."
            )
    return faults


@dataclass
class Judge:
    """A valid plan with what it uses up, and the table's questions about it."""

    doc: dict
    plan: dict
    flights: dict[str, Flown] = field(init=False)
    used: Counter = field(init=False)
    aboard: dict[str, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.flights, _ = read_flights(self.doc, self.plan)
        self.used = Counter()
        self.aboard = {flight: [] for flight in self.flights}
        self.days: dict[tuple, frozenset[int]] = {}
        for placement in self.plan["placements"]:
            self.aboard[placement["flight"]].append(placement["patient"])
            self.used.update(
                self._takes(
                    placement["patient"],
                    placement["hospital"],
                    self.flights[placement["flight"]],
                    placement["leaves_at"],
                )
            )

    def accepted(self, patient_id: str, wanted: str | None = None) -> Iterator[str]:
        """Give the first true reason under each reading, no further than the wanted one."""
        for reading in READINGS:
            reason = self.first_reason(patient_id, reading)
            yield reason
            if reason == wanted:
                return

    def first_reason(self, patient_id: str, reading: Reading = READINGS[0]) -> str:
        """Return the first row of the table that is true of an unplaced patient."""
        doc, patient = self.doc, self.doc["patients"][patient_id]
        left = [hospital for hospital in doc["hospitals"].values() if offers(patient, hospital)]
        if not left:
            return "no-specialty"
        left = [hospital for hospital in left if accepts(patient, hospital)]
        if not left:
            return "refused"
        left = [hospital for hospital in left if self._solo_days(patient_id, hospital, reading)]
        if not left:
            return "no-flight"
        left = [hospital for hospital in left if not self._used_up(patient_id, hospital, reading)]
        if not left:
            return "no-capacity"
        left = [hospital for hospital in left if not self._at_limit(hospital["country"])]
        if not left:
            return "country-limit"
        return self._about_flights(patient_id, left, reading)

    def _about_flights(self, patient_id: str, left: list[dict], reading: Reading) -> str:
        bringing = [
            (flown, hospital, stop)
            for flown in self.flights.values()
            for hospital in left
            for stop in self._stops(patient_id, hospital, flown, reading)
        ]
        if not bringing:
            return "worse-score"
        if not any(self._joins(flown, [(patient_id, hospital, stop)]) for flown, hospital, stop in bringing):
            return "flight-full"
        members = family_of(self.doc, patient_id)
        if len(members) > 1 and not any(
            self._family_joins(members, flown, reading) for flown in self.flights.values()
        ):
            return "family"
        return "worse-score"

    def _solo_days(self, patient_id: str, hospital: dict, reading: Reading) -> frozenset[int]:
        """Return the dates on which a flight could bring the patient and family, alone, to the hospital."""
        members = family_of(self.doc, patient_id)
        suited = reading.members_suited and len(members) > 1
        key = (patient_id, hospital["id"], suited)
        if key not in self.days:
            self.days[key] = frozenset(self._find_days(patient_id, members, hospital, suited))
        return self.days[key]

    def _find_days(self, patient_id: str, members: list[str], hospital: dict, suited: bool) -> Iterator[int]:
        doc = self.doc
        for day in sorted({day for aircraft in doc["aircraft"].values() for day in aircraft["days"]}):
            if any(day < doc["patients"][member]["ready"] for member in members):
                continue
            same_stop = family_rule(doc, patient_id) == "same-stop"
            roads = []
            for member in members:
                anywhere = same_stop and member != patient_id
                candidates = list(doc["hospitals"].values()) if anywhere else [hospital]
                candidates = [one for one in candidates if within(day, one)]
                if suited:
                    candidates = [one for one in candidates if suits(doc, doc["patients"][member], one)]
                roads.append(_shortest_roads(candidates))
            if can_fly(doc, day, Travellers(tuple(members), tuple(roads), same_stop)):
                yield day

    def _used_up(self, patient_id: str, hospital: dict, reading: Reading) -> bool:
        patient = self.doc["patients"][patient_id]
        for resource, amount in uses(patient).items():
            if self.used[hospital["id"], resource] + amount > count_of(hospital, resource):
                return True
        days = self._solo_days(patient_id, hospital, reading)
        free = [day for day in days if not self._arrivals_full(hospital, day)]
        if reading.joint_dates:
            return not any(places_hold(patient, hospital, day) for day in free)
        dated = [hospital["places"][need] for need in patient["needs"]]
        return not free or any(not any(within(day, place) for day in days) for place in dated)

    def _arrivals_full(self, hospital: dict, day: int) -> bool:
        limit = hospital["arrivals_per_day"]
        return limit is not None and self.used["arriving", hospital["id"], day] >= limit

    def _at_limit(self, country: str) -> bool:
        limit = self.doc["countries"][country]["limit"]
        return limit is not None and self.used["country", country] >= limit

    def _stops(self, patient_id: str, hospital: dict, flown: Flown, reading: Reading) -> Iterator[str]:
        """Give the airports where the flight, as flown, would let the patient leave for the hospital."""
        doc, patient = self.doc, self.doc["patients"][patient_id]
        if flown.route.hub != patient["hub"] or flown.day < patient["ready"]:
            return
        if not places_hold(patient, hospital, flown.day) or self._arrivals_full(hospital, flown.day):
            return
        unload = doc["aircraft"][flown.slot[0]]["unload_minutes"]
        for stop, to_drop in self._ways_out(flown, reading).items():
            if stop not in hospital["roads"]:
                continue
            transit = to_drop + unload + hospital["roads"][stop]
            arrival = flown.leaves + flown.route.arrives[0] + transit
            if (
                transit <= patient["max_transit_minutes"] + EPSILON
                and arrival <= patient["fit_until"] + EPSILON
            ):
                yield stop

    def _ways_out(self, flown: Flown, reading: Reading) -> dict[str, float]:
        """Return the drops of a flight, its base too where that can be one, with the minutes from the hub."""
        drops = flown.route.transit_to
        aircraft = self.doc["aircraft"][flown.slot[0]]
        base = aircraft["base"]
        fixed = any(flight["slot"] == flown.slot for flight in self.doc["fixed_flights"])
        if base in drops or fixed or not reading.base_joins or len(drops) + 1 > aircraft["max_stops"]:
            return drops
        airport = self.doc["airports"][base]
        arrival = flown.back - flown.day * DAY
        always = (airport["opens"], airport["closes"]) == (0, DAY)
        if not always and not airport["opens"] - EPSILON <= arrival <= airport["closes"] + EPSILON:
            return drops
        return {**drops, base: flown.route.back - flown.route.arrives[0]}

    def _family_joins(self, members: list[str], flown: Flown, reading: Reading) -> bool:
        same_stop = family_rule(self.doc, members[0]) == "same-stop"
        ways = [
            [
                (member, hospital, stop)
                for hospital in self.doc["hospitals"].values()
                if suits(self.doc, self.doc["patients"][member], hospital)
                for stop in self._stops(member, hospital, flown, reading)
            ]
            for member in members
        ]
        return any(
            len({stop if same_stop else hospital["id"] for _, hospital, stop in way}) == 1
            and self._joins(flown, list(way))
            for way in product(*ways)
        )

    def _joins(self, flown: Flown, way: list[tuple[str, dict, str]]) -> bool:
        """Say whether some patients could be added to a flight of the plan, everything else as it is."""
        doc = self.doc
        if any(flight["slot"] == flown.slot and flight["closed"] for flight in doc["fixed_flights"]):
            return False
        together = self.aboard[flown.id] + [patient_id for patient_id, _, _ in way]
        layout = doc["aircraft"][flown.slot[0]]["layouts"][flown.layout]
        if lacking_on_board(layout, [doc["patients"][patient_id] for patient_id in together]):
            return False
        used = Counter(self.used)
        for patient_id, hospital, stop in way:
            used.update(self._takes(patient_id, hospital["id"], flown, stop))
        for patient_id, hospital, stop in way:
            limits = {
                ("country", hospital["country"]): doc["countries"][hospital["country"]]["limit"],
                ("arriving", hospital["id"], flown.day): hospital["arrivals_per_day"],
                ("leaving", flown.id, stop): doc["airports"][stop]["ambulances"],
            }
            for resource in uses(doc["patients"][patient_id]):
                limits[hospital["id"], resource] = count_of(hospital, resource)
            if any(limit is not None and used[key] > limit for key, limit in limits.items()):
                return False
        return True

    def _takes(self, patient_id: str, hospital_id: str, flown: Flown, stop: str) -> dict[tuple, int]:
        """Return what a placement uses up outside the aircraft."""
        takes = {
            ("country", self.doc["hospitals"][hospital_id]["country"]): 1,
            ("arriving", hospital_id, flown.day): 1,
            ("leaving", flown.id, stop): 1,
        }
        for resource, amount in uses(self.doc["patients"][patient_id]).items():
            takes[hospital_id, resource] = amount
        return takes


def _shortest_roads(hospitals: list[dict]) -> dict[str, float]:
    roads: dict[str, float] = {}
    for hospital in hospitals:
        for airport, road in hospital["roads"].items():
            roads[airport] = min(road, roads.get(airport, road))
    return roads
