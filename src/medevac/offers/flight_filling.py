"""Fills one flight with the cases that wait: the planner's work behind the advice, without any writing.

A flight is planned with every case that waits without an offer and every place that is free. Whom it
places, with a hospital that has not answered yet, is what is worth asking. What somebody has pinned or
refused by hand is kept, and what that costs is the difference to the same flight without it.

It loads the solver: only the worker imports it.
"""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from medevac.cases.models import Case
from medevac.cases.models.case import DUE_ORDER
from medevac.cases.states import State
from medevac.directory.models import Mission
from medevac.offers.fit_words import speaks_against
from medevac.offers.free_places import Window
from medevac.offers.models import Answer
from medevac.offers.models.advice import RunState
from medevac.offers.problem import DAYS_AHEAD, Posed, write_problem
from medevac.offers.selectors.said_no import said_no
from medevac.offers.wishes import Parameters, Wish
from medevac.papers.flown import shown_flights
from medevac.people.days import current_day
from medevac.people.refusals import RefusedError
from medevac.planner import Plan, Problem, advise, plan_to_bytes, read_problem, solve
from medevac.planner.advice.budget import Budget
from medevac.planner.advice.figures import Solved, difference, solve_again
from medevac.planner.fitting import Fitting

PLACES_ANOTHER = 1.0  # a gain of more is a further patient; less is a better place for one who has one
Tell = Callable[[RunState], None]


@dataclass(frozen=True)
class Filled:
    """What came of it: the two documents, the asks in the order of what they count, and the facts beside."""

    problem: str
    problem_sha256: str
    plan: Plan
    asks: list[dict[str, Any]]
    facts: dict[str, Any]

    @property
    def plan_document(self) -> str:
        """The `medevac-plan/1`."""
        return plan_to_bytes(self.plan).decode()


def fill_flight(
    mission: Mission,
    flight_day: date,
    wishes: Sequence[Wish] = (),
    *,
    parameters: Parameters | None = None,
    seed: int = 0,
    tell: Tell = lambda _state: None,
) -> Filled:
    """Plan a flight of this day, price what was decided by hand, and try what one more place would bring.

    Raises
    ------
    RefusedError
        Where the mission names no hub or country, a pinned case cannot go where it is pinned, the pinned ones
        cannot all be kept, or no plan was found in time.
    """
    limits = parameters or Parameters()
    tell(RunState.SOLVING)
    posed = _pose(mission, flight_day, limits)
    _refuse_pins(posed, wishes)
    document = with_wishes(posed, wishes)
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = sha256(text.encode()).hexdigest()
    problem = read_problem(document).problem
    plan = solve(problem, sha256=digest, seconds=limits.solving_seconds, seed=seed)
    if plan is not None and plan.status == "infeasible":
        raise RefusedError(_cannot_all_be_kept(plan))
    if plan is None or plan.score is None:
        raise RefusedError(_("No plan was found in time. Work it out again when the service is less busy."))
    cost = None
    if wishes:
        tell(RunState.PRICING)
        cost = _cost(posed, wishes, plan, limits.pricing_seconds)
    tell(RunState.TRYING)
    facts = {
        "waiting": len(posed.cases),
        "left_out": len(posed.left_out),
        "unplaced": dict(Counter(one.reason for one in plan.unplaced)),
        "further": _further(posed, problem, plan, limits),
        "proven": plan.status == "optimal",
        "stops": _stops(problem, plan),
        "hospitals": [str(one.pk) for one in posed.hospitals.values()],
        "cost": cost,
    }
    return Filled(text, digest, plan, _asks(posed, problem, plan), facts)


def with_wishes(posed: Posed, wishes: Collection[Wish]) -> dict[str, Any]:
    """The document of a problem with what was decided by hand; what concerns nobody in it changes nothing."""
    document = copy.deepcopy(posed.document)
    patients = {patient["id"]: patient for patient in document["patients"]}
    names = {case.pk: name for name, case in posed.cases.items()}
    codes = {hospital.pk: code for code, hospital in posed.hospitals.items()}
    for wish in wishes:
        name, code = names.get(wish.case), codes.get(wish.hospital)
        if name is None or code is None:
            continue
        if wish.pinned:
            document.setdefault("fixed", []).append({"patient": name, "hospital": code})
        else:
            left = patients[name]["hospitals"]
            patients[name]["hospitals"] = [
                one for one in (codes.values() if left is None else left) if one != code
            ]
    return document


def _pose(mission: Mission, flight_day: date, limits: Parameters) -> Posed:
    today = current_day()
    rows = Case.unscoped.filter(mission=mission, state=State.PUBLISHED).select_related("person", "family")
    cases = list(rows.order_by(*DUE_ORDER)[: limits.most_cases])
    noes = said_no(Answer.unscoped.filter(ask__case__in=[case.pk for case in cases]))
    return write_problem(
        mission,
        cases,
        window=Window(today, max(DAYS_AHEAD, (flight_day - today).days + 1)),
        flies_on=[flight_day],
        with_room=True,
        ruled_out={case: list(codes) for case, codes in noes.items()},
    )


def _refuse_pins(posed: Posed, wishes: Collection[Wish]) -> None:
    """Say in words why a pinned case cannot go there at all; a plan would only say that there is none."""
    cases = {case.pk: case for case in posed.cases.values()}
    hospitals = {hospital.pk: hospital for hospital in posed.hospitals.values()}
    fitting = Fitting(posed.problem)
    for wish in (one for one in wishes if one.pinned):
        case, hospital = cases.get(wish.case), hospitals.get(wish.hospital)
        if case is None:
            raise RefusedError(
                _("A pinned case does not wait for a place any more. Let go of the pin, and try again.")
            )
        if hospital is None:
            raise RefusedError(
                _(
                    "No place is free at the hospital to which case %(case)s is pinned. Let go of the pin, "
                    "and work it out again."
                )
                % {"case": case.pseudonym}
            )
        fit = next(one for one in fitting.of(case.pseudonym) if one.hospital_id == hospital.code)
        if not fit.fits:
            told = speaks_against(posed, case, fit, open_to_reader=False, said_no={})
            raise RefusedError(
                _("Case %(case)s cannot go to %(hospital)s. %(why)s Let go of the pin, and try again.")
                % {
                    "case": case.pseudonym,
                    "hospital": hospital.name,
                    "why": told[0] if told else _("It has said no, or is ruled out by hand."),
                }
            )


def _cannot_all_be_kept(plan: Plan) -> str:
    named = sorted({one for conflict in plan.conflicts for one in conflict.patients})
    return _(
        "The pinned cases cannot all be kept on this flight (%(cases)s). Let go of one of them, and work it "
        "out again."
    ) % {"cases": ", ".join(named)}


def _cost(posed: Posed, wishes: Sequence[Wish], plan: Plan, seconds: float) -> dict[str, Any] | None:
    """What the flight would be without what was decided by hand, and what each decision alone costs."""
    own = Solved(plan, plan.score or 0.0, plan.bound)
    budget = Budget(seconds)
    number = 1 + (len(wishes) if len(wishes) > 1 else 0)
    with budget.solving(number) as share:
        free = solve_again(posed.problem, seconds=share, known=plan)
    if free is None:
        return None
    each = []
    for place, wish in enumerate(wishes if len(wishes) > 1 else ()):
        if budget.spent:
            break
        without = read_problem(with_wishes(posed, [one for one in wishes if one is not wish])).problem
        with budget.solving(number - 1 - place) as share:
            after = solve_again(without, seconds=share, known=plan)
        if after is not None:
            each.append({**wish.kept, "lost": round(difference(own, after).gain, 6)})
    figure = difference(own, free)
    return {
        "score": round(free.score, 6),
        "placed": max(len(free.plan.placements), len(plan.placements) if figure.gain == 0 else 0),
        "lost": round(figure.gain, 6),
        "kind": figure.kind,
        "each": each,
    }


def _asks(posed: Posed, problem: Problem, plan: Plan) -> list[dict[str, Any]]:
    """The placements, those that the score counts most first: nobody has agreed to any of them yet."""
    fitting = Fitting(problem)
    pinned = {one.patient for one in problem.fixed}
    found = []
    for one in plan.placements:
        score = next(fit.score for fit in fitting.of(one.patient) if fit.hospital_id == one.hospital)
        found.append(
            {
                "case": str(posed.cases[one.patient].pk),
                "hospital": str(posed.hospitals[one.hospital].pk),
                "score": round(score, 3),
                "transit_minutes": one.transit_minutes,
                "pinned": one.patient in pinned,
            }
        )
    return sorted(found, key=lambda one: (-one["score"], one["case"]))


def _further(posed: Posed, problem: Problem, plan: Plan, limits: Parameters) -> list[dict[str, str]]:
    """The single further places that would bring another patient on board, each tried by planning anew."""
    if not plan.unplaced or not plan.flights:
        return []
    tried = advise(
        problem, plan, per_kind=limits.places_tried, seconds=limits.trying_seconds, kinds=("place",)
    )
    return [
        {
            "hospital": str(posed.hospitals[one.facts["hospital"]].pk),
            "specialty": one.facts.get("specialty", ""),
            "room": one.facts.get("room", ""),
        }
        for one in tried.proposals
        if one.figure.gain > PLACES_ANOTHER
    ]


def _stops(problem: Problem, plan: Plan) -> list[dict[str, Any]]:
    """Where the flight lands, in order, and how many patients leave there."""
    return [
        {
            "airport": stop.airport,
            "arrives": stop.arrives.isoformat() if stop.arrives else None,
            "patients": len(stop.leaving),
        }
        for flight in shown_flights(problem, plan)
        for stop in flight.stops
    ]
