"""The placements of a plan against rules 5 to 10, judged on recomputed times."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from .document import EPSILON, accepts, date_text, offers, within
from .flight_rules import Flown
from .room import count_of, lacking_on_board, uses


def placement_faults(doc: dict, plan: dict, flights: dict[str, Flown]) -> list[str]:
    """Return every broken rule that concerns placed patients; unknown names are reported and left out."""
    faults = list(_unknown_names(doc, plan, flights))
    known = [
        placement
        for placement in plan["placements"]
        if placement["patient"] in doc["patients"]
        and placement["hospital"] in doc["hospitals"]
        and placement["flight"] in flights
    ]
    for placement in known:
        flown = flights[placement["flight"]]
        faults += [f"{fault} [{placement['patient']}]" for fault in _one_placement(doc, placement, flown)]
    faults += _on_board(doc, known, flights)
    faults += _hospitals(doc, known, flights)
    faults += _countries(doc, known)
    faults += _families(doc, known)
    faults += _fixed(doc, plan, known, flights)
    return faults


def transit_of(doc: dict, placement: dict, flown: Flown) -> float | None:
    """Return the unrounded minutes from the arrival at the hub to the hospital, None if there is no way."""
    hospital = doc["hospitals"][placement["hospital"]]
    to_drop = flown.route.transit_to.get(placement["leaves_at"])
    road = hospital["roads"].get(placement["leaves_at"])
    if to_drop is None or road is None:
        return None
    return to_drop + doc["aircraft"][flown.slot[0]]["unload_minutes"] + road


def basis_of(patient: dict, hospital_id: str) -> str:
    """Return what stands behind a placement."""
    if patient["chosen"] == hospital_id:
        return "chosen"
    if patient["hospitals"] is not None and hospital_id in patient["hospitals"]:
        return "accepted"
    return "proposal"


def _unknown_names(doc: dict, plan: dict, flights: dict[str, Flown]) -> Iterator[str]:
    for placement in plan["placements"]:
        for key, known in (
            ("patient", doc["patients"]),
            ("hospital", doc["hospitals"]),
            ("flight", flights),
        ):
            if placement[key] not in known:
                yield f"Format: a placement names an unknown {key} {placement[key]}."


def _one_placement(doc: dict, placement: dict, flown: Flown) -> Iterator[str]:
    patient = doc["patients"][placement["patient"]]
    hospital = doc["hospitals"][placement["hospital"]]
    yield from _journey(doc, placement, flown)
    if not within(flown.day, hospital):
        yield f"Rule 6 (hospital dates): {hospital['id']} does not receive on that date."
    if not offers(patient, hospital):
        yield f"Rule 7 (specialty): {hospital['id']} does not offer all of {patient['needs']}."
    elif not all(within(flown.day, hospital["places"][need]) for need in patient["needs"]):
        yield f"Rule 7 (dated places): places of {hospital['id']} do not hold on that date."
    if not accepts(patient, hospital):
        yield f"Rule 7 (choice): {hospital['id']} is ruled out by refuses, hospitals or chosen."
    basis = basis_of(patient, hospital["id"])
    if placement["basis"] != basis:
        yield f"Basis: {placement['basis']}, expected {basis}."


def _journey(doc: dict, placement: dict, flown: Flown) -> Iterator[str]:
    patient = doc["patients"][placement["patient"]]
    if patient["hub"] != flown.route.hub:
        yield f"Rule 6 (hub): waits at {patient['hub']}, the flight goes to {flown.route.hub}."
    if flown.day < patient["ready"]:
        yield "Rule 6 (ready): the flight's date is before the patient is ready."
    if placement["leaves_at"] not in flown.route.drops:
        yield f"Rule 6 (drop): {placement['leaves_at']} is no drop of {flown.id}."
    if placement["leaves_at"] not in doc["hospitals"][placement["hospital"]]["roads"]:
        yield f"Rule 6 (reach): {placement['leaves_at']} is not in the reach of {placement['hospital']}."
    transit = transit_of(doc, placement, flown)
    if transit is None:
        return
    if transit > patient["max_transit_minutes"] + EPSILON:
        yield f"Rule 6 (transit): {transit:.2f} minutes of {patient['max_transit_minutes']}."
    arrival = flown.leaves + flown.route.arrives[0] + transit
    if arrival > patient["fit_until"] + EPSILON:
        yield "Rule 6 (fit_until): the hospital is reached too late."
    if abs(placement["transit_minutes"] - transit) > 1 + EPSILON:
        yield f"Transit: printed as {placement['transit_minutes']}, recomputed {transit:.2f}."


def _on_board(doc: dict, known: list[dict], flights: dict[str, Flown]) -> Iterator[str]:
    for flown in flights.values():
        aboard = [placement for placement in known if placement["flight"] == flown.id]
        layout = doc["aircraft"][flown.slot[0]]["layouts"][flown.layout]
        for limit in lacking_on_board(layout, [doc["patients"][p["patient"]] for p in aboard]):
            yield f"Rule 5 (on board): {flown.id} exceeds {limit} of layout {flown.layout}."
        for code, leaving in Counter(placement["leaves_at"] for placement in aboard).items():
            ambulances = doc["airports"].get(code, {}).get("ambulances")
            if ambulances is not None and leaving > ambulances:
                yield f"Rule 6 (ambulances): {leaving} leave {flown.id} at {code}, {ambulances} allowed."


def _hospitals(doc: dict, known: list[dict], flights: dict[str, Flown]) -> Iterator[str]:
    used: dict[str, Counter[str]] = defaultdict(Counter)
    arrivals: Counter[tuple[str, int]] = Counter()
    for placement in known:
        patient = doc["patients"][placement["patient"]]
        used[placement["hospital"]].update(uses(patient))
        arrivals[placement["hospital"], flights[placement["flight"]].day] += 1
    for hospital_id, amounts in used.items():
        for resource, amount in amounts.items():
            hospital = doc["hospitals"][hospital_id]
            offered = not resource.startswith("place ") or resource[6:] in hospital["places"]
            if offered and amount > count_of(hospital, resource):
                yield f"Rule 7 (counts): {hospital_id} {resource} {amount} of {count_of(hospital, resource)}."
    for (hospital_id, day), patients in arrivals.items():
        limit = doc["hospitals"][hospital_id]["arrivals_per_day"]
        if limit is not None and patients > limit:
            date = date_text(day, doc["start"])
            yield f"Rule 7 (arrivals_per_day): {patients} reach {hospital_id} on {date}, {limit} allowed."


def _countries(doc: dict, known: list[dict]) -> Iterator[str]:
    received = Counter(doc["hospitals"][placement["hospital"]]["country"] for placement in known)
    for country, patients in received.items():
        limit = doc["countries"][country]["limit"]
        if limit is not None and patients > limit:
            yield f"Rule 9 (country limit): {country} receives {patients} of at most {limit}."


def _families(doc: dict, known: list[dict]) -> Iterator[str]:
    members = defaultdict(list)
    for patient_id, patient in doc["patients"].items():
        if patient["family"] is not None:
            members[patient["family"]].append(patient_id)
    for family, ids in members.items():
        placed = [placement for placement in known if placement["patient"] in ids]
        if not placed:
            continue
        if {placement["patient"] for placement in placed} != set(ids):
            yield f"Rule 8 (family): {family} is not placed whole."
        if len({placement["flight"] for placement in placed}) > 1:
            yield f"Rule 8 (family): {family} is on different flights."
        same_stop = doc["families"].get(family, "same-hospital") == "same-stop"
        together = "leaves_at" if same_stop else "hospital"
        if len({placement[together] for placement in placed}) > 1:
            yield f"Rule 8 (family): {family} does not share one {together}."


def _fixed(doc: dict, plan: dict, known: list[dict], flights: dict[str, Flown]) -> Iterator[str]:
    for fixed in doc["fixed"]:
        placement = next((p for p in known if p["patient"] == fixed["patient"]), None)
        if placement is None:
            yield f"Rule 10 (fixed): {fixed['patient']} is fixed and not placed."
            continue
        if placement["hospital"] != fixed["hospital"]:
            yield f"Rule 10 (fixed): {fixed['patient']} is not at {fixed['hospital']}."
        if fixed["slot"] is not None and flights[placement["flight"]].slot != fixed["slot"]:
            yield f"Rule 10 (fixed): {fixed['patient']} is not on the flight it is fixed to."
    closed = {flight["slot"] for flight in doc["fixed_flights"] if flight["closed"]}
    own = {(fixed["patient"], fixed["slot"]) for fixed in doc["fixed"]}
    for placement in known:
        slot = flights[placement["flight"]].slot
        if slot in closed and (placement["patient"], slot) not in own:
            yield f"Rule 10 (closed): {placement['patient']} travels on a closed flight."


def standby_faults(doc: dict, plan: dict) -> Iterator[str]:
    """Return names in ``standby`` and ``pins`` that the problem or the plan does not know."""
    flights = {flight["id"] for flight in plan["flights"]}
    for flight, waiting in (plan.get("standby") or {}).items():
        if flight not in flights:
            yield f"Standby: {flight} is no flight of the plan."
        for position, patients in waiting.items():
            for patient in patients:
                if patient not in doc["patients"]:
                    yield f"Standby: unknown patient {patient}."
                elif doc["patients"][patient]["position"] != position:
                    yield f"Standby: {patient} does not need a {position}."
    fixed = {record["patient"] for record in doc["fixed"]}
    for pin in plan.get("pins") or []:
        if pin["patient"] not in fixed:
            yield f"Pins: {pin['patient']} is not fixed."
