"""Makes the example week that `medevac demo` plans: src/medevac/cli/example/week.json.

Hospitals, airports and roads are real or nearly so; what the hospitals offer and every patient is
invented. Run `python benchmarks/example_week.py` to write the file anew.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from figures import AIRPORTS, C130J, HUBS, ONE_LAYOUT_737, POPULATION, Document, Recipe
from instances import Draw, canonical_bytes, make_patients, suits

WEEK = Path(__file__).parents[1] / "src" / "medevac" / "cli" / "example" / "week.json"
SEED = 2043
RECIPE = Recipe(48, 30, 1.5, date(2026, 1, 12), 7, {"EPRZ": 1.0}, (1, 0, 0), ())

# id: airports with minutes on the road; places; isolation rooms, intensive, child, companions
HOSPITALS = {
    "NO-OUS": ("ENGM 50", "burns 1, neurosurgery 2, child-oncology 1, oncology 1", (2, 2, 2, 4)),
    "NO-AHUS": ("ENGM 35", "orthopaedics 2, internal-medicine 1", (1, 1, 1, 3)),
    "NO-SUNNAAS": ("ENGM 80", "rehabilitation 3", (2, 0, 1, 3)),
    "NO-HAUKELAND": ("ENBR 30", "burns 2, reconstruction 1", (2, 1, 1, 2)),
    "NO-ST-OLAV": ("ENVA 40", "orthopaedics 1, ophthalmology 1", (1, 1, 1, 2)),
    "NO-UNN": ("ENTC 15", "orthopaedics 1, rehabilitation 1", (1, 1, 1, 2)),
    "DE-CHARITE": ("EDDB 45", "reconstruction 2, neurosurgery 1, child-oncology 1", (2, 2, 1, 4)),
    "DE-UKB-BERLIN": ("EDDB 35", "burns 2, orthopaedics 1", (2, 1, 1, 2)),
    "DE-UKE": ("EDDH 20", "orthopaedics 2, maxillofacial 1", (2, 1, 1, 3)),
    "DE-LMU": ("EDDM 45", "reconstruction 1, ophthalmology 1", (1, 1, 0, 2)),
    "DE-FRANKFURT": ("EDDF 20", "orthopaedics 2, internal-medicine 1", (2, 1, 1, 2)),
    "DE-HEIDELBERG": ("EDDF 60", "oncology 2, child-oncology 1", (1, 0, 1, 3)),
    "DE-BERGMANNSHEIL": ("EDDK 65", "burns 1, rehabilitation 1", (1, 1, 0, 2)),
    "DE-BONN": ("EDDK 30", "neurosurgery 1, ophthalmology 1", (1, 1, 1, 2)),
    "DK-RIGSHOSPITALET": ("EKCH 25", "orthopaedics 1, oncology 1, maxillofacial 1", (1, 1, 1, 3)),
    "SE-KAROLINSKA": ("ESSA 35", "orthopaedics 1, reconstruction 1", (1, 1, 1, 2)),
    "SE-AKADEMISKA": ("ESSA 30", "burns 1", (1, 1, 0, 1)),
    "FI-HUS": ("EFHK 30", "neurosurgery 1, rehabilitation 1", (1, 1, 1, 2)),
    "NL-AMSTERDAM-UMC": ("EHAM 20", "reconstruction 1, internal-medicine 1", (1, 1, 0, 2)),
    "NL-PRINSES-MAXIMA": ("EHAM 45", "child-oncology 1", (1, 0, 1, 2)),
    "BE-LEUVEN": ("EBBR 20", "maxillofacial 1, oncology 1", (1, 0, 1, 2)),
    "FR-PERCY": ("LFPG 55", "orthopaedics 2, reconstruction 1", (2, 1, 0, 2)),
    "ES-LA-PAZ": ("LEMD 20", "orthopaedics 1, burns 1", (1, 1, 1, 3)),
    "ES-VALL-HEBRON": ("LEBL 30", "reconstruction 1, neurosurgery 1", (1, 1, 1, 3)),
    "IT-GEMELLI": ("LIRF 40", "oncology 1, rehabilitation 1", (1, 0, 1, 2)),
    "IT-NIGUARDA": ("LIMC 50", "orthopaedics 1, rehabilitation 1", (1, 1, 1, 2)),
    "AT-AKH": ("LOWW 30", "ophthalmology 1, orthopaedics 1", (1, 1, 1, 2)),
    "CZ-MOTOL": ("LKPR 25", "rehabilitation 1, child-oncology 1", (1, 0, 1, 2)),
    "CH-USZ": ("LSZH 20", "reconstruction 1, neurosurgery 1", (1, 1, 0, 1)),
    "LT-SANTAROS": ("EYVI 15", "orthopaedics 1, internal-medicine 1", (1, 1, 1, 2)),
}
NIGHT_CLOSURES = {"EDDH": ("05:00", "22:00"), "EDDF": ("04:00", "22:00"), "LSZH": ("05:00", "22:00"),
                  "EDDM": ("05:00", "21:00"), "EDDB": ("05:00", "21:00")}  # fmt: skip
FAIR_SHARES = {"NO": 8, "DE": 14, "FR": 4, "ES": 4, "IT": 4}


def make_week() -> Document:
    """The whole problem."""
    draw = Draw(SEED)
    hospitals = [make_hospital(identity, draw) for identity in HOSPITALS]
    patients, families = make_patients(RECIPE, hospitals, draw)
    agree(patients, hospitals, draw)
    return {
        "format": "medevac-problem/1",
        "name": "example week 3, 2026",
        "x-note": "Invented patients and offers; made by benchmarks/example_week.py.",
        "start": "2026-01-12",
        "days": 7,
        "airports": make_airports(),
        "hubs": {"EPRZ": {"load_minutes": 60}},
        "countries": {code: {"fair_share": FAIR_SHARES.get(code, 3)} for code in POPULATION}
        | {"CH": {"limit": 2, "fair_share": 1}},
        "hospitals": hospitals,
        "aircraft": make_aircraft(),
        "patients": patients,
        "families": families,
        "fixed": fixed(patients),
    }


def make_airports() -> Document:
    """The hub and every airport of a hospital."""
    used = {entry[0].split()[0] for entry in HOSPITALS.values()}
    airports: Document = {"EPRZ": {"lat": HUBS["EPRZ"][0], "lon": HUBS["EPRZ"][1]}}
    for code, (_, lat, lon, _) in AIRPORTS.items():
        if code in used:
            airports[code] = {"lat": lat, "lon": lon}
    for code, (opens, closes) in NIGHT_CLOSURES.items():
        airports[code] |= {"opens": opens, "closes": closes}
    airports["EDDH"]["ambulances"] = 20
    airports["ENTC"]["ambulances"] = 6
    return airports


def make_hospital(identity: str, draw: Draw) -> Document:
    """One hospital from the table above."""
    reach, offer, rooms = HOSPITALS[identity]
    airport, minutes = reach.split()
    places = {name: int(count) for name, count in (entry.split() for entry in offer.split(", "))}
    return {
        "id": identity, "country": identity[:2],
        "reach": [{"airport": airport, "road_minutes": int(minutes)}],
        "places": places, "suitability": {name: round(draw.uniform(0.5, 1.0), 2) for name in places},
        **dict(zip(("isolation", "intensive", "child", "companions"), rooms, strict=True)),
    }  # fmt: skip


def make_aircraft() -> list[Document]:
    """The 737 on Wednesday, its crew of seven in seven of the 39 seats, and a C-130J on Friday."""
    layout = ONE_LAYOUT_737["layouts"][0] | {"seats": 32}
    boeing = (
        {"id": "SAS-737", "base": "ENGM", "days": ["2026-01-14"]} | ONE_LAYOUT_737 | {"layouts": [layout]}
    )
    hercules = {"id": "C-130J", "base": "ENGM", "days": ["2026-01-16"]} | C130J
    return [boeing, hercules]


def agree(patients: list[Document], hospitals: list[Document], draw: Draw) -> None:
    """A quarter have chosen their hospital, a quarter are accepted by some, the others are proposals."""
    single = [patient for patient in draw.shuffled(patients) if "family" not in patient]
    for patient in single:
        patient.pop("chosen", None)
        patient.pop("hospitals", None)
    able = [patient for patient in single if suits(patient, hospitals)]
    for index, patient in enumerate(able[:24]):
        patient["hospitals"] = draw.sample(suits(patient, hospitals), draw.integer(1, 3))
        if index < 12:
            patient["chosen"] = patient["hospitals"][0]


def fixed(patients: list[Document]) -> list[Document]:
    """The first who has chosen a German hospital was promised the place."""
    promised = [it for it in patients if it.get("chosen", "").startswith("DE-")][:1]
    return [{"patient": it["id"], "hospital": it["chosen"]} for it in promised]


def main() -> None:
    """Write the file."""
    WEEK.write_bytes(canonical_bytes(make_week()))
    print(WEEK)


if __name__ == "__main__":
    main()
