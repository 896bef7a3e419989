"""The figures that benchmark problems are made from; where they come from is told in `instances`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Size = Literal["W", "M", "L", "XL"]
Document = dict[str, Any]

# ICAO code: (country, latitude, longitude, weight of its catchment within the country)
AIRPORTS: dict[str, tuple[str, float, float, float]] = {
    "ENGM": ("NO", 60.194, 11.1, 5), "ENBR": ("NO", 60.293, 5.218, 2), "ENVA": ("NO", 63.458, 10.924, 1.5),
    "ENTC": ("NO", 69.683, 18.919, 1), "EKCH": ("DK", 55.618, 12.656, 1), "ESSA": ("SE", 59.652, 17.919, 1),
    "EFHK": ("FI", 60.317, 24.963, 1), "EDDH": ("DE", 53.63, 9.988, 2), "EDDF": ("DE", 50.033, 8.57, 2),
    "EDDM": ("DE", 48.354, 11.786, 2), "EDDB": ("DE", 52.362, 13.501, 2), "EDDK": ("DE", 50.866, 7.143, 2),
    "EPWA": ("PL", 52.166, 20.967, 1), "EHAM": ("NL", 52.309, 4.764, 1), "EBBR": ("BE", 50.901, 4.484, 1),
    "LFPG": ("FR", 49.013, 2.55, 2), "LFLL": ("FR", 45.726, 5.091, 1), "LEMD": ("ES", 40.494, -3.567, 1),
    "LEBL": ("ES", 41.297, 2.078, 1), "LPPT": ("PT", 38.781, -9.136, 1), "LIRF": ("IT", 41.804, 12.251, 1),
    "LIMC": ("IT", 45.631, 8.728, 1), "LOWW": ("AT", 48.11, 16.57, 1), "LKPR": ("CZ", 50.101, 14.26, 1),
    "LSZH": ("CH", 47.465, 8.549, 1), "EIDW": ("IE", 53.421, -6.27, 1), "LROP": ("RO", 44.572, 26.102, 1),
    "EVRA": ("LV", 56.924, 23.971, 1), "EYVI": ("LT", 54.634, 25.286, 1), "EETN": ("EE", 59.413, 24.833, 1),
}  # fmt: skip
HUBS = {"EPRZ": (50.11, 22.019), "LRSV": (47.688, 26.354), "LZKZ": (48.663, 21.241)}
POPULATION = {  # millions, rounded
    "NO": 5.5, "DK": 5.9, "SE": 10.5, "FI": 5.6, "DE": 84, "PL": 37, "NL": 18, "BE": 11.8, "FR": 68, "ES": 48,
    "PT": 10.5, "IT": 59, "AT": 9.1, "CZ": 10.8, "CH": 8.9, "IE": 5.3, "RO": 19, "LV": 1.9, "LT": 2.9,
    "EE": 1.4,
}  # fmt: skip
CASE_MIX = {
    "orthopaedics": 0.22, "reconstruction": 0.13, "rehabilitation": 0.11, "neurosurgery": 0.10, "burns": 0.09,
    "maxillofacial": 0.07, "ophthalmology": 0.067,  # trauma: 0.787 together
    "oncology": 0.09, "child-oncology": 0.044,  # cancer: 0.134 together
    "internal-medicine": 0.079,
}  # fmt: skip
TRANSIT_MINUTES = {"seat": 14 * 60, "litter": 10 * 60, "intensive": 7 * 60}

BOEING_737: Document = {
    "max_stops": 5, "range_km": 4000, "speed_kmh": 780, "leg_minutes": 24, "turnaround_minutes": 50,
    "unload_minutes": 30, "report_minutes": 60, "duty_minutes": 840, "cost_per_hour": 9000,
    "layouts": [{"id": "standard", "litters": 18, "intensive": 3, "seats": 39, "isolation": 2, "care": 36},
                {"id": "seated", "litters": 12, "intensive": 3, "seats": 51, "isolation": 2, "care": None}],
}  # fmt: skip
C130J: Document = {  # 60 x 1313 / 560 + 10 = 151 minutes Gardermoen-Rzeszow, about 520 km/h block
    "max_stops": 4, "range_km": 4500, "speed_kmh": 560, "leg_minutes": 10, "turnaround_minutes": 60,
    "unload_minutes": 30, "report_minutes": 75, "duty_minutes": 840, "cost_per_hour": 8000,
    "layouts": [{"id": "kit-24", "litters": 24, "intensive": 3, "seats": 12, "isolation": 1, "care": None},
                {"id": "kit-12", "litters": 12, "intensive": 2, "seats": 30, "isolation": 1, "care": 24}],
}  # fmt: skip
JET: Document = {
    "max_stops": 2, "range_km": 4800, "speed_kmh": 750, "leg_minutes": 22, "turnaround_minutes": 45,
    "unload_minutes": 20, "report_minutes": 45, "duty_minutes": 780, "cost_per_hour": 3500,
    "layouts": [{"id": "rescEU", "litters": 2, "intensive": 2, "seats": 3, "isolation": 2, "care": None}],
}  # fmt: skip


@dataclass(frozen=True)
class Fleet:
    """Some aircraft of one type, each with the same number of flights, and the bases they take in turn."""

    name: str
    kind: Document
    count: int
    flights: int
    bases: tuple[str, ...]


@dataclass(frozen=True)
class Recipe:
    """What one size is made of. `hubs` gives each hub's share of the patients."""

    patients: int
    hospitals: int
    places_per_patient: float
    start: date
    days: int
    hubs: dict[str, float]
    specialties: tuple[float, float, float]  # shares of hospitals with 1, 2 and 3
    fleets: tuple[Fleet, ...]


ONE_LAYOUT_737 = BOEING_737 | {"layouts": BOEING_737["layouts"][:1]}
RECIPES: dict[Size, Recipe] = {
    "W": Recipe(60, 60, 1.5, date(2026, 1, 14), 1, {"EPRZ": 1.0}, (0.7, 0.2, 0.1),
                (Fleet("SAS-737", ONE_LAYOUT_737, 1, 1, ("ENGM",)),)),
    "M": Recipe(150, 120, 1.15, date(2026, 1, 12), 7, {"EPRZ": 0.7, "LRSV": 0.3}, (0.7, 0.2, 0.1),
                (Fleet("B737", BOEING_737, 1, 2, ("ENGM",)), Fleet("C130J", C130J, 1, 3, ("EKCH",)),
                 Fleet("JET", JET, 1, 3, ("ENGM",)))),
    "L": Recipe(1000, 400, 1.15, date(2026, 1, 12), 14, {"EPRZ": 0.6, "LRSV": 0.25, "LZKZ": 0.15},
                (0.4, 0.35, 0.25),
                (Fleet("B737", BOEING_737, 3, 5, ("ENGM", "EDDK", "LFPG")),
                 Fleet("C130J", C130J, 3, 4, ("EKCH", "LIRF", "EBBR")),
                 Fleet("JET", JET, 2, 4, ("ENGM", "EDDM")))),
    "XL": Recipe(5000, 1000, 1.15, date(2026, 1, 12), 28, {"EPRZ": 0.6, "LRSV": 0.25, "LZKZ": 0.15},
                 (0.4, 0.35, 0.25),
                 (Fleet("B737", BOEING_737, 10, 5, ("ENGM", "EDDK", "LFPG", "LEMD", "ESSA", "LIMC", "EHAM")),
                  Fleet("C130J", C130J, 12, 4, ("EKCH", "LIRF", "EBBR", "LKPR", "ENGM", "LPPT")),
                  Fleet("JET", JET, 8, 4, ("ENGM", "EDDM", "LOWW", "EFHK")))),
}  # fmt: skip
