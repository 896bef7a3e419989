"""What a patient takes up on board (rule 5) and in a hospital (rule 7)."""

from collections import Counter

from .document import EPSILON, within


def places_hold(patient: dict, hospital: dict, day: int) -> bool:
    """Say whether the hospital, and its places of each of the patient's needs, are there on a day."""
    return within(day, hospital) and all(within(day, hospital["places"][need]) for need in patient["needs"])


def uses(patient: dict) -> dict[str, int]:
    """Return how much of each of a hospital's counts a placed patient uses (rule 7)."""
    amounts = {f"place {patient['needs'][0]}": 1}
    if patient["isolation"] != "none":
        amounts["isolation"] = 1
    if patient["child"]:
        amounts["child"] = 1
    if patient["position"] == "intensive":
        amounts["intensive"] = 1
    if patient["companions"]:
        amounts["companions"] = patient["companions"]
    return amounts


def count_of(hospital: dict, resource: str) -> int:
    """Return how much a hospital has of what `uses` names."""
    if resource.startswith("place "):
        return hospital["places"][resource.removeprefix("place ")]["count"]
    return hospital[resource]


def on_board(patients: list[dict]) -> dict[str, float]:
    """Return how much of each of a layout's limits some patients use together (rule 5)."""
    positions = Counter(patient["position"] for patient in patients)
    return {
        "seats": positions["seat"] + sum(patient["companions"] for patient in patients),
        "litters": positions["litter"] + positions["intensive"],
        "intensive": positions["intensive"],
        "isolation": sum(patient["isolation"] == "airborne" for patient in patients),
        "care": sum(patient["care"] for patient in patients),
    }


def lacking_on_board(layout: dict, patients: list[dict]) -> list[str]:
    """Return the limits of a layout that some patients exceed together."""
    return [
        limit
        for limit, used in on_board(patients).items()
        if layout[limit] is not None and used > layout[limit] + EPSILON
    ]
