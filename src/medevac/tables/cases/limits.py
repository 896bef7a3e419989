"""How long, how many and how large the values of a case may be."""

from __future__ import annotations

# Of the models; tests/cases holds that they agree.
LONGEST: dict[str, int] = {
    "own_reference": 60,
    "ewrs_number": 40,
    "family_name": 100,
    "given_name": 100,
    "patronymic": 100,
    "latin_family_name": 100,
    "latin_given_name": 100,
    "languages": 100,
    "telephone": 30,
    "document_number": 60,
    "diagnosis": 4000,
    "mechanism": 200,
    "history": 20000,
    "allergies": 2000,
    "medicines": 4000,
    "cautions": 2000,
    "flight_class": 2,
    "payer": 120,
}
MOST_NAMES: dict[str, tuple[int, int]] = {  # how many, and how long each
    "specialties": (12, 60),
    "icd10": (20, 8),
    "preferred_countries": (10, 2),
    "refused_countries": (40, 2),
}
RANGES: dict[str, tuple[int, int]] = {
    "birth_year": (1900, 2100),
    "dependency": (1, 4),
    "weight_kg": (1, 350),
    "oxygen_litres": (0, 60),
    "infusions": (0, 12),
    "external_fixators": (0, 6),
    "cabin_altitude_m": (0, 3000),
}
COUNTRIES = ("citizenship", "preferred_countries", "refused_countries")
PAST = ("birth_date", "injury_date")
FIRST_YEAR = 1900
