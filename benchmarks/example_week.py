"""Makes the example week that `medevac demo --week` plans: src/medevac/planner/example/week.json.

Real: the hospitals with their positions (example_hospitals.csv), the airports (airportsdata), the Boeing
737's layout, the case mix. Assumed: what a hospital offers (its columns say so), opening hours, and roads,
which are estimated from the great circle. Invented: every patient and every agreement (`example_patients`).
Run `python benchmarks/example_week.py` to write the file anew.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from example_patients import make_patients
from figures import BOEING_737, JET, Document
from instances import Draw, canonical_bytes
from medevac.planner.geography import distance_km
from medevac.planner.problem import Airport
from medevac.tables.facilities.roads import RoadEstimate
from medevac.tables.known_airports import known_airports

WEEK = Path(__file__).parents[1] / "src" / "medevac" / "planner" / "example" / "week.json"
TABLE = Path(__file__).with_name("example_hospitals.csv")
SEED = 7
START = date(2026, 1, 12)
HUB = "EPRZ"
JET_DAY = "2026-01-15"
ROAD = RoadEstimate()
SECOND_AIRPORT_MINUTES = 90  # a hospital is also reached from a second airport that is no further

# Airports where a Boeing 737 lands as a matter of course.
AIRPORTS = (
    "ENGM", "ENBR", "ENZV", "ENVA", "ENTC", "EDDB", "EDDH", "EDDM", "EDDF", "EDDK", "EDDL", "EDDS", "EDDP",
    "EKCH", "EKBI", "EKAH", "ESSA", "ESGG", "ESMS", "EFHK", "EFTP", "EHAM", "EHRD", "EBBR", "ELLX", "LFPG",
    "LFPO", "LFLL", "LEMD", "LEBL", "LEZL", "LEZG", "LPPT", "LIRF", "LIMC", "LIMF", "LOWW", "LOWI", "LSZH",
    "LKPR", "EPWA", "EPGD", "EPKT", "EYVI", "EVRA", "EETN", "EIDW",
)  # fmt: skip
NIGHT_CLOSURES = {  # assumed, in UTC in winter, rounded
    "EDDH": ("05:00", "22:00"), "EDDF": ("04:00", "22:00"), "LSZH": ("05:00", "22:00"),
    "EDDS": ("05:00", "22:00"), "EDDM": ("05:00", "21:00"), "EDDB": ("05:00", "21:00"),
    "EDDL": ("05:00", "21:00"), "LFPO": ("05:00", "22:00"), "LOWI": ("05:30", "19:00"),
    "LEZG": ("06:00", "21:00"),
}  # fmt: skip
HUB_HOURS = {"opens": "06:00", "closes": "20:00"}  # assumed: the hub's crew by day
AMBULANCES = {"EDDH": 20, "ENTC": 4, "LOWI": 3, "ELLX": 3}  # assumed
FAIR_SHARES = {"NO": 6, "DE": 8, "FR": 4, "ES": 4, "IT": 4, "PL": 4}  # assumed; 2 for the others
LIMITS = {"CH": 2, "LU": 2}  # assumed
CREW = (  # the published roles of a 737's medical crew; the names are invented
    "Medical crew director: Kari Solberg", "Anaesthetist: Øystein Bråthen", "Nurse anaesthetist: Åse Lund",
    "Intensive-care nurse: Jonas Hæreid", "Nurse: Ingrid Moen", "Paramedic: Erik Sørli",
    "Interpreter: Ганна Бойчук",
)  # fmt: skip


def make_week() -> Document:
    """The whole problem."""
    draw = Draw(SEED)
    airports = make_airports()
    hospitals = make_hospitals(airports, draw)
    patients, families = make_patients(START, hospitals, draw)
    return {
        "format": "medevac-problem/1",
        "name": "example week 3, 2026",
        "x-note": "Real hospitals and airports; every patient and every offer is invented.",
        "x-assumption": "Hospitals' places, rooms, suitability; opening hours; ambulances; fair shares.",
        "x-estimate": f"Road times: {ROAD}.",
        "start": START.isoformat(),
        "days": 7,
        "airports": {code: airports[code] for code in used(airports, hospitals)},
        "hubs": {HUB: {"load_minutes": 60}},
        "countries": make_countries(hospitals),
        "hospitals": hospitals,
        "aircraft": make_aircraft(),
        "patients": patients,
        "families": families,
        "fixed": [promise(patients)],
    }


def make_airports() -> Document:
    """The hub and the airports, at the positions that are known."""
    known = known_airports()
    airports: Document = {}
    for code in (HUB, *AIRPORTS):
        lat, lon = known[code].position
        airports[code] = {"lat": round(lat, 3), "lon": round(lon, 3), "x-name": known[code].name}
    for code, (opens, closes) in NIGHT_CLOSURES.items():
        airports[code] |= {"opens": opens, "closes": closes}
    airports[HUB] |= HUB_HOURS
    for code, number in AMBULANCES.items():
        airports[code]["ambulances"] = number
    return airports


def used(airports: Document, hospitals: list[Document]) -> list[str]:
    """The hub and every airport from which some hospital is reached."""
    reached = {one["airport"] for hospital in hospitals for one in hospital["reach"]}
    return [code for code in airports if code == HUB or code in reached]


def make_hospitals(airports: Document, draw: Draw) -> list[Document]:
    """Every hospital of the table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [make_hospital(row, airports, draw) for row in csv.DictReader(file)]


def make_hospital(row: dict[str, str], airports: Document, draw: Draw) -> Document:
    """One hospital of the table, with its airports."""
    places = {name: int(count) for name, count in
              (entry.split() for entry in row["places (assumption)"].split("; "))}  # fmt: skip
    rooms = {
        name: int(row[f"{name} (assumption)"]) for name in ("isolation", "intensive", "child", "companions")
    }
    return {
        "id": row["id"], "x-name": row["name"], "x-city": row["city"], "country": row["country"],
        "x-lat": float(row["latitude"]), "x-lon": float(row["longitude"]), "reach": reach(row, airports),
        "places": places, "suitability": {name: round(draw.uniform(0.5, 1.0), 2) for name in places}, **rooms,
    }  # fmt: skip


def reach(row: dict[str, str], airports: Document) -> list[Document]:
    """The nearest airport, and the second nearest if it is near enough."""
    position = Airport(row["id"], float(row["latitude"]), float(row["longitude"]))
    km = {code: distance_km(position, Airport(code, it["lat"], it["lon"]))
          for code, it in airports.items() if code != HUB}  # fmt: skip
    nearest, second = sorted(km, key=lambda code: km[code])[:2]
    near = [nearest, second] if ROAD.minutes(km[second]) <= SECOND_AIRPORT_MINUTES else [nearest]
    return [{"airport": code, "road_minutes": ROAD.minutes(km[code]), "x-estimate": True} for code in near]


def make_countries(hospitals: list[Document]) -> Document:
    """Every country with a hospital, in the order of the table."""
    countries: Document = {hospital["country"]: {} for hospital in hospitals}
    for code in countries:
        countries[code]["fair_share"] = FAIR_SHARES.get(code, 2)
        if code in LIMITS:
            countries[code]["limit"] = LIMITS[code]
    return countries


def make_aircraft() -> list[Document]:
    """The 737 on Wednesday, a crew of seven in seven of the 39 seats, and a jet straight home on Thursday."""
    layout = BOEING_737["layouts"][0] | {"seats": 39 - len(CREW), "isolation": 1}
    weekly = {"id": "SAS-737", "base": "ENGM", "days": ["2026-01-14"]} | BOEING_737
    jet = {"id": "JET", "base": "ENGM", "days": [JET_DAY]} | JET | {"max_stops": 1}
    return [weekly | {"layouts": [layout], "x-crew": list(CREW)}, jet]


def promise(patients: list[Document]) -> Document:
    """The patient with an airborne infection is fixed to the jet, which is equipped for it, and to Ahus.

    Ahus has said yes; the patient has not chosen yet.
    """
    ill = next(it for it in patients if it["isolation"] == "airborne")
    ill["hospitals"] = ["NO-AHUS"]
    return {
        "patient": ill["id"],
        "hospital": "NO-AHUS",
        "flight": {"aircraft": "JET", "date": JET_DAY},
        "x-note": "Invented: agreed by telephone on Monday.",
    }


def main() -> None:
    """Write the file."""
    WEEK.write_bytes(canonical_bytes(make_week()))
    print(WEEK)


if __name__ == "__main__":
    main()
