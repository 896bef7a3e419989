"""Makes the patients of the example week. Every patient, name and sentence of theirs is invented.

Published figures: the case mix of 1,385 evacuated patients (trauma 78.7 %, cancer 13.4 %, other 7.9 %),
7 days as the median from request to evacuation, 0.42 companions per patient, and two thirds of the
war-wounded with bacteria that ask for contact isolation until screened.

Assumed, for want of a figure: how trauma splits over seven specialties, priorities 20/45/35 %, positions
45/45/10 %, 22 % children, one patient with an airborne infection, three families of two, transit limits,
care points, oxygen, and how many have chosen or been accepted.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import cycle
from math import log

from example_names import names
from figures import CASE_MIX, TRANSIT_MINUTES, Document
from instances import Draw, suits

COUNT = 72
CANCER = ("oncology", "child-oncology")
OTHER = "internal-medicine"
CHILDREN = 16  # 22 %
COMPANIONS = 30  # 0.42 per patient
FAMILIES = 3
FAVOURED = {"NO": 5.0, "DE": 3.0, "DK": 2.0, "NL": 1.0}  # on the way of the weekly flight
COUNTRIES = ("NO", "DE", "PL", "ES", "IT", "FR", "CZ", "NL")


def make_patients(start: date, hospitals: list[Document], draw: Draw) -> tuple[list[Document], Document]:
    """The patients, every share exact, and the families' rules."""
    traits = zip(draw.dealt({1: 0.20, 2: 0.45, 3: 0.35}, COUNT),
                 draw.dealt({"seat": 0.45, "litter": 0.45, "intensive": 0.10}, COUNT),
                 draw.dealt(CASE_MIX, COUNT), strict=True)  # fmt: skip
    patients = [
        {"id": f"UA-26-{number:04}", "hub": "EPRZ", "ready": ready(start, draw), "priority": priority,
         "waiting_days": min(90, int(-10.1 * log(1 - draw.uniform()))), "position": position,
         "needs": [need], "isolation": "none", "child": False, "companions": 0,
         "care": {"seat": 0, "litter": draw.integer(1, 2), "intensive": 4}[position],
         "max_transit_minutes": TRANSIT_MINUTES[position]}
        for number, (priority, position, need) in enumerate(traits, start=1)]  # fmt: skip
    add_children(patients, draw)
    families = join_families(patients, draw)
    add_companions(patients, draw)
    add_isolation(patients, draw)
    add_oxygen(patients, draw)
    add_wishes(patients, hospitals, draw)
    add_agreement(patients, hospitals, draw)
    add_names(patients, draw)
    return patients, families


def ready(start: date, draw: Draw) -> str:
    """Most wait before the week begins; some are expected at the hub by Wednesday."""
    return (start + timedelta(days=0 if draw.chance(0.75) else draw.integer(1, 2))).isoformat()


def add_children(patients: list[Document], draw: Draw) -> None:
    """Those with childhood cancer, then others but the intensive; each with a companion."""
    cancer_first = sorted(
        draw.shuffled(patients),
        key=lambda it: (it["needs"] != ["child-oncology"], it["position"] == "intensive"),
    )
    for child in cancer_first[:CHILDREN]:
        child |= {"child": True, "companions": 1}


def join_families(patients: list[Document], draw: Draw) -> Document:
    """A child and an adult hurt together, who need the same and are ready on one day."""
    hurt = [it for it in draw.shuffled(patients) if it["needs"][0] not in (*CANCER, OTHER)]
    adults = [it for it in hurt if not it["child"] and it["position"] != "intensive"]
    rules: Document = {}
    for child, adult in zip([it for it in hurt if it["child"]][:FAMILIES], adults, strict=False):
        name = f"F{len(rules) + 1}"
        rules[name] = "same-stop" if len(rules) == FAMILIES - 1 else "same-hospital"
        for member in (adult, child):
            member |= {"family": name, "ready": adult["ready"], "needs": list(adult["needs"])}
        child["companions"] = 0  # the adult is with the child
    return rules


def add_companions(patients: list[Document], draw: Draw) -> None:
    """Bring the companions to the published number."""
    alone = [it for it in draw.shuffled(patients) if not it["companions"] and "family" not in it]
    for patient in alone[: COMPANIONS - sum(it["companions"] for it in patients)]:
        patient["companions"] = 1


def add_isolation(patients: list[Document], draw: Draw) -> None:
    """Contact isolation for two thirds of the wounded; tuberculosis of the lungs for one other patient."""
    wounded = [it for it in draw.shuffled(patients) if it["needs"][0] not in (*CANCER, OTHER)]
    for patient in wounded[: round(2 / 3 * len(wounded))]:
        patient["isolation"] = "contact"
    ill = next(it for it in patients if it["needs"] == [OTHER] and not it["child"])
    ill |= {"isolation": "airborne", "position": "litter", "care": 2, "priority": 1, "companions": 0,
            "max_transit_minutes": TRANSIT_MINUTES["litter"]}  # fmt: skip


def add_oxygen(patients: list[Document], draw: Draw) -> None:
    """Litres per minute: all who need intensive care, a quarter of those on a litter."""
    for patient in patients:
        if patient["position"] == "intensive":
            patient["x-oxygen_lpm"] = draw.integer(4, 10)
        elif patient["position"] == "litter" and draw.chance(0.25):
            patient["x-oxygen_lpm"] = draw.integer(1, 4)


def add_wishes(patients: list[Document], hospitals: list[Document], draw: Draw) -> None:
    """A second specialty for some, a country refused by some and preferred by others."""
    pairs = sorted(
        {(one, two) for it in hospitals for one in it["places"] for two in it["places"] if one != two}
    )
    single = [it for it in draw.shuffled(patients) if "family" not in it]
    for patient in single[:5]:
        beside = [two for one, two in pairs if one == patient["needs"][0]]
        patient["needs"] += draw.sample(beside, 1)
    for patient in draw.sample(patients, 5):
        patient["refuses"] = [draw.weighted(COUNTRIES, [1.0] * len(COUNTRIES))]
    for patient in draw.sample(patients, 11):
        welcome = [code for code in COUNTRIES if code not in patient.get("refuses", ())]
        patient["prefers"] = draw.weighted(welcome, [1.0] * len(welcome))


def add_agreement(patients: list[Document], hospitals: list[Document], draw: Draw) -> None:
    """Half have chosen among those that said yes, a fifth not yet; the others wait for an answer."""
    left = {it["id"]: room_of(it) for it in hospitals}
    near = {it["id"]: FAVOURED.get(it["country"], 0.4) for it in hospitals}
    single = [it for it in draw.shuffled(patients) if "family" not in it]
    for patient in [it for it in single if it["isolation"] != "airborne"][:52]:
        able = [it for it in suits(patient, hospitals) if fits(patient, left[it])]
        if not able:
            continue
        accepted = sorted({draw.weighted(able, [near[it] for it in able]) for _ in range(draw.integer(1, 3))})
        patient["hospitals"] = accepted
        if sum("chosen" in it for it in patients) < COUNT // 2:
            patient["chosen"] = draw.sample(accepted, 1)[0]
            left[patient["chosen"]] = taken(left[patient["chosen"]], patient)


def room_of(hospital: Document) -> Counter[str]:
    """What a hospital can hold: its places by specialty, and its rooms."""
    rooms = {name: hospital[name] for name in ("isolation", "intensive", "child", "companions")}
    return Counter(hospital["places"] | rooms)


def wanted(patient: Document) -> Counter[str]:
    """What a patient takes at a hospital."""
    rooms = {
        "isolation": patient["isolation"] != "none",
        "intensive": patient["position"] == "intensive",
        "child": patient["child"],
        "companions": patient["companions"],
    }
    return Counter({patient["needs"][0]: 1} | rooms)


def fits(patient: Document, left: Counter[str]) -> bool:
    """Whether a hospital can still promise what the patient takes."""
    return all(left[name] >= number for name, number in wanted(patient).items())


def taken(left: Counter[str], patient: Document) -> Counter[str]:
    """What is left when the patient is promised a place."""
    rest = Counter(left)
    rest.subtract(wanted(patient))
    return rest


def add_names(patients: list[Document], draw: Draw) -> None:
    """A name of its own for each patient, and one surname for a family."""
    surname_of: dict[str, str] = {}
    given = cycle(names(draw, len(patients)))
    for patient in patients:
        name = next(given)
        surname = surname_of.setdefault(patient.get("family", patient["id"]), name.surname)
        patient["x-name"] = name.with_surname(surname).both_scripts()
