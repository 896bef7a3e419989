"""The score of a plan and its terms, each with its sign, from who is placed where and what is flown."""

import math
from collections import Counter

TERMS = ("priority", "suitability", "preference", "transit", "fair_share", "cost")


def placement_terms(doc: dict, patient: dict, hospital: dict, transit_minutes: float) -> dict[str, float]:
    """Return what one placement adds to each term that depends on it alone."""
    weights = doc["weights"]
    weeks = min(weights["waiting_weeks_cap"], math.floor(patient["waiting_days"] / 7))
    suitability = [hospital["suitability"][need] for need in patient["needs"]]
    return {
        "priority": weights["priority"][str(patient["priority"])] * (1 + weights["waiting_per_week"] * weeks),
        "suitability": weights["suitability"] * sum(suitability) / len(suitability),
        "preference": weights["preference"] if hospital["country"] == patient["prefers"] else 0.0,
        "transit": -weights["transit_per_hour"] * transit_minutes / 60,
    }


def flight_cost(doc: dict, aircraft: dict, flying_minutes: float) -> float:
    return doc["weights"]["cost_per_1000"] * flying_minutes / 60 * aircraft["cost_per_hour"] / 1000


def above_fair_share(doc: dict, country: str, patients: int) -> float:
    """Return what a country's patients above its fair share take from the score."""
    share = doc["countries"][country]["fair_share"]
    return 0.0 if share is None else doc["weights"]["above_fair_share"] * max(0, patients - share)


def plan_terms(doc: dict, placed: list[tuple[str, str, float]], flown: list[tuple[str, float]]) -> dict:
    """Return every term of a plan.

    Parameters
    ----------
    placed
        Patient, hospital and unrounded minutes of transit of every placed patient.
    flown
        Aircraft and minutes of flying of every flight.
    """
    terms = dict.fromkeys(TERMS, 0.0)
    received: Counter[str] = Counter()
    for patient_id, hospital_id, transit in placed:
        hospital = doc["hospitals"][hospital_id]
        received[hospital["country"]] += 1
        for term, value in placement_terms(doc, doc["patients"][patient_id], hospital, transit).items():
            terms[term] += value
    for country, patients in received.items():
        terms["fair_share"] -= above_fair_share(doc, country, patients)
    for aircraft_id, minutes in flown:
        terms["cost"] -= flight_cost(doc, doc["aircraft"][aircraft_id], minutes)
    return terms
