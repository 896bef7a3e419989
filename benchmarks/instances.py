"""Makes benchmark problems by size and seed, always the same ones.

`make("W", 1)` gives a `medevac-problem/1` document as plain data; `python benchmarks/instances.py W 1
--output FILE` writes it. All patients, hospitals and flights are invented; only airports are real.

Where each statistic comes from
-------------------------------
The benchmark's own definition (shares are kept exactly, by drawing who has a trait and not whether):
sizes, hubs, flights, 30 airports of which a third close at night, 10 specialties, 1-3 per hospital, 1-2
airports per hospital, 22 % children, 28 % isolated and one in ten of those airborne, 10 % in families,
0.6 companions per patient, 8 % refuse countries, 15 % prefer one, 10 % have an accepted list, priorities
20/45/35 %, transit limits 14/10/7 h, 1.5 places per patient in W and 1.15 in the others.

Published figures: case mix of 1,385 evacuated patients (trauma 78.7 %, cancer 13.4 %, other 7.9 %) and the
median of 7 days from request to evacuation; the Boeing 737's layout and leg times; places spread over
countries by population share; 2 litters and 3 seats of the rescEU jet; about 510 km/h block for the C-130J.

Assumed, for want of a figure: how trauma splits over seven specialties, positions 45/45/10 %, care points,
rooms and housing per hospital, roads, ambulances, arrivals per day, limits, cost per hour, patients per hub.

Only `Generator.random` is drawn from, whose stream does not change between NumPy releases.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Sequence
from datetime import timedelta
from math import ceil, log, sqrt
from pathlib import Path
from typing import TypeVar

import numpy as np

from figures import (
    AIRPORTS,
    CASE_MIX,
    HUBS,
    POPULATION,
    RECIPES,
    TRANSIT_MINUTES,
    Document,
    Recipe,
    Size,
)
from medevac.planner.geography import distance_km
from medevac.planner.problem import Airport

Item = TypeVar("Item")


class Draw:
    """Random choices made from one stream of uniform numbers."""

    def __init__(self, *entropy: int) -> None:
        self._rng = np.random.default_rng(entropy)

    def uniform(self, low: float = 0.0, high: float = 1.0) -> float:
        return low + (high - low) * float(self._rng.random())

    def integer(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return min(high, int(self.uniform(low, high + 1)))

    def chance(self, share: float) -> bool:
        return self.uniform() < share

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        keys = self._rng.random(len(items))
        return [items[index] for index in np.argsort(keys, kind="stable")]

    def sample(self, items: Sequence[Item], count: int) -> list[Item]:
        return self.shuffled(items)[:count]

    def weighted(self, items: Sequence[Item], weights: Sequence[float]) -> Item:
        mark = self.uniform(0.0, sum(weights))
        for item, weight in zip(items, weights, strict=True):
            mark -= weight
            if mark < 0:
                return item
        return items[-1]

    def hits(self, trials: int, share: float) -> int:
        return sum(self.chance(share) for _ in range(trials))

    def dealt(self, shares: dict[Item, float], total: int) -> list[Item]:
        """`total` items in random order, each as often as its share says."""
        return self.shuffled([item for item, count in apportion(shares, total).items() for _ in range(count)])


def apportion(shares: dict[Item, float], total: int, least: int = 0) -> dict[Item, int]:
    """Whole numbers, none below `least`, that add up to `total` in proportion to `shares`."""
    rest = total - least * len(shares)
    exact = {item: rest * share / sum(shares.values()) for item, share in shares.items()}
    counts = {item: least + int(value + 1e-9) for item, value in exact.items()}
    by_remainder = sorted(exact, key=lambda item: int(exact[item] + 1e-9) - exact[item])
    for item in by_remainder[: total - sum(counts.values())]:
        counts[item] += 1
    return counts


def make(size: Size, seed: int) -> Document:
    """The problem of this size and seed, as plain data."""
    recipe, draw = RECIPES[size], Draw(list(RECIPES).index(size), seed)
    hospitals = make_hospitals(recipe, draw)
    patients, families = make_patients(recipe, hospitals, draw)
    return {
        "format": "medevac-problem/1",
        "name": f"benchmark {size}, seed {seed}",
        "start": recipe.start.isoformat(),
        "days": recipe.days,
        "airports": make_airports(recipe, draw),
        "hubs": {hub: {"load_minutes": 60} for hub in recipe.hubs},
        "countries": make_countries(recipe, draw),
        "hospitals": hospitals,
        "aircraft": make_aircraft(recipe, draw),
        "patients": patients,
        "families": families,
    }


def make_airports(recipe: Recipe, draw: Draw) -> Document:
    """Hubs, always open, and the drop airports, a third of which close at night."""
    airports: Document = {hub: {"lat": HUBS[hub][0], "lon": HUBS[hub][1]} for hub in recipe.hubs}
    for code, (_, lat, lon, _) in AIRPORTS.items():
        airports[code] = {"lat": lat, "lon": lon}
    for code in draw.sample(list(AIRPORTS), len(AIRPORTS) // 3):
        airports[code]["opens"] = f"0{draw.integer(4, 6)}:00"
        airports[code]["closes"] = f"{draw.integer(18, 22)}:00"
    for code in draw.sample(list(AIRPORTS), len(AIRPORTS) // 3):
        airports[code]["ambulances"] = draw.integer(6, 16)
    return airports


def make_countries(recipe: Recipe, draw: Draw) -> Document:
    """Fair shares by population; five countries have a limit as well."""
    total = sum(POPULATION.values())
    shares = {code: ceil(recipe.patients * people / total) for code, people in POPULATION.items()}
    countries: Document = {code: {"fair_share": share} for code, share in shares.items()}
    for code in draw.sample(list(POPULATION), 5):
        countries[code]["limit"] = ceil(1.5 * shares[code])
    return countries


def make_hospitals(recipe: Recipe, draw: Draw) -> list[Document]:
    """Hospitals with their places; the places add up to the size's number exactly."""
    shares = {code: sqrt(people) for code, people in POPULATION.items()}
    numbers = apportion(shares, recipe.hospitals, least=1)
    hospitals = [make_hospital(f"{code}-{number:02}", code, recipe, draw)
                 for code, count in numbers.items() for number in range(1, count + 1)]  # fmt: skip
    spread_places(hospitals, round(recipe.places_per_patient * recipe.patients), draw)
    for hospital in hospitals:
        add_rooms(hospital, recipe, draw)
    return hospitals


def make_hospital(identity: str, country: str, recipe: Recipe, draw: Draw) -> Document:
    """A hospital with one place of each of its specialties, and no rooms yet."""
    home = draw.weighted(*catchments(country))
    reach = [{"airport": home, "road_minutes": draw.integer(15, 75)}]
    other, km = min(((code, distance(home, code)) for code in AIRPORTS if code != home), key=lambda it: it[1])
    if km < 400 and draw.chance(0.5):
        reach.append({"airport": other, "road_minutes": 25 + round(km * draw.uniform(0.5, 0.8))})
    count = draw.weighted((1, 2, 3), recipe.specialties)
    specialties: dict[str, int] = {}
    while len(specialties) < count:
        specialties[draw.weighted(list(CASE_MIX), list(CASE_MIX.values()))] = 1
    return {
        "id": identity, "country": country, "reach": reach, "places": specialties,
        "suitability": {name: round(draw.uniform(0.3, 1.0), 2) for name in specialties},
    }  # fmt: skip


def catchments(country: str) -> tuple[list[str], list[float]]:
    codes = [code for code, airport in AIRPORTS.items() if airport[0] == country]
    return codes, [AIRPORTS[code][3] for code in codes]


def distance(origin: str, destination: str) -> float:
    """Great-circle distance in km, from which the road to a second airport is guessed."""
    ends = (Airport(code, *AIRPORTS[code][1:3]) for code in (origin, destination))
    return distance_km(*ends)


def spread_places(hospitals: list[Document], total: int, draw: Draw) -> None:
    """Bring the sum of places to `total`: add where specialties are sought, drop third specialties first."""
    entries = [(hospital, name) for hospital in hospitals for name in hospital["places"]]
    missing = total - len(entries)
    for hospital in sorted(hospitals, key=lambda it: -len(it["places"]))[: max(0, -missing)]:
        name = list(hospital["places"])[-1]
        del hospital["places"][name], hospital["suitability"][name]
    weights = [CASE_MIX[name] for _, name in entries]
    for _ in range(missing):
        hospital, name = draw.weighted(entries, weights)
        hospital["places"][name] += 1


def add_rooms(hospital: Document, recipe: Recipe, draw: Draw) -> None:
    """Rooms and housing in proportion to the places, and dates where the window is longer than a day."""
    places = sum(hospital["places"].values())
    hospital["isolation"] = draw.hits(places, 0.5)
    hospital["intensive"] = draw.hits(places, 0.25)
    hospital["child"] = draw.hits(places, 0.4)
    hospital["companions"] = draw.hits(2 * places, 0.5)
    if draw.chance(0.2):
        hospital["arrivals_per_day"] = draw.integer(1, 3)
    if recipe.days > 1 and draw.chance(0.2):
        hospital["from"] = day(recipe, draw.integer(0, recipe.days // 2))
    if recipe.days > 1 and draw.chance(0.1):
        name = next(iter(hospital["places"]))
        until = day(recipe, draw.integer(recipe.days // 2, recipe.days - 1))
        hospital["places"][name] = {"count": hospital["places"][name], "from": None, "until": until}


def make_aircraft(recipe: Recipe, draw: Draw) -> list[Document]:
    """Every aircraft with as many dates as flights, spread over the window."""
    aircraft = []
    for fleet in recipe.fleets:
        for number in range(fleet.count):
            name = fleet.name if fleet.count == 1 else f"{fleet.name}-{number + 1}"
            days = sorted(draw.sample(range(recipe.days), fleet.flights))
            aircraft.append({"id": name, "base": fleet.bases[number % len(fleet.bases)],
                             "days": [day(recipe, offset) for offset in days],
                             "max_flights": fleet.flights} | fleet.kind)  # fmt: skip
    return aircraft


def day(recipe: Recipe, offset: int) -> str:
    return (recipe.start + timedelta(days=offset)).isoformat()


def make_patients(recipe: Recipe, hospitals: list[Document], draw: Draw) -> tuple[list[Document], Document]:
    """Patients, every share exact, and the families' rules."""
    count = recipe.patients
    patients = [
        {"id": f"UA-26-{number:04}", "hub": hub, "ready": ready_date(recipe, draw), "priority": priority,
         "waiting_days": min(180, int(-10.1 * log(1 - draw.uniform()))),  # median 7 days
         "position": position, "needs": [need], "isolation": "none", "child": False, "companions": 0,
         "care": {"seat": 0, "litter": draw.integer(1, 2), "intensive": 4}[position],
         "max_transit_minutes": TRANSIT_MINUTES[position]}
        for number, (hub, priority, position, need) in enumerate(
            zip(draw.dealt(recipe.hubs, count), draw.dealt({1: 0.20, 2: 0.45, 3: 0.35}, count),
                draw.dealt({"seat": 0.45, "litter": 0.45, "intensive": 0.10}, count),
                draw.dealt(CASE_MIX, count), strict=True), start=1)]  # fmt: skip
    families = join_families(patients, draw)
    add_second_needs(patients, hospitals, draw)
    add_children_and_companions(patients, draw)
    isolated = draw.sample(patients, round(0.28 * count))
    for index, patient in enumerate(isolated):
        patient["isolation"] = "airborne" if index < round(len(isolated) / 10) else "contact"
    add_wishes(patients, hospitals, draw)
    return patients, families


def ready_date(recipe: Recipe, draw: Draw) -> str:
    """Half have waited before the window opens; the others come within its first 60 %."""
    return day(recipe, 0 if draw.chance(0.5) else int(draw.uniform(0, 0.6 * recipe.days)))


def add_second_needs(patients: list[Document], hospitals: list[Document], draw: Draw) -> None:
    """One in ten needs two specialties that some hospital has together."""
    beside = {need: {name for it in hospitals if need in it["places"] for name in it["places"]} - {need}
              for need in CASE_MIX}  # fmt: skip
    able = [it for it in draw.shuffled(patients) if "family" not in it and beside[it["needs"][0]]]
    for patient in able[: round(0.10 * len(patients))]:
        patient["needs"] += draw.sample(sorted(beside[patient["needs"][0]]), 1)


def join_families(patients: list[Document], draw: Draw) -> Document:
    """A tenth of the patients, in twos and one three, alternately under each rule.

    A family for one hospital was hurt together: its members have the first one's need.
    """
    wanted = round(0.10 * len(patients))
    single = draw.shuffled(patients)
    rules: Document = {}
    while wanted > 1:
        size = 3 if wanted == 3 else 2
        first = single.pop()
        others = [single.pop(index) for index in nearest(single, first["hub"], size - 1)]
        name = f"F{len(rules) + 1}"
        rules[name] = "same-stop" if len(rules) % 2 else "same-hospital"
        for member in (first, *others):
            member |= {"family": name, "ready": first["ready"]}
            if rules[name] == "same-hospital":
                member["needs"] = list(first["needs"])
        wanted -= size
    return rules


def nearest(patients: list[Document], hub: str, count: int) -> list[int]:
    """Where the last `count` patients of this hub stand, from the end on."""
    return [index for index in reversed(range(len(patients))) if patients[index]["hub"] == hub][:count]


def add_children_and_companions(patients: list[Document], draw: Draw) -> None:
    """22 % children, those with childhood cancer first, each with a companion; 0.6 companions per patient."""
    youngest_first = sorted(draw.shuffled(patients), key=lambda it: "child-oncology" not in it["needs"])
    for child in youngest_first[: round(0.22 * len(patients))]:
        child |= {"child": True, "companions": 1}
    missing = round(0.6 * len(patients)) - sum(it["companions"] for it in patients)
    twice = draw.shuffled(patients) + draw.shuffled(patients)
    for patient in twice[:missing]:
        patient["companions"] += 1


def add_wishes(patients: list[Document], hospitals: list[Document], draw: Draw) -> None:
    """Countries refused (8 %) and preferred (15 %), hospitals that have accepted (10 %), one chosen (3 %)."""
    countries = list(POPULATION)
    for patient in draw.sample(patients, round(0.08 * len(patients))):
        patient["refuses"] = draw.sample(countries, draw.integer(1, 3))
    for patient in draw.sample(patients, round(0.15 * len(patients))):
        welcome = [code for code in countries if code not in patient.get("refuses", ())]
        patient["prefers"] = draw.weighted(welcome, [sqrt(POPULATION[code]) for code in welcome])
    single = [it for it in draw.shuffled(patients) if "family" not in it]
    for index, patient in enumerate(single[: round(0.10 * len(patients))]):
        patient["hospitals"] = draw.sample(suits(patient, hospitals), draw.integer(1, 4))
        if patient["hospitals"] and index < round(0.03 * len(patients)):
            patient["chosen"] = patient["hospitals"][0]


def suits(patient: Document, hospitals: list[Document]) -> list[str]:
    """Hospitals with every specialty needed, in countries that are not refused."""
    refused = patient.get("refuses", ())
    return [it["id"] for it in hospitals
            if it["country"] not in refused and set(patient["needs"]) <= set(it["places"])]  # fmt: skip


def canonical_bytes(document: Document) -> bytes:
    """The bytes that are written, and whose sha256 stands in the benchmark's table."""
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def sha256(document: Document) -> str:
    """The sha256 of the canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical_bytes(document)).hexdigest()


def main() -> None:
    """Write one instance to a file, or its sha256 to the screen."""
    parser = argparse.ArgumentParser(description="Make a benchmark problem.")
    parser.add_argument("size", choices=list(RECIPES))
    parser.add_argument("seed", type=int)
    parser.add_argument("--output", type=Path, help="the file to write; without it only the sha256 is shown")
    chosen = parser.parse_args()
    document = make(chosen.size, chosen.seed)
    if chosen.output:
        chosen.output.write_bytes(canonical_bytes(document))
    print(sha256(document))


if __name__ == "__main__":
    main()
