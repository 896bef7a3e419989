"""A second checker of plans: every rule of the format, on the parsed documents, without the planner.

Readings chosen where the format leaves room:

- Whether the base is a drop is not printed in the legs. It is taken to be one exactly when a placement leaves
  there or a fixed flight of that aircraft and date names it.
- ``bound`` may be missing (null) only for ``feasible``. ``feasible`` with a gap small enough for ``optimal``
  is a broken status, as the two are told apart by the gap alone.
- ``standby`` lists patients under the position they need; ``pins`` names fixed patients only.
"""

import hashlib
from collections import Counter

from .document import filled
from .flight_rules import Flown, flight_faults, read_flights
from .placement_rules import placement_faults, standby_faults, transit_of
from .scores import plan_terms
from .shape import shape_faults

SCORE_TOLERANCE = 0.05
GAP = 1e-4
REASONS = (
    "no-specialty",
    "refused",
    "no-flight",
    "no-capacity",
    "country-limit",
    "flight-full",
    "family",
    "worse-score",
)


def check(problem: dict, plan: dict, *, problem_bytes: bytes | None = None) -> list[str]:
    """Return every broken rule of a plan as a sentence that begins with the rule's name; empty means valid.

    Parameters
    ----------
    problem, plan
        The parsed documents. The problem is taken to be valid.
    problem_bytes
        The problem file as it was read, to compare its SHA-256.
    """
    faults = shape_faults(plan)
    if faults:
        return faults
    doc = filled(problem)
    faults += _heading_faults(doc, plan, problem_bytes)
    faults += _once_each(doc, plan)
    if plan["status"] == "infeasible":
        return faults + _infeasible_faults(plan)
    flights, unreadable = read_flights(doc, plan)
    faults += unreadable
    faults += flight_faults(doc, plan, flights)
    faults += placement_faults(doc, plan, flights)
    faults += standby_faults(doc, plan)
    faults += _reason_names(plan)
    faults += _score_faults(doc, plan, flights)
    return faults


def _heading_faults(doc: dict, plan: dict, problem_bytes: bytes | None) -> list[str]:
    faults = []
    if plan["problem"]["name"] != doc["name"]:
        faults.append(
            f"Problem: the plan is for {plan['problem']['name']!r}, the problem is {doc['name']!r}."
        )
    if problem_bytes is not None:
        digest = hashlib.sha256(problem_bytes).hexdigest()
        if plan["problem"]["sha256"] != digest:
            faults.append(f"Problem: sha256 is {plan['problem']['sha256']}, expected {digest}.")
    if plan["status"] not in ("optimal", "feasible", "infeasible"):
        faults.append(f"Status: unknown status {plan['status']}.")
    return faults


def _once_each(doc: dict, plan: dict) -> list[str]:
    named = Counter(record["patient"] for part in ("placements", "unplaced") for record in plan[part])
    faults = [
        f"Patients: {patient} is not in the problem." for patient in named.keys() - doc["patients"].keys()
    ]
    for patient in doc["patients"]:
        if named[patient] != 1:
            faults.append(
                f"Patients: {patient} is {named[patient]} times in placements and unplaced, not once."
            )
    for record in plan["unplaced"]:
        if not record["explanation"].strip():
            faults.append(f"Reasons: {record['patient']} is unplaced without an explanation.")
    return sorted(faults)


def _infeasible_faults(plan: dict) -> list[str]:
    faults = [
        f"Infeasible: {key} is not null." for key in ("score", "bound", "terms") if plan[key] is not None
    ]
    faults += [f"Infeasible: {key} is not empty." for key in ("flights", "placements") if plan[key]]
    if not plan.get("conflicts"):
        faults.append("Infeasible: no conflicts are named.")
    for record in plan["unplaced"]:
        if record["reason"] is not None:
            faults.append(f"Infeasible: {record['patient']} has the reason {record['reason']}, not null.")
    return faults


def _reason_names(plan: dict) -> list[str]:
    faults = [
        f"Reasons: {record['patient']} has the unknown reason {record['reason']}."
        for record in plan["unplaced"]
        if record["reason"] not in REASONS
    ]
    if plan.get("conflicts"):
        faults.append("Status: conflicts are named in a plan that is not infeasible.")
    return faults


def _score_faults(doc: dict, plan: dict, flights: dict[str, Flown]) -> list[str]:
    if plan["score"] is None or plan["terms"] is None:
        return [f"Score: score and terms may be null only when infeasible, not when {plan['status']}."]
    placed = []
    for placement in plan["placements"]:
        flown = flights.get(placement["flight"])
        known = placement["patient"] in doc["patients"] and placement["hospital"] in doc["hospitals"]
        transit = transit_of(doc, placement, flown) if flown is not None and known else None
        needs = doc["patients"][placement["patient"]]["needs"] if known else []
        offered = known and all(need in doc["hospitals"][placement["hospital"]]["places"] for need in needs)
        if transit is None or not offered:
            return []  # reported already, and no score can be computed
        placed.append((placement["patient"], placement["hospital"], transit))
    flown_minutes = [(flown.slot[0], flown.route.flying_minutes) for flown in flights.values()]
    terms = plan_terms(doc, placed, flown_minutes)
    faults = [
        f"Score: the term {term} is {plan['terms'][term]}, recomputed {value:.4f}."
        for term, value in terms.items()
        if not abs(plan["terms"][term] - value) <= SCORE_TOLERANCE
    ]
    total = sum(terms.values())
    if not abs(plan["score"] - total) <= SCORE_TOLERANCE:
        faults.append(f"Score: {plan['score']}, recomputed {total:.4f}.")
    return faults + _bound_faults(plan)


def _bound_faults(plan: dict) -> list[str]:
    score, bound, status = plan["score"], plan["bound"], plan["status"]
    if bound is None:
        return ["Status: optimal without a bound."] if status == "optimal" else []
    if not bound >= score - SCORE_TOLERANCE:
        return [f"Bound: {bound} is below the score {score}."]
    closed = bound - score <= GAP * max(1.0, abs(score)) + 1e-9
    if status == "optimal" and not closed:
        return [f"Status: optimal with a gap of {bound - score:.6f}."]
    if status == "feasible" and closed:
        return ["Status: feasible, although the bound proves it optimal."]
    return []
